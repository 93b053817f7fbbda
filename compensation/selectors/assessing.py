"""What the rules answer about one case, as plain data: the door of the command, the API and the wizard."""

import logging
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from django.db import OperationalError, ProgrammingError
from django.utils.translation import override

from crm_portal.errors import Code, Refusal
from crm_portal.facts import InvalidInput
from crm_portal.sentences import sentence

from ..labels import STEP
from ..rules import engine
from ..rules.assessment import Assessment, Finding, Step
from ..rules.programme import Programme
from .programmes import current, programme_of
from .shipped import from_files

LANGUAGES = ("he", "en")
logger = logging.getLogger(__name__)


def answer(case: Any) -> dict[str, Any]:
    """One case's `{"id", "result"}`, or `{"id", "error"}` when the case cannot be assessed; it stops no other."""
    number = case.get("id") if isinstance(case, Mapping) else None
    if isinstance(number, bool) or not isinstance(number, str | int):
        number = None
    try:
        return {"id": number, "result": result(*parts(case))}
    except InvalidInput as invalid:
        refusal = as_refusal(invalid)
        error = {"code": str(refusal.code), "field": invalid.where, "message": sentence(refusal)}
    except Exception:  # a door: the other cases must go on
        logger.exception("A case could not be assessed")
        error = {"code": str(Code.INVALID_VALUE), "field": "inputs", "message": sentence(Refusal(Code.INVALID_VALUE))}
    return {"id": number, "error": error}


def parts(case: Any) -> tuple[str, Mapping[str, Any], Programme]:
    """
    A case's track, inputs and programme; the current programme unless it names another.

    :raises InvalidInput: when it is not a case
    """
    if not isinstance(case, Mapping):
        raise InvalidInput(Code.INVALID_VALUE, "case")
    number = case.get("id")
    if number is None or number == "":
        raise InvalidInput(Code.FIELD_REQUIRED, "id")
    if isinstance(number, bool) or not isinstance(number, str | int):
        raise InvalidInput(Code.INVALID_VALUE, "id")
    for name in ("track", "inputs"):
        if case.get(name) is None:
            raise InvalidInput(Code.FIELD_REQUIRED, name)
    track, inputs = case["track"], case["inputs"]
    if not isinstance(track, str) or track.lower() not in engine.ENTRIES:
        raise InvalidInput(Code.INVALID_VALUE, "track")
    if not isinstance(inputs, Mapping):
        raise InvalidInput(Code.INVALID_VALUE, "inputs")
    return track.lower(), inputs, _programme(case.get("programme"))


def _programme(code: object) -> Programme:
    if code is None:
        try:
            return current()
        except (OperationalError, ProgrammingError) as error:  # no server, no tables: the law can still be asked
            return _shipped_instead(str(error))
    found = programme_of(code) if isinstance(code, str) else None
    if found is None:
        raise InvalidInput(Code.INVALID_VALUE, "programme")
    return found


@cache
def _shipped_instead(why: str) -> Programme:
    """The shipped programme; it is said once why it answers."""
    logger.warning("The database does not answer, so the shipped programme does: %s", why)
    return from_files()


def result(track: str, inputs: Mapping[str, Any], programme: Programme) -> dict[str, Any]:
    """
    The figures, the steps that led to them, and what was found on the way.

    :raises InvalidInput: when a fact cannot be read or is out of its range
    """
    return as_plain(engine.assess(track, inputs, programme), programme)


def as_plain(assessment: Assessment, programme: Programme) -> dict[str, Any]:
    """An assessment as it is printed, sent and stored (CMP-4.6-ag): money as decimal text, words in both languages."""
    return {
        **plain(assessment.figures),
        "outcome": assessment.outcome.value,
        "programme": programme.code,
        "rule_version": programme.version,
        "steps": [_step(step) for step in assessment.steps],
        "findings": [_finding(finding) for finding in assessment.findings],
    }


def as_refusal(invalid: InvalidInput) -> Refusal:
    """What could not be read, as the doors tell it."""
    return Refusal(invalid.code, (invalid.where,), invalid.details)


def plain(value: Any) -> Any:
    """A value as JSON has it; a decimal keeps every digit."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def _step(step: Step) -> dict[str, Any]:
    return {
        "key": step.key,
        "label": _in_both(STEP.get(step.key, step.key)),
        "formula": step.formula,
        "values": {name: plain(value) for name, value in step.values},
        "value": plain(step.value),
        "unit": step.unit.value,
        "clause": step.clause,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    refusal = Refusal(finding.code, (finding.where,), finding.details, finding.clause)
    messages = {}
    for language in LANGUAGES:
        with override(language):
            messages[language] = sentence(refusal)
    return {
        "code": finding.code.value,
        "message": messages,
        "field": finding.where,
        "clause": finding.clause,
        "is_final": finding.is_final,
    }


def _in_both(words: object) -> dict[str, str]:
    texts = {}
    for language in LANGUAGES:
        with override(language):
            texts[language] = str(words)
    return texts
