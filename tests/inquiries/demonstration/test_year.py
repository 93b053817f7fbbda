"""The demonstration is played by the services, so it obeys every rule they obey."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Count

from compensation.rules.access import FUND
from crm_portal.people.models import DemonstrationAccount, PoaRequest, RoleGrant, User
from crm_portal.people.rules.access import GIVEN_BY_TWO
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.models import CalendarDay
from inquiries.demonstration import coordination, desk, representation, tables, year
from inquiries.demonstration.cast import PARTS, SHOWN_CARDS, assemble
from inquiries.models import (
    Activity,
    Consultation,
    DailyFollowUp,
    ImprovementSuggestion,
    Inquiry,
    QualityReview,
    StatusHistory,
)
from inquiries.rules.access import REPRESENTATIVES
from routing.models import LocalityMap
from routing.selectors import completeness

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def cast(db, settings):
    settings.DEMONSTRATION = True
    call_command("load_reference", verbosity=0)
    return assemble(at=NOW - 365 * year.DAY)


def test_a_small_year_leaves_inquiries_with_a_history_in_order(cast):
    begun = []

    year.play(cast, inquiries=12, until=NOW, begun=lambda: begun.append(1))

    assert len(begun) == 12
    assert Inquiry.objects.values("status").distinct().count() >= 2
    for inquiry in Inquiry.objects.submitted():
        instants = list(StatusHistory.objects.filter(inquiry=inquiry).order_by("id").values_list("at", flat=True))
        assert instants == sorted(instants)
        assert instants[0] == inquiry.opened_at
        assert instants[-1] <= NOW


def test_there_is_somebody_to_try_for_every_role_of_an_employee(cast):
    roles = set(User.objects.filter(demonstration__isnull=False).values_list("role_grants__role", flat=True)) - {None}

    others = FUND | REPRESENTATIVES | GIVEN_BY_TWO | {Role.CUSTOMER}
    assert roles == {role.value for role in Role} - {role.value for role in others}


def test_bringing_everybody_in_twice_changes_nothing(cast):
    before = User.objects.count(), DemonstrationAccount.objects.count()

    assemble(at=NOW)

    assert (User.objects.count(), DemonstrationAccount.objects.count()) == before
    assert not User.objects.values("username").annotate(times=Count("id")).filter(times__gt=1)


def test_requests_for_a_power_of_attorney_stand_in_every_state_and_are_made_once(cast):
    for _ in range(2):
        representation.play(until=NOW)

    assert set(PoaRequest.objects.values_list("state", flat=True)) == {"pending", "approved", "declined", "revoked"}
    assert PoaRequest.objects.count() == len(representation.REQUESTS)


def test_representatives_write_in_their_own_names_with_files_that_were_checked(cast):
    representation.play(until=NOW)

    written = Inquiry.objects.filter(is_own_name=True)
    assert written.count() == len(representation.OWN_NAME)
    assert set(written.values_list("concerns_client", flat=True)) == {True, False}
    assert not written.filter(attachments__file__state="pending").exists()


def test_a_newcomer_finds_activities_similar_inquiries_and_many_messages_and_they_are_made_once(cast):
    for _ in range(2):
        desk.play(until=NOW)

    assert sorted(Activity.objects.values_list("kind", flat=True)) == ["email", "phone_call", "sms"]
    held = Inquiry.objects.get(owner__username=desk.CLERK)
    assert held.has_many_messages
    assert Inquiry.objects.filter(customer=held.customer, triplet=held.triplet, owner=None).count() == 1


def test_coordination_has_something_to_show_on_every_screen_and_is_played_once(cast):
    year.play(cast, inquiries=40, until=NOW)

    for _ in range(2):
        coordination.play(until=NOW)

    assert Consultation.objects.filter(answered_at=None).exists()
    assert Consultation.objects.count() <= len(coordination.QUESTIONS) + 1
    assert Consultation.objects.filter(ended_by_closing=True).exists()
    assert {row.confirmed_at is not None for row in DailyFollowUp.objects.all()} == {True, False}
    states = set(ImprovementSuggestion.objects.values_list("state", flat=True))
    assert states == {"submitted", "in_review", "accepted", "rejected"}
    assert QualityReview.objects.exists()


def test_the_page_about_the_demonstration_names_every_account():
    page = (Path(settings.BASE_DIR) / "docs" / "demo.md").read_text(encoding="utf-8")

    assert [part.username for part in PARTS if f"`{part.username}`" not in page] == []
    assert [card for card in SHOWN_CARDS if card not in page] == []


@pytest.mark.django_db
def test_a_production_portal_is_not_filled_with_invented_people(settings):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="not a demonstration"):
        call_command("load_demo")


def test_the_departments_tables_have_something_to_show_and_a_second_call_adds_nothing(cast):
    def rows():
        trustees = RoleGrant.objects.filter(role=Role.CRM_TRUSTEE.value).count()
        return trustees, CalendarDay.objects.count(), LocalityMap.objects.count()

    before = rows()
    tables.furnish(at=NOW)
    furnished = rows()
    tables.furnish(at=NOW)

    assert rows() == furnished
    assert all(after > earlier for after, earlier in zip(furnished, before, strict=True))
    assert not completeness.check(NOW.date()).gaps
