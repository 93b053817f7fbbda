"""Which row of the table of 4.6 applies, with its periods and months."""

from datetime import date
from decimal import Decimal

import pytest

from compensation.rules import engine
from compensation.rules.assessment import Outcome
from compensation.rules.codes import ClaimantKind, NewBusinessCase, VatReporting
from compensation.rules.reasons import Reason
from compensation.rules.turnover import rows
from compensation.rules.turnover.rows import Opening, Row
from compensation.selectors.shipped import from_files
from crm_portal.facts import InvalidInput
from tests.compensation.rules.facts import merged

from .test_amount import NEW

REGULAR, EXEMPT, EPI = ClaimantKind.REGULAR, ClaimantKind.EXEMPT_DEALER, ClaimantKind.EPI
MONTHLY, BI_MONTHLY = VatReporting.MONTHLY, VatReporting.BI_MONTHLY


def place(kind=REGULAR, method=MONTHLY, *, cash=False, opened=None, first_report=None):
    opening = Opening(opened, first_report) if opened else None
    return rows.place(kind, method, is_cash_basis=cash, opening=opening, programme=from_files())


@pytest.mark.parametrize(
    ("method", "cash", "base", "eligibility"),
    [
        pytest.param(MONTHLY, False, ((2022, 10),), ((2023, 10),), marks=pytest.mark.req("CMP-4.6-b")),
        pytest.param(
            BI_MONTHLY,
            False,
            ((2022, 9), (2022, 10)),
            ((2023, 9), (2023, 10)),
            marks=pytest.mark.req("CMP-4.6-c"),
        ),
        pytest.param(MONTHLY, True, ((2022, 11),), ((2023, 11),), marks=pytest.mark.req("CMP-4.6-o")),
        pytest.param(
            BI_MONTHLY,
            True,
            ((2022, 11), (2022, 12)),
            ((2023, 11), (2023, 12)),
            marks=pytest.mark.req("CMP-4.6-o"),
        ),
    ],
)
def test_parallel_periods(method, cash, base, eligibility):
    position = place(method=method, cash=cash)

    assert (position.base, position.eligibility) == (base, eligibility)
    assert position.wage_factor == (12 if method is MONTHLY else 6)


@pytest.mark.req("CMP-4.6-n")
@pytest.mark.parametrize(
    ("opened", "method", "kind", "case", "base_months", "complement_months"),
    [
        (date(2023, 1, 12), MONTHLY, REGULAR, NewBusinessCase.MONTHLY, "8", "7.65"),
        (date(2023, 1, 15), BI_MONTHLY, REGULAR, NewBusinessCase.BI_MONTHLY, "6", "7.55"),
        (date(2023, 4, 1), VatReporting.NONE, EXEMPT, NewBusinessCase.EXEMPT, "6", "5"),
        (date(2023, 4, 16), VatReporting.NONE, EXEMPT, NewBusinessCase.EXEMPT, "5.5", "4.5"),
        (date(2022, 9, 3), MONTHLY, REGULAR, NewBusinessCase.MONTHLY, "12", "11.93"),
        (date(2023, 8, 31), MONTHLY, REGULAR, NewBusinessCase.MONTHLY, "1", "0.03"),
        (date(2023, 9, 1), BI_MONTHLY, REGULAR, NewBusinessCase.OPENED_2023_09, "1", "0"),
        (date(2023, 9, 30), MONTHLY, REGULAR, NewBusinessCase.OPENED_2023_09, "1", "0"),
    ],
)
def test_months_of_a_new_business_are_computed_from_its_dates(
    opened, method, kind, case, base_months, complement_months
):
    position = place(kind, method, opened=opened)

    assert position.new_case is case
    assert (position.base_divisor, position.complement_months) == (Decimal(base_months), Decimal(complement_months))


@pytest.mark.req("CMP-4.6-n")
def test_the_first_and_the_last_day_on_which_a_business_is_new():
    assert place(opened=date(2022, 9, 2)).row is Row.REPORTER
    assert place(opened=date(2022, 9, 3)).row is Row.NEW
    assert place(opened=date(2023, 9, 30)).row is Row.NEW
    with pytest.raises(InvalidInput) as refused:
        place(opened=date(2023, 10, 1))
    assert (refused.value.code, refused.value.where) == (Reason.TUR_OPENED_LATE, "new_business.opened_on")


@pytest.mark.req("CMP-4.6-n")
@pytest.mark.parametrize(
    "typed", [{"base_months": "9"}, {"complement_months": "8"}, {"sub_case": "exempt"}, {"opened_on": "soon"}]
)
def test_a_claimant_cannot_type_other_months(typed):
    with pytest.raises(InvalidInput) as refused:
        engine.assess("turnover", merged(NEW, {"new_business": typed}), from_files())
    assert refused.value.where == f"new_business.{next(iter(typed))}"


@pytest.mark.req("CMP-4.6-p")
@pytest.mark.parametrize(("opened", "has_base"), [(date(2023, 6, 30), True), (date(2023, 7, 1), False)])
def test_a_bi_monthly_window_that_is_empty_is_no_base(opened, has_base):
    assert place(method=BI_MONTHLY, opened=opened).has_base is has_base


@pytest.mark.req("CMP-4.6-aj")
@pytest.mark.parametrize(
    ("kind", "cash", "opened", "row", "is_unnamed"),
    [
        (EXEMPT, False, date(2023, 4, 1), Row.NEW, False),
        (EPI, False, date(2023, 4, 1), Row.NEW, True),
        (REGULAR, True, date(2023, 4, 1), Row.NEW, True),
        (EPI, True, None, Row.EPI, True),
        (EXEMPT, False, None, Row.EXEMPT, False),
        (REGULAR, True, None, Row.CASH_BASIS, False),
    ],
)
def test_where_several_rows_fit_one_applies_and_an_unnamed_combination_is_seen(kind, cash, opened, row, is_unnamed):
    position = place(kind, cash=cash, opened=opened)

    assert (position.row, position.is_unnamed_combination) == (row, is_unnamed)


@pytest.mark.req("CMP-4.6-aj")
def test_an_unnamed_combination_is_computed_and_goes_to_a_person():
    answer = engine.assess("turnover", NEW | {"cash_basis": True}, from_files())

    assert (answer.outcome, answer.figures["base_turnover"]) == (Outcome.MANUAL_REVIEW, 90_000)
    assert Reason.TUR_COMBINED_ROWS in [finding.code for finding in answer.findings]
