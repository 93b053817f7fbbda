"""Two at once, each on a connection of its own: a proposal is decided once, and no two contradicting roles get in."""

import pytest
from django.utils import timezone

from creditdata.models import AdministeredSetting, DualControlProposal, Membership
from creditdata.rules.codes import ProposalState
from creditdata.rules.reasons import Reason
from creditdata.rules.vital import Operation
from creditdata.services import dual_control
from creditdata.tasks import expire_proposals
from crm_portal.errors import Code
from crm_portal.people.rules.roles import Role
from tests.factories.creditdata import LicenseeFactory, identified, member
from tests.factories.people import UserFactory
from tests.inquiries.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def setting():
    officer = member(Role.REGISTRAR_OFFICER)
    payload = {"key": "CRD_NOTE_WORDS", "value": "50", "valid_from": timezone.localdate().isoformat()}
    return dual_control.propose(
        operation=Operation.CHANGE_SETTING, licensee_id=None, payload=payload, reasons="סיבה", by=officer,
        at=timezone.now(),
    )  # fmt: skip


def propose_role(by, user, role):
    licensee = by.credit_memberships.get().licensee
    return dual_control.propose(
        operation=Operation.GIVE_ROLE, licensee_id=licensee.pk, reasons="סיבה", by=by, at=timezone.now(),
        payload={"user": user.pk, "role": role.value, "licensee": licensee.pk},
    )  # fmt: skip


def approve(proposal, by, at=None):
    return lambda: dual_control.approve(
        proposal_id=proposal.pk, seen_hash=proposal.payload_hash, by=by, at=at or timezone.now()
    )


@pytest.mark.req("CRD-0-v")
def test_of_two_approvers_one_carries_it_out():
    proposal = setting()
    first, second = member(Role.REGISTRAR_APPROVER), member(Role.REGISTRAR_APPROVER)

    results = at_once(approve(proposal, first), approve(proposal, second))

    assert results.count(Code.INVALID_TRANSITION) == 1
    assert AdministeredSetting.objects.count() == 1


@pytest.mark.req("CRD-0-v")
def test_two_workers_end_a_proposal_once():
    proposal = setting()
    over = proposal.expires_at

    results = at_once(lambda: expire_proposals(over).done, lambda: expire_proposals(over).done)

    assert sorted(results) == [0, 1]
    assert DualControlProposal.objects.of_place(None).get().state == ProposalState.EXPIRED.value


def test_of_an_approval_and_a_withdrawal_one_wins():
    proposal = setting()
    approver = member(Role.REGISTRAR_APPROVER)

    at_once(
        approve(proposal, approver),
        lambda: dual_control.withdraw(proposal_id=proposal.pk, by=proposal.proposer, at=timezone.now()),
    )

    state = DualControlProposal.objects.of_place(None).get().state
    assert (state == ProposalState.EXECUTED.value) == AdministeredSetting.objects.exists()


@pytest.mark.req("CRD-77-b")
def test_two_contradicting_roles_approved_at_once_leave_one():
    licensee, newcomer = LicenseeFactory(), identified(UserFactory())
    security = member(Role.LICENSEE_SECURITY, licensee)
    approvers = [member(Role.LICENSEE_APPROVER, licensee) for _ in range(2)]
    proposals = [propose_role(security, newcomer, role) for role in (Role.LICENSEE_REQUESTS, Role.LICENSEE_CONTRACTS)]

    results = at_once(*(approve(one, by) for one, by in zip(proposals, approvers, strict=True)))

    assert results.count(Reason.COMPARTMENT_CONFLICT) == 1
    assert Membership.objects.filter(user=newcomer).count() == 1


def test_the_same_proposed_twice_at_once_waits_once():
    licensee, newcomer = LicenseeFactory(), identified(UserFactory())
    security = member(Role.LICENSEE_SECURITY, licensee)

    def propose():
        return propose_role(security, newcomer, Role.LICENSEE_INTAKE)

    results = at_once(propose, propose)

    assert results.count(Code.DUPLICATE) == 1
    assert DualControlProposal.objects.for_licensee(licensee).count() == 1
