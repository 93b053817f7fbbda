"""AI triage: triplets that suit what the inquirer wrote (CRM-5.1.1-e)."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from crm_portal.registers import local


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A triplet that may suit, and how sure the adapter is (0 to 1)."""

    triplet: str  # code
    confidence: float


class Triage(Protocol):
    def suggest(self, description: str, candidates: Mapping[str, str], limit: int = 3) -> tuple[Suggestion, ...]:
        """
        The best of the candidates (code and wording of each triplet that may be chosen), best first.

        None of them need suit; only what was offered is ever suggested.
        """


class LocalTriage:
    """
    Compares letters, and understands nothing.

    The description's three-letter pieces are compared with those of each triplet's wording and of the words that
    `triage.json` lists for it; the confidence is the cosine of the two. It does not learn.
    """

    LEAST = 0.08  # below this the likeness is chance

    def suggest(self, description: str, candidates: Mapping[str, str], limit: int = 3) -> tuple[Suggestion, ...]:
        hints: dict[str, list[str]] = local.table("triage", "triage.json")
        asked = _pieces(description)
        scored = [
            Suggestion(code, round(_cosine(asked, _pieces(_wording(text, hints))), 3))
            for code, text in candidates.items()
        ]
        likely = [suggestion for suggestion in scored if suggestion.confidence >= self.LEAST]
        return tuple(sorted(likely, key=lambda suggestion: (-suggestion.confidence, suggestion.triplet))[:limit])


def _wording(text: str, hints: Mapping[str, list[str]]) -> str:
    return " ".join([text, *(word for topic, words in hints.items() if topic in text for word in words)])


def _pieces(text: str) -> Counter[str]:
    words = re.findall(r"\w+", text.casefold())
    return Counter(f" {word} "[place : place + 3] for word in words for place in range(len(word)))


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    shared = sum(count * other[piece] for piece, count in one.items())
    length = math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return shared / length if length else 0.0
