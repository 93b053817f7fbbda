"""Opening letters: each through its own permission check."""

import pytest
from django.conf import settings
from django.urls import reverse

from compensation.services import deciding
from tests.compensation.conftest import AT
from tests.compensation.services.test_deciding import propose
from tests.factories.compensation import ClaimFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(in_review, clerk, manager):
    propose(in_review, clerk)
    deciding.approve(claim_id=in_review.pk, by=manager, at=AT)
    return in_review.notices.get()


def own(notice):
    return reverse("objections:own_letter", args=[notice.claim.number, notice.pk])


@pytest.mark.req("CMP-2.4-b")
def test_the_claimant_opens_his_letter_and_is_served_with_it(client, notice):
    client.force_login(notice.claim.claimant.customer.user)

    page = client.get(own(notice))

    assert page["Content-Type"] == "application/pdf"
    assert b"".join(page.streaming_content).startswith(b"%PDF")
    notice.refresh_from_db()
    assert notice.served_at is not None


@pytest.mark.req("CMP-8.10-a")
def test_the_message_leads_to_the_letter(client, notice):
    client.force_login(notice.claim.claimant.customer.user)

    address = notice.email.body.split(settings.PORTAL_URL)[1].split()[0]

    assert address == own(notice)
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")


def test_nobody_opens_another_claimants_letter(client, notice):
    client.force_login(ClaimFactory(filed=True).claimant.customer.user)

    assert client.get(own(notice)).status_code == 404


def test_a_letter_opened_by_the_fund_serves_nobody(client, notice, clerk):
    client.force_login(clerk)

    page = client.get(reverse("claims:letter", args=[notice.claim.number, notice.pk]))

    assert b"".join(page.streaming_content).startswith(b"%PDF")
    notice.refresh_from_db()
    assert notice.served_at is None
