"""The tables of section 8.5 and of clauses 9 and 10 against the specification, copied here by hand."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from compensation.rules import diagram
from compensation.rules.codes import AdvanceState, AppealState, ClaimState, ObjectionState, PaymentState
from compensation.rules.diagram import MACHINES
from compensation.rules.machines import Actor, Transition, table
from compensation.rules.money_states import ADVANCE, PAYMENT, REQUEST, AdvanceGuard, PaymentGuard
from compensation.rules.reasons import Reason
from compensation.rules.review_states import APPEAL, OBJECTION, ReviewGuard
from compensation.rules.states import CLAIM, Guard
from crm_portal.errors import Code

DECIDED = "REJECTED PARTIALLY_APPROVED APPROVED DEEMED_ACCEPTED PAID CLOSED"
CLAIM_TABLE = [  # clause, from, to, by
    ("CMP-2.3-d", "DRAFT", "SUBMITTED", "claimant"),
    ("CMP-2.3-d", "DRAFT", "AWAITING_EMPLOYEE_DECLARATIONS", "claimant"),
    ("CMP-3.4.2-g", "AWAITING_EMPLOYEE_DECLARATIONS", "SUBMITTED", "system"),
    ("CMP-2.3-e", "SUBMITTED", "IN_REVIEW", "clerk"),
    ("CMP-8.4.2-b", "IN_REVIEW", "DETAILS_REQUESTED", "clerk"),
    ("CMP-8.4.2-b", "DETAILS_REQUESTED", "IN_REVIEW", "clerk"),
    ("CMP-2.3-f", "IN_REVIEW", "PENDING_APPROVAL", "clerk"),
    ("CMP-2.3-g", "PENDING_APPROVAL", "APPROVED", "manager"),
    ("CMP-2.3-g", "PENDING_APPROVAL", "PARTIALLY_APPROVED", "manager"),
    ("CMP-2.3-g", "PENDING_APPROVAL", "REJECTED", "manager"),
    ("CMP-2.3-g", "PENDING_APPROVAL", "IN_REVIEW", "manager"),
    ("CMP-8.4.1-d", "SUBMITTED IN_REVIEW DETAILS_REQUESTED PENDING_APPROVAL", "DEEMED_ACCEPTED", "system"),
    ("CMP-8.4.3-d", "APPROVED PARTIALLY_APPROVED DEEMED_ACCEPTED", "PAID", "payments system"),
    ("CMP-8.4.3-d", "PAID", "CLOSED", "payments system"),
    (
        "CMP-8.1.5-b",
        "AWAITING_EMPLOYEE_DECLARATIONS SUBMITTED IN_REVIEW DETAILS_REQUESTED PENDING_APPROVAL",
        "WITHDRAWN",
        "claimant",
    ),
    ("CMP-8.7-c", DECIDED, "APPROVED", "manager officer system"),
    ("CMP-8.7-c", DECIDED, "PARTIALLY_APPROVED", "manager officer system"),
    ("CMP-8.7-c", DECIDED, "REJECTED", "manager officer system"),
    ("CMP-8.7-c", "REJECTED", "CLOSED", "system"),
]


def rows_of(machine):
    return {
        (
            row.clause,
            " ".join(sorted(source or "-" for source in row.sources)),
            str(row.target),
            " ".join(sorted(row.by)),
        )
        for row in machine.rows.values()
    }


def refused_when(machine, row_id, *failing):
    """The codes, fields with them, when all guards of the row hold but these."""
    row = machine.rows[row_id]
    facts = {guard: guard not in failing for guard in row.guards}
    return [(one.code, *one.fields) for one in machine.refusals(row, facts)]


@pytest.mark.req("CMP-8.7-c")
def test_the_table_of_claims_has_the_rows_of_the_specification():
    expected = {(clause, " ".join(sorted(sources.split())), to, by) for clause, sources, to, by in CLAIM_TABLE}
    assert rows_of(CLAIM) == expected
    assert len(CLAIM.rows) == len(CLAIM_TABLE)


@pytest.mark.req("CMP-2.3-d")
@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.title)
def test_a_move_that_a_table_does_not_have_is_refused(machine):
    legal = {(source, row.target, actor) for row in machine.rows.values() for source in row.sources for actor in row.by}
    for source in (None, *machine.states):
        for to in machine.states:
            for actor in Actor:
                row = machine.leading(source, to, actor)
                assert (row is not None) == ((source, to, actor) in legal)
                if row is None:
                    assert [one.code for one in machine.refusals(row, {})] == [Reason.GEN_BAD_TRANSITION]


@pytest.mark.req("CMP-8.1.5-b")
def test_nothing_leads_out_of_a_withdrawn_claim():
    assert [CLAIM.allowed(ClaimState.WITHDRAWN, actor) for actor in Actor] == [()] * len(Actor)


def test_every_state_of_a_claim_but_the_draft_is_reached():
    assert {row.target for row in CLAIM.rows.values()} == set(ClaimState) - {ClaimState.DRAFT}


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.title)
def test_a_guard_that_nobody_answered_does_not_hold(machine):
    for row in machine.rows.values():
        assert len(list(machine.refusals(row, {}))) == len(row.guards)
        assert list(machine.refusals(row, dict.fromkeys(row.guards, True))) == []


CLAIM_GUARDS = [
    ("CMP-2.3-d", "submit", Guard.INTEGRITY, Reason.GEN_BAD_TRANSITION),
    ("CMP-2.3-d", "submit", Guard.WINDOW_OPEN, Reason.GEN_WINDOW_CLOSED),
    ("CMP-2.3-d", "submit_with_employees", Guard.ONE_TRACK, Reason.GEN_ONE_TRACK),
    ("CMP-3.4.2-g", "complete", Guard.ALL_DECLARED, Reason.GEN_BAD_TRANSITION),
    ("CMP-8.4.2-b", "request_details", Guard.NOTICE_SERVED, Reason.GEN_BAD_TRANSITION),
    ("CMP-8.4.2-b", "accept_details", Guard.DETAILS_COMPLETE, Reason.GEN_BAD_TRANSITION),
    ("CMP-2.3-f", "propose", Guard.CAUSATION_FOUND, Reason.GEN_BAD_TRANSITION),
    ("CMP-2.3-f", "propose", Guard.COMPUTED, Reason.GEN_BAD_TRANSITION),
    ("CMP-2.3-g", "approve", Guard.ANOTHER_PERSON, Reason.GEN_FOUR_EYES),
    ("CMP-2.3-g", "approve_partly", Guard.REASONED, Reason.GEN_REASONS_REQUIRED),
    ("CMP-2.3-g", "reject", Guard.REASONED, Reason.GEN_REASONS_REQUIRED),
    ("CMP-2.3-g", "approve", Guard.FINDINGS_SETTLED, Reason.GEN_BAD_TRANSITION),
    ("CMP-8.4.1-d", "deem_accepted", Guard.CLOCK_EXPIRED, Reason.GEN_BAD_TRANSITION),
    ("CMP-8.4.3-d", "pay", Guard.SHEET_APPROVED, Reason.GEN_BAD_TRANSITION),
    ("CMP-8.7-c", "close_rejected", Guard.NOTHING_OPEN, Reason.GEN_BAD_TRANSITION),
]


@pytest.mark.parametrize(
    ("row_id", "guard", "code"),
    [pytest.param(*case, marks=pytest.mark.req(clause), id=f"{case[0]}-{case[1]}") for clause, *case in CLAIM_GUARDS],
)
def test_a_claim_is_held_back_by_the_guard_of_its_row(row_id, guard, code):
    assert refused_when(CLAIM, row_id, guard) == [(code,)]
    assert refused_when(CLAIM, row_id) == []


@pytest.mark.req("CMP-8.4.1-d")
def test_only_a_claim_whose_clock_runs_is_deemed_accepted():
    deemed = [row.sources for row in CLAIM.rows.values() if row.target is ClaimState.DEEMED_ACCEPTED]
    assert deemed == [frozenset(map(ClaimState, ["SUBMITTED", "IN_REVIEW", "DETAILS_REQUESTED", "PENDING_APPROVAL"]))]


@pytest.mark.req("CMP-9.1-a")
def test_an_objection_comes_in_time_and_goes_to_fresh_eyes():
    assert refused_when(OBJECTION, "file", ReviewGuard.OBJECTION_IN_TIME) == [(Reason.OBJ_TOO_LATE,)]
    for row in OBJECTION.rows.values():
        if Actor.OFFICER in row.by:
            assert refused_when(OBJECTION, row.id, ReviewGuard.FRESH_EYES) == [(Reason.GEN_FOUR_EYES,)]


@pytest.mark.req("CMP-9.5-a")
@pytest.mark.parametrize("row_id", ["accept", "accept_partly", "dismiss"])
def test_an_objection_is_decided_with_reasons_and_the_amount_of_its_outcome(row_id):
    assert refused_when(OBJECTION, row_id, ReviewGuard.REASONED) == [(Reason.GEN_REASONS_REQUIRED, "reasons")]
    assert refused_when(OBJECTION, row_id, ReviewGuard.AMOUNT_FITS) == [(Code.INVALID_VALUE, "amount")]


@pytest.mark.req("CMP-9.6-a")
def test_an_undecided_objection_is_deemed_accepted_by_the_system_alone_after_its_day():
    row = OBJECTION.rows["deem_accepted"]
    decided = {ObjectionState.ACCEPTED, ObjectionState.PARTIALLY_ACCEPTED, ObjectionState.DISMISSED, row.target}
    assert (row.sources, row.by) == (set(ObjectionState) - decided, {Actor.SYSTEM})
    assert refused_when(OBJECTION, "deem_accepted", ReviewGuard.DUE_DATE_PASSED) == [(Reason.GEN_BAD_TRANSITION,)]


@pytest.mark.req("CMP-9.7-a")
def test_an_appeal_comes_in_time():
    assert refused_when(APPEAL, "file", ReviewGuard.APPEAL_IN_TIME) == [(Reason.APPEAL_TOO_LATE,)]


@pytest.mark.req("CMP-10.2-a")
def test_an_appeal_needs_its_whole_record():
    assert refused_when(APPEAL, "file", ReviewGuard.RECORD_COMPLETE) == [(Code.FIELD_REQUIRED, "record")]


@pytest.mark.req("CMP-10.3-a")
@pytest.mark.parametrize(
    ("guard", "expected"),
    [
        (ReviewGuard.COURT_IN_TIME, (Reason.COURT_APPEAL_TOO_LATE,)),
        (ReviewGuard.LEGAL_QUESTION, (Code.FIELD_REQUIRED, "legal_question")),
        (ReviewGuard.COPIED_TO_ATTORNEY, (Code.FIELD_REQUIRED, "copied_to_attorney")),
    ],
)
def test_a_court_appeal_follows_the_committee_in_time_on_a_legal_question_with_its_copy(guard, expected):
    assert APPEAL.rows["appeal_to_court"].sources == {AppealState.DECIDED}
    assert refused_when(APPEAL, "appeal_to_court", guard) == [expected]


@pytest.mark.req("CMP-8.4.3-c")
def test_an_advance_is_paid_only_after_a_manager_confirmed_it_within_the_provisional_amount():
    paid = [row.sources for row in ADVANCE.rows.values() if row.target is AdvanceState.PAID]
    confirmed = [row.by for row in ADVANCE.rows.values() if row.target is AdvanceState.CONFIRMED]
    assert (paid, confirmed) == ([{AdvanceState.CONFIRMED}], [{Actor.MANAGER}])
    assert refused_when(ADVANCE, "confirm", AdvanceGuard.WITHIN_PROVISIONAL) == [(Code.INVALID_VALUE, "amount")]
    assert refused_when(ADVANCE, "confirm", AdvanceGuard.ANOTHER_PERSON) == [(Reason.GEN_FOUR_EYES,)]


@pytest.mark.req("CMP-7.3.6-a")
def test_an_advance_before_the_claim_is_asked_for_with_the_undertaking_to_file():
    assert refused_when(ADVANCE, "request", AdvanceGuard.UNDERTAKEN) == [(Code.FIELD_REQUIRED, "undertaking")]
    assert refused_when(ADVANCE, "request", AdvanceGuard.IN_CAMPAIGN) == [(Reason.ADV_WINDOW_CLOSED,)]


@pytest.mark.req("CMP-8.5.1-d")
def test_a_payment_in_a_bank_file_is_neither_exported_again_nor_cancelled():
    for row_id in ("export", "cancel"):
        assert refused_when(PAYMENT, row_id, PaymentGuard.IN_NO_BATCH) == [(Reason.GEN_BAD_TRANSITION,)]
    assert PAYMENT.leading(PaymentState.EXPORTED, PaymentState.CANCELLED, Actor.PAYMENTS) is None


@pytest.mark.req("CMP-8.2-a")
def test_a_request_is_answered_once():
    states = REQUEST.states
    answered = [REQUEST.allowed(state, actor) for state in (states.GRANTED, states.REFUSED) for actor in Actor]
    assert answered == [()] * len(answered)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.title)
def test_the_document_draws_every_move(machine):
    page = diagram.page()
    for row in machine.rows.values():
        for source in row.sources:
            assert f"    {source or '[*]'} --> {row.target}: {row.id}" in page


def test_two_rows_cannot_share_an_id():
    row = Transition("a", frozenset({None}), ClaimState.DRAFT, frozenset({Actor.CLAIMANT}))
    with pytest.raises(ValueError, match="one id"):
        table(row, row)


@pytest.mark.req("CMP-8.7-c")
def test_the_state_of_a_claim_is_assigned_in_one_place_only():
    root = Path(settings.BASE_DIR) / "compensation"
    found = set()
    for path in root.rglob("*.py"):
        nodes = () if "migrations" in path.parts else ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if any(_moves(node) for node in nodes):
            found.add(path.relative_to(root).as_posix())
    assert found == {"services/moving.py"}


def _moves(node):
    """Whether it assigns `claim.state`, or writes the column of claims past the model."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(ast.unparse(part).endswith("claim.state") for target in targets for part in ast.walk(target))
    if not isinstance(node, ast.Call) or not any(word.arg == "state" for word in node.keywords):
        return False
    name = ast.unparse(node.func)
    return name.endswith("moving.keep") or name == "keep" or ("Claim.objects" in name and name.endswith(".update"))
