"""
What of the data held may be given in a credit report, and what is held back by which threshold (regulation 43).

It is asked about the active records of one subject at one licensee, on the day of issue; a review is not (CRD-43-n).
A record carries no name of a bank, an issuer or a source that could leak into a report: `source` only tells two of
them apart (CRD-43-k).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType

from crm_portal.worktime.rules.periods import add_months

from .codes import POSITIVE, RecordKind
from .matching import matched
from .parameters import DEFAULTS, Parameters


class HeldBy(StrEnum):
    """What keeps a record out of a report."""

    JUDGMENT_FILES = "JUDGMENT_FILES"  # fewer than three
    NOTE_FILES = "NOTE_FILES"  # fewer than five
    CHEQUE_WARNINGS = "CHEQUE_WARNINGS"  # no second one within twelve months
    AUTHORISED_DEBTS = "AUTHORISED_DEBTS"  # not three, of three sources
    REPEATED = "REPEATED"  # the same thing again: one file, one warning, one debt is shown once
    AGE = "AGE"  # older than the setting allows, when there is one (CRD-43-o)
    NO_BASIS = "NO_BASIS"  # positive data whose basis is gone (CRD-43-j)


@dataclass(frozen=True, slots=True)
class Held:
    """One active record as the thresholds see it."""

    kind: RecordKind
    key: Hashable  # what makes it one thing: office and file number, bank and day, the debt's reference
    source: Hashable = ""
    on: date | None = None  # of the record itself: sent, arose, opened, granted; ageing and accumulation count from it
    received_on: date | None = None  # by the licensee; of a thing reported twice the latest is shown
    record: object = None  # whatever the caller knows it by


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Records left out for one reason; only counts of them are ever shown, and to the clerk alone (CRD-43-m)."""

    by: HeldBy
    kind: RecordKind
    records: tuple[Held, ...]
    accumulated: int = 0  # how far they came
    needed: int = 0  # how far they should have come

    @property
    def count(self) -> int:
        return len(self.records)


@dataclass(frozen=True, slots=True)
class Inclusion:
    """What a report shows, by kind in the order of section 2, and what it does not; nothing is in neither."""

    shown: tuple[Held, ...]
    held_back: tuple[HeldBack, ...]

    @property
    def is_basis(self) -> bool:
        """Whether negative data may be given, so that positive data may be asked for (CRD-26-a)."""
        return any(one.kind not in POSITIVE for one in self.shown)

    def of(self, kind: RecordKind) -> tuple[Held, ...]:
        """What is shown of one kind."""
        return tuple(one for one in self.shown if one.kind is kind)


def include(
    records: Iterable[Held], *, on: date, has_consent: bool = False, parameters: Parameters = DEFAULTS
) -> Inclusion:
    """Divide what is held on a day; `has_consent`: of a kind that the licensee sees (CRD-26-a ii, iii)."""
    order = {kind: place for place, kind in enumerate(RecordKind)}
    shown: list[Held] = []
    held_back: list[HeldBack] = []
    for kind, group in groupby(sorted(records, key=lambda one: order[one.kind]), key=lambda one: one.kind):
        fresh, aged = _by_age(kind, tuple(group), on, parameters)
        kept, repeated = _each_once(fresh) if kind in _ACCUMULATING else (fresh, ())
        passing, bar = _accumulated(kind, kept, fresh, parameters)
        if kind in POSITIVE and not (has_consent or shown):  # only negative data comes before it
            passing, bar = (), HeldBack(HeldBy.NO_BASIS, kind, kept)
        shown += passing
        held_back += [one for one in (bar, HeldBack(HeldBy.REPEATED, kind, repeated), aged) if one and one.records]
    return Inclusion(tuple(shown), tuple(held_back))


def _by_age(
    kind: RecordKind, records: tuple[Held, ...], on: date, parameters: Parameters
) -> tuple[tuple[Held, ...], HeldBack]:
    """Those that may still be reported; none is too old unless a setting says so (CRD-43-o)."""
    months = parameters.report_max_age.get(kind)
    fresh: list[Held] = []
    old: list[Held] = []
    for one in records:
        is_old = months is not None and one.on is not None and add_months(one.on, months) < on
        (old if is_old else fresh).append(one)
    return tuple(fresh), HeldBack(HeldBy.AGE, kind, tuple(old), needed=months or 0)


def _each_once(records: Sequence[Held]) -> tuple[tuple[Held, ...], tuple[Held, ...]]:
    """Of each thing the record received last, and the others."""
    latest: dict[Hashable, Held] = {}
    for one in records:
        known = latest.get(one.key)
        if known is None or (one.received_on or date.min) > (known.received_on or date.min):
            latest[one.key] = one
    chosen = {id(one) for one in latest.values()}
    return tuple(latest.values()), tuple(one for one in records if id(one) not in chosen)


def _accumulated(
    kind: RecordKind, kept: tuple[Held, ...], fresh: tuple[Held, ...], parameters: Parameters
) -> tuple[tuple[Held, ...], HeldBack | None]:
    """Those of a kind that its threshold lets through; a kind without one passes whole (CRD-43-c, e, h)."""
    if (count := _COUNTED.get(kind)) is not None:
        by, needed_by = count
        needed = needed_by(parameters)
        return (kept, None) if len(kept) >= needed else ((), HeldBack(by, kind, kept, len(kept), needed))
    if kind is RecordKind.CHEQUE_REFUSAL_WARNING:
        return _within_a_period(kept, parameters)
    if kind is RecordKind.AUTHORISED_DEBT:
        return _of_different_sources(kept, fresh, parameters)
    return kept, None


def _within_a_period(warnings: tuple[Held, ...], parameters: Parameters) -> tuple[tuple[Held, ...], HeldBack | None]:
    """The warnings that belong to at least one period of twelve months, its last day included (CRD-43-g)."""
    needed, months = parameters.thresholds.cheque_warnings, parameters.thresholds.cheque_months
    ordered = sorted(warnings, key=lambda one: one.on or date.min)
    passing: dict[int, Held] = {}
    most = 0
    for place, first in enumerate(ordered):
        if first.on is None:
            continue
        until = add_months(first.on, months)
        period = [one for one in ordered[place:] if one.on is not None and one.on <= until]
        if len(period) >= needed:
            passing |= {id(one): one for one in period}
        else:
            most = max(most, len(period))
    isolated = tuple(one for one in ordered if id(one) not in passing)
    held = HeldBack(HeldBy.CHEQUE_WARNINGS, RecordKind.CHEQUE_REFUSAL_WARNING, isolated, most, needed)
    return tuple(one for one in ordered if id(one) in passing), held


def _of_different_sources(
    debts: tuple[Held, ...], reported: tuple[Held, ...], parameters: Parameters
) -> tuple[tuple[Held, ...], HeldBack | None]:
    """All debts, once three of them can be told to three sources, one each (CRD-43-i)."""
    needed = parameters.thresholds.debts
    sources: dict[Hashable, dict[Hashable, None]] = {one.key: {} for one in debts}
    for one in reported:
        sources[one.key][one.source] = None
    found = matched(sources, needed)
    if found >= needed:
        return debts, None
    return (), HeldBack(HeldBy.AUTHORISED_DEBTS, RecordKind.AUTHORISED_DEBT, debts, found, needed)


_COUNTED: Mapping[RecordKind, tuple[HeldBy, Callable[[Parameters], int]]] = MappingProxyType(
    {
        RecordKind.JUDGMENT_FILE: (HeldBy.JUDGMENT_FILES, lambda parameters: parameters.thresholds.judgment_files),
        RecordKind.NOTE_FILE: (HeldBy.NOTE_FILES, lambda parameters: parameters.thresholds.note_files),
    }
)
_ACCUMULATING = frozenset({*_COUNTED, RecordKind.CHEQUE_REFUSAL_WARNING, RecordKind.AUTHORISED_DEBT})
