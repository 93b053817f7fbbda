"""Questions about people that pages ask."""

import re
from dataclasses import dataclass

from django.conf import settings

from crm_portal.messaging.models import Notification

from .models import DemonstrationAccount, User
from .rules.one_time_codes import MESSAGE_KEY
from .rules.roles import UserKind


@dataclass(frozen=True, slots=True)
class Shown:
    """One account of the demonstration's list."""

    user: User
    about: str
    username: str = ""  # of an employee, with password
    password: str = ""
    id_number: str = ""  # of a customer
    card_number: str = ""  # of a representative


def demonstration_accounts(kind: UserKind) -> list[Shown]:
    """The accounts of one kind that the sign-in page lists; none outside a demonstration."""
    if not settings.DEMONSTRATION:
        return []
    accounts = DemonstrationAccount.objects.filter(user__kind=kind.value, user__is_active=True)
    accounts = accounts.select_related("user__customer", "user__representative_card__representative")
    return [_shown(account) for account in accounts]


def demonstration_code(code_id: int | None) -> str:
    """The digits of a one-time code as they stand in the outbox; only a demonstration may show them."""
    if not settings.DEMONSTRATION or code_id is None:
        return ""
    message = Notification.objects.filter(dedupe_key=f"{MESSAGE_KEY}:{code_id}").first()
    found = re.search(r"\b\d{6}\b", message.body) if message else None
    return found[0] if found else ""


def _shown(account: DemonstrationAccount) -> Shown:
    user = account.user
    if user.is_employee:
        return Shown(user, account.about, username=user.username, password=account.password)
    if user.kind == UserKind.CUSTOMER.value:
        return Shown(user, account.about, id_number=user.customer.id_number)
    return Shown(user, account.about, card_number=user.representative_card.card_number)
