import pytest

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refusal
from crm_portal.people.models import RepresentativeEmployee
from crm_portal.registers import local
from crm_portal.sentences import sentence
from tests.factories.people import RepresentativeFactory

pytestmark = pytest.mark.django_db


def card(*, holder="representative", state="active"):
    for representative in local.people("smart_cards")["representatives"]:
        for one in representative["cards"]:
            if one["holder"] == holder and one["state"] == state and one["valid_until"] > "2027":
                return representative, one["card_number"]
    raise LookupError(holder, state)


def enter(client, number):
    return client.post("/sign-in/", {"as": "representative", "card_number": number})


@pytest.mark.req("CRM-2.2.1-d")
def test_an_employees_card_enters_and_the_audit_names_both(client):
    office, number = card(holder="employee")
    representative = RepresentativeFactory(id_number=office["id_number"], name="ברק יעל")

    response = enter(client, number)

    holder = RepresentativeEmployee.objects.get(card_number=number)
    event = AuditEvent.objects.get(action="sign_in.representative")
    assert response.url == "/"
    assert event.actor == holder.user
    assert holder.user.last_name in event.actor_name
    assert representative.name in event.actor_name
    assert event.actor_roles == "representative_employee"


def test_the_representatives_own_card_enters_as_the_representative(client):
    office, number = card()
    RepresentativeFactory(id_number=office["id_number"])

    enter(client, number)
    enter(client, number)

    assert RepresentativeEmployee.objects.get().is_the_representative
    assert AuditEvent.objects.get(action="sign_in.representative").actor_roles == "representative"


@pytest.mark.req("CRM-2.2.1-d")
@pytest.mark.parametrize("state", ["unknown", "revoked", "expired", "closed account", "strange representative"])
def test_a_card_that_is_not_valid_does_not_enter(client, state):
    office, number = card()
    if state != "strange representative":
        RepresentativeFactory(id_number=office["id_number"])
    if state == "unknown":
        number = "NO-SUCH-CARD"
    elif state == "closed account":
        enter(client, number)
        client.post("/sign-out/")
        RepresentativeEmployee.objects.get().user.__class__.objects.update(is_active=False)
    elif state in ("revoked", "expired"):
        number = next(
            one["card_number"]
            for representative in local.people("smart_cards")["representatives"]
            for one in representative["cards"]
            if (one["state"] == "revoked" if state == "revoked" else one["valid_until"] < "2026")
        )

    response = enter(client, number)

    assert response.status_code == 422
    assert response.context["form"].errors["card_number"] == [sentence(Refusal(Code.CARD_REFUSED))]
    assert response.context["form"]["card_number"].value() == number
    assert "_auth_user_id" not in client.session
    assert AuditEvent.objects.filter(action="sign_in.representative", code="CARD_REFUSED").exists()
