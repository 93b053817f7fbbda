import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction

from crm_portal.audit.models import AuditEvent
from crm_portal.people.models import RoleGrant, User
from crm_portal.people.rules.roles import Role
from crm_portal.people.services import second_factor
from tests.factories.people import CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db
PERIODS = {"absences-TOTAL_FORMS": 0, "absences-INITIAL_FORMS": 0}


@pytest.fixture
def keeper(client):
    user = UserFactory(roles=[Role.CRM_ADMIN])
    client.force_login(user)
    return user


def form(user, **changed):
    return {
        "username": user.username,
        "last_name": user.last_name,
        "first_name": user.first_name,
        "email": user.email,
        "phone": user.phone,
        "language": user.language,
        "is_active": "on",
        "shortcuts_enabled": "on",
        "role_grants-TOTAL_FORMS": 0,
        "role_grants-INITIAL_FORMS": 0,
        **PERIODS,
        **changed,
    }


def test_the_admin_site_has_no_sign_in_of_its_own(client):
    assert client.get("/admin/login/").url == "/sign-in/?next=%2Fadmin%2Flogin%2F"
    assert client.post("/admin/login/", {"username": "a", "password": "b"}).url == "/sign-in/?next=%2F"


def test_a_role_and_an_absence_are_given_in_the_admin_site_and_audited(client, keeper):
    user = UserFactory()
    grant = {"role": "handler", "scope": "unit", "tax_system": "", "level": 1, "user": user.pk}
    absence = {"from_on": "2026-12-01", "until_on": "2026-12-05", "user": user.pk}

    response = client.post(
        f"/admin/people/user/{user.pk}/change/",
        form(user, phone="1234")
        | {"role_grants-TOTAL_FORMS": 1, "absences-TOTAL_FORMS": 1}
        | {f"role_grants-0-{name}": value for name, value in grant.items()}
        | {f"absences-0-{name}": value for name, value in absence.items()},
    )

    assert response.status_code == 302, response.context["errors"]
    assert user.role_grants.get().role == "handler"
    assert user.absences.get().entered_by == keeper
    event = AuditEvent.objects.get(action="user.change")
    assert (event.actor, event.before, event.after) == (keeper, {"phone": ""}, {"phone": "1234"})
    assert AuditEvent.objects.filter(action="rolegrant.add").exists()


def test_nobody_gives_roles_to_himself(client, keeper):
    grant = {"role": "auditor", "scope": "all", "tax_system": "", "level": 3, "user": keeper.pk}
    filled = {f"role_grants-0-{name}": value for name, value in grant.items()}

    client.post(f"/admin/people/user/{keeper.pk}/change/", form(keeper) | {"role_grants-TOTAL_FORMS": 1} | filled)

    assert [one.role for one in RoleGrant.objects.filter(user=keeper)] == ["crm_admin"]


def test_a_new_employee_gets_an_account_without_the_password_reaching_the_audit(client, keeper):
    secret = "a long enough phrase"
    new = {"username": "new", "last_name": "לוי", "first_name": "גיל", "usable_password": "true"}

    client.post("/admin/people/user/add/", new | {"password1": secret, "password2": secret})

    user = User.objects.get(username="new")
    assert user.is_employee
    assert user.check_password(secret)
    assert secret not in str(AuditEvent.objects.filter(action="user.add").values("after"))


def test_a_lost_phone_is_forgotten_so_that_another_can_be_set_up(client, keeper, employee):
    client.post("/admin/people/user/", {"action": "reset_second_factor", "_selected_action": [employee.pk]})

    assert not second_factor.is_enrolled(employee)
    assert AuditEvent.objects.get(action="second_factor.reset").actor == keeper


@pytest.mark.req("CRM-2.2.2-a")
def test_customers_can_be_looked_up_but_not_changed(client, keeper):
    customer = CustomerFactory()

    assert client.get(f"/admin/people/customer/{customer.pk}/change/").status_code == 200
    assert client.post(f"/admin/people/customer/{customer.pk}/change/", {"last_name": "x"}).status_code == 403
    assert client.post(f"/admin/people/customer/{customer.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("verb", ["add", "change", "delete"])
@pytest.mark.parametrize("role", list(Role))
def test_nobody_changes_inquiries_their_history_messages_or_the_audit_in_the_admin_site(role, verb):
    user = UserFactory(roles=[role])
    names = ["inquiry", "statushistory", "message", "attachment"]

    assert not any(user.has_perm(f"inquiries.{verb}_{name}") for name in names)
    assert not user.has_perm(f"audit.{verb}_auditevent")


def test_nobody_stands_above_the_roles():
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(is_superuser=True)


def test_groups_and_second_factors_are_not_in_the_admin_site():
    registered = {model._meta.label_lower for model in admin.site._registry}

    assert registered.isdisjoint({"auth.group", "mfa.authenticator", "account.emailaddress"})
