"""Clause 3.3: how a term finds inquiries inside a view."""

import pytest

from crm_portal.errors import Code, Refused
from inquiries.models import Inquiry
from inquiries.selectors.search import Search, Term
from tests.factories.people import CustomerFactory, RepresentativeFactory, TaxFileFactory
from tests.factories.routing import TeamFactory
from tests.factories.stock import StockFactory

pytestmark = pytest.mark.django_db


def found(term: str) -> set[str]:
    search = Search.of(Term.parse(term))
    rows = set(search.among(Inquiry.objects.all()).values_list("number", flat=True))
    assert rows == set(search.counted_among(Inquiry.objects.all()).values_list("number", flat=True))
    return rows


@pytest.fixture(autouse=True, params=[1000, 0], ids=["finds_few", "finds_many"])
def few(request, monkeypatch):
    """Each rule holds for a term that finds few, and for one that finds many and is looked for along the list."""
    monkeypatch.setattr("inquiries.selectors.search.FEW", request.param)


@pytest.fixture
def team():
    return TeamFactory()


@pytest.mark.req("CRM-3.3-a")
def test_a_term_without_a_star_matches_the_beginning_of_a_number(team):
    customer = CustomerFactory(id_number="555555555")
    StockFactory(team=team, number="12345", customer=customer)
    StockFactory(team=team, number="51234", customer=customer)

    assert found("123") == {"12345"}


@pytest.mark.req("CRM-3.3-a")
def test_a_term_is_looked_for_in_every_field_the_clause_names(team):
    customer = CustomerFactory(last_name="אזולאי", first_name="מרים", id_number="022604178")
    by_name = StockFactory(team=team, customer=customer, assessment_number="7712345")
    by_office = StockFactory(team=team, representative=RepresentativeFactory(name="ברקוביץ יעל"))

    assert found("אזולאי") == found("022604178") == found("77123") == {by_name.number}
    assert found("ברקוביץ") == {by_office.number}


@pytest.mark.req("CRM-3.3-b")
def test_a_star_finds_a_part_anywhere_in_a_field(team):
    first = StockFactory(
        team=team, number="12345", customer=CustomerFactory(id_number="555555555", last_name="ישראלי", first_name="דן")
    )
    second = StockFactory(
        team=team, number="71239", customer=CustomerFactory(id_number="666666666", last_name="בן ישר", first_name="רות")
    )
    StockFactory(
        team=team, number="99999", customer=CustomerFactory(id_number="777777777", last_name="כהן", first_name="רות")
    )

    assert found("*ישר") == {first.number, second.number}
    assert found("*123") == {first.number, second.number}


@pytest.mark.req("CRM-3.3-b")
@pytest.mark.parametrize("wildcard", ["%", "_", "%%", "\\", "*%", "*_", "כ_ן"])
def test_the_wildcards_of_the_database_are_plain_characters(team, wildcard):
    StockFactory(team=team, customer=CustomerFactory(last_name="כהן", first_name="רות"))

    assert found(wildcard) == set()


@pytest.mark.req("CRM-3.3-b")
@pytest.mark.parametrize("stars", ["*", "**", " * ", "* *"])
def test_stars_alone_are_refused_at_the_field(stars):
    with pytest.raises(Refused) as refused:
        Term.parse(stars)

    assert refused.value.code == Code.INVALID_VALUE
    assert refused.value.refusals[0].fields == ("q",)


@pytest.mark.req("CRM-3.3-c")
@pytest.mark.parametrize(("term", "finds"), [("0512", True), ("512", False), ("*512", True)])
def test_a_file_number_is_found_only_by_a_leading_zero_or_a_star(team, term, finds):
    inquiry = StockFactory(team=team, customer=TaxFileFactory(file_number="0512345678").customer, number="2026-1")

    assert (inquiry.number in found(term)) is finds


@pytest.mark.req("CRM-3.3-d")
@pytest.mark.parametrize(("term", "finds"), [("כהן דוד", True), ("כהן  דוד", True), ("דוד כהן", False), ("*דוד", True)])
def test_a_name_is_written_last_name_first(team, term, finds):
    inquiry = StockFactory(team=team, customer=CustomerFactory(last_name="כהן", first_name="דוד"))

    assert (inquiry.number in found(term)) is finds


@pytest.mark.req("CRM-3.3-e")
def test_an_id_that_begins_with_zero_is_found_whole_or_by_a_star(team):
    customer = CustomerFactory(id_number="012345678")
    first, second = StockFactory(team=team, customer=customer), StockFactory(team=team, customer=customer)

    assert found("*12345678") == found("012345678") == {first.number, second.number}


@pytest.mark.req("CRM-3.3-e")
def test_an_imported_id_without_its_zero_is_found_together_with_a_new_one(team):
    customer = CustomerFactory(id_number="012345678")
    new = StockFactory(team=team, customer=customer)
    imported = StockFactory(team=team, customer=customer, legacy_id_number="12345678", legacy_number="MPL-7")

    assert found("*12345678") == found("012345678") == {new.number, imported.number}
    assert found("12345678") == found("MPL-7") == {imported.number}  # as its former system wrote them


def test_invisible_marks_of_direction_that_were_pasted_along_do_not_hide_a_match(team):
    inquiry = StockFactory(team=team, number="2026-000777")

    assert found("\u200f\u20682026-000777\u2069") == {inquiry.number}


def test_nothing_typed_is_no_search():
    assert Term.parse("   ") is None
