"""The access log as its readers search it: of their licensee, or beside the Registrar of all (CRD-77-c)."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role

from ..models import AccessLog
from ..models.accesses import AccessLogQuerySet
from .members import places_of

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is not given does not narrow."""

    subject: str = ""  # the hash of a number, in hexadecimal
    purpose: str = ""
    result: str = ""
    who: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def narrowing(self) -> dict[str, str]:
        """As plain text, for a link or a proposal."""
        given = {name: getattr(self, name) for name in ("subject", "purpose", "result", "who", "since", "until")}
        return {name: value if isinstance(value, str) else value.isoformat() for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, newest first, and the key from which older ones follow."""

    rows: list[AccessLog] = field(default_factory=list)
    older: int | None = None


def log_for(user: User) -> AccessLogQuerySet:
    """What the user's places let him read: of his licensees, or as the Registrar's officer of every one."""
    places = places_of(user, {Role.LICENSEE_SECURITY, Role.REGISTRAR_OFFICER})
    rows = AccessLog.objects.of_every_licensee()
    return rows if None in places else rows.filter(licensee__in=[place.pk for place in places if place is not None])


def search(user: User, wanted: Wanted) -> AccessLogQuerySet:
    """The accesses that fit, newest first."""
    rows = log_for(user)
    if wanted.subject:
        rows = rows.of_subject_hash(bytes.fromhex(wanted.subject))
    for name in ("purpose", "result"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.who:
        rows = rows.filter(principal__icontains=wanted.who)
    if wanted.since:
        rows = rows.filter(at__gte=_start(wanted.since))
    if wanted.until:
        rows = rows.filter(at__lt=_start(wanted.until + timedelta(days=1)))
    return rows.order_by("-pk").select_related("event", "licensee")


def page_of(rows: AccessLogQuerySet, older_than: int | None) -> Page:
    """One page by key, so that a late page costs no more than the first."""
    if older_than is not None:
        rows = rows.filter(pk__lt=older_than)
    found = list(rows[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    return Page(shown, shown[-1].pk if len(found) > PER_PAGE else None)


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
