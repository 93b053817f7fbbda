"""What a list needs of its rows, wherever it is drawn: meters, ages, and why the head team has them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from ..models import Inquiry
from ..selectors.ages import age_of
from ..selectors.meters import meters_of
from ..selectors.moments import Moment
from ..selectors.origins import reasons_of

LIST_FIELDS = (
    "customer", "representative", "triplet__tax_system", "handling_team", "handling_unit", "owner", "routing_decision",
)  # fmt: skip
NOT_LISTED = (
    "description", "proposed_solution", "representation", "routing_decision__facts", "routing_decision__reasons",
)  # fmt: skip


def with_all_it_shows(rows: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    """The rows with what their cells show, in two queries however many they are."""
    return rows.select_related(*LIST_FIELDS).defer(*NOT_LISTED).prefetch_related("customer__tax_files")


def presented(rows: Sequence[Inquiry], now: Moment, columns: Sequence[str]) -> dict[str, Any]:
    """The rows of one page with their meters, their ages and, where the list says so, their reasons."""
    meters = meters_of(rows, now)
    return {
        "rows": [(inquiry, meters[inquiry.pk]) for inquiry in rows],
        "ages": {inquiry.pk: age_of(inquiry, now) for inquiry in rows},
        "reasons": reasons_of(rows) if "reason" in columns and rows else {},
    }
