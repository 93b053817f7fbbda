"""The two counted limits: open inquiries in one triplet (2.2.6) and unanswered messages (2.2.4)."""

from collections.abc import Sequence

from crm_portal.errors import Code, Refusal


def has_open_limit(*, is_real_estate: bool, by_representative: bool, customer_is_company: bool) -> bool:
    """Whether the limit of open inquiries counts; it does but for a company's real-estate representative (2.2.6-b)."""
    return not (is_real_estate and by_representative and customer_is_company)


def open_refusal(open_numbers: Sequence[str], *, limit: int) -> Refusal | None:
    """Refuse one more inquiry in a triplet that has `limit` open ones, naming them (CRM-2.2.6-a)."""
    if len(open_numbers) < limit:
        return None
    return Refusal(
        Code.OPEN_LIMIT_REACHED, ("triplet",), {"limit": limit, "numbers": list(open_numbers)}, "CRM-2.2.6-a"
    )


def message_refusal(open_messages: int, *, limit: int) -> Refusal | None:
    """Refuse one more message of the customer before an employee answered (CRM-2.2.4-a)."""
    if open_messages < limit:
        return None
    return Refusal(Code.CORRESPONDENCE_LIMIT_REACHED, ("text",), {"limit": limit}, "CRM-2.2.4-a")
