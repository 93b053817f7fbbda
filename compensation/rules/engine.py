"""The one entry to the rules of every track: facts as plain data in, an assessment out."""

from collections.abc import Callable, Mapping
from typing import Any

from crm_portal.facts import InvalidInput

from . import agriculture, contractor, eligibility, fixed_costs, red, sheets, timers
from .assessment import Assessment
from .programme import Programme
from .turnover import entry as turnover
from .wage import entry as wage

Entry = Callable[[Mapping[str, Any], Programme], Assessment]
ENTRIES: dict[str, Entry] = {  # by the golden file's `track`
    "eligibility": eligibility.entry,
    "agriculture": agriculture.entry,
    "execution_contractor": contractor.entry,
    "fixed_costs": fixed_costs.entry,
    "red": red.entry,
    "advance": sheets.advance_entry,
    "payment": sheets.payment_entry,
    "timers": timers.entry,
    "wage": wage.entry,
    "turnover": turnover.entry,
}


def assess(track: str, inputs: Mapping[str, Any], programme: Programme) -> Assessment:
    """
    Assess the facts of one case, in the shape of `tests/golden/compensation/golden_cases.json`.

    Facts that are not named have the value that neither excludes nor changes the amount.

    :raises InvalidInput: when a fact cannot be read or is out of its range
    :raises KeyError: when there is no such track
    """
    return ENTRIES[track](inputs, programme)


__all__ = ["ENTRIES", "Assessment", "InvalidInput", "assess"]
