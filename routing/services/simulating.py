"""Say where inquiries would go, without opening any (CRM-7-q; `manage.py route`)."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from crm_portal.errors import Code, Refusal, Refused

from ..rules import cases, engine
from ..rules.cases import Case, Problem
from ..rules.engine import Decision
from ..rules.facts import Tables
from ..selectors.cases import catalogue
from ..selectors.tables import tables_on

Answer = tuple[str | int | None, Decision | Refusal]


def decide_case(case: Case, tables: Tables) -> Decision:
    """The decision on one set of facts, by the tables of a day."""
    facts = cases.with_own_key(case.facts, tables) if case.asks_own_key else case.facts
    return engine.decide(facts, tables)


def decide_cases(raw_cases: Iterable[object], *, on: date) -> list[Answer]:
    """The decision on each case, or why it cannot be read; a wrong case does not stop the others."""
    names, tables = catalogue(), lru_cache(tables_on)
    answers: list[Answer] = []
    for number, raw in enumerate(raw_cases):
        case_id: str | int | None = None
        try:
            case_id = _id(raw, number)
            facts = raw.get("facts") if isinstance(raw, dict) else None
            if facts is None:
                cases.wrong(Problem.MISSING, "facts", code=Code.FIELD_REQUIRED)
            case = cases.parse(facts, names)
            answers.append((case_id, decide_case(case, tables(case.on or on))))
        except Refused as refused:
            answers.append((case_id, refused.refusals[0]))
    return answers


def _id(raw: object, number: int) -> str | int:
    if not isinstance(raw, dict):
        cases.wrong(Problem.NOT_AN_OBJECT, f"cases[{number}]", value=raw)
    case_id = raw.get("id")
    if case_id is None or case_id == "":
        cases.wrong(Problem.MISSING, f"cases[{number}].id", code=Code.FIELD_REQUIRED)
    if isinstance(case_id, bool) or not isinstance(case_id, str | int):
        cases.wrong(Problem.NOT_AN_ID, f"cases[{number}].id", value=case_id)
    return case_id
