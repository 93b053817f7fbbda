"""The personal area: what a customer and a representative's office see and do (P2-P4, N2, N5)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from crm_portal.messaging.models import Notification
from inquiries.models import Attachment, Inquiry, Message
from inquiries.rules.codes import Side
from inquiries.selectors import personal
from inquiries.selectors.treating import treated_by
from inquiries.services import attaching, closing, corresponding, triplets
from tests.factories.files import StoredFileFactory, upload
from tests.factories.inquiries import (
    OPENED_AT,
    InquiryFactory,
    fresh,
    head_team,
    later,
    load_reference,
    office,
    take_step,
)
from tests.factories.people import CustomerFactory
from tests.factories.routing import TripletFactory, UnitFactory

pytestmark = pytest.mark.django_db
LIST = "/my/inquiries/"
NEW = "/my/inquiries/new/"


@pytest.fixture(autouse=True)
def _now():
    """A few hours after the factory's inquiries were opened."""
    with time_machine.travel(OPENED_AT + timedelta(hours=20), tick=False):
        yield


@pytest.fixture
def customer(client):
    customer = CustomerFactory()
    client.force_login(customer.user)
    return customer


@pytest.fixture
def team():
    load_reference()
    head_team()
    return office(main_topic="ניכויים", sub_topic="תיאום מס", detail="שני מעסיקים")


def signed_in(client, inquiry):
    client.force_login(inquiry.customer.user)
    return reverse("personal:inquiry", args=[inquiry.number])


def attached(inquiry, *, shown=True, direction="outbound", **file):
    return Attachment.objects.create(
        inquiry=inquiry,
        file=StoredFileFactory(**{"clean": True, **file}),
        direction=direction,
        show_on_internet=shown,
        notes="הערה פנימית",
        attached_by_name="לוי דנה",
        attached_at=later(inquiry),
    )


class TestList:
    def test_a_customer_sees_his_inquiries_with_number_status_dates_and_unread(self, client):
        inquiry = InquiryFactory(awaiting_customer=True)
        signed_in(client, inquiry)

        page = client.get(LIST).text

        assert f'<bdi class="num">{inquiry.number}</bdi>' in page
        assert "בהמתנה ללקוח" in page
        assert inquiry.triplet.detail in page
        assert "הודעה חדשה אחת" in page
        assert '<time datetime="2026-11-05">' in page

    def test_reading_the_inquiry_clears_what_was_new_to_the_customer(self, client):
        inquiry = InquiryFactory(awaiting_customer=True)
        address = signed_in(client, inquiry)

        assert "data-unread" in client.get(address).text
        assert "data-unread" not in client.get(address).text
        assert "data-unread" not in client.get(LIST).text

    @pytest.mark.req("CRM-2-b")
    def test_opening_the_page_is_in_the_audit(self, client):
        inquiry = InquiryFactory()

        client.get(signed_in(client, inquiry))

        event = AuditEvent.objects.get(action="inquiry.view", target_id=str(inquiry.pk))
        assert event.actor == inquiry.customer.user
        assert event.outcome == "read"

    def test_another_customers_inquiry_is_not_there(self, client, customer):
        inquiry = InquiryFactory()

        assert inquiry.number not in client.get(LIST).text
        for name in ("inquiry", "cancel"):
            assert client.get(reverse(f"personal:{name}", args=[inquiry.number])).status_code == 404
        assert client.post(reverse("personal:write", args=[inquiry.number]), {"text": "x"}).status_code == 404
        assert client.post(reverse("personal:cancel", args=[inquiry.number])).status_code == 404

    def test_an_employee_has_no_personal_area(self, client):
        client.force_login(head_team().members.first().user)

        assert client.get(LIST).status_code in (403, 404)

    def test_nobody_gets_in_without_signing_in(self, client):
        assert client.get(LIST).status_code == 302

    def test_without_inquiries_the_page_says_how_to_begin(self, client, customer):
        assert NEW in client.get(LIST).text

    def test_pages_follow_each_other_both_ways_without_gap_or_repeat(self, client, customer, team, settings):
        settings.OPEN_INQUIRIES_PER_TRIPLET = 1000
        numbers = [
            InquiryFactory(customer=customer, team=team, at=OPENED_AT + timedelta(minutes=n // 2)).number
            for n in range(2 * personal.PAGE + 3)
        ]
        newest_first = numbers[::-1]

        first = personal.list_of(customer.user)
        second = personal.list_of(customer.user, after=first.following)
        third = personal.list_of(customer.user, after=second.following)
        back = personal.list_of(customer.user, before=third.previous)

        assert [row.number for page in (first, second, third) for row in page.rows] == newest_first
        assert (first.previous, third.following) == ("", "")
        assert back.rows == second.rows
        assert f"?after={first.following}" in client.get(LIST).text

    def test_the_number_of_queries_does_not_grow_with_the_rows(self, client, customer, team, settings):
        settings.OPEN_INQUIRIES_PER_TRIPLET = 1000
        for n in range(3):
            InquiryFactory(customer=customer, team=team, at=OPENED_AT + timedelta(minutes=n))
        client.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as few:
            client.get(LIST)
        for n in range(22):
            InquiryFactory(customer=customer, team=team, at=OPENED_AT + timedelta(minutes=9 + n))
        with CaptureQueriesContext(connection) as many:
            page = client.get(LIST)

        assert len(many) == len(few) <= 10
        assert page.text.count("case__top") == 25
        assert len(page.content) < 150_000


class TestEmployeesName:
    @pytest.mark.req("CRM-6.8-a")
    def test_who_gave_the_last_answer_is_named_and_before_an_answer_nobody(self, client):
        inquiry = InquiryFactory(in_treatment=True)
        address = signed_in(client, inquiry)
        assert str(inquiry.clerk) not in client.get(address).text

        take_step(inquiry, "answer", by=inquiry.clerk, at=later(inquiry))

        assert str(inquiry.clerk) in client.get(address).text
        assert str(inquiry.clerk) in client.get(LIST).text

    @pytest.mark.req("CRM-6.8-a")
    def test_the_name_is_hidden_when_the_unit_that_opened_hides_names(self, client):
        inquiry = InquiryFactory(awaiting_customer=True)
        Inquiry.objects.filter(pk=inquiry.pk).update(opening_unit=UnitFactory(hide_employee_name=True))

        assert str(inquiry.clerk) not in client.get(signed_in(client, inquiry)).text
        assert str(inquiry.clerk) not in client.get(LIST).text

    @pytest.mark.req("CRM-6.8-a")
    def test_a_hiding_unit_that_only_handles_hides_nothing(self, client):
        inquiry = InquiryFactory(awaiting_customer=True)
        inquiry.handling_unit.hide_employee_name = True
        inquiry.handling_unit.save()

        assert str(inquiry.clerk) in client.get(signed_in(client, inquiry)).text

    @pytest.mark.req("CRM-6.8-a")
    def test_a_phone_inquiry_without_an_answer_names_who_closed_it(self):
        inquiry = InquiryFactory(in_treatment=True)
        Inquiry.objects.filter(pk=inquiry.pk).update(channel_id="phone")
        change = {"inquiry_id": inquiry.pk, "by": inquiry.clerk}
        triplets.set_validation(**change, at=later(inquiry), verdict="correct")
        closing.close_success(**change, at=later(inquiry), proposed_solution="נענה בטלפון")

        assert treated_by([fresh(inquiry)]) == {inquiry.pk: str(inquiry.clerk)}


class TestWhatIsNeverShown:
    def secrets(self):
        inquiry = InquiryFactory(awaiting_customer=True)
        attached(inquiry, shown=False, name="פנימי.pdf")
        return inquiry, ["חסר טופס", "הערה פנימית", "פנימי.pdf", inquiry.handling_team.name, "צוות ראשי"]

    @pytest.mark.req("CRM-4.5-c")
    @pytest.mark.req("CRM-4.5-b")
    def test_neither_the_page_nor_the_list_shows_what_is_internal(self, client):
        inquiry, secrets = self.secrets()
        address = signed_in(client, inquiry)

        shown = client.get(address).text + client.get(LIST).text

        assert [secret for secret in secrets if secret in shown] == []
        assert "נא לצרף טופס" in shown

    def test_what_the_selectors_return_holds_no_employee_or_team_of_the_history(self):
        inquiry, _secrets = self.secrets()

        page = personal.page_of(inquiry, at=later(inquiry))

        assert {type(step).__slots__ for step in page.happened} == {("status", "at")}
        assert all(entry.author == "" for entry in page.said if not entry.is_mine)

    @pytest.mark.req("CRM-5.1.1-b")
    def test_an_internal_triplet_is_hidden_behind_the_customers_own(self, client):
        inquiry = InquiryFactory()
        internal = TripletFactory(is_internal=True, detail="סודי", tax_system=inquiry.triplet.tax_system)
        Inquiry.objects.filter(pk=inquiry.pk).update(triplet=internal)

        page = client.get(signed_in(client, inquiry)).text

        assert "סודי" not in page
        assert inquiry.triplet.detail in page


class TestFiles:
    def test_a_shown_clean_file_opens_and_the_opening_is_in_the_audit(self, client):
        inquiry = InquiryFactory(awaiting_customer=True)
        attachment = attached(inquiry)
        address = signed_in(client, inquiry)
        place = reverse("personal:file", args=[inquiry.number, attachment.pk])

        assert place in client.get(address).text
        answer = client.get(place)

        assert answer.status_code == 200
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert AuditEvent.objects.filter(action="attachment.open", actor=inquiry.customer.user).exists()

    @pytest.mark.req("CRM-2.2.1-h")
    def test_an_answer_and_its_file_are_read_after_entry_only_and_stand_in_no_message(self, client):
        inquiry = InquiryFactory(in_treatment=True)
        corresponding.send_message(
            inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), text="ההחזר שלך הוא 4,321 שקלים",
            files=[upload("אישור ניכוי מס.pdf")],
        )  # fmt: skip
        attachment = inquiry.attachments.get()
        place = reverse("personal:file", args=[inquiry.number, attachment.pk])

        told = Notification.objects.filter(kind="employee_message", about=inquiry.number)
        assert {notice.channel for notice in told} == {"email", "sms"}
        for notice in told:
            assert f"/my/inquiries/{inquiry.number}/" in notice.body
            assert "4,321" not in notice.body + notice.subject
            assert attachment.file.name not in notice.body + notice.subject
        assert client.get(place).url.startswith("/sign-in/?next=")
        assert "4,321" in client.get(signed_in(client, inquiry)).text

    @pytest.mark.req("CRM-4.5-c")
    def test_a_file_that_was_hidden_is_gone_at_once(self, client):
        inquiry = InquiryFactory(awaiting_customer=True)
        attachment = attached(inquiry)
        signed_in(client, inquiry)
        place = reverse("personal:file", args=[inquiry.number, attachment.pk])
        attaching.edit_attachment(
            attachment_id=attachment.pk, by=inquiry.clerk, at=later(inquiry), show_on_internet=False, note="x"
        )

        assert client.get(place).status_code == 404

    def test_a_file_is_not_found_under_another_inquirys_number(self, client, customer, team):
        mine = InquiryFactory(customer=customer, team=team)
        others = InquiryFactory(team=team)
        attachment = attached(others)

        assert client.get(reverse("personal:file", args=[mine.number, attachment.pk])).status_code == 404
        assert client.get(reverse("personal:file", args=[others.number, attachment.pk])).status_code == 404

    def test_a_file_still_being_checked_is_said_to_be_so(self, client):
        inquiry = InquiryFactory(files=[upload("תעודה.pdf")])
        address = signed_in(client, inquiry)
        attachment = inquiry.attachments.get()

        assert "בבדיקה" in client.get(address).text
        answer = client.get(reverse("personal:file", args=[inquiry.number, attachment.pk]), follow=True)
        assert "הקובץ עדיין בבדיקה" in answer.text

    def test_a_failed_file_is_named_but_never_given(self, client):
        inquiry = InquiryFactory(awaiting_customer=True)
        attachment = attached(inquiry, direction="inbound", clean=False, failed=True, name="נגוע.pdf")
        address = signed_in(client, inquiry)

        assert "נגוע.pdf" in client.get(address).text
        assert client.get(reverse("personal:file", args=[inquiry.number, attachment.pk]), follow=True).status_code in (
            200,
            404,
        )
        assert f"/files/{attachment.pk}/" not in client.get(address).text

    @pytest.mark.req("CRM-5.1.3-b")
    def test_an_employees_file_that_failed_was_refused_to_him_and_is_not_named(self, client):
        inquiry = InquiryFactory(awaiting_customer=True)
        attached(inquiry, clean=False, failed=True, name="נגוע.pdf")
        attached(inquiry, name="תקין.pdf")

        page = client.get(signed_in(client, inquiry)).text

        assert "נגוע.pdf" not in page
        assert "תקין.pdf" in page


class TestWriting:
    def test_a_message_with_a_file_is_sent_and_shown(self, client):
        inquiry = InquiryFactory(awaiting_customer=True)
        address = signed_in(client, inquiry)

        answer = client.post(
            address + "messages/", {"text": "מצרפת את הטופס", "files": [upload("טופס.pdf")]}, follow=True
        )

        assert "ההודעה נשלחה" in answer.text
        assert "מצרפת את הטופס" in answer.text
        assert "טופס.pdf" in answer.text
        assert fresh(inquiry).status == "info_arrived"

    def test_a_second_click_sends_nothing_more(self, client):
        inquiry = InquiryFactory(awaiting_customer=True)
        address = signed_in(client, inquiry)
        key = re.search(r'name="idempotency_key" value="(\w+)"', client.get(address).text)[1]

        for _click in range(2):
            client.post(address + "messages/", {"text": "שלום", "idempotency_key": key})

        assert inquiry.messages.filter(side=Side.CUSTOMER.value).count() == 1

    def test_an_empty_message_is_refused_at_its_field(self, client):
        inquiry = InquiryFactory()

        answer = client.post(signed_in(client, inquiry) + "messages/", {"text": "  "})

        assert answer.status_code == 422
        assert 'id="id_text_error"' in answer.text
        assert AuditEvent.objects.filter(outcome="refused", code=Code.FIELD_REQUIRED).exists()

    def test_a_refused_file_leaves_the_text_and_saves_nothing(self, client):
        inquiry = InquiryFactory()

        answer = client.post(
            signed_in(client, inquiry) + "messages/", {"text": "ראו קובץ", "files": [upload("virus.exe", b"MZ")]}
        )

        assert answer.status_code == 422
        assert "ראו קובץ" in answer.text
        assert 'id="id_files_error"' in answer.text
        assert inquiry.messages.count() == 0

    def test_htmx_gets_the_form_alone_so_that_the_chosen_files_stay(self, client):
        inquiry = InquiryFactory()

        answer = client.post(signed_in(client, inquiry) + "messages/", {"text": ""}, headers={"HX-Request": "true"})

        assert answer.status_code == 422
        assert "<!doctype" not in answer.text
        assert 'hx-preserve="true"' in answer.text

    @pytest.mark.req("CRM-2.2.4-a")
    def test_after_three_messages_the_page_says_when_one_can_write_again(self, client):
        inquiry = InquiryFactory()
        address = signed_in(client, inquiry)
        assert "3 הודעות" in client.get(address).text

        for number in range(3):
            client.post(address + "messages/", {"text": f"הודעה {number}"})
        page = client.get(address).text
        refused = client.post(address + "messages/", {"text": "רביעית"})

        assert "<textarea" not in page
        assert "אחרי שנענה" in page
        assert refused.status_code == 422
        assert "רביעית" in refused.text

    @pytest.mark.req("CRM-2.2.4-b")
    def test_a_closed_inquiry_names_the_last_day_to_write(self, client):
        inquiry = InquiryFactory(closed=True)
        address = signed_in(client, inquiry)

        assert '<time datetime="2026-11-19">' in client.get(address).text
        with time_machine.travel("2026-11-20T00:00:30+02:00", tick=False):
            client.force_login(inquiry.customer.user)
            assert "<textarea" not in client.get(address).text
            assert client.post(address + "messages/", {"text": "מאוחר"}).status_code == 422


class TestCancelling:
    @pytest.mark.req("CRM-5.2.9-a")
    def test_an_inquiry_that_nobody_holds_is_cancelled_after_a_question(self, client):
        inquiry = InquiryFactory()
        address = signed_in(client, inquiry)

        question = client.get(address + "cancel/")
        assert "לבטל את הפנייה" in question.text
        assert fresh(inquiry).status == "open_team"
        answer = client.post(address + "cancel/", follow=True)

        assert "הפנייה בוטלה" in answer.text
        assert fresh(inquiry).status == "closed_by_customer"

    @pytest.mark.req("CRM-5.2.9-a")
    def test_an_inquiry_in_treatment_offers_no_cancelling_and_refuses_it(self, client):
        inquiry = InquiryFactory(in_treatment=True)
        address = signed_in(client, inquiry)

        assert "cancel-dialog" not in client.get(address).text
        answer = client.post(address + "cancel/")

        assert answer.status_code == 422
        assert "עובד כבר מטפל בפנייה" in answer.text
        assert AuditEvent.objects.filter(outcome="refused", code=Code.CANCEL_ASSIGNED).exists()


class TestPage:
    def test_the_page_is_light_and_asks_a_fixed_number_of_queries(self, client):
        inquiry = InquiryFactory(awaiting_customer=True)
        address = signed_in(client, inquiry)
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for number in range(20):
            Message.objects.create(
                inquiry=inquiry,
                side="customer",
                author_name="רות",
                text="שלום " * 20,
                sent_at=later(inquiry, minutes=number),
            )
            attached(inquiry)
        with CaptureQueriesContext(connection) as many:
            page = client.get(address)

        assert len(many) == len(few) <= 25
        assert len(page.content) < 150_000

    def test_each_status_has_a_sentence_of_its_own(self, client):
        for trait, sentence in [
            ({}, "קיבלנו את הפנייה"),
            ({"in_treatment": True}, "הפנייה בטיפול"),
            ({"awaiting_customer": True}, "אנחנו מחכים לתשובה שלכם"),
            ({"info_arrived": True}, "קיבלנו את מה ששלחתם"),
            ({"closed": True}, "הפנייה נסגרה"),
        ]:
            inquiry = InquiryFactory(**trait)
            assert sentence in client.get(signed_in(client, inquiry)).text
