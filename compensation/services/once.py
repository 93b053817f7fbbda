"""Let a timer do a thing once, whatever happens to it and however often it runs (section 9)."""

from datetime import datetime

from ..models import TimerEvent


def once(subject: str, kind: str, *, at: datetime, step: str = "") -> bool:
    """
    Whether it is the first time; written in the transaction of what is done, so it is undone with it.

    Another worker that does the same waits here until the first one has ended.
    """
    _, is_first = TimerEvent.objects.get_or_create(subject=subject, kind=kind, step=step, defaults={"at": at})
    return is_first
