import pytest

from crm_portal.people.rules.roles import Role
from crm_portal.people.services import demonstration
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(settings):
    settings.DEMONSTRATION = True
    employee, customer = UserFactory(username="dana", roles=[Role.HANDLER]), CustomerFactory()
    demonstration.show(user=employee, password="demonstration", about="פקידה")
    demonstration.show(user=customer.user)
    demonstration.show(user=RepresentativeEmployeeFactory().user)
    return employee, customer


def test_a_newcomer_enters_as_an_employee_with_two_clicks(client, shown):
    page = client.get("/sign-in/?as=employee")
    account = page.context["accounts"][0]

    step = client.post(
        "/sign-in/", {"as": "employee", "username": account.username, "password": account.password}, follow=True
    )
    done = client.post("/sign-in/second-factor/", {"code": step.context["demonstration_code"]})

    assert "פקידה" in page.content.decode()
    assert done.url == "/"


def test_a_newcomer_enters_as_a_citizen_with_two_clicks(client, shown):
    account = client.get("/sign-in/").context["accounts"][0]

    step = client.post("/sign-in/", {"as": "customer", "id_number": account.id_number, "channel": "sms"}, follow=True)
    done = client.post("/sign-in/code/", {"code": step.context["demonstration_code"]})

    assert done.url == "/"


def test_the_code_shown_after_entering_is_one_that_still_opens(client, shown):
    for _ in range(2):
        client.post("/sign-in/", {"as": "employee", "username": "dana", "password": "demonstration"})
        code = client.get("/sign-in/second-factor/").context["demonstration_code"]
        assert client.post("/sign-in/second-factor/", {"code": code}).status_code == 302
        client.post("/sign-out/")


def test_outside_a_demonstration_nothing_of_it_is_shown(client, shown, settings):
    settings.DEMONSTRATION = False
    customer = shown[1]

    for kind in ("employee", "customer", "representative"):
        assert client.get(f"/sign-in/?as={kind}").context["accounts"] == []
    client.post("/sign-in/", {"as": "employee", "username": "dana", "password": "demonstration"})
    assert client.get("/sign-in/second-factor/").context["demonstration_code"] == ""
    client.post("/sign-in/", {"as": "customer", "id_number": customer.id_number, "channel": "sms"})
    assert client.get("/sign-in/code/").context["demonstration_code"] == ""


def test_accounts_are_not_put_on_the_page_outside_a_demonstration(settings):
    settings.DEMONSTRATION = False

    with pytest.raises(RuntimeError):
        demonstration.show(user=UserFactory(), password="demonstration")
