"""The transition table against table 4.5 of the specification, copied here by hand."""

from dataclasses import replace
from itertools import product

import pytest

from crm_portal.errors import Code
from inquiries.rules import diagram, states
from inquiries.rules.codes import CLOSED, Status, TripletValidation
from inquiries.rules.fields import Field
from inquiries.rules.guards import JUDGE, JUDGED_BY_SERVICE, Facts, Guard
from inquiries.rules.states import TRANSITIONS, Actor

CLOSED_TEXT = " ".join(sorted(CLOSED))
QUEUES = "open_team forwarded info_arrived"
TABLE = [  # from, to, fields
    ("T1", "-", "open", ""),
    ("T2", "open", "in_treatment", "PS"),
    ("T3", "-", "open_team", ""),
    ("T4", QUEUES, "in_treatment", ""),
    ("T5", "in_treatment", "in_treatment", ""),
    ("T6", "in_treatment info_arrived", "open_team", ""),
    ("T7", "in_treatment info_arrived waiting_customer", "forwarded", "PS HT"),
    ("T8", "in_treatment info_arrived", "waiting_customer", "PS R"),
    ("T9", "in_treatment info_arrived waiting_customer", "closed_success", "R"),
    ("T10", "in_treatment info_arrived waiting_customer", "closed_no_treatment", "PS R CR"),
    ("T11", "info_arrived waiting_customer", "in_treatment", "PS R"),
    ("T12", "waiting_customer", "info_arrived", ""),
    ("T13", "in_treatment open_team forwarded", "info_arrived", ""),
    ("T14", CLOSED_TEXT, "info_arrived", ""),
    ("T15", f"{QUEUES} waiting_customer", "closed_by_customer", ""),
    ("T16", f"{QUEUES} waiting_customer", "closed_by_representative", ""),
    ("T17", f"{QUEUES} in_treatment waiting_customer", "closed_by_system", ""),
    ("T18", "waiting_customer", "closed_by_system", ""),
    ("T19", "waiting_customer", "same", ""),
    ("T20", "open", "deleted", ""),
    ("T21", QUEUES, "same", ""),
]
SHORT = {"PS": Field.PROPOSED_SOLUTION, "R": Field.REPLY, "CR": Field.CLOSING_REASON, "HT": Field.TEAM}
BY_HAND = {
    (source, to)
    for row, sources, to, _ in TABLE
    if row in ("T7", "T8", "T9", "T10", "T11")
    for source in sources.split()
}
ESTATE = tuple((name, "") for name in ("assessment_number", "tax_type", "area"))
LEFT_OPEN = {  # what an inquiry may lack besides the fields of the move
    "nothing": Facts(),
    "no verdict": Facts(needs_verdict=True),
    "the wrong triplet": Facts(needs_verdict=True, verdict=TripletValidation.INCORRECT),
    "real estate": Facts(needs_verdict=True, is_real_estate=True, real_estate_fields=ESTATE),
    "half a real estate": Facts(is_real_estate=True, real_estate_fields=(("assessment_number", "-"), *ESTATE[1:])),
    "unverified here": Facts(needs_verdict=True, representation_unverified=True),
    "seen already": Facts(representation_unverified=True, representation_seen=True),
}


@pytest.mark.req("CRM-2.1.3-b")
def test_the_table_has_the_rows_of_the_specification():
    ours = []
    for row in TRANSITIONS.values():
        sources = {source.value if source else "-" for source in row.sources}
        to = "deleted" if row.deletes else row.target.value if row.target else "same"
        ours.append((row.id, sources, to, set(row.needs)))

    theirs = [(row, set(s.split()), to, {SHORT[f] for f in fields.split()}) for row, s, to, fields in TABLE]
    assert ours == theirs


@pytest.mark.parametrize(("source", "to"), list(product(Status, Status)), ids=lambda status: status.value)
def test_the_owner_chooses_only_what_the_table_lists(source, to):
    row = states.leading(source, to, Actor.OWNER)

    assert (row is not None) == ((source.value, to.value) in BY_HAND)
    assert (to in states.allowed_targets(source)) == (row is not None)
    if row is None:
        assert next(states.refusals(row, channel="internet")).code is Code.INVALID_TRANSITION


@pytest.mark.req("CRM-5.2.4-a")
def test_no_hand_sets_that_information_arrived():
    assert all(Status.INFO_ARRIVED not in states.allowed_targets(source) for source in Status)


@pytest.mark.req("CRM-5.2-a")
@pytest.mark.parametrize(("source", "to"), sorted(BY_HAND))
def test_a_proposed_solution_is_asked_for_on_every_manual_move_but_success(source, to):
    missing = _missing(source, to, channel="internet")

    assert ("proposed_solution" in missing) == (to != "closed_success")


@pytest.mark.req("CRM-5.2-b")
@pytest.mark.parametrize(("source", "to"), sorted(BY_HAND))
def test_a_reply_is_asked_for_on_every_manual_move_but_forwarding(source, to):
    missing = _missing(source, to, channel="internet")

    assert ("reply" in missing) == (to != "forwarded")


@pytest.mark.req("CRM-5.2-c")
@pytest.mark.parametrize(("source", "to"), sorted(BY_HAND))
def test_a_phone_inquiry_wants_a_proposed_solution_always_and_a_reply_never(source, to):
    missing = _missing(source, to, channel="phone")
    row = states.leading(Status(source), Status(to), Actor.OWNER)
    with_reply = list(states.refusals(row, channel="phone", filled=set(Field)))

    assert "proposed_solution" in missing
    assert "reply" not in missing
    assert with_reply[0].code is Code.REPLY_NOT_ALLOWED_PHONE


def test_the_first_save_of_a_phone_inquiry_wants_a_proposed_solution():
    assert states.needs(TRANSITIONS["T2"], "phone") == ("proposed_solution",)


@pytest.mark.req("CRM-4.1-e")
@pytest.mark.parametrize("facts", LEFT_OPEN, ids=list(LEFT_OPEN))
@pytest.mark.parametrize("channel", ["internet", "phone"])
@pytest.mark.parametrize(("source", "to"), sorted(BY_HAND))
def test_what_is_asked_is_what_is_refused_and_enough_to_be_accepted(source, to, channel, facts):
    row = states.leading(Status(source), Status(to), Actor.OWNER)
    left = LEFT_OPEN[facts]

    asked = states.asked(row, channel=channel, facts=left)

    assert _refused_at(row, channel, asked, left) == []
    for name in asked:
        assert _refused_at(row, channel, [one for one in asked if one != name], left) == [name]


def _refused_at(row, channel: str, filled, left: Facts) -> list[str]:
    """Where this move is refused when these fields are filled, corrected or confirmed and nothing else is."""
    verdict, triplet = left.verdict, left.has_customers_triplet
    facts = replace(
        left,
        is_answer=Field.REPLY in filled,
        is_closing=row.target in CLOSED,
        verdict=TripletValidation.CORRECT if "triplet_validation" in filled else verdict,
        has_customers_triplet=triplet and "triplet" not in filled,
        representation_seen=left.representation_seen or "confirm_representation" in filled,
        real_estate_fields=tuple((name, "1" if name in filled else is_) for name, is_ in left.real_estate_fields),
    )
    given = set(filled) & set(Field)
    return [name for one in states.refusals(row, channel=channel, filled=given, facts=facts) for name in one.fields]


def test_a_closing_reason_is_refused_for_any_other_status():
    row = states.leading(Status.IN_TREATMENT, Status.CLOSED_SUCCESS, Actor.OWNER)

    refusals = list(states.refusals(row, channel="internet", filled={Field.REPLY, Field.CLOSING_REASON}))

    assert [refusal.code for refusal in refusals] == [Code.INVALID_VALUE]


@pytest.mark.parametrize(
    ("source", "employee", "held", "row"),
    [
        ("open_team", True, False, "T4"),
        ("forwarded", True, False, "T4"),
        ("info_arrived", True, True, "T4"),
        ("in_treatment", True, True, "T5"),
        ("in_treatment", False, True, "T6"),
        ("info_arrived", False, True, "T6"),
        ("info_arrived", False, False, "T21"),
        ("open_team", False, False, "T21"),
        ("waiting_customer", True, False, "T19"),
        ("waiting_customer", False, True, "T19"),
        ("closed_success", True, False, None),
        ("open", True, False, None),
    ],
)
def test_assignment_follows_the_row_of_the_status(source, employee, held, row):
    found = states.assignment(Status(source), to_employee=employee, is_held=held)

    assert (found.id if found else None) == row


def test_a_release_keeps_that_information_arrived_while_a_message_is_unanswered():
    row = TRANSITIONS["T6"]

    assert row.target_from(Status.INFO_ARRIVED, unanswered=True) is Status.INFO_ARRIVED
    assert row.target_from(Status.INFO_ARRIVED) is Status.OPEN_TEAM
    assert row.target_from(Status.IN_TREATMENT, unanswered=True) is Status.OPEN_TEAM


def test_every_guard_of_the_table_is_judged_and_every_judged_one_is_in_the_table():
    used = {guard for row in TRANSITIONS.values() for guard in row.guards}

    assert used == set(Guard)
    assert set(JUDGE) | JUDGED_BY_SERVICE == set(Guard)
    assert not set(JUDGE) & JUDGED_BY_SERVICE


def test_every_status_can_be_reached_and_left():
    reached = {row.target for row in TRANSITIONS.values() if row.target}
    left = {source for row in TRANSITIONS.values() for source in row.sources if row.target is not source}

    assert reached == set(Status)
    assert left == set(Status) | {None}


VERDICTS = [  # verdict, customer's triplet, to the head team; refused: success, no treatment, forwarding
    ("not_checked", True, False, True, True, True),
    ("not_checked", True, True, True, True, False),
    ("correct", True, False, False, False, False),
    ("incorrect", True, False, True, False, True),
    ("incorrect", True, True, True, False, False),
    ("incorrect", False, False, False, False, False),
]


@pytest.mark.req("CRM-5.1.1-f")
@pytest.mark.req("CRM-6.1-a")
@pytest.mark.parametrize(("verdict", "same", "head", "success", "no_treatment", "forwarding"), VERDICTS)
def test_the_verdict_on_the_triplet_comes_before_closing_and_forwarding(
    verdict, same, head, success, no_treatment, forwarding
):
    facts = Facts(
        needs_verdict=True, verdict=TripletValidation(verdict), has_customers_triplet=same, goes_to_head_team=head
    )
    closing = Facts(needs_verdict=True, verdict=TripletValidation(verdict), has_customers_triplet=same)

    assert _wants_verdict("forwarded", facts) == forwarding
    assert _wants_verdict("closed_success", closing) == success
    assert _wants_verdict("closed_no_treatment", closing) == no_treatment


@pytest.mark.req("CRM-5.3-a")
def test_the_diagram_lists_every_transition_between_its_statuses():
    drawn = "\n".join(diagram.diagram())

    for row, sources, to, _ in TABLE:
        for source in sources.split():
            start = "[*]" if source == "-" else source
            end = {"same": start, "deleted": "[*]"}.get(to, to)
            assert f"{start} --> {end}: {row} " in drawn


def _missing(source: str, to: str, *, channel: str) -> set[str]:
    row = states.leading(Status(source), Status(to), Actor.OWNER)
    fields = [refusal.fields for refusal in states.refusals(row, channel=channel)]
    return {field for names in fields for field in names}


def _wants_verdict(to: str, facts: Facts) -> bool:
    row = states.leading(Status.IN_TREATMENT, Status(to), Actor.OWNER)
    refusals = states.refusals(row, channel="internet", filled=set(row.needs), facts=facts)
    return Code.TRIPLET_VALIDATION_REQUIRED in [refusal.code for refusal in refusals]
