"""The conditions of table 3.2, each at its edge, as they are judged for every row."""

from datetime import date

import pytest

from creditdata.rules.codes import RecordKind
from creditdata.rules.parameters import Parameters
from creditdata.rules.positive import Standing
from creditdata.rules.preconditions import violated
from creditdata.rules.reasons import Reason

from .rows import faults

EXECUTION_FILES = [RecordKind.JUDGMENT_FILE, RecordKind.NOTE_FILE, RecordKind.FILE_CONSOLIDATION]
POSITIVE = [(RecordKind.LOAN, "granted_on"), (RecordKind.CREDIT_LINE, "given_on")]
APPEAL = {"appeal_notified_on": "2026-02-01", "registered_mail": "true", "copy_attached": "true"}


def codes(kind, within=None, **changes):
    return [code for _, code in faults(kind, within, **changes)]


@pytest.mark.req("CRD-3-a")
def test_a_receiving_order_was_given_after_the_day_and_stands():
    kind = RecordKind.RECEIVING_ORDER

    assert codes(kind, order_date="2002-02-02") == []
    assert codes(kind, order_date="2002-02-01") == [Reason.RO_ORDER_NOT_AFTER_2002_02_01]
    assert codes(kind, cancelled="true") == [Reason.RO_ORDER_CANCELLED]


def test_what_followed_an_order_did_not_come_before_it():
    assert codes(RecordKind.BANKRUPTCY_UPDATE, event_date="2025-12-01") == []
    assert codes(RecordKind.BANKRUPTCY_UPDATE, event_date="2025-11-30") == [Reason.EVENT_BEFORE_ORDER]


@pytest.mark.req("CRD-6-a")
def test_every_judgment_but_for_maintenance_is_passed_on():
    kind = RecordKind.JUDGMENT_FILE

    assert [codes(kind, judgment_nature=nature) for nature in ("MONETARY", "PLEDGE", "MORTGAGE")] == [[], [], []]
    assert codes(kind, judgment_nature="MAINTENANCE") == [Reason.EO_MAINTENANCE_JUDGMENT]


@pytest.mark.req("CRD-7-b")
@pytest.mark.parametrize("kind", EXECUTION_FILES)
def test_the_four_conditions_hold_for_each_kind_of_file_and_all_of_them(kind):
    broken = {
        "opened_on": "2004-04-25",
        "warning_recorded_served": "false",
        "warning_served_on": "2026-01-02",
        "stay_order": "true",
    }

    assert codes(kind, **broken) == [
        Reason.EO_FILE_NOT_AFTER_COMMENCEMENT,
        Reason.EO_WARNING_NOT_SERVED,
        Reason.EO_WARNING_UNDER_60_DAYS,
        Reason.EO_PROCEEDINGS_STAYED,
    ]
    assert [len(codes(kind, **{name: said})) for name, said in broken.items()] == [1, 1, 1, 1]


@pytest.mark.req("CRD-7-c")
@pytest.mark.parametrize("kind", EXECUTION_FILES)
def test_a_file_was_opened_after_commencement(kind):
    assert codes(kind, opened_on="2004-04-26") == []
    assert codes(kind, opened_on="2004-04-25") == [Reason.EO_FILE_NOT_AFTER_COMMENCEMENT]
    later = {"parameters": Parameters(commencement=date(2005, 1, 1))}
    assert codes(kind, later, opened_on="2004-04-26") == [Reason.EO_FILE_NOT_AFTER_COMMENCEMENT]


@pytest.mark.req("CRD-7-e")
@pytest.mark.parametrize("kind", EXECUTION_FILES)
def test_sixty_days_have_passed_since_the_service(kind):
    assert codes(kind, warning_served_on="2026-01-01") == []
    assert codes(kind, warning_served_on="2026-01-02") == [Reason.EO_WARNING_UNDER_60_DAYS]
    assert codes(kind, {"parameters": Parameters(min_wait_days=59)}, warning_served_on="2026-01-02") == []


@pytest.mark.req("CRD-7-f")
@pytest.mark.parametrize("kind", EXECUTION_FILES)
def test_a_stay_blocks_unless_the_file_joined_a_consolidation(kind):
    assert codes(kind, stay_order="true", stay_reason="JOINED_TO_CONSOLIDATION") == []
    assert codes(kind, stay_order="true", stay_reason="OTHER") == [Reason.EO_PROCEEDINGS_STAYED]
    assert codes(kind, stay_order="true") == [Reason.EO_PROCEEDINGS_STAYED]


@pytest.mark.req("CRD-9-a")
def test_a_debtor_of_limited_means_is_supplied_from_the_declaration_on():
    kind = RecordKind.LIMITED_MEANS_DEBTOR

    assert codes(kind, declared_on="2026-03-02") == []
    assert codes(kind, declared_on="2026-03-03") == [Reason.NOT_YET_DECLARED]
    assert codes(kind, declared_on="2003-05-04") == []  # no condition of regulation 7(b)


@pytest.mark.req("CRD-13-b")
@pytest.mark.parametrize("event", ["KNOWN_TO_BANK", "NOTICE_SENT"])
def test_sixty_days_have_passed_since_the_restriction_was_known_or_told(event):
    kind = RecordKind.BOI_RESTRICTION

    assert codes(kind, base_event=event, base_event_on="2026-01-01") == []
    assert codes(kind, base_event=event, base_event_on="2026-01-02") == [Reason.BOI_UNDER_60_DAYS]


@pytest.mark.req("CRD-13-c")
@pytest.mark.parametrize(
    ("status", "blocks"),
    [
        ("NONE", False),
        ("PENDING", True),
        ("ALLOWED", True),
        ("CANCELLED", False),
        ("STRUCK_OUT", False),
        ("REJECTED", False),
    ],
)
def test_an_appeal_blocks_while_it_is_pending_or_when_it_was_allowed(status, blocks):
    found = codes(RecordKind.BOI_RESTRICTION, appeal_status=status, **APPEAL)

    assert found == [Reason.BOI_APPEAL_PENDING] * blocks


@pytest.mark.req("CRD-13-c")
@pytest.mark.parametrize(
    ("changes", "blocks"),
    [
        ({"registered_mail": "false"}, False),
        ({"copy_attached": "false"}, False),
        ({"appeal_notified_on": "2026-03-02"}, True),  # day 60
        ({"appeal_notified_on": "2026-03-03"}, False),
        ({"registered_mail": None, "copy_attached": None, "appeal_notified_on": None}, True),  # nothing against it
    ],
)
def test_an_appeal_blocks_when_it_was_notified_in_form_and_in_time(changes, blocks):
    found = codes(RecordKind.BOI_RESTRICTION, appeal_status="PENDING", **{**APPEAL, **changes})

    assert found == [Reason.BOI_APPEAL_PENDING] * blocks


@pytest.mark.req("CRD-13-d")
def test_an_order_that_prevents_the_start_blocks():
    assert codes(RecordKind.BOI_RESTRICTION, order_preventing_start="true") == [Reason.BOI_START_PREVENTED]


def test_a_restriction_ends_after_it_began():
    kind = RecordKind.BOI_RESTRICTION

    assert codes(kind, start_date="2026-03-02", end_date="2026-03-03") == []
    assert codes(kind, start_date="2026-03-02", end_date="2026-03-02") == [Reason.PERIOD_INVALID]


def test_a_debt_arose_by_the_day_it_is_supplied():
    assert codes(RecordKind.AUTHORISED_DEBT, arose_on="2026-03-02") == []
    assert codes(RecordKind.AUTHORISED_DEBT, arose_on="2026-03-03") == [Reason.DATE_IN_FUTURE]


def test_a_restriction_of_occupation_does_not_end_before_its_order():
    kind = RecordKind.OCCUPATION_RESTRICTION

    assert codes(kind, order_date="2026-01-15", end_date="2026-01-15") == []
    assert codes(kind, order_date="2026-01-15", end_date="2026-01-14") == [Reason.PERIOD_INVALID]


@pytest.mark.req("CRD-25-a")
def test_a_loan_runs_for_more_than_six_months():
    kind = RecordKind.LOAN

    assert codes(kind, granted_on="2025-08-31", repayable_on="2026-03-01") == []
    assert codes(kind, granted_on="2025-08-31", repayable_on="2026-02-28") == [Reason.NOT_A_LOAN]
    assert codes(kind, repayable_on=None) == [Reason.NOT_A_LOAN]


@pytest.mark.req("CRD-26-a")
@pytest.mark.parametrize(("kind", "day"), POSITIVE)
def test_positive_data_is_taken_on_a_basis_alone(kind, day):
    assert codes(kind, {"standing": lambda key: Standing()}) == [Reason.NO_POSITIVE_BASIS]


@pytest.mark.parametrize(("kind", "day"), POSITIVE)
def test_an_answer_after_the_withdrawal_is_refused_unless_another_basis_holds(kind, day):
    withdrawn = Standing(is_withdrawn=True)
    reportable = Standing(is_withdrawn=True, has_basis=True)

    assert codes(kind, {"standing": lambda key: withdrawn}) == [Reason.CONSENT_WITHDRAWN]
    assert codes(kind, {"standing": lambda key: reportable}) == []


@pytest.mark.req("CRD-38-a")
@pytest.mark.parametrize(("kind", "day"), POSITIVE)
@pytest.mark.parametrize(
    ("approached_on", "given_on", "lies_inside"),
    [
        (date(2026, 2, 1), "2021-02-01", True),
        (date(2026, 2, 1), "2021-01-31", False),
        (date(2026, 2, 1), "2026-02-01", True),
        (date(2026, 2, 1), "2026-02-02", False),
        (date(2006, 5, 3), "2004-04-25", True),
        (date(2006, 5, 3), "2004-04-24", False),
        (None, "2025-01-01", False),
    ],
)
def test_past_credit_lies_in_the_five_years_before_the_approach(kind, day, approached_on, given_on, lies_inside):
    standing = Standing(has_basis=True, approached_on=approached_on)
    long_term = {"repayable_on": "2030-01-01"} if kind is RecordKind.LOAN else {}

    found = codes(kind, {"standing": lambda key: standing}, is_past_credit="true", **{day: given_on}, **long_term)

    assert found == ([] if lies_inside else [Reason.OUTSIDE_HISTORY_WINDOW])


@pytest.mark.req("CRD-38-d")
@pytest.mark.parametrize(("kind", "day"), POSITIVE)
@pytest.mark.parametrize("past", ["false", None])
def test_credit_in_force_is_never_outside_the_window(kind, day, past):
    assert codes(kind, is_past_credit=past, **{day: "1999-01-01"}) == []


def test_facts_that_are_not_there_violate_only_what_a_source_must_state():
    silent = {kind: [code for _, code in violated(kind, {}, date(2026, 3, 2))] for kind in RecordKind}

    assert {kind: found for kind, found in silent.items() if found} == {
        RecordKind.BANKRUPTCY_UPDATE: [Reason.PARENT_ORDER_UNKNOWN],
        RecordKind.JUDGMENT_FILE: [Reason.EO_WARNING_NOT_SERVED],
        RecordKind.NOTE_FILE: [Reason.EO_WARNING_NOT_SERVED],
        RecordKind.FILE_CONSOLIDATION: [Reason.EO_WARNING_NOT_SERVED, Reason.CONSOLIDATION_EMPTY],
        RecordKind.AUTHORISED_DEBT: [Reason.AUTHORISED_KIND_MISSING],
        RecordKind.LOAN: [Reason.NO_POSITIVE_BASIS],
        RecordKind.CREDIT_LINE: [Reason.NO_POSITIVE_BASIS, Reason.NOT_A_CREDIT_LINE],
    }
