"""Ask the rules about a claim and keep what they answered (CMP-4.6-ag)."""

from datetime import datetime

from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, Computation
from ..rules import engine
from ..rules.assessment import Assessment
from ..selectors.assessing import as_plain
from ..selectors.inputs import claimants_inputs, engine_track, reviewed_inputs
from ..selectors.programmes import programme_on


def assess(claim: Claim, at: datetime, *, is_claimants: bool) -> Assessment:
    """
    What the rules answer now, without keeping it.

    :raises InvalidInput: when a figure cannot be read
    """
    inputs = claimants_inputs(claim) if is_claimants else reviewed_inputs(claim)
    programme = programme_on(day_of(at), code=claim.claimant.programme.code)
    return engine.assess(engine_track(claim).value.lower(), inputs, programme)


def compute(claim: Claim, *, is_claimants: bool, by: User | None, at: datetime) -> Computation:
    """
    Keep a new version of the computation of a locked claim.

    :raises InvalidInput: when a figure cannot be read
    """
    assessment = assess(claim, at, is_claimants=is_claimants)
    programme = programme_on(day_of(at), code=claim.claimant.programme.code)
    latest = claim.computations.order_by("version").last()
    return Computation.objects.create(
        claim=claim,
        version=latest.version + 1 if latest is not None else 1,
        is_claimants=is_claimants,
        rule_version=programme.version,
        track=engine_track(claim).value,
        inputs=claimants_inputs(claim) if is_claimants else reviewed_inputs(claim),
        result=as_plain(assessment, programme),
        amount=assessment.amount,
        made_by=by,
        made_at=at,
    )
