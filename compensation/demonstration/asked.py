"""What the demonstration's claimants ask beside a claim, and the advances that time proposed on theirs."""

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from crm_portal.people.models import Customer, User
from crm_portal.worktime.rules.periods import day_of

from ..models import AdvanceCampaign, AdvanceRequest, Claimant, EligibilityCheckRequest, Programme
from ..rules.codes import AdvanceKind
from ..selectors.falling_due import to_propose
from ..selectors.programmes import current
from ..selectors.windows import window_of
from ..services import advance_requests, advancing, granting
from .drafts import BEGINNER, NEWCOMER

WORDS = "הסכום נקבע לפי המחזור שדווח בשנת 2022 והשטח שאין אליו גישה"


def play(*, clerk: User, manager: User, at: datetime) -> None:
    """Proposals, two requests for advances, one for more time, two eligibility checks; a second call adds nothing."""
    programme = Programme.objects.filter(is_current=True).first()
    if programme is None or AdvanceRequest.objects.exists():
        return
    for kind in (AdvanceKind.DAY_21_60, AdvanceKind.DAY_150_10):
        for claim in to_propose(kind, day_of(at)):
            advancing.propose_by_time(claim_id=claim.pk, kind=kind, at=at - timedelta(days=1))
    people = list(
        Customer.objects.filter(user__isnull=False)
        .exclude(id_number__in=["", BEGINNER, NEWCOMER])
        .exclude(claimants__claims__isnull=False)
        .order_by("pk")[:4]
    )
    month = programme.campaigns.order_by("month").last()
    if month is not None and len(people) == 4:
        _ask(people, month, clerk=clerk, manager=manager, at=at)


def _ask(people: list[Customer], month: AdvanceCampaign, *, clerk: User, manager: User, at: datetime) -> None:
    today = day_of(at)
    advance_requests.open_campaign(
        campaign_id=month.pk, opens_on=today - timedelta(days=20), closes_on=today + timedelta(days=30),
        reason="פתיחה לצורך ההדגמה", by=manager, at=at,
    )  # fmt: skip
    for customer, town, damage in zip(people, ("בארי", "אוהד"), ("אין גישה לשדות", "המחסן אינו נגיש"), strict=False):
        asked = advance_requests.request(
            customer_id=customer.pk, campaign_id=month.pk, town=town, cause="UNUSABLE_ASSET", damage=damage,
            undertakes=True, by=_user(customer), at=at - timedelta(days=5),
        )  # fmt: skip
        if town == "בארי":
            advance_requests.propose(
                request_id=asked.pk, amount=Decimal(40_000), reasons=WORDS, by=clerk, at=at - timedelta(days=2)
            )
    last_day = window_of(None, current()).last_day
    granting.ask_for_time(
        customer_id=people[2].pk, reason="מנהל החשבונות גויס למילואים",
        wanted_until=max(last_day, today) + timedelta(days=30),
        evidence=_paper("אישור גיוס.pdf"), by=_user(people[2]), at=at,
    )  # fmt: skip
    claimant, _ = Claimant.objects.get_or_create(
        programme=month.programme, customer=people[3],
        defaults={"email": people[3].email, "mobile": people[3].mobile, "created_at": at},
    )  # fmt: skip
    for given in (
        {"ground": "branch", "track": "TURNOVER", "town": "אשקלון", "text": "סניף באשקלון, המשרד הראשי בחיפה"},
        {
            "ground": "top_up", "track": "WAGE", "town": "בארי", "employee_id_number": "123456782",
            "aid_plan_claim_no": "AP-2024-1187", "text": "עובדת שפונתה מבארי; הוגשה תביעה במסלול הוצאות קבועות",
        },
    ):  # fmt: skip
        EligibilityCheckRequest.objects.create(
            claimant=claimant, requested_by=_user(people[3]), requested_at=at, **given
        )


def _paper(name: str) -> SimpleUploadedFile:
    """A PDF of one empty page."""
    out = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


def _user(customer: Customer) -> User:
    assert customer.user is not None  # noqa: S101 - chosen so
    return customer.user
