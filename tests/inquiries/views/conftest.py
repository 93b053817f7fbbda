import pytest
from django.test import Client

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from tests.factories.people import UserFactory
from tests.factories.routing import TeamFactory, TripletFactory


@pytest.fixture
def sign_in(client: Client):
    """Give a browser in which somebody is signed in."""

    def enter(user: User) -> Client:
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def clerk(db) -> User:
    return UserFactory(roles=[Role.HANDLER], last_name="מזרחי", first_name="ענת")


@pytest.fixture
def triplet(db):
    return TripletFactory(main_topic="מס הכנסה", sub_topic="החזר מס", detail="טופס 135")


@pytest.fixture
def team(clerk, triplet):
    return TeamFactory(name="חוליה 17", members=[clerk], triplets=[triplet])
