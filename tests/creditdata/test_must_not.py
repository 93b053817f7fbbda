"""
What a role must not do (12.1), cell by cell: over the pages, in the services, and in the admin site.

A licensee has no API for these operations; whoever asks one with a role of this service finds no address for it.
"""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from creditdata.models import AccessLog, DualControlProposal, Membership
from creditdata.rules.access import TABLE, Action
from creditdata.rules.accesses import FieldsClass, Purpose, purposes_for
from creditdata.rules.compartments import CREDIT_ROLES, LICENSEE_ROLES
from creditdata.rules.vital import AT_LICENSEE, AT_REGISTRAR, Operation
from creditdata.services import accesses, dual_control
from creditdata.services.accesses import Access
from crm_portal.errors import Code, Refused
from crm_portal.people.rules.access import ADMIN_SITE, GIVEN_BY_TWO
from crm_portal.people.rules.roles import Role
from tests.factories.creditdata import DataSubjectFactory, LicenseeFactory, identified, member
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
OF_REGISTRAR = {Role.REGISTRAR_OFFICER, Role.REGISTRAR_APPROVER}
FILES = ("credit:find_subject", "credit:subject")
RIGHTS = ("credit:members", "credit:give_role", "credit:identify", "credit:take_role")
PROPOSING = ("credit:give_role", "credit:propose_setting", "credit:propose_exemption", "credit:propose_export")
LOG = ("credit:accesses", "credit:export_accesses", "credit:find_accesses")
CELLS = [
    (Role.LICENSEE_INTAKE, (*RIGHTS, *FILES)),
    (Role.LICENSEE_RECORDS, ("credit:approve", "credit:reject", *RIGHTS)),
    (Role.LICENSEE_REPORTS, FILES),
    (Role.LICENSEE_CONTRACTS, FILES),
    (Role.LICENSEE_APPROVER, (*PROPOSING, *FILES)),
    (Role.LICENSEE_SECURITY, FILES),
    (Role.REGISTRAR_OFFICER, FILES),
    (Role.REGISTRAR_APPROVER, (*PROPOSING, *FILES)),
    (Role.REQUESTER_USER, (*FILES, *LOG, "credit:proposals", "credit:members")),
    (Role.SOURCE_INTEGRATOR, (*FILES, *LOG, "credit:proposals", "credit:members")),
    (Role.CUSTOMER, (*FILES, *LOG, *RIGHTS)),
    (Role.REPRESENTATIVE, (*FILES, *LOG, *RIGHTS)),
    (Role.CRM_ADMIN, (*FILES, *LOG, *RIGHTS, *PROPOSING)),  # whoever keeps the portal keeps nothing here
    (Role.AUDITOR, (*FILES, *LOG, *RIGHTS)),
]
ARGS = {"credit:subject": [1], "credit:take_role": [1], "credit:approve": [1], "credit:reject": [1]}


def somebody(role):
    if role is Role.CUSTOMER:
        return CustomerFactory().user
    if role is Role.REPRESENTATIVE:
        return RepresentativeEmployeeFactory().user
    if role in {Role.REQUESTER_USER, Role.SOURCE_INTEGRATOR} or role not in CREDIT_ROLES:
        return UserFactory(roles=[role])
    return member(role, LicenseeFactory() if role in LICENSEE_ROLES else None)


@pytest.mark.req("CRD-77-e")
@pytest.mark.parametrize(("role", "name"), [(role, name) for role, names in CELLS for name in names], ids=str)
def test_what_a_role_must_not_it_does_on_no_page(client, role, name):
    client.force_login(somebody(role))
    address = reverse(name, args=ARGS.get(name, ["own"] if name == "credit:proposals" else []))

    for send in (client.get, client.post):
        assert send(address).status_code in {403, 405}, name
    assert not DualControlProposal.objects.of_every_licensee().exists()


@pytest.mark.req("CRD-77-e")
@pytest.mark.parametrize("role", sorted(CREDIT_ROLES - {Role.REQUESTER_USER, Role.SOURCE_INTEGRATOR}))
def test_a_role_proposes_nothing_but_what_is_its_own(role):
    licensee = LicenseeFactory() if role in LICENSEE_ROLES else None
    by = member(role, licensee)
    rows = AT_REGISTRAR if licensee is None else AT_LICENSEE

    for operation in Operation:
        if operation in rows and role in rows[operation].proposers:
            continue
        with pytest.raises(Refused) as caught:
            dual_control.propose(
                operation=operation, licensee_id=licensee and licensee.pk, payload={}, reasons="סיבה", by=by, at=AT
            )
        assert caught.value.code is Code.PERMISSION_DENIED, operation


@pytest.mark.req("CRD-77-e")
@pytest.mark.parametrize("role", [Role.LICENSEE_CONTRACTS, Role.REQUESTER_USER, Role.SOURCE_INTEGRATOR, Role.AUDITOR])
def test_who_has_no_purpose_opens_no_file_in_the_service_either(role):
    subject = DataSubjectFactory()
    by = UserFactory(roles=[role])

    assert purposes_for({role}) == []
    for purpose in Purpose:
        with pytest.raises(Refused):
            accesses.open_subject(
                licensee=subject.licensee, subject_id=subject.pk, by=by, at=AT,
                access=Access("subject", str(subject.pk), FieldsClass.WHOLE_FILE, purpose),
            )  # fmt: skip
    assert set(AccessLog.objects.for_licensee(subject.licensee).values_list("result", flat=True)) == {"refused"}


@pytest.mark.req("CRD-77-e")
def test_the_admin_site_shows_and_changes_nothing_of_credit_data(client):
    models = {f"creditdata.{model._meta.model_name}" for model in apps.get_app_config("creditdata").get_models()}
    named = {model for verbs in ADMIN_SITE.values() for tables in verbs.values() for model in tables}

    assert not models & named
    assert not [model for model in admin.site._registry if model._meta.app_label == "creditdata"]
    assert not ADMIN_SITE.keys() & GIVEN_BY_TWO


@pytest.mark.req("CRD-77-e")
@pytest.mark.parametrize("role", sorted(CREDIT_ROLES))
def test_no_role_of_credit_data_enters_the_admin_site(client, role):
    client.force_login(UserFactory(roles=[role]))

    assert client.get("/admin/").status_code in {302, 403}
    assert client.get("/admin/people/user/").status_code in {302, 403}


def test_a_role_without_a_membership_opens_nothing(client):
    """A grant alone, however it came about, names no licensee."""
    for role, name in (
        (Role.LICENSEE_RECORDS, "credit:find_subject"),
        (Role.LICENSEE_SECURITY, "credit:accesses"),
        (Role.LICENSEE_APPROVER, "credit:members"),
    ):
        subject = DataSubjectFactory()
        stranger = identified(UserFactory(roles=[role]))
        client.force_login(stranger)

        response = client.get(reverse(name))

        assert response.status_code in {200, 404}
        assert subject.licensee.name not in response.content.decode()
    assert not Membership.objects.exists()


def test_every_action_of_these_screens_belongs_to_a_role_of_the_service():
    assert set(TABLE) == set(Action)
    assert all(roles <= CREDIT_ROLES for roles in TABLE.values())


@pytest.mark.req("CRD-77-c")
@pytest.mark.parametrize("role", sorted(CREDIT_ROLES))
def test_nobody_works_here_with_a_password_alone(client, role):
    user = UserFactory(roles=[role])
    user.set_password("a-long-password-2026")
    user.save()

    answer = client.post("/sign-in/", {"as": "employee", "username": user.username, "password": "a-long-password-2026"})

    assert answer.url.startswith("/sign-in/")  # to the second factor, or to setting it up
    assert "_auth_user_id" not in client.session
