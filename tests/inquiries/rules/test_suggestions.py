"""The way of a suggestion as a table (CRM-8-b)."""

import pytest

from inquiries.labels import SUGGESTION_STEP
from inquiries.rules.codes import SuggestionState as S
from inquiries.rules.suggestions import FINISHED, TRANSITIONS, Desk, Step, desk_of, steps_from

STEPS = {
    (S.SUBMITTED, True): {Step.FORWARD, Step.RETURN},
    (S.SUBMITTED, False): {Step.REVIEW},
    (S.FORWARDED, True): {Step.REVIEW},
    (S.IN_REVIEW, True): {Step.ACCEPT, Step.REJECT},
    (S.IN_REVIEW, False): {Step.ACCEPT, Step.REJECT},
    (S.ACCEPTED, True): {Step.IMPLEMENT},
    (S.REJECTED, True): set(),
    (S.IMPLEMENTED, False): set(),
}


@pytest.mark.req("CRM-8-b")
@pytest.mark.parametrize(("state", "to_unit"), STEPS)
def test_what_may_follow(state, to_unit):
    assert set(steps_from(state, to_unit=to_unit)) == STEPS[state, to_unit]


def test_it_ends_where_nothing_follows_and_every_step_has_words():
    assert {S.REJECTED, S.IMPLEMENTED} == FINISHED
    assert {code for code, _words in SUGGESTION_STEP} == set(Step) == set(TRANSITIONS)


def test_only_what_was_sent_to_a_unit_lies_there_and_only_at_first():
    assert desk_of(S.SUBMITTED, to_unit=True) is Desk.UNIT
    assert {desk_of(state, to_unit=True) for state in set(S) - {S.SUBMITTED}} == {Desk.CENTRE}
    assert desk_of(S.SUBMITTED, to_unit=False) is Desk.CENTRE
