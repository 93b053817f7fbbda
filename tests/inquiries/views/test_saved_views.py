"""The pages of personal views."""

import pytest
from django.urls import reverse

from crm_portal.people.rules.roles import Role
from inquiries.models import SavedView
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NEW = reverse("inquiries:save_view")


@pytest.mark.req("CRM-3.2-b")
def test_what_narrows_the_list_comes_back_from_the_menu_without_the_place_in_it(sign_in, clerk, team):
    window = sign_in(clerk)
    query = "status=forwarded&after=abc&sort=-opened"

    answer = window.post(NEW, {"view": "team_waiting", "query": query, "name": "דחופות"})
    menu = window.get(reverse("inquiries:queue"), follow=True).content.decode()

    assert answer.url == "/inquiries/views/team_waiting/?status=forwarded&sort=-opened"
    assert "דחופות" in menu
    assert "/inquiries/views/team_waiting/?status=forwarded&amp;sort=-opened" in menu


def test_a_refused_name_keeps_the_typed_words_and_what_was_narrowed(sign_in, clerk, team):
    window = sign_in(clerk)
    given = {"view": "team_waiting", "query": "status=forwarded", "name": "דחופות"}
    window.post(NEW, given)

    again = window.post(NEW, given)

    assert again.status_code == 422
    shown = again.content.decode()
    assert 'value="דחופות"' in shown
    assert 'value="status=forwarded"' in shown
    assert 'aria-invalid="true"' in shown


def test_one_s_own_are_listed_renamed_and_deleted(sign_in, clerk, team):
    window = sign_in(clerk)
    window.post(NEW, {"view": "team_waiting", "query": "", "name": "דחופות"})
    saved = SavedView.objects.get()

    window.post(reverse("inquiries:rename_view", args=[saved.pk]), {"name": "של היום"})
    assert "של היום" in window.get(reverse("inquiries:saved_views")).content.decode()
    refused = window.post(reverse("inquiries:rename_view", args=[saved.pk]), {"name": " "})
    assert refused.status_code == 422
    window.post(reverse("inquiries:delete_view", args=[saved.pk]))

    assert not SavedView.objects.exists()


def test_another_s_are_not_found(sign_in, clerk, team):
    sign_in(clerk).post(NEW, {"view": "team_waiting", "query": "", "name": "דחופות"})
    saved = SavedView.objects.get()

    other = sign_in(UserFactory(roles=[Role.HANDLER]))

    assert other.post(reverse("inquiries:rename_view", args=[saved.pk]), {"name": "שלי"}).status_code == 404
    assert other.post(reverse("inquiries:delete_view", args=[saved.pk])).status_code == 404
