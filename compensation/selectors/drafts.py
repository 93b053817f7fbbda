"""How far a draft is, and everything that still stands in the way of filing it (CMP-2.3-a)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crm_portal.errors import Code, Refusal
from crm_portal.facts import InvalidInput
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claim, Claimant
from ..rules import documents, unreadable
from ..rules.assessment import Assessment, Finding
from ..rules.codes import ClaimantFlag, ClaimantKind, ClaimState, Regime, Track
from ..rules.documents import Document, Item
from ..rules.programme import Programme
from ..rules.reasons import Reason
from ..rules.wizard import ORDER, WizardStep, regime_of, step_of
from . import figures_asked, windows
from .claims import customers_of
from .eligible import of_claim, warns_of_advance
from .inputs import claimants_inputs, engine_track
from .programmes import programme_on


@dataclass(frozen=True, slots=True)
class Assessed:
    """What the rules answer on the claimant's figures, or every figure that they cannot read."""

    assessment: Assessment | None
    invalid: tuple[InvalidInput, ...] = ()


def programme_of_claim(claim: Claim, day: date) -> Programme:
    """The programme that the claim is filed under, as it holds on a day."""
    return programme_on(day, code=claim.claimant.programme.code)


def assessed(claim: Claim, programme: Programme) -> Assessed:
    """The rules' answer; nothing is kept."""
    return assessed_inputs(engine_track(claim), claimants_inputs(claim), programme)


def assessed_inputs(track: Track, inputs: dict[str, Any], programme: Programme) -> Assessed:
    """Every unreadable fact is named, not only the first."""
    return Assessed(*unreadable.assess(track.value.lower(), inputs, programme))


def checklist_of(claim: Claim, programme: Programme) -> tuple[Item, ...]:
    """The documents that this claim needs (CMP-4.7.2-g); what the form itself holds is not asked for again."""
    if not claim.track:
        return ()
    flags = [ClaimantFlag(flag) for flag in claim.flags]
    kind = ClaimantKind(claim.kind) if claim.kind else ClaimantKind.REGULAR
    items = documents.checklist(Track(claim.track), programme, kind=kind, flags=flags)
    in_form = {Document.FIELDS_DECLARATION, Document.WORKERS_DECLARATION}  # declared in the form (CMP-5.4.2-a, b)
    if claim.track == Track.WAGE.value:
        in_form.add(Document.CALCULATION_SHEET)  # the grid of employees is the sheet (CMP-3.3.1-d)
    return tuple(item for item in items if item.document not in in_form)


def window_refusal(claimant: Claimant, day: date) -> Refusal | None:
    """Why nothing can be filed on this day: outside the window, or the day that was granted (CMP-8.1.2-a, 8.2-b)."""
    programme = programme_on(day, code=claimant.programme.code)
    if windows.is_open(claimant, programme, day):
        return None
    return Refusal(Reason.GEN_WINDOW_CLOSED, (), {"opens_on": programme.window_opens_on}, "CMP-8.1.2-a")


def others_of(claim: Claim) -> list[Claim]:
    """The claimant's other claims that were filed, also those withdrawn (CMP-2.1-a, decision 31)."""
    return list(
        Claim.objects.filter(claimant_id=claim.claimant_id, submitted_at__isnull=False)
        .exclude(pk=claim.pk)
        .order_by("submitted_at")
    )


def one_track_refusal(claim: Claim) -> Refusal | None:
    """One track for each claimant, and one claim on it, but for what an eligibility check opens (2.1)."""
    others = others_of(claim)
    for one in others:
        if one.state == ClaimState.WITHDRAWN.value:
            return Refusal(Reason.GEN_WITHDRAWN_FINAL, ("track",), {"number": one.number}, "CMP-8.1.5-a")
    check = claim.eligibility_check
    is_opened = check is not None and check.state == check.GRANTED and check.track == claim.track
    beside = [one for one in others if one.eligibility_check_id == (check.pk if check and is_opened else None)]
    if not beside:
        return None
    code = Reason.GEN_CLAIM_EXISTS if beside[0].track == claim.track else Reason.GEN_ONE_TRACK
    clause = "CMP-2.1-b" if is_opened else "CMP-2.1-a"
    return Refusal(code, ("track",), {"number": beside[0].number}, clause)


def refusals(claim: Claim, by: User, at: datetime) -> list[Refusal]:
    """Everything that stands in the way of filing the draft, all at once (CMP-2.3-a)."""
    return list(_refusals(claim, by, day_of(at)))


def _refusals(claim: Claim, by: User, today: date) -> Iterator[Refusal]:
    programme = programme_of_claim(claim, today)
    if not customers_of(by, today).filter(pk=claim.claimant.customer_id).exists():
        yield Refusal(Reason.GEN_NOT_AUTHORISED, ("customer",), clause="CMP-3.4.2-f")
    if (closed := window_refusal(claim.claimant, today)) is not None:
        yield closed
    if (taken := one_track_refusal(claim)) is not None:
        yield taken
    yield from _unfilled(claim)
    if claim.business_town and claim.track:
        yield from _location(claim, programme)
        missing = figures_asked.missing(claim, programme) if _has_figures(claim) else []
        yield from (Refusal(Code.FIELD_REQUIRED, (path,), clause="CMP-2.3-a") for path in missing)
        yield from _computation(claim, programme, told=missing)
        yield from _documents(claim, programme)
    if not claim.declares_causation:
        yield Refusal(Reason.GEN_CAUSATION_NOT_DECLARED, ("declares_causation",), clause="CMP-1.8-b")


def _unfilled(claim: Claim) -> Iterator[Refusal]:
    claimant, said = claim.claimant, claim.answers
    filled: dict[str, tuple[bool, str]] = {
        "email": (bool(claimant.email), "CMP-8.10-a"),
        "mobile": (bool(claimant.mobile), "CMP-8.1.3-b"),
        "business_town": (bool(claim.business_town), "CMP-1.7-a"),
        "registered_town": (bool(claim.registered_town), "CMP-1.7-a"),
        "has_branches": (claim.has_branches is not None, "CMP-2.6-i"),
        "branches": (not claim.has_branches or claim.branches.exists(), "CMP-2.6-i"),
        "kind": (bool(claim.kind), "CMP-4.6-aj"),
        "regime": (bool(claim.regime_declaration), "CMP-2.2-a"),
        "track": (bool(claim.track), "CMP-2.2-a"),
        "exclusions": ("facts" in said or not claim.track, "CMP-2.1-c"),
        "wages_paid_for_absence": (claim.declares_wages_paid is not None or not claim.track, "CMP-2.5-a"),
        "bank_account": (bool(claimant.bank_account), "CMP-8.5.1-a"),
        "declares_truth": (bool(said.get("declares_truth")), "CMP-8.1.3-a"),
    }
    for name, (is_filled, clause) in filled.items():
        if not is_filled:
            yield Refusal(Code.FIELD_REQUIRED, (name,), clause=clause)
    if claim.track and claim.track != Track.WAGE.value and not _has_figures(claim):
        yield Refusal(Code.FIELD_REQUIRED, ("figures",), clause="CMP-8.1.3-a")


def _has_figures(claim: Claim) -> bool:
    return bool(claim.answers.get("figures"))


def _location(claim: Claim, programme: Programme) -> Iterator[Refusal]:
    try:
        found = of_claim(claim, programme)
    except InvalidInput as invalid:
        yield Refusal(invalid.code, (invalid.where.replace("town", "business_town", 1),), invalid.details)
        return
    track = Track(claim.track)
    offer = next((one for one in found.offers if one.track is track), None)
    if offer is None or not offer.is_open:
        yield closed_to(track, needs_check=offer is not None and offer.needs_check)
    if claim.regime != regime_of(track).value:
        yield Refusal(Code.INVALID_VALUE, ("regime",), clause="CMP-2.2-a")
    is_green = claim.regime == Regime.TEMPORARY_ORDER.value
    if is_green and warns_of_advance(found) and not claim.answers.get("advance_then_green"):
        yield Refusal(Code.CONFIRMATION_REQUIRED, ("advance_then_green",), clause="CMP-2.6-h")


_CLOSED = {
    Track.WAGE: Reason.WAG_NOT_RESIDENT,
    Track.TURNOVER: Reason.TUR_NOT_SPECIAL_AREA,
    Track.AGRICULTURE: Reason.AGR_FIELDS_NOT_IN_AREA,
    Track.EXECUTION_CONTRACTOR: Reason.CON_NOT_SPECIAL_AREA,
    Track.RED: Reason.RED_NOT_BORDER_SETTLEMENT,
}


def closed_to(track: Track, *, needs_check: bool) -> Refusal:
    """Why a track is not open: the place, or an eligibility check that was not granted."""
    if needs_check:
        return Refusal(Code.FIELD_REQUIRED, ("eligibility_check",), clause="CMP-2.1-b")
    if track in _CLOSED:
        return Refusal(_CLOSED[track], ("track",), clause="CMP-2.6-a")
    return Refusal(Code.INVALID_VALUE, ("track",), clause="CMP-2.6-g")


def _computation(claim: Claim, programme: Programme, *, told: Collection[str]) -> Iterator[Refusal]:
    found = assessed(claim, programme)
    for invalid in found.invalid:
        if invalid.where in told:
            continue
        yield Refusal(invalid.code, (invalid.where,), invalid.details)
    for finding in finals(found):
        if finding.code is not Reason.TUR_NOT_SPECIAL_AREA:  # said with the place
            yield Refusal(finding.code, (finding.where,), finding.details, finding.clause)


def finals(found: Assessed) -> list[Finding]:
    """What refuses the claim: exclusions and missing preconditions, each with its code (CMP-2.1-c)."""
    return [finding for finding in found.assessment.findings if finding.is_final] if found.assessment else []


def uploaded(claim: Claim) -> list[Any]:
    """The documents of a claim that were not taken out again, with their files."""
    return list(claim.documents.filter(removed_at__isnull=True).select_related("file"))


def _documents(claim: Claim, programme: Programme) -> Iterator[Refusal]:
    files = uploaded(claim)
    items = checklist_of(claim, programme)
    certified = {item.key for item in items if item.is_certified}
    given = {
        (one.requirement, one.year)
        for one in files
        if one.file.state != "failed" and (one.is_certified or (one.requirement, one.year) not in certified)
    }
    for finding in documents.missing(items, given):
        yield Refusal(finding.code, (finding.where,), finding.details, finding.clause)
    if any(one.file.state == "pending" for one in files):
        yield Refusal(Code.FILE_PENDING, ("documents",), clause="CMP-4.7.2-g")


def progress(claim: Claim, found: list[Refusal]) -> dict[WizardStep, bool]:
    """Which steps have nothing against them; whatever comes after the first one that has is not done either."""
    against = {step_of(refusal.fields[0]) if refusal.fields else WizardStep.SUMMARY for refusal in found}
    done, reached = {}, ORDER.index(WizardStep(claim.step)) if claim.step else 0
    for place, step in enumerate(ORDER):
        done[step] = step not in against and place < max(reached, 1)
    return done


def first_open(claim: Claim, found: list[Refusal]) -> WizardStep:
    """Where the wizard goes on."""
    done = progress(claim, found)
    return next((step for step in ORDER if not done[step]), WizardStep.SUMMARY)


def may_open(step: WizardStep, claim: Claim) -> bool:
    """Whether a step may be opened: what went before must have been saved once, and figures need an open track."""
    reached = ORDER.index(WizardStep(claim.step)) if claim.step else 1
    return ORDER.index(step) <= max(reached, 1)
