"""Check the chains of originals every night (CRD-74-a)."""

from datetime import datetime

import structlog
from django.db import transaction

from crm_portal.audit.services.recording import record

from ..models import ChainCheck, Licensee
from ..selectors import chains

log = structlog.get_logger()


@transaction.atomic
def verify_chain(*, licensee_id: int, at: datetime) -> ChainCheck:
    """Verify one licensee's chain and keep the result; a fault is a candidate for a serious defect (CRD-80-a)."""
    licensee = Licensee.objects.select_for_update(no_key=True).get(pk=licensee_id)  # no batch adds to it meanwhile
    found = chains.verify(licensee)
    faults = [[sequence, fault.value] for sequence, fault in found.faults[: chains.KEPT_FAULTS]]
    check = ChainCheck.objects.create(
        licensee=licensee, at=at, sequence=found.sequence, link_hash=found.link_hash, faults=faults,
        fault_count=len(found.faults),
    )  # fmt: skip
    if faults:
        log.error("chain_broken", licensee=licensee.pk, faults=len(found.faults), first=faults[0])
        record("chain.broken", by=None, at=at, target=licensee, after={"faults": faults, "count": len(found.faults)})
    # The log leaves this machine: with its last head, removing the newest originals shows too.
    log.info("chain_verified", licensee=licensee.pk, head=f"{found.sequence}:{found.link_hash.hex()}")
    return check
