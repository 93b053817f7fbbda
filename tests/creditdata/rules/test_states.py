"""The tables of consent, correction, licence and dual control against the specification, copied here by hand."""

import pytest

from creditdata.rules.codes import ConsentState, CorrectionStatus, LicenceStatus, ProposalState
from creditdata.rules.reasons import Reason
from creditdata.rules.states import (
    CONSENT,
    CORRECTION,
    LICENCE,
    MACHINES,
    PROPOSAL,
    Actor,
    ConsentGuard,
    CorrectionGuard,
    LicenceGuard,
    ProposalGuard,
    page,
)
from crm_portal.errors import Code

DECIDED = "DECIDED_CORRECTED DECIDED_NOTE DECIDED_REFUSED"


def sources(machine, target):
    return {source for row in machine.rows.values() if row.target is target for source in row.sources}


def arrows(machine):
    return {(str(source or "-"), str(row.target)) for row in machine.rows.values() for source in row.sources}


def refused_when(machine, row_id, *failing):
    """The codes when all guards of the row hold but these."""
    row = machine.rows[row_id]
    return [one.code for one in machine.refusals(row, {guard: guard not in failing for guard in row.guards})]


def test_a_consent_goes_the_way_of_the_specification():
    assert arrows(CONSENT) == {
        ("-", "PENDING_IDENTIFICATION"),
        ("PENDING_IDENTIFICATION", "ACTIVE"),
        ("PENDING_IDENTIFICATION", "REFUSED"),
        ("ACTIVE", "PASSED_TO_REGISTRAR"),
        ("ACTIVE", "WITHDRAWN"),
        ("PASSED_TO_REGISTRAR", "WITHDRAWN"),
        ("WITHDRAWN", "ERASED"),
    }
    assert refused_when(CONSENT, "identify", ConsentGuard.IDENTIFIED) == [Code.IDENTIFICATION_REQUIRED]


def test_a_consent_with_a_limit_is_refused():
    assert refused_when(CONSENT, "receive", ConsentGuard.UNRESTRICTED) == [Reason.PARTIAL_CONSENT]


def test_only_the_registrar_takes_a_withdrawal_and_only_a_signed_one():
    takers = {actor for row in CONSENT.rows.values() if row.target is ConsentState.WITHDRAWN for actor in row.by}
    assert takers == {Actor.REGISTRAR}
    assert refused_when(CONSENT, "withdraw", ConsentGuard.SIGNED) == [Reason.FIELD_MISSING]


def test_a_correction_goes_the_way_of_the_specification():
    one_after_another = {
        ("-", "RECEIVED"),
        ("RECEIVED", "SENT_TO_SOURCE"),
        ("SENT_TO_SOURCE", "SOURCE_ANSWERED"),
        ("SENT_TO_SOURCE", "SOURCE_SILENT"),
        ("SUBJECT_NOTIFIED", "CORRECTED_REPORTS_SENT"),
        ("SUBJECT_NOTIFIED", "CLOSED"),
        ("CORRECTED_REPORTS_SENT", "CLOSED"),
    }
    deciding = {(source, to) for source in ("SOURCE_ANSWERED", "SOURCE_SILENT") for to in DECIDED.split()}
    assert arrows(CORRECTION) == one_after_another | deciding | {(to, "SUBJECT_NOTIFIED") for to in DECIDED.split()}


def test_what_a_silent_source_means_is_decided_by_the_licensee_and_never_by_the_system():
    assert CORRECTION.allowed(CorrectionStatus.SOURCE_SILENT, Actor.SYSTEM) == ()
    assert {row.id for row in CORRECTION.allowed(CorrectionStatus.SOURCE_SILENT, Actor.LICENSEE)} == {
        "correct", "remark", "refuse",
    }  # fmt: skip


def test_no_correction_is_closed_before_the_subject_was_told():
    paths = {
        source for row in CORRECTION.rows.values() if row.target is CorrectionStatus.CLOSED for source in row.sources
    }
    assert paths == {CorrectionStatus.SUBJECT_NOTIFIED, CorrectionStatus.CORRECTED_REPORTS_SENT}
    assert refused_when(CORRECTION, "notify", CorrectionGuard.NOTICE_SENT) == [Code.INVALID_TRANSITION]


def test_corrected_reports_are_sent_when_every_recipient_has_his():
    assert refused_when(CORRECTION, "send_reports", CorrectionGuard.ALL_SERVED) == [Code.INVALID_TRANSITION]
    assert refused_when(CORRECTION, "close_unserved", CorrectionGuard.NOBODY_TO_SERVE) == [Code.INVALID_TRANSITION]


def test_correcting_data_needs_another_person():
    assert refused_when(CORRECTION, "correct", CorrectionGuard.ANOTHER_PERSON) == [Reason.DUAL_CONTROL_SAME_PERSON]


def test_a_licence_is_not_granted_while_an_item_is_open():
    assert refused_when(LICENCE, "grant", LicenceGuard.CHECKLIST_DONE) == [Code.FIELD_REQUIRED]
    granting = {
        source for row in LICENCE.rows.values() if row.target is LicenceStatus.GRANTED for source in row.sources
    }
    assert granting == {LicenceStatus.APPLIED, LicenceStatus.SUSPENDED}


def test_only_the_registrar_suspends_and_revokes_with_reasons():
    for name in ("suspend", "revoke"):
        assert LICENCE.rows[name].by == {Actor.REGISTRAR}
        assert refused_when(LICENCE, name, LicenceGuard.REASONED) == [Code.FIELD_REQUIRED]


@pytest.mark.parametrize(
    ("guard", "code"),
    [
        (ProposalGuard.ANOTHER_PERSON, Reason.DUAL_CONTROL_SAME_PERSON),
        (ProposalGuard.SAME_PAYLOAD, Code.STALE_VERSION),
        (ProposalGuard.IN_TIME, Code.INVALID_TRANSITION),
    ],
)
def test_a_proposal_is_carried_out_by_another_person_unchanged_and_in_time(guard, code):
    carried_out = [row for row in PROPOSAL.rows.values() if row.target is ProposalState.EXECUTED]
    assert {row.id for row in carried_out if ProposalGuard.EXEMPT not in row.guards} == {"approve"}
    assert refused_when(PROPOSAL, "approve", guard) == [code]
    assert refused_when(PROPOSAL, "approve") == []


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.title)
def test_every_state_is_reached_and_a_guard_that_nobody_answered_does_not_hold(machine):
    assert {row.target for row in machine.rows.values()} == set(machine.states)
    for row in machine.rows.values():
        assert len(list(machine.refusals(row, {}))) == len(row.guards)


def test_the_tables_are_drawn_in_the_documents():
    assert all(f"## {machine.title}" in page() for machine in MACHINES)
    assert "    SENT_TO_SOURCE --> SOURCE_SILENT: lapse" in page()
