"""
The preconditions of table 3.2: what must hold before a record may be supplied, and the code for what does not.

Each function takes what a row says, already read, and the day on which it is made available, and answers with every
condition that is violated (CRD-0-f). A fact that is not there violates nothing here: that it is missing is said by
the reading of the row. What a source does not state about its own system counts against the supply.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from . import deadlines
from .codes import AppealStatus, JudgmentNature, RecordKind
from .levels import is_loan
from .parameters import DEFAULTS, Parameters
from .reasons import Reason

RECEIVING_ORDERS_AFTER = date(2002, 2, 1)
BLOCKING_APPEALS = frozenset({AppealStatus.PENDING, AppealStatus.ALLOWED})

Facts = Mapping[str, Any]
Fault = tuple[str, StrEnum]  # the field and the code
Condition = Callable[[Facts, date, Parameters], Iterator[Fault]]


class StayReason(StrEnum):
    """Why proceedings are stayed (CRD-7-f)."""

    JOINED_TO_CONSOLIDATION = "JOINED_TO_CONSOLIDATION"
    OTHER = "OTHER"


def violated(kind: RecordKind, facts: Facts, on: date, parameters: Parameters = DEFAULTS) -> tuple[Fault, ...]:
    """Every precondition of a kind that the facts violate on the day they are made available, in the table's order."""
    return tuple(CONDITIONS[kind](facts, on, parameters))


def _receiving_order(facts: Facts, on: date, parameters: Parameters) -> Iterator[Fault]:
    order_date = facts.get("order_date")
    if order_date is not None and order_date <= RECEIVING_ORDERS_AFTER:
        yield "order_date", Reason.RO_ORDER_NOT_AFTER_2002_02_01
    if facts.get("cancelled"):
        yield "cancelled", Reason.RO_ORDER_CANCELLED


def _bankruptcy_update(facts: Facts, on: date, parameters: Parameters) -> Iterator[Fault]:
    order_date, event_date = facts.get("order_date"), facts.get("event_date")
    if order_date is None:
        yield "case_number", Reason.PARENT_ORDER_UNKNOWN
    elif event_date is not None and event_date < order_date:
        yield "event_date", Reason.EVENT_BEFORE_ORDER


def _judgment_file(facts: Facts, on: date, parameters: Parameters) -> Iterator[Fault]:
    if facts.get("judgment_nature") is JudgmentNature.MAINTENANCE:
        yield "judgment_nature", Reason.EO_MAINTENANCE_JUDGMENT
    yield from _execution_file(facts, on, parameters)


def _execution_file(facts: Facts, on: date, parameters: Parameters) -> Iterator[Fault]:
    """The four conditions of regulation 7(b)."""
    opened_on, served_on = facts.get("opened_on"), facts.get("warning_served_on")
    if opened_on is not None and opened_on <= parameters.commencement:
        yield "opened_on", Reason.EO_FILE_NOT_AFTER_COMMENCEMENT
    if not facts.get("warning_recorded_served"):
        yield "warning_recorded_served", Reason.EO_WARNING_NOT_SERVED
    if served_on is not None and not deadlines.waited(served_on, on, parameters):
        yield "warning_served_on", Reason.EO_WARNING_UNDER_60_DAYS
    if facts.get("stay_order") and facts.get("stay_reason") is not StayReason.JOINED_TO_CONSOLIDATION:
        yield "stay_order", Reason.EO_PROCEEDINGS_STAYED


def _consolidation(facts: Facts, on: date, parameters: Parameters) -> Iterator[Fault]:
    yield from _execution_file(facts, on, parameters)
    if not facts.get("file_numbers"):
        yield "file_numbers", Reason.CONSOLIDATION_EMPTY


def _limited_means(facts: Facts, on: date, parameters: Parameters) -> Iterator[Fault]:
    declared_on = facts.get("declared_on")
    if declared_on is not None and on < declared_on:
        yield "declared_on", Reason.NOT_YET_DECLARED


def _restriction(facts: Facts, on: date, parameters: Parameters) -> Iterator[Fault]:
    base, start, end = facts.get("base_event_on"), facts.get("start_date"), facts.get("end_date")
    if base is not None and not deadlines.waited(base, on, parameters):
        yield "base_event_on", Reason.BOI_UNDER_60_DAYS
    if appeal_blocks(facts, parameters):
        yield "appeal_status", Reason.BOI_APPEAL_PENDING
    if facts.get("order_preventing_start"):
        yield "order_preventing_start", Reason.BOI_START_PREVENTED
    if start is not None and end is not None and end <= start:
        yield "end_date", Reason.PERIOD_INVALID


def appeal_blocks(facts: Facts, parameters: Parameters = DEFAULTS) -> bool:
    """
    Whether an appeal stands in the way: pending or allowed, notified by registered mail with a copy of it within the
    days of waiting (CRD-13-c). What the Bank does not state about the notice counts as in order.
    """
    if facts.get("appeal_status") not in BLOCKING_APPEALS:
        return False
    if facts.get("registered_mail") is False or facts.get("copy_attached") is False:
        return False
    base, notified_on = facts.get("base_event_on"), facts.get("appeal_notified_on")
    return base is None or notified_on is None or notified_on <= deadlines.waiting_ends(base, parameters)


def _account_holder(facts: Facts, on: date, parameters: Parameters) -> Iterator[Fault]:
    if facts.get("account_holder") is False:
        yield "account_holder", Reason.NOT_ACCOUNT_HOLDER


def _cheque_warning(facts: Facts, on: date, parameters: Parameters) -> Iterator[Fault]:
    if facts.get("under_dishonoured_cheques_law") is False:  # another letter of the bank (CRD-16-a)
        yield "under_dishonoured_cheques_law", Reason.KIND_NOT_OF_SOURCE
    yield from _account_holder(facts, on, parameters)


def _debt(facts: Facts, on: date, parameters: Parameters) -> Iterator[Fault]:
    arose_on = facts.get("arose_on")
    if arose_on is not None and arose_on > on:
        yield "arose_on", Reason.DATE_IN_FUTURE
    if not facts.get("authorised_kind"):
        yield "authorised_kind", Reason.AUTHORISED_KIND_MISSING


def _occupation(facts: Facts, on: date, parameters: Parameters) -> Iterator[Fault]:
    order_date, end_date = facts.get("order_date"), facts.get("end_date")
    if order_date is not None and end_date is not None and end_date < order_date:
        yield "end_date", Reason.PERIOD_INVALID


def _loan(facts: Facts, on: date, parameters: Parameters) -> Iterator[Fault]:
    granted_on = facts.get("granted_on")
    yield from _basis(facts, granted_on, "granted_on", parameters)
    if granted_on is not None and not is_loan(granted_on, facts.get("repayable_on")):
        yield "repayable_on", Reason.NOT_A_LOAN


def _credit_line(facts: Facts, on: date, parameters: Parameters) -> Iterator[Fault]:
    yield from _basis(facts, facts.get("given_on"), "given_on", parameters)
    if not facts.get("on_current_account"):
        yield "on_current_account", Reason.NOT_A_CREDIT_LINE


def _basis(facts: Facts, given_on: date | None, field: str, parameters: Parameters) -> Iterator[Fault]:
    """A basis (CRD-26-a), and for credit of the past the window of five years (CRD-38-a, d)."""
    if not facts.get("has_basis"):
        yield "id_number", Reason.CONSENT_WITHDRAWN if facts.get("is_withdrawn") else Reason.NO_POSITIVE_BASIS
    if given_on is None or not facts.get("is_past_credit"):
        return
    approached_on = facts.get("approached_on")
    if approached_on is None or not deadlines.in_history(given_on, approached_on, parameters):
        yield field, Reason.OUTSIDE_HISTORY_WINDOW


CONDITIONS: Mapping[RecordKind, Condition] = MappingProxyType(
    {
        RecordKind.RECEIVING_ORDER: _receiving_order,
        RecordKind.BANKRUPTCY_UPDATE: _bankruptcy_update,
        RecordKind.JUDGMENT_FILE: _judgment_file,
        RecordKind.NOTE_FILE: _execution_file,
        RecordKind.FILE_CONSOLIDATION: _consolidation,
        RecordKind.LIMITED_MEANS_DEBTOR: _limited_means,
        RecordKind.BOI_RESTRICTION: _restriction,
        RecordKind.CHEQUE_REFUSAL_WARNING: _cheque_warning,
        RecordKind.INTENDED_PROCEEDINGS_WARNING: _account_holder,
        RecordKind.AUTHORISED_DEBT: _debt,
        RecordKind.OCCUPATION_RESTRICTION: _occupation,
        RecordKind.LOAN: _loan,
        RecordKind.CREDIT_LINE: _credit_line,
    }
)
