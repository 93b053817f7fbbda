"""
What the portal refuses, and how a refusal travels.

A rule returns a :class:`Refusal`; a service raises :class:`Refused`; only a door (page, API, task, command) turns
it into words, which `crm_portal.sentences` keeps. The codes and their HTTP statuses are section 3 of the CRM
specification.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """Every code a refusal may carry. The value is what the API and the audit show."""

    FIELD_REQUIRED = "FIELD_REQUIRED"
    INVALID_VALUE = "INVALID_VALUE"
    INVALID_TRANSITION = "INVALID_TRANSITION"
    STALE_VERSION = "STALE_VERSION"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    NOT_ASSIGNED_TO_YOU = "NOT_ASSIGNED_TO_YOU"
    VIEW_ONLY = "VIEW_ONLY"
    ALREADY_ASSIGNED = "ALREADY_ASSIGNED"
    NOT_TEAM_MEMBER = "NOT_TEAM_MEMBER"
    TEAM_NOT_ALLOWED_FOR_TRIPLET = "TEAM_NOT_ALLOWED_FOR_TRIPLET"
    INQUIRY_CLOSED = "INQUIRY_CLOSED"
    REPLY_NOT_ALLOWED_PHONE = "REPLY_NOT_ALLOWED_PHONE"
    OPEN_LIMIT_REACHED = "OPEN_LIMIT_REACHED"
    CORRESPONDENCE_LIMIT_REACHED = "CORRESPONDENCE_LIMIT_REACHED"
    CORRESPONDENCE_WINDOW_CLOSED = "CORRESPONDENCE_WINDOW_CLOSED"
    CANCEL_ASSIGNED = "CANCEL_ASSIGNED"
    CANCEL_REAL_ESTATE_OFFICE = "CANCEL_REAL_ESTATE_OFFICE"
    IDENTIFICATION_REQUIRED = "IDENTIFICATION_REQUIRED"
    POA_MISSING = "POA_MISSING"
    POA_REQUEST_NOT_APPROVED = "POA_REQUEST_NOT_APPROVED"
    POA_NOT_IN_ASSESSMENT = "POA_NOT_IN_ASSESSMENT"
    REGISTER_UNAVAILABLE = "REGISTER_UNAVAILABLE"
    OWN_NAME_ABOUT_CLIENT = "OWN_NAME_ABOUT_CLIENT"
    RE_POA_CHECK_REQUIRED = "RE_POA_CHECK_REQUIRED"
    RE_FIELDS_REQUIRED = "RE_FIELDS_REQUIRED"
    CROSS_SYSTEM_HEAD_TEAM_ONLY = "CROSS_SYSTEM_HEAD_TEAM_ONLY"
    RE_REP_TO_INCOME_TAX = "RE_REP_TO_INCOME_TAX"
    TRIPLET_INTERNAL = "TRIPLET_INTERNAL"
    ROUTING_FIELDS_FORBIDDEN = "ROUTING_FIELDS_FORBIDDEN"
    TRIPLET_VALIDATION_REQUIRED = "TRIPLET_VALIDATION_REQUIRED"
    TRIPLET_INVALID = "TRIPLET_INVALID"
    TEMPLATE_NOT_APPROVED = "TEMPLATE_NOT_APPROVED"
    ADDRESS_NOT_REGISTERED = "ADDRESS_NOT_REGISTERED"
    CUSTOMER_NOT_VERIFIED = "CUSTOMER_NOT_VERIFIED"
    REAUTH_REQUIRED = "REAUTH_REQUIRED"
    READ_ONLY = "READ_ONLY"
    FORBIDDEN_PHRASE = "FORBIDDEN_PHRASE"
    CONSULTATION_OPEN = "CONSULTATION_OPEN"
    FILE_PENDING = "FILE_PENDING"
    FILE_REJECTED = "FILE_REJECTED"
    MANUAL_OPEN_NOT_ALLOWED = "MANUAL_OPEN_NOT_ALLOWED"
    ORIGIN_ABROAD_BLOCKED = "ORIGIN_ABROAD_BLOCKED"
    FILTER_ONLY_IN_FULL_VIEW = "FILTER_ONLY_IN_FULL_VIEW"
    CONFIRMATION_REQUIRED = "CONFIRMATION_REQUIRED"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    DUPLICATE = "DUPLICATE"
    CARD_REFUSED = "CARD_REFUSED"
    # Sign-in. The specification names no codes for these; they follow its manner.
    SIGN_IN_REFUSED = "SIGN_IN_REFUSED"
    CODE_WRONG = "CODE_WRONG"
    CODE_EXPIRED = "CODE_EXPIRED"
    CODE_USED = "CODE_USED"
    CODE_TOO_SOON = "CODE_TOO_SOON"
    TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS"


_CONFLICT = (
    Code.INVALID_TRANSITION, Code.STALE_VERSION, Code.ALREADY_ASSIGNED, Code.INQUIRY_CLOSED, Code.OPEN_LIMIT_REACHED,
    Code.CORRESPONDENCE_LIMIT_REACHED, Code.CORRESPONDENCE_WINDOW_CLOSED, Code.CANCEL_ASSIGNED,
    Code.CANCEL_REAL_ESTATE_OFFICE, Code.OWN_NAME_ABOUT_CLIENT, Code.RE_POA_CHECK_REQUIRED,
    Code.TEMPLATE_NOT_APPROVED, Code.CONSULTATION_OPEN, Code.FILE_PENDING, Code.DUPLICATE,
)  # fmt: skip
_FORBIDDEN = (
    Code.NOT_ASSIGNED_TO_YOU, Code.VIEW_ONLY, Code.NOT_TEAM_MEMBER, Code.IDENTIFICATION_REQUIRED, Code.POA_MISSING,
    Code.POA_REQUEST_NOT_APPROVED, Code.POA_NOT_IN_ASSESSMENT, Code.CROSS_SYSTEM_HEAD_TEAM_ONLY,
    Code.RE_REP_TO_INCOME_TAX, Code.ADDRESS_NOT_REGISTERED, Code.CUSTOMER_NOT_VERIFIED, Code.MANUAL_OPEN_NOT_ALLOWED,
    Code.ORIGIN_ABROAD_BLOCKED, Code.PERMISSION_DENIED,
)  # fmt: skip
_UNAUTHORISED = (Code.REAUTH_REQUIRED, Code.CARD_REFUSED, Code.SIGN_IN_REFUSED)

HTTP_STATUS: dict[StrEnum, int] = {
    **dict.fromkeys(Code, 400),
    **dict.fromkeys(_CONFLICT, 409),
    **dict.fromkeys(_FORBIDDEN, 403),
    **dict.fromkeys(_UNAUTHORISED, 401),
    Code.OUT_OF_SCOPE: 404,
    Code.READ_ONLY: 405,
    Code.CODE_TOO_SOON: 429,
    Code.TOO_MANY_ATTEMPTS: 429,
    Code.REGISTER_UNAVAILABLE: 503,
}


def register(statuses: Mapping[Any, int]) -> None:
    """Make an app's own codes known, each with its HTTP status; its sentences go to `crm_portal.sentences`."""
    HTTP_STATUS.update(statuses)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why something is refused: the code, the fields it concerns and what the sentence needs to say."""

    code: StrEnum  # a `Code`, or one that an app registered
    fields: tuple[str, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)
    clause: str = ""


class Refused(Exception):  # noqa: N818 - it is the domain's word, and not always an error
    """A command was refused, for the reasons it carries. Nothing was changed."""

    def __init__(self, *refusals: Refusal) -> None:
        if not refusals:
            raise ValueError("A refusal needs a reason.")
        super().__init__(", ".join(refusal.code for refusal in refusals))
        self.refusals = refusals
        # Whoever rolls back a transaction around the refused command calls it: the audit's row went with it.
        self.after_roll_back: Callable[[], None] | None = None

    @property
    def code(self) -> StrEnum:
        """The first reason's code, which decides the HTTP status."""
        return self.refusals[0].code


def refuse(code: StrEnum, *fields: str, clause: str = "", **details: object) -> Refused:
    """Build the exception for one reason: ``raise refuse(Code.FIELD_REQUIRED, "reply", clause="5.2")``."""
    return Refused(Refusal(code, tuple(fields), details, clause))


def refuse_if(refusals: Iterable[Refusal]) -> None:
    """
    Go on when there is nothing to refuse.

    :raises Refused: with all the reasons, in their order
    """
    if reasons := tuple(refusals):
        raise Refused(*reasons)
