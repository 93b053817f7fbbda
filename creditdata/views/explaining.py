"""The explain panel of a subject's file: what a report would show, and what holds the rest back (CRD-43-m)."""

from collections import Counter
from typing import Any

from ..labels import HELD_BY, RECORD_KIND, SOURCE_TYPE
from ..rules.inclusion import HeldBy
from ..selectors.reporting import Draft

ACCUMULATING = frozenset({HeldBy.JUDGMENT_FILES, HeldBy.NOTE_FILES, HeldBy.CHEQUE_WARNINGS, HeldBy.AUTHORISED_DEBTS})


def explained(draft: Draft) -> dict[str, list[dict[str, Any]]]:
    """Counts alone, by source type and kind, and by what keeps records out."""
    counts = Counter((source, datum.kind) for source, data in draft.sections.items() for datum in data)
    return {
        "shown": [
            {"source": SOURCE_TYPE[source], "kind": RECORD_KIND[kind], "count": count}
            for (source, kind), count in counts.items()
        ],
        "held_back": [
            {
                "kind": RECORD_KIND[one.kind],
                "why": HELD_BY[one.by],
                "count": one.count,
                "counts": one.by in ACCUMULATING,
                "accumulated": one.accumulated,
                "needed": one.needed,
            }
            for one in draft.held_back
        ],
    }
