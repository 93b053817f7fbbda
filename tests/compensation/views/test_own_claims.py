"""The claimant's area: his claims, one claim with its clocks and notices, answers, the address, the withdrawal."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compensation.models import ClaimInquiry, Notice, Programme, Signatory
from compensation.rules.codes import ClaimState, NoticeKind
from compensation.services import details, notices
from crm_portal.audit.models import AuditEvent
from crm_portal.messaging.models import Notification
from inquiries.models import Inquiry
from routing.models import Team, Triplet
from tests.compensation.conftest import AT, fresh
from tests.compensation.services.test_details import SERVED, demand
from tests.factories.compensation import ClaimFactory
from tests.factories.files import pdf
from tests.factories.inquiries import head_team, load_reference, office
from tests.factories.money import decided
from tests.factories.people import CustomerFactory, PowerOfAttorneyFactory, RepresentativeEmployeeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_winter():
    with time_machine.travel(SERVED + timedelta(days=3), tick=False):
        yield


@pytest.fixture
def topic(db) -> Triplet:
    """The fund's own topic of inquiries, with a team."""
    load_reference()
    head_team()
    team: Team = office(tax_system="income_tax", code="fund-claim-status")
    return team.triplet_teams.get().triplet


def page_of(claim, name="own_claim", *more):
    return reverse(f"compensation:{name}", args=[claim.number, *more])


def at_home(client, claim):
    client.force_login(claim.claimant.customer.user)
    return client


@pytest.mark.req("CMP-8.10-b")
def test_the_area_shows_state_stopped_clock_demand_notices_and_the_address(client, in_review, clerk):
    demand(in_review, clerk)
    page = at_home(client, in_review).get(page_of(in_review)).content.decode()

    assert fresh(in_review).get_state_display() in page
    assert "המועד להחלטה מושהה בהמתנה לפרטים" in page
    assert "נא לצרף טופס 102" in page
    [notice] = in_review.notices.all()
    assert notice.title in page
    assert reverse("objections:own_letter", args=[in_review.number, notice.pk]) in page
    assert in_review.claimant.email in page
    assert f'href="{page_of(in_review, "contact")}"' in page


@pytest.mark.req("CMP-8.10-b")
def test_the_area_shows_what_was_decided_and_what_is_paid(client):
    claim = decided(150_000, state=ClaimState.PARTIALLY_APPROVED)
    notices.serve(claim, NoticeKind.DECISION, "החלטה בתביעה", at=AT, decision=claim.decisions.get())
    page = at_home(client, claim).get(page_of(claim)).content.decode()

    assert "150,000" in page
    assert "החלטה בתביעה" in page


def test_what_happened_within_the_fund_is_not_told(client, in_review, clerk):
    page = at_home(client, in_review).get(page_of(in_review)).content.decode()

    assert str(clerk) not in page
    assert "נבדק מול המסמכים" not in page


@pytest.mark.req("CMP-8.1.4-a", "CMP-5.4.1-a")
def test_documents_on_demand_are_attached_to_the_answer_and_read_by_the_clerk(client, in_review, clerk):
    asked = demand(in_review, clerk)
    sheet = SimpleUploadedFile("102.pdf", pdf(), content_type="application/pdf")
    sent = at_home(client, in_review).post(page_of(in_review, "answer", asked.pk), {"text": "מצורף", "files": sheet})

    assert sent.status_code == 302
    asked.refresh_from_db()
    [document] = asked.documents.all()
    assert (asked.answer, document.file.name, document.uploaded_by) == (
        "מצורף", "102.pdf", in_review.claimant.customer.user,
    )  # fmt: skip
    client.force_login(clerk)
    assert "102.pdf" in client.get(reverse("claims:review", args=[in_review.number])).content.decode()


@pytest.mark.parametrize(("text", "name", "status"), [("", "", 422), ("מצורף", "virus.exe", 422)])
def test_an_answer_that_is_refused_is_told_and_nothing_of_it_is_kept(client, in_review, clerk, text, name, status):
    asked = demand(in_review, clerk)
    typed = {"text": text, **({"files": SimpleUploadedFile(name, b"MZ")} if name else {})}
    page = at_home(client, in_review).post(page_of(in_review, "answer", asked.pk), typed)

    assert page.status_code == status
    assert text in page.content.decode()
    asked.refresh_from_db()
    assert (asked.answered_at, in_review.documents.count()) == (None, 0)


@pytest.mark.req("CMP-9.8-a")
def test_the_next_notice_goes_to_the_address_that_the_claimant_changed(client, in_review):
    claimant = in_review.claimant
    before = {"email": claimant.email, "mobile": claimant.mobile}
    saved = at_home(client, in_review).post(
        page_of(in_review, "contact"), {"email": "new@example.org", "mobile": "052-7654321"}
    )
    assert saved.status_code == 302

    notices.serve(fresh(in_review), NoticeKind.OTHER, "הודעה", at=AT)
    sent = Notification.objects.filter(about=in_review.number).values_list("channel", "address")
    assert sorted(sent) == [("email", "new@example.org"), ("sms", "+972527654321")]
    logged = AuditEvent.objects.get(action="claimant.keep_contact")
    assert (logged.actor, logged.before) == (claimant.customer.user, before)
    assert logged.after == {"email": "new@example.org", "mobile": "+972527654321"}


def test_an_address_is_never_left_empty(client, in_review):
    refused = at_home(client, in_review).post(page_of(in_review, "contact"), {"email": "", "mobile": "1"})

    assert refused.status_code == 422
    claimant = fresh(in_review).claimant
    assert (claimant.email, claimant.mobile) == (in_review.claimant.email, in_review.claimant.mobile)


@pytest.mark.req("CMP-8.3-a")
def test_every_page_of_the_fund_has_the_contact_box(client, in_review):
    at_home(client, in_review)
    pages = [page_of(in_review, name) for name in ("own_claim", "contact", "ask", "withdraw")]
    general = ("own_claims", "new", "check", "check_request", "instruction")
    pages += [reverse(f"compensation:{name}") for name in general]
    pages += [reverse(f"asking:{name}") for name in ("own", "advance", "extension")]
    draft = ClaimFactory(claimant=in_review.claimant)
    pages += [page_of(draft, "step", "identity"), page_of(draft, "delete")]

    for url in pages:
        page = client.get(url).content.decode()
        for words in ("*4954", "02-5656400", "08:30–15:30", "Go.gov.il/NezekAkif"):
            assert words in page, (url, words)


@pytest.mark.req("CMP-8.3-a")
def test_a_question_about_a_claim_becomes_an_inquiry_that_the_claim_lists(client, in_review, topic):
    at_home(client, in_review)
    form = client.get(page_of(in_review, "ask"))
    key = form.context["form"]["submission_key"].value()
    typed = {"text": "מתי תתקבל החלטה?", "submission_key": key}
    sent = client.post(page_of(in_review, "ask"), typed)
    client.post(page_of(in_review, "ask"), typed)  # a double click

    inquiry = Inquiry.objects.get()
    assert sent.url == reverse("personal:inquiry", args=[inquiry.number])
    assert (inquiry.triplet, inquiry.customer) == (topic, in_review.claimant.customer)
    assert in_review.number in inquiry.description
    assert ClaimInquiry.objects.get().claim == in_review
    assert inquiry.number in client.get(page_of(in_review)).content.decode()
    assert client.get(sent.url).status_code == 200  # its thread


@pytest.mark.req("CMP-8.3-a")
def test_a_representative_asks_in_the_name_of_his_client(client, topic):
    customer = CustomerFactory(id_number="111100012")  # whom the register knows as a client of this accountant
    claim = ClaimFactory(filed=True, claimant__customer=customer)
    employee = RepresentativeEmployeeFactory(representative__id_number="122200033")
    PowerOfAttorneyFactory(representative=employee.representative, customer=customer)
    client.force_login(employee.user)
    sent = client.post(page_of(claim, "ask"), {"text": "מה מצב התביעה?", "submission_key": "k" * 32})

    assert sent.status_code == 302
    inquiry = Inquiry.objects.get()
    assert (inquiry.customer, inquiry.channel_id) == (customer, "rep_network")
    assert ClaimInquiry.objects.get().claim == claim


@pytest.mark.req("CMP-8.1.5-a")
def test_a_withdrawal_is_warned_of_and_confirmed_on_a_page_of_its_own(client, in_review):
    page = at_home(client, in_review).get(page_of(in_review, "withdraw")).content.decode()
    assert "משיכת תביעה היא סופית" in page

    unconfirmed = client.post(page_of(in_review, "withdraw"), {"version": in_review.version})
    assert unconfirmed.status_code == 422
    assert fresh(in_review).state == ClaimState.IN_REVIEW.value

    confirmed = client.post(page_of(in_review, "withdraw"), {"version": in_review.version, "confirmed": "on"})
    assert confirmed.status_code == 302
    assert fresh(in_review).state == ClaimState.WITHDRAWN.value
    Programme.objects.update(is_current=True)
    begins = client.post(reverse("compensation:new"), {"customer": in_review.claimant.customer_id})
    assert begins.status_code == 422
    assert "תביעה שבוטלה אינה ניתנת להגשה בשנית" in begins.content.decode()


def test_a_notice_without_a_letter_leads_to_the_page_of_the_claim(client, in_review):
    Notice.objects.all().delete()
    notices.serve(in_review, NoticeKind.OTHER, "הודעה", at=AT)
    [mail] = Notification.objects.filter(about=in_review.number, channel="email")

    assert page_of(in_review) in mail.body
    assert at_home(client, in_review).get(page_of(in_review)).status_code == 200


def test_the_list_and_a_claim_ask_as_many_queries_for_many_rows_as_for_few(client, in_review, clerk):
    customer = in_review.claimant.customer
    at_home(client, in_review)

    def queries():
        found = []
        for url in (reverse("compensation:own_claims"), page_of(in_review)):
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            found.append(len(asked))
        return found

    demand(in_review, clerk)
    few = queries()
    for _more in range(4):
        demand(in_review, clerk)
        notices.serve(fresh(in_review), NoticeKind.OTHER, "הודעה", at=AT)
        corporation = CustomerFactory(user=None)
        Signatory.objects.create(corporation=corporation, person=customer, valid_from=SERVED.date())
        ClaimFactory(claimant__customer=corporation, created_by=customer.user)
    assert queries() == few
    assert few[0] <= 12
    assert few[1] <= 35, few


def test_a_demand_of_another_claim_is_not_answered_here(client, in_review, clerk):
    asked = demand(in_review, clerk)
    other = ClaimFactory(filed=True)

    assert at_home(client, other).post(page_of(other, "answer", asked.pk), {"text": "מצורף"}).status_code == 404
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_an_accepted_answer_closes_the_form(client, in_review, clerk):
    asked = demand(in_review, clerk)
    user = in_review.claimant.customer.user
    details.answer_details(request_id=asked.pk, by=user, at=SERVED, text="מצורף", claims=[in_review.pk])
    details.accept_details(request_id=asked.pk, by=clerk, at=SERVED + timedelta(days=1))

    page = at_home(client, in_review).get(page_of(in_review)).content.decode()
    assert "מצורף" in page
    assert page_of(in_review, "answer", asked.pk) not in page
