"""The group of what a report shows of the data held (regulation 43)."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from crm_portal.errors import Code
from crm_portal.facts import Facts, InvalidInput

from ..rules.codes import RecordKind
from ..rules.inclusion import Held, include
from .calendars import Calendars
from .groups import Group

KINDS: Mapping[str, RecordKind] = MappingProxyType(
    {
        "receiving_orders": RecordKind.RECEIVING_ORDER,
        "bankruptcy_updates": RecordKind.BANKRUPTCY_UPDATE,
        "judgment_files": RecordKind.JUDGMENT_FILE,
        "note_files": RecordKind.NOTE_FILE,
        "consolidations": RecordKind.FILE_CONSOLIDATION,
        "means_restricted": RecordKind.LIMITED_MEANS_DEBTOR,
        "boi_restrictions": RecordKind.BOI_RESTRICTION,
        "cheque_warnings": RecordKind.CHEQUE_REFUSAL_WARNING,
        "intention_warnings": RecordKind.INTENDED_PROCEEDINGS_WARNING,
        "authorised_debts": RecordKind.AUTHORISED_DEBT,
        "court_restrictions": RecordKind.OCCUPATION_RESTRICTION,
        "loans": RecordKind.LOAN,
        "credit_lines": RecordKind.CREDIT_LINE,
    }
)
MOST = 10_000  # records of a kind
_PAIR = 2
_ANY_DAY = date.max  # no record is too old, for the setting of CRD-43-o is empty


def inclusion(case: Facts, calendars: Calendars) -> Mapping[str, Any]:
    """How many of each kind that the case names are shown; of cheque warnings, which."""
    if not case.has("given"):
        raise InvalidInput(Code.FIELD_REQUIRED, case.where("given"))
    given = case.part("given")
    has_consent = given.flag("consent", False)
    distinct = _distinct(given)
    named = [name for name in given.names() if name in KINDS]
    held = [one for name in named for one in _records(given, name, distinct)]
    given.nothing_else()
    found = include(held, on=_ANY_DAY, has_consent=has_consent)
    included: dict[str, Any] = {}
    for name in named:
        shown = found.of(KINDS[name])
        is_dated = KINDS[name] is RecordKind.CHEQUE_REFUSAL_WARNING
        included[name] = [str(one.on) for one in shown] if is_dated else len(shown)
    return {"included": included}


def _distinct(given: Facts) -> int | None:
    """How many file numbers differ, when some are the same."""
    if given.flag("duplicate_file_numbers", False) or given.has("distinct_file_numbers"):
        return given.whole("distinct_file_numbers", least=1, most=MOST)
    given.raw("distinct_file_numbers")  # null: nothing is said of them
    return None


def _records(given: Facts, name: str, distinct: int | None) -> Iterator[Held]:
    kind = KINDS[name]
    if kind is RecordKind.CHEQUE_REFUSAL_WARNING:
        for warning in given.parts(name):
            bank, sent = warning.text("bank"), warning.known_day("sent")
            warning.nothing_else()
            yield Held(kind, (bank, sent), bank, on=sent)
    elif kind is RecordKind.AUTHORISED_DEBT:
        for source, reference in _pairs(given, name):
            yield Held(kind, reference, source)
    elif isinstance(given.raw(name), list | tuple):  # files by office and number
        for pair in _pairs(given, name):
            yield Held(kind, pair)
    else:
        for place in range(given.whole(name, 0, most=MOST)):
            is_file = kind in (RecordKind.JUDGMENT_FILE, RecordKind.NOTE_FILE)
            yield Held(kind, place % distinct if distinct and is_file else place)


def _pairs(given: Facts, name: str) -> Iterator[tuple[str, str]]:
    for place, pair in enumerate(given.items(name)):
        if not isinstance(pair, list | tuple) or len(pair) != _PAIR or not all(isinstance(one, str) for one in pair):
            raise InvalidInput(Code.INVALID_VALUE, f"{given.where(name)}.{place}")
        yield pair[0], pair[1]


GROUPS: Mapping[str, Group] = MappingProxyType({"inclusion": Group(inclusion, ("included",))})
