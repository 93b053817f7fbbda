"""The words people read for the codes of `routing.rules`."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm_portal.errors import Refusal

from .rules.cases import Problem
from .rules.codes import Because, Cause, InternalCase, Outcome, Register, RoutingRule, UnitKind
from .rules.completeness import Gap, GapKind
from .rules.engine import Reason

UNIT_KIND = [
    (UnitKind.OFFICE.value, _("Office")),
    (UnitKind.INFO_CENTRE.value, _("Information centre")),
    (UnitKind.NATIONAL_UNIT.value, _("National unit")),
    (UnitKind.MSM.value, _("MSM unit")),
    (UnitKind.NSA.value, _("NSA unit")),
    (UnitKind.HQ.value, _("Headquarters")),
    (UnitKind.SERVICE_DIVISION.value, _("Customer-service division")),
]
TIMER: dict[str, Promise] = {"check_routing": _("Checks that the routing tables are complete")}
INTERNAL_CASE = [
    (InternalCase.UNDECIDED.value, _("Nobody knows who handles it")),
    (InternalCase.PROCESS_QUESTION.value, _("A question on a work process")),
]
ROUTING_RULE = [
    (RoutingRule.INTERNAL_HQ.value, _("Internal triplet: headquarters team")),
    (RoutingRule.RE_FIRST_LINE.value, _("Real estate: first line")),
    (RoutingRule.NSA.value, _("Bookkeeping audits: national bookkeeping unit")),
    (RoutingRule.MSM_SECTION17.value, _("Section 17: regional MSM unit by address")),
    (RoutingRule.MSM_TOPIC.value, _("MSM topic: regional MSM unit by address")),
    (RoutingRule.IT_FILE_OFFICE.value, _("Income tax: office that manages the file")),
    (RoutingRule.IT_ADDRESS_OFFICE.value, _("Income tax: office by registered address")),
    (RoutingRule.VAT_FILE_OFFICE.value, _("VAT: office that manages the dealer file")),
    (RoutingRule.VAT_KEY.value, _("VAT: file-opening key")),
    (RoutingRule.FIXED_UNIT.value, _("Unit fixed for the triplet")),
    (RoutingRule.HEAD_TEAM_FALLBACK.value, _("Head team, because no rule found a team")),
]
REGISTER = [
    (Register.POPULATION.value, _("Population register")),
    (Register.SHAAM.value, _("Shaam registers")),
    (Register.VAT_KEY.value, _("File-opening key")),
]
# For each condition what is said when it holds, and when it does not.
BECAUSE: Mapping[Because, tuple[Promise, Promise]] = {
    Because.INTERNAL: (_("The triplet is internal"), _("The triplet is not internal")),
    Because.REAL_ESTATE: (_("The tax system is real estate"), _("The tax system is not real estate")),
    Because.BOOKKEEPING_AUDIT: (
        _("The triplet is about a bookkeeping audit"),
        _("The triplet is not about a bookkeeping audit"),
    ),
    Because.SECTION17: (_("The triplet belongs to section 17"), _("The triplet does not belong to section 17")),
    Because.MSM_TOPIC: (_("The triplet is an MSM topic"), _("The triplet is not an MSM topic")),
    Because.MSM_ADDRESS: (
        _("The registered address belongs to a regional MSM unit"),
        _("The registered address does not belong to a regional MSM unit"),
    ),
    Because.INCOME_TAX: (_("The tax system is income tax"), _("The tax system is not income tax")),
    Because.REPORTING_FILE: (
        _("There is an active file on which an annual report is due"),
        _("There is no active file on which an annual report is due"),
    ),
    Because.NO_REPORTING_FILE: (
        _("There is no active file on which an annual report is due"),
        _("There is an active file on which an annual report is due"),
    ),
    Because.VAT: (_("The tax system is VAT"), _("The tax system is not VAT")),
    Because.DEALER_FILE: (_("There is an active dealer file"), _("There is no active dealer file")),
    Because.NO_DEALER_FILE: (_("There is no active dealer file"), _("There is an active dealer file")),
    Because.OTHER_TAX_SYSTEM: (
        _("The tax system has a fixed unit for each triplet"),
        _("The tax system has rules of its own"),
    ),
}
CAUSE: Mapping[Cause, Promise] = {
    Cause.NO_ADDRESS: _("The population register has no address"),
    Cause.UNMAPPED_LOCALITY: _("No office is mapped to the locality of the address"),
    Cause.TEAM_DISSOLVED: _("The team that handled the triplet in the unit was dissolved"),
    Cause.NO_TEAM: _("The unit has no default team for the triplet, nor exactly one team"),
    Cause.REGISTER_DOWN: _("A register could not be reached"),
    Cause.HQ_NOT_CONNECTED: _("The headquarters team is not connected to the system"),
    Cause.FILE_WITHOUT_OFFICE: _("The file has no managing office"),
    Cause.NO_KEY_ANSWER: _("The file-opening key gives no office"),
    Cause.NO_PRESET_UNIT: _("No unit is preset for the triplet"),
    Cause.UNIT_CLOSED: _("The unit is closed or unknown"),
}
GAP: Mapping[GapKind, Promise] = {
    GapKind.NO_HEAD_TEAM: _("There is no head team."),
    GapKind.NO_UNIT: _("Triplet {triplet}: {cause}."),
    GapKind.NO_TEAM: _("Triplet {triplet}, unit {unit}: {cause}."),
}
PROBLEM: Mapping[Problem, Promise] = {
    Problem.MISSING: _("{field} is missing. Add it."),
    Problem.NOT_AN_OBJECT: _("{field} must be an object with named fields, not {value}."),
    Problem.NOT_A_LIST: _("{field} must be a list, not {value}."),
    Problem.NOT_TEXT: _("{field} must be text, not {value}."),
    Problem.NOT_A_BOOLEAN: _("{field} must be true or false, not {value}."),
    Problem.NOT_A_DATE: _("{field} must be a date such as 2026-03-01, not {value}."),
    Problem.NOT_DIGITS: _("{field} must be digits only, not {value}."),
    Problem.NOT_AN_ID: _("{field} must be text or a whole number, not {value}."),
    Problem.UNKNOWN_FIELD: _("{field} is not a known field. The known ones are: {allowed}."),
    Problem.UNKNOWN_TRIPLET: _("There is no triplet {value}. Give a code, or three topics that belong together."),
    Problem.INACTIVE_TRIPLET: _("The triplet {value} is no longer in use. Choose another one."),
    Problem.OTHER_TAX_SYSTEM: _("The triplet does not belong to the tax system {value}. Correct one of them."),
    Problem.UNKNOWN_TAX_SYSTEM: _("There is no tax system {value}. Give a code such as income_tax, or its name."),
    Problem.UNKNOWN_UNIT: _("There is no business unit {value}. Give the code or the name of a unit."),
    Problem.UNKNOWN_REGISTER: _("There is no register {value}. The known ones are: {allowed}."),
}


def reason_sentence(reason: Reason | Mapping[str, Any]) -> str:
    """Say why one rule did or did not decide; takes a reason of the engine, or one stored with a decision."""
    stored = as_stored(reason)
    details, because = stored["details"], stored["because"]
    if because in set(Cause):
        said = str(CAUSE[Cause(because)])
        if register := details.get("register"):
            return f"{said}: {dict(REGISTER)[str(register)]}"
        return f"{said}: {details['unit']}" if details.get("unit") else said
    holds = stored["outcome"] == Outcome.MATCHED
    said = str(BECAUSE[Because(because)][0 if holds else 1])
    if details.get("locality"):
        return str(_("{said}: {locality}")).format(said=said, locality=details["locality"])
    if details.get("files", 0) > 1:
        return str(_("{said}: file {file}, the first of {files} such files")).format(said=said, **details)
    if details.get("file"):
        return str(_("{said}: file {file}")).format(said=said, **details)
    return said


def as_stored(reason: Reason | Mapping[str, Any]) -> Mapping[str, Any]:
    """A reason of the engine in the form in which decisions keep it."""
    return reason if isinstance(reason, Mapping) else asdict(reason)


def rule_label(rule: str) -> str:
    return str(dict(ROUTING_RULE)[str(rule)])


def problem_sentence(refusal: Refusal) -> str:
    """Say what is wrong with a value of a case."""
    return str(PROBLEM[Problem(str(refusal.details["problem"]))]).format_map(refusal.details)


def gap_sentence(gap: Gap) -> str:
    """Say what is missing in the routing tables."""
    cause = CAUSE[Cause(gap.cause)] if gap.cause else ""
    return str(GAP[gap.kind]).format(triplet=gap.triplet, unit=gap.unit, cause=cause)
