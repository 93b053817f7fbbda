"""Names and texts that try to mislead the reader of a page."""

import pytest

from tests.factories.inquiries import InquiryFactory
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db
OVERRIDE = "\u202e"


def test_a_name_that_turns_its_line_around_is_isolated_in_every_list(browser_of):
    customer = CustomerFactory(last_name=f"{OVERRIDE}ןהכ", first_name="<b>רות</b>")
    inquiry = InquiryFactory(customer=customer, in_treatment=True)
    browser = browser_of(inquiry.clerk)

    for address in ("/inquiries/home/", "/inquiries/views/unit_all/", f"/inquiries/{inquiry.number}/"):
        page = browser.get(address).text
        assert "<b>רות</b>" not in page
        assert OVERRIDE in page
        for before in page.split(OVERRIDE)[:-1]:
            _text, isolated, since = before.rpartition("<bdi")
            tag = before.rpartition("<")[2]
            is_alone = "title>" in tag or tag.count('"') % 2 == 1  # a title or an attribute holds nothing else to turn
            assert is_alone or (isolated and "</bdi>" not in since), (address, before[-120:])
