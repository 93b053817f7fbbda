"""Keyset pages: every row once, forwards and backwards, for each sort."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from inquiries.models import Inquiry
from inquiries.selectors.pages import SORTS, Cursor, Order, page_of, place_of, total_of
from tests.factories.people import UserFactory
from tests.factories.routing import TeamFactory, TripletFactory
from tests.factories.stock import StockFactory

DAY = datetime(2026, 2, 1, 9, tzinfo=UTC)


def walk(order: Order, size: int) -> tuple[list[str], list[str]]:
    """All numbers by going forward to the end, and again by going back to the beginning."""
    rows, cursor = Inquiry.objects.all(), None
    forward, pages = [], []
    while True:
        page = page_of(rows, order, cursor, size)
        pages.append([row.number for row in page.rows])
        forward += pages[-1]
        if page.after is None:
            break
        cursor = Cursor.parse(str(page.after), order)
    backward = list(pages[-1])
    while page.before is not None and page.place:
        page = page_of(rows, order, Cursor.parse(str(page.before), order), size)
        backward = [row.number for row in page.rows] + backward
    return forward, backward


@pytest.fixture
def stock(db):
    """Rows with many ties and with empty values in every sort that can have them."""
    team, other, owner = TeamFactory(), TeamFactory(), UserFactory()
    triplets = [TripletFactory(), TripletFactory(main_topic='מע"מ')]
    for place in range(11):
        StockFactory(
            team=other if place % 4 == 0 else team,
            triplet=triplets[place % 2],
            customer=None if place % 5 == 0 else StockFactory(team=team, triplet=triplets[0]).customer,
            status="in_treatment" if place % 3 == 0 else "open_team",
            owner=owner if place % 3 == 0 else None,
            opened_at=DAY + timedelta(days=place // 3),
            sla_due_at=None if place % 2 else DAY + timedelta(days=place // 4),
            unread_messages=place % 3,
        )
    return Inquiry.objects.all()


@pytest.mark.req("CRM-3.2-b")
@pytest.mark.parametrize("descending", [False, True], ids=["ascending", "descending"])
@pytest.mark.parametrize("column", SORTS)
def test_every_row_is_shown_once_in_each_sort_and_direction(stock, column, descending):
    forward, backward = walk(Order(column, descending), size=3)

    assert len(forward) == len(set(forward)) == stock.count()
    assert backward == forward


@pytest.mark.req("CRM-3.2-b")
def test_equal_values_are_ordered_by_the_inquiries_themselves(stock):
    Inquiry.objects.update(opened_at=DAY)

    forward, _backward = walk(Order("opened"), size=4)

    assert forward == list(stock.order_by("pk").values_list("number", flat=True))


def test_rows_without_a_value_come_last_in_both_directions(stock):
    for descending in (False, True):
        page = page_of(stock, Order("left", descending), size=50)
        empties = [row.sla_due_at is None for row in page.rows]

        assert empties == sorted(empties)


def test_a_page_knows_its_place_in_the_list(stock):
    first = page_of(stock, Order("opened"), size=5)
    second = page_of(stock, Order("opened"), first.after, size=5)

    assert (first.first, first.last) == (1, 5)
    assert (second.first, second.last) == (6, 10)
    assert first.before is None


def test_neighbours_are_the_rows_before_and_after(stock):
    numbers, _back = walk(Order("customer", descending=True), size=50)
    middle = stock.get(number=numbers[4])

    found = place_of(stock, Order("customer", descending=True), middle)
    assert (found.before, found.after) == (numbers[3], numbers[5])
    assert (found.place, found.total) == (5, len(numbers))
    assert place_of(stock, Order("customer", descending=True), stock.get(number=numbers[0])).before is None


def test_a_total_is_counted_up_to_a_bound(stock, monkeypatch):
    monkeypatch.setattr("inquiries.selectors.pages.COUNTED_TO", 4)

    assert total_of(stock) == 5


@pytest.mark.req("CRM-3.2-b")
@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
def test_the_default_order_of_a_units_inquiries_is_read_from_an_index(stock, backwards):
    unit = stock.first().handling_unit
    order, first = Order("opened", descending=True), stock.order_by("-opened_at", "-number")[3]
    cursor = Cursor((first.opened_at, first.number), backwards)

    with connection.cursor() as database, CaptureQueriesContext(connection) as captured:
        page_of(stock.filter(handling_unit=unit), order, cursor, size=2)
        database.execute("SET LOCAL enable_sort = off")
        database.execute(f"EXPLAIN {captured.captured_queries[0]['sql']}")
        plan = "\n".join(line for (line,) in database.fetchall())

    assert re.search(r"Index (Only )?Scan", plan)  # of the unit, or, in a table as small as this, of all
    assert "Sort" not in plan


@given(text=st.text(max_size=80))
def test_a_damaged_cursor_is_no_cursor(text):
    for column in SORTS:
        parsed = Cursor.parse(text, Order(column))

        assert parsed is None or len(parsed.values) == len(Order(column).keys)


def test_a_cursor_of_another_sort_is_no_cursor(stock):
    after = page_of(stock, Order("opened"), size=2).after

    assert Cursor.parse(str(after), Order("triplet")) is None


def test_an_unknown_column_sorts_by_the_default():
    assert Order.parse("-pk", "opened") == Order("opened")
    assert Order.parse("-customer", "opened") == Order("customer", descending=True)
