"""
The life of a response template as data, and how its text is filled (2.2.5).

Nobody approves what he wrote himself [A-34]; an edit of an approved template stops its use until it is approved again.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from crm_portal.errors import Code, Refusal

from .codes import TemplateState

CUSTOMER_NAME, INQUIRY_NUMBER = "customer_name", "inquiry_number"
PLACEHOLDERS = (CUSTOMER_NAME, INQUIRY_NUMBER)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NOT_OPENED = "not_opened_for_customer"  # the shipped template of CRM-6.6-d


class Step(StrEnum):
    """What is done to a template."""

    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    RETIRE = "retire"


class Hand(StrEnum):
    """In which capacity somebody does it."""

    AUTHOR = "author"
    APPROVER = "approver"  # manager or deputy of the owning unit; for a global one the CRM department
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Move:
    """One row: from which states a step leads where, and whose it is."""

    sources: Mapping[TemplateState, TemplateState]
    by: Hand
    by_another: bool = False  # never by who wrote it


_S = TemplateState
MOVES: Mapping[Step, Move] = MappingProxyType(
    {
        Step.EDIT: Move(
            MappingProxyType(
                {
                    _S.DRAFT: _S.DRAFT,
                    _S.REJECTED: _S.DRAFT,
                    _S.PENDING_APPROVAL: _S.PENDING_APPROVAL,
                    _S.APPROVED: _S.PENDING_APPROVAL,
                }
            ),
            Hand.EITHER,
        ),
        Step.SUBMIT: Move(MappingProxyType({_S.DRAFT: _S.PENDING_APPROVAL}), Hand.EITHER),
        Step.APPROVE: Move(MappingProxyType({_S.PENDING_APPROVAL: _S.APPROVED}), Hand.APPROVER, by_another=True),
        Step.REJECT: Move(MappingProxyType({_S.PENDING_APPROVAL: _S.REJECTED}), Hand.APPROVER, by_another=True),
        Step.RETIRE: Move(
            MappingProxyType(dict.fromkeys((_S.DRAFT, _S.REJECTED, _S.PENDING_APPROVAL, _S.APPROVED), _S.RETIRED)),
            Hand.EITHER,
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for a step, seen from the template."""

    is_author: bool  # wrote the template, or its present version
    is_approver: bool


def refusals(step: Step, state: TemplateState, who: Asking) -> Iterator[Refusal]:
    """Why a step is refused; nothing when it may be taken."""
    move = MOVES[step]
    allowed = who.is_approver or (move.by is Hand.EITHER and who.is_author)
    if not allowed:
        yield Refusal(Code.PERMISSION_DENIED, clause="CRM-2.2.5-b")
    elif move.by_another and who.is_author:
        yield Refusal(Code.PERMISSION_DENIED, (), {"because": "own_template"}, "CRM-2.2.5-b")
    if state not in move.sources:
        yield Refusal(Code.INVALID_TRANSITION, (), {"because": "template_state"}, "CRM-2.2.5-b")


def steps_for(state: TemplateState, who: Asking) -> tuple[Step, ...]:
    """The steps that may be taken now, in the order of the buttons."""
    return tuple(step for step in Step if not any(refusals(step, state, who)))


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces and is no placeholder that can be filled."""
    return [name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled; anything else stays as it is (CRM-2.2.5-a)."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
