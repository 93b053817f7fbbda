"""One-time codes: how long they hold, how often they may be tried, and when a new one may be asked for."""

from datetime import datetime, timedelta
from enum import StrEnum

from crm_portal.errors import Code, Refusal

DIGITS = 6
VALID_FOR = timedelta(minutes=10)
TRIES = 5
RESEND_AFTER = timedelta(seconds=60)
WINDOW = timedelta(minutes=15)  # in which so many codes are sent at most
CODES_FOR_ONE_PERSON = 5
CODES_FROM_ONE_ADDRESS = 30
MESSAGE_KEY = "one_time_code"  # with the code's id: the key of its message in the outbox


class CodePurpose(StrEnum):
    """What somebody proves by typing a code back."""

    SIGN_IN = "sign_in"
    CONFIRM_EMAIL = "confirm_email"
    CONFIRM_MOBILE = "confirm_mobile"


def refusal(
    *, at: datetime, expires_at: datetime, used_at: datetime | None, tries: int, is_right: bool
) -> Refusal | None:
    """Why a typed code does not open; None when it does."""
    if used_at is not None:
        return Refusal(Code.CODE_USED, ("code",))
    if at >= expires_at or tries >= TRIES:
        return Refusal(Code.CODE_EXPIRED, ("code",))
    if not is_right:
        return Refusal(Code.CODE_WRONG, ("code",))
    return None


def sending_refusal(*, at: datetime, for_person: list[datetime], from_address: int) -> Refusal | None:
    """
    Why no further code is sent now, given when the last ones for this person and how many from this address were.

    `for_person` is in order and, like the count, covers the window only.
    """
    if for_person and at - for_person[-1] < RESEND_AFTER:
        return Refusal(Code.CODE_TOO_SOON, ("code",), {"seconds": int(RESEND_AFTER.total_seconds())})
    if len(for_person) >= CODES_FOR_ONE_PERSON or from_address >= CODES_FROM_ONE_ADDRESS:
        return Refusal(Code.TOO_MANY_ATTEMPTS, (), {"minutes": int(WINDOW.total_seconds() // 60)})
    return None
