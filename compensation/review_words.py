"""The words of the fund's pages: queues, clocks, what happened, what was found, figures of the inputs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import ngettext, pgettext_lazy

from crm_portal.errors import Code, Refusal
from crm_portal.sentences import sentence

from .labels import ADVANCE_KIND, DOCUMENT, REASON
from .rules.codes import ClaimState, ObjectionState
from .rules.reasons import Reason

_ADVANCE, _DOCUMENT = dict(ADVANCE_KIND), dict(DOCUMENT)
QUEUE: Mapping[str, Promise] = MappingProxyType(
    {
        "waiting": pgettext_lazy("queue", "Claims that wait for a clerk"),
        "mine": pgettext_lazy("queue", "Claims that I review"),
        "review": pgettext_lazy("queue", "Claims in review"),
        "approval": pgettext_lazy("queue", "Claims that wait for approval"),
        "decided": pgettext_lazy("queue", "Decided claims"),
        "all": pgettext_lazy("queue", "All claims"),
    }
)
OBJECTION_LIST: Mapping[str, Promise] = MappingProxyType(
    {
        "open": pgettext_lazy("objections", "To be decided"),
        "decided": pgettext_lazy("objections", "Decided"),
        "appealed": pgettext_lazy("objections", "Appealed against"),
    }
)
TONE: Mapping[str, str] = MappingProxyType(  # of the badge of a state, as the style sheet names them
    {
        ClaimState.DRAFT.value: "open",
        ClaimState.AWAITING_EMPLOYEE_DECLARATIONS.value: "waiting",
        ClaimState.SUBMITTED.value: "team",
        ClaimState.IN_REVIEW.value: "work",
        ClaimState.DETAILS_REQUESTED.value: "waiting",
        ClaimState.PENDING_APPROVAL.value: "reply",
        ClaimState.APPROVED.value: "done",
        ClaimState.PARTIALLY_APPROVED.value: "done",
        ClaimState.REJECTED.value: "rejected",
        ClaimState.DEEMED_ACCEPTED.value: "system",
        ClaimState.PAID.value: "closed",
        ClaimState.WITHDRAWN.value: "cancelled",
        ClaimState.CLOSED.value: "closed",
    }
)
OBJECTION_TONE: Mapping[str, str] = MappingProxyType(
    {
        ObjectionState.SUBMITTED.value: "team",
        ObjectionState.IN_REVIEW.value: "work",
        ObjectionState.DETAILS_REQUESTED.value: "waiting",
        ObjectionState.ACCEPTED.value: "done",
        ObjectionState.PARTIALLY_ACCEPTED.value: "done",
        ObjectionState.DISMISSED.value: "rejected",
        ObjectionState.DEEMED_ACCEPTED.value: "system",
    }
)
CLOCK: Mapping[str, Promise] = MappingProxyType(
    {
        "advance_60": pgettext_lazy("clock", "First advance, 60%"),
        "advance_10": pgettext_lazy("clock", "Further advance, 10%"),
        "decision": pgettext_lazy("clock", "Reasoned decision"),
    }
)
EVENT: Mapping[str, Promise] = MappingProxyType(
    {
        "submit": pgettext_lazy("claim event", "Filed"),
        "submit_with_employees": pgettext_lazy("claim event", "Filed, waits for the employees' declarations"),
        "complete": pgettext_lazy("claim event", "The last employee declared; the claim is complete"),
        "take": pgettext_lazy("claim event", "Taken into review"),
        "request_details": pgettext_lazy("claim event", "Details were requested"),
        "answer_details": pgettext_lazy("claim event", "The claimant answered"),
        "accept_details": pgettext_lazy("claim event", "The details were found complete"),
        "warn_of_lapse": pgettext_lazy("claim event", "Warning: it is about to be accepted by lapse of time"),
        "extend": pgettext_lazy("claim event", "The time to decide was extended"),
        "payment_late": pgettext_lazy("claim event", "The payment is late"),
        "propose_advance": pgettext_lazy("claim event", "An advance was proposed"),
        "confirm_advance": pgettext_lazy("claim event", "An advance was confirmed"),
        "refuse_advance": pgettext_lazy("claim event", "An advance was refused"),
        "find_causation": pgettext_lazy("claim event", "Finding on the causal connection"),
        "propose": pgettext_lazy("claim event", "A decision was proposed"),
        "return": pgettext_lazy("claim event", "The proposal was sent back"),
        "approve": pgettext_lazy("claim event", "Approved"),
        "approve_partly": pgettext_lazy("claim event", "Partly approved"),
        "reject": pgettext_lazy("claim event", "Rejected"),
        "deem_accepted": pgettext_lazy("claim event", "Accepted by lapse of time"),
        "pay": pgettext_lazy("claim event", "Paid"),
        "close": pgettext_lazy("claim event", "Closed"),
        "close_rejected": pgettext_lazy("claim event", "Closed"),
        "withdraw": pgettext_lazy("claim event", "Withdrawn by the claimant"),
        "object": pgettext_lazy("claim event", "An objection was filed"),
        "answer_objection": pgettext_lazy("claim event", "The claimant answered the officer"),
        "objection_in_review": pgettext_lazy("claim event", "An officer has the objection"),
        "objection_details_requested": pgettext_lazy("claim event", "The officer asked for evidence"),
        "objection_confirm_complete": pgettext_lazy("claim event", "The objection's documents are complete"),
        "objection_extend": pgettext_lazy("claim event", "More time to decide the objection"),
        "objection_accepted": pgettext_lazy("claim event", "The objection was accepted"),
        "objection_partially_accepted": pgettext_lazy("claim event", "The objection was partly accepted"),
        "objection_dismissed": pgettext_lazy("claim event", "The objection was dismissed"),
        "objection_deemed_accepted": pgettext_lazy("claim event", "The objection was accepted by lapse of time"),
        "appeal_file": pgettext_lazy("claim event", "An appeal was filed"),
        "appeal_hear": pgettext_lazy("claim event", "A hearing was recorded"),
        "appeal_decide": pgettext_lazy("claim event", "The committee decided"),
        "appeal_to_court": pgettext_lazy("claim event", "An appeal to the District Court was filed"),
        "appeal_decide_in_court": pgettext_lazy("claim event", "The court decided"),
        "decide_again_approve": pgettext_lazy("claim event", "Approved by a later decision"),
        "decide_again_partly": pgettext_lazy("claim event", "Partly approved by a later decision"),
        "decide_again_reject": pgettext_lazy("claim event", "Rejected by a later decision"),
    }
)
FINDING: Mapping[str, Promise] = MappingProxyType(  # beside `REASON`, what only a review finds
    {
        "REGISTER_DIFFERS": pgettext_lazy("finding", "The figure differs from what was reported to the authority"),
        "NOT_IN_REGISTER": pgettext_lazy("finding", "The authority has no report of this figure"),
    }
)
INPUT: Mapping[str, Promise] = MappingProxyType(  # figures of the engine's inputs, by their paths
    {
        "base.gross": pgettext_lazy("figure", "Turnover of the base period"),
        "base.capital_sales": pgettext_lazy("figure", "Capital sales in the base period"),
        "base.buyer_reported": pgettext_lazy("figure", "Reported by the buyer, base period"),
        "base.reg_6z": pgettext_lazy("figure", "Reported under regulation 6z, base period"),
        "base.group_internal": pgettext_lazy("figure", "Sales within the VAT group, base period"),
        "base.related_party_unapproved": pgettext_lazy("figure", "Sales to related parties, base period"),
        "base.manager_adjustment": pgettext_lazy("figure", "Adjustment of the base period"),
        "eligibility.gross": pgettext_lazy("figure", "Turnover of the eligibility period"),
        "eligibility.capital_sales": pgettext_lazy("figure", "Capital sales in the eligibility period"),
        "eligibility.buyer_reported": pgettext_lazy("figure", "Reported by the buyer, eligibility period"),
        "eligibility.reg_6z": pgettext_lazy("figure", "Reported under regulation 6z, eligibility period"),
        "eligibility.group_internal": pgettext_lazy("figure", "Sales within the VAT group, eligibility period"),
        "eligibility.related_party_unapproved": pgettext_lazy("figure", "Sales to related parties, eligibility period"),
        "eligibility.manager_adjustment": pgettext_lazy("figure", "Adjustment of the eligibility period"),
        "complement.denominator": pgettext_lazy("figure", "Turnover of the year"),
        "complement.reported_inputs": pgettext_lazy("figure", "Inputs of the year, as reported"),
        "complement.equipment_inputs": pgettext_lazy("figure", "Of these: inputs of equipment"),
        "complement.zero_rated_inputs": pgettext_lazy("figure", "Zero-rated inputs"),
        "complement.s131_expenses": pgettext_lazy("figure", "Expenses of the annual report that are not inputs"),
        "complement.related_party_inputs_unapproved": pgettext_lazy("figure", "Inputs from related parties"),
        "wages.wage_base": pgettext_lazy("figure", "Wages of the base period"),
        "wages.reserve_refund_base": pgettext_lazy("figure", "Reserve-duty refunds, base period"),
        "wages.tips_base": pgettext_lazy("figure", "Tips, base period"),
        "wages.wage_eligibility": pgettext_lazy("figure", "Wages of the eligibility period"),
        "wages.reserve_refund_eligibility": pgettext_lazy("figure", "Reserve-duty refunds, eligibility period"),
        "wages.tips_eligibility": pgettext_lazy("figure", "Tips, eligibility period"),
        "wages.annual_wage_2022": pgettext_lazy("figure", "Wages of the whole year"),
        "manager_rate": pgettext_lazy("figure", "Complement set by the manager"),
        "field_workers": pgettext_lazy("figure", "Workers employed in the fields"),
        "fixed_costs": pgettext_lazy("figure", "Fixed costs"),
        "eligible_wage": pgettext_lazy("figure", "Eligible wage"),
        "drop_rate": pgettext_lazy("figure", "Drop rate of turnover"),
        "wage_paid_for_absence_days": pgettext_lazy("figure", "Full wage paid for the days of absence"),
        "manager_determined": pgettext_lazy("figure", "Damage as the manager determined it"),
    }
)


def input_words(path: str) -> str:
    """The words for a figure of the inputs; a path that has none is shown as it is."""
    return str(INPUT.get(path, path))


def finding_words(code: str, details: Mapping[str, Any]) -> str:
    """The words for a finding, with what it names: a missing document by its name and year."""
    named = dict(details)
    if (item := named.get("item")) in _DOCUMENT:
        named["item"] = f"{_DOCUMENT[item]} {named['year']}" if named.get("year") else str(_DOCUMENT[item])
    return reason_words(code).format_map(_Left(named))


class _Left(dict[str, Any]):
    """What is not known stays out of a sentence."""

    def __missing__(self, key: str) -> str:
        return ""


def event_reason(event: str, reason: str) -> str:
    """Why something happened: a person's own words, the name of an advance, the days that a warning counts."""
    if event == "warn_of_lapse" and reason.isdecimal():
        return ngettext("one day left", "%(days)s days left", int(reason)) % {"days": reason}
    return str(_ADVANCE.get(reason, reason))


def reason_words(code: str) -> str:
    """The words for a code that a rule or a review found."""
    if code in FINDING:
        return str(FINDING[code])
    if code in Reason.__members__:
        return str(REASON[Reason(code)])
    return sentence(Refusal(Code(code))) if code in Code.__members__ else code
