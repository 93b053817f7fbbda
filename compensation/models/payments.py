"""Money that goes out: payments with their sheets, the bank's files, and the ledger in which all of it adds up."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .. import labels, money_words
from ..rules.codes import DeductionKind, PaymentKind, PaymentState
from .claimants import Claimant
from .claims import Claim
from .decisions import Decision
from .dues import Lien, Overpayment, TaxDebt

_SENT = [PaymentState.EXPORTED.value, PaymentState.SETTLED.value, PaymentState.RETURNED.value]


class PaymentQuerySet(models.QuerySet["Payment"]):
    def valid(self) -> "PaymentQuerySet":
        """All but those that were cancelled."""
        return self.exclude(state=PaymentState.CANCELLED.value)

    def entered(self) -> "PaymentQuerySet":
        """Those whose sheet is in the ledger: approved, whatever became of them."""
        return self.valid().filter(approved_at__isnull=False)

    def open(self) -> "PaymentQuerySet":
        """Those that nobody has had yet, and that another sheet must wait for."""
        return self.exclude(state__in=[PaymentState.SETTLED.value, PaymentState.CANCELLED.value])


class Payment(models.Model):
    """
    One payment of a claim or of an advance, with the lines of its sheet as they were (CMP-8.5.1-a).

    The key says what it pays, so nothing is paid twice: a determination, or an advance.
    """

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="payments")
    claim = models.ForeignKey(  # empty: an advance before the claim, until one is filed (CMP-7.3.7-a)
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="payments")
    kind = models.CharField(max_length=12, choices=money_words.PAYMENT_KIND)
    key = models.CharField(max_length=60)  # "decision:17", "advance:5"
    state = models.CharField(max_length=12, choices=labels.PAYMENT_STATE, default=PaymentState.PREPARED.value)

    pay_on = models.DateField()  # the day whose rate, index, debts and liens the sheet has
    withholding_rate = models.DecimalField(max_digits=5, decimal_places=4)
    approved = models.DecimalField(max_digits=12, decimal_places=0)
    linkage_and_interest = models.DecimalField(max_digits=12, decimal_places=0)
    gross = models.DecimalField(max_digits=12, decimal_places=0)
    withholding_total = models.DecimalField(max_digits=12, decimal_places=0)
    withheld_now = models.DecimalField(max_digits=12, decimal_places=0)
    tax_debt = models.DecimalField(max_digits=12, decimal_places=0)
    liens = models.DecimalField(max_digits=12, decimal_places=0)
    advance_set_off = models.DecimalField(max_digits=12, decimal_places=0)
    net = models.DecimalField(max_digits=12, decimal_places=0)
    overpayment = models.DecimalField(max_digits=12, decimal_places=0)
    principal = models.DecimalField(max_digits=12, decimal_places=0)  # how much of the compensation it discharges
    tranches = models.JSONField(default=list)  # [{"amount", "from", "until", "index_ratio", "interest", "added"}]

    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)  # why it was returned or cancelled

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["prepared_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], name="nothing_is_paid_twice", condition=~Q(state=PaymentState.CANCELLED.value)
            ),
            models.UniqueConstraint(
                fields=["claim"],
                name="one_payment_of_a_claim_is_under_way",
                condition=Q(claim__isnull=False, kind=PaymentKind.DECISION.value)
                & ~Q(state__in=[PaymentState.SETTLED.value, PaymentState.CANCELLED.value]),
            ),
            models.CheckConstraint(
                name="payment_lines_are_not_negative",
                condition=Q(
                    gross__gte=0, withheld_now__gte=0, tax_debt__gte=0, liens__gte=0, advance_set_off__gte=0,
                    net__gte=0, overpayment__gte=0, principal__gte=0,
                ),
            ),
            models.CheckConstraint(
                name="payment_lines_sum_to_its_gross",
                condition=Q(overpayment__gt=0)
                | Q(gross=F("withholding_total") + F("tax_debt") + F("liens") + F("advance_set_off") + F("net")),
            ),
            models.CheckConstraint(
                name="payment_is_approved_by_somebody",
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="payment_is_sent_only_when_approved",
                condition=~Q(state__in=[*_SENT, PaymentState.APPROVED.value]) | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="payment_of_a_claim_has_its_decision",
                condition=~Q(kind=PaymentKind.DECISION.value) | Q(decision__isnull=False, claim__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["state", "pay_on", "id"], name="payment_by_state"),
            models.Index(fields=["claimant", "kind"], name="payment_of_claimant"),
        ]

    def __str__(self) -> str:
        return self.key


class Deduction(models.Model):
    """What a sheet takes for one debt or one creditor (CMP-8.8.1-a, CMP-8.8.2-a)."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="deductions")
    kind = models.CharField(max_length=12, choices=labels.DEDUCTION_KIND)
    amount = models.DecimalField(max_digits=12, decimal_places=0)
    tax_debt = models.ForeignKey(TaxDebt, on_delete=models.PROTECT, null=True, blank=True, related_name="deductions")
    lien = models.ForeignKey(Lien, on_delete=models.PROTECT, null=True, blank=True, related_name="deductions")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deduction_is_for_what_it_says",
                condition=Q(kind=DeductionKind.TAX_DEBT.value, tax_debt__isnull=False, lien__isnull=True)
                | Q(kind=DeductionKind.LIEN.value, lien__isnull=False, tax_debt__isnull=True),
            ),
            models.CheckConstraint(name="deduction_is_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id}: {self.kind} {self.amount}"


class PaymentBatch(models.Model):
    """One file for the bank. Its lines do not change, so the same file can be made again (docs/payments.md)."""

    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    lines_count = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=14, decimal_places=0)  # ILS
    digest = models.CharField(max_length=64)  # SHA-256 of the file

    class Meta:
        verbose_name_plural = "payment batches"
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"B{self.pk:06d}"


class PaymentLine(models.Model):
    """A transfer to one payee, the claimant or a creditor, and what the bank said of it."""

    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField()
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="lines")
    deduction = models.ForeignKey(  # of a lien: the payee is the creditor
        Deduction, on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )
    payee = models.CharField(max_length=200)
    bank = models.CharField(max_length=3)
    bank_branch = models.CharField(max_length=4)
    bank_account = models.CharField(max_length=13)
    amount = models.DecimalField(max_digits=12, decimal_places=0)
    outcome = models.CharField(max_length=12, choices=labels.PAYMENT_STATE, blank=True)  # SETTLED or RETURNED
    outcome_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["batch", "place"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="payment_line_has_a_place"),
            models.UniqueConstraint(
                fields=["payment"],
                name="transfer_to_the_claimant_once",
                condition=Q(deduction__isnull=True) & ~Q(outcome=PaymentState.RETURNED.value),
            ),
            models.UniqueConstraint(
                fields=["deduction"],
                name="transfer_to_a_creditor_once",
                condition=Q(deduction__isnull=False) & ~Q(outcome=PaymentState.RETURNED.value),
            ),
            models.CheckConstraint(name="payment_line_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payment_line_has_an_outcome_with_its_day",
                condition=Q(outcome="", outcome_on__isnull=True) | (~Q(outcome="") & Q(outcome_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"B{self.batch_id:06d}-{self.place:05d}"


class LedgerEntry(models.Model):
    """One signed entry; the sum is what is still to be paid, below 0 what was paid too much. Append-only."""

    claimant = models.ForeignKey(Claimant, on_delete=models.PROTECT, related_name="ledger")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="ledger")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    overpayment = models.ForeignKey(
        Overpayment, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    key = models.CharField(max_length=80, unique=True)  # what wrote it, so that nothing is entered twice
    kind = models.CharField(max_length=24, choices=money_words.LEDGER_KIND)
    amount = models.DecimalField(max_digits=12, decimal_places=0)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "ledger entries"
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="ledger_entry_is_not_empty", condition=~Q(amount=0))]
        indexes = [
            models.Index(fields=["claim", "at", "id"], name="ledger_of_claim"),
            models.Index(fields=["claimant", "on"], name="ledger_of_claimant"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.amount}"
