from datetime import UTC, datetime

import pytest

from routing.models import RoutingDecision
from routing.rules.codes import Cause, RoutingRule
from routing.services import deciding
from tests.factories.people import CustomerFactory, TaxFileFactory
from tests.factories.routing import TeamFactory, TripletFactory, UnitFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def head_team():
    return TeamFactory(is_head_team=True, unit__kind="service_division")


def test_a_decision_is_stored_with_its_facts_and_reasons(head_team):
    triplet = TripletFactory()
    office = UnitFactory(code="it-tel-aviv")
    team = TeamFactory(unit=office, triplets=[triplet])
    file = TaxFileFactory(annual_report_required=True, managing_unit=office.code)

    decision = deciding.decide(triplet=triplet, customer=file.customer, at=NOW)

    stored = RoutingDecision.objects.get(pk=decision.pk)
    assert (stored.rule, stored.unit, stored.team, stored.is_fallback) == ("IT_FILE_OFFICE", office, team, False)
    assert stored.facts["tax_files"][0]["file_number"] == file.file_number
    assert stored.reasons[-1]["rule"] == RoutingRule.IT_FILE_OFFICE


def test_without_a_customer_the_head_team_receives(head_team):
    decision = deciding.decide(triplet=TripletFactory(), customer=None, at=NOW)

    assert (decision.team, decision.is_fallback, decision.cause) == (head_team, True, Cause.NO_ADDRESS)


def test_a_customer_without_files_or_address_goes_to_the_head_team(head_team):
    decision = deciding.decide(triplet=TripletFactory(), customer=CustomerFactory(), at=NOW)

    assert decision.rule == RoutingRule.HEAD_TEAM_FALLBACK
