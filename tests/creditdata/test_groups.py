"""What the command answers about combinations that the golden file does not print, and what it refuses to read."""

import pytest

from creditdata.selectors.assessing import answers

INCLUSION, PAYMENTS, REDUCTION = "inclusion", "bank_payments", "bank_payment_reduction"
OWN, REVIEW, RECIPIENTS = "own_report_fee", "review_fee", "corrected_recipients"
PAID = {"id": "P", "year": 2006, "incomes": {"L1": "40000000.00"}, "bank_accounts": {"B1": 3, "B2": 1}}
REDUCED = {"base_case": "P", "licensee": "L1", "bank": "B2", "subsidiary_of": "B1", "reduction": "1.00"}
DATED = {"previous_free_request": "2025-06-10", "request": "2025-12-10"}


def answered(group, case, **others):
    """What the case came back with beside what it was given."""
    found = answers({group: [case], **others})[group][0]
    return {name: fact for name, fact in found.items() if name not in case or fact != case[name]}


def included(**given):
    return answered(INCLUSION, {"given": given})["included"]


pytestmark = pytest.mark.django_db


@pytest.mark.req("CRD-43-d")
def test_files_by_office_and_number_count_by_both():
    twice = [["Haifa", "7"], ["Haifa", "7"], ["Haifa", "8"]]
    assert included(judgment_files=twice) == {"judgment_files": 0}
    assert included(judgment_files=[*twice, ["Jerusalem", "7"]]) == {"judgment_files": 3}


@pytest.mark.req("CRD-43-d")
def test_files_that_repeat_count_as_often_as_their_numbers_differ():
    repeated = {"duplicate_file_numbers": True, "distinct_file_numbers": 4}
    assert included(note_files=7, **repeated) == {"note_files": 0}
    assert included(judgment_files=7, **repeated) == {"judgment_files": 4}


@pytest.mark.req("CRD-43-g")
def test_warnings_in_any_order_are_answered_by_day():
    days = ["2026-03-10", "2025-03-10", "2019-01-01"]
    found = included(cheque_warnings=[{"bank": "A", "sent": day} for day in days])
    assert found == {"cheque_warnings": ["2025-03-10", "2026-03-10"]}


@pytest.mark.req("CRD-43-i")
def test_a_debt_of_two_sources_is_counted_once_when_all_are_given():
    debts = [["S1", "d1"], ["S2", "d1"], ["S3", "d2"], ["S4", "d3"]]
    assert included(authorised_debts=debts) == {"authorised_debts": 3}


@pytest.mark.req("CRD-43-j")
def test_positive_data_comes_with_consent_or_with_negative_data_that_is_shown():
    assert included(loans=2, judgment_files=2) == {"loans": 0, "judgment_files": 0}
    assert included(loans=2, judgment_files=3) == {"loans": 2, "judgment_files": 3}
    assert included(loans=2, credit_lines=1, consent=True) == {"loans": 2, "credit_lines": 1}


@pytest.mark.req("CRD-82-l")
def test_a_reduction_finds_its_sum_in_the_case_it_names():
    found = answers({PAYMENTS: [PAID], REDUCTION: REDUCED})[REDUCTION]
    assert (found["formula_amount"], found["payable"]) == ("625000.00", "624999.00")


@pytest.mark.req("CRD-51-e")
@pytest.mark.parametrize(
    ("asked", "tariffs", "allowed", "error"),
    [("38.50", ["45.00", "38.50"], True, None), ("38.51", ["45.00", "38.50"], True, "FEE_ABOVE_CAP"),
     ("0.01", [], False, "FEE_ABOVE_CAP"), ("0.00", [], False, None)],
)  # fmt: skip
def test_dates_and_prices_together_have_both_answers(asked, tariffs, allowed, error):
    found = answered(OWN, {**DATED, "asked": asked, "third_party_tariff": tariffs})
    assert found == {"charge_allowed": allowed, "expected_error": error}


@pytest.mark.req("CRD-51-e")
def test_a_free_request_has_a_cap_of_nothing():
    free = {"previous_free_request": None, "request": "2026-01-01", "asked": "1.00", "third_party_tariff": ["45.00"]}
    assert answered(OWN, free) == {"charge_allowed": False, "expected_error": "FEE_ABOVE_CAP"}


@pytest.mark.req("CRD-59-b")
def test_a_requester_under_two_names_is_one_recipient():
    deliveries = {"R9": "2020-01-01", "R1": "2026-05-01", "R9b_same_requester_as_R9": "2026-05-01"}
    found = answered(RECIPIENTS, {"last_action": "2026-08-31", "deliveries": deliveries})
    assert found["recipients"] == ["R9", "R1"]


BAD = [
    (INCLUSION, {}, "given"),
    (INCLUSION, {"given": [1]}, "given"),
    (INCLUSION, {"given": {"judgement_files": 3}}, "given.judgement_files"),
    (INCLUSION, {"given": {"judgment_files": -1}}, "given.judgment_files"),
    (INCLUSION, {"given": {"judgment_files": 10**9}}, "given.judgment_files"),
    (INCLUSION, {"given": {"judgment_files": [["Haifa"]]}}, "given.judgment_files.0"),
    (INCLUSION, {"given": {"note_files": 5, "duplicate_file_numbers": True}}, "given.distinct_file_numbers"),
    (INCLUSION, {"given": {"cheque_warnings": 2}}, "given.cheque_warnings"),
    (INCLUSION, {"given": {"cheque_warnings": [{"bank": "A"}]}}, "given.cheque_warnings.0.sent"),
    (INCLUSION, {"given": {"authorised_debts": [["S1", 7]]}}, "given.authorised_debts.0"),
    ("insurance", {"licence": "credit_data_only"}, "reports_per_year"),
    ("insurance", {"licence": "none", "reports_per_year": 1}, "licence"),
    ("insurance", {"licence": "credit_data_only", "reports_per_year": 1.5}, "reports_per_year"),
    ("insurance_basis", {"licence": "credit_data_only", "delivered": 1}, "planned"),
    ("distribution_pool", {"total_income": "-0.01"}, "total_income"),
    ("distribution_pool", {"total_income": "1.001"}, "total_income"),
    (PAYMENTS, {**PAID, "incomes": None}, "incomes"),
    (PAYMENTS, {**PAID, "incomes": {"L1": None}}, "incomes.L1"),
    (PAYMENTS, {**PAID, "bank_accounts": {"B1": 1.5}}, "bank_accounts.B1"),
    (PAYMENTS, {**PAID, "bank_accounts": {}}, "bank_accounts"),
    (PAYMENTS, {**PAID, "bank_accounts": {"B1": 0}}, "bank_accounts"),
    (REDUCTION, REDUCED, "formula_amount"),
    (REDUCTION, {**REDUCED, "formula_amount": "0.99"}, "reduction"),
    (REDUCTION, {**REDUCED, "formula_amount": "9.00", "subsidiary_of": None}, "subsidiary_of"),
    ("liability_year", {"operation_start": "2005", "year": 2006}, "operation_start"),
    ("liability_year", {"operation_start": "2005-06-01"}, "year"),
    (OWN, {"previous_free_request": "2025-06-10"}, "request"),
    (OWN, {**DATED, "request": "2025-06-09"}, "request"),
    (OWN, {"asked": "1.00"}, "third_party_tariff"),
    (OWN, {"asked": "1.00", "third_party_tariff": ["45.00", "x"]}, "third_party_tariff.1"),
    (REVIEW, {"previous_review": "yesterday", "request": "2026-01-01"}, "previous_review"),
    (RECIPIENTS, {"last_action": "2026-08-31"}, "deliveries"),
    (RECIPIENTS, {"last_action": "2026-08-31", "deliveries": {"R1": "x"}}, "deliveries.R1"),
    (RECIPIENTS, {"last_action": "2026-08-31", "deliveries": {"R1": ["2026-01-01", "x"]}}, "deliveries.R1.1"),
    ("note_words", {}, "words"),
    ("note_words", {"text": 7}, "text"),
    ("identification", {"channel": "post"}, "method"),
    ("representative_authorisation", {"representative": "friend", "verified_by": "notary"}, "representative"),
    ("wind_down", {"cessation": "2026-04-01"}, "cessation"),
    ("wind_down", {"cessation": "soon"}, "cessation"),
]


@pytest.mark.parametrize(
    ("group", "case", "field"), [pytest.param(*bad, id=f"{place}-{bad[0]}") for place, bad in enumerate(BAD)]
)
def test_a_case_that_cannot_be_read_names_its_field_and_keeps_what_was_given(group, case, field):
    found = answers({group: [case]})[group][0]
    assert found["error"]["field"] == field
    assert {name: fact for name, fact in found.items() if name != "error"} == case
