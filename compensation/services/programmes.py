"""What the manager keeps of a programme: figures and dates with their history, and border settlements."""

from datetime import date, datetime

from django.db.models import F

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User

from ..models import Programme, ProgrammeParameter, Town
from ..rules.access import Action
from ..rules.assembling import PARAMETERS


@command("programme.set_parameter")
def set_parameter(
    *, code: str, key: str, value: str, valid_from: date, reason: str, by: User, at: datetime
) -> ProgrammeParameter:
    """
    Let a figure or a date hold from a day; what held before stays in the history.

    :raises Refused: when the role, the key, the value or a missing reason forbids it
    """
    _refuse_who_may_not(by)
    programme = Programme.objects.select_for_update().get(code=code)
    if key not in PARAMETERS:
        raise refuse(Code.INVALID_VALUE, "key")
    try:
        PARAMETERS[key](value)
    except (ValueError, ArithmeticError):
        raise refuse(Code.INVALID_VALUE, "value") from None
    if not reason.strip():
        raise refuse(Code.FIELD_REQUIRED, "reason")
    held = programme.parameters.filter(key=key, valid_from__lte=valid_from).order_by("valid_from", "pk").last()
    last = held or programme.parameters.filter(key=key).first()
    row = programme.parameters.create(
        key=key,
        value=value,
        clause=last.clause if last else "1.3",
        valid_from=valid_from,
        reason=reason.strip(),
        set_by=by,
        set_at=at,
    )
    _changed(programme)
    before = {key: held.value} if held else {}
    record("programme.set_parameter", by=by, at=at, target=programme, before=before, after={key: value})
    return row


@command("programme.mark_border_settlement")
def mark_border_settlement(*, town_id: int, is_border: bool, reason: str, by: User, at: datetime) -> Town:
    """
    Say whether a town was declared a border settlement on the eve of the regulations (CMP-7.1-a).

    :raises Refused: when the role or a missing reason forbids it
    """
    _refuse_who_may_not(by)
    if not reason.strip():
        raise refuse(Code.FIELD_REQUIRED, "reason")
    town = Town.objects.select_for_update().get(pk=town_id)
    before, town.is_border_settlement = town.is_border_settlement, is_border
    town.save(update_fields=["is_border_settlement"])
    for programme in Programme.objects.all():
        _changed(programme)
    record(
        "programme.mark_border_settlement",
        by=by,
        at=at,
        target=town,
        before={"is_border_settlement": before},
        after={"is_border_settlement": is_border, "reason": reason.strip()},
    )
    return town


def _refuse_who_may_not(by: User) -> None:
    if not by.may(Action.KEEP_PROGRAMME):
        raise refuse(Code.PERMISSION_DENIED)


def _changed(programme: Programme) -> None:
    """A further edition: every process forgets what it learned of the one before."""
    Programme.objects.filter(pk=programme.pk).update(edition=F("edition") + 1)
