"""Laws of the routing engine that hold for every set of facts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.rules import engine
from routing.rules.codes import Register, UnitKind
from routing.rules.facts import Facts, FileFacts, Tables, TripletFacts

from .world import TABLES, TRIPLETS

systems = st.sampled_from(["income_tax", "vat", "real_estate", "deductions", "something new"])
units = st.sampled_from([*TABLES.units, "gone", None])
triplets = st.sampled_from(TRIPLETS) | st.builds(
    TripletFacts,
    st.sampled_from([triplet.code for triplet in TRIPLETS] + ["unlinked"]),
    systems,
    is_internal=st.booleans(),
    is_section17=st.booleans(),
    is_msm_topic=st.booleans(),
    is_nsa=st.booleans(),
)
files = st.builds(
    FileFacts,
    systems,
    file_number=st.text("0123456789", max_size=12) | st.just("not a number"),
    file_type=st.sampled_from(["", "20", "91", "10", "95"]),
    is_active=st.booleans(),
    annual_report_required=st.booleans(),
    managing_unit=units,
)
facts = st.builds(
    Facts,
    triplets,
    st.lists(files, max_size=4).map(tuple),
    st.sampled_from([*TABLES.localities, "nowhere", "", None]),
    units,
    st.frozensets(st.sampled_from(Register)),
)


def place(decision: engine.Decision) -> tuple:
    return decision.rule, decision.unit, decision.team, decision.cause


@pytest.mark.req("CRM-7-p")
@given(facts)
def test_every_inquiry_gets_a_living_team_and_a_reason(facts):
    decision = engine.decide(facts, TABLES)

    assert decision.team in TABLES.teams
    assert TABLES.teams[decision.team].unit == decision.unit
    assert (decision.cause is not None) == decision.is_fallback
    assert decision.reasons[-1].rule == decision.rule


@given(facts)
def test_empty_tables_lose_nothing_but_the_team(facts):
    assert engine.decide(facts, Tables()).is_fallback


@pytest.mark.req("CRM-7-a")
@given(facts, st.randoms(use_true_random=False))
def test_the_same_facts_give_the_same_decision_whatever_their_order(facts, random):
    shuffled = list(facts.tax_files)
    random.shuffle(shuffled)
    numbers = [file.file_number for file in facts.tax_files]
    if len(set(numbers)) < len(numbers):  # two files never share a number in one tax system
        return

    again = engine.decide(replace(facts, tax_files=tuple(shuffled)), TABLES)

    assert place(again) == place(engine.decide(facts, TABLES))


@given(facts, files)
def test_a_closed_file_more_changes_nothing(facts, file):
    more = replace(facts, tax_files=(*facts.tax_files, replace(file, is_active=False)))

    assert place(engine.decide(more, TABLES)) == place(engine.decide(facts, TABLES))


@given(facts, st.sampled_from(Register))
def test_an_outage_changes_nothing_or_leads_to_the_head_team(facts, register):
    before = engine.decide(facts, TABLES)
    after = engine.decide(replace(facts, registers_down=facts.registers_down | {register}), TABLES)

    assert place(after) == place(before) or (after.team == TABLES.head_team and after.is_fallback)


@pytest.mark.req("CRM-7-k")
@given(facts)
def test_real_estate_never_goes_to_an_office(facts):
    if facts.triplet.tax_system == "real_estate":
        assert TABLES.kind_of(engine.decide(facts, TABLES).unit) is not UnitKind.OFFICE


@given(facts)
def test_registers_that_are_not_asked_for_could_not_have_changed_the_decision(facts):
    known, asked = Facts(facts.triplet), set()
    while register := engine.next_register(known, TABLES, asked):
        asked.add(register)
        if register in facts.registers_down:
            known = replace(known, registers_down=known.registers_down | {register})
        elif register is Register.SHAAM:
            known = replace(known, tax_files=facts.tax_files)
        elif register is Register.POPULATION:
            known = replace(known, locality=facts.locality)
        else:
            known = replace(known, vat_key_unit=facts.vat_key_unit)
    if Register.POPULATION in facts.registers_down and facts.triplet.tax_system == "vat":
        facts = replace(facts, vat_key_unit=None)  # the key is asked with the address

    assert place(engine.decide(known, TABLES)) == place(engine.decide(facts, TABLES))
