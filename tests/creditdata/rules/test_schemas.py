"""What a row of each kind may say, who may supply it, and what stands in the way (tables 3.1 and 3.2)."""

from datetime import date
from pathlib import Path

import pytest

from creditdata.rules.codes import LoanLevel, RecordKind, RowStatus, SourceType
from creditdata.rules.deciding import status_of
from creditdata.rules.kinds import KINDS
from creditdata.rules.reasons import Reason
from creditdata.rules.schemas import natural_key, read_row
from crm_portal.errors import Code

from .rows import GOOD, faults, read, supply

EVERY = list(RecordKind)
EXECUTION_FILES = [RecordKind.JUDGMENT_FILE, RecordKind.NOTE_FILE, RecordKind.FILE_CONSOLIDATION]
OFFICE = {"source_type": SourceType.EXECUTION_OFFICE}
PARTICULARS = {"last_name", "first_name", "id_kind", "id_number", "id_country"}  # "name; id number"


@pytest.mark.parametrize("kind", EVERY)
def test_a_right_row_has_no_fault(kind):
    assert read_row(kind, GOOD[kind], supply(kind)).faults == []


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


@pytest.mark.parametrize("kind", EVERY)
def test_each_field_that_must_be_given_is_missed(kind):
    required = [name for name, field in KINDS[kind].fields.items() if field.is_required]
    found = read_row(kind, {}, supply(kind)).faults

    assert [name for name, code in found if code is Reason.FIELD_MISSING][: len(required)] == required


@pytest.mark.req("CRD-21-b")
def test_data_of_an_authorised_source_may_be_old_but_must_say_how_old():
    kind = RecordKind.AUTHORISED_DEBT

    assert faults(kind, {"oldest_as_of": None}, as_of="2020-01-01") == []
    assert faults(kind, {"oldest_as_of": None, "as_of": None}) == [("as_of", Reason.AS_OF_MISSING)]


@pytest.mark.req("CRD-0-k")
@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        (SourceType.OFFICIAL_RECEIVER, {RecordKind.RECEIVING_ORDER, RecordKind.BANKRUPTCY_UPDATE}),
        (SourceType.EXECUTION_OFFICE, {*EXECUTION_FILES, RecordKind.LIMITED_MEANS_DEBTOR}),
        (SourceType.BANK_OF_ISRAEL, {RecordKind.BOI_RESTRICTION}),
        (
            SourceType.BANKING_CORPORATION,
            {
                RecordKind.CHEQUE_REFUSAL_WARNING,
                RecordKind.INTENDED_PROCEEDINGS_WARNING,
                RecordKind.LOAN,
                RecordKind.CREDIT_LINE,
            },
        ),
        (SourceType.CARD_ISSUER, {RecordKind.INTENDED_PROCEEDINGS_WARNING}),
        (SourceType.AUTHORISED_SOURCE, {RecordKind.AUTHORISED_DEBT}),
        (SourceType.COURT, {RecordKind.OCCUPATION_RESTRICTION}),
    ],
)
def test_a_source_supplies_only_the_kinds_of_its_type(source, kinds):
    refused = [kind for kind in EVERY if ("kind", Reason.KIND_NOT_OF_SOURCE) in faults(kind, {"source_type": source})]

    assert set(refused) == set(EVERY) - kinds


@pytest.mark.req("CRD-7-a")
def test_an_execution_office_supplies_three_kinds_of_files_and_declarations():
    found = [kind for kind in EVERY if ("kind", Reason.KIND_NOT_OF_SOURCE) not in faults(kind, OFFICE)]

    assert found == [*EXECUTION_FILES, RecordKind.LIMITED_MEANS_DEBTOR]


@pytest.mark.req("CRD-0-l")
@pytest.mark.parametrize("said", ["false", None])
@pytest.mark.parametrize(
    "kind",
    [RecordKind.CHEQUE_REFUSAL_WARNING, RecordKind.INTENDED_PROCEEDINGS_WARNING, RecordKind.AUTHORISED_DEBT],
)
def test_the_source_confirms_the_condition_of_the_law(kind, said):
    found = faults(kind, law_condition_attested=said)

    assert found == [("law_condition_attested", Reason.LAW_CONDITION_NOT_ATTESTED)]


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
    found = faults(RecordKind.BANKRUPTCY_UPDATE, {"order_date": lambda court, case: None})

    assert found == [("case_number", Reason.PARENT_ORDER_UNKNOWN)]
    assert status_of(code for _, code in found) is RowStatus.NEEDS_REVIEW


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
    assert pounds.faults == [("amount", Reason.FX_RATE_MISSING)]
    assert status_of(code for _, code in pounds.faults) is RowStatus.NEEDS_REVIEW


@pytest.mark.req("CRD-37-b")
def test_a_foreign_credit_line_is_converted_likewise():
    row = read(RecordKind.CREDIT_LINE, {"rate": lambda currency, day: 4}, amount="3750.01", currency="EUR")

    assert (row.faults, row.values["level"]) == ([], "OVER_15000")
    assert faults(RecordKind.CREDIT_LINE, on_current_account="false") == [
        ("on_current_account", Reason.NOT_A_CREDIT_LINE)
    ]


def test_the_page_for_integrators_lists_the_fields_of_every_kind():
    page = (Path(__file__).parents[3] / "docs" / "creditdata.md").read_text(encoding="utf-8")

    for kind in EVERY:
        (line,) = (line for line in page.splitlines() if line.startswith(f"| `{kind}` |"))
        _, _, regulated, technical, _ = line.split("|")
        fields = [field for field in KINDS[kind].fields.values() if field.name not in PARTICULARS | {"event", "as_of"}]
        for cell, is_legal in ((regulated, True), (technical, False)):
            expected = [f"`{f.name}{'' if f.is_required else '?'}`" for f in fields if f.is_legal is is_legal]
            assert sorted(filter(None, (one.strip() for one in cell.split(",")))) == sorted(expected)
