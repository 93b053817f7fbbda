"""
"Bad input" of the second step, on real pages in Hebrew.

Each is refused at its field with the specification's code and a sentence that says what to do; what the person typed
stays; nothing is half saved; the refusal is in the audit, once.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code
from crm_portal.files.models import StoredFile
from crm_portal.messaging.models import Notification
from crm_portal.people.models import Customer, OneTimeCode
from crm_portal.people.rules.roles import Role
from crm_portal.people.services import demonstration, second_factor
from crm_portal.registers import local
from crm_portal.sentences import SENTENCES
from inquiries.models import Attachment, Inquiry, Message, StatusHistory
from inquiries.services import assigning, corresponding, triplets
from routing.models import RoutingDecision
from tests.e2e.forms import error_at, typed_in
from tests.factories import files
from tests.factories.inquiries import InquiryFactory, fresh, later, operator
from tests.factories.people import (
    CustomerFactory,
    PowerOfAttorneyFactory,
    RepresentativeEmployeeFactory,
    UserFactory,
    valid_id,
)
from tests.factories.routing import TripletFactory, TripletTeam

pytestmark = pytest.mark.django_db
Refusing = Callable[..., AbstractContextManager[None]]
TABLES = (
    Inquiry, Message, Attachment, StatusHistory, StoredFile, RoutingDecision, Notification, Customer, OneTimeCode,
)  # fmt: skip
NEW, MANUAL = "/my/inquiries/new/", "/inquiries/new/"


def hebrew(code: Code) -> str:
    """How the sentence of a code begins."""
    with translation.override("he"):
        return str(SENTENCES[code]).partition("{")[0].strip()


@pytest.fixture
def refused_once() -> Refusing:
    """Expect one refusal with this code in the audit, and nothing saved."""

    @contextmanager
    def expect(code: Code) -> Iterator[None]:
        before = [list(table.objects.order_by("pk").values()) for table in TABLES]
        last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        yield
        rows = AuditEvent.objects.filter(pk__gt=last, outcome="refused").values_list("code", flat=True)
        assert list(rows) == [code.value]
        for table, was in zip(TABLES, before, strict=True):
            assert list(table.objects.order_by("pk").values()) == was, table.__name__

    return expect


def wrong_digit(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def sms_code() -> str:
    return re.search(r"\b\d{6}\b", Notification.objects.filter(channel="sms").latest("created_at").body)[0]


@pytest.fixture
def inquiry():
    return InquiryFactory(at=timezone.now() - timedelta(days=1))


@pytest.fixture
def held():
    """An inquiry in treatment whose triplet was found right, so that it may be closed."""
    inquiry = InquiryFactory(in_treatment=True, at=timezone.now() - timedelta(days=1))
    triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="correct")
    return fresh(inquiry, clerk=inquiry.clerk)


@pytest.fixture
def filled(inquiry):
    """What a customer sends about another matter of the same office."""
    triplet = TripletFactory(
        tax_system=inquiry.triplet.tax_system, main_topic="ניכויים", sub_topic="תיאום", detail="שני מעסיקים"
    )
    return {
        "main_topic": triplet.main_topic, "sub_topic": triplet.sub_topic, "triplet": triplet.pk,
        "description": "עבדתי אצל שני מעסיקים", "submission_key": "k1",
    }  # fmt: skip


class TestIdentityNumber:
    """A wrong check digit."""

    def test_at_the_sign_in(self, browser_of, refused_once):
        wrong = wrong_digit(CustomerFactory().id_number)

        with refused_once(Code.INVALID_VALUE):
            page = browser_of().post("/sign-in/", {"as": "customer", "id_number": wrong, "channel": "email"})

        assert page.status_code == 422
        assert "ספרת הביקורת" in error_at(page.text, "id_number")
        assert typed_in(page.text, "id_number") == {wrong}
        assert typed_in(page.text, "channel") == {"email"}

    def test_at_the_registration(self, browser_of, refused_once):
        sent = {"id_number": wrong_digit(valid_id(1_234_567)), "birth_date": "1980-01-02", "id_issued_on": "2015-03-04"}

        with refused_once(Code.INVALID_VALUE):
            page = browser_of().post("/register/", sent)

        assert page.status_code == 422
        assert "ספרת הביקורת" in error_at(page.text, "id_number")
        assert {name: typed_in(page.text, name) for name in sent} == {name: {text} for name, text in sent.items()}

    def test_of_a_represented_customer(self, browser_of, filled, refused_once):
        card = RepresentativeEmployeeFactory()
        customer = PowerOfAttorneyFactory(representative=card.representative, tax_system="deductions").customer
        sent = {**filled, "on_behalf": "customer", "customer_id_number": wrong_digit(customer.id_number)}

        with refused_once(Code.INVALID_VALUE):
            page = browser_of(card.user).post(NEW, sent)

        assert page.status_code == 422
        assert error_at(page.text, "customer_id_number")
        assert typed_in(page.text, "customer_id_number") == {sent["customer_id_number"]}
        assert typed_in(page.text, "description") == {sent["description"]}

    def test_of_somebody_on_the_telephone(self, browser_of, phone, refused_once):
        sent = {**phone.sent, "id_number": wrong_digit(valid_id(31_204_477)), "last_name": "לוי"}

        with refused_once(Code.INVALID_VALUE):
            page = browser_of(phone.operator).post(MANUAL, sent)

        assert page.status_code == 422
        assert "ספרת הביקורת" in error_at(page.text, "id_number")
        assert typed_in(page.text, "description") == {sent["description"]}


class TestTriplet:
    """An unknown triplet."""

    @pytest.mark.parametrize("triplet", ["0", "-5", "99999999999999999999", "אחר"])
    def test_that_does_not_exist(self, browser_of, inquiry, filled, refused_once, triplet):
        code = Code.INVALID_VALUE if triplet == "אחר" else Code.TRIPLET_INVALID

        with refused_once(code):
            page = browser_of(inquiry.customer.user).post(NEW, {**filled, "triplet": triplet})

        assert page.status_code == 422
        assert error_at(page.text, "triplet")
        assert typed_in(page.text, "description") == {filled["description"]}

    def test_that_does_not_belong_to_the_topics_above(self, browser_of, inquiry, filled, refused_once):
        other = TripletFactory(main_topic='מע"מ', sub_topic="רישום", detail="עוסק פטור")

        with refused_once(Code.TRIPLET_INVALID):
            page = browser_of(inquiry.customer.user).post(NEW, {**filled, "triplet": other.pk})

        assert page.status_code == 422
        assert hebrew(Code.TRIPLET_INVALID) in error_at(page.text, "triplet")

    def test_that_only_employees_choose(self, browser_of, inquiry, filled, refused_once):
        internal = TripletFactory(is_internal=True, main_topic="ניכויים", sub_topic="תיאום", detail="פנימי")

        with refused_once(Code.TRIPLET_INTERNAL):
            page = browser_of(inquiry.customer.user).post(NEW, {**filled, "triplet": internal.pk})

        assert page.status_code == 422
        assert hebrew(Code.TRIPLET_INTERNAL) in error_at(page.text, "triplet")

    def test_in_a_clerks_correction(self, browser_of, held, refused_once):
        sent = {"main_topic": "מס הכנסה", "sub_topic": "אין כזה", "detail": "אין", "version": held.version}

        with refused_once(Code.TRIPLET_INVALID):
            page = browser_of(held.clerk).post(f"/inquiries/{held.number}/triplet/", sent)

        assert page.status_code == 422
        assert hebrew(Code.TRIPLET_INVALID) in error_at(page.text, "detail")
        assert "אין כזה" in typed_in(page.text, "sub_topic")

    @pytest.mark.parametrize("year", ["1949", "-1", "99999", "9" * 30, "שנה"])
    def test_with_an_impossible_tax_year(self, browser_of, inquiry, filled, refused_once, year):
        type(inquiry.triplet).objects.filter(pk=filled["triplet"]).update(tax_year_required=True)

        with refused_once(Code.INVALID_VALUE):
            page = browser_of(inquiry.customer.user).post(NEW, {**filled, "tax_year": year})

        assert page.status_code == 422
        assert error_at(page.text, "tax_year")
        assert typed_in(page.text, "tax_year") == {year}


class TestOneTimeCode:
    """A code used twice or too late."""

    @pytest.fixture
    def asking(self, browser_of):
        customer = CustomerFactory()
        browser = browser_of()
        browser.post("/sign-in/", {"as": "customer", "id_number": customer.id_number, "channel": "sms"})
        return browser

    def test_used_twice(self, asking, browser_of, settings, refused_once):
        step = asking.session["sign_in"]
        asking.post("/sign-in/code/", {"code": sms_code()})
        again = browser_of()
        again.get("/sign-in/")
        session = again.session
        session["sign_in"] = step
        session.save()
        again.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

        with refused_once(Code.CODE_USED):
            page = again.post("/sign-in/code/", {"code": sms_code()})

        assert page.status_code == 422
        assert error_at(page.text, "code") == hebrew(Code.CODE_USED)

    def test_too_late(self, browser_of, refused_once):
        customer = CustomerFactory()
        with time_machine.travel(timezone.now(), tick=False) as now:
            browser = browser_of()
            browser.post("/sign-in/", {"as": "customer", "id_number": customer.id_number, "channel": "sms"})
            now.shift(timedelta(minutes=10))
            with refused_once(Code.CODE_EXPIRED):
                page = browser.post("/sign-in/code/", {"code": sms_code()})

        assert page.status_code == 422
        assert error_at(page.text, "code") == hebrew(Code.CODE_EXPIRED)
        assert typed_in(page.text, "code") == {sms_code()}

    def test_of_nothing(self, asking, refused_once):
        with refused_once(Code.FIELD_REQUIRED):
            page = asking.post("/sign-in/code/", {"code": " "})

        assert page.status_code == 422
        assert error_at(page.text, "code")

    def test_of_the_registration_too_late(self, browser_of, refused_once):
        person = next(one for one in local.people("identity")["customers"] if one["kind"] == "person")
        with time_machine.travel(timezone.now(), tick=False) as now:
            browser = browser_of()
            browser.post("/register/", {name: person[name] for name in ("id_number", "birth_date", "id_issued_on")})
            browser.post(
                "/register/contact/", {"mobile": "0501234567", "email": "a@example.org", "contact_preference": "email"}
            )
            mail = re.search(r"\b\d{6}\b", Notification.objects.get(channel="email").body)[0]
            now.shift(timedelta(minutes=10))
            with refused_once(Code.CODE_EXPIRED):
                page = browser.post("/register/confirm/", {"mobile_code": sms_code(), "email_code": mail})

        assert page.status_code == 422
        assert error_at(page.text, "mobile_code") == error_at(page.text, "email_code") == hebrew(Code.CODE_EXPIRED)
        assert typed_in(page.text, "email_code") == {mail}

    def test_of_an_employees_app_used_twice(self, browser_of, refused_once):
        employee = UserFactory(username="dana", roles=[Role.HANDLER])
        employee.set_password("correct horse battery")
        employee.save()
        second_factor.keep_secret(user=employee, secret=demonstration.secret_of("dana"))
        password = {"as": "employee", "username": "dana", "password": "correct horse battery"}
        with time_machine.travel(timezone.now(), tick=False) as now:
            code = {"code": second_factor.current_code(user=employee, at=timezone.now())}
            first, second = browser_of(), browser_of()
            for browser in (first, second):
                browser.post("/sign-in/", password)
            first.post("/sign-in/second-factor/", code)
            now.shift(timedelta(seconds=1))
            with refused_once(Code.CODE_USED):
                page = second.post("/sign-in/second-factor/", code)

        assert page.status_code == 422
        assert "הקוד כבר נוצל" in error_at(page.text, "code")


BAD_FILES = {
    "oversized": lambda: files.upload("גדול.pdf", files.pdf() + b" " * 1_100_000),
    "disguised": lambda: files.upload("תמונה.pdf", files.picture()),
    "program": lambda: files.upload("run.exe", b"MZ" + b"\0" * 200),
    "empty": lambda: files.upload("ריק.pdf", b""),
    "unnamed": lambda: files.upload("...", files.pdf()),
}


class TestFile:
    """An oversized, disguised or infected file."""

    @pytest.fixture(autouse=True)
    def _small(self, settings):
        settings.FILE_MAX_MB = 1

    @pytest.mark.parametrize("kind", BAD_FILES)
    def test_with_a_new_inquiry(self, browser_of, inquiry, filled, refused_once, kind):
        with refused_once(Code.FILE_REJECTED):
            page = browser_of(inquiry.customer.user).post(
                NEW, {**filled, "files": [files.upload("תקין.pdf"), BAD_FILES[kind]()]}
            )

        assert page.status_code == 422
        assert error_at(page.text, "files")
        assert typed_in(page.text, "description") == {filled["description"]}

    @pytest.mark.parametrize("kind", BAD_FILES)
    def test_with_a_customers_message(self, browser_of, inquiry, refused_once, kind):
        with refused_once(Code.FILE_REJECTED):
            page = browser_of(inquiry.customer.user).post(
                f"/my/inquiries/{inquiry.number}/messages/", {"text": "הנה הטופס", "files": BAD_FILES[kind]()}
            )

        assert page.status_code == 422
        assert error_at(page.text, "files")
        assert typed_in(page.text, "text") == {"הנה הטופס"}

    @pytest.mark.parametrize("kind", BAD_FILES)
    def test_with_a_clerks_message(self, browser_of, held, refused_once, kind):
        with refused_once(Code.FILE_REJECTED):
            page = browser_of(held.clerk).post(
                f"/inquiries/{held.number}/message/",
                {"text": "מצורף אישור", "version": held.version, "uploads": BAD_FILES[kind]()},
            )

        assert page.status_code == 422
        assert error_at(page.text, "uploads")
        assert typed_in(page.text, "text") == {"מצורף אישור"}

    @pytest.mark.parametrize("kind", BAD_FILES)
    def test_attached_by_a_clerk(self, browser_of, held, refused_once, kind):
        sent = {"version": held.version, "show_on_internet": "no", "note": "טיוטה"}

        with refused_once(Code.FILE_REJECTED):
            page = browser_of(held.clerk).post(
                f"/inquiries/{held.number}/files/", {**sent, "upload": BAD_FILES[kind]()}
            )

        assert page.status_code == 422
        assert error_at(page.text, "upload")
        assert typed_in(page.text, "note") == {"טיוטה"}
        assert typed_in(page.text, "show_on_internet") == {"no"}

    @pytest.mark.req("CRM-5.2.11-a")
    def test_infected_closes_the_customers_inquiry_and_is_never_given(self, browser_of, filled, inquiry):
        customer = browser_of(inquiry.customer.user)
        customer.post(NEW, {**filled, "files": files.upload("נגוע.txt", files.EICAR)})
        opened = Inquiry.objects.latest("pk")
        attachment = opened.attachments.get()

        call_command("scan_pending_files")
        page = customer.get(f"/my/inquiries/{opened.number}/")
        given = customer.get(f"/my/inquiries/{opened.number}/files/{attachment.pk}/", follow=True)

        assert fresh(opened).status == "closed_by_system"
        assert "נגוע.txt" in page.text
        assert hebrew(Code.FILE_REJECTED) in given.text.replace("&quot;", '"')
        assert AuditEvent.objects.filter(action="attachment.open", outcome="refused", code="FILE_REJECTED").count() == 1

    @pytest.mark.req("CRM-5.1.3-b")
    def test_infected_of_a_clerk_is_refused_and_the_inquiry_goes_on(self, browser_of, held):
        clerk = browser_of(held.clerk)
        clerk.post(
            f"/inquiries/{held.number}/files/",
            {"version": held.version, "show_on_internet": "yes", "note": "טיוטה",
             "upload": files.upload("נגוע.txt", files.EICAR)},
        )  # fmt: skip
        attachment = held.attachments.get()

        call_command("scan_pending_files")
        given = clerk.get(f"/inquiries/{held.number}/files/{attachment.pk}/content/")

        assert fresh(held).status == "in_treatment"
        assert given.status_code == 400
        assert "נגוע.txt" in given.text
        assert "נגוע.txt" in clerk.get(f"/inquiries/{held.number}/?tab=files").text


class TestDoubleClick:
    """Two clicks do once what one does."""

    @staticmethod
    def twice(browser: Client, address: str, sent: dict[str, object]) -> tuple[str, str]:
        first, second = (browser.post(address, sent) for _click in range(2))
        assert first.status_code == second.status_code == 302
        return first.url, second.url

    def test_on_opening(self, browser_of, inquiry, filled):
        first, second = self.twice(browser_of(inquiry.customer.user), NEW, filled)

        assert first == second
        assert Inquiry.objects.filter(triplet=filled["triplet"]).count() == 1

    def test_on_opening_by_hand(self, browser_of, phone):
        first, second = self.twice(browser_of(phone.operator), MANUAL, {**phone.sent, "key": "k1"})

        assert first == second
        assert Inquiry.objects.filter(triplet=phone.triplet).count() == 1

    def test_on_a_customers_message(self, browser_of, inquiry):
        address = f"/my/inquiries/{inquiry.number}/messages/"

        self.twice(browser_of(inquiry.customer.user), address, {"text": "שלום", "idempotency_key": "k1"})

        assert inquiry.messages.count() == fresh(inquiry).open_messages == 1

    def test_on_a_clerks_message(self, browser_of, held):
        sent = {"text": "שלום", "key": "k1", "version": held.version}

        self.twice(browser_of(held.clerk), f"/inquiries/{held.number}/message/", sent)

        assert held.messages.count() == 1

    def test_on_closing_says_that_it_changed_meanwhile(self, browser_of, held):
        sent = {"status": "closed_success", "reply": "אושר", "version": held.version}
        browser = browser_of(held.clerk)

        first, second = (browser.post(f"/inquiries/{held.number}/treatment/", sent) for _click in range(2))

        assert (first.status_code, second.status_code) == (302, 422)
        assert held.messages.count() == 1
        assert held.history.filter(to_status="closed_success", event="status_change").count() == 1


class TestStalePage:
    """The inquiry changed since the page was drawn."""

    @pytest.mark.parametrize(
        ("door", "field", "more"),
        [
            ("treatment", "proposed_solution", {"status": "waiting_customer", "reply": "נא לצרף"}),
            ("message", "text", {}),
            ("files", "note", {"show_on_internet": "no", "upload": "file"}),
        ],
    )
    def test_is_refused_with_the_newer_state_and_the_clerks_words(
        self, browser_of, held, refused_once, door, field, more
    ):
        old = held.version
        corresponding.customer_message(inquiry_id=held.pk, by=held.customer.user, at=timezone.now(), text="ועוד שאלה")
        sent = {**more, field: "מה שכתבתי", "version": old}
        if "upload" in sent:
            sent["upload"] = files.upload()

        with refused_once(Code.STALE_VERSION):
            page = browser_of(held.clerk).post(f"/inquiries/{held.number}/{door}/", sent)

        assert page.status_code == 422
        assert "מה שכתבתי" in typed_in(page.text, field)
        assert str(fresh(held).version) in typed_in(page.text, "version")
        assert hebrew(Code.STALE_VERSION) in page.text


class TestMessage:
    """A message past its limit or its window."""

    @pytest.mark.req("CRM-2.2.4-a")
    def test_past_the_limit(self, browser_of, inquiry, refused_once):
        browser, address = browser_of(inquiry.customer.user), f"/my/inquiries/{inquiry.number}/messages/"
        for number in range(3):
            browser.post(address, {"text": f"הודעה {number}"})

        with refused_once(Code.CORRESPONDENCE_LIMIT_REACHED):
            page = browser.post(address, {"text": "הודעה רביעית"})

        assert page.status_code == 422
        assert typed_in(page.text, "text") == {"הודעה רביעית"}
        assert "מחכות לתשובה" in error_at(page.text, "text")

    @pytest.mark.req("CRM-2.2.4-b")
    def test_past_the_window(self, browser_of, refused_once):
        inquiry = InquiryFactory(closed=True, at=timezone.now() - timedelta(days=40))

        with refused_once(Code.CORRESPONDENCE_WINDOW_CLOSED):
            page = browser_of(inquiry.customer.user).post(
                f"/my/inquiries/{inquiry.number}/messages/", {"text": "ומה עם הריבית?"}
            )

        assert page.status_code == 422
        assert typed_in(page.text, "text") == {"ומה עם הריבית?"}
        assert "14" in error_at(page.text, "text")
        assert "פנייה חדשה" in error_at(page.text, "text")

    def test_that_is_empty(self, browser_of, held, refused_once):
        for user, address in (
            (held.customer.user, f"/my/inquiries/{held.number}/messages/"),
            (held.clerk, f"/inquiries/{held.number}/message/"),
        ):
            with refused_once(Code.FIELD_REQUIRED):
                page = browser_of(user).post(address, {"text": " \n ", "version": held.version})

            assert page.status_code == 422
            assert error_at(page.text, "text") == hebrew(Code.FIELD_REQUIRED)


class TestOpenLimit:
    @pytest.mark.req("CRM-2.2.6-a")
    def test_a_fourth_inquiry_is_refused_and_leads_to_the_three(self, browser_of, inquiry, filled, refused_once):
        browser = browser_of(inquiry.customer.user)
        for key in range(3):
            browser.post(NEW, {**filled, "submission_key": f"first-{key}"})
        numbers = list(Inquiry.objects.filter(triplet=filled["triplet"]).values_list("number", flat=True))

        with refused_once(Code.OPEN_LIMIT_REACHED):
            page = browser.post(NEW, filled)

        assert page.status_code == 422
        assert len(numbers) == 3
        assert all(f"/my/inquiries/{number}/" in page.text for number in numbers)
        assert typed_in(page.text, "description") == {filled["description"]}


class Phone:
    """An operator of an information centre, and what he writes while talking."""

    def __init__(self) -> None:
        from tests.factories.inquiries import head_team, load_reference

        load_reference()
        head_team()
        self.operator = operator()
        self.triplet = TripletFactory(main_topic="מס הכנסה", sub_topic="תיקים", detail="פתיחת תיק")
        TripletTeam.objects.create(triplet=self.triplet, team=self.operator.team_memberships.get().team)
        self.sent = {
            "channel": "phone", "id_number": CustomerFactory().id_number, "description": "איך פותחים תיק?",
            "main_topic": "מס הכנסה", "sub_topic": "תיקים", "detail": "פתיחת תיק", "proposed_solution": "הוסבר",
        }  # fmt: skip


@pytest.fixture
def phone() -> Phone:
    return Phone()


class TestPhoneInquiry:
    """A phone inquiry without a proposed solution."""

    @pytest.mark.req("CRM-5.2-c")
    def test_is_not_opened(self, browser_of, phone):
        browser = browser_of(phone.operator)

        page = browser.post(MANUAL, {**phone.sent, "proposed_solution": " "})

        assert page.status_code == 422
        assert error_at(page.text, "proposed_solution") == hebrew(Code.FIELD_REQUIRED)
        assert typed_in(page.text, "description") == {phone.sent["description"]}
        assert AuditEvent.objects.filter(outcome="refused", code="FIELD_REQUIRED").count() == 1
        assert not Inquiry.objects.filter(number__isnull=False).exists()  # only the draft of T1 is there
        assert not StatusHistory.objects.exists()

    @pytest.mark.req("CRM-5.2-c")
    @pytest.mark.parametrize("status", ["closed_success", "waiting_customer", "closed_no_treatment"])
    def test_changes_no_status(self, browser_of, phone, refused_once, status):
        browser = browser_of(phone.operator)
        browser.post(MANUAL, phone.sent)
        inquiry = Inquiry.objects.get()
        reason = {"closing_reason": "identical_inquiry"} if status == "closed_no_treatment" else {}
        sent = {"status": status, "version": inquiry.version, **reason}

        with refused_once(Code.FIELD_REQUIRED):
            page = browser.post(f"/inquiries/{inquiry.number}/treatment/", sent)

        assert page.status_code == 422
        assert error_at(page.text, "proposed_solution") == hebrew(Code.FIELD_REQUIRED)
        assert typed_in(page.text, "status") == {status}

    @pytest.mark.req("CRM-5.2-c")
    def test_has_no_reply(self, browser_of, phone):
        browser = browser_of(phone.operator)
        browser.post(MANUAL, phone.sent)
        inquiry = Inquiry.objects.get()

        page = browser.get(f"/inquiries/{inquiry.number}/")

        assert typed_in(page.text, "reply") == set()


class TestTreatment:
    """What a clerk leaves out or makes up."""

    def test_a_status_that_no_move_leads_to(self, browser_of, held, refused_once):
        with refused_once(Code.INVALID_VALUE):
            page = browser_of(held.clerk).post(
                f"/inquiries/{held.number}/treatment/",
                {"status": "closed_by_system", "proposed_solution": "כך", "version": held.version},
            )

        assert page.status_code == 422
        assert error_at(page.text, "status")
        assert "כך" in typed_in(page.text, "proposed_solution")

    def test_a_team_that_the_triplet_does_not_have(self, browser_of, held, refused_once):
        with refused_once(Code.INVALID_VALUE):
            page = browser_of(held.clerk).post(
                f"/inquiries/{held.number}/treatment/",
                {"status": "forwarded", "team": "999999", "proposed_solution": "כך", "version": held.version},
            )

        assert page.status_code == 422
        assert error_at(page.text, "team")

    def test_assignment_to_somebody_who_is_not_on_the_list(self, browser_of, inquiry, refused_once):
        with refused_once(Code.INVALID_VALUE):
            page = browser_of(inquiry.clerk).post(
                "/inquiries/assign/",
                {"n": inquiry.number, "target": "other", "receiver": "employee:1:1", "note": "קחי"},
            )

        assert page.status_code == 422
        assert error_at(page.text, "receiver")
        assert typed_in(page.text, "note") == {"קחי"}

    def test_assignment_of_what_a_colleague_just_took(self, browser_of, inquiry, refused_once):
        colleague = UserFactory(roles=[Role.HANDLER])
        inquiry.handling_team.members.create(user=colleague)
        assigning.assign_to_me(inquiry_id=inquiry.pk, by=inquiry.clerk, at=timezone.now())

        with refused_once(Code.ALREADY_ASSIGNED):
            page = browser_of(colleague).post("/inquiries/assign/", {"n": inquiry.number, "target": "me"})

        assert page.status_code == 422
        assert str(inquiry.clerk) in page.text

    def test_a_search_for_stars_alone(self, browser_of, held, refused_once):
        with refused_once(Code.INVALID_VALUE):
            page = browser_of(held.clerk).get("/inquiries/views/unit_all/?q=**")

        assert page.status_code == 422
        assert error_at(page.text, "q")
        assert held.number not in page.text

    def test_a_filter_inside_a_widget(self, browser_of, held, refused_once):
        with refused_once(Code.FILTER_ONLY_IN_FULL_VIEW):
            page = browser_of(held.clerk).get("/inquiries/home/?status=in_treatment")

        assert page.status_code == 400
        assert hebrew(Code.FILTER_ONLY_IN_FULL_VIEW) in page.text
