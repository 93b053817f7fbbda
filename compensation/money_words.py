"""The words people read for the codes of payments, the ledger and overpayments, beside those of `labels`."""

from django.utils.translation import pgettext_lazy

from .rules.codes import OverpaymentState, PaymentKind
from .rules.ledger import EntryKind

PAYMENT_KIND = [
    (PaymentKind.DECISION.value, pgettext_lazy("PaymentKind", "By a determination")),
    (PaymentKind.ADVANCE.value, pgettext_lazy("PaymentKind", "Advance")),
]
OVERPAYMENT_STATE = [
    (OverpaymentState.DEMANDED.value, pgettext_lazy("OverpaymentState", "Demanded")),
    (OverpaymentState.RETURNED.value, pgettext_lazy("OverpaymentState", "Returned")),
    (OverpaymentState.COLLECTED.value, pgettext_lazy("OverpaymentState", "Collected as tax")),
    (OverpaymentState.CANCELLED.value, pgettext_lazy("OverpaymentState", "Cancelled")),
]
LEDGER_KIND = [
    (EntryKind.ENTITLEMENT.value, pgettext_lazy("LedgerKind", "Compensation")),
    (EntryKind.LINKAGE.value, pgettext_lazy("LedgerKind", "Linkage differentials and interest")),
    (EntryKind.WITHHOLDING.value, pgettext_lazy("LedgerKind", "Tax withheld at source")),
    (EntryKind.TAX_DEBT.value, pgettext_lazy("LedgerKind", "Tax debt")),
    (EntryKind.LIEN.value, pgettext_lazy("LedgerKind", "Lien")),
    (EntryKind.PAYMENT.value, pgettext_lazy("LedgerKind", "Payment")),
    (EntryKind.ADVANCE.value, pgettext_lazy("LedgerKind", "Advance")),
    (EntryKind.BANK_RETURN.value, pgettext_lazy("LedgerKind", "Returned by the bank")),
    (EntryKind.REPAYMENT.value, pgettext_lazy("LedgerKind", "Returned by the claimant")),
    (EntryKind.REPAYMENT_INTEREST.value, pgettext_lazy("LedgerKind", "Interest on what was returned")),
]
