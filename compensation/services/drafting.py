"""The draft of a claim: begun, saved step by step on any device, deleted freely (CMP-8.1.3-a, CMP-8.1.5-a)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refused, refuse, refuse_if
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Branch, Claim, Claimant, EligibilityCheckRequest
from ..rules.codes import ClaimantFlag, ClaimState, Regime, Track
from ..rules.reasons import Reason
from ..rules.wizard import ORDER, WizardStep, regime_of
from ..selectors import drafts, eligible, figures_asked
from ..selectors.claims import customers_of
from ..selectors.facts import facts_for
from . import moving
from .enrolling import claimant_for

_FREE = frozenset(  # columns that a step may write
    {"business_town", "registered_town", "has_branches", "kind", "flags", "declares_causation", "declares_wages_paid"}
)
_OF_CLAIMANT = frozenset({"email", "mobile", "bank", "bank_branch", "bank_account"})


@dataclass(frozen=True, slots=True)
class Saved:
    """What one step says; what it does not name stays as it was."""

    columns: Mapping[str, Any] = field(default_factory=dict)
    claimant: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    branches: Sequence[tuple[str, str]] | None = None  # name and town


@command("claim.start")
def start(*, customer_id: int, by: User, at: datetime, check_id: int | None = None) -> Claim:
    """
    Begin a claim; a draft of the claimant that is still open is gone on with, on whatever device.

    :raises Refused: GEN_NOT_AUTHORISED, GEN_WINDOW_CLOSED, GEN_WITHDRAWN_FINAL after a withdrawal
    """
    claimant = claimant_for(customer_id, by=by, at=at)
    check = _granted(claimant, check_id)
    draft = claimant.claims.filter(state=ClaimState.DRAFT.value, eligibility_check=check).first()
    if draft is not None:
        return draft
    if claimant.claims.filter(state=ClaimState.WITHDRAWN.value).exists():
        raise refuse(Reason.GEN_WITHDRAWN_FINAL, clause="CMP-8.1.5-a")
    if (closed := drafts.window_refusal(claimant, day_of(at))) is not None:
        raise Refused(closed)
    claim = Claim.objects.create(
        number=moving.next_number(at),
        claimant=claimant,
        eligibility_check=check,
        state_since=at,
        created_by=by,
        created_at=at,
        step=WizardStep.IDENTITY.value,
    )
    record("claim.start", by=by, at=at, target=claim)
    return claim


@command("claim.save_step")
def save_step(
    *,
    claim_id: int,
    step: WizardStep,
    saved: Saved,
    by: User,
    at: datetime,
    version: int | None = None,
    tab: str = "",
    is_complete: bool = True,
) -> Claim:
    """
    Keep what a step says. A page that is not the last one to have written is refused when it is out of date.

    With `is_complete` the wizard goes on to the next step; otherwise it is kept on the way, while somebody types.

    :raises Refused: OUT_OF_SCOPE for a claim of somebody else, STALE_VERSION, GEN_BAD_TRANSITION once it is filed,
        INVALID_VALUE at facts and figures that are not asked of a claimant on his track
    """
    claim = own_draft(claim_id, by, at)
    fresh(claim, version, tab)
    refuse_if(figures_asked.refusals(claim, saved.answers))
    if unknown := (saved.columns.keys() - _FREE) | (saved.claimant.keys() - _OF_CLAIMANT):
        raise ValueError(f"No step writes {sorted(unknown)}.")
    _keep_claimant(claim.claimant, saved.claimant, by=by, at=at)
    if saved.branches is not None:
        claim.branches.all().delete()
        Branch.objects.bulk_create([Branch(claim=claim, name=name, town=town) for name, town in saved.branches])
    for name, value in saved.columns.items():
        setattr(claim, name, value)
    if saved.columns.keys() & {"flags", "has_branches"}:
        claim.flags = _with_branches(claim.flags, has_branches=bool(claim.has_branches))
    answers = {**claim.answers, **saved.answers, "tab": tab}
    claim.answers = answers
    if "said" in answers and claim.track:
        answers["facts"] = facts_for(claim, answers["said"])
    columns = {**saved.columns, "flags": claim.flags}
    moving.keep(claim, **columns, answers=answers, step=_reached(claim, step, is_complete))
    record("claim.save_step", by=by, at=at, target=claim, after={"step": step.value})
    return claim


@command("claim.choose_track")
def choose_track(
    *,
    claim_id: int,
    regime: Regime,
    track: Track,
    declaration: str,
    by: User,
    at: datetime,
    version: int | None = None,
    tab: str = "",
    knows_of_advance: bool = False,
    aid_plan: Mapping[str, str] | None = None,
) -> Claim:
    """
    Choose between the temporary order and the main regulations, and the track; kept with who, when and the words.

    Figures of another track are dropped. `aid_plan`: the claim under the Aid Plan Law (CMP-2.6-g).

    :raises Refused: the track is closed, was used, or goes with the other regulations; the advance was not confirmed
    """
    claim = own_draft(claim_id, by, at)
    fresh(claim, version, tab)
    found = eligible.of_claim(claim, drafts.programme_of_claim(claim, day_of(at)))
    offer = next((one for one in found.offers if one.track is track), None)
    if offer is None or not offer.is_open:
        refusal = drafts.closed_to(track, needs_check=offer is not None and offer.needs_check)
        raise refuse(refusal.code, "track", clause=refusal.clause)
    if regime is not regime_of(track):
        raise refuse(Code.INVALID_VALUE, "regime", clause="CMP-2.2-a")
    if regime is Regime.TEMPORARY_ORDER and eligible.warns_of_advance(found) and not knows_of_advance:
        raise refuse(Code.CONFIRMATION_REQUIRED, "advance_then_green", clause="CMP-2.6-h")
    answers = {
        **claim.answers,
        "tab": tab,
        "advance_then_green": knows_of_advance,
        "aid_plan": dict(aid_plan or {}),
        "regime_by": by.pk,
    }
    if track.value != claim.track:
        answers.pop("figures", None)
        answers.pop("facts", None)
    claim.track, claim.answers = track.value, answers
    claim.aid_plan_claim_no = answers["aid_plan"].get("number", "")
    if (taken := drafts.one_track_refusal(claim)) is not None:
        raise refuse(taken.code, "track", clause=taken.clause, **taken.details)
    if "facts" in answers and "said" in answers:
        answers["facts"] = facts_for(claim, answers["said"])
    moving.keep(
        claim,
        regime=regime.value,
        regime_chosen_at=at,
        regime_declaration=declaration,
        track=track.value,
        aid_plan_claim_no=claim.aid_plan_claim_no,
        answers=answers,
        step=_reached(claim, WizardStep.TRACK, is_complete=True),
    )
    record(
        "claim.choose_track",
        by=by,
        at=at,
        target=claim,
        after={"regime": regime.value, "track": track.value, "declaration": declaration},
    )
    return claim


@command("claim.hold_at")
def hold_at(*, claim_id: int, step: WizardStep, by: User, at: datetime) -> Claim:
    """
    Let no later step be opened: an excluded claimant is asked for no figures (CMP-2.1-c).

    :raises Refused: OUT_OF_SCOPE, GEN_BAD_TRANSITION once it is filed
    """
    claim = own_draft(claim_id, by, at)
    if ORDER.index(WizardStep(claim.step)) > ORDER.index(step):
        moving.keep(claim, step=step.value)
        record("claim.hold_at", by=by, at=at, target=claim, after={"step": step.value})
    return claim


@command("claim.delete_draft")
def delete_draft(*, claim_id: int, by: User, at: datetime) -> None:
    """
    Take a draft away for good; its files, and the inquiries about it, stay where they are (CMP-8.1.5-a).

    :raises Refused: OUT_OF_SCOPE, GEN_BAD_TRANSITION once it is filed
    """
    claim = own_draft(claim_id, by, at)
    record("claim.delete_draft", by=by, at=at, target=claim, before={"number": claim.number})
    for attached in (claim.documents, claim.questions, claim.tasks, claim.notices):
        attached.all().delete()
    claim.delete()


def own_draft(claim_id: int, by: User, at: datetime) -> Claim:
    """
    Lock a draft of somebody for whom the user may file.

    :raises Refused: OUT_OF_SCOPE, GEN_BAD_TRANSITION once it is filed
    """
    claim = own(claim_id, by, at)
    if claim.state != ClaimState.DRAFT.value:
        raise refuse(Reason.GEN_BAD_TRANSITION, "state", clause="8.5")
    return claim


def own(claim_id: int, by: User, at: datetime) -> Claim:
    """:raises Refused: OUT_OF_SCOPE when the user may not act for its claimant"""
    claim = moving.lock(claim_id)
    if not customers_of(by, day_of(at)).filter(pk=claim.claimant.customer_id).exists():
        raise refuse(Code.OUT_OF_SCOPE)
    return claim


def fresh(claim: Claim, version: int | None, tab: str) -> None:
    """:raises Refused: STALE_VERSION when another page wrote since this one was drawn; its own savings do not count"""
    if not tab or tab != claim.answers.get("tab"):
        moving.current(claim, version)


def _granted(claimant: Claimant, check_id: int | None) -> EligibilityCheckRequest | None:
    if check_id is None:
        return None
    check = claimant.eligibility_checks.filter(pk=check_id, state=EligibilityCheckRequest.GRANTED).first()
    if check is None:
        raise refuse(Code.OUT_OF_SCOPE)
    return check


def _keep_claimant(claimant: Claimant, given: Mapping[str, str], *, by: User, at: datetime) -> None:
    changed = {name: value for name, value in given.items() if value != getattr(claimant, name)}
    if not changed:
        return
    before = {name: getattr(claimant, name) for name in changed}
    for name, value in changed.items():
        setattr(claimant, name, value)
    claimant.save(update_fields=list(changed))
    record("claimant.keep", by=by, at=at, target=claimant, before=before, after=changed)


def _with_branches(flags: Sequence[str], *, has_branches: bool) -> list[str]:
    others = [flag for flag in flags if flag != ClaimantFlag.BRANCHES.value]
    return [*others, ClaimantFlag.BRANCHES.value] if has_branches else others


def _reached(claim: Claim, step: WizardStep, is_complete: bool) -> str:
    """The furthest step that may be opened; the wizard never goes back behind it."""
    before = ORDER.index(WizardStep(claim.step)) if claim.step else 0
    place = ORDER.index(step) + (1 if is_complete else 0)
    if step is WizardStep.TRACK:  # another track has other facts and figures
        return ORDER[place].value if "facts" not in claim.answers else ORDER[max(before, place)].value
    return ORDER[min(max(before, place), len(ORDER) - 1)].value
