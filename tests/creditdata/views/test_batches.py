"""The intake clerk's pages: what came, what became of each row, and a file handed in (CRD-0-g, 0-h)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from creditdata.models import AccessLog, IntakeBatch
from creditdata.rules.accesses import FieldsClass
from crm_portal.people.models import RoleGrant
from tests.factories.creditdata import LicenseeFactory, SourceAgreementFactory

from ..supplying import order, supplied, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(clerk):
    """The licensee's intake clerk, whose account has the role too."""
    RoleGrant.objects.create(user=clerk, role="licensee_intake", scope="unit", level=0)
    return clerk


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk)
    return client


def post(desk, receiver, content: bytes, **given):
    return desk.post(
        reverse("credit:send_batch"),
        {
            "source": receiver.pk, "kind": "RECEIVING_ORDER", "made_available_on": "2026-03-01", "as_of": "2026-02-27",
            "file": SimpleUploadedFile("orders.csv", content), **given,
        },
    )  # fmt: skip


@pytest.mark.req("CRD-0-g")
def test_a_file_that_is_handed_in_becomes_a_batch(desk, licensee, receiver):
    answer = post(desk, receiver, written([order(1)]), declared_rows="1")
    assert answer.status_code == 302
    batch = IntakeBatch.objects.for_licensee(licensee).get()
    assert (batch.source, batch.declared_rows, batch.file_name) == (receiver, 1, "orders.csv")
    assert "orders.csv" in desk.get(reverse("credit:batch", args=[batch.pk])).content.decode()


def test_a_refused_file_is_shown_at_its_field_and_the_words_are_kept(desk, licensee, receiver):
    answer = post(desk, receiver, written([order(1)]), made_available_on="2999-01-01")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "תאריך עתידי" in page
    assert 'value="2999-01-01"' in page
    assert not IntakeBatch.objects.for_licensee(licensee).exists()


@pytest.mark.req("CRD-0-h")
def test_the_page_shows_counters_that_add_up_and_every_reason_but_no_row_in_clear(desk, licensee, receiver, clerk):
    bad = order(2, order_date="2002-02-01", debt="500")
    batch = supplied(licensee, receiver, clerk, [order(1), bad, order(1)], declared_rows=4)
    page = desk.get(reverse("credit:batch", args=[batch.pk])).content.decode()
    assert page.count("kpi__value") == 5
    for text in ("RO_ORDER_NOT_AFTER_2002_02_01", "FIELD_NOT_ALLOWED", "צו הכינוס לא ניתן אחרי 1.2.2002"):
        assert text in page
    assert bad["id_number"] not in page
    rejected = desk.get(reverse("credit:batch", args=[batch.pk]), {"status": "REJECTED"})
    assert [row.number for row, _ in rejected.context["rows"]] == [2]


@pytest.mark.req("CRD-0-h")
def test_the_rows_not_taken_are_downloaded_with_their_reasons_and_the_log_tells(desk, licensee, receiver, clerk):
    batch = supplied(licensee, receiver, clerk, [order(1), order(2, order_date="2002-02-01", court_name="=1+1")])
    answer = desk.post(reverse("credit:not_taken", args=[batch.pk]))
    text = answer.content.decode("utf-8-sig")
    assert order(2)["id_number"] in text
    assert "RO_ORDER_NOT_AFTER_2002_02_01" in text
    assert order(1)["id_number"] not in text
    assert "'=1+1" in text
    assert order(2)["id_number"] not in answer.headers["Content-Disposition"]
    event = AccessLog.objects.for_licensee(licensee).get()
    assert event.purpose == "intake_review"
    assert event.fields_class == FieldsClass.RAW_ROW


@pytest.mark.req("CRD-0-r")
def test_another_licensees_batch_is_not_found(desk, receiver, clerk):
    from tests.factories.creditdata import BatchFactory

    foreign = BatchFactory(licensee=LicenseeFactory())
    assert desk.get(reverse("credit:batch", args=[foreign.pk])).status_code == 404
    assert desk.post(reverse("credit:not_taken", args=[foreign.pk])).status_code == 404


def test_the_list_shows_what_is_late_and_costs_no_more_for_more_batches(
    desk, licensee, receiver, django_assert_max_num_queries
):
    from creditdata.services import supplies
    from tests.factories.creditdata import BatchFactory

    from ..supplying import AT

    SourceAgreementFactory(licensee=licensee, source__name="מקור שמאחר", from_on="2025-01-01")
    supplies.check_supplies(at=AT)
    BatchFactory.create_batch(20, licensee=licensee, source=receiver)
    with django_assert_max_num_queries(25):
        page = desk.get(reverse("credit:batches")).content.decode()
    assert "מקור שמאחר" in page


@pytest.mark.req("CRD-0-d")
def test_the_registrar_sees_what_is_late_at_every_licensee(client, licensee, receiver):
    from creditdata.services import supplies
    from tests.factories.people import UserFactory

    from ..supplying import AT

    other = SourceAgreementFactory(source__name="מקור של אחר", from_on="2025-01-01").licensee
    supplies.check_supplies(at=AT)
    officer = UserFactory()
    RoleGrant.objects.create(user=officer, role="registrar_officer", scope="all", level=0)
    client.force_login(officer)
    page = client.get(reverse("credit:late_supplies")).content.decode()
    for text in ("מקור של אחר", other.name, receiver.name, licensee.name):
        assert text in page
