"""Groups of the document: what the golden cases do not say (section 14)."""

from datetime import UTC, datetime

import pytest

from creditdata.selectors.assessing import answers
from crm_portal.worktime.models import CalendarDay

pytestmark = pytest.mark.django_db


def ask(group, **case):
    """The answers to one case."""
    (found,) = answers({group: [case]})[group]
    return {name: said for name, said in found.items() if name not in case}


def refused(group, **case):
    """The code and the field that one case is refused for."""
    error = ask(group, **case)["error"]
    return error["code"], error["field"]


def test_of_an_open_day_nothing_is_closed():
    assert ask("closed_days", date="2026-04-03") == {"weekday": "Fri", "name": None, "closed_for": []}


def test_a_saturday_is_closed_for_everybody():
    found = ask("closed_days", date="2026-04-04")

    assert found == {"weekday": "Sat", "name": "saturday", "closed_for": ["general", "banking"]}


@pytest.mark.req("CRD-1-h")
def test_a_declared_day_wins_in_its_own_calendar():
    CalendarDay.objects.create(
        calendar="banking", day="2026-03-04", is_working=False, name="שביתה", reason="צו", declared_at=datetime.now(UTC)
    )
    CalendarDay.objects.create(
        calendar="banking",
        day="2026-03-03",
        is_working=True,
        name="פורים",
        reason="המפקח",
        declared_at=datetime.now(UTC),
    )

    assert ask("closed_days", date="2026-03-04")["closed_for"] == ["banking"]
    assert ask("closed_days", date="2026-03-04")["name"] == "declared"
    assert ask("closed_days", date="2026-03-03")["closed_for"] == []
    assert ask("deadlines", start="2026-03-02", business_days=2, calendar="banking") == {"deadline": "2026-03-05"}
    assert ask("deadlines", start="2026-03-02", business_days=2, calendar="general") == {"deadline": "2026-03-04"}


@pytest.mark.parametrize(("day", "worked"), [("1990-04-10", False), ("2099-09-15", False), ("2099-09-14", True)])
def test_a_calendar_reaches_as_far_as_a_case_asks(day, worked):
    assert ask("is_business_day", date=day, calendar="GENERAL") == {"expected": worked}


def test_a_calendar_is_read_once_for_all_cases(django_assert_max_num_queries):
    cases = [{"id": n, "start": "2026-03-31", "business_days": n, "calendar": "banking"} for n in range(1, 200)]

    with django_assert_max_num_queries(1):
        found = answers({"deadlines": cases, "is_business_day": [{"date": "2026-03-31", "calendar": "banking"}]})

    assert len({case["deadline"] for case in found["deadlines"]}) == 199


def test_a_limit_that_no_requirement_sets_is_refused():
    assert refused("calendar_limits", requirement="CRD-none", start="2026-03-01") == ("INVALID_VALUE", "requirement")
    assert refused("calendar_limits", start="2026-03-01") == ("FIELD_REQUIRED", "requirement")


@pytest.mark.parametrize(
    ("requirement", "start", "expected"),
    [
        ("CRD-47-a", "2024-02-29", "2034-02-28"),  # a declaration, ten years
        ("CRD-67-a", "2026-05-03", "2036-05-03"),  # licensing documents, ten years
        ("CRD-40-a", "2026-05-03", "2033-05-03"),  # positive data at the bank, seven
        ("CRD-66-a", "2024-02-29", "2025-02-28"),  # the yearly documents
        ("CRD-55-a", "2026-08-31", "2027-02-28"),  # a further review, six months
    ],
)
def test_limits_that_the_golden_file_lacks(requirement, start, expected):
    assert ask("calendar_limits", requirement=requirement, start=start) == {"expected": expected}


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ({"order_date": None, "event_date": "2026-01-01"}, ["PARENT_ORDER_UNKNOWN"]),
        ({"order_date": "2026-01-02", "event_date": "2026-01-01"}, ["EVENT_BEFORE_ORDER"]),
    ],
)
def test_conditions_of_a_kind_that_the_golden_file_lacks(row, codes):
    assert ask("preconditions", kind="bankruptcy_update", row=row) == {"expected": codes}


def test_every_violated_code_is_answered_whatever_else_a_row_holds():
    row = {
        "opened_on": "2004-01-01",
        "warning_recorded_served": False,
        "warning_served_on": "2026-02-28",
        "stay_order": True,
        "stay_reason": "order of a court",
        "judgment_nature": "maintenance",
        "made_available": "2026-03-02",
        "colour": "blue",
    }

    assert ask("preconditions", kind="judgment_file", row=row)["expected"] == [
        "EO_MAINTENANCE_JUDGMENT",
        "EO_FILE_NOT_AFTER_COMMENCEMENT",
        "EO_WARNING_NOT_SERVED",
        "EO_WARNING_UNDER_60_DAYS",
        "EO_PROCEEDINGS_STAYED",
    ]


@pytest.mark.parametrize(
    ("case", "field"),
    [
        ({"row": {}}, "kind"),
        ({"kind": "gossip", "row": {}}, "kind"),
        ({"kind": "note_file"}, "row"),
        ({"kind": "note_file", "row": []}, "row"),
        ({"kind": "note_file", "row": {"opened_on": "2025-10-01"}}, "row.made_available"),
        ({"kind": "receiving_order", "row": {"order_date": "1.2.2002"}}, "row.order_date"),
        ({"kind": "receiving_order", "row": {"order_date": "2020-01-01", "cancelled": "no"}}, "row.cancelled"),
        (
            {
                "kind": "note_file",
                "row": {"opened_on": "2025-10-01", "made_available": "2026-01-01", "warning_recorded_served": True},
            },
            "row.warning_served_on",
        ),
    ],
)
def test_a_row_that_cannot_be_judged_tells_why(case, field):
    assert refused("preconditions", **case)[1] == field


def test_the_other_name_of_a_kind_is_known():
    row = {"declared_on": "2026-03-03", "made_available": "2026-03-02"}

    assert ask("preconditions", kind="means_restricted", row=row) == {"expected": ["NOT_YET_DECLARED"]}


def test_foreign_currency_needs_its_rate():
    loan = {"kind": "loan", "amount": "100", "currency": "USD", "representative_rate": None}

    assert refused("levels", **loan) == ("FX_RATE_MISSING", "representative_rate")
    assert refused("levels", **{**loan, "representative_rate": "0"})[1] == "representative_rate"
    assert refused("levels", **{**loan, "currency": None})[1] == "currency"
    assert refused("levels", **{**loan, "kind": "mortgage"})[1] == "kind"
    assert refused("levels", **{**loan, "amount": "-1"})[1] == "amount"
    assert ask("levels", **{**loan, "currency": "ILS", "representative_rate": "9"})["amount_ils"] == "100.00"


def test_credit_without_a_fixed_term_is_no_loan():
    assert ask("loan_definition", granted="2026-01-15", repayable=None) == {"is_loan": False}
    assert refused("loan_definition", granted="2026-01-15") == ("FIELD_REQUIRED", "repayable")


@pytest.mark.parametrize(
    ("consent", "negative", "basis"),
    [
        (True, True, "consent"),
        ("on Registrar list given directly to the Registrar", True, "reportable_negative_data"),
        ("on Registrar list given to another licensee", True, "reportable_negative_data"),
        (None, False, None),
    ],
)
def test_the_first_basis_that_holds_is_named(consent, negative, basis):
    found = ask("positive_basis", consent=consent, reportable_negative=negative)

    assert found == {"may_collect": basis is not None, "basis": basis}


@pytest.mark.parametrize("consent", ["maybe", 1, ["yes"]])
def test_a_consent_that_nobody_understands_is_none(consent):
    assert refused("positive_basis", consent=consent, reportable_negative=False) == ("INVALID_VALUE", "consent")
