from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.errors import Code, Refused
from crm_portal.people.models import Customer
from crm_portal.people.services import customers
from tests.factories.people import CustomerFactory, valid_id

pytestmark = pytest.mark.django_db


def find(**about):
    return customers.find_or_create(by=None, at=timezone.now(), **{"last_name": "כהן", "first_name": "רות", **about})


@pytest.mark.req("CRM-2.1.1-b")
def test_the_existing_file_is_used_however_the_number_is_typed():
    number = valid_id(1_234_567)
    existing = CustomerFactory(id_number=number)

    found = find(id_number=number.lstrip("0"))

    assert found == existing
    assert Customer.objects.count() == 1


@pytest.mark.req("CRM-2.1.1-b")
def test_a_second_file_for_one_number_is_refused_and_the_refusal_is_audited():
    existing = CustomerFactory()

    with pytest.raises(Refused) as refused:
        customers.create(by=None, at=timezone.now(), id_number=existing.id_number, last_name="לוי")

    assert refused.value.code == Code.DUPLICATE
    assert refused.value.refusals[0].fields == ("id_number",)
    assert AuditEvent.objects.filter(action="customer.create", outcome="refused", code="DUPLICATE").exists()


def test_a_wrong_check_digit_opens_no_file():
    wrong = str(int(valid_id(20_000_000)) + 1)

    with pytest.raises(Refused) as refused:
        find(id_number=wrong)

    assert refused.value.code == Code.INVALID_VALUE
    assert not Customer.objects.exists()


@pytest.mark.parametrize(
    ("about", "kind"),
    [
        ({"id_number": valid_id(51_000_000)}, "company"),
        ({"id_number": valid_id(30_000_000)}, "person"),
        ({"country": "fr", "foreign_number": "12ab345"}, "foreign"),
    ],
)
def test_the_number_tells_the_kind_of_customer(about, kind):
    assert find(**about).kind == kind


def test_a_foreign_customer_has_one_file_too():
    assert find(country="FR", foreign_number="12AB345") == find(country="fr", foreign_number="12-ab 345")


@pytest.mark.req("CRM-2.1.1-b")
@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_moment_get_the_same_file():
    number = valid_id(40_000_000)

    def one(_):
        try:
            return find(id_number=number).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(one, range(6)))

    assert len(found) == 1
    assert Customer.objects.count() == 1
