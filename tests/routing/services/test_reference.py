import pytest
from django.core.management import call_command

from crm_portal.audit.models import AuditEvent
from crm_portal.registers import local
from routing.models import BusinessUnit, LocalityMap, TaxSystem, Team, Triplet, TripletTeam
from routing.rules.facts import plain

pytestmark = pytest.mark.usefixtures("shipped")
TABLES = (TaxSystem, BusinessUnit, Team, Triplet, TripletTeam, LocalityMap)


def test_the_tables_of_the_specification_are_there():
    assert TaxSystem.objects.count() == 6
    assert Triplet.objects.count() == 36  # 10.2: 23 rows, of which some stand for 2, 3 or 4 triplets
    assert set(BusinessUnit.objects.filter(kind="msm").values_list("name", flat=True)) == {
        'מש"מ ראשון לציון', 'מש"מ אשדוד', 'מש"מ כרמיאל', 'מש"מ ראש העין', 'מש"מ אום אל-פאחם', 'מש"מ בית שמש',
    }  # fmt: skip
    assert Team.objects.get(is_head_team=True).name == 'צוות ראשי-מנהלת פניות מע"מ ומס הכנסה'
    assert set(BusinessUnit.objects.filter(hide_employee_name=True).values_list("name", flat=True)) == {
        "מרכז המידע חיפה",
        "מרכז המידע ירושלים",
    }


def test_no_service_level_is_promised_until_the_authority_sets_one():
    assert not Triplet.objects.exclude(sla_target_hours=None).exists()
    assert not TaxSystem.objects.exclude(sla_target_hours=None).exists()


@pytest.mark.req("CRM-7-e")
def test_the_medical_committee_belongs_to_section_17_of_every_office():
    links = TripletTeam.objects.filter(triplet__detail="ועדה רפואית", unit__kind="office").select_related("team")

    assert {link.team.section for link in links} == {"17"}
    assert len(links) == BusinessUnit.objects.filter(kind="office", tax_systems="income_tax").count()


@pytest.mark.req("CRM-7-k")
def test_real_estate_may_be_forwarded_to_every_office():
    for triplet in Triplet.objects.filter(tax_system="real_estate", is_internal=False):
        offices = BusinessUnit.objects.filter(kind="office", tax_systems="real_estate")
        assert set(offices) <= {link.unit for link in triplet.triplet_teams.select_related("unit")}


def test_a_second_load_changes_nothing_and_writes_no_audit_row():
    before = [table.objects.count() for table in TABLES]
    events = AuditEvent.objects.filter(action="reference.load").count()

    call_command("load_reference", verbosity=0)

    assert [table.objects.count() for table in TABLES] == before
    assert AuditEvent.objects.filter(action="reference.load").count() == events == 1


@pytest.mark.req("CRM-9-b")
def test_what_the_department_changed_stays_until_overwriting_is_asked_for():
    Team.objects.filter(code="nsa-team").update(name="צוות אחר")
    BusinessUnit.objects.get(code="nsa").tax_systems.clear()

    call_command("load_reference", verbosity=0)
    assert Team.objects.get(code="nsa-team").name == "צוות אחר"
    assert not BusinessUnit.objects.get(code="nsa").tax_systems.exists()

    call_command("load_reference", "--overwrite", verbosity=0)
    assert Team.objects.get(code="nsa-team").name == 'צוות נס"א'
    assert BusinessUnit.objects.get(code="nsa").tax_systems.exists()


def test_the_local_registers_speak_of_units_and_localities_that_the_tables_know():
    units = set(BusinessUnit.objects.values_list("code", flat=True))
    mapped = {plain(locality) for locality in LocalityMap.objects.values_list("locality", flat=True)}
    customers = local.people("shaam")["customers"]
    key = local.rows("vat_key", "vat_key.csv")

    assert {file["managing_unit"] for customer in customers for file in customer["tax_files"]} <= units
    assert {row["unit"] for row in key} <= units
    assert {plain(row["locality"]) for row in key if row["locality"]} <= mapped
    homes = {plain(customer["address"]["locality"]) for customer in customers if customer["address"]}
    assert homes - mapped == {"מצפה רמון"}  # one lives where no office is mapped, to show the fallback
