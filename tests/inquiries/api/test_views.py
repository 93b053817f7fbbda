"""What the API says about the moves of an inquiry: the very table that the services validate by."""

import pytest
from django.db import transaction
from django.urls import reverse

from crm_portal.errors import Refused
from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from inquiries.rules.codes import Status
from inquiries.rules.states import Actor, allowed_targets
from inquiries.services import (
    answering,
    assigning,
    changing,
    drafting,
    forwarding,
    judging,
    reading,
    triplets,
)
from routing.models import Team, Triplet, TripletTeam
from tests.factories.inquiries import InquiryFactory, clerk, draft, fresh, head_team, later, office, real_estate
from tests.factories.people import CustomerFactory, UserFactory
from tests.factories.routing import TaxSystemFactory, TeamFactory, TripletFactory

pytestmark = pytest.mark.django_db


def ask(client, name: str, inquiry, **params):
    return client.get(reverse(f"inquiries_api:{name}", args=[inquiry.number], query=params))


@pytest.fixture
def inquiry():
    return InquiryFactory(in_treatment=True)


def wrong_triplet():
    inquiry = InquiryFactory(in_treatment=True)
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="incorrect")
    TripletFactory(tax_system=inquiry.triplet.tax_system, detail="השלשה הנכונה")
    return fresh(inquiry)


def arrived():
    """The customer wrote while he was treated, and his message was read."""
    inquiry = InquiryFactory(steps=("assign", "answer", "customer"))
    reading.mark_messages_read(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry))
    return inquiry


def phone():
    """A call that was saved: in treatment by the operator who took it."""
    call = draft()
    drafting.save_draft(
        inquiry_id=call.pk, by=call.opened_by, at=later(call), proposed_solution="נבדק", description="שאלה",
        triplet_id=office(members=[]).triplet_teams.get().triplet_id, customer_id=CustomerFactory().pk,
    )  # fmt: skip
    return fresh(call)


def moved_to_income_tax():
    """A representative's real-estate inquiry that the head team moved to income tax."""
    inquiry = real_estate(by_representative=True)
    member = head_team().members.get().user
    member.role_grants.update(scope="all")
    by = User.objects.get(pk=member.pk)
    forwarding.forward(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), team_id=head_team().pk, proposed_solution="נושא אחר"
    )
    assigning.assign_to_me(inquiry_id=inquiry.pk, by=by, at=later(inquiry))
    income_tax = TripletFactory(tax_system=TaxSystemFactory(code="income_tax"))
    triplets.change_triplet(inquiry_id=inquiry.pk, by=by, at=later(inquiry), triplet_id=income_tax.pk)
    return fresh(inquiry)


KINDS = {
    "in treatment": lambda: InquiryFactory(in_treatment=True),
    "information arrived": arrived,
    "waiting": lambda: InquiryFactory(awaiting_customer=True),
    "wrong triplet": wrong_triplet,
    "phone": phone,
    "real estate": real_estate,
    "moved to income tax": moved_to_income_tax,
}


@pytest.mark.req("CRM-4.1-e")
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_listed_is_enough_and_nothing_of_it_may_be_left_out(client, kind):
    inquiry = KINDS[kind]()
    TeamFactory(name="צוות אחר", members=[clerk()], triplets=[inquiry.triplet])
    client.force_login(inquiry.owner)
    targets = ask(client, "transitions", inquiry).json()["targets"]
    assert targets

    for target in targets:
        to, listed = target["status"], target["required_fields"]
        assert ask(client, "requirements", inquiry, to=to).json()["required_fields"] == listed
        assert refused_at(inquiry, to, listed) == []
        for name in listed:
            assert refused_at(inquiry, to, [one for one in listed if one != name]) == [name], (to, name)


def other_team() -> Team:
    return Team.objects.get(name="צוות אחר")


def refused_at(inquiry, to: str, filled: list[str]) -> list[str]:
    """The fields at which the services refuse this move when the owner fills only these; then all is as before."""
    who = {"inquiry_id": inquiry.pk, "by": inquiry.owner, "at": later(inquiry)}
    of_move = {
        "proposed_solution": {"proposed_solution": "נבדק ונמצא תקין"},
        "reply": {"reply": "בקשתך נבדקה ואושרה"},
        "closing_reason": {"closing_reason": "identical_inquiry"},
        "team": {"team_id": other_team().pk},
        "confirm_representation": {"confirm_representation": True},
    }
    saved = transaction.savepoint()
    try:
        if "triplet" in filled:
            right = Triplet.objects.get(detail="השלשה הנכונה")
            TripletTeam.objects.create(triplet=right, team=other_team())
            triplets.change_triplet(**who, triplet_id=right.pk)
        if "triplet_validation" in filled:
            triplets.set_validation(**who, verdict="correct")
        if estate := {name: "-" for name in filled if name in judging.REAL_ESTATE_FIELDS}:
            answering.save(**who, **estate)
        fields = {key: value for name in filled for key, value in of_move.get(name, {}).items()}
        changing.change_status(to=to, **who, **fields)
    except Refused as refused:
        return [name for one in refused.refusals for name in one.fields]
    else:
        return []
    finally:
        transaction.savepoint_rollback(saved)


@pytest.mark.req("CRM-4.1-e")
def test_the_head_team_is_asked_without_a_verdict_and_the_list_says_so(client, inquiry):
    client.force_login(inquiry.clerk)

    to_a_team = ask(client, "requirements", inquiry, to="forwarded").json()["required_fields"]
    to_the_head = ask(client, "requirements", inquiry, to="forwarded", team=head_team().pk).json()["required_fields"]

    assert to_a_team == ["proposed_solution", "team", "triplet_validation"]
    assert to_the_head == ["proposed_solution", "team"]


@pytest.mark.req("CRM-4.1-e")
def test_a_status_that_cannot_be_chosen_now_has_no_requirements(client, inquiry):
    client.force_login(inquiry.clerk)

    answer = ask(client, "requirements", inquiry, to="open_team")

    assert (answer.status_code, answer.json()["code"]) == (409, "INVALID_TRANSITION")


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
