"""The page of one inquiry: what stands there for whom, and what becomes of what is typed."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.people.rules.roles import Role
from inquiries.models import Attachment, Inquiry, Message
from inquiries.services import answering, assigning, closing, corresponding, triplets
from tests.factories.inquiries import InquiryFactory, another_team, head_team, real_estate
from tests.factories.people import UserFactory
from tests.factories.routing import TaxSystemFactory, TripletFactory

pytestmark = pytest.mark.django_db


def address(inquiry: Inquiry, name: str = "inquiry", **params: object) -> str:
    return reverse(f"inquiries:{name}", args=[inquiry.number], query=params)


def text(response) -> str:
    return response.content.decode()


def errors(response, form: str) -> dict[str, list[str]]:
    return dict(response.context[form].errors)


@pytest.fixture
def inquiry():
    return InquiryFactory(in_treatment=True)


@pytest.fixture
def desk(sign_in, inquiry):
    return sign_in(inquiry.clerk)


@pytest.mark.req("CRM-2.2.8-b", "CRM-4-a")
def test_the_owner_sees_the_header_the_tabs_and_his_buttons(desk, inquiry):
    shown = text(desk.get(address(inquiry)))

    assert f"פנייה בנושא {inquiry.triplet.tax_system.name} ללקוח" in shown
    toolbar = re.search(r'class="toolbar".*?</div>', shown, re.S)
    labels = re.sub(r"<[^>]+>", " ", toolbar.group()).split()
    assert [word for word in labels if word in ("רענון", "הקצה", "שחרר", "שמור", "הדפס")] == [
        "רענון", "הקצה", "שמור", "שמור", "הדפס", "שחרר",
    ]  # fmt: skip
    for tab in ("כללי", "התכתבויות", "היסטוריית סטטוסים ובעלים", "קבצים מצורפים (0)"):
        assert tab in shown


@pytest.mark.req("CRM-2.2.2-a")
def test_a_viewer_sees_the_inquiry_and_no_button(sign_in, inquiry):
    viewer = UserFactory(roles=[Role.VIEWER])
    inquiry.handling_unit.members.create(user=viewer)

    shown = text(sign_in(viewer).get(address(inquiry)))

    assert inquiry.description in shown
    assert 'id="treatment"' not in shown
    assert 'aria-keyshortcuts="a"' not in shown
    refused = sign_in(viewer).post(address(inquiry, "treatment"), {"status": "closed_success", "version": 1})
    assert refused.status_code == 403


@pytest.mark.req("CRM-2.2.2-a")
def test_a_viewer_who_posts_a_status_change_is_told_that_he_may_only_view(sign_in, inquiry):
    browser = sign_in(UserFactory(roles=[Role.VIEWER], roles__scope="all"))

    response = browser.post(address(inquiry, "treatment"), {"status": "closed_success", "reply": "אושר"})

    assert (response.status_code, response.context["code"]) == (403, "VIEW_ONLY")
    assert AuditEvent.objects.filter(action="inquiry.change_status", outcome="refused").count() == 1


@pytest.mark.req("CRM-3.3-f")
def test_an_inquiry_of_another_unit_is_not_found(sign_in, inquiry):
    assert sign_in(UserFactory(roles=[Role.HANDLER])).get(address(inquiry)).status_code == 404


@pytest.mark.req("CRM-2-b")
def test_reading_an_inquiry_is_in_the_audit(desk, inquiry):
    desk.get(address(inquiry))

    assert AuditEvent.objects.filter(action="inquiry.view", target_id=str(inquiry.pk), actor=inquiry.clerk).exists()


@pytest.mark.req("CRM-4.3-b")
def test_the_note_of_the_former_owner_stands_on_top(sign_in, inquiry):
    colleague = UserFactory(roles=[Role.HANDLER])
    inquiry.handling_team.members.create(user=colleague)
    inquiry.handling_unit.members.create(user=colleague)
    assigning.assign_to_employee(
        inquiry_id=inquiry.pk, employee_id=colleague.pk, by=inquiry.clerk, at=timezone.now(), note="חסר טופס 106"
    )

    shown = text(sign_in(colleague).get(address(inquiry, tab="general")))

    assert "former-note" in shown
    assert "חסר טופס 106" in shown


@pytest.mark.req("CRM-4.1-e")
@pytest.mark.parametrize(
    ("to", "needed"),
    [
        ("waiting_customer", {"reply", "proposed_solution"}),
        ("closed_success", {"reply", "verdict"}),
        ("closed_no_treatment", {"reply", "proposed_solution", "closing_reason", "verdict"}),
        ("forwarded", {"proposed_solution", "team", "verdict"}),
    ],
)
def test_choosing_a_status_draws_its_fields_with_what_must_be_filled(desk, inquiry, to, needed):
    drawn = desk.post(f"{address(inquiry, 'treatment')}?redraw=1", {"status": to, "version": 1, "reply": "שלום"})

    form = drawn.context["treatment_form"]
    marked = {bound.name for bound in form.shown if bound.field.required}
    assert marked == needed
    assert "שלום" in text(drawn) or "reply" not in needed
    inquiry.refresh_from_db()
    assert inquiry.status == "in_treatment"


@pytest.mark.req("CRM-4.1-e")
def test_the_verdict_is_marked_when_forwarding_but_not_to_the_head_team(desk, inquiry):
    other, head = another_team(inquiry.triplet), head_team()

    def marked(team):
        typed = {"status": "forwarded", "version": 1, "team": team.pk}
        form = desk.post(f"{address(inquiry, 'treatment')}?redraw=1", typed).context["treatment_form"]
        return {bound.name for bound in form.shown if bound.field.required}

    assert marked(other) == {"verdict", "team", "proposed_solution"}
    assert marked(head) == {"team", "proposed_solution"}


@pytest.mark.req("CRM-4.1-e")
def test_in_real_estate_the_chosen_status_leads_to_what_else_it_asks_for(sign_in):
    inquiry = real_estate()
    answering.save(inquiry_id=inquiry.pk, by=inquiry.clerk, at=timezone.now(), assessment_number="7")
    desk = sign_in(inquiry.clerk)

    def led_to(status):
        drawn = desk.post(f"{address(inquiry, 'treatment')}?redraw=1", {"status": status, "version": 1})
        return re.findall(r'href="#(estate_\w+)"', drawn.content.decode())

    assert led_to("closed_success") == ["estate_tax_type", "estate_area"]
    assert led_to("waiting_customer") == ["estate_tax_type", "estate_area"]
    assert led_to("forwarded") == []
    page = desk.get(address(inquiry, tab="general")).content.decode()
    assert re.findall(r'for="(estate_\w+)">[^<]+ <span class="req"', page) == [
        "estate_assessment_number", "estate_tax_type", "estate_area",
    ]  # fmt: skip


@pytest.mark.req("CRM-6.3-a")
def test_help_on_the_statuses_stands_beside_the_choice(desk, inquiry):
    shown = text(desk.get(address(inquiry)))

    for said in ("אין לסגור פנייה בלי מענה מלא", "כאשר חסרים מסמכים", "להעביר להמשך טיפול לצוות המתאים"):
        assert said in shown


@pytest.mark.req("CRM-5.2-a", "CRM-5.2-b")
def test_a_missing_field_is_refused_at_its_place_and_what_was_typed_stays(desk, inquiry):
    response = desk.post(
        address(inquiry, "treatment"),
        {
            "version": inquiry.version,
            "status": "waiting_customer",
            "reply": "נא לצרף טופס 106",
            "proposed_solution": " ",
        },
    )

    assert response.status_code == 422
    assert list(errors(response, "treatment_form")) == ["proposed_solution"]
    assert "נא לצרף טופס 106" in text(response)
    assert Message.objects.count() == 0
    assert AuditEvent.objects.filter(outcome="refused", target_id=str(inquiry.pk)).exists()


@pytest.mark.req("CRM-5.2-e")
def test_the_form_starts_empty_whatever_was_written_before(desk, inquiry):
    answering.save(inquiry_id=inquiry.pk, by=inquiry.clerk, at=timezone.now(), proposed_solution="ישן")

    form = desk.get(address(inquiry)).context["treatment_form"]

    assert not form["proposed_solution"].value()
    assert not form["reply"].value()


@pytest.mark.req("CRM-6.3-c")
def test_saving_without_a_status_keeps_it_and_needs_nothing(desk, inquiry):
    response = desk.post(address(inquiry, "treatment"), {"version": inquiry.version, "proposed_solution": "בבדיקה"})

    inquiry.refresh_from_db()
    assert response.status_code == 302
    assert (inquiry.status, inquiry.proposed_solution) == ("in_treatment", "בבדיקה")


def test_save_and_exit_leads_back_to_the_list_it_came_from(desk, inquiry):
    response = desk.post(
        address(inquiry, "treatment"),
        {"version": inquiry.version, "then": "exit", "in": "my_inquiries?status=in_treatment"},
    )

    assert response.url == reverse("inquiries:view", args=["my_inquiries"]) + "?status=in_treatment"


def test_a_stale_page_is_refused_with_the_newer_state_and_the_clerk_s_words(desk, inquiry):
    old = inquiry.version
    answering.save(inquiry_id=inquiry.pk, by=inquiry.clerk, at=timezone.now(), proposed_solution="מישהו הקדים")
    sent = {"version": old, "status": "waiting_customer", "reply": "תשובה", "proposed_solution": "הסבר"}

    response = desk.post(address(inquiry, "treatment"), sent)

    assert response.status_code == 422
    for words in ("תשובה", "הסבר", "מישהו הקדים", "השתנתה מאז"):
        assert words in text(response)
    again = desk.post(
        address(inquiry, "treatment"), {**sent, "version": response.context["treatment_form"]["version"].value()}
    )
    assert again.status_code == 302


@pytest.mark.req("CRM-5.2.7-b")
def test_closing_over_a_newer_message_shows_the_message_instead(desk, inquiry):
    desk.get(address(inquiry))
    corresponding.customer_message(
        inquiry_id=inquiry.pk, by=inquiry.customer.user, at=timezone.now(), text="שכחתי לציין משהו"
    )
    inquiry.refresh_from_db()

    response = desk.post(
        address(inquiry, "treatment"),
        {"version": inquiry.version, "status": "closed_success", "reply": "טופל", "verdict": "correct"},
    )

    assert response.status_code == 422
    assert "שכחתי לציין משהו" in text(response)
    inquiry.refresh_from_db()
    assert inquiry.closed_at is None


def test_the_errors_are_listed_in_the_order_of_the_fields(desk, inquiry):
    page = text(desk.post(address(inquiry, "treatment"), {"version": inquiry.version, "status": "closed_success"}))

    summary = re.search(r"data-error-summary.*?</ul>", page, re.DOTALL)
    assert summary is not None
    assert re.findall(r'href="#([^"]+)"', summary[0]) == ["id_verdict_0", "id_reply"]
    assert "?:" not in summary[0]


@pytest.mark.req("CRM-5.1.1-f")
def test_the_verdict_can_be_given_with_the_closing_itself(desk, inquiry):
    response = desk.post(
        address(inquiry, "treatment"),
        {"version": inquiry.version, "status": "closed_success", "reply": "ההחזר אושר וישולם", "verdict": "correct"},
    )

    inquiry.refresh_from_db()
    assert response.status_code == 302
    assert (inquiry.status, inquiry.triplet_validation) == ("closed_success", "correct")


@pytest.mark.req("CRM-5.2.5-a")
def test_forwarding_offers_the_teams_of_the_present_triplet(desk, inquiry):
    fitting, other = another_team(inquiry.triplet), InquiryFactory().handling_team

    form = desk.get(address(inquiry)).context["treatment_form"]

    offered = {value for value, _words in form.fields["team"].choices}
    assert str(fitting.pk) in offered
    assert str(other.pk) not in offered


@pytest.mark.req("CRM-5.2.5-b")
def test_one_who_forwards_out_of_his_unit_goes_on_in_his_list(desk, inquiry):
    target = another_team(inquiry.triplet)

    response = desk.post(
        address(inquiry, "treatment"),
        {
            "version": inquiry.version, "status": "forwarded", "team": target.pk, "verdict": "correct",
            "proposed_solution": "נדרש טיפול של המשרד", "then": "stay", "in": "my_inquiries",
        },
        follow=True,
    )  # fmt: skip

    assert response.status_code == 200
    assert response.request["PATH_INFO"] == "/inquiries/views/my_inquiries/"
    assert "הסטטוס שונה" in response.content.decode()


@pytest.mark.req("CRM-5.2-c")
def test_a_phone_inquiry_has_no_reply_field(desk, inquiry):
    Inquiry.objects.filter(pk=inquiry.pk).update(channel="phone")

    form = desk.get(address(inquiry)).context["treatment_form"]

    assert "reply" not in form.fields


@pytest.mark.req("CRM-4.2-c")
def test_opening_the_correspondence_clears_the_badge_for_the_owner_and_not_for_a_viewer(sign_in, inquiry):
    viewer = UserFactory(roles=[Role.VIEWER])
    inquiry.handling_unit.members.create(user=viewer)
    for words in ("ראשונה", "שנייה"):
        corresponding.customer_message(inquiry_id=inquiry.pk, by=inquiry.customer.user, at=timezone.now(), text=words)

    assert sign_in(viewer).get(address(inquiry, tab="messages")).context["unread"] == 2
    assert sign_in(viewer).get(address(inquiry, tab="general")).context["unread"] == 2
    sign_in(inquiry.clerk).get(address(inquiry, tab="messages"))
    assert sign_in(inquiry.clerk).get(address(inquiry, tab="general")).context["unread"] == 0


@pytest.mark.req("CRM-4.2-a")
def test_a_message_is_sent_once_without_a_status_change(desk, inquiry):
    form = desk.get(address(inquiry, tab="messages")).context["message_form"]
    sent = {"version": inquiry.version, "key": form["key"].value(), "text": "קיבלנו, אנחנו בודקים."}

    for _click in range(2):
        assert desk.post(address(inquiry, "message"), sent).status_code == 302

    inquiry.refresh_from_db()
    assert Message.objects.filter(inquiry=inquiry).count() == 1
    assert inquiry.status == "in_treatment"


@pytest.mark.req("CRM-5.1.3-a")
def test_a_new_file_needs_a_note_and_an_explicit_choice(desk, inquiry):
    sent = {"version": inquiry.version, "upload": SimpleUploadedFile("a.txt", b"text")}

    response = desk.post(address(inquiry, "attach"), sent)

    assert response.status_code == 422
    assert set(errors(response, "attachment_form")) == {"show_on_internet", "note"}
    assert Attachment.objects.count() == 0


@pytest.mark.req("CRM-4.5-a", "CRM-4.5-b")
def test_the_files_tab_shows_arrow_state_note_and_whether_it_is_shown(desk, inquiry):
    desk.post(
        address(inquiry, "attach"),
        {
            "version": inquiry.version,
            "upload": SimpleUploadedFile("אישור.txt", "שלום".encode()),
            "show_on_internet": "no",
            "note": "לשימוש פנימי",
        },
    )

    shown = text(desk.get(address(inquiry, tab="files")))

    for words in ("אישור.txt", "צורף ע", "לשימוש פנימי", "לא מוצג באינטרנט", "קבצים מצורפים (1)"):
        assert words in shown


@pytest.mark.req("CRM-4.5-d")
def test_a_file_that_is_still_checked_is_not_opened(desk, inquiry):
    desk.post(
        address(inquiry, "attach"),
        {
            "version": inquiry.version,
            "upload": SimpleUploadedFile("a.txt", b"text"),
            "show_on_internet": "yes",
            "note": "טיוטה",
        },
    )
    attachment = Attachment.objects.get()

    assert desk.get(reverse("inquiries:file", args=[inquiry.number, attachment.pk])).status_code == 409
    assert desk.get(reverse("inquiries:file", args=[InquiryFactory().number, attachment.pk])).status_code == 404


@pytest.mark.req("CRM-4.3-a", "CRM-2.1.7-d")
def test_the_history_shows_each_step_and_the_time_with_each_team_and_employee(sign_in):
    inquiry = InquiryFactory(info_arrived=True)

    shown = sign_in(inquiry.clerk).get(address(inquiry, tab="history"))

    assert len(shown.context["timeline"].lines) == inquiry.history.count()
    for words in ("בהמתנה ללקוח", "לא נספר", "זמן אצל כל צוות", "זמן אצל כל עובד", str(inquiry.clerk)):
        assert words in text(shown)
    filtered = sign_in(inquiry.clerk).get(address(inquiry, tab="history", event="assignment"))
    assert text(filtered).count('id="step-') == inquiry.history.filter(event="assignment").count()


@pytest.mark.req("CRM-4.1-b")
def test_topics_that_do_not_belong_together_are_refused_at_the_last_level(desk, inquiry):
    response = desk.post(
        address(inquiry, "triplet"),
        {
            "version": inquiry.version,
            "main_topic": inquiry.triplet.main_topic,
            "sub_topic": "נושא של מערך אחר",
            "detail": inquiry.triplet.detail,
        },
    )

    assert response.status_code == 422
    assert set(errors(response, "triplet_form")) <= {"detail", "sub_topic"}


def test_prev_and_next_follow_the_list_the_person_came_from(sign_in, inquiry):
    later = InquiryFactory(in_treatment=True, team=inquiry.handling_team)
    Inquiry.objects.filter(pk=later.pk).update(owner=inquiry.clerk)

    context = sign_in(inquiry.clerk).get(address(inquiry, **{"in": "my_inquiries?sort=opened"})).context

    assert (context["here"].before, context["here"].after) == (None, later.number)


@pytest.mark.parametrize("tab", ["general", "messages", "history", "files"])
def test_the_page_costs_the_same_with_a_short_and_a_long_history(desk, inquiry, tab):
    desk.get(address(inquiry))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = desk.get(address(inquiry, tab=tab, **{"in": "my_inquiries"}))
        assert response.status_code == 200
        assert len(response.content) < 150_000
        return len(captured)

    answering.send_message(inquiry_id=inquiry.pk, by=inquiry.clerk, at=timezone.now(), text="א")
    few = queries()
    for words in "בגדהוזחט":
        answering.send_message(inquiry_id=inquiry.pk, by=inquiry.clerk, at=timezone.now(), text=words)

    assert queries() == few
    assert few < 30


def test_the_printed_page_has_the_inquiry_and_no_tools(desk, inquiry):
    shown = text(desk.get(address(inquiry, "print")))

    assert inquiry.description in shown
    assert 'id="treatment"' not in shown
    assert "composer" not in shown


@pytest.mark.req("CRM-6.4-c")
def test_a_refused_change_of_the_tax_system_leads_to_the_head_team_with_one_click(desk, inquiry):
    other = TripletFactory(tax_system=TaxSystemFactory(code="vat", name="vat"))
    levels = {level: getattr(other, level) for level in ("main_topic", "sub_topic", "detail")}

    refused = desk.post(address(inquiry, "triplet"), {**levels, "version": inquiry.version})
    offered = desk.get(address(inquiry, tab="general", to="head_team"))

    assert f'href="{address(inquiry)}?tab=general&amp;to=head_team#treatment"' in text(refused)
    form = offered.context["treatment_form"]
    assert (form["status"].value(), form["team"].value()) == ("forwarded", head_team().pk)
    assert not form["proposed_solution"].value()


@pytest.mark.req("CRM-5.1.1-a")
def test_a_correction_to_a_triplet_of_other_teams_is_said_beside_it(desk, inquiry):
    corrected = TripletFactory(tax_system=inquiry.triplet.tax_system)
    assert not desk.get(address(inquiry)).context["outside_triplet"]

    triplets.change_triplet(inquiry_id=inquiry.pk, by=inquiry.clerk, at=timezone.now(), triplet_id=corrected.pk)

    shown = desk.get(address(inquiry, tab="general"))
    assert shown.context["outside_triplet"]
    assert "הצוות הנוכחי אינו מטפל בשלשה זו" in text(shown)


@pytest.mark.req("CRM-6.4-d")
def test_a_representation_that_was_not_verified_in_this_tax_system_is_flagged(sign_in):
    inquiry = real_estate(by_representative=True)
    page = sign_in(inquiry.clerk).get(address(inquiry, tab="general"))
    assert not page.context["representation_unverified"]
    moved = TripletFactory(tax_system=TaxSystemFactory(code="income_tax"))
    Inquiry.objects.filter(pk=inquiry.pk).update(triplet=moved)

    assert "הייצוג לא אומת במערך מס זה" in text(sign_in(inquiry.clerk).get(address(inquiry, tab="general")))


@pytest.mark.req("CRM-6.1-a")
def test_an_inquiry_closed_untreated_under_a_wrong_triplet_is_marked_on_its_page(desk, inquiry):
    about = {"inquiry_id": inquiry.pk, "by": inquiry.clerk, "at": timezone.now()}
    triplets.set_validation(**about, verdict="incorrect")
    closing.close_no_treatment(
        **about, proposed_solution="כפולה", reply="נענה בפנייה אחרת", closing_reason="identical_inquiry"
    )

    assert "נסגרה עם שלשה שגויה" in text(desk.get(address(inquiry)))
