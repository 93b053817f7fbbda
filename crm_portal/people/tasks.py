"""What people's tables do by themselves."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from crm_portal.worktime.services.sweeping import SweepResult, timer

from .models import OneTimeCode

KEPT = timedelta(days=1)


@timer("forget_sign_ins", every=timedelta(hours=1))
def forget_sign_ins(at: datetime) -> SweepResult:
    """Delete one-time codes of yesterday and sessions that ended; the audit keeps what happened."""
    codes, _ = OneTimeCode.objects.filter(created_at__lt=at - KEPT).delete()
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    return SweepResult(done=codes + sessions)
