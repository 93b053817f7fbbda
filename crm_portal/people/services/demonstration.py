"""Accounts of a demonstration, whose means of entry the sign-in page shows to everybody."""

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from ..models import DemonstrationAccount, User
from . import second_factor


def show(*, user: User, password: str = "", about: str = "", place: int = 0) -> DemonstrationAccount:
    """
    Put an account on the sign-in page; an employee gets this password and an authenticator secret made of the name.

    :raises RuntimeError: outside a demonstration
    """
    if not settings.DEMONSTRATION:
        raise RuntimeError("Accounts are shown in a demonstration only (DEMONSTRATION=1).")
    if user.is_employee:
        if not user.check_password(password):  # setting it again would sign everybody out
            user.set_password(password)
            user.save(update_fields=["password"])
        if not second_factor.is_enrolled(user):
            second_factor.keep_secret(user=user, secret=secret_of(user.username))
    account, _ = DemonstrationAccount.objects.update_or_create(
        user=user, defaults={"password": password, "about": about, "place": place}
    )
    return account


def secret_of(username: str) -> str:
    """The authenticator secret of a demonstration's employee: everybody can work it out, and that is the purpose."""
    return base64.b32encode(hashlib.sha256(f"demonstration:{username}".encode()).digest()[:20]).decode()


# What each app plays into a demonstration, in the order of the apps; a play may be called again and adds nothing.
PLAYS: dict[str, Callable[[datetime], None]] = {}


def register_play(app: str, play: Callable[[datetime], None]) -> None:
    """Add an app's play; call it in the app's `ready`. It is given the instant at which the demonstration ends."""
    PLAYS[app] = play
