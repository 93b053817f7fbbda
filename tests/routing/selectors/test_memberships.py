from datetime import date

import pytest

from routing import selectors
from routing.models import BusinessUnit, Team, Triplet, TripletTeam, UnitMember
from tests.factories.people import UserFactory
from tests.factories.routing import TeamFactory, TripletFactory, UnitFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def test_an_employee_works_in_his_own_units_and_those_of_his_teams():
    user, colleague = UserFactory.create_batch(2)
    unit = UnitFactory()
    UnitMember.objects.create(unit=unit, user=user)
    team = TeamFactory(members=[colleague], coordinators=[user])
    other = TeamFactory(members=[user])

    assert set(selectors.units_of(user)) == {unit, team.unit, other.unit}
    assert set(selectors.teams_of(user)) == {team, other}
    assert set(selectors.coordinated_teams(user)) == {team}
    assert not selectors.coordinated_teams(colleague)


@pytest.mark.req("CRM-5.1.1-d")
@pytest.mark.usefixtures("shipped")
def test_the_head_team_is_offered_for_every_triplet_of_every_tax_system():
    head = selectors.head_team()

    for triplet in Triplet.objects.all():
        assert head in selectors.teams_for_triplet(triplet, TODAY)


@pytest.mark.req("CRM-5.2.5-a")
def test_the_teams_of_a_triplet_are_the_living_linked_ones_of_that_day():
    triplet = TripletFactory()
    head, linked, _unlinked = TeamFactory(is_head_team=True), TeamFactory(triplets=[triplet]), TeamFactory()
    TeamFactory(triplets=[triplet], is_active=False)
    TeamFactory(triplets=[triplet], unit__is_active=False)
    ended = TeamFactory(triplets=[triplet])
    TripletTeam.objects.filter(team=ended).update(valid_until=date(2026, 3, 1))

    assert set(selectors.teams_for_triplet(triplet, TODAY)) == {head, linked}
    assert set(selectors.teams_for_triplet(triplet, date(2026, 3, 1))) == {head, linked, ended}


def test_the_default_team_of_a_unit_is_found_and_none_is_no_error():
    triplet = TripletFactory()
    team = TeamFactory(triplets=[triplet])

    assert selectors.default_team(triplet, team.unit, TODAY) == team
    assert selectors.default_team(triplet, UnitFactory(), TODAY) is None


def test_a_team_linked_by_two_overlapping_rows_is_one_team():
    triplet = TripletFactory()
    team = TeamFactory()
    for day in ("2026-01-01", "2026-02-01"):
        TripletTeam.objects.create(triplet=triplet, team=team, valid_from=day)

    assert selectors.default_team(triplet, team.unit, TODAY) == team


@pytest.mark.req("CRM-7-m")
@pytest.mark.usefixtures("shipped")
def test_the_head_team_receives_in_place_of_an_hq_team_without_active_members():
    team = Team.objects.get(code="hq-not-connected")
    assert selectors.receiving_team(team) == selectors.head_team()

    TeamFactory(code="x", unit=BusinessUnit.objects.get(code="hq-professional"), members=[UserFactory(is_active=False)])
    assert selectors.receiving_team(Team.objects.get(code="x")) == selectors.head_team()

    team.members.create(user=UserFactory())
    assert selectors.receiving_team(team) == team
    office = Team.objects.get(code="it-haifa-general")  # an office's queue waits for its people
    assert selectors.receiving_team(office) == office
