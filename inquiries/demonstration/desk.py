"""What a newcomer finds on the tabs of an inquiry: activities, similar inquiries to close together, many messages."""

from datetime import datetime, timedelta

from crm_portal.people.models import Customer, User
from routing.models import Triplet
from routing.services.deciding import recommend

from ..models import Activity, Inquiry
from ..services import activities, answering, assigning, corresponding, opening, reading
from . import texts

CLERK = "anat"
HOUR = timedelta(hours=1)
INSISTED = (
    "שלום, יש כבר תשובה לגבי הבקשה?",
    "שכחתי לציין שעבדתי אצל שני מעסיקים.",
    "צריך לצרף גם את טופס 106 מהמעסיק הקודם?",
    "הטופס אצלי, מתי נוח לדבר?",
    "עדיין מחכה לעדכון. תודה.",
    "אפשר לקבל הסבר בטלפון?",
)
BEING_CHECKED = "הפנייה בבדיקה. נעדכן כאן עם סיום הבדיקה."
CALL_SUMMARY = "הוסבר אילו טפסים חסרים וכיצד מצרפים אותם לפנייה. סוכם שיצורפו עד סוף השבוע."
SUBJECT = "הטפסים החסרים"
LETTER = "שלום,\nבהמשך לשיחתנו: חסרים טופס 106 משני המעסיקים ואישור ניהול חשבון. אפשר לצרף אותם לפנייה באזור האישי."
SMS = "שלום, הטפסים לדוגמה נמצאים כאן: https://www.gov.il/he/service/itc106"


def play(*, until: datetime) -> None:
    """Play the scenes that are not there yet; none where no customer's inquiry would reach the clerk."""
    clerk = User.objects.get(username=CLERK)
    if Activity.objects.filter(by=clerk).exists() or (found := _reaching(clerk, at=until)) is None:
        return
    customer, triplet = found
    held, _other = (_opened(customer, triplet, at=until - timedelta(days=6 - n)) for n in range(2))
    assigning.assign_to_me(inquiry_id=held.pk, by=clerk, at=until - timedelta(days=4))
    _correspond(held, customer, clerk, at=until - timedelta(days=3))
    _write(held, clerk, at=until - timedelta(days=1))


def _reaching(clerk: User, *, at: datetime) -> tuple[Customer, Triplet] | None:
    """A registered customer, and a topic on which he has nothing open and which routing gives to the clerk's team."""
    teams = frozenset(clerk.team_memberships.values_list("team", flat=True))
    offered = Triplet.objects.for_customers().filter(tax_system="income_tax", tax_year_required=False).order_by("pk")
    topics = list(offered.filter(triplet_teams__team__in=teams).distinct()[:3])
    people = Customer.objects.filter(registered_at__isnull=False, user__isnull=False, kind="person")
    open_pairs = set(Inquiry.objects.active().values_list("customer", "triplet"))
    for customer in people.select_related("user").order_by("id_number"):
        for topic in topics:
            if (customer.pk, topic.pk) in open_pairs:
                continue
            if recommend(triplet=topic, customer=customer, at=at).pk in teams:
                return customer, topic
    return None


def _opened(customer: Customer, triplet: Triplet, *, at: datetime) -> Inquiry:
    return opening.open_by_customer(
        by=customer.user, at=at, triplet_id=triplet.pk, description=texts.ASKED["income_tax"][0]
    )


def _correspond(inquiry: Inquiry, customer: Customer, clerk: User, *, at: datetime) -> None:
    """So many messages that telephoning is advised (CRM-6.7-a)."""
    assert customer.user is not None  # noqa: S101 - the cast's customers are registered
    for number, words in enumerate(INSISTED):
        at += HOUR
        corresponding.customer_message(inquiry_id=inquiry.pk, by=customer.user, at=at, text=words)
        if number % 2:
            reading.mark_messages_read(inquiry_id=inquiry.pk, by=clerk, at=at + HOUR / 2)
            answering.send_message(inquiry_id=inquiry.pk, by=clerk, at=at + HOUR / 2, text=BEING_CHECKED)


def _write(inquiry: Inquiry, clerk: User, *, at: datetime) -> None:
    activities.record_call(inquiry_id=inquiry.pk, by=clerk, at=at, took_place_at=at - HOUR, summary=CALL_SUMMARY)
    activities.send_email(inquiry_id=inquiry.pk, by=clerk, at=at + HOUR, subject=SUBJECT, text=LETTER)
    activities.send_sms(inquiry_id=inquiry.pk, by=clerk, at=at + 2 * HOUR, text=SMS)
