"""
What the rules answer about a document of cases in groups: the door of `manage.py assess creditdata`.

A group is a name and a list of cases, or one case where the golden file has it so. Each case comes back as it was
given, with its answers filled in; what a case cannot be answered for stands in it under `error` and stops no other.
"""

import logging
from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType
from typing import Any

from crm_portal.errors import Code, Refusal
from crm_portal.facts import Facts, InvalidInput
from crm_portal.sentences import sentence

from . import assessing_days, assessing_inclusion, assessing_records, assessing_requests, assessing_sums
from .calendars import Calendars
from .groups import Group

_FAMILIES = (assessing_days, assessing_records, assessing_inclusion, assessing_sums, assessing_requests)
GROUPS: Mapping[str, Group] = MappingProxyType(dict(chain.from_iterable(one.GROUPS.items() for one in _FAMILIES)))
logger = logging.getLogger(__name__)


def answers(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same groups with their answers; what is neither a group nor a list of cases (`meta`) comes back as it is."""
    calendars = Calendars()
    return {
        name: _group(name, cases, calendars, document) if name in GROUPS or _has_cases(cases) else cases
        for name, cases in document.items()
    }


def _has_cases(something: object) -> bool:
    return isinstance(something, list) and any(isinstance(one, dict) for one in something)


def _group(name: str, cases: object, calendars: Calendars, document: Mapping[str, Any]) -> Any:
    group = GROUPS.get(name)
    if group is not None and group.is_one and isinstance(cases, dict):
        return _answered(group, cases, calendars, document)
    if not isinstance(cases, list):
        return {"error": _error(Refusal(Code.INVALID_VALUE, (name,)))}
    if group is None:  # a misspelled group must not pass for one that was answered
        return [_with_error({}, case, Refusal(Code.INVALID_VALUE, (name,))) for case in cases]
    return [_answered(group, case, calendars, document) for case in cases]


def _answered(group: Group, case: Any, calendars: Calendars, document: Mapping[str, Any]) -> dict[str, Any]:
    try:
        completed = {**case, **group.completes(Facts(case), document)} if group.completes else case
        return {**completed, **group.answer(Facts(completed), calendars)}
    except InvalidInput as invalid:
        refusal = Refusal(invalid.code, (invalid.where,), invalid.details)
    except Exception:  # a door: the other cases must go on
        logger.exception("A case could not be assessed")
        refusal = Refusal(Code.INVALID_VALUE, ("case",))
    return _with_error(group.keys, case, refusal)


def _with_error(answered: Any, case: Any, refusal: Refusal) -> dict[str, Any]:
    given = {name: fact for name, fact in case.items() if name not in answered} if isinstance(case, dict) else {}
    return {**given, "error": _error(refusal)}


def _error(refusal: Refusal) -> dict[str, str]:
    return {"code": str(refusal.code), "field": refusal.fields[0], "message": sentence(refusal)}
