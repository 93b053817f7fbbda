"""What happens in the credit-data service by itself (section 11)."""

from datetime import datetime, timedelta

from crm_portal.worktime.services.sweeping import SweepResult, sweep, timer

from .models import DualControlProposal, Licensee
from .services import chains, dual_control, intake, supplies

QUARTER = timedelta(minutes=15)


@timer("expire_proposals", every=QUARTER)
def expire_proposals(at: datetime) -> SweepResult:
    """End the proposals that nobody decided within 24 hours (CRD-77-a)."""
    return sweep(
        DualControlProposal.objects.run_out, lambda row, at: dual_control.expire(proposal_id=row.pk, at=at), at=at
    )


@timer("read_credit_batches", every=timedelta(seconds=5))
def read_credit_batches(at: datetime) -> SweepResult:
    """Read the batches that wait, one after the other."""
    result = SweepResult()
    while (read := intake.read_next(at=at)) is not None:
        result += SweepResult(done=int(read), failed=int(not read))
    return result


@timer("check_source_supplies", every=QUARTER)
def check_source_supplies(at: datetime) -> SweepResult:
    """Open an incident where a source let its time pass without a supply (T1 to T5)."""
    return SweepResult(done=supplies.check_supplies(at=at))


@timer("verify_chains", every=timedelta(days=1))
def verify_chains(at: datetime) -> SweepResult:
    """Compute every licensee's chain of originals anew (T30)."""
    result = SweepResult()
    for pk in Licensee.objects.values_list("pk", flat=True):
        is_whole = not chains.verify_chain(licensee_id=pk, at=at).fault_count
        result += SweepResult(done=int(is_whole), failed=int(not is_whole))
    return result
