"""
Which verdicts teach the classifier and which examine it, how well it did, and its confidence in words (CRM-5.1.1-e).

Pure: what the classifier is made of is in `services.classifying`.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

FOLDS = 5  # one of them is held out
FEWEST_SAMPLES, FEWEST_TRIPLETS = 30, 2  # with less there is nothing to learn from
SHORTEST_DESCRIPTION = 12  # characters; before that every suggestion would be a guess
LEAST_CONFIDENCE = 0.05
ENOUGH_FOR_A_TRIPLET = 10  # verdicts on each after which the classifier is believed as much as the words
MOST_EXAMINED = 1000  # of the held-out verdicts, so that a night is long enough


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an employee decided: this description belongs to this triplet."""

    key: str  # the inquiry's number
    text: str
    triplet: str  # code


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often the right triplet was the first suggestion, or among the first three."""

    measured_on: int
    top_1: float | None
    top_3: float | None


class Sure(StrEnum):
    """A confidence as people read it."""

    VERY = "very"
    LIKELY = "likely"
    POSSIBLE = "possible"


def is_held_out(key: str) -> bool:
    """Whether this verdict only examines; always the same for the same inquiry, so no version ever learns from it."""
    return hashlib.sha256(key.encode()).digest()[0] % FOLDS == 0


def split(verdicts: Sequence[Verdict]) -> tuple[list[Verdict], list[Verdict]]:
    """The verdicts to learn from, and those held out."""
    taught = [verdict for verdict in verdicts if not is_held_out(verdict.key)]
    return taught, [verdict for verdict in verdicts if is_held_out(verdict.key)]


def accuracy(answers: Sequence[tuple[str, Sequence[str]]]) -> Accuracy:
    """Measure pairs of the right triplet and what was suggested, best first."""
    if not answers:
        return Accuracy(0, None, None)
    first = sum(right in suggested[:1] for right, suggested in answers)
    three = sum(right in suggested[:3] for right, suggested in answers)
    return Accuracy(len(answers), first / len(answers), three / len(answers))


def commonest(verdicts: Collection[Verdict]) -> list[str]:
    """The baseline: always the triplets that were right most often, whatever was written."""
    counted = Counter(verdict.triplet for verdict in verdicts)
    return sorted(counted, key=lambda triplet: (-counted[triplet], triplet))


def trust(samples: int, triplets: int) -> float:
    """How far the classifier is believed beside the likeness of words: not at all without verdicts, then more."""
    return samples / (samples + ENOUGH_FOR_A_TRIPLET * triplets) if samples else 0.0


def blended(learned: Mapping[str, float], likeness: Mapping[str, float], *, trusted: float) -> dict[str, float]:
    """One score for each triplet out of what was learned and what the words are like; likeness counts by its square."""
    total = sum(like * like for like in likeness.values())
    alike = {code: like * like / total for code, like in likeness.items()} if total else {}
    return {
        code: trusted * learned.get(code, 0.0) + (1 - trusted) * alike.get(code, 0.0)
        for code in learned.keys() | alike.keys()
    }


def ranked(scores: Mapping[str, float], *, limit: int) -> list[tuple[str, float]]:
    """The best scores, best first; what is hardly possible is left out."""
    likely = [(code, score) for code, score in scores.items() if score >= LEAST_CONFIDENCE]
    return sorted(likely, key=lambda pair: (-pair[1], pair[0]))[:limit]


def sureness(confidence: float) -> Sure:
    """In words, for a number tells an inquirer nothing."""
    return Sure.VERY if confidence >= 0.6 else Sure.LIKELY if confidence >= 0.25 else Sure.POSSIBLE
