"""Who sees which inquiries and who may handle them: two questions, each with its own level (4.2)."""

from collections.abc import Collection

from django.db.models import Case, Q, When

from crm_portal.people.models import RoleGrant, User
from crm_portal.people.rules.roles import Role, Scope, UserKind
from routing.models import TeamMember
from routing.rules.codes import TaxSystemCode
from routing.selectors import units_of

from ..models import Consultation, Inquiry
from ..models.inquiry import InquiryQuerySet
from ..rules.access import HANDLERS, MANAGERS, REFERENTS, SEES_ALL, SUPERVISORS_OF_TEAM, SUPERVISORS_OF_UNIT, VIEWERS
from ..rules.codes import Status

_NOTHING, _EVERYTHING = Q(pk__in=[]), Q(pk__isnull=False)
_TOP_LEVEL = 3


def visible_to(user: User) -> InquiryQuerySet:
    """The inquiries that this user's lists may hold. A draft is seen by its creator alone."""
    if user.kind != UserKind.EMPLOYEE.value:
        return Inquiry.objects.submitted().filter(_opened_by_side_of(user))
    return Inquiry.objects.filter(_listed(user))


def listed_for(user: User) -> InquiryQuerySet:
    """What this user's lists hold: `visible_to` without drafts, said so plainly that an index can answer it."""
    if user.kind != UserKind.EMPLOYEE.value:
        return visible_to(user)
    return Inquiry.objects.submitted().filter(_reach(user, VIEWERS | REFERENTS, "view_level"))


def readable_by(user: User) -> InquiryQuerySet:
    """
    What this user may open and read: his lists, and outside them by the customer file (CRM-2-a), or while he is asked
    about it and has not answered, also where it left his unit meanwhile (CRM-6.5-b).
    """
    levels = _levels_of(user, MANAGERS)
    if not opens_customer_files(user) and not levels:
        return visible_to(user)
    rows = _listed(user)
    if opens_customer_files(user):
        rows |= _in_customer_files(user)
    if levels:
        asked = Consultation.objects.filter(addressee=user, answered_at=None, withdrawn_at=None)
        rows |= Q(pk__in=asked.values("inquiry"), triplet__view_level__lte=max(levels))
    return Inquiry.objects.filter(rows)


def opens_customer_files(user: User) -> bool:
    """Whether a role of this employee is granted with the customer files."""
    return bool(_file_levels(user))


def counted_for(user: User) -> InquiryQuerySet:
    """The inquiries of which this user may know how many there are: those he sees, and an analyst's (4.2)."""
    return Inquiry.objects.submitted().filter(_reach(user, VIEWERS | {Role.BI_ANALYST}, "view_level"))


def may_see(user: User, inquiry: Inquiry) -> bool:
    """Whether this user may see this inquiry."""
    return readable_by(user).filter(pk=inquiry.pk).exists()


def may_handle(user: User, inquiry: Inquiry) -> bool:
    """Whether one of the user's handling roles reaches this inquiry at its triplet's handling level."""
    return sees_and_handles(user, inquiry)[1]


def sees_and_handles(user: User, inquiry: Inquiry) -> tuple[bool, bool]:
    """Both answers for one inquiry, in one query."""
    handles = _NOTHING
    if user.is_active and user.is_employee:
        own_draft = Q(status=Status.OPEN.value, opened_by=user)
        handles = own_draft | _reach(user, HANDLERS, "handle_level")
    found = readable_by(user).filter(pk=inquiry.pk).values_list(Case(When(handles, then=True), default=False)).first()
    return (False, False) if found is None else (True, bool(found[0]))


def may_supervise(user: User, inquiry: Inquiry) -> bool:
    """Whether the inquiry is in the stock this user supervises: a coordinator's team, a manager's unit (3.4)."""
    roles = user.roles
    by_team = not roles.isdisjoint(SUPERVISORS_OF_TEAM) and inquiry.handling_team_id in coordinated_ids(user)
    by_unit = not roles.isdisjoint(SUPERVISORS_OF_UNIT) and inquiry.handling_unit_id in unit_ids(user)
    return by_team or by_unit


def team_ids(user: User) -> frozenset[int]:
    """The teams this user belongs to."""
    return frozenset(_memberships(user))


def coordinated_ids(user: User) -> frozenset[int]:
    """The teams this user coordinates."""
    return frozenset(team for team, coordinates in _memberships(user).items() if coordinates)


def unit_ids(user: User) -> frozenset[int]:
    """The business units this user belongs to. Asked once for a request's user."""
    if (known := user.__dict__.get("_unit_ids")) is None:
        known = frozenset(units_of(user).values_list("pk", flat=True))
        user.__dict__["_unit_ids"] = known
    return known


def _listed(user: User) -> Q:
    own_draft = Q(status=Status.OPEN.value, opened_by=user)
    return own_draft | (~Q(status=Status.OPEN.value) & _reach(user, VIEWERS | REFERENTS, "view_level"))


def _in_customer_files(user: User) -> Q:
    """Every inquiry of a customer, of any unit and tax system, up to the level the grant has."""
    level = max(_file_levels(user))
    rows = ~Q(status=Status.OPEN.value) & Q(customer__isnull=False)
    return rows if level >= _TOP_LEVEL else rows & Q(triplet__view_level__lte=level)


def _file_levels(user: User) -> list[int]:
    if not user.is_active or not user.is_employee:
        return []
    return [grant.level for grant in user.grants if grant.views_customer_files and Role(grant.role) in VIEWERS]


def _levels_of(user: User, roles: Collection[Role]) -> list[int]:
    if not user.is_active or not user.is_employee:
        return []
    return [grant.level for grant in user.grants if Role(grant.role) in roles]


def _memberships(user: User) -> dict[int, bool]:
    if (known := user.__dict__.get("_memberships")) is None:
        known = dict(TeamMember.objects.filter(user=user).values_list("team_id", "is_coordinator"))
        user.__dict__["_memberships"] = known
    return known


def _opened_by_side_of(user: User) -> Q:
    """What the customer opened, or what the representative's office opened; never the other's [A-37]."""
    if user.kind == UserKind.CUSTOMER.value:
        customer = getattr(user, "customer", None)
        return Q(customer=customer, representative=None) if customer is not None else _NOTHING
    card = getattr(user, "representative_card", None)
    return Q(representative=card.representative_id) if card is not None else _NOTHING


def _reach(user: User, roles: Collection[Role], level: str) -> Q:
    reach = _NOTHING
    for grant in user.grants:
        if Role(grant.role) not in roles:
            continue
        rows = _rows_of(user, grant)
        if grant.level < _TOP_LEVEL:
            rows &= Q(**{f"triplet__{level}__lte": grant.level})
        elif rows == _EVERYTHING:
            return rows
        reach |= rows
    return reach


def _rows_of(user: User, grant: RoleGrant) -> Q:
    role, scope = Role(grant.role), Scope(grant.scope)
    if role in REFERENTS:  # 4.2: whatever the scope, only where they are asked; not where the question was taken back
        return Q(pk__in=Consultation.objects.filter(addressee=user, withdrawn_at=None).values("inquiry"))
    if role in SEES_ALL or scope is Scope.ALL:
        return _EVERYTHING
    own = Q(owner=user)
    if role is Role.HEAD_TEAM_MEMBER:  # 4.2: income tax, VAT and what was sent to the head team
        systems = [TaxSystemCode.INCOME_TAX.value, TaxSystemCode.VAT.value]
        return own | Q(triplet__tax_system__in=systems) | Q(handling_team__in=team_ids(user))
    if scope is Scope.TAX_SYSTEM:
        return own | Q(triplet__tax_system=grant.tax_system)
    if scope is Scope.UNIT:
        return own | Q(handling_unit__in=unit_ids(user))
    if scope is Scope.TEAM:
        return own | Q(handling_team__in=team_ids(user))
    return own
