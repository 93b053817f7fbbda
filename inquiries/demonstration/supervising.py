"""What managers and coordinators do in the demonstration: the daily follow-up and grades."""

from datetime import datetime, time, timedelta
from random import Random

from crm_portal.errors import Refused
from crm_portal.people.models import User
from crm_portal.worktime.rules.calendars import JERUSALEM

from ..models import DailyFollowUp, Message, QualityReview
from ..rules.codes import Side
from ..selectors.moments import Moment
from ..selectors.supervision import supervised_teams
from ..services import following_up, reviewing
from . import texts

SEED = 1961
FOLLOWED_UP = 30  # working days
GRADED = 24  # answers
MANAGER, DEPUTY, COORDINATOR = "tamar", "eli", "ronen"


def follow_up(*, until: datetime) -> None:
    """Coordinators confirm most of the last working days."""
    if DailyFollowUp.objects.exists():
        return
    dice, now = Random(SEED), Moment.of(until)  # noqa: S311 - the same every time
    coordinator = User.objects.get(username=COORDINATOR)
    teams = list(supervised_teams(coordinator).values_list("pk", flat=True))
    for back in range(FOLLOWED_UP, 0, -1):
        day = now.authority.add(now.today, -back)
        morning = datetime.combine(day, time(7, 5), tzinfo=JERUSALEM)
        following_up.open_day(day=day, at=morning, is_sent=True)
        done = [team for team in teams if dice.random() < 0.85]
        if done:
            following_up.confirm(team_ids=done, by=coordinator, at=morning + timedelta(hours=dice.uniform(1, 4)))


def grade(*, until: datetime) -> None:
    """The manager and her deputy look at answers of the office, and most are good."""
    if QualityReview.objects.exists():
        return
    dice, managers = Random(SEED), User.objects.filter(username__in=(MANAGER, DEPUTY))  # noqa: S311
    office = managers[0].unit_memberships.get().unit
    answers = Message.objects.filter(
        side=Side.EMPLOYEE.value, inquiry__handling_unit=office, sent_at__lt=until
    ).order_by("-sent_at")[:GRADED]
    for message in answers:
        at = min(message.sent_at + timedelta(days=dice.uniform(0.5, 6)), until)
        grade, remark = dice.choices(*texts.GRADES)[0]
        try:
            reviewing.grade(
                inquiry_id=message.inquiry_id, message_id=message.pk, by=dice.choice(managers), at=at, grade=grade,
                remark=remark,
            )  # fmt: skip
        except Refused:  # above the deputy's level
            continue
