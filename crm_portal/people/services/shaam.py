"""The one more identification a day that the information extension asks of an employee (CRM-4.7-a)."""

from datetime import datetime

from django.db import transaction

from crm_portal import registers
from crm_portal.audit.services.recording import record, record_refusal
from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured
from crm_portal.errors import Code, Refusal, Refused
from crm_portal.worktime.rules.periods import day_of

from ..models import ShaamIdentification, User

ACTION = "information.identify"


def is_identified(user: User, at: datetime) -> bool:
    """Whether the employee gave the Shaam password on this day; at midnight it ends."""
    return ShaamIdentification.objects.filter(user=user, day=day_of(at), identified_at__isnull=False).exists()


@transaction.atomic
def identify(*, by: User, at: datetime, password: str) -> Refusal | None:
    """
    Identify an employee to Shaam for the rest of the day; gives why not, and None when the password was right.

    A wrong try is counted and audited, so it is an answer and no exception, which would undo the count. The day's row
    is locked first: tries sent at once are judged one after another.

    :raises RegisterUnavailable: when Shaam cannot be asked; that counts as no try
    """
    if not password:
        return Refusal(Code.FIELD_REQUIRED, ("password",), clause="CRM-4.7-a")
    ShaamIdentification.objects.get_or_create(user=by, day=day_of(at))
    today = ShaamIdentification.objects.select_for_update().get(user=by, day=day_of(at))
    tries = configured(options.SHAAM_PASSWORD_TRIES)
    if today.wrong_tries >= tries:
        return _refused(by, at, because="shaam_locked", left=0)
    if not registers.shaam(by=by, at=at).password_matches(by.username, password):
        today.wrong_tries += 1
        today.save(update_fields=["wrong_tries"])
        left = tries - today.wrong_tries
        return _refused(by, at, because="shaam_wrong" if left else "shaam_locked", left=left)
    today.identified_at = at
    today.save(update_fields=["identified_at"])
    record(ACTION, by=by, at=at, target=by)
    return None


def forget(*, user: User) -> None:
    """End the employee's identification when he signs out; his wrong tries of the day stay counted."""
    ShaamIdentification.objects.filter(user=user, identified_at__isnull=False).update(identified_at=None)


def _refused(by: User, at: datetime, *, because: str, left: int) -> Refusal:
    refusal = Refusal(Code.REAUTH_REQUIRED, ("password",), {"because": because, "left": left}, "CRM-4.7-a")
    record_refusal(ACTION, Refused(refusal), by=by, at=at, target_type="user", target_id=str(by.pk))
    return refusal
