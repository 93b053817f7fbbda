"""How the classifier and the likeness of words are weighed, and how accuracy is counted."""

import pytest

from inquiries.rules import triage


@pytest.mark.req("CRM-5.1.1-e")
def test_with_few_verdicts_the_words_decide_and_with_many_the_classifier():
    learned, likeness = {"a": 0.9, "b": 0.1}, {"b": 0.4}

    few = triage.blended(learned, likeness, trusted=triage.trust(40, 30))
    many = triage.blended(learned, likeness, trusted=triage.trust(6000, 30))

    assert max(few, key=few.get) == "b"
    assert max(many, key=many.get) == "a"
    assert triage.trust(0, 30) == 0


def test_accuracy_counts_the_first_and_the_first_three():
    found = triage.accuracy([("a", ["a", "b", "c"]), ("a", ["b", "a"]), ("a", ["b", "c", "d", "a"]), ("a", [])])

    assert (found.measured_on, found.top_1, found.top_3) == (4, 0.25, 0.5)
    assert triage.accuracy([]) == triage.Accuracy(0, None, None)


@pytest.mark.parametrize(("confidence", "words"), [(0.95, "very"), (0.3, "likely"), (0.1, "possible")])
def test_a_confidence_is_told_in_words(confidence, words):
    assert triage.sureness(confidence) == words
