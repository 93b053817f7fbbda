"""The tabs of contact details, activities, files and related inquiries: what stands there, what becomes of a form."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.files.services.settling import settle
from crm_portal.people.models import Customer
from crm_portal.people.phones import national
from crm_portal.people.rules.roles import Role
from inquiries.models import Activity, Inquiry
from inquiries.services import activities, assigning, attaching
from tests.factories import files
from tests.factories.inquiries import InquiryFactory, another_team, clerk, fresh, office, real_estate
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def address(inquiry: Inquiry, name: str = "inquiry", *args: object, **params: object) -> str:
    return reverse(f"inquiries:{name}", args=[inquiry.number, *args], query=params)


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def inquiry():
    return InquiryFactory(in_treatment=True)


@pytest.fixture
def desk(sign_in, inquiry):
    return sign_in(inquiry.clerk)


@pytest.mark.req("CRM-4-a")
def test_the_tabs_stand_in_the_order_of_the_instruction(desk, inquiry):
    shown = text(desk.get(address(inquiry)))

    tabs = re.findall(r'id="tab-(\w+)"', shown)
    assert tabs == ["general", "messages", "history", "contact", "files", "activities", "related"]
    for label in ("פרטי התקשרות", "פעילויות", "קשור"):
        assert label in shown
    assert "הרחבת מידע" not in re.search(r'role="tablist".*?</div>', shown, re.S).group()


@pytest.mark.req("CRM-4.4-a")
def test_the_contact_tab_shows_the_verified_addresses_and_the_preference(desk, inquiry):
    shown = text(desk.get(address(inquiry, tab="contact")))

    for detail in (
        inquiry.customer.email,
        national(inquiry.customer.mobile),
        inquiry.customer.get_contact_preference_display(),
    ):
        assert detail in shown
    Customer.objects.filter(pk=inquiry.customer_id).update(email_verified_at=None, registered_at=None)
    assert inquiry.customer.email not in text(desk.get(address(inquiry, tab="contact")))


@pytest.mark.req("CRM-4.4-a")
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_an_employee_who_writes_contact_details_is_told_that_they_are_read_only(desk, inquiry, method):
    response = getattr(desk, method)(address(inquiry, "contact"), {"email": "other@example.org"})

    assert response.status_code == 405
    assert "ניתן לצפייה" in text(response) or "אפשר לצפות" in text(response)
    refused = AuditEvent.objects.get(outcome="refused")
    assert (refused.code, refused.action, refused.target_id) == (
        "READ_ONLY", "customer.change_contact", str(inquiry.customer_id),
    )  # fmt: skip
    inquiry.customer.refresh_from_db()
    assert inquiry.customer.email != "other@example.org"


@pytest.mark.req("CRM-5.1.4-a")
@pytest.mark.parametrize(("preference", "kind"), [("email", "email"), ("mobile", "sms")])
def test_the_customers_preference_chooses_the_form(desk, inquiry, preference, kind):
    Customer.objects.filter(pk=inquiry.customer_id).update(contact_preference=preference)

    form = desk.get(address(inquiry, tab="activities")).context["activity_form"]

    assert form.kind == kind


@pytest.mark.req("CRM-2.2.7-a")
@pytest.mark.parametrize("kind", ["email", "sms"])
def test_no_form_has_a_free_address_a_copy_or_a_hidden_copy(desk, inquiry, kind):
    shown = text(desk.get(address(inquiry, tab="activities", new=kind)))

    form = re.search(r'id="new-activity".*?</form>', shown, re.S).group()
    assert set(re.findall(r'name="(\w+)"', form)) <= {
        "csrfmiddlewaretoken", "version", "in", "subject", "text", "files", "party",
    }  # fmt: skip
    assert (inquiry.customer.email if kind == "email" else inquiry.customer.mobile) in form


@pytest.mark.req("CRM-2.2.7-a")
@pytest.mark.parametrize("name", ["to", "cc", "bcc"])
def test_a_post_with_another_address_is_refused_and_audited_and_the_words_stay(desk, inquiry, name):
    sent = {"version": inquiry.version, "subject": "אישור", "text": "שלום, מצורף", name: "x@else.example"}

    response = desk.post(address(inquiry, "activity", "email"), sent)

    assert response.status_code == 422
    assert "נשלחות רק" in text(response) or "רשומה" in text(response)
    assert "שלום, מצורף" in text(response)
    assert not Activity.objects.exists()
    assert AuditEvent.objects.get(outcome="refused").code == "ADDRESS_NOT_REGISTERED"


@pytest.mark.req("CRM-4.6-a")
def test_a_sent_email_stands_in_the_list_with_its_state(desk, inquiry):
    sent = {"version": inquiry.version, "subject": "אישור תושבות", "text": "שלום, מצורף האישור"}
    assert desk.post(address(inquiry, "activity", "email"), sent).status_code == 302

    shown = text(desk.get(address(inquiry, tab="activities")))
    row = re.search(r'id="activity-.*?</li>', shown, re.S).group()
    for said in ("אישור תושבות", "שלום, מצורף האישור", inquiry.customer.email, str(inquiry.clerk), "ממתינה לשליחה"):
        assert said in row or said == "ממתינה לשליחה"
    Activity.objects.get().notification.__class__.objects.update(
        state="failed", next_attempt_at=None, last_error="ADDRESS_NOT_REGISTERED"
    )
    assert "הכתובת אינה רשומה ומאומתת עוד" in text(desk.get(address(inquiry, tab="activities")))


@pytest.mark.req("CRM-6.7-a")
def test_a_call_is_recorded_from_the_advice_on_many_messages(desk, inquiry):
    assert 'id="many-messages"' not in text(desk.get(address(inquiry)))
    Inquiry.objects.filter(pk=inquiry.pk).update(has_many_messages=True, customer_messages=6)

    shown = text(desk.get(address(inquiry)))
    assert "מומלץ ליצור קשר טלפוני" in shown
    link = re.search(r'id="many-messages".*?<a [^>]*href="([^"]+)"', shown, re.S).group(1).replace("&amp;", "&")
    form = desk.get(link).context["activity_form"]
    at = timezone.localtime() - timedelta(minutes=5)
    desk.post(
        address(inquiry, "activity", "phone_call"),
        {"version": form.initial["version"], "took_place_at": f"{at:%Y-%m-%dT%H:%M}", "direction": "outbound",
         "summary": "הוסבר ללקוח"},
    )  # fmt: skip

    call = Activity.objects.get()
    assert (call.kind, call.text) == ("phone_call", "הוסבר ללקוח")
    assert "ריבוי התכתבויות" in text(desk.get(reverse("inquiries:view", args=["my_inquiries"])))


def test_a_call_without_its_summary_is_refused_at_its_field(desk, inquiry):
    response = desk.post(
        address(inquiry, "activity", "phone_call"),
        {"version": inquiry.version, "took_place_at": "לא תאריך", "direction": "outbound", "summary": " "},
    )

    assert response.status_code == 422
    assert "took_place_at" in response.context["activity_form"].errors


@pytest.mark.req("CRM-2.2.2-a")
def test_a_viewer_sees_the_activities_and_no_form(sign_in, inquiry):
    activities.send_sms(inquiry_id=inquiry.pk, by=inquiry.clerk, at=timezone.now(), text="הטופס באתר")
    viewer = UserFactory(roles=[Role.VIEWER], roles__scope="all")

    shown = text(sign_in(viewer).get(address(inquiry, tab="activities")))
    assert "הטופס באתר" in shown
    assert 'id="new-activity"' not in shown
    response = sign_in(viewer).post(address(inquiry, "activity", "sms"), {"text": "א", "version": 1})
    assert (response.status_code, response.context["code"]) == (403, "VIEW_ONLY")


@pytest.mark.req("CRM-4.1-f")
def test_each_of_two_similar_inquiries_shows_the_other(desk, inquiry):
    other = InquiryFactory(team=inquiry.handling_team, customer=inquiry.customer)

    for here, there in ((inquiry, other), (other, inquiry)):
        shown = text(desk.get(address(here, tab="related")))
        assert address(there) in shown
        assert "ללקוח עוד פנייה פעילה אחת באותו נושא" in text(desk.get(address(here, tab="general")))


@pytest.mark.req("CRM-6.6-k")
def test_in_real_estate_the_customers_open_inquiries_on_the_topic_stand_there_before_an_answer(sign_in):
    inquiry = real_estate()
    other = InquiryFactory(team=inquiry.handling_team, customer=inquiry.customer)

    desk = sign_in(inquiry.clerk)

    assert "ללקוח עוד פנייה פעילה אחת באותו נושא" in text(desk.get(address(inquiry, tab="general")))
    related = text(desk.get(address(inquiry, tab="related")))
    assert f'name="others" value="{other.pk}"' in related
    assert "סגור במקביל" in related


@pytest.mark.req("CRM-4.1-f")
def test_of_a_similar_inquiry_the_user_may_not_see_only_the_number_is_told(desk, inquiry):
    other = InquiryFactory(team=inquiry.handling_team, customer=inquiry.customer, description="סוד של משרד אחר")
    away = another_team(inquiry.triplet)
    Inquiry.objects.filter(pk=other.pk).update(handling_team=away, handling_unit=away.unit)

    panel = re.search(r'role="tabpanel".*?</ul>', text(desk.get(address(inquiry, tab="related"))), re.S).group()

    assert other.number in panel
    assert address(other) not in panel
    assert away.name not in panel


@pytest.mark.req("CRM-4.1-f")
def test_what_is_closed_on_another_topic_or_of_another_customer_is_not_similar(desk, inquiry):
    InquiryFactory(team=inquiry.handling_team, customer=inquiry.customer, cancelled=True)
    InquiryFactory(team=office(tax_system="deductions", sub_topic="נושא אחר"), customer=inquiry.customer)
    InquiryFactory(team=inquiry.handling_team)

    assert desk.get(address(inquiry, tab="related")).context["related"] == []


@pytest.mark.req("CRM-4.1-g")
def test_marked_ones_are_closed_with_one_action_and_a_colleagues_is_reported(desk, inquiry):
    team = inquiry.handling_team
    queued = InquiryFactory(team=team, customer=inquiry.customer)
    colleague = clerk()
    team.members.create(user=colleague)
    team.unit.members.create(user=colleague)
    held = InquiryFactory(team=team, customer=inquiry.customer)
    assigning.assign_to_me(inquiry_id=held.pk, by=colleague, at=timezone.now())

    response = desk.post(
        address(inquiry, "close_together"),
        {"version": inquiry.version, "others": [queued.pk, held.pk], "reply": "ההחזר אושר וישולם בקרוב.",
         "proposed_solution": "", "verdict": "correct", f"verdict_{queued.pk}": "correct"},
    )  # fmt: skip

    assert (fresh(inquiry).status, fresh(queued).status) == ("closed_success", "closed_no_treatment")
    assert fresh(held).status == "in_treatment"
    shown = text(response)
    assert "2 פניות נסגרו" in shown
    assert held.number in re.search(r"error-summary.*?</div>", shown, re.S).group()


def test_a_refused_closing_together_keeps_the_words_and_the_marks(desk, inquiry):
    queued = InquiryFactory(team=inquiry.handling_team, customer=inquiry.customer)

    response = desk.post(
        address(inquiry, "close_together"),
        {"version": inquiry.version, "others": [queued.pk], "reply": " ", "proposed_solution": "נבדק", "verdict": ""},
    )

    assert response.status_code == 422
    assert "reply" in response.context["together_form"].errors
    assert "נבדק" in text(response)
    assert fresh(queued).status == "open_team"


@pytest.mark.req("CRM-5.1.2-a")
def test_the_note_of_a_file_is_a_window_of_its_own_and_the_content_stays(desk, inquiry):
    attachment = attaching.attach(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=timezone.now(), upload=files.upload("106.pdf"),
        show_on_internet=True, note="לבדוק",
    )  # fmt: skip
    settle(file_id=attachment.file_id, at=timezone.now())
    was = (attachment.file.sha256, attachment.file.clean_copy)
    link = re.search(
        r'<a class="btn btn--sm" href="[^"]*/files/\d+/"[^>]*>', text(desk.get(address(inquiry, tab="files")))
    )
    assert 'target="_blank"' in link.group()

    window = desk.get(address(inquiry, "file_note", attachment.pk))
    assert "106.pdf" in text(window)
    sent = {"show_on_internet": "no", "note": "טופס 106, תקין", "version": attachment.version}
    saved = desk.post(address(inquiry, "file_note", attachment.pk), sent, follow=True)

    attachment.refresh_from_db()
    assert (attachment.notes, attachment.show_on_internet) == ("טופס 106, תקין", False)
    assert attachment.file.sha256 == was[0]
    assert "data-close-window" in text(saved)


@pytest.mark.req("CRM-4.5-c")
def test_a_late_edit_of_a_file_shows_how_it_is_now_and_keeps_the_words(desk, inquiry):
    attachment = attaching.attach(
        inquiry_id=inquiry.pk, by=inquiry.clerk, at=timezone.now(), upload=files.upload("106.pdf"),
        show_on_internet=True, note="לבדוק",
    )  # fmt: skip
    window, sent = address(inquiry, "file_note", attachment.pk), {"show_on_internet": "yes", "note": "הכול תקין"}
    drawn = desk.get(window).context["form"]["version"].value()
    attaching.edit_attachment(
        attachment_id=attachment.pk, by=inquiry.clerk, at=timezone.now(), show_on_internet=False, note="אין להציג"
    )

    late = desk.post(window, {**sent, "version": drawn})

    assert late.status_code == 422
    assert "אין להציג" in text(late)
    assert "הכול תקין" in text(late)
    attachment.refresh_from_db()
    assert (attachment.show_on_internet, attachment.notes) == (False, "אין להציג")
    desk.post(window, {**sent, "version": late.context["form"]["version"].value()})
    attachment.refresh_from_db()
    assert (attachment.show_on_internet, attachment.notes) == (True, "הכול תקין")


@pytest.mark.req("CRM-4.5-e")
def test_opening_one_of_two_files_lowers_the_badge_to_one(desk):
    inquiry = InquiryFactory(in_treatment=True, files=[files.upload("א.pdf"), files.upload("ב.pdf")])
    for attachment in inquiry.attachments.all():
        settle(file_id=attachment.file_id, at=timezone.now())
    browser = desk
    browser.force_login(inquiry.clerk)
    badge = r'id="tab-files".*?\((\d)\).*?count--new"[^>]*>(\d)<'
    assert re.search(badge, text(browser.get(address(inquiry))), re.S).groups() == ("2", "2")

    attaching.open_attachment(attachment_id=inquiry.attachments.first().pk, by=inquiry.clerk, at=timezone.now())

    assert re.search(badge, text(browser.get(address(inquiry))), re.S).groups() == ("2", "1")


@pytest.mark.req("CRM-4.1-a")
def test_the_general_tab_has_every_fact_of_the_inquiry(desk, inquiry):
    Inquiry.objects.filter(pk=inquiry.pk).update(
        tax_year=2024, section="17", has_many_messages=True, proposed_solution="נבדק מול שע״מ"
    )
    panel = re.search(r'role="tabpanel".*?</dl>', text(desk.get(address(inquiry, tab="general"))), re.S).group()

    for label in ("מהות הפנייה", "פונה", "לקוח", "אימות", "סטטוס", "שלשה", "שנת מס", "חוליה", "שעון", "סימונים",
                  "פתרון מוצע", "ערוץ"):  # fmt: skip
        assert label in panel
    for value in (inquiry.description, "2024", "17", "ריבוי התכתבויות", "נבדק מול שע״מ", inquiry.customer.id_number):
        assert value in panel


@pytest.mark.parametrize("tab", ["contact", "activities", "related", "general", "files"])
def test_a_tab_costs_the_same_with_few_rows_and_with_many(desk, inquiry, tab):
    def grow() -> None:
        activities.send_sms(inquiry_id=inquiry.pk, by=inquiry.clerk, at=timezone.now(), text="הטופס באתר")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(address(inquiry, tab=tab)).status_code == 200
        return len(captured)

    InquiryFactory(team=inquiry.handling_team, customer=inquiry.customer)
    grow()
    desk.get(address(inquiry))
    few = queries()
    InquiryFactory(team=inquiry.handling_team, customer=inquiry.customer)
    for _ in range(5):
        grow()

    assert queries() == few
    assert few < 34
