"""How fresh what each source supplies must be: the printed lag, in the source's own calendar (CRD-0-c)."""

from datetime import date, timedelta

import pytest

from creditdata.rules import deadlines
from creditdata.rules.codes import RecordKind, SourceType, calendar_of
from creditdata.rules.directives import DEFAULTS, directive_for
from creditdata.rules.directives import Supply as Supplied
from creditdata.rules.reasons import Reason
from crm_portal.worktime.selectors import computed_calendar

from .rows import GOOD, faults

ON = date(2026, 3, 4)  # the day after Purim, on which the banks alone are closed
GENERAL_OLDEST, BANKING_OLDEST = date(2026, 3, 2), date(2026, 3, 1)
ORDERS = (RecordKind.RECEIVING_ORDER, RecordKind.BANKRUPTCY_UPDATE)
EXECUTION = (
    RecordKind.JUDGMENT_FILE,
    RecordKind.NOTE_FILE,
    RecordKind.FILE_CONSOLIDATION,
    RecordKind.LIMITED_MEANS_DEBTOR,
)
POSITIVE = (RecordKind.LOAN, RecordKind.CREDIT_LINE)
WARNING = RecordKind.INTENDED_PROCEEDINGS_WARNING


def as_of_faults(kind, source, as_of):
    """What is wrong with the as-of of a right row, supplied by the printed directive."""
    calendar = computed_calendar(calendar_of(source))
    lag = directive_for(DEFAULTS, Supplied(source, kind), ON).max_lag_bd
    within = {
        "source_type": source,
        "made_available_on": ON,
        "as_of": as_of,
        "oldest_as_of": deadlines.oldest_as_of(ON, lag, calendar),
    }
    return [code for _, code in faults(kind, within, **aged(kind))]


def aged(kind):
    """The waiting that these two days do not change."""
    return {"warning_served_on": "2025-12-01"} if "warning_served_on" in GOOD[kind] else {}


def is_fresh_from(kind, source, oldest):
    assert as_of_faults(kind, source, oldest) == []
    assert as_of_faults(kind, source, oldest - timedelta(days=1)) == [Reason.AS_OF_TOO_OLD]


def must_be_stated(kind, source):
    assert as_of_faults(kind, source, None) == [Reason.AS_OF_MISSING]


@pytest.mark.req("CRD-4-c")
@pytest.mark.parametrize("kind", ORDERS)
def test_the_official_receivers_data_is_two_business_days_old_at_most(kind):
    is_fresh_from(kind, SourceType.OFFICIAL_RECEIVER, GENERAL_OLDEST)


@pytest.mark.req("CRD-4-d")
@pytest.mark.parametrize("kind", ORDERS)
def test_the_official_receiver_states_the_as_of(kind):
    must_be_stated(kind, SourceType.OFFICIAL_RECEIVER)


@pytest.mark.req("CRD-10-c")
@pytest.mark.parametrize("kind", EXECUTION)
def test_the_execution_offices_data_is_two_business_days_old_at_most(kind):
    is_fresh_from(kind, SourceType.EXECUTION_OFFICE, GENERAL_OLDEST)


@pytest.mark.req("CRD-10-d")
@pytest.mark.parametrize("kind", EXECUTION)
def test_the_execution_office_states_the_as_of(kind):
    must_be_stated(kind, SourceType.EXECUTION_OFFICE)


@pytest.mark.req("CRD-14-b")
def test_the_bank_of_israel_counts_back_by_banking_days():
    is_fresh_from(RecordKind.BOI_RESTRICTION, SourceType.BANK_OF_ISRAEL, BANKING_OLDEST)


@pytest.mark.req("CRD-14-c")
def test_the_bank_of_israel_states_the_as_of():
    must_be_stated(RecordKind.BOI_RESTRICTION, SourceType.BANK_OF_ISRAEL)


@pytest.mark.req("CRD-17-b")
def test_a_banks_warnings_are_two_banking_days_old_at_most_and_say_so():
    is_fresh_from(RecordKind.CHEQUE_REFUSAL_WARNING, SourceType.BANKING_CORPORATION, BANKING_OLDEST)
    must_be_stated(RecordKind.CHEQUE_REFUSAL_WARNING, SourceType.BANKING_CORPORATION)


@pytest.mark.req("CRD-19-a")
@pytest.mark.parametrize(
    ("source", "oldest"),
    [(SourceType.BANKING_CORPORATION, BANKING_OLDEST), (SourceType.CARD_ISSUER, GENERAL_OLDEST)],
)
def test_banks_and_card_issuers_count_back_each_by_its_own_calendar(source, oldest):
    is_fresh_from(WARNING, source, oldest)


@pytest.mark.req("CRD-19-b")
@pytest.mark.parametrize("source", [SourceType.BANKING_CORPORATION, SourceType.CARD_ISSUER])
def test_banks_and_card_issuers_state_the_as_of(source):
    must_be_stated(WARNING, source)


@pytest.mark.req("CRD-38-c")
@pytest.mark.parametrize("kind", POSITIVE)
def test_positive_data_is_two_banking_days_old_at_most(kind):
    is_fresh_from(kind, SourceType.BANKING_CORPORATION, BANKING_OLDEST)


@pytest.mark.req("CRD-39-a")
@pytest.mark.parametrize("kind", POSITIVE)
def test_a_bank_states_the_as_of_of_past_credit_too(kind):
    within = {"as_of": None}

    assert faults(kind, within, is_past_credit="true") == [("as_of", Reason.AS_OF_MISSING)]
