"""
Read the facts of one case from JSON: what `manage.py route` accepts (docs/routing.md).

Nothing is guessed from a value of the wrong type, and a name that is not known is refused, so that a typing error
never changes a decision unseen.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn

from crm_portal.errors import Code, Refusal, Refused

from .codes import Register
from .facts import Facts, FileFacts, Tables, TripletFacts, plain

FLAGS = ("is_internal", "is_section17", "is_msm_topic", "is_nsa")
LEVELS = ("main_topic", "sub_topic", "detail")
IGNORED = frozenset({"typed_address", "typed_locality", "note"})  # what a customer types never counts (CRM-7-c)
FACTS = frozenset(
    {"triplet", "flags", "tax_system", "tax_files", "locality", "address", "vat_key_unit", "registers_down", "on"}
)
FILE = frozenset(
    {"tax_system", "file_number", "file_type", "is_active", "annual_report_required", "managing_unit", "section"}
)


class Problem(StrEnum):
    """What is wrong with a value of a case."""

    MISSING = "missing"
    NOT_AN_OBJECT = "not_an_object"
    NOT_A_LIST = "not_a_list"
    NOT_TEXT = "not_text"
    NOT_A_BOOLEAN = "not_a_boolean"
    NOT_A_DATE = "not_a_date"
    NOT_DIGITS = "not_digits"
    NOT_AN_ID = "not_an_id"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_TRIPLET = "unknown_triplet"
    INACTIVE_TRIPLET = "inactive_triplet"
    OTHER_TAX_SYSTEM = "other_tax_system"
    UNKNOWN_TAX_SYSTEM = "unknown_tax_system"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_REGISTER = "unknown_register"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The names a case may use; the keys are compared as `plain` writes them."""

    triplets: Mapping[str, TripletFacts]  # by code, and by the levels joined with a slash
    inactive: frozenset[str]  # the same keys, of triplets no longer in use
    units: Mapping[str, str]  # code or name -> code
    tax_systems: Mapping[str, str]  # code or name -> code


@dataclass(frozen=True, slots=True)
class Case:
    facts: Facts
    on: date | None
    asks_own_key: bool  # no answer of the file-opening key is given: the portal's own table stands in


def levels_key(main_topic: str, sub_topic: str, detail: str) -> str:
    return plain(f"{main_topic} / {sub_topic} / {detail}")


def with_own_key(facts: Facts, tables: Tables) -> Facts:
    """Answer for the file-opening key from the locality table, where nobody said what the key answers."""
    row = tables.locality(facts.locality)
    return replace(facts, vat_key_unit=row.vat_office if row else None)


def parse(raw: object, catalogue: Catalogue, *, at: str = "facts") -> Case:
    """
    Read the facts of a case.

    :raises Refused: FIELD_REQUIRED, TRIPLET_INVALID or INVALID_VALUE at the path of the first value that is wrong
    """
    facts = _object(raw, at, FACTS | IGNORED)
    triplet = _triplet(facts, catalogue, at)
    files = _list(facts.get("tax_files"), f"{at}.tax_files")
    registers = _list(facts.get("registers_down"), f"{at}.registers_down")
    return Case(
        facts=Facts(
            triplet=triplet,
            tax_files=tuple(_file(row, catalogue, f"{at}.tax_files[{n}]") for n, row in enumerate(files)),
            locality=_locality(facts, at),
            vat_key_unit=_unit(facts.get("vat_key_unit"), catalogue, f"{at}.vat_key_unit"),
            registers_down=frozenset(_register(r, f"{at}.registers_down[{n}]") for n, r in enumerate(registers)),
        ),
        on=_date(facts["on"], f"{at}.on") if facts.get("on") is not None else None,
        asks_own_key="vat_key_unit" not in facts,
    )


def wrong(
    problem: Problem, field: str, *, value: object = "", code: Code = Code.INVALID_VALUE, **more: object
) -> NoReturn:
    """Refuse a value at its path."""
    details = {"problem": problem, "field": field, "value": _shown(value), **more}
    raise Refused(Refusal(code, (field,), details))


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)  # as it stands in the file: "true" is not true
    return text if len(text) <= 60 else f"{text[:57]}..."


def _object(raw: object, path: str, allowed: frozenset[str]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        wrong(Problem.NOT_AN_OBJECT, path, value=raw)
    for name in raw:
        if name not in allowed:
            wrong(Problem.UNKNOWN_FIELD, f"{path}.{name}", value=name, allowed=", ".join(sorted(allowed - IGNORED)))
    return raw


def _list(raw: object, path: str) -> list[Any]:
    if raw is None:
        return []
    if not isinstance(raw, list):
        wrong(Problem.NOT_A_LIST, path, value=raw)
    return raw


def _text(raw: object, path: str) -> str:
    if not isinstance(raw, str):
        wrong(Problem.NOT_TEXT, path, value=raw)
    if not raw.strip():
        wrong(Problem.MISSING, path, code=Code.FIELD_REQUIRED)
    return raw


def _boolean(row: Mapping[str, Any], name: str, path: str, *, default: bool) -> bool:
    value = row.get(name, default)
    if not isinstance(value, bool):
        wrong(Problem.NOT_A_BOOLEAN, f"{path}.{name}", value=value)
    return value


def _date(raw: object, path: str) -> date:
    try:
        return date.fromisoformat(_text(raw, path))
    except ValueError:
        wrong(Problem.NOT_A_DATE, path, value=raw)


def _known(raw: object, names: Mapping[str, str], problem: Problem, path: str) -> str:
    """The code of something named by its code or by its Hebrew name."""
    found = names.get(plain(_text(raw, path)))
    if found is None:
        wrong(problem, path, value=raw)
    return found


def _register(raw: object, path: str) -> Register:
    try:
        return Register(_text(raw, path))
    except ValueError:
        wrong(Problem.UNKNOWN_REGISTER, path, value=raw, allowed=", ".join(Register))


def _triplet(facts: Mapping[str, Any], catalogue: Catalogue, at: str) -> TripletFacts:
    """By code, by its three levels in an object or a list, or by the levels joined with slashes."""
    path, raw = f"{at}.triplet", facts.get("triplet")
    if raw is None:
        wrong(Problem.MISSING, path, code=Code.FIELD_REQUIRED)
    if isinstance(raw, dict):
        levels = _object(raw, path, frozenset({*LEVELS, "topic_detail"}))
        if "detail" not in levels and "topic_detail" in levels:
            levels = {**levels, "detail": levels["topic_detail"]}
        raw = [levels.get(level, "") for level in LEVELS]
    if isinstance(raw, list):
        if len(raw) != len(LEVELS):
            wrong(Problem.UNKNOWN_TRIPLET, path, value=raw, code=Code.TRIPLET_INVALID)
        raw = " / ".join(_text(level, f"{path}.{name}") for level, name in zip(raw, LEVELS, strict=True))
    key = plain(_text(raw, path))
    if key in catalogue.inactive:
        wrong(Problem.INACTIVE_TRIPLET, path, value=raw, code=Code.TRIPLET_INVALID)
    if key not in catalogue.triplets:
        wrong(Problem.UNKNOWN_TRIPLET, path, value=raw, code=Code.TRIPLET_INVALID)
    triplet = catalogue.triplets[key]
    if facts.get("tax_system") is not None:
        system = _tax_system(facts["tax_system"], catalogue, f"{at}.tax_system")
        if system != triplet.tax_system:
            wrong(Problem.OTHER_TAX_SYSTEM, f"{at}.tax_system", value=system, code=Code.TRIPLET_INVALID)
    if facts.get("flags") is not None:
        flags = _object(facts["flags"], f"{at}.flags", frozenset(FLAGS))
        given = {name: _boolean(flags, name, f"{at}.flags", default=False) for name in flags}
        triplet = replace(triplet, **given)  # type: ignore[arg-type]
    return triplet


def _tax_system(raw: object, catalogue: Catalogue, path: str) -> str:
    return _known(raw, catalogue.tax_systems, Problem.UNKNOWN_TAX_SYSTEM, path)


def _unit(raw: object, catalogue: Catalogue, path: str) -> str | None:
    return None if raw is None or raw == "" else _known(raw, catalogue.units, Problem.UNKNOWN_UNIT, path)


def _file(raw: object, catalogue: Catalogue, path: str) -> FileFacts:
    row = _object(raw, path, FILE)
    if row.get("tax_system") is None:
        wrong(Problem.MISSING, f"{path}.tax_system", code=Code.FIELD_REQUIRED)
    return FileFacts(
        tax_system=_tax_system(row["tax_system"], catalogue, f"{path}.tax_system"),
        file_number=_digits(row.get("file_number", ""), f"{path}.file_number"),
        file_type=_digits(row.get("file_type", ""), f"{path}.file_type"),
        is_active=_boolean(row, "is_active", path, default=True),
        annual_report_required=_boolean(row, "annual_report_required", path, default=False),
        managing_unit=_unit(row.get("managing_unit"), catalogue, f"{path}.managing_unit"),
    )


def _digits(raw: object, path: str) -> str:
    """A number that a register keeps as text; a whole number is taken too, null and empty mean none."""
    if raw is None or raw == "":
        return ""
    if isinstance(raw, int) and not isinstance(raw, bool) and raw >= 0:
        return str(raw)
    if not isinstance(raw, str) or not raw.isascii() or not raw.strip().isdecimal():
        wrong(Problem.NOT_DIGITS, path, value=raw)
    return raw.strip()


def _locality(facts: Mapping[str, Any], at: str) -> str | None:
    """`locality`, or `address` with a locality in it; null or absent: the register knows no address."""
    locality, path = facts.get("locality"), f"{at}.locality"
    address = facts.get("address")
    if locality is None and address is not None:
        if not isinstance(address, dict):
            wrong(Problem.NOT_AN_OBJECT, f"{at}.address", value=address)
        locality, path = address.get("locality"), f"{at}.address.locality"
    if locality is None:
        return None
    if not isinstance(locality, str):
        wrong(Problem.NOT_TEXT, path, value=locality)
    return locality.strip() or None
