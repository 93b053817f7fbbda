"""How a supplied row of any kind is read, whose it is, and which record it names (table 3.1)."""

from datetime import date, datetime

import pytest

from creditdata.rules.codes import IdNumberKind, RecordKind, RowEvent, RowStatus, SourceType
from creditdata.rules.deciding import status_of
from creditdata.rules.kinds import KINDS
from creditdata.rules.reasons import Reason
from creditdata.rules.schemas import content, natural_key, read_row
from crm_portal.errors import Code

from .rows import GOOD, ON, PERSON, WARNED, faults, read, supplier, supply

EVERY = list(RecordKind)
EXECUTION_FILES = [RecordKind.JUDGMENT_FILE, RecordKind.NOTE_FILE, RecordKind.FILE_CONSOLIDATION]
NAMED = [kind for kind in EVERY if kind is not RecordKind.BANKRUPTCY_UPDATE]


@pytest.mark.parametrize("said", ["", "  ", None])
def test_an_empty_column_says_nothing(said):
    kind = RecordKind.NOTE_FILE

    assert read_row(kind, {**GOOD[kind], "remark": said}, supply(kind)).faults == []


@pytest.mark.req("CRD-0-b")
@pytest.mark.parametrize("kind", EVERY)
def test_only_a_court_may_leave_the_as_of_out(kind):
    missing = [("as_of", Reason.AS_OF_MISSING)]

    assert faults(kind, {"as_of": None}) == ([] if supplier(kind) is SourceType.COURT else missing)


@pytest.mark.req("CRD-0-c")
def test_the_as_of_lies_between_the_oldest_day_and_the_day_of_making_available():
    kind = RecordKind.NOTE_FILE

    assert faults(kind, as_of="2026-02-26") == []
    assert faults(kind, as_of="2026-02-25") == [("as_of", Reason.AS_OF_TOO_OLD)]
    assert faults(kind, as_of="2026-03-02") == []
    assert faults(kind, as_of="2026-03-03") == [("as_of", Reason.AS_OF_IN_FUTURE)]


def test_the_as_of_of_a_row_goes_before_that_of_its_supply():
    assert read(RecordKind.NOTE_FILE, as_of="2026-02-27").as_of == date(2026, 2, 27)
    assert read(RecordKind.NOTE_FILE).as_of == ON


def test_an_as_of_that_is_no_day_is_not_taken_for_a_missing_one():
    assert faults(RecordKind.NOTE_FILE, {"as_of": None}, as_of="soon") == [("as_of", Code.INVALID_VALUE)]


@pytest.mark.req("CRD-0-f")
def test_every_fault_of_a_row_is_told_at_once():
    found = faults(
        RecordKind.JUDGMENT_FILE,
        id_number="000000019",
        file_number=None,
        opened_on="2004-04-25",
        judgment_nature="MAINTENANCE",
        warning_served_on="2026-01-02",
        stay_order="true",
        as_of="2026-01-01",
        remark="x",
    )

    assert {code for _, code in found} == {
        Reason.FIELD_NOT_ALLOWED,
        Reason.FIELD_MISSING,
        Reason.ID_NUMBER_INVALID,
        Reason.AS_OF_TOO_OLD,
        Reason.EO_MAINTENANCE_JUDGMENT,
        Reason.EO_FILE_NOT_AFTER_COMMENCEMENT,
        Reason.EO_WARNING_UNDER_60_DAYS,
        Reason.EO_PROCEEDINGS_STAYED,
    }


@pytest.mark.req("CRD-1-a")
@pytest.mark.parametrize(
    ("number", "kept"),
    [("000000018", "000000018"), ("18", "000000018"), (18, "000000018"), ("123456782", "123456782")],
)
def test_an_identity_number_keeps_its_left_zeros(number, kept):
    row = read(RecordKind.NOTE_FILE, id_number=number)

    assert (row.faults, row.values["id_number"]) == ([], kept)


@pytest.mark.req("CRD-1-a")
@pytest.mark.parametrize("kind", ["RESIDENT", "AREA_RESIDENT"])
@pytest.mark.parametrize("number", ["000000019", "000000000", "1234567890", "12345678A", "٠٠٠٠٠٠٠١٨"])
def test_an_identity_number_has_nine_digits_and_its_check_digit(kind, number):
    found = faults(RecordKind.NOTE_FILE, id_kind=kind, id_number=number)

    assert found == [("id_number", Reason.ID_NUMBER_INVALID)]


@pytest.mark.req("CRD-1-a")
def test_a_passport_has_its_country_and_only_a_passport():
    kind = RecordKind.NOTE_FILE
    passport = {"id_kind": "FOREIGN_PASSPORT", "id_number": "ab1234567"}

    row = read(kind, **passport, id_country="fr")
    assert (row.faults, row.subject) == ([], (IdNumberKind.FOREIGN_PASSPORT, "AB1234567", "FR"))
    assert faults(kind, **passport) == [("id_country", Reason.FIELD_MISSING)]
    assert faults(kind, **passport, id_country="France") == [("id_country", Code.INVALID_VALUE)]
    assert faults(kind, id_kind="FOREIGN_PASSPORT", id_number="a b", id_country="FR") == [
        ("id_number", Reason.ID_NUMBER_INVALID)
    ]
    assert faults(kind, id_country="FR") == [("id_country", Reason.FIELD_NOT_ALLOWED)]


@pytest.mark.req("CRD-1-b")
@pytest.mark.parametrize("kind", NAMED)
def test_an_individual_has_a_surname_and_a_first_name(kind):
    assert faults(kind, last_name=None, first_name=None) == [
        ("last_name", Reason.FIELD_MISSING),
        ("first_name", Reason.FIELD_MISSING),
    ]
    assert faults(kind, name="דנה כהן") == [("name", Reason.FIELD_NOT_ALLOWED)]


@pytest.mark.req("CRD-1-c")
@pytest.mark.parametrize("kind", NAMED)
@pytest.mark.parametrize("number_kind", ["CORP_REGISTERED", "CORP_FOREIGN", "CORP_INCORPORATION_DOC"])
def test_a_corporation_is_no_subject_of_any_kind(kind, number_kind):
    assert ("id_kind", Reason.SUBJECT_NOT_INDIVIDUAL) in faults(kind, id_kind=number_kind)


def test_a_company_number_is_not_an_individuals():
    assert faults(RecordKind.NOTE_FILE, id_number="510000003") == [("id_number", Reason.SUBJECT_NOT_INDIVIDUAL)]


def test_a_row_that_is_wrong_beside_waiting_does_not_wait():
    unknown = {"order_date": lambda court, case: None}

    found = faults(RecordKind.BANKRUPTCY_UPDATE, unknown, event_type="DISCHARGED")

    assert status_of(code for _, code in found) is RowStatus.REJECTED


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("opened_on", "2026-02-30"),
        ("opened_on", "1/10/2025"),
        ("opened_on", "10/31/2025"),
        ("opened_on", "01/10/-025"),
        ("opened_on", "01.10.2025"),
        ("opened_on", 20251001),
        ("opened_on", "1025-10-01"),
        ("opened_on", True),
        ("stay_order", "perhaps"),
        ("stay_order", 2),
        ("stay_order", [True]),
        ("stay_reason", "rain"),
        ("id_kind", 3),
        ("file_number", True),
        ("file_number", 1.5),
        ("file_number", "x" * 41),
        ("file_number", "1\x00"),
        ("file_number", "1\ud800"),
        ("file_number", {"no": 1}),
        ("event", "DELETE"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(field, said):
    assert faults(RecordKind.NOTE_FILE, **{field: said}) == [(field, Code.INVALID_VALUE)]


def test_a_day_may_be_written_as_people_write_it():
    assert read(RecordKind.NOTE_FILE, opened_on="01/10/2025").values["opened_on"] == date(2025, 10, 1)


def test_cells_of_a_sheet_are_read_like_text():
    row = read(
        RecordKind.NOTE_FILE,
        file_number=77,
        opened_on=datetime(2025, 10, 1),
        warning_served_on=date(2026, 1, 1),
        stay_order=False,
        warning_recorded_served=1,
        last_name="\u200fכהן\u200e",
    )

    assert row.faults == []
    assert (row.values["file_number"], row.values["opened_on"]) == ("77", date(2025, 10, 1))
    assert row.values["last_name"] == "כהן"


def test_what_happened_did_not_happen_after_it_was_made_available():
    assert faults(RecordKind.NOTE_FILE, opened_on="2026-03-03") == [("opened_on", Reason.DATE_IN_FUTURE)]


@pytest.mark.req("CRD-7-g")
@pytest.mark.parametrize("kind", EXECUTION_FILES)
def test_a_file_that_was_stayed_after_its_supply_can_be_cancelled(kind):
    stayed = {"stay_order": "true", "warning_recorded_served": "false"}
    row = read(kind, event="cancel", **stayed)

    assert faults(kind, **stayed) != []
    assert (row.faults, row.event) == ([], RowEvent.CANCEL)
    assert natural_key(kind, row) == natural_key(kind, read(kind))


@pytest.mark.parametrize("kind", EVERY)
def test_a_cancellation_needs_no_more_than_the_name_of_its_record(kind):
    naming = {
        name: said for name, said in GOOD[kind].items() if name in KINDS[kind].key or name in ("id_kind", "id_number")
    }

    assert read_row(kind, {"event": "CANCEL", **naming}, supply(kind)).faults == []
    first = next(iter(KINDS[kind].key))
    unnamed = {name: said for name, said in naming.items() if name != first}
    assert (first, Reason.FIELD_MISSING) in read_row(kind, {**unnamed, "event": "CANCEL"}, supply(kind)).faults


@pytest.mark.req("CRD-0-i")
@pytest.mark.parametrize("kind", EVERY)
def test_the_day_for_which_a_row_is_correct_is_no_part_of_its_content(kind):
    first, again = read(kind), read(kind, as_of="2026-02-27")

    assert (natural_key(kind, first), content(kind, first)) == (natural_key(kind, again), content(kind, again))


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        (RecordKind.RECEIVING_ORDER, {"order_date": "2025-12-02"}),
        (RecordKind.JUDGMENT_FILE, {"opened_on": "2025-10-02"}),
        (RecordKind.FILE_CONSOLIDATION, {"file_numbers": "01-1-25"}),
        (RecordKind.BOI_RESTRICTION, {"end_date": "2027-03-02"}),
        (RecordKind.AUTHORISED_DEBT, {"arose_on": "2026-01-16"}),
        (RecordKind.LOAN, {"amount": "25000.01"}),
        (RecordKind.LIMITED_MEANS_DEBTOR, {"last_name": "לוי"}),
    ],
)
def test_other_content_under_the_same_key_is_seen(kind, changes):
    first, other = read(kind), read(kind, **changes)

    assert natural_key(kind, first) == natural_key(kind, other)
    assert content(kind, first) != content(kind, other)


def test_technical_fields_are_no_content():
    said = content(RecordKind.JUDGMENT_FILE, read(RecordKind.JUDGMENT_FILE))

    assert said.keys().isdisjoint({*WARNED} - {"opened_on"} | {"judgment_nature"})
    assert said.keys() > {*PERSON} - {"id_number"}
