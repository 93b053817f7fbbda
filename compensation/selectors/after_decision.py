"""What the fund's page after a decision shows, and what its reader may do there."""

from dataclasses import dataclass
from datetime import date

from crm_portal.people.models import User

from ..models import Appeal, Claim, Decision, Notice, Objection
from ..rules.access import Action
from ..rules.codes import ObjectionState
from .objections import took_part


@dataclass(frozen=True, slots=True)
class AfterRights:
    """What the reader may do now."""

    corrects: bool = False
    takes: bool = False
    examines: bool = False  # the objection is his, and in review
    waits: bool = False  # the objection is his, and waits for an answer
    extends: bool = False
    took_part: bool = False  # GEN_FOUR_EYES is said in the place of the button
    records: bool = False  # what committee and court did


@dataclass(frozen=True, slots=True)
class AfterDecision:
    """Decisions, notices, objections and appeals of one claim, read in a number of queries that does not grow."""

    rights: AfterRights
    decisions: list[Decision]
    notices: list[Notice]
    objections: list[Objection]
    days_left: int | None  # to decide the open objection
    appeals: list[Appeal]

    @property
    def objection(self) -> Objection | None:
        """The latest one, on which something may be done."""
        return self.objections[-1] if self.objections else None

    @property
    def appeal(self) -> Appeal | None:
        return self.appeals[-1] if self.appeals else None


def after_decision(claim: Claim, user: User, today: date) -> AfterDecision:
    """Read it all."""
    rows = claim.objections.select_related("decision", "result", "officer", "filed_by", "notice")
    objections = list(rows.prefetch_related("requests__files__file", "files__file"))
    appeals = list(claim.appeals.select_related("result", "court_result").prefetch_related("hearings", "files__file"))
    latest = objections[-1] if objections else None
    decisions = list(claim.decisions.prefetch_related("gaps").select_related("approved_by"))
    return AfterDecision(
        rights=_rights(claim, user, decisions, objections, appeals),
        decisions=decisions,
        notices=list(claim.notices.select_related("letter", "email", "sms", "second_sms").order_by("-created_at")[:50]),
        objections=objections,
        days_left=(latest.due_on - today).days if latest is not None and latest.decided_at is None else None,
        appeals=appeals,
    )


def _rights(
    claim: Claim, user: User, decisions: list[Decision], objections: list[Objection], appeals: list[Appeal]
) -> AfterRights:
    latest = objections[-1] if objections else None
    is_open = latest is not None and latest.decided_at is None
    is_his = latest is not None and latest.officer_id == user.pk
    decides = user.may(Action.DECIDE_OBJECTION)
    state = ObjectionState(latest.state) if latest is not None else None
    is_part = latest is not None and decides and is_open and took_part(latest, user)
    return AfterRights(
        corrects=user.may(Action.CORRECT) and bool(decisions),
        takes=decides and state is ObjectionState.SUBMITTED and not is_part,
        examines=decides and is_his and state is ObjectionState.IN_REVIEW,
        waits=decides and is_his and state is ObjectionState.DETAILS_REQUESTED,
        extends=user.may(Action.DECIDE) and is_open,
        took_part=is_part,
        records=user.may(Action.RECORD_APPEAL) and latest is not None and latest.decided_at is not None,
    )
