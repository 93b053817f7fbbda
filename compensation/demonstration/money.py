"""The money of the demonstration: the tables of linkage, and decided claims at each step of their payment."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from crm_portal.people.models import User

from ..models import Claim, IndexValue, InterestRate, Payment
from ..rules.codes import TO_BE_PAID
from ..selectors.treasury import claims_to_prepare
from ..services import owing, paying, transferring

INDEXES = (  # invented, but of the size of the real ones
    (date(2023, 9, 15), "105.0"), (date(2023, 10, 15), "105.4"), (date(2023, 12, 15), "105.2"),
    (date(2024, 3, 15), "105.9"), (date(2024, 9, 15), "109.0"), (date(2025, 3, 15), "110.2"),
    (date(2025, 9, 15), "112.1"), (date(2026, 3, 15), "113.0"), (date(2026, 9, 15), "114.6"),
)  # fmt: skip
RATES = ((date(2023, 1, 1), "0.0400"), (date(2025, 1, 1), "0.0450"))
STEPS = ("leave", "send", "settle", "return", "prepare", "approve")  # one claim after another


def keep_tables(*, by: User, at: datetime) -> None:
    """The indexes and rates that are published by now."""
    for day, value in INDEXES:
        IndexValue.objects.get_or_create(
            published_on=day, defaults={"value": Decimal(value), "recorded_by": by, "recorded_at": at}
        )
    for day, rate in RATES:
        InterestRate.objects.get_or_create(
            from_on=day, defaults={"rate": Decimal(rate), "recorded_by": by, "recorded_at": at}
        )


def play(*, treasurer: User, at: datetime) -> None:
    """Bring the decided claims that have no payment to a step each; a second call adds nothing."""
    keep_tables(by=treasurer, at=at)
    if Payment.objects.exists():
        return
    for place, claim in enumerate(claims_to_prepare()):
        _owe(claim, place, treasurer, at)
        _bring(claim, STEPS[place % len(STEPS)], treasurer, at)


def _owe(claim: Claim, place: int, treasurer: User, at: datetime) -> None:
    """An account for everybody; a debt, a lien or a certificate for some."""
    claimant = claim.claimant
    if not claimant.bank_account:
        claimant.bank, claimant.bank_branch, claimant.bank_account = "12", "600", f"{480_000 + claimant.pk}"
        claimant.save(update_fields=["bank", "bank_branch", "bank_account"])
    since = (at - timedelta(days=60)).date()
    if place % 4 == 1:
        owing.record_debt(
            tax='מע"מ',
            reference=f"{7_700 + place}",
            amount=Decimal(3_200),
            since_on=since,
            claimant_id=claimant.pk,
            by=treasurer,
            at=at,
        )
    if place % 4 == 2:
        owing.record_lien(
            creditor='ספקי הדרום בע"מ', authority="לשכת ההוצאה לפועל באר שבע", reference=f"51-{20 + place}",
            amount=Decimal(12_000), served_on=since, bank="10", bank_branch="800", bank_account="770012",
            claimant_id=claimant.pk, by=treasurer, at=at,
        )  # fmt: skip
    if place % 4 == 3:
        owing.record_certificate(
            rate=Decimal("0.05"),
            valid_from=since,
            valid_until=(at + timedelta(days=300)).date(),
            claimant_id=claimant.pk,
            by=treasurer,
            at=at,
        )


def _bring(claim: Claim, step: str, treasurer: User, at: datetime) -> None:
    if step == "leave" or claim.state not in TO_BE_PAID:
        return
    payment = paying.prepare(claim_id=claim.pk, by=treasurer, at=at)
    if step == "prepare":
        return
    paying.approve(payment_id=payment.pk, by=treasurer, at=at)
    if step == "approve":
        return
    batch = transferring.export(by=treasurer, at=at)
    if step == "send":
        return
    result = ",S," if step == "settle" else ",R,"
    reason = "" if step == "settle" else "החשבון סגור"
    lines = [f"{line.reference},{line.amount}.00{result}{at.date()},{reason}" for line in batch.lines.all()]
    transferring.import_settlement(content="\n".join(lines).encode(), by=treasurer, at=at)
