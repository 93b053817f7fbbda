"""What a claimant keeps and asks for beside his claims: the address for service, an eligibility check, a question."""

from datetime import datetime

from crm_portal.audit.services.recording import command, record
from crm_portal.errors import Code, Refusal, Refused, refuse
from crm_portal.people.models import User
from crm_portal.worktime.rules.periods import day_of

from ..models import Claimant, EligibilityCheckRequest
from ..rules.codes import Track
from ..rules.reasons import Reason
from ..selectors.claims import customers_of
from ..selectors.programmes import programme_on
from .enrolling import claimant_for

GROUNDS: dict[str, tuple[Track, ...]] = {  # what may be asked for on each ground (CMP-2.1-b)
    "branch": (Track.WAGE, Track.TURNOVER),  # CMP-2.6-k
    "top_up": (Track.WAGE,),  # CMP-2.6-l
    "outside_employer": (Track.WAGE,),  # CMP-3.2.3-a
}


@command("claimant.keep_contact")
def keep_contact(*, claimant_id: int, email: str, mobile: str, by: User, at: datetime) -> Claimant:
    """
    Change where notices are served; the claimant keeps it up to date (CMP-9.8-a).

    :raises Refused: OUT_OF_SCOPE for a claimant of somebody else, FIELD_REQUIRED for what is left empty
    """
    claimant = Claimant.objects.select_for_update().filter(pk=claimant_id).first()
    if claimant is None or not customers_of(by, day_of(at)).filter(pk=claimant.customer_id).exists():
        raise refuse(Code.OUT_OF_SCOPE)
    given = {"email": email.strip(), "mobile": mobile.strip()}
    if empty := [name for name, value in given.items() if not value]:
        raise Refused(*(Refusal(Code.FIELD_REQUIRED, (name,), clause="CMP-9.8-a") for name in empty))
    before = {name: getattr(claimant, name) for name in given}
    if before != given:
        claimant.email, claimant.mobile = given["email"], given["mobile"]
        claimant.save(update_fields=["email", "mobile"])
        record("claimant.keep_contact", by=by, at=at, target=claimant, before=before, after=given)
    return claimant


@command("eligibility_check.request")
def request_check(
    *,
    customer_id: int,
    ground: str,
    track: Track,
    town: str,
    text: str,
    by: User,
    at: datetime,
    employee_id_number: str = "",
    aid_plan_claim_no: str = "",
) -> EligibilityCheckRequest:
    """
    Ask the fund to open a track for a branch or an employee (CMP-2.6-k, CMP-2.6-l, CMP-3.2.3-a).

    :raises Refused: GEN_NOT_AUTHORISED, or each field that is missing or wrong
    """
    claimant = claimant_for(customer_id, by=by, at=at)
    known = programme_on(day_of(at), code=claimant.programme.code).towns.find(town)
    wrong = []
    if ground not in GROUNDS:
        wrong.append(Refusal(Code.INVALID_VALUE, ("ground",), clause="CMP-2.1-b"))
    elif track not in GROUNDS[ground]:
        wrong.append(Refusal(Code.INVALID_VALUE, ("track",), clause="CMP-2.1-b"))
    if known is None:
        wrong.append(Refusal(Reason.GEN_UNKNOWN_TOWN, ("town",), clause="annex B"))
    if not text.strip():
        wrong.append(Refusal(Code.FIELD_REQUIRED, ("text",), clause="CMP-2.1-b"))
    if ground == "top_up" and not employee_id_number:
        wrong.append(Refusal(Code.FIELD_REQUIRED, ("employee_id_number",), clause="CMP-2.6-l"))
    if ground == "top_up" and not aid_plan_claim_no.strip():
        wrong.append(Refusal(Code.FIELD_REQUIRED, ("aid_plan_claim_no",), clause="CMP-2.6-g"))
    if wrong or known is None:
        raise Refused(*wrong)
    check = EligibilityCheckRequest.objects.create(
        claimant=claimant,
        ground=ground,
        track=track.value,
        town=known.name,
        employee_id_number=employee_id_number,
        aid_plan_claim_no=aid_plan_claim_no.strip(),
        text=text.strip(),
        requested_by=by,
        requested_at=at,
    )
    record("eligibility_check.request", by=by, at=at, target=check, after={"ground": ground, "track": track.value})
    return check
