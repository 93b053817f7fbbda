import shutil
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from routing.models import BusinessUnit, LocalityMap, RoutingDecision, Triplet, TripletTeam
from routing.rules.codes import Cause, RoutingRule
from routing.services import deciding
from tests.factories.people import CustomerFactory, TaxFileFactory
from tests.factories.routing import TaxSystemFactory, TeamFactory, TripletFactory, UnitFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LIVES_IN_ASHDOD = "111100137"  # by the local population register; his file is closed


@pytest.fixture
def head_team():
    return TeamFactory(is_head_team=True, unit__kind="service_division")


@pytest.fixture
def registers_folder(settings, tmp_path):
    """A copy of the local registers, in which one may be marked as down."""
    folder = tmp_path / "registers"
    shutil.copytree(settings.REGISTERS_FOLDER, folder)
    settings.REGISTERS_FOLDER = folder
    return folder


def office_by_address(triplet, *, locality="אשדוד"):
    office = UnitFactory(code="it-ashdod")
    LocalityMap.objects.create(locality=locality, income_tax_office=office)
    return TeamFactory(unit=office, triplets=[triplet])


@pytest.mark.req("CRM-7-a")
def test_a_decision_is_stored_with_its_facts_and_the_rule_that_matched(head_team):
    triplet = TripletFactory()
    office = UnitFactory(code="it-tel-aviv")
    team = TeamFactory(unit=office, triplets=[triplet])
    file = TaxFileFactory(annual_report_required=True, managing_unit=office.code)

    decision = deciding.decide(triplet=triplet, customer=file.customer, at=NOW)

    stored = RoutingDecision.objects.get(pk=decision.pk)
    assert (stored.rule, stored.unit, stored.team, stored.is_fallback) == ("IT_FILE_OFFICE", office, team, False)
    assert stored.facts["tax_files"][0]["file_number"] == file.file_number
    assert (stored.facts["triplet"], stored.facts["on"]) == (triplet.code, "2026-03-02")
    assert stored.reasons[-1]["rule"] == RoutingRule.IT_FILE_OFFICE


@pytest.mark.req("CRM-7-c")
def test_the_address_is_the_population_registers(head_team):
    triplet = TripletFactory()
    team = office_by_address(triplet)

    decision = deciding.decide(triplet=triplet, customer=CustomerFactory(id_number=LIVES_IN_ASHDOD), at=NOW)

    assert (decision.rule, decision.team) == (RoutingRule.IT_ADDRESS_OFFICE, team)


@pytest.mark.req("CRM-7-p")
@pytest.mark.parametrize("register", ["population", "shaam"])
def test_a_register_that_is_down_leads_to_the_head_team(head_team, registers_folder, register):
    triplet = TripletFactory()
    office_by_address(triplet)
    (registers_folder / f"{register}.down").touch()

    decision = deciding.decide(triplet=triplet, customer=CustomerFactory(id_number=LIVES_IN_ASHDOD), at=NOW)

    assert (decision.team, decision.is_fallback, decision.cause) == (head_team, True, Cause.REGISTER_DOWN)
    assert decision.facts["registers_down"] == [register]


@pytest.mark.req("CRM-7-j")
def test_without_an_active_dealer_file_the_file_opening_key_is_asked(head_team, registers_folder):
    triplet = TripletFactory(tax_system=TaxSystemFactory(code="vat", name='מע"מ'))
    team = TeamFactory(unit=UnitFactory(code="vat-haifa"), triplets=[triplet])
    closed_dealer = CustomerFactory(id_number="111100079")  # lives in Karmiel

    assert deciding.decide(triplet=triplet, customer=closed_dealer, at=NOW).team == team

    (registers_folder / "vat_key.down").touch()
    decision = deciding.decide(triplet=triplet, customer=closed_dealer, at=NOW)
    assert (decision.team, decision.cause) == (head_team, Cause.REGISTER_DOWN)


def test_only_registers_that_can_matter_are_asked_and_each_question_is_audited(head_team):
    triplet = TripletFactory()
    office = UnitFactory(code="it-tel-aviv")
    TeamFactory(unit=office, triplets=[triplet])
    file = TaxFileFactory(annual_report_required=True, managing_unit=office.code)

    deciding.decide(triplet=triplet, customer=file.customer, at=NOW)

    asked = AuditEvent.objects.filter(target_type="register").values_list("action", flat=True)
    assert list(asked) == ["register.shaam"]


@pytest.mark.req("CRM-7-p")
def test_without_a_customer_the_head_team_receives(head_team):
    decision = deciding.decide(triplet=TripletFactory(), customer=None, at=NOW)

    assert (decision.team, decision.is_fallback, decision.cause) == (head_team, True, Cause.NO_ADDRESS)


@pytest.mark.req("CRM-7-q")
def test_a_change_of_the_tables_leaves_an_old_decision_and_counts_for_new_ones(head_team):
    triplet = TripletFactory()
    office = UnitFactory(code="it-tel-aviv")
    old_team = TeamFactory(unit=office, triplets=[triplet])
    file = TaxFileFactory(annual_report_required=True, managing_unit=office.code)
    before = deciding.decide(triplet=triplet, customer=file.customer, at=NOW)

    TripletTeam.objects.filter(team=old_team).update(valid_until=timezone.localdate(NOW))
    new_team = TeamFactory(unit=office)
    TripletTeam.objects.create(triplet=triplet, team=new_team, is_default_for_unit=True, valid_from="2026-03-03")

    tomorrow = deciding.decide(triplet=triplet, customer=file.customer, at=NOW.replace(day=3))
    before.refresh_from_db()
    assert (before.team, tomorrow.team) == (old_team, new_team)


MSM_TOPICS = {
    "הגשת הצהרת הון": "it-capital-declaration",
    "הגשת בקשה להחזר מס": "it-refund-request",
    "טופס 135": "it-form-135",
    'הגשת דוח מלכ"ר': "it-non-profit-report",
}
LIVES_IN_JERUSALEM = "111100020"  # files 91: no duty to report, and no MSM at his address
LIVES_IN_TEL_AVIV = "111100061"


@pytest.mark.req("CRM-7-g")
@pytest.mark.parametrize("topic", MSM_TOPICS)
def test_each_topic_of_the_msm_goes_there_by_address_and_without_one_by_the_office_rules(shipped, topic):
    triplet = Triplet.objects.get(code=MSM_TOPICS[topic])
    office = BusinessUnit.objects.get(code="it-haifa")
    near, far = CustomerFactory(id_number=LIVES_IN_ASHDOD), CustomerFactory(id_number=LIVES_IN_JERUSALEM)
    reports_in_haifa = TaxFileFactory(
        customer=CustomerFactory(id_number=LIVES_IN_TEL_AVIV), annual_report_required=True, managing_unit=office.code
    ).customer

    decided = [deciding.decide(triplet=triplet, customer=one, at=NOW) for one in (near, far, reports_in_haifa)]

    assert topic in str(triplet)
    assert [(one.rule, one.unit.code) for one in decided] == [
        (RoutingRule.MSM_TOPIC, "msm-ashdod"),
        (RoutingRule.IT_ADDRESS_OFFICE, "it-jerusalem"),
        (RoutingRule.IT_FILE_OFFICE, "it-haifa"),
    ]
    assert not any(one.is_fallback for one in decided)
