import pytest
from django.utils.html import escape

from routing.models import BusinessUnit

pytestmark = pytest.mark.usefixtures("shipped")
ABROAD = "203.0.113.7"


@pytest.mark.req("CRM-7-s")
def test_the_contact_page_answers_from_abroad_and_lists_each_offices_channels(client):
    page = client.get("/contact/", REMOTE_ADDR=ABROAD)

    assert page.status_code == 200
    for office in BusinessUnit.objects.filter(kind="office"):
        assert page.text.count(f">{escape(office.name)}<") == 1
        assert office.public_email in page.text
    assert client.get("/routing/what-if/", REMOTE_ADDR=ABROAD).status_code == 403


@pytest.mark.req("CRM-7-s")
def test_a_closed_office_and_headquarters_are_not_listed(client):
    BusinessUnit.objects.filter(code="it-haifa").update(is_active=False)

    page = client.get("/contact/")

    assert "it-haifa@" not in page.text
    assert "hq-professional@" not in page.text


def test_without_any_office_the_page_still_leads_on(client):
    BusinessUnit.objects.update(public_phone="", public_email="")

    assert "www.gov.il" in client.get("/contact/").text
