"""The window for filing, opened anew by the manager: without it nobody could file a claim in the demonstration."""

from datetime import datetime, timedelta

from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Programme
from ..services import programmes

OPENS_ON = "window_opens_on"


def play(*, manager: User, until: datetime) -> None:
    """Open it a month ago; a second call adds nothing."""
    programme = Programme.objects.filter(is_current=True).first()
    if programme is None or programme.parameters.filter(key=OPENS_ON, set_by=manager).exists():
        return
    opened_on = day_of(until - timedelta(days=30))
    programmes.set_parameter(
        code=programme.code, key=OPENS_ON, value=opened_on.isoformat(), valid_from=opened_on,
        reason="הדגמה: חלון ההגשה נפתח מחדש", by=manager, at=until,
    )  # fmt: skip
