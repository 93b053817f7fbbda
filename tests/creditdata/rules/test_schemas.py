"""What a row of each kind may say, who may supply it, and what stands in the way (tables 3.1 and 3.2)."""

from datetime import date, datetime
from pathlib import Path

import pytest

from creditdata.rules.codes import IdNumberKind, LoanLevel, RecordKind, RowEvent, SourceType
from creditdata.rules.kinds import KINDS, kinds_of
from creditdata.rules.reasons import Reason
from creditdata.rules.schemas import content, natural_key, read_row, validate_row
from crm_portal.errors import Code

from .rows import GOOD, ON, PERSON, WARNED, faults, read, supplier, supply

EVERY = list(RecordKind)
EXECUTION_FILES = [RecordKind.JUDGMENT_FILE, RecordKind.NOTE_FILE, RecordKind.FILE_CONSOLIDATION]
NAMED = [kind for kind in EVERY if kind is not RecordKind.BANKRUPTCY_UPDATE]
PARTICULARS = {"last_name", "first_name", "id_kind", "id_number", "id_country"}  # "name; id number"


@pytest.mark.parametrize("kind", EVERY)
def test_a_right_row_has_no_fault(kind):
    assert validate_row(kind, GOOD[kind], supply(kind)) == []


def legal(kind):
    return set(KINDS[kind].legal) - PARTICULARS


# The fields beside name and identity number, as the table prints them; the fact of an order or of a debt is the kind.
@pytest.mark.req("CRD-0-a")
@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (RecordKind.RECEIVING_ORDER, {"order_date", "court_name", "case_number"}),
        (RecordKind.BANKRUPTCY_UPDATE, {"court_name", "case_number", "event_type", "event_date"}),
        (RecordKind.JUDGMENT_FILE, {"file_number", "opened_on"}),
        (RecordKind.NOTE_FILE, {"file_number", "opened_on"}),
        (RecordKind.FILE_CONSOLIDATION, {"consolidation_number", "file_numbers", "opened_on"}),
        (RecordKind.LIMITED_MEANS_DEBTOR, {"declared_on", "file_number", "consolidation_number"}),
        (RecordKind.BOI_RESTRICTION, {"restriction_type", "start_date", "end_date"}),
        (RecordKind.CHEQUE_REFUSAL_WARNING, {"sent_on"}),
        (RecordKind.INTENDED_PROCEEDINGS_WARNING, {"sent_on"}),
        (RecordKind.AUTHORISED_DEBT, {"arose_on"}),
        (RecordKind.OCCUPATION_RESTRICTION, {"role", "order_date", "nature", "end_date"}),
        (RecordKind.LOAN, {"granted_on", "repayable_on", "payment_frequency", "level"}),
        (RecordKind.CREDIT_LINE, {"given_on", "level"}),
    ],
)
def test_a_kind_has_the_fields_of_the_table_and_no_other(kind, fields):
    assert legal(kind) == fields
    assert faults(kind, remark="x") == [("remark", Reason.FIELD_NOT_ALLOWED)]


@pytest.mark.parametrize("said", ["", "  ", None])
def test_an_empty_column_says_nothing(said):
    kind = RecordKind.NOTE_FILE

    assert read_row(kind, {**GOOD[kind], "remark": said}, supply(kind)).faults == []


@pytest.mark.parametrize("kind", EVERY)
def test_each_field_that_must_be_given_is_missed(kind):
    required = [name for name, field in KINDS[kind].fields.items() if field.is_required]
    found = read_row(kind, {}, supply(kind)).faults

    assert [name for name, code in found if code is Reason.FIELD_MISSING][: len(required)] == required


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


@pytest.mark.req("CRD-21-b")
def test_data_of_an_authorised_source_may_be_old_but_must_say_how_old():
    kind = RecordKind.AUTHORISED_DEBT

    assert faults(kind, {"oldest_as_of": None}, as_of="2020-01-01") == []
    assert faults(kind, {"oldest_as_of": None, "as_of": None}) == [("as_of", Reason.AS_OF_MISSING)]


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


@pytest.mark.req("CRD-0-k")
@pytest.mark.parametrize("source", list(SourceType))
def test_a_source_supplies_only_the_kinds_of_its_type(source):
    refused = {
        kind
        for kind in EVERY
        if ("kind", Reason.KIND_NOT_OF_SOURCE) in faults(kind, {"source_type": source, "as_of": ON})
    }

    assert refused == set(EVERY) - set(kinds_of(source))


@pytest.mark.req("CRD-7-a")
def test_an_execution_office_supplies_three_kinds_of_files_and_declarations():
    assert kinds_of(SourceType.EXECUTION_OFFICE) == (*EXECUTION_FILES, RecordKind.LIMITED_MEANS_DEBTOR)


@pytest.mark.req("CRD-0-l")
@pytest.mark.parametrize("said", ["false", None])
@pytest.mark.parametrize(
    "kind",
    [RecordKind.CHEQUE_REFUSAL_WARNING, RecordKind.INTENDED_PROCEEDINGS_WARNING, RecordKind.AUTHORISED_DEBT],
)
def test_the_source_confirms_the_condition_of_the_law(kind, said):
    found = faults(kind, law_condition_attested=said)

    assert found == [("law_condition_attested", Reason.LAW_CONDITION_NOT_ATTESTED)]


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


@pytest.mark.req("CRD-2-a")
@pytest.mark.parametrize("court", [None, "", "הסדר פרטי\x00"])
def test_a_receiving_order_is_a_courts(court):
    found = faults(RecordKind.RECEIVING_ORDER, court_name=court)

    assert [name for name, _ in found] == ["court_name"]


@pytest.mark.req("CRD-3-b")
@pytest.mark.parametrize("name", ["last_name", "id_number", "order_date", "court_name", "case_number"])
def test_a_receiving_order_has_all_its_items(name):
    assert faults(RecordKind.RECEIVING_ORDER, **{name: None}) == [(name, Reason.FIELD_MISSING)]


@pytest.mark.req("CRD-4-a")
@pytest.mark.parametrize("event", ["DECLARED_BANKRUPT", "PROCEEDING_CANCELLED"])
def test_an_update_of_a_bankruptcy_is_an_event_with_its_day_and_case(event):
    kind = RecordKind.BANKRUPTCY_UPDATE

    assert faults(kind, event_type=event) == []
    assert faults(kind, event_type=event, event_date=None) == [("event_date", Reason.FIELD_MISSING)]
    assert ("case_number", Reason.FIELD_MISSING) in faults(kind, event_type=event, case_number=None)
    assert faults(kind, event_type="DISCHARGED") == [("event_type", Code.INVALID_VALUE)]


def test_an_update_of_an_order_that_is_not_known_waits():
    row = read(RecordKind.BANKRUPTCY_UPDATE, {"order_date": lambda court, case: None})

    assert (row.faults, row.waits) == ([("case_number", Reason.PARENT_ORDER_UNKNOWN)], True)


def test_a_row_that_is_wrong_beside_waiting_does_not_wait():
    unknown = {"order_date": lambda court, case: None}

    assert not read(RecordKind.BANKRUPTCY_UPDATE, unknown, event_type="DISCHARGED").waits
    assert not read(RecordKind.BANKRUPTCY_UPDATE).waits


@pytest.mark.req("CRD-8-a")
@pytest.mark.parametrize("kind", [RecordKind.JUDGMENT_FILE, RecordKind.NOTE_FILE])
@pytest.mark.parametrize("name", ["last_name", "id_number", "file_number", "opened_on"])
def test_an_execution_file_has_its_four_fields(kind, name):
    assert faults(kind, **{name: None}) == [(name, Reason.FIELD_MISSING)]


@pytest.mark.req("CRD-7-d")
@pytest.mark.parametrize("kind", EXECUTION_FILES)
def test_the_office_says_itself_whether_its_system_records_the_service(kind):
    assert ("warning_recorded_served", Reason.FIELD_MISSING) in faults(kind, warning_recorded_served=None)
    assert faults(kind, warning_recorded_served="false") == [("warning_recorded_served", Reason.EO_WARNING_NOT_SERVED)]
    assert faults(kind, warning_served_on=None) == [("warning_served_on", Reason.FIELD_MISSING)]


@pytest.mark.req("CRD-9-b")
def test_a_declaration_has_a_consolidation_number_only_with_a_consolidation_order():
    kind = RecordKind.LIMITED_MEANS_DEBTOR
    number = {"consolidation_number": "01-9-25"}

    assert faults(kind, **number, consolidation_ordered="true") == []
    assert faults(kind, **number) == [("consolidation_number", Reason.FIELD_NOT_ALLOWED)]
    assert faults(kind, **number, consolidation_ordered="false") == [("consolidation_number", Reason.FIELD_NOT_ALLOWED)]
    assert faults(kind, consolidation_ordered="true") == [("consolidation_number", Reason.FIELD_MISSING)]
    assert faults(kind, warning_recorded_served="true") == [("warning_recorded_served", Reason.FIELD_NOT_ALLOWED)]


@pytest.mark.req("CRD-10-a")
@pytest.mark.parametrize("given", ["01-1-25; 01-2-25;01-1-25;", ["01-1-25", "01-2-25"], ("01-1-25", None, "01-2-25")])
def test_a_consolidation_names_each_of_its_files(given):
    row = read(RecordKind.FILE_CONSOLIDATION, file_numbers=given)

    assert (row.faults, row.values["file_numbers"]) == ([], ("01-1-25", "01-2-25"))


@pytest.mark.req("CRD-10-a")
@pytest.mark.parametrize("given", [None, "", ";", []])
def test_a_consolidation_without_files_is_refused(given):
    assert faults(RecordKind.FILE_CONSOLIDATION, file_numbers=given) == [("file_numbers", Reason.CONSOLIDATION_EMPTY)]


@pytest.mark.req("CRD-12-a")
def test_a_restriction_is_of_one_of_two_types():
    kind = RecordKind.BOI_RESTRICTION
    keys = set()
    for given in ("RESTRICTED", "SEVERELY_RESTRICTED"):
        row = read(kind, restriction_type=given)
        assert (row.faults, row.values["restriction_type"]) == ([], given)
        keys.add(natural_key(kind, row))

    assert len(keys) == 2
    assert faults(kind, restriction_type="SEVERE") == [("restriction_type", Code.INVALID_VALUE)]


@pytest.mark.req("CRD-13-a")
@pytest.mark.parametrize("name", ["last_name", "id_number", "restriction_type", "start_date", "end_date"])
def test_a_restriction_has_its_five_fields(name):
    assert faults(RecordKind.BOI_RESTRICTION, **{name: None}) == [(name, Reason.FIELD_MISSING)]


@pytest.mark.req("CRD-13-b")
def test_the_bank_says_from_which_event_the_days_run():
    kind = RecordKind.BOI_RESTRICTION

    assert read(kind, base_event="KNOWN_TO_BANK").values["base_event"] == "KNOWN_TO_BANK"
    assert faults(kind, base_event=None) == [("base_event", Reason.FIELD_MISSING)]


@pytest.mark.req("CRD-16-a")
def test_another_letter_of_a_bank_is_no_cheque_refusal_warning():
    found = faults(RecordKind.CHEQUE_REFUSAL_WARNING, under_dishonoured_cheques_law="false")

    assert found == [("under_dishonoured_cheques_law", Reason.KIND_NOT_OF_SOURCE)]


@pytest.mark.req("CRD-17-a")
def test_a_cheque_refusal_warning_is_about_the_holder_of_the_account():
    kind = RecordKind.CHEQUE_REFUSAL_WARNING

    assert faults(kind, account_holder="false") == [("account_holder", Reason.NOT_ACCOUNT_HOLDER)]
    assert faults(kind, account_holder=None) == [("account_holder", Reason.FIELD_MISSING)]
    assert faults(kind, sent_on=None) == [("sent_on", Reason.FIELD_MISSING)]


@pytest.mark.req("CRD-18-a")
def test_banks_and_card_issuers_warn_of_proceedings():
    kind = RecordKind.INTENDED_PROCEEDINGS_WARNING

    accepting = [source for source in SourceType if faults(kind, {"source_type": source}) == []]
    assert accepting == [SourceType.BANKING_CORPORATION, SourceType.CARD_ISSUER]
    assert faults(kind, account_holder="false") == [("account_holder", Reason.NOT_ACCOUNT_HOLDER)]


@pytest.mark.req("CRD-21-a")
@pytest.mark.parametrize("name", ["amount", "reason", "creditor"])
def test_of_a_debt_nothing_is_told_but_that_it_is_there_and_since_when(name):
    assert faults(RecordKind.AUTHORISED_DEBT, **{name: "100"}) == [(name, Reason.FIELD_NOT_ALLOWED)]


def test_the_kind_of_an_authorised_source_is_known():
    found = faults(RecordKind.AUTHORISED_DEBT, {"authorised_kind": None})

    assert found == [("authorised_kind", Reason.AUTHORISED_KIND_MISSING)]


@pytest.mark.req("CRD-22-a")
def test_an_occupation_is_restricted_by_a_court_for_a_shareholder_or_an_officer():
    kind = RecordKind.OCCUPATION_RESTRICTION

    assert KINDS[kind].sources == {SourceType.COURT}
    assert [read(kind, role=role).faults for role in ("SHAREHOLDER", "OFFICER")] == [[], []]
    assert faults(kind, role="EMPLOYEE") == [("role", Code.INVALID_VALUE)]
    assert faults(kind, role=None) == [("role", Reason.FIELD_MISSING)]


@pytest.mark.req("CRD-23-a")
@pytest.mark.parametrize("name", ["last_name", "id_number", "order_date", "nature", "end_date"])
def test_a_restriction_of_occupation_has_its_five_fields(name):
    kind = RecordKind.OCCUPATION_RESTRICTION

    assert faults(kind, **{name: None}) == [(name, Reason.FIELD_MISSING)]
    assert faults(kind, end_date="2026-02-01") == []  # ended, and supplied all the same


@pytest.mark.req("CRD-25-b")
def test_the_amount_gives_the_level_and_is_dropped():
    for given, level in (("25000.00", LoanLevel.UP_TO_25000), (25000.01, LoanLevel.OVER_25000)):
        values = read(RecordKind.LOAN, amount=given, level="UP_TO_25000").values
        assert values["level"] is level
        assert values.keys().isdisjoint({"amount", "currency"})


def test_a_bank_may_state_the_level_instead_of_the_amount():
    assert read(RecordKind.CREDIT_LINE, amount=None, level="over_15000").values["level"] == "OVER_15000"
    assert faults(RecordKind.CREDIT_LINE, amount=None) == [("level", Reason.FIELD_MISSING)]
    assert faults(RecordKind.CREDIT_LINE, amount="much") == [("amount", Code.INVALID_VALUE)]


@pytest.mark.req("CRD-37-a")
def test_foreign_currency_is_converted_by_the_rate_of_the_granting_day():
    asked = []

    def rate(currency, day):
        asked.append((currency, day))
        return None if currency == "GBP" else 4

    dollars = read(RecordKind.LOAN, {"rate": rate}, amount="6250.01", currency="usd")
    pounds = read(RecordKind.LOAN, {"rate": rate}, amount="1", currency="GBP")

    assert asked == [("USD", date(2026, 1, 15)), ("GBP", date(2026, 1, 15))]
    assert (dollars.faults, dollars.values["level"]) == ([], LoanLevel.OVER_25000)
    assert (pounds.faults, pounds.waits) == ([("amount", Reason.FX_RATE_MISSING)], True)


@pytest.mark.req("CRD-37-b")
def test_a_foreign_credit_line_is_converted_likewise():
    row = read(RecordKind.CREDIT_LINE, {"rate": lambda currency, day: 4}, amount="3750.01", currency="EUR")

    assert (row.faults, row.values["level"]) == ([], "OVER_15000")
    assert faults(RecordKind.CREDIT_LINE, on_current_account="false") == [
        ("on_current_account", Reason.NOT_A_CREDIT_LINE)
    ]


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

    assert validate_row(kind, {"event": "CANCEL", **naming}, supply(kind)) == []
    first = next(iter(KINDS[kind].key))
    assert (first, Reason.FIELD_MISSING) in validate_row(
        kind, {**{name: said for name, said in naming.items() if name != first}, "event": "CANCEL"}, supply(kind)
    )


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


def test_the_page_for_integrators_lists_the_fields_of_every_kind():
    page = (Path(__file__).parents[3] / "docs" / "creditdata.md").read_text(encoding="utf-8")

    for kind in EVERY:
        (line,) = (line for line in page.splitlines() if line.startswith(f"| `{kind}` |"))
        _, _, regulated, technical, _ = line.split("|")
        fields = [field for field in KINDS[kind].fields.values() if field.name not in PARTICULARS | {"event", "as_of"}]
        for cell, is_legal in ((regulated, True), (technical, False)):
            expected = [f"`{f.name}{'' if f.is_required else '?'}`" for f in fields if f.is_legal is is_legal]
            assert sorted(filter(None, (one.strip() for one in cell.split(",")))) == sorted(expected)
