import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction

from crm_portal.administration.registry import TABLES
from crm_portal.audit.models import AuditEvent
from crm_portal.people.models import Representative, RoleGrant
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.models import CalendarDay
from tests.factories.people import CustomerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    user = UserFactory(roles=[Role.CRM_ADMIN])
    client.force_login(user)
    return user


def test_the_admin_site_has_no_sign_in_of_its_own(client):
    assert client.get("/admin/login/").url == "/sign-in/?next=%2Fadmin%2Flogin%2F"
    assert client.post("/admin/login/", {"username": "a", "password": "b"}).url == "/sign-in/?next=%2F"


def test_an_account_is_shown_without_its_password_and_is_not_changed(client, keeper):
    user = UserFactory(phone="0501234567", roles=[Role.HANDLER])
    user.set_password("correct horse battery")
    user.save()
    page = f"/admin/people/user/{user.pk}/"

    html = client.get(f"{page}change/").content.decode()

    assert user.username in html
    assert user.password not in html
    for path in (f"{page}change/", f"{page}delete/", "/admin/people/user/add/"):
        assert client.post(path, {"username": "other", "post": "yes"}).status_code == 403
    user.refresh_from_db()
    assert (user.username == "other", user.phone, user.check_password("correct horse battery")) == (
        False, "0501234567", True,
    )  # fmt: skip


def test_nobody_gives_roles_to_himself(client, keeper):
    grant = {"role": "auditor", "scope": "all", "tax_system": "", "level": 3, "user": keeper.pk}
    filled = {f"role_grants-0-{name}": value for name, value in grant.items()}
    filled |= {"role_grants-TOTAL_FORMS": 1, "role_grants-INITIAL_FORMS": 0}

    assert client.post(f"/admin/people/user/{keeper.pk}/change/", filled).status_code == 403

    assert [one.role for one in RoleGrant.objects.filter(user=keeper)] == ["crm_admin"]


def test_a_representative_whom_no_screen_keeps_is_entered_and_audited(client, keeper):
    new = {
        "id_number": "111100137",
        "name": "כהן דנה",
        "kind": "lawyer",
        "licence_number": "77",
        "is_active_licence": "on",
    }
    cards = {"employees-TOTAL_FORMS": 0, "employees-INITIAL_FORMS": 0}

    client.post("/admin/people/representative/add/", new | cards)
    row = Representative.objects.get(licence_number="77")
    client.post(f"/admin/people/representative/{row.pk}/change/", new | cards | {"name": "לוי דנה"})

    assert AuditEvent.objects.get(action="representative.add").after["licence_number"] == "77"
    event = AuditEvent.objects.get(action="representative.change")
    assert (event.actor, event.before, event.after) == (keeper, {"name": "כהן דנה"}, {"name": "לוי דנה"})
    assert client.post(f"/admin/people/representative/{row.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.req("CRM-2.2.2-a")
def test_customers_can_be_looked_up_but_not_changed(client, keeper):
    customer = CustomerFactory()

    assert client.get(f"/admin/people/customer/{customer.pk}/change/").status_code == 200
    assert client.post(f"/admin/people/customer/{customer.pk}/change/", {"last_name": "x"}).status_code == 403
    assert client.post(f"/admin/people/customer/{customer.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.req("CRM-9-b")
@pytest.mark.parametrize("role", list(Role))
def test_what_the_screens_keep_is_changed_nowhere_else(role):
    user = UserFactory(roles=[role])
    kept = {table.model for table in TABLES.values()} | {CalendarDay}

    changeable = [
        model._meta.label
        for model in kept
        for verb in ("add", "change", "delete")
        if user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")
    ]

    assert not changeable


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
