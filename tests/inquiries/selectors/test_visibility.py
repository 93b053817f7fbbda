import pytest

from compensation.rules.access import FUND
from crm_portal.people.models import RoleGrant
from crm_portal.people.rules.access import GIVEN_BY_TWO
from crm_portal.people.rules.roles import Role, Scope
from inquiries.rules.access import HANDLERS
from inquiries.selectors import visibility
from inquiries.services import assigning
from routing.models import Triplet
from tests.factories.inquiries import InquiryFactory, clerk, head_team, later, office
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db

EMPLOYEES = [r for r in Role if r not in (Role.CUSTOMER, Role.REPRESENTATIVE, Role.REPRESENTATIVE_EMPLOYEE)]
NEVER = {Role.LEGAL_REFERENT, Role.PROFESSIONAL_REFERENT, Role.BI_ANALYST, *FUND, *GIVEN_BY_TWO}
ALWAYS = {Role.CRM_ADMIN, Role.AUDITOR}
HEAD = Role.HEAD_TEAM_MEMBER


@pytest.fixture
def inquiry():
    """A VAT inquiry in the stock of an office's team."""
    return InquiryFactory(team=office(tax_system="deductions"))


def sees(user, inquiry) -> bool:
    visible = visibility.visible_to(user).submitted().filter(pk=inquiry.pk).exists()
    assert visible == visibility.listed_for(user).filter(pk=inquiry.pk).exists(), "the lists say it more plainly"
    return visible


def employee(role, scope, *, unit=None, team=None, level=0, tax_system=""):
    user = UserFactory()
    RoleGrant.objects.create(user=user, role=role.value, scope=scope.value, level=level, tax_system=tax_system)
    if unit is not None:
        unit.members.create(user=user)
    if team is not None:
        team.members.create(user=user)
    return user


@pytest.mark.req("CRM-2.2.2-a")
@pytest.mark.parametrize("role", EMPLOYEES)
def test_a_role_sees_what_its_scope_reaches_and_handles_only_with_a_handling_role(inquiry, role):
    unit, team = inquiry.handling_unit, inquiry.handling_team
    reaching = [
        employee(role, Scope.TEAM, team=team),
        employee(role, Scope.UNIT, unit=unit),
        employee(role, Scope.UNIT, team=team),  # who works in a team works in its unit
        employee(role, Scope.TAX_SYSTEM, tax_system="deductions"),
        employee(role, Scope.ALL),
    ]
    not_reaching = [
        employee(role, Scope.OWN, unit=unit, team=team),
        employee(role, Scope.TEAM, unit=unit),
        employee(role, Scope.UNIT),
        employee(role, Scope.TAX_SYSTEM, tax_system="vat"),
    ]

    if role is HEAD:  # 4.2 says what it sees: income tax, VAT and what was sent to the head team
        reaching, not_reaching = [reaching[0], reaching[2], reaching[4]], [not_reaching[2], reaching[3]]
    assert {sees(user, inquiry) for user in reaching} == {role not in NEVER}
    assert {sees(user, inquiry) for user in not_reaching} == {role in ALWAYS}
    handles = {visibility.may_handle(user, inquiry) for user in reaching}
    assert handles == {role in HANDLERS}


def test_the_head_team_sees_income_tax_vat_and_what_was_sent_to_it(inquiry):
    member = head_team().members.get().user
    others = [InquiryFactory(team=office(tax_system=code)) for code in ("income_tax", "vat")]

    assert all(sees(member, other) for other in others)
    assert not sees(member, inquiry)
    assigning.assign_to_team(inquiry_id=inquiry.pk, team_id=head_team().pk, by=inquiry.clerk, at=later(inquiry))
    assert sees(member, inquiry)


@pytest.mark.req("CRM-2.2.2-a")
@pytest.mark.parametrize(
    ("level", "view", "handle"), [(0, False, False), (1, True, False), (2, True, True), (3, True, True)]
)
def test_view_and_handle_have_levels_of_their_own(inquiry, level, view, handle):
    Triplet.objects.filter(pk=inquiry.triplet_id).update(view_level=1, handle_level=2)
    user = employee(Role.HANDLER, Scope.ALL, level=level)

    assert (sees(user, inquiry), visibility.may_handle(user, inquiry)) == (view, handle)


def test_a_high_level_in_one_role_does_not_lift_another(inquiry):
    Triplet.objects.filter(pk=inquiry.triplet_id).update(handle_level=2)
    user = employee(Role.HANDLER, Scope.ALL, level=0)
    RoleGrant.objects.create(user=user, role=Role.VIEWER.value, scope=Scope.ALL.value, level=3)

    assert (sees(user, inquiry), visibility.may_handle(user, inquiry)) == (True, False)


def test_an_owner_sees_his_inquiry_whatever_his_scope():
    inquiry = InquiryFactory(in_treatment=True)
    inquiry.clerk.role_grants.update(scope="own")

    assert visibility.may_handle(type(inquiry.clerk).objects.get(pk=inquiry.clerk.pk), inquiry)


@pytest.mark.req("CRM-5.2.10-a")
def test_each_side_sees_what_it_opened_and_not_the_others():
    by_customer, by_office = InquiryFactory(), InquiryFactory(by_representative=True)
    colleague = RepresentativeEmployeeFactory(representative=by_office.representative, is_the_representative=False)

    assert list(visibility.visible_to(by_customer.opened_by)) == [by_customer]
    assert list(visibility.visible_to(colleague.user)) == [by_office]
    for stranger in (CustomerFactory().user, RepresentativeEmployeeFactory().user):
        assert not visibility.visible_to(stranger).exists()


def test_who_has_no_role_and_who_left_handle_nothing(inquiry):
    assert not sees(UserFactory(), inquiry)
    left = clerk(is_active=False)
    inquiry.handling_team.members.create(user=left)
    assert not visibility.may_handle(left, inquiry)


def test_a_supervisor_supervises_his_team_or_his_unit(inquiry):
    coordinator, member, manager = UserFactory(roles=["coordinator"]), clerk(), UserFactory(roles=["office_manager"])
    inquiry.handling_team.members.create(user=coordinator, is_coordinator=True)
    inquiry.handling_team.members.create(user=member, is_coordinator=True)
    inquiry.handling_unit.members.create(user=manager)

    assert visibility.may_supervise(coordinator, inquiry)
    assert visibility.may_supervise(manager, inquiry)
    assert not visibility.may_supervise(member, inquiry)  # the role is missing


def test_seeing_costs_a_constant_number_of_queries(inquiry, django_assert_max_num_queries):
    user = employee(Role.HANDLER, Scope.UNIT, unit=inquiry.handling_unit)
    for role in (Role.COORDINATOR, Role.VIEWER, Role.OFFICE_MANAGER):
        RoleGrant.objects.create(user=user, role=role.value, scope=Scope.TEAM.value)

    with django_assert_max_num_queries(4):
        assert list(visibility.visible_to(user)) == [inquiry]
