"""The second factor of employees: codes of an authenticator app (TOTP) and recovery codes, kept by allauth."""

from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db import transaction

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refusal, refuse

from ..models import User

LAST_STEP = "last_step"  # in the authenticator's data: no code of this 30-second step or an earlier one opens again


def is_enrolled(user: User) -> bool:
    """Whether the employee has set up an authenticator app."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


@transaction.atomic
def check(*, user: User, typed: str, at: datetime) -> Refusal | None:
    """Why the typed code does not open; None when it does, and then it is used up."""
    typed = "".join(typed.split())
    if len(typed) == app_settings.RECOVERY_CODE_DIGITS:
        return _check_recovery_code(user, typed)
    authenticator = Authenticator.objects.select_for_update().filter(user=user, type=Authenticator.Type.TOTP).first()
    if authenticator is None:
        return Refusal(Code.SIGN_IN_REFUSED, ("code",))
    step = _step_of(decrypt(authenticator.data["secret"]), typed, at)
    if step is None:
        return Refusal(Code.CODE_WRONG, ("code",), {"because": "totp_wrong"})
    if step <= authenticator.data.get(LAST_STEP, 0):
        return Refusal(Code.CODE_USED, ("code",), {"because": "totp_used"})
    authenticator.data[LAST_STEP] = step
    authenticator.last_used_at = at
    authenticator.save(update_fields=["data", "last_used_at"])
    return None


@command("second_factor.enrol")
def enrol(*, user: User, secret: str, typed: str, by: User | None, at: datetime) -> None:
    """
    Keep the secret of an authenticator app that proved to have it, and make recovery codes.

    :raises Refused: CODE_WRONG when the app shows another code, DUPLICATE when one is set up already
    """
    User.objects.select_for_update().get(pk=user.pk)
    if is_enrolled(user):
        raise refuse(Code.DUPLICATE, "code")
    step = _step_of(secret, "".join(typed.split()), at)
    if step is None:
        raise refuse(Code.CODE_WRONG, "code", because="totp_wrong")
    keep_secret(user=user, secret=secret, last_step=step)
    RecoveryCodes.activate(user)
    record("second_factor.enrol", by=by, at=at, target=user)


@command("second_factor.reset")
def reset(*, user: User, by: User | None, at: datetime) -> None:
    """Forget the employee's app and recovery codes, as when the phone is lost; the next sign-in sets up another."""
    Authenticator.objects.filter(user=user).delete()
    record("second_factor.reset", by=by, at=at, target=user)


def keep_secret(*, user: User, secret: str, last_step: int = 0) -> None:
    """Give the account this secret."""
    authenticator = TOTP.activate(user, secret).instance
    authenticator.data[LAST_STEP] = last_step
    authenticator.save(update_fields=["data"])


def unseen_recovery_codes(user: User) -> list[str]:
    """The recovery codes that were never shown; none when they were."""
    instance = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    if instance is None or RecoveryCodes(instance).did_view:
        return []
    codes = RecoveryCodes(instance)
    codes.mark_as_viewed()
    return list(codes.get_unused_codes())


def current_code(*, user: User, at: datetime) -> str:
    """The code that the employee's app would show and that still opens; only demonstrations ask."""
    instance = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if instance is None:
        return ""
    step = max(_step(at), instance.data.get(LAST_STEP, 0) + 1)
    return str(format_hotp_value(hotp_value(decrypt(instance.data["secret"]), step)))


def _check_recovery_code(user: User, typed: str) -> Refusal | None:
    instance = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    if instance is None or not RecoveryCodes(instance).validate_code(typed):
        return Refusal(Code.CODE_WRONG, ("code",))
    return None


def _step(at: datetime) -> int:
    return int(at.timestamp()) // int(app_settings.TOTP_PERIOD)


def _step_of(secret: str, typed: str, at: datetime) -> int | None:
    tolerance = app_settings.TOTP_TOLERANCE
    for step in range(_step(at) - tolerance, _step(at) + tolerance + 1):
        if compare_user_code(actual=typed, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None
