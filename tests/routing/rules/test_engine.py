from dataclasses import replace

import pytest

from routing.rules import engine
from routing.rules.codes import Cause, Outcome, Register, RoutingRule, UnitKind
from routing.rules.facts import Facts, Link, UnitRow

from .world import (
    ASSESSMENT,
    CERTIFICATE,
    DEALER,
    DEDUCTIONS,
    GRANT,
    HEARING,
    MEDICAL,
    PROVIDENT,
    REFUND,
    TABLES,
    UNDECIDED,
    dealer,
    reporting,
    with_links,
    with_team,
)


def decide(triplet, *files, locality=None, key=None, down=(), tables=TABLES):
    return engine.decide(Facts(triplet, files, locality, key, frozenset(down)), tables)


@pytest.mark.req("CRM-7-a")
@pytest.mark.parametrize(
    ("facts", "rule", "team"),
    [
        pytest.param(Facts(PROVIDENT), "INTERNAL_HQ", "hq-team", id="1 internal triplet: its HQ team"),
        pytest.param(Facts(CERTIFICATE), "RE_FIRST_LINE", "haifa-team", id="2 real estate: preset first line"),
        pytest.param(Facts(ASSESSMENT), "RE_FIRST_LINE", "national-team", id="2 real estate: else national unit"),
        pytest.param(Facts(HEARING), "NSA", "nsa-team", id="3 bookkeeping audit"),
        pytest.param(Facts(MEDICAL, locality="msm town"), "MSM_SECTION17", "msm-team", id="4 section 17 near an MSM"),
        pytest.param(Facts(REFUND, locality="msm town"), "MSM_TOPIC", "msm-team", id="5 MSM topic near an MSM"),
        pytest.param(Facts(GRANT, (reporting(),)), "IT_FILE_OFFICE", "it-a-general", id="6 managing office"),
        pytest.param(Facts(GRANT, locality="town b"), "IT_ADDRESS_OFFICE", "it-b-general", id="7 office by address"),
        pytest.param(Facts(DEALER, (dealer(),)), "VAT_FILE_OFFICE", "vat-a-team", id="8 dealer file's office"),
        pytest.param(Facts(DEALER, vat_key_unit="vat-b"), "VAT_KEY", "vat-b-team", id="9 file-opening key"),
        pytest.param(Facts(DEDUCTIONS), "FIXED_UNIT", "it-a-general", id="10 fixed unit"),
        pytest.param(Facts(GRANT), "HEAD_TEAM_FALLBACK", "head", id="11 nothing found"),
    ],
)
def test_each_rule_of_the_table_decides_its_own_case(facts, rule, team):
    decision = engine.decide(facts, TABLES)

    assert (decision.rule, decision.team) == (rule, team)
    assert decision.unit == TABLES.teams[team].unit
    assert decision.is_fallback == (rule == "HEAD_TEAM_FALLBACK")


def test_the_rules_stand_in_the_order_of_the_specification():
    assert [rule.code for rule in engine.RULES] == list(RoutingRule)[:-1]


@pytest.mark.req("CRM-7-a")
def test_a_decision_says_why_it_matched_and_why_each_earlier_rule_did_not():
    reasons = decide(GRANT, reporting()).reasons

    assert [(reason.rule, reason.because) for reason in reasons] == [
        ("INTERNAL_HQ", "internal"),
        ("RE_FIRST_LINE", "real_estate"),
        ("NSA", "bookkeeping_audit"),
        ("MSM_SECTION17", "section17"),
        ("MSM_TOPIC", "msm_topic"),
        ("IT_FILE_OFFICE", "reporting_file"),
    ]
    assert {reason.outcome for reason in reasons[:-1]} == {Outcome.NOT_MATCHED}
    assert reasons[-1].outcome == Outcome.MATCHED


@pytest.mark.req("CRM-7-b")
def test_a_reporting_file_in_office_a_beats_an_address_in_b():
    assert decide(GRANT, reporting("it-a"), locality="town b").unit == "it-a"


@pytest.mark.req("CRM-7-c")
@pytest.mark.parametrize(
    "file",
    [
        pytest.param(reporting(file_type="91"), id="91"),
        pytest.param(reporting(file_type="10"), id="10"),
        pytest.param(reporting(file_type="95"), id="95"),
        pytest.param(reporting(is_active=False), id="closed"),
        pytest.param(reporting(annual_report_required=False), id="no report due"),
        pytest.param(dealer("it-a"), id="a VAT file only"),
    ],
)
def test_without_a_reporting_file_the_registered_address_decides(file):
    decision = decide(GRANT, file, locality="town b")

    assert (decision.rule, decision.unit) == (RoutingRule.IT_ADDRESS_OFFICE, "it-b")


@pytest.mark.req("CRM-7-d")
@pytest.mark.parametrize(
    ("files", "unit"),
    [
        pytest.param([reporting("it-b", "0001", file_type="91"), reporting("it-a", "0900")], "it-a", id="duty first"),
        pytest.param([reporting("it-b", "0900"), reporting("it-a", "0100")], "it-a", id="then the lowest number"),
        pytest.param([reporting("it-b", "0100"), reporting("it-a", "099")], "it-a", id="as a number, not as text"),
    ],
)
def test_of_several_income_tax_files_one_decides_and_the_decision_says_so(files, unit):
    decision = decide(GRANT, *files)

    assert decision.unit == unit
    reporting_ones = [file for file in files if file.file_type != "91"]
    assert decision.reasons[-1].details["files"] == len(reporting_ones)


@pytest.mark.req("CRM-7-d")
def test_of_several_dealer_files_the_lowest_active_number_decides():
    files = dealer("vat-b", "0100", is_active=False), dealer("vat-b", "0300"), dealer("vat-a", "0200")

    assert decide(DEALER, *files).unit == "vat-a"


@pytest.mark.req("CRM-7-e")
def test_the_triplet_decides_the_team_inside_the_office():
    assert decide(MEDICAL, reporting("it-a")).team == "it-a-section17"
    assert decide(GRANT, reporting("it-a")).team == "it-a-general"


@pytest.mark.req("CRM-7-f")
def test_a_section_17_triplet_goes_to_the_msm_of_the_address_though_the_file_is_managed_elsewhere():
    assert decide(MEDICAL, reporting("it-a"), locality="msm town").unit == "msm"
    assert decide(MEDICAL, reporting("it-a"), locality="town b").team == "it-a-section17"
    assert decide(MEDICAL, locality="town b").team == "it-b-section17"


@pytest.mark.req("CRM-7-g")
def test_an_msm_topic_without_an_msm_follows_the_office_rules():
    assert decide(REFUND, reporting("it-a"), locality="msm town").unit == "msm"
    assert decide(REFUND, reporting("it-a"), locality="town b").rule == RoutingRule.IT_FILE_OFFICE
    assert decide(REFUND, locality="town b").rule == RoutingRule.IT_ADDRESS_OFFICE


@pytest.mark.req("CRM-7-h")
def test_a_hearing_request_goes_to_the_bookkeeping_unit_though_an_active_file_and_an_msm_address_exist():
    audit = replace(HEARING, is_section17=True, is_msm_topic=True)

    assert decide(audit, reporting("it-a"), locality="msm town").unit == "nsa"


@pytest.mark.req("CRM-7-i")
def test_an_active_dealer_file_beats_the_key():
    decision = decide(DEALER, dealer("vat-b"), locality="town a", key="vat-a")

    assert (decision.rule, decision.team) == (RoutingRule.VAT_FILE_OFFICE, "vat-b-team")


@pytest.mark.req("CRM-7-j")
def test_a_closed_dealer_file_leaves_it_to_the_key():
    decision = decide(DEALER, dealer("vat-b", is_active=False), key="vat-a")

    assert (decision.rule, decision.unit) == (RoutingRule.VAT_KEY, "vat-a")


@pytest.mark.req("CRM-7-k")
def test_real_estate_never_goes_straight_to_an_office_even_when_the_table_says_so():
    wrong = replace(TABLES, first_line={"certificate": "re-a"})

    assert decide(CERTIFICATE, tables=wrong).unit == "national"


@pytest.mark.req("CRM-7-m")
@pytest.mark.parametrize(
    "tables",
    [
        pytest.param(with_team("hq-team", has_active_members=False), id="no active members"),
        pytest.param(with_team("hq-team", is_active=False), id="dissolved"),
        pytest.param(with_links("provident"), id="no HQ team linked"),
    ],
)
def test_an_hq_party_that_is_not_connected_is_replaced_by_the_head_team(tables):
    decision = decide(PROVIDENT, tables=tables)

    assert (decision.rule, decision.team) == (RoutingRule.INTERNAL_HQ, "head")
    assert (decision.is_fallback, decision.cause) == (True, Cause.HQ_NOT_CONNECTED)
    assert decision.reasons[-1].because == Cause.HQ_NOT_CONNECTED


@pytest.mark.req("CRM-7-n")
def test_an_internal_triplet_of_the_head_team_goes_there_without_being_a_fallback():
    decision = decide(UNDECIDED)

    assert (decision.rule, decision.team, decision.is_fallback) == (RoutingRule.INTERNAL_HQ, "head", False)


POPULATION, SHAAM, VAT_KEY = Register


@pytest.mark.req("CRM-7-p")
@pytest.mark.parametrize(
    ("decision", "cause"),
    [
        pytest.param(decide(GRANT), "no_address", id="no address"),
        pytest.param(decide(GRANT, locality="nowhere"), "unmapped_locality", id="unmapped locality"),
        pytest.param(
            decide(GRANT, reporting(), tables=with_team("it-a-general", is_active=False)),
            "team_dissolved",
            id="dissolved team",
        ),
        pytest.param(decide(GRANT, locality="town a", down=[POPULATION]), "register_down", id="population down"),
        pytest.param(decide(GRANT, reporting(), down=[SHAAM]), "register_down", id="Shaam down"),
        pytest.param(decide(MEDICAL, reporting(), down=[POPULATION]), "register_down", id="MSM cannot be told"),
        pytest.param(decide(DEALER, key="vat-a", down=[VAT_KEY]), "register_down", id="key down"),
        pytest.param(decide(DEALER), "no_address", id="VAT without an address"),
        pytest.param(decide(DEALER, locality="town a"), "no_key_answer", id="key without an answer"),
        pytest.param(decide(GRANT, reporting(None)), "file_without_office", id="file without an office"),
        pytest.param(decide(GRANT, reporting("gone")), "unit_closed", id="unit unknown"),
        pytest.param(decide(HEARING, tables=replace(TABLES, nsa={})), "no_preset_unit", id="no NSA rule"),
        pytest.param(decide(DEDUCTIONS, tables=replace(TABLES, fixed={})), "no_preset_unit", id="no fixed unit"),
        pytest.param(
            decide(GRANT, reporting(), tables=with_links("grant")), "no_team", id="triplet without a team there"
        ),
    ],
)
def test_a_fallback_goes_to_the_head_team_with_its_cause(decision, cause):
    assert (decision.rule, decision.team, decision.is_fallback) == ("HEAD_TEAM_FALLBACK", "head", True)
    assert decision.cause == cause
    assert decision.reasons[-2].rule != decision.reasons[-1].rule == "HEAD_TEAM_FALLBACK"


@pytest.mark.parametrize("down", [POPULATION, VAT_KEY])
def test_a_register_that_the_decision_does_not_need_may_be_down(down):
    assert decide(GRANT, reporting(), down=[down]).rule == RoutingRule.IT_FILE_OFFICE
    assert decide(ASSESSMENT, down=Register).rule == RoutingRule.RE_FIRST_LINE


def test_without_a_default_the_only_team_of_the_unit_receives_and_of_two_none():
    one = with_links("grant", Link("it-a-general"))
    two = with_links("grant", Link("it-a-general"), Link("it-a-section17"))
    preset = with_links("grant", Link("it-a-general"), Link("it-a-section17", is_default=True))

    assert decide(GRANT, reporting(), tables=one).team == "it-a-general"
    assert decide(GRANT, reporting(), tables=two).cause == Cause.NO_TEAM
    assert decide(GRANT, reporting(), tables=preset).team == "it-a-section17"


def test_a_closed_office_leads_to_the_head_team():
    closed = replace(TABLES, units={**TABLES.units, "it-a": UnitRow("it-a", UnitKind.OFFICE, is_active=False)})

    assert decide(GRANT, reporting("it-a"), tables=closed).cause == Cause.UNIT_CLOSED


def test_a_locality_is_found_whatever_its_hyphens_and_spaces():
    assert decide(GRANT, locality="  town-b ").unit == "it-b"
