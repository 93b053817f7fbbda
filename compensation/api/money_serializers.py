"""What the API reads and says of payments and what is deducted from them or owed back; nothing here saves."""

from typing import Any

from rest_framework import serializers

from .. import labels, money_words
from ..models import Claim, Claimant
from .claim_inputs import LONGEST
from .claim_serializers import money

_DIGITS = r"^\d+$"


class ClaimInput(serializers.Serializer):
    claim = serializers.SlugRelatedField(slug_field="number", queryset=Claim.objects.submitted())


class ReasonInput(serializers.Serializer):
    reason = serializers.CharField(max_length=LONGEST)


class ClaimantInput(serializers.Serializer):
    claimant = serializers.PrimaryKeyRelatedField(queryset=Claimant.objects.all())

    def validate_claimant(self, value: Claimant) -> int:
        return value.pk

    def to_internal_value(self, data: Any) -> Any:
        given = super().to_internal_value(data)
        given["claimant_id"] = given.pop("claimant")
        return given


class TaxDebtInput(ClaimantInput):
    tax = serializers.CharField(max_length=80)
    reference = serializers.CharField(max_length=40)
    amount = money(min_value=1)
    since_on = serializers.DateField()


class LienInput(ClaimantInput):
    creditor = serializers.CharField(max_length=200)
    authority = serializers.CharField(max_length=120)
    reference = serializers.CharField(max_length=40)
    amount = money(min_value=1)
    served_on = serializers.DateField()
    bank = serializers.RegexField(_DIGITS, max_length=3)
    bank_branch = serializers.RegexField(_DIGITS, max_length=4)
    bank_account = serializers.RegexField(_DIGITS, max_length=13)


class CertificateInput(ClaimantInput):
    rate = serializers.DecimalField(max_digits=5, decimal_places=4, help_text="A fraction; 0 is an exemption.")
    valid_from = serializers.DateField()
    valid_until = serializers.DateField()


class ClosingInput(serializers.Serializer):
    closed_on = serializers.DateField()


class ReleaseInput(serializers.Serializer):
    released_on = serializers.DateField()


class ServiceInput(serializers.Serializer):
    served_on = serializers.DateField()


class ReturnInput(serializers.Serializer):
    amount = money(min_value=1)
    received_on = serializers.DateField()
    reference = serializers.CharField(max_length=40)


class PaymentOutput(serializers.Serializer):
    """A payment with the lines of its sheet, in whole ILS (CMP-8.5.1-a)."""

    id = serializers.IntegerField()
    claimant = serializers.IntegerField(source="claimant_id")
    claim = serializers.CharField(source="claim.number", allow_null=True)
    kind = serializers.ChoiceField(choices=money_words.PAYMENT_KIND)
    state = serializers.ChoiceField(choices=labels.PAYMENT_STATE)
    pay_on = serializers.DateField()
    withholding_rate = serializers.DecimalField(max_digits=5, decimal_places=4)
    approved = money()
    linkage_and_interest = money()
    gross = money()
    withholding_total = money()
    withheld_now = money()
    tax_debt = money()
    liens = money()
    advance_set_off = money()
    net = money()
    overpayment = money()
    tranches = serializers.ListField(child=serializers.DictField())
    approved_at = serializers.DateTimeField(allow_null=True)
    settled_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)


class PaymentPageOutput(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    results = PaymentOutput(many=True)


class TaxDebtOutput(serializers.Serializer):
    id = serializers.IntegerField()
    claimant = serializers.IntegerField(source="claimant_id")
    tax = serializers.CharField()
    reference = serializers.CharField()
    amount = money()
    since_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)
    waived_at = serializers.DateTimeField(allow_null=True)
    waiver_reason = serializers.CharField(allow_blank=True)


class TaxDebtPageOutput(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    results = TaxDebtOutput(many=True)


class LienOutput(serializers.Serializer):
    id = serializers.IntegerField()
    claimant = serializers.IntegerField(source="claimant_id")
    creditor = serializers.CharField()
    authority = serializers.CharField()
    reference = serializers.CharField()
    amount = money()
    served_on = serializers.DateField()
    released_on = serializers.DateField(allow_null=True)
    bank = serializers.CharField()
    bank_branch = serializers.CharField()
    bank_account = serializers.CharField()


class LienPageOutput(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    results = LienOutput(many=True)


class CertificateOutput(serializers.Serializer):
    """A certificate belongs to the customer, so it holds for every claim of his."""

    id = serializers.IntegerField()
    rate = serializers.DecimalField(max_digits=5, decimal_places=4)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField()


class OverpaymentOutput(serializers.Serializer):
    """What must be returned: `returned` of the principal so far."""

    id = serializers.IntegerField()
    claimant = serializers.IntegerField(source="claimant_id")
    claim = serializers.CharField(source="claim.number", allow_null=True)
    state = serializers.ChoiceField(choices=money_words.OVERPAYMENT_STATE)
    amount = money()
    returned = money(source="back")
    demanded_at = serializers.DateTimeField()
    served_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    collected_at = serializers.DateTimeField(allow_null=True)


class OverpaymentPageOutput(serializers.Serializer):
    next = serializers.URLField(allow_null=True)
    results = OverpaymentOutput(many=True)
