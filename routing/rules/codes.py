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


class Register(StrEnum):
    """The registers that routing reads (4.7)."""

    POPULATION = "population"
    SHAAM = "shaam"
    VAT_KEY = "vat_key"


class Because(StrEnum):
    """The conditions of 4.6 by name; a decision says of each rule which one decided."""

    INTERNAL = "internal"
    REAL_ESTATE = "real_estate"
    BOOKKEEPING_AUDIT = "bookkeeping_audit"
    SECTION17 = "section17"
    MSM_TOPIC = "msm_topic"
    MSM_ADDRESS = "msm_address"
    INCOME_TAX = "income_tax"
    REPORTING_FILE = "reporting_file"
    NO_REPORTING_FILE = "no_reporting_file"
    VAT = "vat"
    DEALER_FILE = "dealer_file"
    NO_DEALER_FILE = "no_dealer_file"
    OTHER_TAX_SYSTEM = "other_tax_system"


class Cause(StrEnum):
    """Why the head team got an inquiry instead of the team that the matching rule looks for (CRM-7-m, CRM-7-p)."""

    NO_ADDRESS = "no_address"
    UNMAPPED_LOCALITY = "unmapped_locality"
    TEAM_DISSOLVED = "team_dissolved"
    NO_TEAM = "no_team"
    REGISTER_DOWN = "register_down"
    HQ_NOT_CONNECTED = "hq_not_connected"
    FILE_WITHOUT_OFFICE = "file_without_office"
    NO_KEY_ANSWER = "no_key_answer"
    NO_PRESET_UNIT = "no_preset_unit"
    UNIT_CLOSED = "unit_closed"


class Outcome(StrEnum):
    """What became of one rule in one decision."""

    NOT_MATCHED = "not_matched"
    MATCHED = "matched"
    NOT_CARRIED_OUT = "not_carried_out"  # its conditions hold, but it leads to no team
    UNANSWERED = "unanswered"  # a register that it reads is down
