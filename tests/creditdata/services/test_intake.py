"""Every row gets exactly one fate, and what it does to the register (CRD-0-g to 0-j)."""

from datetime import date, timedelta

import pytest

from creditdata.models import (
    BankruptcyUpdate,
    ConsolidatedFile,
    DataSubject,
    FileConsolidation,
    IntakeBatch,
    OriginalRecord,
    ReceivingOrder,
    Record,
    RecordEntry,
)
from creditdata.rules.codes import RecordKind, SourceType
from creditdata.rules.intake import BatchStatus
from creditdata.rules.registers import EntryType
from creditdata.services.chains import verify_chain

from ..supplying import (
    AS_OF,
    AT,
    TODAY,
    consolidation,
    counters,
    fates,
    judgment,
    order,
    person,
    rows_of,
    supplied,
    update,
    written,
)

pytestmark = pytest.mark.django_db

ACCEPTED, DUPLICATE = ("ACCEPTED",), ("DUPLICATE",)
FRIDAY, NEXT = date(2026, 3, 6), date(2026, 3, 8)


@pytest.mark.req("CRD-0-h")
def test_each_row_has_one_status_and_one_bad_row_stops_no_other(licensee, receiver, clerk):
    rows = [order(1), order(2, order_date="2002-02-01"), order(3), order(1)]
    batch = supplied(licensee, receiver, clerk, rows, declared_rows=4)
    assert fates(batch) == [ACCEPTED, ("REJECTED", "RO_ORDER_NOT_AFTER_2002_02_01"), ACCEPTED, DUPLICATE]
    assert counters(batch) == (4, 2, 1, 0, 1)
    assert not batch.differs_from_declared


@pytest.mark.req("CRD-0-h")
def test_a_rejected_row_keeps_its_number_its_content_and_every_code_with_its_field(licensee, receiver, clerk):
    bad = order(2, order_date="2002-02-01", cancelled="true", id_number="123456789", debt="500")
    row = rows_of(supplied(licensee, receiver, clerk, [order(1), bad]))[1]
    assert row.number == 2
    assert '"debt": "500"' in row.raw
    assert sorted(map(tuple, row.problems)) == [
        ("cancelled", "RO_ORDER_CANCELLED"),
        ("debt", "FIELD_NOT_ALLOWED"),
        ("id_number", "ID_NUMBER_INVALID"),
        ("order_date", "RO_ORDER_NOT_AFTER_2002_02_01"),
    ]


@pytest.mark.req("CRD-0-a")
def test_an_accepted_row_becomes_a_typed_record_and_an_original_with_every_word_of_it(licensee, receiver, clerk):
    batch = supplied(licensee, receiver, clerk, [order(1)])
    kept = ReceivingOrder.objects.for_licensee(licensee).get()
    assert (kept.case_number, kept.order_date) == ("פש״ר 1", date(2025, 11, 3))
    assert kept.record.subject.number == person(1)["id_number"]
    original = OriginalRecord.objects.for_licensee(licensee).get()
    assert (original.record, original.batch, original.sequence) == (kept.record, batch, 1)
    assert '"cancelled": "false"' in original.text


@pytest.mark.req("CRD-0-e")
def test_what_is_kept_is_kept_seven_years_from_being_made_available(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(1)])
    assert Record.objects.for_licensee(licensee).get().retain_until == date(2033, 3, 1)
    assert OriginalRecord.objects.for_licensee(licensee).get().retain_until == date(2033, 3, 1)


@pytest.mark.req("CRD-24-a")
def test_a_courts_restriction_is_kept_seven_years_from_the_decision(licensee, source_of, clerk):
    court = source_of(SourceType.COURT)
    row = {**person(1), "role": "OFFICER", "order_date": "2024-02-29", "nature": "ניהול", "end_date": "2027-01-01"}
    batch = supplied(licensee, court, clerk, [row], kind=RecordKind.OCCUPATION_RESTRICTION, as_of=None)
    assert fates(batch) == [ACCEPTED]
    assert Record.objects.for_licensee(licensee).get().retain_until == date(2031, 2, 28)


@pytest.mark.req("CRD-10-a")
def test_each_file_of_a_consolidation_is_kept_as_a_row(licensee, source_of, clerk):
    office = source_of(SourceType.EXECUTION_OFFICE)
    supplied(licensee, office, clerk, [consolidation(1)], kind=RecordKind.FILE_CONSOLIDATION)
    files = ConsolidatedFile.objects.for_licensee(licensee)
    assert [file.file_number for file in files] == ["01-1-25", "01-2-25"]
    assert FileConsolidation.objects.for_licensee(licensee).get().consolidation_number == "א-1"


@pytest.mark.req("CRD-0-i")
def test_a_repeated_row_is_a_duplicate_whose_newer_as_of_is_kept_as_an_entry(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(1)])
    again = supplied(licensee, receiver, clerk, [order(1)], as_of=FRIDAY, on=NEXT, at=AT + timedelta(days=7))
    assert fates(again) == [DUPLICATE]
    record = Record.objects.for_licensee(licensee).get()
    assert record.as_of == FRIDAY
    entry = RecordEntry.objects.for_licensee(licensee).get()
    assert (entry.record, entry.type, entry.payload["as_of"]) == (record, EntryType.CONFIRMATION, "2026-03-06")
    assert OriginalRecord.objects.for_licensee(licensee).count() == 1


@pytest.mark.req("CRD-0-i")
def test_a_known_key_with_other_content_waits_for_a_person(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(1)])
    other = supplied(licensee, receiver, clerk, [order(1, order_date="2025-12-01")])
    assert fates(other) == [("NEEDS_REVIEW", "KEY_EXISTS")]
    assert ReceivingOrder.objects.for_licensee(licensee).get().order_date == date(2025, 11, 3)


@pytest.mark.req("CRD-0-j")
def test_an_update_writes_an_entry_and_a_further_original_and_leaves_the_first(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(1)])
    changed = supplied(licensee, receiver, clerk, [order(1, event="UPDATE", order_date="2025-12-01")])
    assert fates(changed) == [ACCEPTED]
    record = Record.objects.for_licensee(licensee).get()
    assert record.receivingorder.order_date == date(2025, 12, 1)
    first, second = OriginalRecord.objects.for_licensee(licensee)
    assert ("2025-11-03" in first.text, "2025-12-01" in second.text) == (True, True)
    entry = RecordEntry.objects.for_licensee(licensee).get()
    assert (entry.type, entry.row, entry.payload["values"]["order_date"]) == ("CHANGE", second.row, "2025-12-01")


@pytest.mark.req("CRD-0-j")
def test_a_cancelled_record_is_no_longer_active_and_its_key_is_free_again(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(1)])
    supplied(licensee, receiver, clerk, [order(1, event="CANCEL")])
    records = Record.objects.for_licensee(licensee)
    assert not records.active().exists()
    assert fates(supplied(licensee, receiver, clerk, [order(1, order_date="2025-12-01")])) == [ACCEPTED]
    assert (records.count(), records.active().count()) == (2, 1)


@pytest.mark.req("CRD-74-b")
def test_each_entry_points_to_the_one_before_it(licensee, receiver, clerk):
    rows = [
        order(1),
        order(1, event="UPDATE", order_date="2025-12-01"),
        order(1, event="UPDATE", order_date="2025-12-02"),
        order(1, event="CANCEL"),
    ]
    assert fates(supplied(licensee, receiver, clerk, rows)) == [ACCEPTED] * 4
    change, second, cancellation = RecordEntry.objects.for_licensee(licensee).order_by("pk")
    assert (change.previous, second.previous, cancellation.previous) == (None, change, second)
    assert Record.objects.for_licensee(licensee).get().cancelled_at is not None


def test_an_update_of_what_is_not_held_waits(licensee, receiver, clerk):
    rows = [order(1, event="UPDATE"), order(2, event="CANCEL")]
    batch = supplied(licensee, receiver, clerk, rows)
    assert fates(batch) == [("NEEDS_REVIEW", "RECORD_UNKNOWN")] * 2
    assert counters(batch) == (2, 0, 0, 2, 0)


@pytest.mark.req("CRD-1-e")
def test_another_name_on_a_known_number_is_never_merged(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(1)])
    batch = supplied(licensee, receiver, clerk, [order(2, **person(1, last_name="לוי"))])
    assert fates(batch) == [("NEEDS_REVIEW", "NAME_MISMATCH")]
    assert [subject.last_name for subject in DataSubject.objects.for_licensee(licensee)] == ["כהן1"]


def test_two_spellings_of_a_name_are_one(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(1, **person(1, last_name="בן־דוד  לוי"))])
    batch = supplied(licensee, receiver, clerk, [order(2, **person(1, last_name="בן-דוד לוי"))])
    assert fates(batch) == [ACCEPTED]


@pytest.mark.req("CRD-4-a")
def test_what_follows_an_order_is_linked_to_it_and_the_order_stays(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(1)])
    rows = [update(1), update(1, event_type="PROCEEDING_CANCELLED", event_date="2026-02-01")]
    batch = supplied(licensee, receiver, clerk, rows, kind=RecordKind.BANKRUPTCY_UPDATE)
    assert fates(batch) == [ACCEPTED, ACCEPTED]
    followed = ReceivingOrder.objects.for_licensee(licensee).get()
    assert [one.order for one in BankruptcyUpdate.objects.for_licensee(licensee)] == [followed, followed]
    assert Record.objects.for_licensee(licensee).active().count() == 3
    assert len({record.subject_id for record in Record.objects.for_licensee(licensee)}) == 1


@pytest.mark.parametrize(
    ("row", "fate"),
    [
        (update(9), ("NEEDS_REVIEW", "PARENT_ORDER_UNKNOWN")),
        (update(1, event_date="2025-11-02"), ("REJECTED", "EVENT_BEFORE_ORDER")),
    ],
)
def test_an_update_without_its_order_waits_and_one_before_it_is_refused(licensee, receiver, clerk, row, fate):
    supplied(licensee, receiver, clerk, [order(1)])
    assert fates(supplied(licensee, receiver, clerk, [row], kind=RecordKind.BANKRUPTCY_UPDATE)) == [fate]


def test_one_execution_file_is_of_one_nature(licensee, source_of, clerk):
    office = source_of(SourceType.EXECUTION_OFFICE)
    supplied(licensee, office, clerk, [judgment(1)], kind=RecordKind.JUDGMENT_FILE)
    note = {name: value for name, value in judgment(1).items() if name != "judgment_nature"}
    batch = supplied(licensee, office, clerk, [note], kind=RecordKind.NOTE_FILE)
    assert fates(batch) == [("NEEDS_REVIEW", "KEY_EXISTS")]


@pytest.mark.req("CRD-0-c")
@pytest.mark.parametrize(
    ("as_of", "fate"),
    [(date(2026, 2, 26), ACCEPTED), (date(2026, 2, 25), ("REJECTED", "AS_OF_TOO_OLD")), (TODAY, ACCEPTED)],
)
def test_the_as_of_is_no_older_than_two_business_days(licensee, receiver, clerk, as_of, fate):
    assert fates(supplied(licensee, receiver, clerk, [order(1)], as_of=as_of)) == [fate]


@pytest.mark.req("CRD-0-b")
def test_a_row_states_its_as_of_or_the_batch_does(licensee, receiver, clerk):
    rows = [order(1), order(2, as_of=AS_OF.isoformat())]
    batch = supplied(licensee, receiver, clerk, rows, as_of=None)
    assert fates(batch) == [("REJECTED", "AS_OF_MISSING"), ACCEPTED]


def test_positive_data_is_refused_as_long_as_there_is_no_basis(licensee, source_of, clerk):
    loan = {
        **person(1), "granted_on": "2025-01-01", "repayable_on": "2027-01-01", "payment_frequency": "חודשי",
        "amount": "30000", "facility_reference": "L-1",
    }  # fmt: skip
    bank = source_of(SourceType.BANKING_CORPORATION)
    batch = supplied(licensee, bank, clerk, [loan], kind=RecordKind.LOAN)
    assert fates(batch) == [("REJECTED", "NO_POSITIVE_BASIS")]


@pytest.mark.req("CRD-0-r")
def test_two_licensees_hold_the_same_order_each_for_itself(licensee, receiver, clerk):
    from tests.factories.creditdata import MembershipFactory, SourceAgreementFactory

    other = SourceAgreementFactory(source=receiver).licensee
    supplied(licensee, receiver, clerk, [order(1)])
    batch = supplied(other, receiver, MembershipFactory(licensee=other).user, [order(1)])
    assert fates(batch) == [ACCEPTED]
    assert IntakeBatch.objects.for_licensee(licensee).count() == 1
    assert Record.objects.for_licensee(other).get().subject.licensee == other


def test_the_chain_of_what_was_taken_in_holds(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(n) for n in range(5)])
    supplied(licensee, receiver, clerk, [order(1, event="CANCEL"), order(7)])
    check = verify_chain(licensee_id=licensee.pk, at=AT)
    assert (check.sequence, check.fault_count) == (7, 0)


def test_the_number_of_statements_does_not_grow_with_the_rows(licensee, receiver, clerk, django_assert_max_num_queries):
    from creditdata.services import intake

    from ..supplying import sent

    sent(licensee, receiver, clerk, written([order(n) for n in range(300)]))
    with django_assert_max_num_queries(40):
        assert intake.read_next(at=AT)
    assert Record.objects.for_licensee(licensee).count() == 300
    assert IntakeBatch.objects.for_licensee(licensee).get().status == BatchStatus.DONE
