"""The button "המר אל": a template's draft or an improvement suggestion out of an inquiry, and nobody's data in it."""

from dataclasses import dataclass
from datetime import datetime

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refusal, refuse, refuse_if
from crm_portal.people.models import User
from routing.models import BusinessUnit

from ..models import ImprovementSuggestion, Inquiry, ResponseTemplate
from ..rules.anonymising import Known, anonymised, identifiers_in
from ..rules.codes import Side
from ..rules.fields import is_filled
from ..selectors import visibility
from ..selectors.suggesting import units_to_suggest_to
from ..selectors.templates import scopes_of
from . import moving, suggesting, templates


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form begins with; somebody looks through it before it is kept."""

    title: str
    text: str


def proposed_template(inquiry: Inquiry) -> Proposal:
    """The latest answer, or of a phone inquiry the proposed solution, with nobody's data in it."""
    answer = inquiry.messages.filter(side=Side.EMPLOYEE.value).order_by("-sent_at", "-id").first()
    return _proposal(inquiry, answer.text if answer is not None else inquiry.proposed_solution)


def proposed_suggestion(inquiry: Inquiry) -> Proposal:
    """What was asked, as the case that shows what could be better, with nobody's data in it."""
    return _proposal(inquiry, inquiry.description)


@command("inquiry.convert_to_template", target="inquiry_id")
def to_template(*, inquiry_id: int, title: str, text: str, by: User, at: datetime) -> ResponseTemplate:
    """
    Make the draft of a response template of the employee's unit, for the inquiry's triplet.

    :raises Refused: OUT_OF_SCOPE, VIEW_ONLY; FIELD_REQUIRED; INVALID_VALUE while the text still tells whom it was about
    """
    inquiry = _checked(inquiry_id, title, text, by)
    unit, allowed = _unit_of(inquiry, by), {triplet.pk for triplet in scopes_of(by).triplets}
    if unit is None:  # a global template is the CRM department's alone (CRM-2.2.5-a)
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-2.2.5-a")
    triplets = [inquiry.triplet_id] if inquiry.triplet_id in allowed else []
    content = templates.Content(title, text, unit_id=unit.pk, triplet_ids=triplets)
    template = templates.draft(by=by, at=at, content=content)
    record("inquiry.convert_to_template", by=by, at=at, target=inquiry, after={"template": template.pk})
    return template


@command("inquiry.convert_to_suggestion", target="inquiry_id")
def to_suggestion(*, inquiry_id: int, title: str, text: str, by: User, at: datetime) -> ImprovementSuggestion:
    """
    Submit an improvement suggestion to the manager or trustee of the employee's unit (CRM-8-b), else to the head team.

    :raises Refused: as for a template
    """
    inquiry = _checked(inquiry_id, title, text, by)
    unit, able = _unit_of(inquiry, by), units_to_suggest_to(by)  # with nobody there to take it, to the head team
    unit_id = unit.pk if unit is not None and able.filter(pk=unit.pk).exists() else None
    suggestion = suggesting.submit(by=by, at=at, title=title, text=text, unit_id=unit_id)
    record("inquiry.convert_to_suggestion", by=by, at=at, target=inquiry, after={"suggestion": suggestion.pk})
    return suggestion


def known_of(inquiry: Inquiry) -> Known:
    """Everything on an inquiry that tells whom it is about."""
    customer, representative = inquiry.customer, inquiry.representative
    names = [inquiry.contact_name]
    numbers = [
        inquiry.number, inquiry.legacy_number, inquiry.legacy_id_number, inquiry.assessment_number,
        _local(inquiry.contact_phone),
    ]  # fmt: skip
    emails = [inquiry.contact_email]
    if customer is not None:
        names.append(str(customer))
        files = [file.file_number for file in customer.tax_files.all()]
        numbers += [customer.id_number, customer.foreign_number, _local(customer.mobile), *files]
        emails.append(customer.email)
    if representative is not None:
        names.append(representative.name)
        numbers += [representative.id_number, representative.licence_number, _local(representative.mobile)]
        emails.append(representative.email)
    return Known(*(tuple(filter(None, words)) for words in (names, numbers, emails)))


def _local(phone: str) -> str:
    """A telephone without its country, however it will be written."""
    return phone.removeprefix("+972")


def _proposal(inquiry: Inquiry, text: str) -> Proposal:
    triplet = inquiry.triplet
    title = f"{triplet.sub_topic} - {triplet.detail}" if triplet is not None else ""
    return Proposal(title[: _longest_title()], anonymised(text, known_of(inquiry)))


def _longest_title() -> int:
    return ResponseTemplate._meta.get_field("title").max_length or 0


def _checked(inquiry_id: int, title: str, text: str, by: User) -> Inquiry:
    inquiry = Inquiry.objects.select_related(*moving.WITH).filter(pk=inquiry_id).first()
    if inquiry is None:
        raise refuse(Code.OUT_OF_SCOPE)
    moving.handled(inquiry, by)
    given = {"title": title, "text": text}
    if missing := tuple(name for name, value in given.items() if not is_filled(value)):
        raise refuse(Code.FIELD_REQUIRED, *missing, clause="CRM-2.2.8-b")
    if len(title.strip()) > _longest_title():
        raise refuse(Code.INVALID_VALUE, "title")
    known = known_of(inquiry)
    refuse_if(
        Refusal(Code.INVALID_VALUE, (name,), {"because": "identifiers", "found": found}, "CRM-2.2.8-b")
        for name, value in given.items()
        if (found := identifiers_in(value, known))
    )
    return inquiry


def _unit_of(inquiry: Inquiry, by: User) -> BusinessUnit | None:
    """The employee's unit; when he has several, the one that handles the inquiry."""
    own = visibility.unit_ids(by)
    if inquiry.handling_unit_id in own:
        return inquiry.handling_unit
    return BusinessUnit.objects.filter(pk__in=own).order_by("pk").first()
