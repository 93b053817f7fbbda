"""The named views of clause 4.4: what is in each, and for whom."""

import pytest
from django.utils import timezone

from crm_portal.people.models import Absence, RoleGrant
from crm_portal.people.rules.roles import Role
from inquiries.selectors.desks import Desk
from inquiries.selectors.views import VIEWS, counts_of, view_of, views_of
from tests.factories.people import UserFactory
from tests.factories.routing import TeamFactory, TripletFactory, UnitFactory
from tests.factories.stock import StockFactory

pytestmark = pytest.mark.django_db
OFFICE = {Role.HANDLER, Role.COORDINATOR, Role.CRM_TRUSTEE, Role.OFFICE_MANAGER, Role.DEPUTY_MANAGER}
SUPERVISORS = OFFICE - {Role.HANDLER}
HANDLING = OFFICE | {
    Role.INFO_CENTRE_OPERATOR, Role.NATIONAL_UNIT_HANDLER, Role.HEAD_TEAM_MEMBER, Role.HQ_PROFESSIONAL,
}  # fmt: skip
TABLE = {
    "team_waiting": HANDLING,
    "team_waiting_offices": OFFICE,
    "team_in_treatment_offices": SUPERVISORS,
    "unit_all": HANDLING | {Role.VIEWER},
    "my_inquiries": HANDLING,
    "waiting_customer_unit": SUPERVISORS,
    "many_messages": HANDLING,
    "head_team_queue": {Role.HEAD_TEAM_MEMBER},
    "all_inquiries": {Role.HEAD_TEAM_MEMBER, Role.CRM_ADMIN, Role.AUDITOR},
}


def shown(user, key: str) -> set[str]:
    view = view_of(user, key)
    return set() if view is None else set(view.rows(Desk(user)).values_list("number", flat=True))


@pytest.fixture
def team():
    clerk, coordinator = UserFactory(roles=[Role.HANDLER]), UserFactory(roles=[Role.COORDINATOR])
    team = TeamFactory(members=[clerk, coordinator])
    team.clerk, team.coordinator = clerk, coordinator
    return team


@pytest.mark.req("CRM-3.1-a")
@pytest.mark.parametrize("role", Role)
def test_a_role_has_exactly_the_views_of_the_table(role):
    user = UserFactory(roles=[role])

    assert {view.key for view in views_of(user)} == {key for key, roles in TABLE.items() if role in roles}


@pytest.mark.req("CRM-2-a")
def test_the_inquiries_of_a_customer_are_for_whoever_was_granted_the_customer_file(team):
    elsewhere = StockFactory(team=TeamFactory())

    assert view_of(team.clerk, "customer_all") is None
    RoleGrant.objects.filter(user=team.clerk).update(views_customer_files=True)
    granted = type(team.clerk).objects.get(pk=team.clerk.pk)

    assert elsewhere.number in shown(granted, "customer_all")
    assert "customer_all" not in {view.key for view in views_of(granted)}


def test_treatment_by_my_team_holds_what_employees_have_of_it_and_no_information_centre_s(team):
    held = StockFactory(team=team, status="in_treatment", owner=team.clerk)
    waiting = StockFactory(team=team, status="waiting_customer", owner=team.clerk)
    StockFactory(team=team)
    StockFactory(team=team, status="closed_success", owner=team.clerk)
    StockFactory(team=TeamFactory(unit=team.unit), status="in_treatment", owner=team.clerk)
    centre = TeamFactory(unit=UnitFactory(kind="info_centre"), members=[team.coordinator])
    StockFactory(team=centre, status="in_treatment", owner=team.clerk)

    assert shown(team.coordinator, "team_in_treatment_offices") == {held.number, waiting.number}


def test_a_manager_has_the_treatment_of_every_team_of_his_unit(team):
    manager = UserFactory(roles=[Role.OFFICE_MANAGER])
    team.unit.members.create(user=manager)
    held = StockFactory(team=TeamFactory(unit=team.unit), status="in_treatment", owner=team.clerk)
    StockFactory(team=TeamFactory(), status="in_treatment", owner=team.clerk)

    assert shown(manager, "team_in_treatment_offices") == {held.number}


def test_what_waits_for_the_customer_is_of_the_unit(team):
    waits = StockFactory(team=team, status="waiting_customer", owner=team.clerk)
    StockFactory(team=team, status="in_treatment", owner=team.clerk)
    StockFactory(team=TeamFactory(), status="waiting_customer", owner=team.clerk)

    assert shown(team.coordinator, "waiting_customer_unit") == {waits.number}


@pytest.mark.req("CRM-6.7-a")
def test_many_messages_shows_what_is_flagged_and_active(team):
    flagged = StockFactory(team=team, has_many_messages=True)
    StockFactory(team=team)
    StockFactory(team=team, has_many_messages=True, status="closed_success")

    assert shown(team.clerk, "many_messages") == {flagged.number}


def test_everything_is_everything_but_drafts():
    one = StockFactory(team=TeamFactory())
    StockFactory(team=TeamFactory(), status="open", number=None, opened_at=None, created_at=timezone.now(),
                 updated_at=timezone.now(), status_since=timezone.now())  # fmt: skip

    assert shown(UserFactory(roles=[Role.AUDITOR]), "all_inquiries") == {one.number}


def test_the_counts_of_all_views_are_one_query(team, django_assert_num_queries):
    StockFactory(team=team, triplet=TripletFactory())
    desk, views = Desk(team.coordinator), views_of(team.coordinator)
    assert len(desk.teams) == len(desk.units) == 1  # asked before, and kept
    assert len(views) > 5

    with django_assert_num_queries(1):
        counts = counts_of(desk, views)

    assert set(counts) <= {view.key for view in VIEWS}


def test_the_absent_are_found_by_their_absence_of_today(team):
    from inquiries.selectors.filters import Filters, narrowed
    from inquiries.selectors.moments import Moment

    today = timezone.localdate()
    Absence.objects.create(
        user=team.clerk, from_on=today, until_on=today, entered_by=team.coordinator, entered_at=timezone.now()
    )
    held = StockFactory(team=team, status="in_treatment", owner=team.clerk)
    StockFactory(team=team, status="in_treatment", owner=team.coordinator)

    rows = view_of(team.coordinator, "unit_all").rows(Desk(team.coordinator))
    assert [one.number for one in narrowed(rows, Filters(absent=True), Moment.of(timezone.now()))] == [held.number]
