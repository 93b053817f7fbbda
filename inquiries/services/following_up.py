"""The daily follow-up: the list of each working morning, and who confirmed that he went over it (CRM-3.4-g)."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db.models import Exists, OuterRef

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.messaging.rules.kinds import Kind
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.services import outbox
from crm_portal.messaging.texts import render
from crm_portal.people.models import User
from crm_portal.ui.figures import day as shown
from crm_portal.worktime.rules.periods import day_of
from routing.models import Team, TeamMember

from ..models import DailyFollowUp
from ..rules.access import Action
from ..selectors.following_up import assigned_untreated, list_key
from ..selectors.moments import Moment
from ..selectors.supervision import absent_on, supervised_teams

NAMED = 60  # inquiries that a message names; the page shows all


@command("follow_up.confirm")
def confirm(*, team_ids: Sequence[int], by: User, at: datetime) -> list[DailyFollowUp]:
    """
    Confirm that today's list of these teams was gone over; who confirmed first stays, and a second time does nothing.

    :raises Refused: PERMISSION_DENIED, OUT_OF_SCOPE for a team of others, INVALID_VALUE on a day nobody works
    """
    if not by.may(Action.FOLLOW_UP):
        raise refuse(Code.PERMISSION_DENIED, clause="CRM-3.4-g")
    today, wanted = day_of(at), set(team_ids)
    teams = list(supervised_teams(by).filter(pk__in=wanted).order_by("pk"))
    if not wanted or {team.pk for team in teams} != wanted:
        raise refuse(Code.OUT_OF_SCOPE, "team", clause="CRM-3.4-g")
    if not Moment.of(at).authority.is_business_day(today):
        raise refuse(Code.INVALID_VALUE, "day", clause="CRM-3.4-g", because="not_a_working_day")
    return [_confirm(team, today, by=by, at=at) for team in teams]


@command("follow_up.open")
def open_day(*, day: date, at: datetime, is_sent: bool, by: None = None) -> int:
    """
    Keep a row for each team somebody works in, and how many inquiries its employees hold untreated; once a day.

    A day on which nothing was sent (`is_sent` is false) is kept too, so that it stands among the unconfirmed (R7).
    """
    teams = Team.objects.active().filter(Exists(TeamMember.objects.filter(team=OuterRef("pk"))))
    known = DailyFollowUp.objects.filter(day=day)
    if is_sent:
        known = known.exclude(sent_at=None)  # confirmed before the list went out
    wanted = list(teams.exclude(pk__in=known.values("team")).values_list("pk", flat=True))
    counts = Counter(assigned_untreated(wanted).values_list("handling_team", flat=True)) if is_sent else Counter()
    rows = [
        DailyFollowUp(team_id=pk, day=day, sent_at=at if is_sent else None, assigned_count=counts[pk]) for pk in wanted
    ]
    DailyFollowUp.objects.bulk_create(
        rows, update_conflicts=is_sent, ignore_conflicts=not is_sent,
        unique_fields=["team", "day"] if is_sent else None,
        update_fields=["sent_at", "assigned_count"] if is_sent else None,
    )  # fmt: skip
    return len(rows)


@command("follow_up.send", target="user_id")
def send_list(*, user_id: int, at: datetime, by: None = None) -> None:
    """Send somebody the list of all his teams of today, once a day; it names inquiries and nobody."""
    reader, today = User.objects.get(pk=user_id), day_of(at)
    rows = assigned_untreated(list(supervised_teams(reader).values_list("pk", flat=True)))
    absent = rows.filter(owner__in=absent_on(today).values("user"))
    numbers = list(rows.order_by("owner_since", "pk").values_list("number", flat=True)[: NAMED + 1])
    words = {
        "day": shown(today),
        "count": rows.count(),
        "absent": absent.count(),
        "numbers": ", ".join(filter(None, numbers[:NAMED])) + (" …" if len(numbers) > NAMED else "") or "–",
        "link": f"{settings.PORTAL_URL}/inquiries/follow-up/",
    }
    subject, body = render(Kind.DAILY_FOLLOW_UP.value, reader.language, words, channel=MessageChannel.EMAIL)
    outbox.put(
        Kind.DAILY_FOLLOW_UP.value, channel=MessageChannel.EMAIL, address=reader.email, subject=subject, body=body,
        dedupe_key=list_key(today, reader.pk), at=at,
    )  # fmt: skip


def _confirm(team: Team, day: date, *, by: User, at: datetime) -> DailyFollowUp:
    DailyFollowUp.objects.get_or_create(team=team, day=day)
    follow_up = DailyFollowUp.objects.select_for_update().get(team=team, day=day)
    if follow_up.confirmed_at is None:
        follow_up.confirmed_by, follow_up.confirmed_at = by, at
        follow_up.save(update_fields=["confirmed_by", "confirmed_at"])
        record("follow_up.confirm", by=by, at=at, target=follow_up, after={"day": day.isoformat(), "team": team.pk})
    return follow_up
