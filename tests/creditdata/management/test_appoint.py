"""The first people of the service, from the shell."""

import pytest
from django.core.management import CommandError, call_command

from creditdata.management.commands import appoint
from creditdata.models import Membership, StaffPerson
from crm_portal.audit.models import AuditEvent
from tests.factories.creditdata import LicenseeFactory
from tests.factories.people import UserFactory, valid_id

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def number(monkeypatch):
    number = valid_id(33_000_001)
    monkeypatch.setattr(appoint, "getpass", lambda _question: number)
    return number


def test_the_first_two_are_given_their_roles_and_the_audit_tells(number):
    licensee = LicenseeFactory()
    UserFactory(username="first")
    call_command("appoint", "first", "licensee_security", licensee=licensee.name, verbosity=0)

    row = Membership.objects.get()
    assert (row.role, row.licensee, row.granted_by) == ("licensee_security", licensee, None)
    assert StaffPerson.objects.filter(user=row.user).exists()
    assert AuditEvent.objects.get(action="credit_member.begin").actor_name == "system"


@pytest.mark.parametrize(("role", "licensee"), [("registrar_officer", True), ("licensee_security", False)])
def test_a_role_goes_with_its_organisation_or_is_refused(role, licensee):
    UserFactory(username="first")
    name = LicenseeFactory().name if licensee else ""

    with pytest.raises(CommandError):
        call_command("appoint", "first", role, licensee=name)
    assert not Membership.objects.exists()


def test_what_is_kept_apart_is_not_given_from_the_shell_either():
    licensee = LicenseeFactory()
    UserFactory(username="first")
    call_command("appoint", "first", "licensee_security", licensee=licensee.name, verbosity=0)

    with pytest.raises(CommandError):
        call_command("appoint", "first", "licensee_approver", licensee=licensee.name)
