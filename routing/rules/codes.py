"""The enumerations of routing (CRM specification, 2.2)."""

from enum import StrEnum


class TaxSystemCode(StrEnum):
    """The tax systems the seed names; the table may hold more ("and so on")."""

    INCOME_TAX = "income_tax"
    VAT = "vat"
    REAL_ESTATE = "real_estate"
    DEDUCTIONS = "deductions"
    REP_REGISTER = "rep_register"
    HOSTILITIES_FUND = "hostilities_fund"


class UnitKind(StrEnum):
    OFFICE = "office"
    INFO_CENTRE = "info_centre"
    NATIONAL_UNIT = "national_unit"
    MSM = "msm"
    NSA = "nsa"
    HQ = "hq"
    SERVICE_DIVISION = "service_division"


class RoutingRule(StrEnum):
    """The rules of 4.6; the first that matches wins."""

    INTERNAL_HQ = "INTERNAL_HQ"
    RE_FIRST_LINE = "RE_FIRST_LINE"
    NSA = "NSA"
    MSM_SECTION17 = "MSM_SECTION17"
    MSM_TOPIC = "MSM_TOPIC"
    IT_FILE_OFFICE = "IT_FILE_OFFICE"
    IT_ADDRESS_OFFICE = "IT_ADDRESS_OFFICE"
    VAT_FILE_OFFICE = "VAT_FILE_OFFICE"
    VAT_KEY = "VAT_KEY"
    FIXED_UNIT = "FIXED_UNIT"
    HEAD_TEAM_FALLBACK = "HEAD_TEAM_FALLBACK"


class InternalCase(StrEnum):
    """The two kinds of internal triplet that go to the head team (CRM-7-n)."""

    UNDECIDED = "undecided"  # case 1: trustees, coordinators and managers only
    PROCESS_QUESTION = "process_question"  # case 2: every handler
