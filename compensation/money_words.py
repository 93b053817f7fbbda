"""The words people read for the codes of payments, the ledger and overpayments, beside those of `labels`."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from .rules.bank_files import Fault
from .rules.codes import OverpaymentState, PaymentKind, PaymentState
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

LIST: Mapping[str, Promise] = {
    "to_prepare": pgettext_lazy("payments", "To be prepared"),
    "prepared": pgettext_lazy("payments", "To be approved"),
    "approved": pgettext_lazy("payments", "For the bank"),
    "sent": pgettext_lazy("payments", "At the bank"),
    "returned": pgettext_lazy("payments", "Returned by the bank"),
    "paid": pgettext_lazy("payments", "Paid"),
    "cancelled": pgettext_lazy("payments", "Cancelled"),
}
FAULT: Mapping[Fault, Promise] = {
    Fault.UNREADABLE: pgettext_lazy("bank file", "The line cannot be read."),
    Fault.UNKNOWN: pgettext_lazy("bank file", "No transfer has this reference."),
    Fault.OTHER_AMOUNT: pgettext_lazy("bank file", "The transfer had another amount."),
    Fault.CONTRADICTS: pgettext_lazy("bank file", "The transfer was already returned."),
}
PAYMENT_TONE: Mapping[str, str] = {
    PaymentState.PREPARED.value: "open",
    PaymentState.APPROVED.value: "work",
    PaymentState.EXPORTED.value: "moved",
    PaymentState.SETTLED.value: "done",
    PaymentState.RETURNED.value: "rejected",
    PaymentState.CANCELLED.value: "cancelled",
}
OVERPAYMENT_TONE: Mapping[str, str] = {
    OverpaymentState.DEMANDED.value: "waiting",
    OverpaymentState.RETURNED.value: "done",
    OverpaymentState.COLLECTED.value: "rejected",
    OverpaymentState.CANCELLED.value: "cancelled",
}
