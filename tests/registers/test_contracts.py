"""What every implementation of an adapter must answer, told by the people of the demonstration."""

import json
from datetime import date
from decimal import Decimal

import pytest

from crm_portal import registers
from crm_portal.registers import CardRefused
from crm_portal.registers.adapters.computerised_file import Entry

from .conftest import contract_of

pytestmark = pytest.mark.django_db

REPORTING, FILE_91, COMPANY, DEALER, CLOSED_DEALER = "111100012", "111100020", "519990014", "111100061", "111100079"
NO_ADDRESS, SEVERAL, NOBODY = "111100129", "111100111", "999999998"
LAWYER, INACTIVE_LAWYER, ACCOUNTANT, TAX_ADVISER = "122200017", "122200025", "122200033", "122200041"
TODAY = date(2026, 11, 23)


@contract_of("population")
@pytest.mark.usefixtures("implementation")
def test_the_population_register_knows_where_somebody_lives():
    register = registers.population()

    assert register.address_of(REPORTING).locality == "אשדוד"
    assert register.address_of(NO_ADDRESS) is None
    assert register.address_of(NOBODY) is None
    assert register.address_of("") is None


@contract_of("shaam")
@pytest.mark.usefixtures("implementation")
def test_shaam_knows_the_files_the_section_and_the_work_grants():
    shaam = registers.shaam()

    company = {row.tax_system: row for row in shaam.tax_files(COMPANY)}

    assert company["income_tax"].managing_unit == "it-tel-aviv"
    assert company["income_tax"].annual_report_required
    assert company["vat"].managing_unit == "vat-haifa"
    assert all(row.file_number.startswith("0") for row in company.values())
    assert [row.is_active for row in shaam.tax_files(CLOSED_DEALER)] == [False]
    assert shaam.tax_files(NOBODY) == ()
    assert shaam.section_of(FILE_91) == "17"
    assert shaam.section_of(SEVERAL) == "4"  # of the active file that must report, not of file 91
    assert shaam.section_of(NOBODY) == ""
    assert [grant.year for grant in shaam.work_grants(FILE_91)] == [2025, 2024, 2023]
    assert shaam.work_grants(FILE_91)[0].amount == Decimal("4860.00")


@contract_of("shaam")
def test_shaam_knows_the_employees_password_and_keeps_only_its_salted_hash(implementation, folder):
    shaam = registers.shaam()

    assert shaam.password_matches("shaam-demo", "shaam-demo-1")
    assert not shaam.password_matches("shaam-demo", "shaam-demo-2")
    assert not shaam.password_matches("nobody", "shaam-demo-1")
    assert not shaam.password_matches("shaam-demo", "")
    assert "shaam-demo-1" not in (folder / "shaam_passwords.json").read_text()


@contract_of("representatives_register")
@pytest.mark.usefixtures("implementation")
def test_the_representatives_register_knows_who_is_empowered_in_which_tax_and_when():
    register = registers.representatives_register()

    power = register.power(ACCOUNTANT, REPORTING, "income_tax", TODAY)

    assert power is not None
    assert power.limited_topic == ""
    assert register.power(ACCOUNTANT, REPORTING, "vat", TODAY) is None, "another tax system"
    assert register.power(TAX_ADVISER, REPORTING, "income_tax", TODAY) is None, "another representative"
    assert register.power(ACCOUNTANT, DEALER, "income_tax", date(2023, 12, 31)) is not None, "its last day"
    assert register.power(ACCOUNTANT, DEALER, "income_tax", date(2024, 1, 1)) is None, "the day after"
    assert register.power(ACCOUNTANT, DEALER, "income_tax", date(2019, 12, 31)) is None, "the day before the first"
    assert register.power(ACCOUNTANT, FILE_91, "income_tax", TODAY).limited_topic == "severance"
    assert {power.customer_id for power in register.represented_by(LAWYER, TODAY)} == {COMPANY}
    assert register.representative(INACTIVE_LAWYER).is_active_licence is False
    assert register.representative(NOBODY) is None


@contract_of("matzpen")
@pytest.mark.usefixtures("implementation")
def test_matzpen_knows_the_representatives_of_each_assessment_and_the_active_lawyers():
    matzpen = registers.matzpen()

    assert matzpen.assessment("900000111").representatives == (LAWYER,)
    assert matzpen.assessment("900000222").representatives == ()
    assert matzpen.assessment("900000222").customers == (COMPANY,)
    assert matzpen.assessment("1") is None
    assert matzpen.is_active_lawyer(LAWYER)
    assert not matzpen.is_active_lawyer(INACTIVE_LAWYER)
    assert not matzpen.is_active_lawyer(ACCOUNTANT)


@contract_of("identity")
@pytest.mark.usefixtures("implementation")
def test_the_identity_check_knows_the_person_by_every_detail_that_is_given():
    check = registers.identity()
    issued, born = date(2016, 2, 11), date(1979, 4, 2)

    assert check.matches(REPORTING, id_issued_on=issued, birth_date=born).last_name == "אלמוג"
    assert check.matches(REPORTING, id_issued_on=issued).kind == "person"
    assert check.matches(REPORTING, id_issued_on=date(2016, 2, 12), birth_date=born) is None
    assert check.matches(REPORTING, id_issued_on=issued, birth_date=date(1979, 4, 3)) is None
    assert check.matches(NOBODY, id_issued_on=issued) is None
    assert check.matches("", id_issued_on=date(2001, 1, 2)) is None, "a foreign company has no such number"


@contract_of("smart_cards")
@pytest.mark.usefixtures("implementation")
def test_a_smart_card_tells_its_holder_and_his_representative():
    cards = registers.smart_cards()

    assert cards.holder("1000010001", on=TODAY).is_the_representative
    employee = cards.holder("1000010002", on=TODAY)
    assert not employee.is_the_representative
    assert employee.representative_id == LAWYER
    assert (employee.last_name, employee.representative_name) == ("סלע", "נבו יעל")
    assert cards.holder("1000030001", on=date(2030, 12, 31)), "its last day"


@contract_of("smart_cards")
@pytest.mark.req("CRM-2.2.1-d")
@pytest.mark.parametrize(
    ("number", "cause"),
    [("0000000000", "unknown"), ("", "unknown"), ("1000019001", "revoked"), ("1000039002", "expired")],
)
@pytest.mark.usefixtures("implementation")
def test_an_unknown_expired_or_revoked_card_is_refused(number, cause):
    with pytest.raises(CardRefused) as refused:
        registers.smart_cards().holder(number, on=TODAY)

    assert refused.value.code == "CARD_REFUSED"
    assert refused.value.cause == cause


@contract_of("vat_key")
@pytest.mark.usefixtures("implementation")
def test_the_file_opening_key_gives_a_vat_office_or_none():
    key = registers.vat_key()

    assert key.office_for(REPORTING, "חיפה") == "vat-haifa"
    assert key.office_for("", "תל אביב") == "vat-tel-aviv"
    assert key.office_for(REPORTING, "מצפה רמון") is None
    assert key.office_for(REPORTING, "") is None


@contract_of("computerised_file")
def test_the_computerised_file_takes_an_entry_once_whatever_is_repeated(implementation, settings):
    register = registers.computerised_file()
    entry = Entry("inquiry:1:opened", "900000111", "מס שבח", "תל אביב", {"text": "שלום"})

    assert not register.has(entry.key)
    assert register.write(entry.key, entry)
    assert not register.write(entry.key, Entry(entry.key, "2", "", "", {"text": "another"}))
    assert register.has(entry.key)
    (kept,) = settings.COMPUTERISED_FILE_FOLDER.iterdir()
    assert json.loads(kept.read_text())["content"] == {"text": "שלום"}


@contract_of("recordings")
@pytest.mark.usefixtures("implementation")
def test_recorded_calls_are_found_by_inquiry_and_can_be_heard():
    recordings = registers.recordings()

    (call,) = recordings.of_inquiry("1000001")

    assert call.started_at < call.ended_at
    assert recordings.sound(call.id).startswith(b"RIFF")
    assert recordings.of_inquiry("5") == ()
    assert recordings.sound("no such") is None


@contract_of("origin")
@pytest.mark.req("CRM-7-s")
@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("127.0.0.1", "IL"), ("::1", "IL"), ("10.9.8.7", "IL"), ("172.31.255.1", "IL"), ("192.168.1.1", "IL"),
        ("fd00::1", "IL"), ("::ffff:10.0.0.1", "IL"), ("192.0.2.5", "IL"), ("2001:db8:1::9", "IL"),
        ("198.51.100.1", "DE"), ("198.51.100.200", "FR"), ("::ffff:198.51.100.1", "DE"),
        ("203.0.113.1", None), ("172.32.0.1", None), ("2001:db8:2::1", None), ("nonsense", None), ("", None),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("implementation")
def test_an_address_belongs_to_a_country_private_ones_to_israel_and_unlisted_ones_to_none(address, country):
    assert registers.origin().country_of(address) == country


@contract_of("triage")
@pytest.mark.usefixtures("implementation")
def test_triage_suggests_the_likeliest_of_what_it_is_offered_and_nothing_else():
    candidates = {
        "refund": "מס הכנסה / החזר מס / הגשת בקשה להחזר מס",
        "capital": "מס הכנסה / הצהרת הון / הגשת הצהרת הון",
        "invoices": 'מע"מ / חשבוניות / מספרי הקצאה',
    }
    triage = registers.triage()

    suggestions = triage.suggest("שילמתי יותר מדי מס ואני רוצה החזר", candidates, limit=2)

    assert suggestions[0].triplet == "refund"
    assert len(suggestions) <= 2
    assert all(0 < suggestion.confidence <= 1 for suggestion in suggestions)
    assert {suggestion.triplet for suggestion in suggestions} <= set(candidates)
    assert triage.suggest("שילמתי יותר מדי מס ואני רוצה החזר", candidates, limit=2) == suggestions, "no chance in it"
    assert triage.suggest("xyz", candidates) == ()
    assert triage.suggest("החזר", {}) == ()
