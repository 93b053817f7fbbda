"""A batch is kept once, with its bytes, whatever becomes of it (CRD-0-g, 0-h, 0-i)."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from creditdata.models import IntakeBatch, IntakeRow, Record
from creditdata.rules.codes import LicenceStatus, RecordKind, SourceType
from creditdata.rules.intake import BatchFormat, BatchStatus, Unreadable
from creditdata.rules.reasons import Reason
from creditdata.selectors.batch_files import content_of, intake_storage
from creditdata.services import intake
from crm_portal.errors import Code, Refused
from tests.factories.creditdata import LicenseeFactory, MembershipFactory

from ..supplying import AT, TODAY, counters, fates, order, rows_of, sent, supplied, written

pytestmark = pytest.mark.django_db


def workbook(rows: list[dict[str, object]]) -> bytes:
    book = openpyxl.Workbook()
    names = list(dict.fromkeys(name for row in rows for name in row))
    book.active.append(names)
    for row in rows:
        book.active.append([row.get(name) for name in names])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.req("CRD-0-g")
def test_the_bytes_their_hash_sender_time_and_declared_rows_are_kept(licensee, receiver, clerk):
    content = written([order(1)])
    batch = sent(licensee, receiver, clerk, content, declared_rows=3, file_name="../צווים.csv")
    assert b"".join(content_of(batch)) == content
    assert (batch.size, batch.sent_by, batch.received_at, batch.declared_rows) == (len(content), clerk, AT, 3)
    assert batch.sha256 == __import__("hashlib").sha256(content).hexdigest()
    assert batch.file_name == "צווים.csv"


@pytest.mark.req("CRD-0-u")
def test_bytes_and_rows_lie_encrypted(licensee, receiver, clerk):
    batch = supplied(licensee, receiver, clerk, [order(1)])
    number = order(1)["id_number"].encode()
    with intake_storage().open(batch.file) as file:
        assert number not in file.read()
    row = IntakeRow.objects.for_licensee(licensee).get()
    assert number not in bytes(row.raw_encrypted)
    assert number.decode() in row.raw


@pytest.mark.req("CRD-0-g")
def test_a_workbook_ends_in_the_same_records_as_the_text_of_it(licensee, receiver, clerk):
    rows = [{**order(1), "order_date": date(2025, 11, 3), "cancelled": False}, {**order(2), "cancelled": "false"}]
    batch = supplied(licensee, receiver, clerk, workbook(rows))
    assert (batch.format, batch.status) == (BatchFormat.XLSX, BatchStatus.DONE)
    assert fates(batch) == [("ACCEPTED",), ("ACCEPTED",)]
    assert fates(supplied(licensee, receiver, clerk, [order(1), order(2)])) == [("DUPLICATE",), ("DUPLICATE",)]


@pytest.mark.req("CRD-0-i")
def test_the_same_bytes_from_the_same_source_give_the_first_result(licensee, receiver, clerk):
    first = supplied(licensee, receiver, clerk, [order(1)])
    again = sent(licensee, receiver, clerk, [order(1)], at=AT + timedelta(hours=1))
    assert again == first
    assert IntakeBatch.objects.for_licensee(licensee).count() == 1


@pytest.mark.req("CRD-0-i")
def test_the_same_idempotency_key_gives_the_first_result_whatever_is_sent(licensee, receiver, clerk):
    first = supplied(licensee, receiver, clerk, [order(1)], idempotency_key="k-1")
    assert sent(licensee, receiver, clerk, [order(2)], idempotency_key="k-1") == first
    assert sent(licensee, receiver, clerk, [order(2)], idempotency_key="k-2") != first


@pytest.mark.req("CRD-0-d")
def test_nothing_new_is_a_supply_each_week_though_the_file_is_the_same(licensee, receiver, clerk):
    header = written([], list(order(1)))
    first = supplied(licensee, receiver, clerk, header)
    second = supplied(
        licensee, receiver, clerk, header, on=TODAY + timedelta(days=7), as_of=None, at=AT + timedelta(days=7)
    )
    assert first != second
    assert [batch.is_empty_supply for batch in (first, second)] == [True, True]
    assert counters(second) == (0, 0, 0, 0, 0)


@pytest.mark.req("CRD-0-h")
@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"", Unreadable.EMPTY),
        (b"\r\n", Unreadable.EMPTY),
        ("שם,מספר\r\nכהן,1".encode("cp1255"), Unreadable.NOT_UTF8),
        (b"a,b,a\r\n1,2,3", Unreadable.NO_HEADER),
        (b"a,,b\r\n1,2,3", Unreadable.NO_HEADER),
        (b'a,b\r\n"1,2', Unreadable.DAMAGED),
        (b"a,b\r\n1,\0", Unreadable.DAMAGED),
        (b"PK\x03\x04 no archive", Unreadable.DAMAGED),
        (workbook([{"a": "1"}])[:-60], Unreadable.DAMAGED),
    ],
    ids=range(9),
)
def test_an_unreadable_file_is_a_batch_that_keeps_its_bytes(licensee, receiver, clerk, content, because):
    batch = supplied(licensee, receiver, clerk, content)
    assert (batch.status, batch.unreadable_because) == (BatchStatus.UNREADABLE, because)
    assert b"".join(content_of(batch)) == content
    assert rows_of(batch) == []


@pytest.mark.req("CRD-0-h")
def test_a_file_that_breaks_off_late_gives_no_row_at_all(licensee, receiver, clerk):
    content = written([order(n) for n in range(50)]) + "\r\nכהן".encode("cp1255")
    batch = supplied(licensee, receiver, clerk, content)
    assert (batch.status, counters(batch)) == (BatchStatus.UNREADABLE, (0, 0, 0, 0, 0))
    assert not Record.objects.for_licensee(licensee).exists()


def test_cells_under_no_column_are_refused_and_empty_columns_are_not(licensee, receiver, clerk):
    names = list(order(1))
    content = written([{**order(1), "debt": ""}, order(2)], [*names, "debt"])
    content += (",".join([*order(3).values(), "", "500"]) + "\r\n").encode()
    batch = supplied(licensee, receiver, clerk, content)
    assert fates(batch) == [("ACCEPTED",), ("ACCEPTED",), ("REJECTED", "FIELD_NOT_ALLOWED")]


@pytest.mark.req("CRD-0-k")
@pytest.mark.parametrize(
    ("of", "kind"),
    [
        (SourceType.OFFICIAL_RECEIVER, RecordKind.JUDGMENT_FILE),
        (SourceType.CARD_ISSUER, RecordKind.CHEQUE_REFUSAL_WARNING),
        (SourceType.EXECUTION_OFFICE, RecordKind.LOAN),
    ],
)
def test_a_source_supplies_the_kinds_of_its_type_alone(licensee, source_of, clerk, of, kind):
    with pytest.raises(Refused) as refused:
        sent(licensee, source_of(of), clerk, [order(1)], kind=kind)
    assert refused.value.code == Reason.KIND_NOT_OF_SOURCE
    assert not IntakeBatch.objects.for_licensee(licensee).exists()


@pytest.mark.req("CRD-0-k")
def test_a_bank_sends_for_no_other_bank(licensee, source_of):
    mine, other = source_of(SourceType.BANKING_CORPORATION), source_of(SourceType.BANKING_CORPORATION)
    integrator = MembershipFactory(role="source_integrator", licensee=None, source=mine).user
    with pytest.raises(Refused) as refused:
        sent(licensee, other, integrator, [order(1)], kind=RecordKind.CHEQUE_REFUSAL_WARNING)
    assert refused.value.code == Code.OUT_OF_SCOPE
    assert sent(licensee, mine, integrator, [order(1)], kind=RecordKind.CHEQUE_REFUSAL_WARNING).source == mine


def test_a_clerk_of_another_licensee_or_one_whose_membership_ended_sends_nothing(licensee, receiver, clerk):
    stranger = MembershipFactory(licensee=LicenseeFactory()).user
    clerk.credit_memberships.update(ended_at=AT)
    for by in (stranger, clerk):
        with pytest.raises(Refused) as refused:
            sent(licensee, receiver, by, [order(1)])
        assert refused.value.code == Code.OUT_OF_SCOPE


@pytest.mark.parametrize("status", [LicenceStatus.SUSPENDED, LicenceStatus.CEASED])
def test_a_licensee_without_a_licence_in_force_collects_nothing(licensee, receiver, clerk, status):
    ended_on = TODAY if status is LicenceStatus.CEASED else None
    licensee.licences.update(status=status.value, ended_on=ended_on)
    with pytest.raises(Refused) as refused:
        sent(licensee, receiver, clerk, [order(1)])
    assert refused.value.code == Reason.LICENSEE_CEASED


@pytest.mark.req("CRD-0-b")
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"on": TODAY + timedelta(days=1)}, Reason.DATE_IN_FUTURE),
        ({"as_of": TODAY + timedelta(days=1)}, Reason.AS_OF_IN_FUTURE),
        ({"on": date(1990, 1, 1), "as_of": None}, Code.INVALID_VALUE),
    ],
)
def test_a_batch_states_days_that_can_be(licensee, receiver, clerk, given, code):
    with pytest.raises(Refused) as refused:
        sent(licensee, receiver, clerk, [order(1)], **given)
    assert refused.value.code == code


@pytest.mark.req("CRD-0-h")
def test_a_killed_worker_leaves_whole_chunks_and_the_next_goes_on_after_them(licensee, receiver, clerk, monkeypatch):
    monkeypatch.setattr(intake, "ROWS", 10)
    batch = sent(licensee, receiver, clerk, [order(n) for n in range(35)])
    reading, taken = intake._take, []

    def take(*given):
        if len(taken) == 2:
            raise KeyboardInterrupt  # the machine goes off
        taken.append(given)
        reading(*given)

    monkeypatch.setattr(intake, "_take", take)
    with pytest.raises(KeyboardInterrupt):
        intake.read_next(at=AT)
    assert intake.read_next(at=AT) is None  # it may still be alive
    batch.refresh_from_db()
    assert (batch.status, batch.rows_read, batch.accepted) == (BatchStatus.READING, 20, 20)

    monkeypatch.setattr(intake, "_take", reading)
    IntakeBatch.objects.for_licensee(licensee).update(beat_at=AT - timedelta(days=999))
    assert intake.read_next(at=AT) is True
    batch.refresh_from_db()
    assert (batch.status, counters(batch)) == (BatchStatus.DONE, (35, 35, 0, 0, 0))
    assert [row.number for row in rows_of(batch)] == list(range(1, 36))
    assert Record.objects.for_licensee(licensee).count() == 35


@pytest.mark.req("CRD-0-h")
def test_the_database_keeps_counters_that_do_not_add_up_out(licensee, receiver, clerk):
    supplied(licensee, receiver, clerk, [order(1)])
    with pytest.raises(IntegrityError, match="batch_counters_add_up"), transaction.atomic():
        IntakeBatch.objects.for_licensee(licensee).update(rejected=7)
