"""What a claimant asks and somebody of the fund grants: more time to file (8.2), an eligibility check (2.1)."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, refuse, refuse_if
from crm_portal.files.services.receiving import receive
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import EligibilityCheckRequest, FilingExtension
from ..rules.access import Action
from ..rules.codes import RequestState
from ..rules.fixed_costs import AidPlanClaim
from ..rules.gaps import is_reasoned
from ..rules.machines import Actor
from ..rules.money_states import REQUEST, RequestGuard
from ..rules.reasons import Reason
from ..selectors.programmes import programme_on
from ..selectors.windows import window_of
from . import telling, topping_up
from .enrolling import claimant_for

Asked = TypeVar("Asked", FilingExtension, EligibilityCheckRequest)


@command("filing_extension.request")
def ask_for_time(
    *, customer_id: int, reason: str, wanted_until: date, evidence: UploadedFile, by: User, at: datetime
) -> FilingExtension:
    """
    Ask for more time to file, with a reason and evidence (CMP-8.2-a); after the last day it asks for a permission.

    :raises Refused: FIELD_REQUIRED, INVALID_VALUE for a day that is no later, FILE_REJECTED, DUPLICATE while one waits
    """
    claimant, today = claimant_for(customer_id, by=by, at=at), day_of(at)
    last = window_of(claimant, programme_on(today, code=claimant.programme.code))
    if not reason.strip():
        raise refuse(Code.FIELD_REQUIRED, "reason", clause="CMP-8.2-a")
    if wanted_until <= max(last.last_day, today):
        raise refuse(Code.INVALID_VALUE, "wanted_until", clause="CMP-8.2-a", after=max(last.last_day, today))
    if claimant.filing_extensions.filter(state=RequestState.PENDING.value).exists():
        raise refuse(Code.DUPLICATE, clause="CMP-8.2-a")
    asked = FilingExtension.objects.create(
        claimant=claimant, reason=reason.strip(), evidence=receive(upload=evidence, by=by, at=at),
        wanted_until=wanted_until, is_late=last.has_passed(today), requested_by=by, requested_at=at,
    )  # fmt: skip
    record("filing_extension.request", by=by, at=at, target=claimant, after={"until": str(wanted_until)})
    return asked


@command("filing_extension.grant")
def grant_time(*, extension_id: int, until: date, reasons: str = "", by: User, at: datetime) -> FilingExtension:
    """
    Open the wizard for this claimant alone, until a day (CMP-8.2-b).

    After the last day it is the manager's separate permission, an exception that needs its reasons.

    :raises Refused: PERMISSION_DENIED for a clerk after the last day, GEN_REASONS_REQUIRED, INVALID_VALUE for a day
        that is past
    """
    asked = _extension(extension_id)
    _move(asked, RequestState.GRANTED, by, reasons)
    if asked.is_late and not by.may(Action.DECIDE):
        raise refuse(Code.PERMISSION_DENIED, clause="CMP-8.2-b")
    if asked.is_late and not is_reasoned(reasons):
        raise refuse(Reason.GEN_REASONS_REQUIRED, "reasons", clause="CMP-8.2-b")
    if until < day_of(at):
        raise refuse(Code.INVALID_VALUE, "until", clause="CMP-8.2-b")
    asked.granted_until = until
    return _decide(asked, by, at, reasons, _("more time to file was granted, until the day named in your area"))


@command("filing_extension.refuse")
def refuse_time(*, extension_id: int, reasons: str, by: User, at: datetime) -> FilingExtension:
    """
    Refuse more time, with reasons; after the last day only the manager decides.

    :raises Refused: GEN_REASONS_REQUIRED, PERMISSION_DENIED
    """
    asked = _extension(extension_id)
    _move(asked, RequestState.REFUSED, by, reasons)
    if asked.is_late and not by.may(Action.DECIDE):
        raise refuse(Code.PERMISSION_DENIED, clause="CMP-8.2-b")
    return _decide(asked, by, at, reasons, _("more time to file was refused; the reasons are in your area"))


@command("eligibility_check.grant")
def grant_check(*, check_id: int, by: User, at: datetime, reasons: str = "") -> EligibilityCheckRequest:
    """
    Open a track for a branch or an employee beside another claim (CMP-2.1-b, CMP-2.6-k, CMP-2.6-n).

    :raises Refused: FIELD_REQUIRED for a top-up without the number of the Aid Plan claim (CMP-2.6-l)
    """
    asked = _check(check_id)
    _move(asked, RequestState.GRANTED, by, reasons)
    if asked.is_top_up and not asked.aid_plan_claim_no:
        raise refuse(Code.FIELD_REQUIRED, "aid_plan_claim_no", clause="CMP-2.6-l")
    return _decide(asked, by, at, reasons, _("the eligibility check was granted; a claim can be filed"))


@command("eligibility_check.refuse")
def refuse_check(*, check_id: int, reasons: str, by: User, at: datetime) -> EligibilityCheckRequest:
    """
    Refuse an eligibility check, with reasons.

    :raises Refused: GEN_REASONS_REQUIRED
    """
    asked = _check(check_id)
    _move(asked, RequestState.REFUSED, by, reasons)
    return _decide(asked, by, at, reasons, _("the eligibility check was refused; the reasons are in your area"))


@command("eligibility_check.keep_aid_plan")
def keep_aid_plan(
    *, check_id: int, aid_plan_claim_no: str, aid_plan_claim: AidPlanClaim, drop_rate: Decimal | None = None,
    by: User, at: datetime,
) -> EligibilityCheckRequest:  # fmt: skip
    """
    Keep how far the claim under the Aid Plan Law is, and its rate once it is known (CMP-2.6-g, CMP-2.6-m).

    A rejected claim has the rate 0. A top-up that waited for it goes on.

    :raises Refused: FIELD_REQUIRED without number or rate, INVALID_VALUE for a rate that is no fraction, DUPLICATE for
        a second top-up of the same employee and claim
    """
    asked = _check(check_id)
    if not aid_plan_claim_no.strip():
        raise refuse(Code.FIELD_REQUIRED, "aid_plan_claim_no", clause="CMP-2.6-g")
    if aid_plan_claim is AidPlanClaim.REJECTED:
        drop_rate = Decimal(0)
    if aid_plan_claim is AidPlanClaim.APPROVED and drop_rate is None:
        raise refuse(Code.FIELD_REQUIRED, "drop_rate", clause="CMP-2.6-l")
    if drop_rate is not None and not 0 <= drop_rate <= 1:
        raise refuse(Code.INVALID_VALUE, "drop_rate", clause="CMP-2.6-l")
    others = EligibilityCheckRequest.objects.filter(
        claimant=asked.claimant, ground="top_up", employee_id_number=asked.employee_id_number,
        aid_plan_claim_no=aid_plan_claim_no.strip(),
    )  # fmt: skip
    if asked.is_top_up and others.exclude(pk=asked.pk).exclude(state=RequestState.REFUSED.value).exists():
        raise refuse(Code.DUPLICATE, "aid_plan_claim_no", clause="CMP-2.6-l")
    asked.aid_plan_claim_no, asked.aid_plan_claim = aid_plan_claim_no.strip(), aid_plan_claim.value
    asked.drop_rate = None if aid_plan_claim is AidPlanClaim.PENDING else drop_rate
    asked.save(update_fields=["aid_plan_claim_no", "aid_plan_claim", "drop_rate"])
    after = {"number": asked.aid_plan_claim_no, "outcome": aid_plan_claim.value, "rate": str(asked.drop_rate)}
    if aid_plan_claim is not AidPlanClaim.PENDING:
        topping_up.go_on(asked, by=by, at=at)
    record("eligibility_check.keep_aid_plan", by=by, at=at, target=asked.claimant, after=after)
    return asked


def _extension(extension_id: int) -> FilingExtension:
    rows = FilingExtension.objects.select_for_update(of=["self"]).select_related("claimant__customer__user")
    if (asked := rows.filter(pk=extension_id).first()) is None:
        raise refuse(Code.OUT_OF_SCOPE)
    return asked


def _check(check_id: int) -> EligibilityCheckRequest:
    rows = EligibilityCheckRequest.objects.select_for_update(of=["self"]).select_related("claimant__customer__user")
    if (asked := rows.filter(pk=check_id).first()) is None:
        raise refuse(Code.OUT_OF_SCOPE)
    return asked


def _move(asked: FilingExtension | EligibilityCheckRequest, to: RequestState, by: User, reasons: str) -> None:
    facts: Mapping[RequestGuard, bool] = {RequestGuard.REASONED: is_reasoned(reasons)}
    actor = Actor.MANAGER if by.may(Action.DECIDE) else Actor.CLERK
    refuse_if(REQUEST.refusals(REQUEST.leading(RequestState(asked.state), to, actor), facts))
    asked.state = to.value


def _decide(asked: Asked, by: User, at: datetime, reasons: str, title: Promise) -> Asked:
    asked.decided_by, asked.decided_at = by, at
    what = "eligibility_check" if isinstance(asked, EligibilityCheckRequest) else "filing_extension"
    if isinstance(asked, FilingExtension):
        asked.decision_reasons = reasons.strip()
    else:
        asked.reasons = reasons.strip()
    asked.save()
    after = {"state": asked.state, "reasons": reasons.strip()}
    record(f"{what}.{asked.state.lower()}", by=by, at=at, target=asked.claimant, after=after)
    telling.tell_claimant(asked.claimant, title, about=telling.reference(what, asked.pk), at=at)
    return asked
