"""How registers are asked: with an audit row, and never an empty answer for a failure."""

import os
from datetime import UTC, date, datetime

import pytest

from crm_portal import registers
from crm_portal.audit.models import AuditEvent
from crm_portal.registers import CardRefused, RegisterUnavailable
from crm_portal.registers.adapters.computerised_file import Entry
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
QUESTIONS = {
    "population": lambda: registers.population().address_of("111100012"),
    "shaam": lambda: registers.shaam().tax_files("111100012"),
    "representatives_register": lambda: registers.representatives_register().representative("122200017"),
    "matzpen": lambda: registers.matzpen().assessment("900000111"),
    "identity": lambda: registers.identity().matches("111100012", id_issued_on=date(2016, 2, 11)),
    "smart_cards": lambda: registers.smart_cards().holder("1000010001"),
    "vat_key": lambda: registers.vat_key().office_for("111100012", "חיפה"),
    "computerised_file": lambda: registers.computerised_file().write("k", Entry("k", "1", "", "")),
    "recordings": lambda: registers.recordings().of_inquiry("1000001"),
    "origin": lambda: registers.origin().country_of("198.51.100.1"),
    "triage": lambda: registers.triage().suggest("החזר מס", {"refund": "החזר מס"}),
}


@pytest.mark.req("CRM-2.1.6-a")
@pytest.mark.parametrize("register", QUESTIONS)
def test_by_default_every_register_answers_from_files_without_a_network(register, monkeypatch):
    def no_network(*_args):
        raise AssertionError("the network was used")

    monkeypatch.setattr("socket.getaddrinfo", no_network)

    assert QUESTIONS[register]()


@pytest.mark.parametrize("register", QUESTIONS)
def test_a_register_that_is_down_is_unavailable_and_never_an_empty_answer(register, folder):
    (folder / f"{register}.down").touch()

    with pytest.raises(RegisterUnavailable) as refused:
        QUESTIONS[register]()

    assert refused.value.code == "REGISTER_UNAVAILABLE"
    assert refused.value.register == register
    (row,) = AuditEvent.objects.all()
    assert (row.action, row.outcome, row.code) == (f"register.{register}", "refused", "REGISTER_UNAVAILABLE")


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("{"),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        lambda path: path.write_text("{}"),
        lambda path: path.write_text('{"customers": [{}]}'),
    ],
    ids=["missing", "cut off", "not text", "empty", "another shape"],
)
def test_a_missing_or_damaged_file_is_an_outage_too(folder, damage):
    damage(folder / "people.json")

    with pytest.raises(RegisterUnavailable):
        registers.population().address_of("111100012")


def test_a_register_answers_again_after_an_outage_and_reads_a_changed_file(folder):
    path = folder / "people.json"
    whole = path.read_text()
    path.write_text("{")
    with pytest.raises(RegisterUnavailable):
        registers.population().address_of("111100012")

    path.write_text(whole.replace("אשדוד", "אילת"))
    os.utime(path, ns=(1, 1))

    assert registers.population().address_of("111100012").locality == "אילת"


def test_every_question_is_audited_with_who_asked_about_whom():
    clerk = UserFactory()

    registers.population(by=clerk, at=AT).address_of("111100012")

    (row,) = AuditEvent.objects.all()
    assert (row.action, row.outcome, row.actor, row.at) == ("register.population", "read", clerk, AT)
    assert (row.target_type, row.target_id, row.after) == ("register", "111100012", {"question": "address_of"})


def test_the_audit_holds_neither_a_password_nor_what_an_inquirer_wrote():
    registers.shaam().password_matches("shaam-demo", "a-secret")
    registers.triage().suggest("הסוד שלי", {"a": "b"})

    written = str(list(AuditEvent.objects.values()))
    assert "a-secret" not in written
    assert "הסוד שלי" not in written
    assert "shaam-demo" in written


def test_a_refused_card_is_audited_with_its_cause():
    with pytest.raises(CardRefused):
        registers.smart_cards().holder("1000019001")

    (row,) = AuditEvent.objects.all()
    assert (row.outcome, row.code, row.after["cause"]) == ("refused", "CARD_REFUSED", "revoked")


def test_the_origin_of_an_address_is_asked_for_once_an_hour():
    for minute in (0, 30, 59):
        registers.origin(at=AT.replace(minute=minute)).country_of("198.51.100.7")
    assert AuditEvent.objects.count() == 1

    registers.origin(at=AT.replace(hour=9)).country_of("198.51.100.7")

    assert AuditEvent.objects.count() == 2
