"""The buttons of an inquiry's toolbar: each works, or is absent for whoever may not (CRM-2.2.8-b)."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.people.rules.roles import Role
from crm_portal.registers.adapters.recordings import leave
from inquiries.models import ImprovementSuggestion, Inquiry, ResponseTemplate, StatusHistory
from inquiries.services import answering, opening
from tests.factories.inquiries import InquiryFactory, draft, fresh, later, operator
from tests.factories.people import CustomerFactory, UserFactory
from tests.factories.routing import TripletFactory

pytestmark = pytest.mark.django_db
IN_ORDER = [
    "הפעל דוח", "מידע", "המר אל", "השמעת הקלטה", "אימות לקוח", "רענון", "הקצה", "שמור", "שמור וצא", "הדפס", "שחרר",
]  # fmt: skip
WAV = b"RIFF" + bytes(100)


def address(inquiry, name="inquiry", *args, **params):
    return reverse(f"inquiries:{name}", args=[inquiry.number, *args], query=params)


def text(response):
    return response.content.decode()


def buttons(shown):
    """The labels of the toolbar, in their order."""
    toolbar = re.search(r'<div class="toolbar".*?\n</div>', shown, re.S).group()
    toolbar = re.sub(r'<span class="(?:vh|toolbar__place)">.*?</span>', "", toolbar, flags=re.S)
    found = re.findall(r"<(?:a|button)\b[^>]*>(.*?)</(?:a|button)>", toolbar, re.S)
    return [label for one in found if (label := re.sub(r"<[^>]+>", "", one).strip())]


@pytest.fixture
def inquiry():
    return InquiryFactory(in_treatment=True)


@pytest.fixture
def desk(sign_in, inquiry):
    return sign_in(inquiry.clerk)


@pytest.fixture
def phoned():
    """A phone inquiry that its operator holds, of a customer not verified yet."""
    by = operator()
    made = draft(by=by, channel="phone")
    saved = opening.save_draft(
        inquiry_id=made.pk, by=by, at=later(made), customer_id=CustomerFactory().pk, triplet_id=TripletFactory().pk,
        description="בירור", proposed_solution="נמסר",
    )  # fmt: skip
    return fresh(saved, clerk=by)


def recorded(inquiry):
    key = f"{inquiry.number}.1"
    row = {
        "inquiry_number": inquiry.number, "operator": inquiry.clerk.username, "started_at": "2026-11-05T10:00:00+02:00",
        "ended_at": "2026-11-05T10:01:05+02:00", "content_type": "audio/wav", "file": f"{key}.wav",
    }  # fmt: skip
    leave(key, row, WAV)
    return key


@pytest.mark.req("CRM-2.2.8-b")
def test_the_buttons_stand_in_the_order_of_the_instruction(sign_in, phoned):
    assert buttons(text(sign_in(phoned.clerk).get(address(phoned)))) == IN_ORDER


@pytest.mark.req("CRM-2.2.8-b")
def test_a_viewer_has_only_the_buttons_that_do_something_for_him(sign_in, inquiry):
    viewer = UserFactory(roles=[Role.VIEWER], roles__scope="all")

    assert buttons(text(sign_in(viewer).get(address(inquiry)))) == ["הפעל דוח", "רענון", "הדפס"]


@pytest.mark.req("CRM-2.2.8-b")
def test_the_previous_inquiry_of_the_customer_is_a_link(desk, inquiry):
    second = InquiryFactory(team=inquiry.handling_team, customer=inquiry.customer, at=later(inquiry), in_treatment=True)

    shown = text(desk.get(address(second)))

    assert re.search(rf'href="{re.escape(address(inquiry))}"[^>]*>פניה קודמת<', shown)


@pytest.mark.req("CRM-2.2.8-b")
def test_run_a_report_sums_up_the_inquiry_and_is_audited(desk, inquiry):
    answering.wait_for_customer(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), proposed_solution="חסר", reply="נא לצרף"
    )

    response = desk.get(address(inquiry, "report"))

    assert response.context["summary"].messages_out == 1
    assert response.context["summary"].assignments == 1
    assert str(inquiry.handling_team) in text(response)
    assert "החלטה" not in text(response)  # why it was routed so is not for a handler (CRM-7-a)
    assert AuditEvent.objects.filter(action="inquiry.report", outcome="read", target_id=str(inquiry.pk)).exists()


@pytest.mark.req("CRM-7-a")
def test_the_report_explains_the_routing_to_a_coordinator(sign_in, inquiry):
    manager = UserFactory(roles=[Role.OFFICE_MANAGER])
    inquiry.handling_unit.members.create(user=manager)

    response = sign_in(manager).get(address(inquiry, "report"))

    assert response.context["explanation"].team == inquiry.handling_team


@pytest.mark.req("CRM-4-a")
def test_information_opens_its_tab_which_is_not_there_before(desk, inquiry):
    assert "הרחבת מידע" not in text(desk.get(address(inquiry)))
    assert "הרחבת מידע" not in text(desk.get(address(inquiry, tab="information")))

    opened = desk.get(address(inquiry, "information"))

    assert opened.status_code == 401
    assert opened.context["tab"] == "information"
    assert "הרחבת מידע" in text(desk.get(address(inquiry, tab="general")))


@pytest.mark.req("CRM-2.2.8-b")
def test_convert_to_a_template_begins_without_the_customers_data_and_saves_a_draft(desk, inquiry):
    customer = inquiry.customer
    reply = f"{customer} שלום, ההחזר בתיק {customer.id_number} אושר"
    answering.wait_for_customer(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), proposed_solution="חסר", reply=reply
    )
    begun = desk.get(address(inquiry, "convert", to="template")).context["form"]

    response = desk.post(
        address(inquiry, "convert"), {"to": "template", "title": begun["title"].value(), "text": begun["text"].value()}
    )

    assert begun["text"].value() == "[שם] שלום, ההחזר בתיק [מספר] אושר"
    assert response.status_code == 302
    template = ResponseTemplate.objects.get(author=inquiry.clerk)
    assert (template.state, template.author, template.unit) == ("draft", inquiry.clerk, inquiry.handling_unit)
    assert list(template.triplets.all()) == [inquiry.triplet]
    assert template.versions.get().text == template.text


@pytest.mark.req("CRM-2.2.8-b")
def test_what_still_tells_whom_it_is_about_is_not_saved(desk, inquiry):
    words = {"to": "suggestion", "title": "שיפור", "text": f"הלקוח {inquiry.customer.id_number} ממתין"}

    response = desk.post(address(inquiry, "convert"), words)

    assert response.status_code == 422
    assert inquiry.customer.id_number in response.context["form"].errors["text"][0]
    assert words["text"] in text(response)
    assert not ImprovementSuggestion.objects.exists()


@pytest.mark.req("CRM-2.2.8-b")
def test_convert_to_a_suggestion_submits_it_to_the_unit(desk, inquiry):
    inquiry.handling_unit.members.create(user=UserFactory(roles=[Role.OFFICE_MANAGER]))
    desk.post(address(inquiry, "convert"), {"to": "suggestion", "title": "שיפור", "text": "להוסיף שדה"})

    suggestion = ImprovementSuggestion.objects.get()
    assert (suggestion.state, suggestion.author, suggestion.unit) == ("submitted", inquiry.clerk, inquiry.handling_unit)
    assert AuditEvent.objects.filter(action="inquiry.convert_to_suggestion", target_id=str(inquiry.pk)).exists()


@pytest.mark.req("CRM-2.1.6-b")
def test_the_centres_operator_plays_the_recording_and_it_is_audited(sign_in, phoned):
    key = recorded(phoned)
    browser = sign_in(phoned.clerk)

    listed = text(browser.get(address(phoned, "recordings")))
    played = browser.get(address(phoned, "sound", key))

    assert "1:05" in listed
    assert (played.status_code, played.content, played["Content-Type"]) == (200, WAV, "audio/wav")
    event = AuditEvent.objects.get(action="recording.play")
    assert (event.target_id, event.after) == (str(phoned.pk), {"recording": key})


@pytest.mark.req("CRM-2.1.6-b")
def test_a_player_that_jumps_gets_the_part_it_asks_for(sign_in, phoned):
    browser, where = sign_in(phoned.clerk), address(phoned, "sound", recorded(phoned))

    part = browser.get(where, headers={"Range": "bytes=4-9"})
    last = browser.get(where, headers={"Range": "bytes=-4"})
    beyond = browser.get(where, headers={"Range": "bytes=500-"})

    assert (part.status_code, part.content, part["Content-Range"]) == (206, WAV[4:10], "bytes 4-9/104")
    assert (last.status_code, last.content) == (206, WAV[-4:])
    assert (beyond.status_code, beyond["Content-Range"]) == (416, "bytes */104")


@pytest.mark.req("CRM-2.1.6-b")
def test_an_absent_recording_is_said_clearly(sign_in, phoned):
    assert "לא הוקלטה שיחה" in text(sign_in(phoned.clerk).get(address(phoned, "recordings")))


@pytest.mark.req("CRM-2.1.6-b")
def test_an_office_handler_neither_sees_the_button_nor_reaches_the_recording(sign_in, phoned):
    key = recorded(phoned)
    browser = sign_in(UserFactory(roles=[Role.HANDLER], roles__scope="all"))

    assert "השמעת הקלטה" not in buttons(text(browser.get(address(phoned))))
    assert browser.get(address(phoned, "recordings")).status_code == 404
    assert browser.get(address(phoned, "sound", key)).status_code == 404
    assert AuditEvent.objects.filter(action="recording.play", outcome="refused", code="OUT_OF_SCOPE").exists()


@pytest.mark.req("CRM-2.1.6-b")
@pytest.mark.parametrize("role", [Role.OFFICE_MANAGER, Role.AUDITOR])
def test_the_centres_manager_and_the_auditor_hear_it_too(sign_in, phoned, role):
    listener = UserFactory(roles=[role])
    if role is Role.OFFICE_MANAGER:
        phoned.opening_unit.members.create(user=listener)

    assert sign_in(listener).get(address(phoned, "sound", recorded(phoned))).status_code == 200


@pytest.mark.req("CRM-2.1.6-b")
def test_the_recording_of_another_inquiry_is_not_found(sign_in, phoned):
    other = InquiryFactory()
    other.clerk = phoned.clerk

    assert sign_in(phoned.clerk).get(address(phoned, "sound", recorded(other))).status_code == 404


@pytest.mark.req("CRM-2.2.8-b")
def test_customer_verification_verifies_and_the_button_goes(sign_in, phoned):
    browser = sign_in(phoned.clerk)

    browser.post(address(phoned, "verify"))

    assert fresh(phoned).verification_method == "phone"
    assert "אימות לקוח" not in buttons(text(browser.get(address(phoned))))


@pytest.mark.req("CRM-2.2.8-b")
def test_refresh_leads_to_the_same_page(desk, inquiry):
    shown = text(desk.get(address(inquiry, tab="history")))

    assert re.search(rf'href="{re.escape(address(inquiry))}\?tab=history"[^>]*><svg.*?רענון', shown)


@pytest.mark.req("CRM-2.2.8-b")
def test_save_keeps_interim_work_and_save_and_exit_leaves_to_the_list(desk, inquiry):
    words = {"version": inquiry.version, "proposed_solution": "נבדק", "in": "my_inquiries"}

    stays = desk.post(address(inquiry, "treatment"), {**words, "then": "stay"})
    leaves = desk.post(address(inquiry, "treatment"), {**words, "version": fresh(inquiry).version, "then": "exit"})

    assert stays.url.startswith(address(inquiry))
    assert leaves.url.startswith(reverse("inquiries:view", args=["my_inquiries"]))
    assert fresh(inquiry).proposed_solution == "נבדק"


@pytest.mark.req("CRM-2.2.8-b")
def test_print_shows_what_the_page_shows_and_no_routing(desk, inquiry):
    shown = text(desk.get(address(inquiry, "print")))

    assert inquiry.description in shown
    assert "toolbar" not in shown.partition("<main")[2]
    assert str(inquiry.routing_decision.rule) not in shown
    assert AuditEvent.objects.filter(action="inquiry.print", outcome="read", target_id=str(inquiry.pk)).exists()


@pytest.mark.req("CRM-2.2.8-b")
@pytest.mark.parametrize("name", ["print", "report", "convert", "information", "recordings"])
def test_what_a_user_does_not_see_no_button_of_it_shows(sign_in, inquiry, name):
    assert sign_in(UserFactory(roles=[Role.HANDLER])).get(address(inquiry, name)).status_code == 404


@pytest.mark.req("CRM-2.2.8-b")
def test_the_place_in_the_list_is_said(desk, inquiry):
    InquiryFactory(team=inquiry.handling_team, at=later(inquiry), in_treatment=True)

    shown = text(desk.get(address(inquiry, **{"in": "my_inquiries"})))

    assert "1 / 2" in shown


@pytest.mark.req("CRM-4.7-b")
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written_through_the_information(desk, inquiry, method):
    response = getattr(desk, method)(address(inquiry, "information"))

    assert (response.status_code, response.context["code"]) == (405, "READ_ONLY")


@pytest.mark.req("CRM-4.7-d")
def test_another_customer_in_the_address_is_not_found(desk, inquiry):
    assert desk.get(address(inquiry, "information", customer="111100012")).status_code == 404


@pytest.mark.req("CRM-4.7-a")
def test_a_wrong_password_is_said_at_its_field(desk, inquiry):
    response = desk.post(address(inquiry, "identify"), {"password": "wrong"})

    assert response.status_code == 422
    assert "4" in response.context["identification_form"].errors["password"][0]
    assert "wrong" not in text(response)


def test_the_page_says_who_else_is_looking(sign_in, inquiry):
    colleague = UserFactory(roles=[Role.HANDLER], last_name="בר", first_name="גל")
    inquiry.handling_unit.members.create(user=colleague)
    sign_in(colleague).get(address(inquiry))

    browser = sign_in(inquiry.clerk)
    shown, beat = browser.get(address(inquiry)), browser.get(address(inquiry, "presence"))

    assert shown.context["others"] == ["בר גל"]
    assert "בר גל" in text(beat)


def test_without_redis_nobody_is_seen_and_the_page_comes(desk, inquiry, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    response = desk.get(address(inquiry))

    assert (response.status_code, response.context["others"]) == (200, [])


def test_a_page_that_beats_keeps_no_session_alive(desk, inquiry):
    desk.get(address(inquiry))
    session = desk.session
    session["seen_at"] = timezone.now().timestamp() - 29 * 60
    session.save()

    desk.get(address(inquiry, "presence"))
    assert desk.session["seen_at"] < timezone.now().timestamp() - 28 * 60

    session["seen_at"] = timezone.now().timestamp() - 31 * 60
    session.save()
    assert desk.get(address(inquiry, "presence")).status_code == 401


def test_a_late_edit_is_told_who_changed_what(desk, inquiry):
    desk.get(address(inquiry))
    stale = inquiry.version
    answering.wait_for_customer(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=timezone.now(), proposed_solution="חסר", reply="נא לצרף"
    )

    late = desk.post(address(inquiry, "treatment"), {"version": stale, "proposed_solution": "אחר"})

    [step] = late.context["changes"]
    assert (step.to_status, step.by) == ("waiting_customer", inquiry.clerk)
    assert "בהמתנה ללקוח" in re.search(r'<ul class="changes">.*?</ul>', text(late), re.S).group()
    assert StatusHistory.objects.filter(inquiry=inquiry).last() == step
    assert Inquiry.objects.get(pk=inquiry.pk).proposed_solution == "חסר"
