"""The words people read for the codes of `routing.rules`."""

from django.utils.translation import gettext_lazy as _

from .rules.codes import InternalCase, RoutingRule, UnitKind

UNIT_KIND = [
    (UnitKind.OFFICE.value, _("Office")),
    (UnitKind.INFO_CENTRE.value, _("Information centre")),
    (UnitKind.NATIONAL_UNIT.value, _("National unit")),
    (UnitKind.MSM.value, _("MSM unit")),
    (UnitKind.NSA.value, _("NSA unit")),
    (UnitKind.HQ.value, _("Headquarters")),
    (UnitKind.SERVICE_DIVISION.value, _("Customer-service division")),
]
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
