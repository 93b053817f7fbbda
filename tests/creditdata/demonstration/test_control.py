"""What a newcomer finds on the screens of control."""

from datetime import UTC, datetime

import pytest

from creditdata import demonstration
from creditdata.models import AccessLog, AdministeredSetting, DualControlProposal, Licensee, Membership
from creditdata.rules.codes import ProposalState
from creditdata.rules.compartments import conflicts
from creditdata.rules.members import MemberRole
from creditdata.selectors.members import forbidden_sets, held_by_person, person_of
from crm_portal.people.models import DemonstrationAccount, User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def played(settings):
    settings.DEMONSTRATION = True
    demonstration.play(NOW)


@pytest.mark.req("CRD-77-b")
def test_there_is_somebody_in_each_role_and_nobody_holds_what_is_kept_apart(played):
    roles = set(Membership.objects.values_list("role", flat=True))

    assert roles == set(MemberRole) - {MemberRole.SOURCE_INTEGRATOR}
    assert Licensee.objects.count() == 2
    for account in User.objects.filter(credit_memberships__isnull=False):
        assert account.roles
        assert not conflicts(held_by_person(person_of(account)), forbidden_sets())


def test_proposals_stand_in_every_state_and_a_denial_is_in_the_log(played):
    rows = DualControlProposal.objects.of_every_licensee()

    assert set(rows.values_list("state", flat=True)) == set(ProposalState)
    assert AdministeredSetting.objects.count() == 1
    assert AccessLog.objects.of_every_licensee().filter(code="PURPOSE_REQUIRED").exists()


def test_a_second_run_adds_nothing(played):
    def counted():
        every = DualControlProposal.objects.of_every_licensee(), AccessLog.objects.of_every_licensee()
        return [rows.count() for rows in (*every, Membership.objects, DemonstrationAccount.objects, Licensee.objects)]

    before = counted()
    demonstration.play(NOW)

    assert counted() == before
