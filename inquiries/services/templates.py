"""Response templates: written by handlers, approved by another person, used only while approved (2.2.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crm_portal.audit.services import recording
from crm_portal.audit.services.recording import command
from crm_portal.errors import Code, Refusal, refuse, refuse_if
from crm_portal.people.models import User
from routing.models import Triplet

from ..models import ResponseTemplate, TemplateVersion
from ..rules import templates as rules
from ..rules.access import Action
from ..rules.codes import TemplateState
from ..rules.fields import is_filled
from ..rules.templates import MOVES, Step
from ..selectors import templates as selectors
from .phrases import refuse_forbidden


@dataclass(frozen=True, slots=True)
class Content:
    """What a template says and where it may be used; no unit is all units, no team and no triplets a whole unit."""

    title: str
    text: str
    unit_id: int | None = None
    team_id: int | None = None
    triplet_ids: Sequence[int] = ()


@command("template.draft")
def draft(*, by: User, at: datetime, content: Content) -> ResponseTemplate:
    """
    Write a new template; it is a draft until it is submitted.

    :raises Refused: PERMISSION_DENIED for a unit that is not his, FIELD_REQUIRED, INVALID_VALUE, FORBIDDEN_PHRASE
    """
    if not by.may(Action.DRAFT_TEMPLATE):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-2.2.5-a")
    triplets = _checked(content, by)
    template = ResponseTemplate.objects.create(
        title=content.title.strip(),
        text=content.text.strip(),
        unit_id=content.unit_id,
        team_id=content.team_id,
        author=by,
        created_at=at,
        updated_at=at,
    )
    template.triplets.set(triplets)
    _keep_version(template, by=by, at=at)
    recording.record("template.draft", by=by, at=at, target=template, after=_said(template))
    return template


@command("template.edit", target="template_id")
def edit(*, template_id: int, by: User, at: datetime, content: Content, version: int) -> ResponseTemplate:
    """
    Change text or scope: the former version is kept, and an approved template is not used until approved again.

    :raises Refused: as for a draft; STALE_VERSION when it changed meanwhile, INVALID_TRANSITION when it is retired
    """
    template = _locked(template_id, by, version)
    _allowed(Step.EDIT, template, by)
    triplets = _checked(content, by)
    before = _said(template)
    template.title, template.text = content.title.strip(), content.text.strip()
    template.unit_id, template.team_id = content.unit_id, content.team_id
    template.version += 1
    template.decided_by = template.decided_at = None
    template.rejection_reason = ""
    _move(template, Step.EDIT, at=at)
    template.triplets.set(triplets)
    _keep_version(template, by=by, at=at)
    recording.record("template.edit", by=by, at=at, target=template, before=before, after=_said(template))
    return template


@command("template.submit", target="template_id")
def submit(*, template_id: int, by: User, at: datetime, version: int) -> ResponseTemplate:
    """
    Ask for approval.

    :raises Refused: FORBIDDEN_PHRASE, also for a phrase that was added since it was written; INVALID_TRANSITION
    """
    template = _locked(template_id, by, version)
    _allowed(Step.SUBMIT, template, by)
    refuse_forbidden(template.text)
    _move(template, Step.SUBMIT, at=at)
    recording.record("template.submit", by=by, at=at, target=template, after={"version": template.version})
    return template


@command("template.approve", target="template_id")
def approve(*, template_id: int, by: User, at: datetime, version: int) -> ResponseTemplate:
    """
    Let a template be used; whoever wrote it, or its present version, cannot [A-34].

    :raises Refused: PERMISSION_DENIED, STALE_VERSION when another text was read, INVALID_TRANSITION, FORBIDDEN_PHRASE
    """
    template = _locked(template_id, by, version)
    _allowed(Step.APPROVE, template, by)
    refuse_forbidden(template.text)
    template.decided_by, template.decided_at, template.rejection_reason = by, at, ""
    _move(template, Step.APPROVE, at=at)
    TemplateVersion.objects.filter(template=template, number=template.version).update(approved_by=by, approved_at=at)
    recording.record("template.approve", by=by, at=at, target=template, after={"version": template.version})
    return template


@command("template.reject", target="template_id")
def reject(*, template_id: int, by: User, at: datetime, reason: str, version: int) -> ResponseTemplate:
    """
    Send a template back to its author with the reason.

    :raises Refused: FIELD_REQUIRED without a reason, and as for an approval
    """
    template = _locked(template_id, by, version)
    _allowed(Step.REJECT, template, by)
    if not is_filled(reason):
        raise refuse(Code.FIELD_REQUIRED, "reason", clause="CRM-2.2.5-b")
    template.decided_by, template.decided_at, template.rejection_reason = by, at, reason.strip()
    _move(template, Step.REJECT, at=at)
    recording.record("template.reject", by=by, at=at, target=template, after={"reason": template.rejection_reason})
    return template


@command("template.retire", target="template_id")
def retire(*, template_id: int, by: User, at: datetime, version: int) -> ResponseTemplate:
    """
    Take a template out of use for good; what was sent with it keeps naming it.

    :raises Refused: PERMISSION_DENIED, STALE_VERSION, INVALID_TRANSITION
    """
    template = _locked(template_id, by, version)
    _allowed(Step.RETIRE, template, by)
    _move(template, Step.RETIRE, at=at)
    recording.record("template.retire", by=by, at=at, target=template)
    return template


def _locked(template_id: int, by: User, version: int) -> ResponseTemplate:
    """The template for change; a reply that uses it at this moment is waited for (`using`)."""
    template = selectors.visible_to(by).filter(pk=template_id).select_for_update(of=("self",)).first()
    if template is None:
        raise refuse(Code.OUT_OF_SCOPE, clause="CRM-2.2.5-a")
    if template.version != version:
        raise refuse(Code.STALE_VERSION, because="template_changed")
    return template


def _allowed(step: Step, template: ResponseTemplate, by: User) -> None:
    refuse_if(rules.refusals(step, TemplateState(template.state), selectors.asking(by, template)))


def _move(template: ResponseTemplate, step: Step, *, at: datetime) -> None:
    template.state = MOVES[step].sources[TemplateState(template.state)].value
    template.updated_at = at
    template.save()


def _checked(content: Content, by: User) -> list[Triplet]:
    """
    The triplets of the scope, when the content may be written by this employee.

    :raises Refused: every reason at its field
    """
    scopes = selectors.scopes_of(by)
    reasons = [
        Refusal(Code.FIELD_REQUIRED, (name,), clause="CRM-2.2.5-a")
        for name in ("title", "text")
        if not is_filled(getattr(content, name))
    ]
    longest = ResponseTemplate._meta.get_field("title").max_length or 0
    if len(content.title.strip()) > longest:
        reasons.append(Refusal(Code.INVALID_VALUE, ("title",), {"longest": longest}, "CRM-2.2.5-a"))
    if unknown := rules.unknown_placeholders(content.text):
        details = {"because": "placeholder", "names": unknown}
        reasons.append(Refusal(Code.INVALID_VALUE, ("text",), details, "CRM-2.2.5-a"))
    is_his = scopes.may_be_global if content.unit_id is None else content.unit_id in scopes.units
    if not is_his:
        reasons.append(Refusal(Code.PERMISSION_DENIED, ("unit",), clause="CRM-2.2.5-a"))
    teams = {team.pk for team in scopes.teams if team.unit_id == content.unit_id}
    if content.team_id is not None and (content.team_id not in teams or content.triplet_ids):
        reasons.append(Refusal(Code.INVALID_VALUE, ("team",), clause="CRM-2.2.5-a"))
    triplets = [triplet for triplet in scopes.triplets if triplet.pk in set(content.triplet_ids)]
    if len(triplets) != len(set(content.triplet_ids)):
        reasons.append(Refusal(Code.TRIPLET_INVALID, ("triplets",), clause="CRM-2.2.5-a"))
    refuse_if(reasons)
    for name in ("title", "text"):
        refuse_forbidden(getattr(content, name), field=name)
    return triplets


def _keep_version(template: ResponseTemplate, *, by: User, at: datetime) -> None:
    TemplateVersion.objects.create(
        template=template,
        number=template.version,
        title=template.title,
        text=template.text,
        scope=scope_of(template),
        written_by=by,
        written_at=at,
    )


def scope_of(template: ResponseTemplate) -> dict[str, Any]:
    """The scope by codes, as versions keep it."""
    return {
        "unit": template.unit.code if template.unit else "",
        "team": template.team.code if template.team else "",
        "triplets": sorted(template.triplets.values_list("code", flat=True)),
    }


def _said(template: ResponseTemplate) -> dict[str, Any]:
    return {"title": template.title, "text": template.text, "version": template.version, **scope_of(template)}
