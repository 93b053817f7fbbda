"""Opening an inquiry by hand: draft, customer, identification, first save."""

import pytest
from django.urls import reverse

from crm_portal.people.models import Customer
from crm_portal.people.rules.roles import Role
from inquiries.models import Inquiry
from tests.factories.inquiries import head_team, load_reference, operator
from tests.factories.people import CustomerFactory, UserFactory, valid_id
from tests.factories.routing import TripletFactory, TripletTeam

pytestmark = pytest.mark.django_db
NEW = reverse("inquiries:new")


@pytest.fixture
def clerk():
    load_reference()
    head_team()
    return operator()


@pytest.fixture
def triplet(clerk):
    triplet = TripletFactory(main_topic="מס הכנסה", sub_topic="תיקים", detail="פתיחת תיק")
    TripletTeam.objects.create(triplet=triplet, team=clerk.team_memberships.get().team)
    return triplet


@pytest.fixture
def filled(triplet):
    return {
        "channel": "phone",
        "id_number": CustomerFactory().id_number,
        "main_topic": triplet.main_topic,
        "sub_topic": triplet.sub_topic,
        "detail": triplet.detail,
        "description": "איך פותחים תיק?",
        "proposed_solution": "הוסבר בטלפון",
    }


@pytest.mark.req("CRM-5.2.1-a")
def test_the_operator_opens_an_inquiry_that_is_in_his_treatment(sign_in, clerk, filled):
    response = sign_in(clerk).post(NEW, filled)

    inquiry = Inquiry.objects.get()
    assert response.url == reverse("inquiries:inquiry", args=[inquiry.number])
    assert (inquiry.status, inquiry.owner, inquiry.channel_id) == ("in_treatment", clerk, "phone")


@pytest.mark.req("CRM-5.2.1-a")
def test_nobody_but_an_operator_reaches_the_page(sign_in, clerk):
    assert sign_in(UserFactory(roles=[Role.HANDLER])).get(NEW).status_code == 403
    assert sign_in(clerk).get(NEW).status_code == 200


@pytest.mark.req("CRM-5.2-c")
def test_the_page_has_no_reply_field_and_asks_for_a_proposed_solution(sign_in, clerk, filled):
    window = sign_in(clerk)

    response = window.post(NEW, {**filled, "proposed_solution": ""})

    assert "reply" not in response.context["form"].fields
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["proposed_solution"])


@pytest.mark.req("CRM-5.2.1-a")
def test_a_refused_opening_leaves_a_draft_that_is_gone_on_with(sign_in, clerk, filled):
    window = sign_in(clerk)

    refused = window.post(NEW, {**filled, "description": " "})
    draft = refused.context["draft"]
    form = refused.context["form"]
    opened = window.post(NEW, {**filled, "draft": form["draft"].value(), "version": form["version"].value()})

    assert draft.number is None
    assert opened.status_code == 302
    assert Inquiry.objects.get().pk == draft.pk


def test_a_draft_is_found_again_and_can_be_thrown_away(sign_in, clerk, filled):
    window = sign_in(clerk)
    draft = window.post(NEW, {**filled, "proposed_solution": ""}).context["draft"]

    assert f"?draft={draft.pk}" in window.get(NEW).content.decode()
    assert filled["description"] in window.get(NEW, {"draft": draft.pk}).content.decode()
    window.post(NEW, {"draft": draft.pk, "discard": "1"})
    assert not Inquiry.objects.exists()


def test_another_operator_s_draft_is_not_his(sign_in, clerk, filled):
    draft = sign_in(clerk).post(NEW, {**filled, "proposed_solution": ""}).context["draft"]

    assert sign_in(operator()).get(NEW, {"draft": draft.pk}).context["draft"] is None


@pytest.mark.req("CRM-2.1.1-b")
def test_a_customer_without_a_file_gets_one_and_a_known_one_keeps_his(sign_in, clerk, filled):
    number = valid_id(31_204_477)
    window = sign_in(clerk)
    new = {**filled, "id_number": number.lstrip("0"), "last_name": "לוי", "first_name": "דנה"}

    nameless = window.post(NEW, {**new, "last_name": ""})
    window.post(NEW, new)
    found = window.post(f"{NEW}?redraw=customer", {"id_number": number})

    assert list(nameless.context["form"].errors) == ["last_name"]
    assert str(Customer.objects.get(id_number=number)) == "לוי דנה"
    assert "לוי דנה" in found.content.decode()


def test_a_wrong_check_digit_is_refused_at_the_field(sign_in, clerk, filled):
    number = valid_id(31_204_477)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    response = sign_in(clerk).post(NEW, {**filled, "id_number": wrong, "last_name": "לוי"})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["id_number"])


@pytest.mark.req("CRM-2.2.1-c")
def test_identification_on_the_telephone_is_kept_with_the_inquiry(sign_in, clerk, filled):
    sign_in(clerk).post(NEW, {**filled, "is_verified": "on"})

    inquiry = Inquiry.objects.get()
    assert (inquiry.verification_method, inquiry.verified_by) == ("phone", clerk)


@pytest.mark.req("CRM-7-u")
def test_a_caller_from_abroad_is_identified_by_documents(sign_in, clerk, filled):
    window = sign_in(clerk)
    abroad = {**filled, "channel": "abroad_contact", "is_verified": "on"}

    without = window.post(NEW, abroad)
    window.post(NEW, {**abroad, "documents_seen": "דרכון"})

    assert list(without.context["form"].errors) == ["documents_seen"]
    assert Inquiry.objects.get(number__isnull=False).verification_method == "abroad_manual"


@pytest.mark.req("CRM-2.1.1-b")
def test_a_foreign_customer_is_opened_by_country_and_passport_and_has_one_file(sign_in, clerk, filled):
    abroad = {
        **filled, "id_number": "", "channel": "abroad_contact", "country": "fr", "foreign_number": "12ab 345",
        "last_name": "Martin", "first_name": "Claire",
    }  # fmt: skip
    window = sign_in(clerk)

    window.post(NEW, abroad)
    found = window.post(f"{NEW}?redraw=customer", abroad).text
    window.post(NEW, {**abroad, "key": "second", "last_name": ""})

    customer = Customer.objects.get(kind="foreign")
    assert (customer.country, customer.foreign_number) == ("FR", "12AB345")
    assert "Martin Claire" in found
    assert Inquiry.objects.filter(customer=customer).count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id_number": "", "country": "IL", "foreign_number": "12345"}, "country"),
        ({"id_number": "", "country": "FR", "foreign_number": ""}, "foreign_number"),
        ({"country": "FR", "foreign_number": "12345"}, "foreign_number"),
    ],
    ids=["Israel is not abroad", "no number", "two numbers for one customer"],
)
def test_a_foreign_number_that_is_none_is_told_at_its_field(sign_in, clerk, filled, changes, field):
    answer = sign_in(clerk).post(NEW, {**filled, "last_name": "Martin", **changes})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Customer.objects.filter(kind="foreign").exists()


@pytest.mark.req("CRM-7-u")
def test_the_inquiry_shows_how_somebody_abroad_was_identified_and_offers_it_until_then(sign_in, clerk, filled):
    window = sign_in(clerk)
    window.post(NEW, {**filled, "channel": "abroad_contact"})
    inquiry = Inquiry.objects.get(number__isnull=False)
    address = reverse("inquiries:inquiry", args=[inquiry.number])

    assert 'id="abroad-documents"' in window.get(address).text
    window.post(reverse("inquiries:verify", args=[inquiry.number]), {"documents_seen": "דרכון צרפתי"})
    after = window.get(address).text

    assert "דרכון צרפתי" in after
    assert 'id="abroad-documents"' not in after


@pytest.mark.req("CRM-2.2.1-c")
def test_the_toolbar_offers_verification_until_it_is_done(sign_in, clerk, filled):
    window = sign_in(clerk)
    window.post(NEW, filled)
    inquiry = Inquiry.objects.get()
    address = reverse("inquiries:inquiry", args=[inquiry.number])

    before = window.get(address).content.decode()
    window.post(reverse("inquiries:verify", args=[inquiry.number]))
    after = window.get(address).content.decode()

    assert "אימות לקוח" in before
    assert "אימות לקוח" not in after


@pytest.mark.req("CRM-4.1-b")
def test_each_level_offers_what_belongs_to_the_one_above(sign_in, clerk, triplet):
    TripletFactory(main_topic='מע"מ', sub_topic="חשבוניות", detail="מספרי הקצאה")

    form = sign_in(clerk).post(f"{NEW}?redraw=triplet", {"main_topic": triplet.main_topic}).context["form"]

    values = [value for value, _words in form.fields["sub_topic"].choices]
    assert triplet.sub_topic in values
    assert "חשבוניות" not in values
