"""The web server dies while an inquiry is sent: nothing is half saved, and sending again opens one inquiry."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from inquiries.models import Inquiry
from tests.factories.inquiries import head_team, load_reference, office
from tests.factories.people import CustomerFactory
from tests.faults.locking import notices_held, waits_for_a_notice
from tests.fixtures.servers import eventually

NEW = "/my/inquiries/new/"


@pytest.fixture
def filled(transactional_db):
    load_reference()
    head_team()
    triplet = office().triplet_teams.get().triplet
    return {
        "main_topic": triplet.main_topic,
        "sub_topic": triplet.sub_topic,
        "triplet": triplet.pk,
        "description": "מה חסר בתיק?",
        "submission_key": "one-form",
    }


def test_a_form_sent_again_after_the_web_server_died_opens_one_inquiry(filled, web_process):
    browser = web_process.browser_of(CustomerFactory().user)
    with ThreadPoolExecutor() as senders:
        with notices_held():
            lost = senders.submit(browser.post, NEW, filled)
            eventually(waits_for_a_notice, what="the request in the middle")
            web_process.kill()
        with pytest.raises(OSError):  # noqa: PT011 - what the socket says differs; the browser shows its own page
            lost.result()
        eventually(lambda: not waits_for_a_notice(), what="the end of the dead server's session")
        assert not Inquiry.objects.exists()

        web_process.start()
        web_process.wait_until_ready()
        answers = list(senders.map(browser.post, [NEW] * 3, [filled] * 3))

    inquiry = Inquiry.objects.get()
    assert answers == [(302, f"/my/inquiries/{inquiry.number}/")] * 3
