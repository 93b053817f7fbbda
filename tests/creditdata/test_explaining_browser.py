"""A subject's file in a browser: the panel of what a report would show is accessible and fits a desk and a phone."""

import pytest
from django.urls import reverse

from creditdata.rules.codes import RecordKind
from crm_portal.people.rules.roles import Role
from tests.factories.creditdata import DataSubjectFactory, member
from tests.inquiries.views.test_clerk_browser import enter

from .selectors.holding import hold, hold_files

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")], ids=["desk", "phone"])
def test_the_panel_of_a_file_is_read_on_any_screen(page, live_server, assert_accessible, width, scheme):
    subject = DataSubjectFactory()
    hold_files(subject, RecordKind.JUDGMENT_FILE, 2)
    hold(subject, RecordKind.RECEIVING_ORDER)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    enter(page, live_server, member(Role.LICENSEE_RECORDS, subject.licensee))

    page.goto(f"{live_server.url}{reverse('credit:subject', args=[subject.pk])}?purpose=correction")

    panel = page.get_by_role("region", name="מה היה מוצג בדוח היום").first
    panel.wait_for()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
