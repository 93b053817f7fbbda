"""The screens of response templates: their list and pages, and the choice of one beside a reply."""

import pytest
from django.urls import reverse
from django.utils import timezone

from crm_portal.people.rules.roles import Role
from inquiries.models import ResponseTemplate
from inquiries.services import templates
from inquiries.services.templates import Content
from routing.models import UnitMember
from tests.factories.inquiries import InquiryFactory, fresh, office
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
TEXT = "שלום {customer_name}, לפנייה {inquiry_number} יש לצרף טופס 106 מכל מעסיק."


@pytest.fixture
def inquiry():
    return InquiryFactory(in_treatment=True)


@pytest.fixture
def manager(inquiry):
    user = UserFactory(roles=[Role.OFFICE_MANAGER])
    UnitMember.objects.create(unit=inquiry.handling_unit, user=user)
    return user


def approved(inquiry, manager, title="מסמכים להחזר", text=TEXT):
    now = timezone.now()
    content = Content(title=title, text=text, unit_id=inquiry.handling_unit_id)
    made = templates.draft(by=inquiry.clerk, at=now, content=content)
    templates.submit(template_id=made.pk, by=inquiry.clerk, at=now, version=1)
    return templates.approve(template_id=made.pk, by=manager, at=now, version=1)


def form(inquiry, **typed):
    return {"title": "מסמכים להחזר", "text": TEXT, "scope": "whole", **typed}


def text(response):
    return response.content.decode()


@pytest.mark.req("CRM-2.2.5-a", "CRM-2.2.5-b")
def test_a_handler_writes_and_sends_a_template_and_his_manager_approves_it(sign_in, inquiry, manager):
    desk = sign_in(inquiry.clerk)
    written = desk.post(reverse("inquiries:template_new"), form(inquiry), follow=True)
    template = ResponseTemplate.objects.get(title="מסמכים להחזר")
    assert "טיוטה" in text(written)
    assert "שלח לאישור" in text(written)
    sent = desk.post(reverse("inquiries:template_submit", args=[template.pk]), {"version": 1}, follow=True)
    assert ">אשר<" not in text(sent).replace("</svg>", ">")

    office_desk = sign_in(manager)
    assert "אשר" in text(office_desk.get(reverse("inquiries:template", args=[template.pk])))
    office_desk.post(reverse("inquiries:template_approve", args=[template.pk]), {"version": 1})

    template.refresh_from_db()
    assert (template.state, template.decided_by) == ("approved", manager)


@pytest.mark.req("CRM-2.2.5-b")
def test_a_rejection_without_a_reason_is_told_at_its_field(sign_in, inquiry, manager):
    now = timezone.now()
    content = Content(title="א", text=TEXT, unit_id=inquiry.handling_unit_id)
    template = templates.draft(by=inquiry.clerk, at=now, content=content)
    templates.submit(template_id=template.pk, by=inquiry.clerk, at=now, version=1)

    response = sign_in(manager).post(reverse("inquiries:template_reject", args=[template.pk]), {"version": 1})

    assert response.status_code == 422
    assert response.context["reject_form"].errors["reason"]
    assert ResponseTemplate.objects.get(pk=template.pk).state == "pending_approval"


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(sign_in, inquiry):
    response = sign_in(inquiry.clerk).post(
        reverse("inquiries:template_new"), form(inquiry, title="", text="שלום {שם}", scope="team")
    )

    assert response.status_code == 422
    assert {"title", "text", "team"} & set(response.context["form"].errors) == {"team"}
    assert "שלום {שם}" in text(response)
    response = sign_in(inquiry.clerk).post(reverse("inquiries:template_new"), form(inquiry, title="", text="{שם}"))
    assert set(response.context["form"].errors) == {"title", "text"}


@pytest.mark.req("CRM-2.2.5-b")
def test_an_edit_of_what_changed_meanwhile_is_refused_and_keeps_what_was_typed(sign_in, inquiry, manager):
    template = approved(inquiry, manager)

    response = sign_in(inquiry.clerk).post(
        reverse("inquiries:template_edit", args=[template.pk]), form(inquiry, text="נוסח אחר לגמרי", version=0)
    )

    assert response.status_code == 422
    assert "נוסח אחר לגמרי" in text(response)
    assert ResponseTemplate.objects.get(pk=template.pk).state == "approved"


@pytest.mark.req("CRM-2.2.5-a")
def test_a_template_of_another_unit_is_not_there(sign_in, inquiry, manager):
    template = approved(inquiry, manager)
    stranger = office(tax_system="vat").members.get().user

    assert sign_in(stranger).get(reverse("inquiries:template", args=[template.pk])).status_code == 404
    assert template.title not in text(sign_in(stranger).get(reverse("inquiries:templates")))


@pytest.mark.req("CRM-2.2.5-c")
def test_the_list_tells_how_many_replies_were_sent_and_finds_by_words_and_state(sign_in, inquiry, manager):
    template = approved(inquiry, manager)
    desk = sign_in(inquiry.clerk)
    sent = {"version": fresh(inquiry).version, "text": "יש לצרף טופס 106 מכל מעסיק", "template": template.pk}
    desk.post(reverse("inquiries:message", args=[inquiry.number]), sent)

    page = desk.get(reverse("inquiries:templates"), {"q": "106 מעסיק", "state": "approved"})

    assert [(one.title, one.uses) for one in page.context["page"]] == [("מסמכים להחזר", 1)]
    assert not desk.get(reverse("inquiries:templates"), {"state": "retired"}).context["page"].object_list


def test_the_queries_of_the_list_do_not_grow_with_the_templates(
    sign_in, inquiry, manager, django_assert_max_num_queries
):
    for number in range(12):
        approved(inquiry, manager, title=f"תבנית {number}")
    desk = sign_in(manager)

    with django_assert_max_num_queries(24):
        desk.get(reverse("inquiries:templates"))


@pytest.mark.req("CRM-2.2.5-a")
def test_without_scripts_a_template_is_chosen_on_a_page_and_what_was_typed_comes_back(sign_in, inquiry, manager):
    template = approved(inquiry, manager)
    desk = sign_in(inquiry.clerk)
    typed = {
        "status": "waiting_customer",
        "reply": "הקדמה",
        "proposed_solution": "פ",
    }

    chooser = desk.post(reverse("inquiries:choose_template", args=[inquiry.number]) + "?for=reply", typed)
    assert template.title in text(chooser)
    assert inquiry.number in text(chooser)
    assert 'name="proposed_solution" value="פ"' in text(chooser)
    page = desk.post(
        reverse("inquiries:insert_template", args=[inquiry.number]) + "?for=reply", typed | {"insert": template.pk}
    )

    treatment = page.context["treatment_form"]
    assert treatment["reply"].value() == (
        f"הקדמה\n\nשלום {inquiry.customer}, לפנייה {inquiry.number} יש לצרף טופס 106 מכל מעסיק."
    )
    assert treatment["status"].value() == "waiting_customer"
    assert treatment["proposed_solution"].value() == "פ"
    assert f'name="template" value="{template.pk}"' in text(page)


@pytest.mark.req("CRM-2.2.5-b")
def test_a_template_that_is_not_approved_is_not_inserted(sign_in, inquiry, manager):
    template = approved(inquiry, manager)
    templates.retire(template_id=template.pk, by=manager, at=timezone.now(), version=1)

    response = sign_in(inquiry.clerk).post(
        reverse("inquiries:insert_template", args=[inquiry.number]) + "?for=message",
        {"text": "מה שהוקלד", "insert": template.pk},
        headers={"HX-Request": "true"},
    )

    assert response.status_code == 422
    assert "מה שהוקלד" in text(response)
    assert "אינה מאושרת" in text(response)


@pytest.mark.req("CRM-2.2.5-c")
def test_the_thread_shows_employees_which_template_a_message_began_from_and_the_customer_does_not_see_it(
    sign_in, inquiry, manager
):
    template = approved(inquiry, manager)
    desk = sign_in(inquiry.clerk)
    sent = {"version": fresh(inquiry).version, "text": "יש לצרף טופס 106 מכל מעסיק", "template": template.pk}
    desk.post(reverse("inquiries:message", args=[inquiry.number]), sent)

    assert "תבנית: מסמכים להחזר" in text(
        desk.get(reverse("inquiries:inquiry", args=[inquiry.number]) + "?tab=messages")
    )
    seen = sign_in(inquiry.opened_by).get(reverse("personal:inquiry", args=[inquiry.number]))
    assert template.title not in text(seen)


@pytest.mark.req("CRM-6.4-b")
def test_a_forbidden_phrase_is_told_at_the_message_with_the_right_action(sign_in, inquiry):
    response = sign_in(inquiry.clerk).post(
        reverse("inquiries:message", args=[inquiry.number]),
        {"version": fresh(inquiry).version, "text": "הועבר לטיפול"},
    )

    assert response.status_code == 422
    assert "הועבר לטיפול" in response.context["message_form"].errors["text"][0]
    assert "העבירו את הפנייה" in response.context["message_form"].errors["text"][0]


@pytest.mark.req("CRM-6.5-a")
def test_a_short_reply_is_sent_by_a_second_click_with_the_confirmation_ticked(sign_in, settings, inquiry):
    settings.MIN_REPLY_LENGTH = 20
    desk, url = sign_in(inquiry.clerk), reverse("inquiries:treatment", args=[inquiry.number])
    typed = {
        "version": fresh(inquiry).version, "status": "closed_success", "reply": "אושר", "verdict": "correct",
    }  # fmt: skip

    asked = desk.post(url, typed)
    assert "קצרה" in text(asked)
    assert asked.context["treatment_form"]["reply"].value() == "אושר"
    version = fresh(inquiry).version
    desk.post(url, typed | {"version": version, "confirm_thin_reply": "on"})

    assert fresh(inquiry).status == "closed_success"
