"""
The conditions of the transition table (4.5): each is a question to the facts, answered by a refusal or by nothing.

A guard that only a look into other tables can answer is given its answer as a fact by the service.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from crm_portal.errors import Code, Refusal

from .codes import TripletValidation
from .fields import is_filled
from .wording import phrase_refusal


class Guard(StrEnum):
    MANUAL_OPENING_PERMITTED = "manual_opening_permitted"
    IDENTIFIED = "identified"
    REPRESENTED = "represented"
    UNDER_THE_TRIPLET_LIMIT = "under_the_triplet_limit"
    ASSIGNEE_ALLOWED = "assignee_allowed"
    TEAM_ALLOWED = "team_allowed"
    RETURN_CONFIRMED = "return_confirmed"
    VERDICT_GIVEN = "verdict_given"
    TRIPLET_CORRECTED = "triplet_corrected"
    NO_PENDING_FILE = "no_pending_file"
    NOTHING_UNREAD = "nothing_unread"
    REAL_ESTATE_FIELDS = "real_estate_fields"
    REPRESENTATION_SEEN = "representation_seen"
    REPRESENTATION_CHECKED = "representation_checked"
    NOT_ABOUT_ANOTHER = "not_about_another"
    NO_OPEN_CONSULTATION = "no_open_consultation"
    NO_FORBIDDEN_PHRASE = "no_forbidden_phrase"
    HAS_SUBSTANCE = "has_substance"
    ANSWERED_BEFORE = "answered_before"
    WINDOW_OPEN = "window_open"
    FILES_CLEAN = "files_clean"
    NOT_HELD = "not_held"
    NOT_IN_A_REAL_ESTATE_OFFICE = "not_in_a_real_estate_office"
    FILE_FAILED = "file_failed"
    WAITED_LONG_ENOUGH = "waited_long_enough"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards judge by; the defaults stand for an ordinary inquiry."""

    is_held: bool = False  # an employee has it
    holder: str = ""
    is_real_estate: bool = False
    is_in_an_office: bool = False
    verdict: TripletValidation = TripletValidation.NOT_CHECKED
    needs_verdict: bool = False  # opened by a customer or a representative
    has_customers_triplet: bool = True
    goes_to_head_team: bool = False
    goes_back: bool = False  # to a team that had it under the same triplet
    return_confirmed: bool = False
    has_pending_file: bool = False
    unread_messages: int = 0
    real_estate_fields: tuple[tuple[str, str], ...] = ()  # name and value
    is_answer: bool = False  # a reply or a message is written
    is_closing: bool = False
    representation_unverified: bool = False  # moved from real estate to income tax by the head team
    representation_seen: bool = False
    lacks_representation_check: bool = False  # real estate, own name about a client, nothing found yet
    is_marked_own_name: bool = False  # the handler marked that it concerns another entity
    closes_as_not_opened: bool = False  # without treatment, for the named reason
    open_consultations: int = 0
    forbidden_phrase: str = ""  # of what is written to the customer
    forbidden_advice: str = ""  # what to do instead
    written_in: str = "reply"  # the field it is written in
    reply_is_thin: bool = False
    thin_reply_confirmed: bool = False
    answers: int = 0
    is_in_window: bool = True
    files_clean: bool = True
    is_due: bool = False
    file_failed: bool = False


def _verdict_given(facts: Facts) -> Refusal | None:
    if not facts.needs_verdict or facts.goes_to_head_team or facts.verdict is not TripletValidation.NOT_CHECKED:
        return None
    return Refusal(Code.TRIPLET_VALIDATION_REQUIRED, ("triplet_validation",), clause="CRM-5.1.1-f")


def _triplet_corrected(facts: Facts) -> Refusal | None:
    wrong = facts.verdict is TripletValidation.INCORRECT and facts.has_customers_triplet
    if not facts.needs_verdict or facts.goes_to_head_team or not wrong:
        return None
    return Refusal(Code.TRIPLET_VALIDATION_REQUIRED, ("triplet",), clause="CRM-6.1-a")


def _real_estate_fields(facts: Facts) -> Refusal | None:
    """Asked before an answer and before closing; a phone inquiry that waits for its customer has neither."""
    missing = tuple(name for name, value in facts.real_estate_fields if not is_filled(value))
    if not facts.is_real_estate or not (facts.is_answer or facts.is_closing) or not missing:
        return None
    return Refusal(Code.RE_FIELDS_REQUIRED, missing, clause="CRM-6.6-j")


def _unless(holds: Callable[[Facts], bool], refusal: Refusal) -> Callable[[Facts], Refusal | None]:
    return lambda facts: None if holds(facts) else refusal


def _confirm(flag: str, clause: str) -> Refusal:
    return Refusal(Code.CONFIRMATION_REQUIRED, (flag,), {"confirm": flag}, clause)


def _not_about_another(facts: Facts) -> Refusal | None:
    """A marked inquiry can only be closed, without treatment and for the named reason."""
    if not facts.is_marked_own_name or facts.closes_as_not_opened:
        return None
    return Refusal(Code.OWN_NAME_ABOUT_CLIENT, clause="CRM-6.6-c")


def _representation_checked(facts: Facts) -> Refusal | None:
    """Without a representation that was found only the closing with the named reason is left (c)."""
    answers = facts.is_answer or facts.is_closing
    if not facts.lacks_representation_check or not answers or facts.closes_as_not_opened:
        return None
    return Refusal(Code.RE_POA_CHECK_REQUIRED, clause="CRM-6.6-i")


# What holds back every answer, a message too.
ANSWERING = (
    Guard.NOT_ABOUT_ANOTHER, Guard.NO_OPEN_CONSULTATION, Guard.REPRESENTATION_CHECKED, Guard.REAL_ESTATE_FIELDS,
    Guard.REPRESENTATION_SEEN, Guard.NO_FORBIDDEN_PHRASE, Guard.HAS_SUBSTANCE,
)  # fmt: skip

# What a service has already refused with its own words before the table is asked.
JUDGED_BY_SERVICE = frozenset(
    {Guard.MANUAL_OPENING_PERMITTED, Guard.IDENTIFIED, Guard.REPRESENTED, Guard.UNDER_THE_TRIPLET_LIMIT,
     Guard.ASSIGNEE_ALLOWED, Guard.TEAM_ALLOWED}
)  # fmt: skip

JUDGE: Mapping[Guard, Callable[[Facts], Refusal | None]] = MappingProxyType(
    {
        Guard.RETURN_CONFIRMED: _unless(
            lambda facts: not facts.goes_back or facts.return_confirmed, _confirm("confirm_return", "CRM-5.1.1-c")
        ),
        Guard.VERDICT_GIVEN: _verdict_given,
        Guard.TRIPLET_CORRECTED: _triplet_corrected,
        Guard.NO_PENDING_FILE: _unless(
            lambda facts: not facts.has_pending_file, Refusal(Code.FILE_PENDING, ("files",), clause="CRM-5.2.7-b")
        ),
        Guard.NOTHING_UNREAD: lambda facts: (
            Refusal(Code.STALE_VERSION, ("messages",), {"unread": facts.unread_messages}, "CRM-5.2.7-b")
            if facts.unread_messages
            else None
        ),
        Guard.REAL_ESTATE_FIELDS: _real_estate_fields,
        Guard.REPRESENTATION_SEEN: _unless(
            lambda facts: not (facts.is_answer and facts.representation_unverified) or facts.representation_seen,
            _confirm("confirm_representation", "CRM-6.4-d"),
        ),
        Guard.NOT_ABOUT_ANOTHER: _not_about_another,
        Guard.REPRESENTATION_CHECKED: _representation_checked,
        Guard.NO_OPEN_CONSULTATION: lambda facts: (
            Refusal(Code.CONSULTATION_OPEN, clause="CRM-6.5-b")
            if facts.open_consultations and (facts.is_answer or facts.is_closing)
            else None
        ),
        Guard.NO_FORBIDDEN_PHRASE: lambda facts: (
            phrase_refusal(facts.forbidden_phrase, facts.forbidden_advice, field=facts.written_in)
            if facts.forbidden_phrase
            else None
        ),
        Guard.HAS_SUBSTANCE: _unless(
            lambda facts: not (facts.is_answer and facts.reply_is_thin) or facts.thin_reply_confirmed,
            _confirm("confirm_thin_reply", "CRM-6.5-a"),
        ),
        Guard.ANSWERED_BEFORE: _unless(lambda facts: facts.answers > 0, Refusal(Code.INVALID_TRANSITION, clause="T13")),
        Guard.WINDOW_OPEN: _unless(
            lambda facts: facts.is_in_window,
            Refusal(Code.CORRESPONDENCE_WINDOW_CLOSED, ("text",), clause="CRM-2.2.4-b"),
        ),
        Guard.FILES_CLEAN: _unless(
            lambda facts: facts.files_clean, Refusal(Code.FILE_PENDING, ("files",), clause="CRM-5.2.11-a")
        ),
        Guard.NOT_HELD: lambda facts: (
            Refusal(Code.CANCEL_ASSIGNED, details={"holder": facts.holder}, clause="CRM-5.2.9-a")
            if facts.is_held
            else None
        ),
        Guard.NOT_IN_A_REAL_ESTATE_OFFICE: _unless(
            lambda facts: not (facts.is_real_estate and facts.is_in_an_office),
            Refusal(Code.CANCEL_REAL_ESTATE_OFFICE, clause="CRM-5.2.9-b"),
        ),
        Guard.FILE_FAILED: _unless(lambda facts: facts.file_failed, Refusal(Code.INVALID_TRANSITION, clause="T17")),
        Guard.WAITED_LONG_ENOUGH: _unless(
            lambda facts: facts.is_due, Refusal(Code.INVALID_TRANSITION, clause="CRM-5.2.11-b")
        ),
    }
)
