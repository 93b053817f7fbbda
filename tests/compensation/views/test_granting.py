"""The pages of advances, requests and the programme, for the fund and for the claimant."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from compensation.models import (
    AdvanceCampaign,
    AdvanceProposal,
    AdvanceRequest,
    EligibilityCheckRequest,
    FilingExtension,
    IndexValue,
    ProgrammeParameter,
    Town,
)
from compensation.services import towns
from compensation.tasks import propose_advance_60
from tests.factories.compensation import ClaimFactory
from tests.factories.files import pdf
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db
WORDS = "ההערכה נעשתה לפי מחזור העסק בשנת 2022"


@pytest.fixture
def programme(db):
    """The programme as it ships, with a month that is open today."""
    towns.load(overwrite=False)
    today = timezone.localdate()
    AdvanceCampaign.objects.filter(month=date(2023, 11, 1)).update(opens_on=today, closes_on=today)


@pytest.fixture
def proposal(filed) -> AdvanceProposal:
    propose_advance_60(datetime(2023, 12, 12, 0, 5, tzinfo=UTC))
    return AdvanceProposal.objects.get()


@pytest.mark.req("CMP-8.4.3-c")
def test_the_manager_changes_the_base_with_reasons_on_the_page(client, manager, proposal):
    client.force_login(manager)
    assert reverse("granting:proposal", args=[proposal.pk]) in client.get(reverse("granting:advances")).content.decode()
    address = reverse("granting:confirm", args=[proposal.pk])

    refused = client.post(address, {"base": "100000", "reasons": ""})
    assert refused.status_code == 422
    assert 'value="100000"' in refused.content.decode()  # what was typed stays

    assert client.post(address, {"base": "100000", "reasons": WORDS}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.amount) == ("CONFIRMED", Decimal(60_000))


@pytest.mark.req("CMP-7.3.5-b", "CMP-7.3.5-a")
def test_a_claimant_sends_notice_of_damage_and_request_in_one_form(client, programme, clerk):
    customer = CustomerFactory()
    client.force_login(customer.user)
    month = AdvanceCampaign.objects.get(month=date(2023, 11, 1))
    typed = {
        "customer_id": customer.pk, "campaign_id": month.pk, "town": "תל אביב", "cause": "UNUSABLE_ASSET",
        "damage": "המחסן אינו נגיש", "declares": "on", "undertakes": "on",
    }  # fmt: skip

    refused = client.post(reverse("asking:advance"), typed)
    assert refused.status_code == 422
    assert "המחסן אינו נגיש" in refused.content.decode()
    assert "אין בכך כדי לשלול זכאות לפיצוי" in refused.content.decode()  # CMP-7.3.4-a

    assert client.post(reverse("asking:advance"), {**typed, "town": "בארי"}).status_code == 302
    asked = AdvanceRequest.objects.get()
    assert (asked.town, asked.cause) == ("בארי", "UNUSABLE_ASSET")
    assert "בארי" in client.get(reverse("asking:own")).content.decode()
    client.force_login(clerk)
    address = reverse("granting:advance_request", args=[asked.pk])
    assert address in client.get(reverse("granting:advances")).content.decode()
    assert "פונה לפי החלטות הממשלה" in client.get(address).content.decode()  # CMP-7.3.2-a


@pytest.mark.req("CMP-7.3.1-a")
def test_the_form_asks_which_of_the_two_the_damage_comes_from(client, programme):
    client.force_login(CustomerFactory().user)

    page = client.get(reverse("asking:advance")).content.decode()

    assert 'value="WAR_DAMAGE"' in page
    assert 'value="UNUSABLE_ASSET"' in page


@pytest.mark.req("CMP-8.2-a")
def test_a_claimant_asks_for_more_time_with_a_file(client, programme, manager):
    customer = CustomerFactory()
    client.force_login(customer.user)
    typed = {"customer_id": customer.pk, "reason": "אשפוז", "wanted_until": "2099-01-01"}

    assert client.post(reverse("asking:extension"), typed).status_code == 422  # no evidence
    file = SimpleUploadedFile("a.pdf", pdf("x"), "application/pdf")
    assert client.post(reverse("asking:extension"), {**typed, "evidence": file}).status_code == 302

    asked = FilingExtension.objects.get()
    client.force_login(manager)
    granted = client.post(reverse("granting:grant_time", args=[asked.pk]), {"until": "2099-01-01", "reasons": WORDS})
    assert granted.status_code == 302
    asked.refresh_from_db()
    assert asked.granted_until == date(2099, 1, 1)


@pytest.mark.req("CMP-8.1.1-a")
def test_the_manager_postpones_the_opening_and_sees_the_last_day_move(client, programme, manager, clerk):
    client.force_login(clerk)
    assert client.get(reverse("granting:programme")).status_code == 403
    client.force_login(manager)
    assert client.get(reverse("granting:programme")).context["window"].last_day == date(2024, 3, 19)

    client.post(reverse("granting:window"), {"opens_on": "2023-11-26", "reason": "הטופס לא היה זמין"})
    first = ProgrammeParameter.objects.filter(key="window_opens_on").last()
    assert first.valid_from == date(2023, 10, 7)  # it replaces the printed one from its very day

    page = client.get(reverse("granting:programme"))
    assert page.context["window"].last_day == date(2024, 3, 26)
    assert "הטופס לא היה זמין" in page.content.decode()


@pytest.mark.req("CMP-8.1.1-a")
def test_while_the_opening_is_postponed_the_site_says_from_when_until_when(client, programme, manager):
    assert 'id="opening"' not in client.get(reverse("compensation:check")).content.decode()
    client.force_login(manager)
    opens_on = timezone.localdate() + timedelta(days=10)
    client.post(reverse("granting:window"), {"opens_on": opens_on.isoformat(), "reason": "הטופס אינו זמין"})
    last = client.get(reverse("granting:programme")).context["window"].last_day
    client.logout()

    told = client.get(reverse("compensation:check")).content.decode()
    client.force_login(CustomerFactory().user)
    pages = [told, *(client.get(reverse(f"compensation:{name}")).content.decode() for name in ("own_claims", "new"))]

    for page in pages:
        banner = page.partition('id="opening"')[2][:600]
        assert f"{opens_on:%d.%m.%Y}" in banner
        assert f"{last:%d.%m.%Y}" in banner


@pytest.mark.req("CMP-8.4.7-a")
def test_indexes_are_added_by_their_day_and_never_changed(client, programme, manager):
    client.force_login(manager)
    for value in ("104.2", "105"):
        answer = client.post(reverse("granting:index"), {"published_on": "2023-11-15", "value": value})

    assert answer.status_code == 422
    assert IndexValue.objects.get().value == Decimal("104.2")


def test_a_figure_is_asked_for_as_what_it_is_and_a_refused_one_keeps_its_words(client, programme, manager):
    client.force_login(manager)
    address = reverse("granting:figure", args=["first_advance_share"])

    refused = client.post(address, {"value": "160", "valid_from": "2024-01-01", "reason": "הוחלט על שיעור אחר"})

    page = refused.content.decode()
    assert refused.status_code == 422
    assert 'id="figure-first_advance_share-value_error"' in page
    assert "הוחלט על שיעור אחר" in page
    assert page.count("<details open>") == 1  # the other figures stay as they are
    assert page.count('value="160"') == 1

    client.post(address, {"value": "62.5", "valid_from": "2024-01-01", "reason": "הוחלט על שיעור אחר"})

    row = ProgrammeParameter.objects.filter(key="first_advance_share").last()
    assert (row.value, row.valid_from, row.set_by) == ("0.625", date(2024, 1, 1), manager)
    assert "62.5%" in client.get(reverse("granting:programme")).content.decode()


@pytest.mark.parametrize(
    ("key", "typed"),
    [("window_months", "4.5"), ("determining_from", "אתמול"), ("warnings_before_days", "30;14"), ("day_value", "-1")],
)
def test_a_value_that_is_none_is_refused_at_its_field(client, programme, manager, key, typed):
    client.force_login(manager)
    before = ProgrammeParameter.objects.count()

    refused = client.post(
        reverse("granting:figure", args=[key]), {"value": typed, "valid_from": "2024-01-01", "reason": "בדיקה"}
    )

    assert refused.status_code == 422
    assert f'id="figure-{key}-value_error"' in refused.content.decode()
    assert ProgrammeParameter.objects.count() == before


def test_a_figure_that_no_programme_has_is_not_found(client, programme, manager):
    client.force_login(manager)

    assert client.post(reverse("granting:figure", args=["colour"]), {"value": "1"}).status_code == 404


@pytest.mark.req("CMP-7.3.9-a")
def test_a_month_whose_days_are_refused_keeps_them_on_the_page(client, programme, manager):
    client.force_login(manager)
    month = AdvanceCampaign.objects.get(month=date(2023, 11, 1))
    days = {"opens_on": "2023-12-20", "closes_on": "2023-12-10", "reason": "הורחבה הזכאות"}

    refused = client.post(reverse("granting:campaign", args=[month.pk]), days)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert f'id="campaign-{month.pk}-closes_on_error"' in page
    assert 'value="2023-12-20"' in page
    assert 'value="הורחבה הזכאות"' in page

    client.post(reverse("granting:campaign", args=[month.pk]), {**days, "closes_on": "2023-12-31"})
    month.refresh_from_db()
    assert (month.opens_on, month.closes_on) == (date(2023, 12, 20), date(2023, 12, 31))


@pytest.mark.req("CMP-7.1-a")
def test_the_manager_marks_a_border_settlement_and_the_page_goes_on_to_show_it(client, programme, manager):
    client.force_login(manager)
    town = Town.objects.get(name="אופקים")
    address = reverse("granting:town", args=[town.pk])

    refused = client.post(address, {"is_border": "on", "reason": ""})
    assert refused.status_code == 422
    assert f'id="town-{town.pk}-reason_error"' in refused.content.decode()

    answer = client.post(address, {"is_border": "on", "reason": "הוכרז ערב התקנות"}, follow=True)
    town.refresh_from_db()
    assert town.is_border_settlement
    assert [line.row for line in answer.context["towns"]] == [town]


def test_each_list_of_the_desk_has_pages_of_its_own(client, manager, monkeypatch):
    monkeypatch.setattr("compensation.views.requests.PER_PAGE", 1)
    for claim in ClaimFactory.create_batch(2, filed=True):
        EligibilityCheckRequest.objects.create(
            claimant=claim.claimant, ground="branch", track="TURNOVER", town="אשקלון", text="סניף",
            requested_by=claim.claimant.customer.user, requested_at=timezone.now(),
        )  # fmt: skip
    client.force_login(manager)

    assert 'href="?checks=2"' in client.get(reverse("granting:requests")).content.decode()
    assert client.get(reverse("granting:requests"), {"checks": 2}).context["checks"].number == 2


def test_the_lists_read_a_fixed_number_of_queries(client, manager, proposal, django_assert_max_num_queries):
    client.force_login(manager)
    client.get(reverse("granting:advances"))
    ClaimFactory.create_batch(6, filed=True)
    propose_advance_60(datetime(2023, 12, 12, 0, 5, tzinfo=UTC))

    with django_assert_max_num_queries(25):
        client.get(reverse("granting:advances"))
