"""The index of parts: it is what finds a part anywhere in a text (clause 3.3, `*`)."""

import pytest
from django.db import connection

from crm_portal.people.models import Customer, TaxFile
from crm_portal.people.models.customers import CUSTOMER_TEXTS, FILE_TEXTS
from crm_portal.people.models.parts import having_parts, parts_of
from inquiries.models import Inquiry
from inquiries.models.inquiry import INQUIRY_TEXTS
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["", "א", "אב", "אבג", "0000042", "בן  דוד־לוי", "50%_\\'x", "e\u0301🙂🙂🙂🙂"])
def test_the_database_and_the_search_cut_a_text_into_the_same_parts(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT parts_of_texts(%s, NULL, '')", [text])
        [(parts,)] = cursor.fetchall()

    assert sorted(parts) == parts_of(text)


@pytest.mark.req("CRM-3.3-b")
def test_a_text_that_stands_in_a_column_is_never_left_out():
    customer = CustomerFactory(last_name="אזולאי", first_name="מרים", id_number="022604178")

    for text in ("אזו", "י מ", "אזולאי מרים", "60417", "178", "78"):
        assert customer in having_parts(Customer.objects.all(), text, CUSTOMER_TEXTS), text
    assert customer not in having_parts(Customer.objects.all(), "זולת", CUSTOMER_TEXTS)


@pytest.mark.parametrize(
    ("model", "columns", "index"),
    [
        (Customer, CUSTOMER_TEXTS, "customer_parts"),
        (TaxFile, FILE_TEXTS, "tax_file_parts"),
        (Inquiry, INQUIRY_TEXTS, "inquiry_parts"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_condition_is_the_very_expression_of_the_index(model, columns, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")

    assert index in having_parts(model.objects.order_by(), "0042", columns).explain()
