"""Response templates: which may be used on an inquiry, and what a unit's people see of them (2.2.5)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from routing.models import Team, Triplet
from routing.selectors import units_of

from ..models import Inquiry, Message, ResponseTemplate, TemplateVersion
from ..rules import templates as rules
from ..rules.access import HANDLERS, MANAGERS
from ..rules.codes import ClosingReasonCode, TemplateState

Templates = QuerySet[ResponseTemplate]
LISTED = 200


def saying(templates: Templates, term: str) -> Templates:
    """Those in whose title or text every word of the term stands."""
    for word in term.split():
        templates = templates.filter(Q(title__icontains=word) | Q(text__icontains=word))
    return templates


def with_uses(templates: Templates) -> Templates:
    """Each with `uses`: the replies that were sent with it, in any of its versions (CRM-2.2.5-c)."""
    sent = Message.objects.filter(template_version__template=OuterRef("pk")).order_by()
    return templates.annotate(uses=_count(sent, "template_version__template"))


def with_triplets(templates: Templates) -> Templates:
    """Each with `n_triplets`: to how many triplets its use is limited; 0 is no limit."""
    scoped = ResponseTemplate.triplets.through.objects.filter(responsetemplate=OuterRef("pk"))
    return templates.annotate(n_triplets=_count(scoped, "responsetemplate"))


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def usable_on(inquiry: Inquiry) -> Templates:
    """The approved templates of the handling unit, team and triplet, and the global ones (CRM-2.2.5-a)."""
    approved = ResponseTemplate.objects.filter(state=TemplateState.APPROVED.value)
    scoped = ResponseTemplate.triplets.through.objects.filter(responsetemplate=OuterRef("pk"))
    return approved.filter(
        Q(unit__isnull=True) | Q(unit=inquiry.handling_unit_id),
        Q(team__isnull=True) | Q(team=inquiry.handling_team_id),
    ).filter(~Exists(scoped) | Exists(scoped.filter(triplet=inquiry.triplet_id)))


def offered_on(inquiry: Inquiry, *, term: str = "", closing_reason: str = "") -> list[ResponseTemplate]:
    """
    The usable templates, the most fitting first: of the triplet, the team, the unit, all units; then the most used.

    The one that asks to open in the customer's name is first of all when an inquiry is closed because it was not, and
    while it is marked so (CRM-6.6-d).
    """
    not_opened = closing_reason == ClosingReasonCode.NOT_OPENED_FOR_CUSTOMER.value or (
        inquiry.is_own_name and inquiry.own_name_marks.filter(removed_at__isnull=True).exists()
    )
    scoped = ResponseTemplate.triplets.through.objects.filter(responsetemplate=OuterRef("pk"))
    first = [When(code=rules.NOT_OPENED, then=Value(0))] if not_opened else []
    rank = Case(
        *first,
        When(Exists(scoped), then=Value(1)),
        When(team__isnull=False, then=Value(2)),
        When(unit__isnull=False, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    found = saying(usable_on(inquiry).select_related("team", "unit"), term)
    return list(with_uses(found).annotate(rank=rank).order_by("rank", F("uses").desc(), "title", "pk")[:LISTED])


def titles_on(inquiry: Inquiry) -> list[str]:
    """The titles of the templates that may be used on the inquiry."""
    return list(usable_on(inquiry).values_list("title", flat=True))


def filled(template: ResponseTemplate, inquiry: Inquiry) -> str:
    """The template's text for this inquiry (CRM-2.2.5-a)."""
    values = {rules.CUSTOMER_NAME: inquiry.inquirer_name, rules.INQUIRY_NUMBER: inquiry.number or ""}
    return rules.fill(template.text, values)


def visible_to(user: User) -> Templates:
    """The templates of the employee's units and the global ones; the CRM department sees all."""
    templates = ResponseTemplate.objects.select_related("unit", "team", "author")
    if user.holds(Role.CRM_ADMIN):
        return templates
    return templates.filter(Q(unit__isnull=True) | Q(unit__in=units_of(user)))


def in_order(templates: Templates) -> Templates:
    """As the list shows them: what waits for approval, what is in use, then the rest."""
    states = (TemplateState.PENDING_APPROVAL, TemplateState.APPROVED, TemplateState.REJECTED, TemplateState.DRAFT)
    place = Case(
        *(When(state=state.value, then=Value(number)) for number, state in enumerate(states)),
        default=Value(len(states)),
        output_field=IntegerField(),
    )
    return templates.order_by(place, "title", "pk")


def is_approver(user: User, template: ResponseTemplate) -> bool:
    """Whether he may approve what others wrote for this unit, or for all units [A-34]."""
    if template.unit_id is None:
        return user.holds(Role.CRM_ADMIN)
    return user.holds(*MANAGERS) and units_of(user).filter(pk=template.unit_id).exists()


def asking(user: User, template: ResponseTemplate) -> rules.Asking:
    """Who he is to the template; the writer of its present version counts as an author too."""
    wrote = TemplateVersion.objects.filter(template=template, number=template.version, written_by=user).exists()
    still_here = template.unit_id is None or units_of(user).filter(pk=template.unit_id).exists()
    return rules.Asking(
        is_author=(template.author_id == user.pk or wrote) and still_here, is_approver=is_approver(user, template)
    )


def versions_of(template: ResponseTemplate) -> list[TemplateVersion]:
    """All versions, the newest first, each with the replies sent with it."""
    versions = template.versions.select_related("written_by", "approved_by")
    return list(versions.annotate(uses=Count("messages")).order_by("-number"))


@dataclass(frozen=True, slots=True)
class Scopes:
    """What a template may be written for by this employee."""

    units: tuple[int, ...]
    teams: Collection[Team]
    triplets: Collection[Triplet]
    may_be_global: bool


def scopes_of(user: User) -> Scopes:
    """His units with their teams and the triplets these treat; the CRM department also writes for all units."""
    units = units_of(user) if user.holds(*HANDLERS) else units_of(user).none()
    is_department = user.holds(Role.CRM_ADMIN)
    teams = Team.objects.filter(unit__in=units, is_active=True).select_related("unit")
    triplets = Triplet.objects.active().select_related("tax_system")
    if not is_department:
        triplets = triplets.filter(triplet_teams__team__in=teams).distinct()
    return Scopes(tuple(units.values_list("pk", flat=True)), list(teams), list(triplets), is_department)


def pending_for(user: User) -> int:
    """How many templates wait for this manager's word."""
    waiting = visible_to(user).filter(state=TemplateState.PENDING_APPROVAL.value).exclude(author=user)
    if not user.holds(Role.CRM_ADMIN):
        waiting = waiting.filter(unit__isnull=False)
    elif not user.holds(*MANAGERS):
        waiting = waiting.filter(unit__isnull=True)
    return waiting.count()
