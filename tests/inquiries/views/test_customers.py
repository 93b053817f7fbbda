"""The customer file: all of one customer's inquiries, of every unit, to whoever was granted it (2, 2.1.1)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm_portal.audit.models import AuditEvent
from crm_portal.people.models import PoaRequest, RoleGrant, Section60Representation, User
from crm_portal.people.phones import national
from crm_portal.people.rules.roles import Role
from inquiries.models import Inquiry
from inquiries.selectors.visibility import readable_by, visible_to
from tests.factories.inquiries import InquiryFactory, clerk, office
from tests.factories.people import (
    CustomerFactory,
    PowerOfAttorneyFactory,
    RepresentativeEmployeeFactory,
    RepresentativeFactory,
    TaxFileFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def page(customer, **params: object) -> str:
    return reverse("inquiries:customer", args=[customer.pk], query=params)


def text(response) -> str:
    return response.content.decode()


def granted(user: User) -> User:
    RoleGrant.objects.filter(user=user).update(views_customer_files=True)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def customer():
    return CustomerFactory()


@pytest.fixture
def income_tax(customer):
    return InquiryFactory(team=office(tax_system="rep_register"), customer=customer, in_treatment=True)


@pytest.fixture
def vat(customer, income_tax):
    return InquiryFactory(team=office(tax_system="hostilities_fund"), customer=customer, in_treatment=True)


@pytest.mark.req("CRM-2-a")
def test_all_inquiries_of_the_customer_are_listed_and_those_of_other_units_only_viewed(
    sign_in, customer, income_tax, vat
):
    browser = sign_in(granted(income_tax.clerk))

    shown = text(browser.get(page(customer)))
    assert income_tax.number in shown
    assert vat.number in shown
    assert shown.count("צפייה בלבד") == 1

    elsewhere = text(browser.get(reverse("inquiries:inquiry", args=[vat.number])))
    assert vat.description in elsewhere
    main = elsewhere[elsewhere.index("<main") :]
    assert "<form" not in re.sub(r'<form[^>]*action="/(i18n|accounts)[^>]*>', "", main)
    assert browser.post(reverse("inquiries:treatment", args=[vat.number]), {"version": 1}).status_code == 422
    assert AuditEvent.objects.filter(outcome="refused").latest("id").code in {"VIEW_ONLY", "INVALID_VALUE"}


@pytest.mark.req("CRM-2-a")
def test_without_the_grant_the_file_and_the_other_units_inquiry_are_not_there(sign_in, customer, income_tax, vat):
    browser = sign_in(income_tax.clerk)

    assert browser.get(page(customer)).status_code == 404
    assert browser.get(reverse("inquiries:inquiry", args=[vat.number])).status_code == 404
    refused = AuditEvent.objects.get(action="customer.view")
    assert (refused.outcome, refused.code) == ("refused", "OUT_OF_SCOPE")


@pytest.mark.req("CRM-2-a")
def test_the_grant_adds_nothing_to_the_lists(income_tax, vat):
    user = granted(income_tax.clerk)

    assert set(visible_to(user)) == {income_tax}
    assert set(readable_by(user)) == {income_tax, vat}


@pytest.mark.req("CRM-2.2.2-a")
def test_the_level_of_the_grant_holds_in_the_file_too(sign_in, customer, income_tax, vat):
    type(vat.triplet).objects.filter(pk=vat.triplet_id).update(view_level=2)
    browser = sign_in(granted(income_tax.clerk))

    assert vat.number not in text(browser.get(page(customer)))
    assert browser.get(reverse("inquiries:inquiry", args=[vat.number])).status_code == 404


@pytest.mark.req("CRM-2-b")
def test_each_view_of_a_customer_file_is_in_the_audit(sign_in, customer, income_tax):
    user = granted(income_tax.clerk)

    sign_in(user).get(page(customer))

    event = AuditEvent.objects.get(action="customer.view")
    assert (event.outcome, event.actor, event.target_id) == ("read", user, str(customer.pk))


@pytest.mark.req("CRM-2.1.1-a")
def test_the_name_of_the_customer_leads_to_his_file(sign_in, customer, income_tax):
    inquiry = reverse("inquiries:inquiry", args=[income_tax.number])

    assert page(customer) not in text(sign_in(income_tax.clerk).get(inquiry))
    assert page(customer) in text(sign_in(granted(income_tax.clerk)).get(inquiry))


@pytest.mark.req("CRM-2.1.1-a")
def test_the_file_shows_identity_contact_tax_files_section_and_representations(sign_in, customer, income_tax):
    TaxFileFactory(customer=customer, file_number="0512345678", section="17")
    office_of = RepresentativeFactory(name="ברק יעל")
    PowerOfAttorneyFactory(customer=customer, representative=office_of, valid_until="2021-01-01")
    PoaRequest.objects.create(
        customer=customer, representative=office_of, topic="severance", submitted_at=timezone.now(),
        submitted_by=RepresentativeEmployeeFactory().user,
    )  # fmt: skip
    Section60Representation.objects.create(
        customer=customer, representative=office_of, is_on=True, registered_at=timezone.now()
    )

    shown = text(sign_in(granted(income_tax.clerk)).get(page(customer)))

    for fact in (customer.id_number, customer.email, national(customer.mobile), "0512345678", "חוליה", "ברק יעל",
                 "לא בתוקף", "ממתין לאישור הלקוח", "סעיף 60"):  # fmt: skip
        assert fact in shown


@pytest.mark.req("CRM-2.1.1-a")
def test_a_representatives_own_name_inquiries_are_in_his_own_file(sign_in):
    inquiry = InquiryFactory(by_representative=True, in_treatment=True)
    assert inquiry.customer.id_number == inquiry.representative.id_number

    assert inquiry.number in text(sign_in(granted(inquiry.clerk)).get(page(inquiry.customer)))


@pytest.mark.req("CRM-2.1.1-a")
def test_the_list_is_filtered_and_sorted(sign_in, customer, income_tax, vat):
    browser = sign_in(granted(income_tax.clerk))

    def numbers(**params: object) -> list[str]:
        return [inquiry.number for inquiry, _ in browser.get(page(customer, **params)).context["rows"]]

    assert numbers(sort="number") == [income_tax.number, vat.number]
    assert numbers(sort="-number") == [vat.number, income_tax.number]
    assert numbers(tax_system="hostilities_fund") == [vat.number]
    assert numbers(unit=income_tax.handling_unit_id) == [income_tax.number]
    assert numbers(state="closed") == []
    assert numbers(opened_to="2026-11-04") == []
    assert numbers(opened_from="2026-11-05", opened_to="2026-11-05", sort="number") == [income_tax.number, vat.number]


def test_a_filter_that_does_not_exist_is_said_and_filters_nothing(sign_in, customer, income_tax):
    response = sign_in(granted(income_tax.clerk)).get(page(customer, state="elsewhere"))

    assert response.status_code == 422
    assert income_tax.number in text(response)


def test_a_draft_is_in_no_customer_file(customer, income_tax):
    Inquiry.objects.filter(pk=income_tax.pk)
    assert not readable_by(granted(UserFactory(roles=[Role.VIEWER]))).filter(status="open").exists()


def test_the_file_costs_the_same_with_few_inquiries_and_with_many(sign_in, customer, income_tax):
    browser = sign_in(granted(income_tax.clerk))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(page(customer)).status_code == 200
        return len(captured)

    TaxFileFactory(customer=customer)
    PowerOfAttorneyFactory(customer=customer)
    queries()
    few = queries()
    for system in ("income_tax_2", "vat_2", "fund_2"):
        InquiryFactory(team=office(tax_system=system, members=[clerk()]), customer=customer)
        TaxFileFactory(customer=customer)
        PowerOfAttorneyFactory(customer=customer)

    assert queries() == few
    assert few < 30
