"""Record what is deducted from a payment: tax debts, liens, certificates of withholding (clause 8.8)."""

from datetime import date, datetime
from decimal import Decimal

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claimant, Lien, TaxDebt, WithholdingCertificate
from ..rules.gaps import is_reasoned
from ..rules.reasons import Reason


@command("tax_debt.record")
def record_debt(
    *, claimant_id: int, tax: str, reference: str, amount: Decimal, since_on: date, by: User, at: datetime
) -> TaxDebt:
    """
    Record a tax debt; it is deducted from every payment from its day on.

    :raises Refused: DUPLICATE for one that was recorded, INVALID_VALUE for a day to come
    """
    claimant = _locked(claimant_id)
    _not_to_come(since_on, at, "since_on", "CMP-8.8.1-a")
    if TaxDebt.objects.filter(claimant=claimant, tax=tax, reference=reference).exists():
        raise refuse(Code.DUPLICATE, "reference", clause="CMP-8.8.1-a")
    debt = TaxDebt.objects.create(
        claimant=claimant, tax=tax, reference=reference, amount=amount, since_on=since_on, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    record("tax_debt.record", by=by, at=at, target=claimant, after={"debt": debt.pk, "amount": str(amount)})
    return debt


@command("tax_debt.close")
def close_debt(*, debt_id: int, closed_on: date, by: User, at: datetime) -> TaxDebt:
    """
    A debt was paid or cancelled elsewhere; from this day it is not deducted any more.

    :raises Refused: INVALID_VALUE for a day to come
    """
    debt = TaxDebt.objects.select_for_update().get(pk=debt_id)
    _not_to_come(closed_on, at, "closed_on", "CMP-8.8.1-a")
    debt.closed_on = closed_on
    debt.save(update_fields=["closed_on"])
    record("tax_debt.close", by=by, at=at, target=debt.claimant, after={"debt": debt.pk, "on": str(closed_on)})
    return debt


@command("tax_debt.waive")
def waive_debt(*, debt_id: int, reason: str, by: User, at: datetime) -> TaxDebt:
    """
    Decide, as the manager, that a debt is not deducted from the compensation.

    :raises Refused: GEN_REASONS_REQUIRED
    """
    debt = TaxDebt.objects.select_for_update().get(pk=debt_id)
    if not is_reasoned(reason):
        raise refuse(Reason.GEN_REASONS_REQUIRED, "reason", clause="CMP-8.8.1-a")
    debt.waived_by, debt.waived_at, debt.waiver_reason = by, at, reason.strip()
    debt.save(update_fields=["waived_by", "waived_at", "waiver_reason"])
    record("tax_debt.waive", by=by, at=at, target=debt.claimant, after={"debt": debt.pk, "reason": reason.strip()})
    return debt


@command("lien.record")
def record_lien(
    *,
    claimant_id: int,
    creditor: str,
    authority: str,
    reference: str,
    amount: Decimal,
    served_on: date,
    bank: str,
    bank_branch: str,
    bank_account: str,
    by: User,
    at: datetime,
) -> Lien:
    """
    Record a lien that was served; several are satisfied in the order of their service.

    :raises Refused: DUPLICATE for one that was recorded, INVALID_VALUE for a day to come
    """
    claimant = _locked(claimant_id)
    _not_to_come(served_on, at, "served_on", "CMP-8.8.2-a")
    if Lien.objects.filter(claimant=claimant, authority=authority, reference=reference).exists():
        raise refuse(Code.DUPLICATE, "reference", clause="CMP-8.8.2-a")
    lien = Lien.objects.create(
        claimant=claimant, creditor=creditor, authority=authority, reference=reference, amount=amount,
        served_on=served_on, bank=bank, bank_branch=bank_branch, bank_account=bank_account, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    record("lien.record", by=by, at=at, target=claimant, after={"lien": lien.pk, "amount": str(amount)})
    return lien


@command("lien.release")
def release_lien(*, lien_id: int, released_on: date, by: User, at: datetime) -> Lien:
    """
    A lien was lifted; from this day it binds no payment.

    :raises Refused: INVALID_VALUE for a day to come or before its service
    """
    lien = Lien.objects.select_for_update().get(pk=lien_id)
    _not_to_come(released_on, at, "released_on", "CMP-8.8.2-a")
    if released_on < lien.served_on:
        raise refuse(Code.INVALID_VALUE, "released_on", clause="CMP-8.8.2-a")
    lien.released_on = released_on
    lien.save(update_fields=["released_on"])
    record("lien.release", by=by, at=at, target=lien.claimant, after={"lien": lien.pk, "on": str(released_on)})
    return lien


@command("withholding_certificate.record")
def record_certificate(
    *, claimant_id: int, rate: Decimal, valid_from: date, valid_until: date, by: User, at: datetime
) -> WithholdingCertificate:
    """
    Record a certificate; a rate of 0 is an exemption (CMP-8.8.4-a).

    :raises Refused: INVALID_VALUE for a rate that is none or days in the wrong order
    """
    claimant = _locked(claimant_id)
    if not 0 <= rate <= 1:
        raise refuse(Code.INVALID_VALUE, "rate", clause="CMP-8.8.5-a")
    if valid_until < valid_from:
        raise refuse(Code.INVALID_VALUE, "valid_until", clause="CMP-8.8.5-a")
    certificate = WithholdingCertificate.objects.create(
        customer_id=claimant.customer_id, rate=rate, valid_from=valid_from, valid_until=valid_until, recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    record(
        "withholding_certificate.record", by=by, at=at, target=claimant,
        after={"rate": str(rate), "from": str(valid_from), "until": str(valid_until)},
    )  # fmt: skip
    return certificate


def _locked(claimant_id: int) -> Claimant:
    return Claimant.objects.select_for_update(of=["self"]).get(pk=claimant_id)


def _not_to_come(day: date, at: datetime, name: str, clause: str) -> None:
    if day > day_of(at):
        raise refuse(Code.INVALID_VALUE, name, clause=clause)
