"""What of the data held is given in a report, and what is held back by which threshold (regulation 43)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditdata.labels import HELD_BY
from creditdata.rules.codes import RecordKind
from creditdata.rules.inclusion import Held, HeldBy, include
from creditdata.rules.matching import matched
from creditdata.rules.parameters import Parameters, Thresholds
from crm_portal.worktime.rules.periods import add_months

TODAY = date(2026, 6, 1)
JUDGMENT, NOTE, CHEQUE = RecordKind.JUDGMENT_FILE, RecordKind.NOTE_FILE, RecordKind.CHEQUE_REFUSAL_WARNING
DEBT, LOAN, CONSOLIDATION = RecordKind.AUTHORISED_DEBT, RecordKind.LOAN, RecordKind.FILE_CONSOLIDATION
WITHOUT_THRESHOLD = [
    RecordKind.RECEIVING_ORDER, RecordKind.BANKRUPTCY_UPDATE, CONSOLIDATION, RecordKind.LIMITED_MEANS_DEBTOR,
    RecordKind.BOI_RESTRICTION, RecordKind.INTENDED_PROCEEDINGS_WARNING, RecordKind.OCCUPATION_RESTRICTION,
]  # fmt: skip


def files(kind, number, office="Jerusalem"):
    return [Held(kind, (office, str(place)), office) for place in range(number)]


def warning(day, bank="A"):
    return Held(CHEQUE, (bank, day), bank, on=date.fromisoformat(day))


def debt(source, reference, received=None):
    return Held(DEBT, reference, source, received_on=received)


def shown(*records, **settings):
    return len(include(records, on=TODAY, **settings).shown)


def held_back(*records, **settings):
    found = include(records, on=TODAY, **settings).held_back
    return [(one.by, one.count, one.accumulated, one.needed) for one in found]


@pytest.mark.req("CRD-43-c")
@pytest.mark.parametrize("kind", WITHOUT_THRESHOLD)
def test_one_record_of_a_kind_without_a_threshold_is_shown(kind):
    assert shown(Held(kind, "1")) == 1
    assert held_back(Held(kind, "1")) == []


@pytest.mark.req("CRD-43-d")
@pytest.mark.parametrize(("kind", "least", "by"), [(JUDGMENT, 3, "JUDGMENT_FILES"), (NOTE, 5, "NOTE_FILES")])
def test_files_are_shown_from_their_number_on(kind, least, by):
    assert shown(*files(kind, least)) == least
    assert shown(*files(kind, least - 1)) == 0
    assert held_back(*files(kind, least - 1)) == [(HeldBy(by), least - 1, least - 1, least)]


@pytest.mark.req("CRD-43-d")
def test_judgment_files_and_note_files_are_never_added():
    assert shown(*files(JUDGMENT, 2), *files(NOTE, 4)) == 0


@pytest.mark.req("CRD-43-d")
def test_one_file_number_at_two_offices_is_two_files_and_at_one_office_one():
    twice = [Held(JUDGMENT, ("Haifa", "7")), Held(JUDGMENT, ("Haifa", "7")), Held(JUDGMENT, ("Haifa", "8"))]
    assert held_back(*twice) == [(HeldBy.JUDGMENT_FILES, 2, 2, 3), (HeldBy.REPEATED, 1, 0, 0)]
    assert shown(*twice, Held(JUDGMENT, ("Jerusalem", "7"))) == 3


@pytest.mark.req("CRD-43-e")
def test_a_consolidation_that_is_shown_brings_no_file_of_its_own():
    found = include([Held(CONSOLIDATION, ("Haifa", "9")), *files(JUDGMENT, 2)], on=TODAY)
    assert [one.kind for one in found.shown] == [CONSOLIDATION]


@pytest.mark.req("CRD-43-g")
def test_warnings_a_year_apart_by_clamped_months_accumulate():
    leap, until = warning("2024-02-29"), warning("2025-02-28")
    assert shown(leap, until) == 2
    assert shown(leap, warning("2025-03-01")) == 0


@pytest.mark.req("CRD-43-g")
def test_a_warning_that_belongs_to_any_period_is_shown_and_one_that_belongs_to_none_is_not():
    chain = [warning("2023-01-01"), warning("2023-12-01"), warning("2024-11-01")]  # the first two, and the last two
    alone = warning("2026-01-01")
    found = include([alone, *reversed(chain)], on=TODAY)
    assert list(found.shown) == chain
    assert [(one.by, one.records) for one in found.held_back] == [(HeldBy.CHEQUE_WARNINGS, (alone,))]


@pytest.mark.req("CRD-43-g")
def test_one_warning_supplied_twice_is_one():
    assert shown(warning("2025-03-10"), warning("2025-03-10")) == 0
    assert shown(warning("2025-03-10"), warning("2025-03-10", "B")) == 2


@pytest.mark.req("CRD-43-i")
def test_a_debt_that_two_sources_report_is_shown_once_as_it_was_received_last():
    old, new = debt("S1", "d1", date(2025, 1, 1)), debt("S2", "d1", date(2025, 5, 1))
    found = include([old, new, debt("S3", "d2"), debt("S4", "d3")], on=TODAY)
    assert new in found.shown
    assert len(found.shown) == 3
    assert [(one.by, one.records) for one in found.held_back] == [(HeldBy.REPEATED, (old,))]


@pytest.mark.req("CRD-43-i")
def test_three_debts_and_three_sources_are_not_enough_when_one_debt_has_two_of_the_sources():
    records = [debt("S1", "d1"), debt("S2", "d1"), debt("S3", "d2"), debt("S3", "d3")]
    assert held_back(*records)[0] == (HeldBy.AUTHORISED_DEBTS, 3, 2, 3)
    assert shown(*records) == 0


REPORTS = st.lists(st.tuples(st.sampled_from("STUVW"), st.sampled_from("abcde")), max_size=9)


@pytest.mark.req("CRD-43-i")
@given(reports=REPORTS)
def test_debts_are_shown_exactly_when_three_of_them_can_be_told_to_three_sources(reports):
    debts, sources = sorted({one for _, one in reports}), sorted({one for one, _ in reports})
    can = any(
        all(pair in reports for pair in zip(chosen, three, strict=True))
        for three in combinations(debts, 3)
        for chosen in permutations(sources, 3)
    )
    assert shown(*(debt(*report) for report in reports)) == (len(debts) if can else 0)


@given(reports=REPORTS)
def test_the_matching_is_the_largest_there_is(reports):
    choices = {one: [source for source, other in reports if other == one] for _, one in reports}
    largest = 0
    for number in range(1, len(choices) + 1):
        for some in combinations(choices, number):
            tried = permutations({source for source, _ in reports}, number)
            if any(all(source in choices[one] for one, source in zip(some, chosen, strict=True)) for chosen in tried):
                largest = number
    assert matched(choices, 9) == largest


@pytest.mark.req("CRD-43-j")
def test_positive_data_is_shown_while_a_basis_exists():
    loan = Held(LOAN, ("bank", "facility"), "bank")
    assert shown(loan) == 0
    assert held_back(loan) == [(HeldBy.NO_BASIS, 1, 0, 0)]
    assert shown(loan, has_consent=True) == 1
    assert shown(loan, *files(JUDGMENT, 3)) == 4


@pytest.mark.req("CRD-26-a")
def test_negative_data_below_its_threshold_is_no_basis():
    below, passing = include(files(JUDGMENT, 2), on=TODAY), include(files(JUDGMENT, 3), on=TODAY)
    assert (below.is_basis, passing.is_basis) == (False, True)
    loan = Held(LOAN, "1")
    assert not include([loan], on=TODAY, has_consent=True).is_basis
    assert include([loan, *files(JUDGMENT, 2)], on=TODAY).shown == ()


@pytest.mark.req("CRD-43-o")
def test_nothing_is_too_old_unless_a_setting_says_so():
    order = Held(RecordKind.RECEIVING_ORDER, "1", on=date(2004, 5, 1))
    assert shown(order) == 1
    ageing = Parameters(report_max_age={RecordKind.RECEIVING_ORDER: 84})
    assert held_back(order, parameters=ageing) == [(HeldBy.AGE, 1, 0, 84)]
    last_day = replace(order, on=add_months(TODAY, -84))
    assert shown(last_day, parameters=ageing) == 1
    assert shown(replace(last_day, on=last_day.on - timedelta(days=1)), parameters=ageing) == 0


@pytest.mark.req("CRD-43-o")
def test_what_is_too_old_accumulates_no_more():
    ageing = Parameters(report_max_age={JUDGMENT: 84})
    aged = Held(JUDGMENT, ("Haifa", "1"), on=date(2015, 1, 1))
    assert shown(aged, *files(JUDGMENT, 2)) == 3
    assert shown(aged, *files(JUDGMENT, 2), parameters=ageing) == 0


@pytest.mark.req("CRD-43-b")
def test_thresholds_that_were_changed_are_the_ones_that_count():
    lower = Parameters(thresholds=Thresholds(judgment_files=2, cheque_warnings=3))
    assert shown(*files(JUDGMENT, 2), parameters=lower) == 2
    assert shown(warning("2025-03-10"), warning("2025-04-10"), parameters=lower) == 0


@pytest.mark.req("CRD-43-m")
@given(
    st.lists(
        st.builds(
            Held,
            st.sampled_from(RecordKind),
            st.sampled_from("1234"),
            st.sampled_from("ABC"),
            st.dates(date(2020, 1, 1), date(2026, 1, 1)),
        ),
        max_size=20,
    )
)
def test_what_is_shown_and_what_is_held_back_is_all_that_there_is(records):
    found = include(records, on=TODAY, parameters=Parameters(report_max_age={NOTE: 24}))
    accounted = [*found.shown, *(record for one in found.held_back for record in one.records)]
    assert sorted(map(id, accounted)) == sorted(map(id, records))
    assert all(one.count == len(one.records) > 0 for one in found.held_back)


@pytest.mark.req("CRD-43-m")
def test_every_reason_for_holding_a_record_back_has_its_words():
    assert set(HELD_BY) == set(HeldBy)
    assert all("בנק" not in str(words) for words in HELD_BY.values())
