"""
Representatives in a browser: scenarios 3, 4, 5 and 12 of section 10.3, on the pages of all who take part.

The local registers answer: 122200017 is an active lawyer, 122200025 an inactive one, 122200033 an accountant;
111100020 has a file 91 and no power for the medical committees.
"""

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import expect

from crm_portal.files.services.settling import settle
from crm_portal.people.models import PoaRequest
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.services import timing
from inquiries.models import ComputerisedFileEntry, Inquiry
from inquiries.services import assigning
from tests.factories import files
from tests.factories.inquiries import fresh, head_team, load_reference, office, real_estate
from tests.factories.people import CustomerFactory, RepresentativeEmployeeFactory, RepresentativeFactory, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
CLIENT = "111100020"


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.COMPUTERISED_FILE_FOLDER = tmp_path / "computerised"


@pytest.fixture
def browse(page, live_server, assert_accessible):
    """Go somewhere as somebody: a clerk at a desk, everybody else on a phone; the page must be accessible there."""
    load_reference()
    head_team()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)

    def go(user, path):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        page.context.add_cookies([{"name": "sessionid", "value": session.session_key, "url": live_server.url}])
        page.set_viewport_size({"width": 1440, "height": 900} if user.is_employee else {"width": 390, "height": 844})
        page.goto(f"{live_server.url}{path}")
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
        return page

    yield go
    assert faults == []


def card_of(id_number, kind="accountant"):
    return RepresentativeEmployeeFactory(
        representative=RepresentativeFactory(id_number=id_number, kind=kind, name="נבו יעל")
    )


def choose_topic(page, triplet):
    page.select_option("#id_main_topic", triplet.main_topic)
    page.select_option("#topics:not(.htmx-added) #id_sub_topic", triplet.sub_topic)
    page.select_option("#topics:not(.htmx-added) #id_triplet", str(triplet.pk))


def send(page):
    page.click(".wiz__actions button")
    expect(page.locator(".toast")).to_contain_text("הפנייה התקבלה")
    return Inquiry.objects.latest("pk")


def take(inquiry):
    clerk = inquiry.handling_team.members.first().user
    assigning.assign_to_me(inquiry_id=inquiry.pk, by=clerk, at=timezone.now())
    return clerk


@pytest.mark.req("CRM-6.6-f")
def test_a_limited_power_is_asked_for_approved_used_and_revoked(browse, assert_accessible):
    card, customer = card_of("122200033"), CustomerFactory(id_number=CLIENT, last_name="ברקאי", first_name="איתן")
    triplet = office(tax_system="income_tax", poa_limited_topic="medical_committees").triplet_teams.get().triplet

    page = browse(card.user, "/my/poa-requests/")
    page.fill("#id_customer_id_number", CLIENT)
    page.click("label:has-text('ועדות רפואיות')")
    page.click("text=שליחה לאישור הלקוח")
    expect(page.locator("main")).to_contain_text("ממתין לאישור הלקוח")

    page = browse(card.user, f"/my/inquiries/new/?on_behalf=customer&customer_id_number={CLIENT}")
    choose_topic(page, triplet)
    expect(page.locator("#relation .alert")).to_contain_text("הלקוח עוד לא אישר")

    page = browse(customer.user, "/my/powers/")
    page.click("button:has-text('אישור הבקשה')")
    expect(page.locator("main")).to_contain_text("בתוקף")

    page = browse(card.user, f"/my/inquiries/new/?on_behalf=customer&customer_id_number={CLIENT}")
    choose_topic(page, triplet)
    expect(page.locator("#relation [data-tone=ok]")).to_contain_text("ברקאי איתן")
    assert_accessible(page)
    page.fill("#id_description", "מתי תתכנס הוועדה?")
    inquiry = send(page)

    page = browse(customer.user, "/my/powers/")
    page.click("text=ביטול ייפוי הכוח")
    page.click("text=כן, לבטל")
    expect(page.locator(".toast")).to_contain_text("ייפוי הכוח בוטל")
    assert PoaRequest.objects.get().state == "revoked"

    page = browse(take(inquiry), f"/inquiries/{inquiry.number}/?tab=messages")
    expect(page.locator("main")).to_contain_text("בקשה שאושרה")
    page.fill("#message_text", "הוועדה תתכנס ביום ראשון.")
    page.click("form:has(#message_text) button[type=submit]")
    expect(page.locator(".thread")).to_contain_text("הוועדה תתכנס ביום ראשון.")


@pytest.mark.req("CRM-6.6-c")
def test_without_a_power_and_in_own_name_about_a_client_one_closing_is_left(browse, assert_accessible):
    card = card_of("122200041", "tax_adviser")
    CustomerFactory(id_number=CLIENT)
    triplet = office(tax_system="vat").triplet_teams.get().triplet

    page = browse(card.user, "/my/inquiries/new/")
    page.click("label:has([value=customer])")
    page.fill("#id_customer_id_number", CLIENT)
    choose_topic(page, triplet)
    expect(page.locator("#relation [data-tone=warn]")).to_be_visible()
    assert_accessible(page)
    page.click("label:has([value=self])")
    expect(page.locator("#id_customer_id_number")).to_be_hidden()
    page.fill("#id_description", "מה מצב ההקצאות של הלקוח שלי?")
    inquiry = send(page)

    page = browse(take(inquiry), f"/inquiries/{inquiry.number}/")
    page.click("summary:has-text('הפנייה נוגעת לישות אחרת')")
    page.fill("#own_concerns_number", CLIENT)
    page.click("form:has(#own_concerns_number) button[type=submit]")
    expect(page.locator("main")).to_contain_text("אין לטפל בפנייה")
    assert_accessible(page)
    page.click("text=לסגירה בסיבה זו")
    expect(page.locator("#id_closing_reason")).to_have_value("not_opened_for_customer")
    page.fill("#id_reply", "יש לרשום ייפוי כוח במרשם המייצגים ולפתוח פנייה על שם הלקוח.")
    page.fill("#id_proposed_solution", "הפנייה לא נפתחה על שם הלקוח")
    page.click("#treatment label:has(#id_verdict_0)")
    page.click("#treatment button[type=submit]")

    expect(page.locator(".record .status")).to_have_text("סגור-ללא טיפול")
    assert fresh(inquiry).closing_reason_id == "not_opened_for_customer"


@pytest.mark.req("CRM-6.6-i")
@pytest.mark.req("CRM-6.6-j")
@pytest.mark.parametrize(
    ("lawyer", "is_active"), [("122200025", False), ("122200017", True)], ids=["inactive", "active"]
)
def test_real_estate_is_answered_after_the_check_and_goes_into_the_computerised_file(
    browse, assert_accessible, lawyer, is_active
):
    card = card_of(lawyer, "lawyer")
    triplet = real_estate(in_treatment=False).triplet

    page = browse(card.user, "/my/inquiries/new/")
    page.click("label:has([value=client])")
    choose_topic(page, triplet)
    page.fill("#id_description", "מספר השומה אינו בידי.")
    page.set_input_files("#id_files", [{"name": "power.pdf", "mimeType": "application/pdf", "buffer": files.pdf()}])
    inquiry = send(page)
    settle(file_id=inquiry.attachments.get().file_id, at=timezone.now())

    page = browse(take(inquiry), f"/inquiries/{inquiry.number}/")
    expect(page.locator("main")).to_contain_text("לפני כל מענה יש לבדוק את הייצוג")
    page.click("label:has([value=attached_power])")
    page.select_option("#check_attachment", label="power.pdf")
    page.click("text=רישום הבדיקה")
    if not is_active:
        expect(page.locator("main")).to_contain_text("אינו עורך דין פעיל")
        assert_accessible(page)
        assert not inquiry.representation_checks.exists()
        return
    expect(page.locator(".toast")).to_contain_text("בדיקת הייצוג נרשמה")
    for name, value in {"assessment_number": "900000111", "tax_type": "מס שבח", "area": "תל אביב"}.items():
        page.fill(f"#estate_{name}", value)
    page.click("form:has(#estate_area) button[type=submit]")
    expect(page.locator("main")).to_contain_text("בדרך לתיק הממוחשב")
    timing.run(timing.timers()["push_computerised_file"], at=timezone.now())
    page.reload()

    expect(page.locator("main")).to_contain_text("בתיק הממוחשב")
    assert ComputerisedFileEntry.objects.exclude(written_at=None).count() == 2  # the inquiry and its power of attorney


@pytest.mark.req("CRM-7-t")
def test_a_section_60_representative_is_registered_switched_on_and_opens(browse):
    card, admin = card_of("122200017", "lawyer"), UserFactory(roles=[Role.CRM_ADMIN])
    triplet = office(tax_system="vat").triplet_teams.get().triplet

    page = browse(admin, "/inquiries/section-60/")
    for name, value in {
        "representative_id_number": "122200017", "business_name": "Nordwind GmbH", "country": "DE",
        "foreign_number": "HRB900001",
    }.items():  # fmt: skip
        page.fill(f"#id_{name}", value)
    page.click("form:has(#id_country) button[type=submit]")
    page.click("text=המינוי אומת: הפעלה")
    expect(page.locator("tbody")).to_contain_text("מופעל")

    page = browse(card.user, "/my/inquiries/new/")
    page.click("label:has([value=section_60])")
    page.select_option("#id_foreign_customer", label="Nordwind GmbH")
    choose_topic(page, triplet)
    expect(page.locator("#relation [data-tone=ok]")).to_contain_text("Nordwind GmbH")
    page.fill("#id_description", "בירור חוב של העסק הזר.")

    assert send(page).customer.country == "DE"
