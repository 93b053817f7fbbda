"""
What a newcomer finds about coordination in the shown office: who is away, days that were followed up and days that
were not, questions to a manager and to the legal adviser, graded answers, suggestions, announcements.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import product

from django.db.models import Q

from crm_portal.errors import Refused
from crm_portal.messaging.models import Announcement
from crm_portal.messaging.services import announcing
from crm_portal.people.models import Absence, Customer, User
from crm_portal.worktime.rules.calendars import JERUSALEM
from crm_portal.worktime.rules.periods import day_of
from routing.models import BusinessUnit, Triplet

from ..models import Consultation, DailyFollowUp, ImprovementSuggestion, Inquiry, QualityReview
from ..rules.codes import Status
from ..selectors.moments import Moment
from ..selectors.reviewing import sample
from ..selectors.supervision import supervised_teams
from ..selectors.visibility import team_ids
from ..services import absences, assigning, closing, consulting, following_up, opening, reviewing, suggesting
from . import texts
from .cast import SHOWN_OFFICE
from .representation import ACCOUNTANT, holder_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
HANDED_OUT = 8
FOLLOWED_DAYS, UNCONFIRMED_EACH = 12, 5  # every fifth day nobody confirmed
QUESTIONS = (
    ("tamar", "may_create_reliance", "האם אפשר להתחייב למועד תשלום ההחזר?", "ההחזר ישולם עד סוף החודש.", ""),
    ("orly", "complex_legally", "האם תקופת ההתיישנות נספרת מיום הגשת הדוח?", "", ""),
    ("hagai", "complex_professionally", "איזה תחשיב חל על פדיון קופת גמל חלקי?", "",
     "לפי התחשיב לפדיון מלא, באופן יחסי. אפשר להשיב."),
)  # fmt: skip
IN_VAIN = ("may_be_misunderstood", "כיצד לנסח את הדחייה כך שתהיה ברורה?")
GRADES = ((5, "תשובה מלאה וברורה."), (4, ""), (2, "חסר הסבר מדוע נדחתה הבקשה."), (3, "נכון, אך ארוך מדי."))
SUGGESTIONS = (
    ("anat", True, "סימון פניות דחופות בתור", "סימן בולט לפנייה שהיעד שלה היום.", ()),
    ("eli", False, "תבנית מענה לעולים חדשים", "נוסח קבוע לשאלות על נקודות זיכוי.", (("review", "noa", ""),)),
    ("anat", True, "סינון לפי שנת מס", "סינון הרשימה גם לפי שנת המס.",
     (("forward", "liora", ""), ("review", "noa", ""), ("accept", "carmel", "ייכלל בגרסה הבאה"))),
    ("yaniv", True, "הדפסת תור מלא", "הדפסת כל הרשימה לדיון צוות.",
     (("return", "tamar", "אפשר כבר היום: דוח היקפים, ייצוא לקובץ."),)),
)  # fmt: skip
BY_OFFICE = ("הודעה כשמסמך חסר", "כשחסר מסמך בפנייה של לקוח, כדאי שההודעה תפרט איזה.")
ANNOUNCEMENTS = (
    (20, "2.0", "מעקב יומי לרכזים", "דף מעקב יומי חדש מציג מה הוקצה וטרם טופל, ומאפשר שחרור והקצאה בפעולה אחת."),
    (2, "2.1", "התייעצות לפני מענה", "אפשר לשאול מנהל או רפרנט מתוך הפנייה. עד לתשובה לא נשלח מענה ללקוח."),
)


def play(*, until: datetime) -> None:
    """Play the scenes that are not there yet."""
    office = BusinessUnit.objects.get(code=SHOWN_OFFICE)
    if not Absence.objects.exists():
        _hand_out(office, until)
        _send_away(office, until)
    if not Consultation.objects.exists():
        _consult(until)
        _consult_in_vain(until)
    if not DailyFollowUp.objects.exists():
        _follow_up(until)
    if not QualityReview.objects.exists():
        _grade(until)
    if not ImprovementSuggestion.objects.exists():
        _suggest(office, until)
    if not Announcement.objects.exists():
        _announce(until)


def named(username: str) -> User:
    return User.objects.get(username=username)


def _hand_out(office: BusinessUnit, until: datetime) -> None:
    """New inquiries of the office's customers, on the desks of the coordinator's people."""
    coordinator, given = named("ronen"), 0
    coordinated = set(supervised_teams(coordinator).values_list("pk", flat=True))
    customers = Customer.objects.filter(
        user__isnull=False, tax_files__managing_unit=office.code, tax_files__tax_system="income_tax"
    )
    topics = Triplet.objects.for_customers().filter(tax_system="income_tax", tax_year_required=False).order_by("pk")
    for customer, triplet in product(customers.order_by("pk").distinct()[:6], topics):
        at = until - (1 + given) * DAY
        try:
            inquiry = opening.open_by_customer(
                by=customer.user, at=at, triplet_id=triplet.pk, description=texts.ASKED["income_tax"][0]
            )
        except Refused:  # three are open already
            continue
        team = inquiry.handling_team
        if team is None or team.pk not in coordinated:
            continue
        members = list(team.members.filter(is_coordinator=False).order_by("pk"))
        assigning.assign_to_employee(
            inquiry_id=inquiry.pk, by=coordinator, at=at + 2 * HOUR, employee_id=members[given % len(members)].user_id,
            team_id=team.pk,
        )  # fmt: skip
        given += 1
        if given == HANDED_OUT:
            return


def _send_away(office: BusinessUnit, until: datetime) -> None:
    """Somebody who holds inquiries is away today, and a colleague will be next week."""
    coordinator, today = named("ronen"), day_of(until)
    held = Inquiry.objects.active().filter(handling_unit=office, owner__isnull=False).exclude(owner=named("anat"))
    mates = User.objects.filter(team_memberships__team__in=supervised_teams(coordinator)).exclude(pk=coordinator.pk)
    away = mates.filter(pk__in=held.values("owner")).order_by("pk").first() or mates.order_by("pk").first()
    later = mates.exclude(pk__in=[away.pk] if away else []).order_by("-pk").first()
    for employee, first, last in ((away, today, today + 2 * DAY), (later, today + 7 * DAY, today + 11 * DAY)):
        if employee is not None:
            absences.enter(employee_id=employee.pk, by=coordinator, at=until, from_on=first, until_on=last)


def _consult(until: datetime) -> None:
    """The clerk to try holds a few inquiries and asks about each."""
    clerk, at = named("anat"), until - 3 * HOUR
    rows = Inquiry.objects.filter(updated_at__lt=at - HOUR, handling_team__members__user=clerk)
    held = list(rows.filter(owner=clerk, status=Status.IN_TREATMENT.value).order_by("pk")[: len(QUESTIONS)])
    waiting = rows.filter(owner=None, status=Status.OPEN_TEAM.value).order_by("opened_at")
    held += [
        assigning.assign_to_me(inquiry_id=inquiry.pk, by=clerk, at=at - HOUR)
        for inquiry in waiting[: len(QUESTIONS) - len(held)]
    ]
    for inquiry, (who, reason, question, draft, answer) in zip(held, QUESTIONS, strict=False):
        addressee = named(who)
        consultation = consulting.ask(
            inquiry_id=inquiry.pk, by=clerk, at=at, addressee_id=addressee.pk, reason=reason, question=question,
            reply_draft=draft,
        )  # fmt: skip
        if answer:
            consulting.answer(consultation_id=consultation.pk, by=addressee, at=at + HOUR, answer=answer)


def _consult_in_vain(until: datetime) -> None:
    """A customer withdraws his inquiry while a question about it is open: the consultation ends with it."""
    clerk, manager = named("anat"), named("tamar")
    free = Q(owner=None, status=Status.OPEN_TEAM.value) | Q(owner=clerk, status=Status.IN_TREATMENT.value)
    of_customers = Inquiry.objects.filter(free, representative=None, customer__user__isnull=False, consultations=None)
    near = of_customers.filter(handling_team__in=team_ids(clerk), updated_at__lt=until - 4 * HOUR)
    mine = near.order_by("-opened_at").first()
    if mine is None or mine.opened_by is None:
        return
    if mine.owner is None:
        assigning.assign_to_me(inquiry_id=mine.pk, by=clerk, at=until - 3 * HOUR)
    reason, question = IN_VAIN
    consulting.ask(
        inquiry_id=mine.pk, by=clerk, at=until - 2 * HOUR, addressee_id=manager.pk, reason=reason, question=question
    )
    assigning.release(inquiry_id=mine.pk, by=clerk, at=until - HOUR, note="ממתינה לתשובת המנהלת")
    closing.cancel(inquiry_id=mine.pk, by=mine.opened_by, at=until - HOUR / 2)


def _follow_up(until: datetime) -> None:
    calendar, today = Moment.of(until).authority, day_of(until)
    readers = [named("ronen"), named("liora")]
    for back in range(FOLLOWED_DAYS, 0, -1):
        day = calendar.add(today, -back)
        morning = _at(day, time(7))
        following_up.open_day(day=day, at=morning, is_sent=True)
        if back % UNCONFIRMED_EACH:
            reader = readers[back % len(readers)]
            teams = list(supervised_teams(reader).values_list("pk", flat=True))
            following_up.confirm(team_ids=teams, by=reader, at=morning + 2 * HOUR)


def _grade(until: datetime) -> None:
    manager, authority = named("tamar"), Moment.of(until).authority
    for row, (grade, remark) in zip(sample(manager, day_of(until), authority), GRADES, strict=False):
        message = row.answer.message
        reviewing.grade(
            inquiry_id=row.inquiry.pk, message_id=message.pk, by=manager, at=max(until - DAY, message.sent_at),
            grade=grade, remark=remark,
        )  # fmt: skip


def _suggest(office: BusinessUnit, until: datetime) -> None:
    for back, (author, to_unit, title, text, steps) in enumerate(SUGGESTIONS, start=2):
        at = until - 3 * back * DAY
        suggestion = suggesting.submit(
            by=named(author), at=at, title=title, text=text, unit_id=office.pk if to_unit else None
        )
        _take(suggestion, steps, at)
    title, text = BY_OFFICE
    suggesting.submit(by=holder_of(ACCOUNTANT), at=until - 4 * DAY, title=title, text=text)


def _take(suggestion: ImprovementSuggestion, steps: Sequence[tuple[str, str, str]], at: datetime) -> None:
    for step, who, reason in steps:
        at += DAY
        suggesting.take_step(suggestion_id=suggestion.pk, step=step, by=named(who), at=at, reason=reason)


def _announce(until: datetime) -> None:
    for days, version, title, text in ANNOUNCEMENTS:
        announcement = announcing.publish(
            by=named("carmel"), at=until - days * DAY, title=title, text=text, version=version
        )
        if days > 7:  # the older one was read by whoever tries the first screens
            for username in ("anat", "ronen", "tamar", "liora", "noa", "carmel"):
                announcing.mark_read(announcement_id=announcement.pk, by=named(username), at=until - (days - 1) * DAY)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=JERUSALEM)
