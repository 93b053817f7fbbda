"""Which directive on frequency and lag holds for a supply, and those that the regulations print (3.2, CRD-86-a)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .codes import RecordKind, SourceType

IN_FORCE_FROM = date(2004, 4, 25)


@dataclass(frozen=True, slots=True)
class Directive:
    """Limits in business days of the source's calendar, and for whom; None in the scope means all."""

    source_type: SourceType | None = None
    kind: RecordKind | None = None
    licensee_id: int | None = None
    source_id: int | None = None
    target_interval_bd: int | None = None
    max_interval_bd: int | None = None  # None: no watchdog
    max_lag_bd: int | None = None  # None: no test of the as-of
    valid_from: date = IN_FORCE_FROM
    valid_until: date | None = None
    is_issued: bool = False  # by the Registrar, and not as the regulations print it
    number: int = 0  # in the order in which they were given


@dataclass(frozen=True, slots=True)
class Supply:
    """What is supplied: who supplies which kind to whom."""

    source_type: SourceType
    kind: RecordKind
    licensee_id: int | None = None
    source_id: int | None = None


DEFAULTS = (
    Directive(SourceType.OFFICIAL_RECEIVER, max_interval_bd=7, max_lag_bd=2),  # CRD-4-b, 4-c
    Directive(SourceType.EXECUTION_OFFICE, max_interval_bd=14, max_lag_bd=2),  # CRD-10-b, 10-c
    Directive(SourceType.BANK_OF_ISRAEL, target_interval_bd=1, max_interval_bd=7, max_lag_bd=2),  # CRD-14-a, 14-b
    Directive(SourceType.BANKING_CORPORATION, RecordKind.CHEQUE_REFUSAL_WARNING, max_interval_bd=7, max_lag_bd=2),
    Directive(SourceType.BANKING_CORPORATION, RecordKind.INTENDED_PROCEEDINGS_WARNING, max_interval_bd=7, max_lag_bd=2),
    Directive(SourceType.BANKING_CORPORATION, RecordKind.LOAN, max_lag_bd=2),  # its interval runs from a request
    Directive(SourceType.BANKING_CORPORATION, RecordKind.CREDIT_LINE, max_lag_bd=2),
    Directive(SourceType.CARD_ISSUER, max_interval_bd=7, max_lag_bd=2),  # CRD-18-b, 19-a
)


def directive_for(directives: Iterable[Directive], supply: Supply, day: date) -> Directive | None:
    """
    The one that holds on the day: the Registrar's before the printed one, the narrower before the wider, the later
    before the earlier. It replaces the others whole, so an empty limit in it means that there is none.
    """
    return max((one for one in directives if _holds(one, supply, day)), key=_weight, default=None)


def _holds(one: Directive, supply: Supply, day: date) -> bool:
    return (
        one.valid_from <= day
        and (one.valid_until is None or day <= one.valid_until)
        and one.licensee_id in (None, supply.licensee_id)
        and one.source_id in (None, supply.source_id)
        and one.source_type in (None, supply.source_type)
        and one.kind in (None, supply.kind)
    )


def _weight(one: Directive) -> tuple[bool, bool, bool, bool, bool, date, int]:
    return (
        one.is_issued,
        one.source_id is not None,
        one.licensee_id is not None,
        one.kind is not None,
        one.source_type is not None,
        one.valid_from,
        one.number,
    )
