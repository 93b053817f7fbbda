"""Which directive on frequency and lag holds (CRD-86-a)."""

from datetime import date, timedelta

import pytest

from creditdata.rules.codes import RecordKind, SourceType
from creditdata.rules.directives import DEFAULTS, Directive, Supply, directive_for

DAY = date(2026, 3, 1)
ORDER = Supply(SourceType.OFFICIAL_RECEIVER, RecordKind.RECEIVING_ORDER, licensee_id=1, source_id=10)


@pytest.mark.parametrize(
    ("source_type", "kind", "interval", "lag"),
    [
        (SourceType.OFFICIAL_RECEIVER, RecordKind.RECEIVING_ORDER, 7, 2),
        (SourceType.OFFICIAL_RECEIVER, RecordKind.BANKRUPTCY_UPDATE, 7, 2),
        (SourceType.EXECUTION_OFFICE, RecordKind.JUDGMENT_FILE, 14, 2),
        (SourceType.EXECUTION_OFFICE, RecordKind.LIMITED_MEANS_DEBTOR, 14, 2),
        (SourceType.BANK_OF_ISRAEL, RecordKind.BOI_RESTRICTION, 7, 2),
        (SourceType.BANKING_CORPORATION, RecordKind.CHEQUE_REFUSAL_WARNING, 7, 2),
        (SourceType.BANKING_CORPORATION, RecordKind.INTENDED_PROCEEDINGS_WARNING, 7, 2),
        (SourceType.CARD_ISSUER, RecordKind.INTENDED_PROCEEDINGS_WARNING, 7, 2),
        (SourceType.BANKING_CORPORATION, RecordKind.LOAN, None, 2),
    ],
)
def test_the_printed_limits(source_type, kind, interval, lag):
    found = directive_for(DEFAULTS, Supply(source_type, kind), DAY)
    assert (found.max_interval_bd, found.max_lag_bd) == (interval, lag)


@pytest.mark.parametrize(
    ("source_type", "kind"),
    [
        (SourceType.AUTHORISED_SOURCE, RecordKind.AUTHORISED_DEBT),
        (SourceType.COURT, RecordKind.OCCUPATION_RESTRICTION),
    ],
)
def test_no_limit_is_printed_for_authorised_sources_and_courts(source_type, kind):
    assert directive_for(DEFAULTS, Supply(source_type, kind), DAY) is None


def test_the_bank_of_israel_has_a_target_beside_its_limit():
    found = directive_for(DEFAULTS, Supply(SourceType.BANK_OF_ISRAEL, RecordKind.BOI_RESTRICTION), DAY)
    assert found.target_interval_bd == 1


def test_the_registrars_directive_stands_before_the_printed_one_though_it_is_wider():
    warning = Supply(SourceType.BANKING_CORPORATION, RecordKind.CHEQUE_REFUSAL_WARNING)
    issued = Directive(SourceType.BANKING_CORPORATION, max_interval_bd=3, valid_from=DAY, is_issued=True, number=99)
    assert directive_for([*DEFAULTS, issued], warning, DAY) is issued
    assert directive_for([*DEFAULTS, issued], warning, DAY - timedelta(days=1)).max_interval_bd == 7


def test_the_narrower_directive_stands_before_the_wider():
    wide = Directive(SourceType.OFFICIAL_RECEIVER, max_interval_bd=5, is_issued=True, number=20)
    mine = Directive(licensee_id=1, max_interval_bd=4, is_issued=True, number=2)
    source = Directive(source_id=10, max_interval_bd=3, is_issued=True, number=1)
    others = Directive(source_id=11, max_interval_bd=1, is_issued=True, number=30)
    assert directive_for([wide, mine, source, others], ORDER, DAY) is source
    assert directive_for([wide, mine, others], ORDER, DAY) is mine


def test_an_ended_directive_holds_on_its_last_day_and_no_longer():
    issued = Directive(source_id=10, max_interval_bd=3, valid_until=DAY, is_issued=True)
    assert directive_for([*DEFAULTS, issued], ORDER, DAY).max_interval_bd == 3
    assert directive_for([*DEFAULTS, issued], ORDER, DAY + timedelta(days=1)).max_interval_bd == 7
