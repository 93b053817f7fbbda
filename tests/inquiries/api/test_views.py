"""What the API says about the moves of an inquiry: the very table that the services validate by."""

import pytest
from django.urls import reverse
from django.utils import timezone

from crm_portal.errors import Code, Refused
from crm_portal.people.rules.roles import Role
from inquiries.rules.codes import Status
from inquiries.rules.states import Actor, allowed_targets
from inquiries.services import changing
from tests.factories.inquiries import InquiryFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def ask(client, name: str, inquiry, **params):
    return client.get(reverse(f"inquiries_api:{name}", args=[inquiry.number], query=params))


@pytest.fixture
def inquiry():
    return InquiryFactory(in_treatment=True)


@pytest.mark.req("CRM-4.1-e")
@pytest.mark.parametrize("to", allowed_targets(Status.IN_TREATMENT, Actor.OWNER), ids=str)
def test_the_requirements_are_the_fields_whose_omission_is_refused(client, inquiry, to):
    client.force_login(inquiry.clerk)

    told = ask(client, "requirements", inquiry, to=to.value).json()["required_fields"]

    with pytest.raises(Refused) as refused:
        changing.change_status(inquiry_id=inquiry.pk, to=to.value, by=inquiry.clerk, at=timezone.now())
    [missing] = [refusal for refusal in refused.value.refusals if refusal.code == Code.FIELD_REQUIRED]
    assert set(told) == set(missing.fields)


def test_the_transitions_are_the_table_s(client, inquiry):
    client.force_login(inquiry.clerk)

    answer = ask(client, "transitions", inquiry).json()

    wanted = [status.value for status in allowed_targets(Status.IN_TREATMENT, Actor.OWNER)]
    assert [target["status"] for target in answer["targets"]] == wanted
    assert (answer["status"], answer["may_change"], answer["version"]) == ("in_treatment", True, inquiry.version)


def test_an_inquiry_of_another_unit_is_not_found(client, inquiry):
    client.force_login(UserFactory(roles=[Role.HANDLER]))

    answer = ask(client, "transitions", inquiry)

    assert (answer.status_code, answer.json()["code"]) == (404, "OUT_OF_SCOPE")


def test_an_unknown_status_is_refused_at_its_field(client, inquiry):
    client.force_login(inquiry.clerk)

    answer = ask(client, "requirements", inquiry, to="finished")

    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["to"])
