"""The bank's files: what a batch says, made of its lines."""

from django.db.models import Count, Q

from crm_portal.worktime.rules.periods import day_of

from ..models import PaymentBatch
from ..rules.bank_files import Transfer, transfer_file
from ..rules.codes import PaymentState

_SHOWN = 50


def recent() -> list[PaymentBatch]:
    """The latest batches, with how many of their transfers the bank has answered."""
    counted = PaymentBatch.objects.select_related("made_by").annotate(
        settled=Count("lines", filter=Q(lines__outcome=PaymentState.SETTLED.value)),
        returned=Count("lines", filter=Q(lines__outcome=PaymentState.RETURNED.value)),
    )
    return list(counted[:_SHOWN])


def file_of(batch: PaymentBatch) -> bytes:
    """The transfer file of a batch; the same bytes each time."""
    lines = batch.lines.select_related("payment__claim").order_by("place")
    transfers = [
        Transfer(
            line.reference,
            line.payee,
            line.bank,
            line.bank_branch,
            line.bank_account,
            line.amount,
            line.payment.key if line.payment.claim is None else line.payment.claim.number,
        )
        for line in lines
    ]
    return transfer_file(batch.reference, day_of(batch.made_at), transfers)
