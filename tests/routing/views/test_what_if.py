import pytest

from crm_portal.people.rules.roles import Role
from routing.models import RoutingDecision, Triplet
from tests.factories.people import CustomerFactory, UserFactory

pytestmark = pytest.mark.usefixtures("shipped")
ADDRESS = "/routing/what-if/"


@pytest.fixture
def coordinator(client):
    client.force_login(UserFactory(roles=[Role.COORDINATOR]))
    return client


def asked(**more):
    return {"triplet": "it-work-grant", "on": "2026-03-02", "locality": "", "vat_key_unit": "", **more}


@pytest.mark.req("CRM-7-q")
def test_the_page_shows_where_an_inquiry_would_go_and_why_and_keeps_nothing(coordinator):
    file = {
        "file1-tax_system": "income_tax",
        "file1-file_number": "0123",
        "file1-is_active": "on",
        "file1-annual_report_required": "on",
        "file1-managing_unit": "it-jerusalem",
    }

    page = coordinator.get(ADDRESS, asked(**file))

    explanation = page.context["explanation"]
    assert explanation.team.code == "it-jerusalem-general"
    assert [line.outcome for line in explanation.lines] == ["not_matched"] * 5 + ["matched"]
    assert "משרד מס הכנסה ירושלים" in page.text
    assert not RoutingDecision.objects.exists()


def test_the_first_visit_shows_an_empty_form(coordinator):
    page = coordinator.get(ADDRESS)

    assert page.status_code == 200
    assert "explanation" not in page.context
    assert Triplet.objects.first().detail in page.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"triplet": "nope"}, "triplet"),
        ({"triplet": ""}, "triplet"),
        ({"on": "yesterday"}, "on"),
        ({"vat_key_unit": "it-haifa"}, "vat_key_unit"),
        ({"registers_down": ["x"]}, "registers_down"),
    ],
)
def test_wrong_input_is_refused_at_its_field_and_kept(coordinator, wrong, field):
    page = coordinator.get(ADDRESS, asked(locality="חיפה", **wrong))

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert "explanation" not in page.context
    assert 'value="חיפה"' in page.text


def test_a_wrong_file_number_is_refused_at_its_row(coordinator):
    page = coordinator.get(ADDRESS, asked(**{"file2-tax_system": "vat", "file2-file_number": "A7"}))

    assert page.status_code == 422
    assert "file_number" in page.context["files"][1].errors
    assert 'value="A7"' in page.text


@pytest.mark.req("CRM-7-p")
def test_a_register_can_be_imagined_out_of_reach(coordinator):
    page = coordinator.get(ADDRESS, asked(locality="חיפה", registers_down=["population"]))

    explanation = page.context["explanation"]
    assert (explanation.team.code, explanation.is_fallback) == ("head-team", True)


def test_the_key_may_answer_nothing_something_or_by_the_locality_table(coordinator):
    def team(key):
        page = coordinator.get(ADDRESS, asked(triplet="vat-debt", locality="חיפה", vat_key_unit=key))
        return page.context["explanation"].team.code

    assert [team(""), team("vat-tel-aviv"), team("none")] == [
        "vat-haifa-collection",
        "vat-tel-aviv-collection",
        "head-team",
    ]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CRM_ADMIN, 200),
        (Role.HEAD_TEAM_MEMBER, 200),
        (Role.OFFICE_MANAGER, 200),
        (Role.HANDLER, 403),
        (Role.AUDITOR, 403),
    ],
)
def test_coordinators_and_up_may_ask(client, role, status):
    client.force_login(UserFactory(roles=[role]))

    assert client.get(ADDRESS).status_code == status


def test_a_customer_may_not_ask(client):
    client.force_login(CustomerFactory().user)

    assert client.get(ADDRESS).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_tables(coordinator, django_assert_max_num_queries):
    coordinator.get(ADDRESS, asked(locality="חיפה"))  # what a process learns once

    with django_assert_max_num_queries(31):
        coordinator.get(ADDRESS, asked(locality="חיפה"))
