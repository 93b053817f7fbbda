"""Topics offered in a browser while the inquirer types, and taken up by a click, in both themes."""

import pytest
from playwright.sync_api import expect

from inquiries.models import Inquiry, TriageSuggestion
from tests.factories.inquiries import head_team, load_reference, office
from tests.factories.people import CustomerFactory

from .test_clerk_browser import enter, screen  # noqa: F401 - a fixture

# ruff: noqa: F811 - the fixture is asked for by its name
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.req("CRM-5.1.1-e")
def test_a_topic_offered_while_typing_fills_the_three_levels(screen, live_server, assert_accessible):
    load_reference()
    head_team()
    triplet = office(sub_topic="תיקים", detail="סגירת תיק").triplet_teams.get().triplet
    customer = CustomerFactory()
    enter(screen, live_server, customer.user)
    screen.goto(f"{live_server.url}/my/inquiries/new/")
    assert_accessible(screen)

    screen.locator("#id_description").press_sequentially("אני רוצה לסגור את התיק: סגירת תיק")
    expect(screen.locator("#suggestions[aria-live=polite] .offered__one")).to_have_count(1)
    assert_accessible(screen)
    screen.click(".offered__one")

    expect(screen.locator("#id_triplet")).to_have_value(str(triplet.pk))
    expect(screen.locator("#id_description")).to_have_value("אני רוצה לסגור את התיק: סגירת תיק")
    assert_accessible(screen)
    screen.click(".wiz__actions button")
    screen.wait_for_url("**/my/inquiries/2*/")
    kept = TriageSuggestion.objects.get(inquiry=Inquiry.objects.get())
    assert (kept.triplet, kept.was_chosen) == (triplet, True)
