"""What a full view may be narrowed to, column by column (CRM-3.2-b)."""

from datetime import datetime, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from inquiries.forms.filters import FilterForm
from inquiries.models import Inquiry
from inquiries.selectors.ages import AGES, age_of, age_place, of_age
from inquiries.selectors.clocks import cached_of, clock_of
from inquiries.selectors.filters import narrowed
from inquiries.selectors.moments import Moment
from inquiries.selectors.views import VIEWS
from tests.factories.inquiries import OPENED_AT, InquiryFactory, fresh
from tests.factories.people import CustomerFactory, TaxFileFactory, UserFactory
from tests.factories.routing import TeamFactory
from tests.factories.stock import StockFactory

pytestmark = pytest.mark.django_db
EVERYTHING = next(view for view in VIEWS if view.key == "all_inquiries")


def found(query: str, at: datetime | None = None) -> set[str]:
    form = FilterForm(QueryDict(query), view=EVERYTHING)
    assert form.is_valid(), form.errors
    rows = narrowed(Inquiry.objects.all(), form.filters, Moment.of(at or timezone.now()))
    return set(rows.values_list("number", flat=True))


@pytest.fixture
def team():
    return TeamFactory()


@pytest.mark.req("CRM-3.2-b")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("name=כהן", {"1", "2"}),  # begins with, unless told otherwise
        ("name=כהן&name_how=begins", {"1", "2"}),
        ("name=כהן דוד&name_how=equals", {"1"}),
        ("name=דוד&name_how=contains", {"1", "3"}),
        ("name=%25&name_how=contains", set()),
        ("id_number_how=empty", {"4"}),
        ("id_number_how=filled", {"1", "2", "3"}),
        ("id_number=11&id_number_how=begins", {"1"}),
        ("number=2&number_how=equals", {"2"}),
        ("file=0512", {"1"}),
        ("file_how=empty", {"2", "3", "4"}),
        ("file_how=filled", {"1"}),
        ("assessment_how=filled", {"2"}),
        ("assessment=77&assessment_how=contains", {"2"}),
        ("name=כהן&id_number=11", {"1"}),
    ],
)
def test_a_text_column_equals_begins_contains_or_is_empty(team, query, expected):
    people = [("כהן", "דוד", "111111118"), ("כהן", "רות", "222222226"), ("לוי", "דוד", "333333334")]
    for number, (last, first, id_number) in enumerate(people, start=1):
        customer = CustomerFactory(last_name=last, first_name=first, id_number=id_number)
        StockFactory(team=team, number=str(number), customer=customer, assessment_number="9977" if number == 2 else "")
        if number == 1:
            TaxFileFactory(customer=customer, file_number="0512345678")
    StockFactory(team=team, number="4", customer=None, contact_name="פלוני")

    assert found(query) == expected


@pytest.mark.req("CRM-3.2-b")
def test_lists_and_ranges_hold_together(team):
    owner, now = UserFactory(), timezone.now()
    for number, (status, days, unread) in enumerate(
        [("open_team", 1, 0), ("in_treatment", 2, 3), ("forwarded", 3, 1), ("in_treatment", 9, 2)], start=1
    ):
        StockFactory(
            team=team, number=str(number), status=status, opened_at=now - timedelta(days=days), unread_messages=unread,
            owner=owner if status == "in_treatment" else None,
        )  # fmt: skip
    first = (timezone.localdate() - timedelta(days=3)).isoformat()

    assert found("status=in_treatment&status=forwarded") == {"2", "3", "4"}
    assert found(f"status=in_treatment&status=forwarded&opened_from={first}") == {"2", "3"}
    assert found("unread_from=1&unread_to=2") == {"3", "4"}
    assert found("owner=none") == {"1", "3"}
    assert found("owner=any") == {"2", "4"}
    assert found(f"owner=none&owner={owner.pk}") == {"1", "2", "3", "4"}
    assert found(f"owner={owner.pk}&unread_from=3&opened_from={first}") == {"2"}


@pytest.mark.req("CRM-3.2-b")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("opened_weekday=5", {"1", "2"}),  # Thursday in Jerusalem, where the last begins a Friday
        ("opened_weekday=5&opened_hour=10", {"1"}),
        ("opened_hour=0", {"3"}),
        ("opened_weekday=1", set()),
    ],
)
def test_the_day_of_the_week_and_the_hour_are_jerusalems(team, query, expected):
    for number, hour in (("1", 8), ("2", 21), ("3", 22)):  # 10:00, 23:00 and midnight there
        StockFactory(team=team, number=number, opened_at=OPENED_AT.replace(hour=hour, minute=30))

    assert found(query) == expected


@pytest.mark.parametrize("pair", ["opened_from=2026-02-02&opened_to=2026-02-01", "age_from=5&age_to=4"])
def test_a_range_that_ends_before_it_begins_is_an_error_at_its_end(pair):
    form = FilterForm(QueryDict(pair), view=EVERYTHING)

    assert not form.is_valid()
    assert len(form.errors) == 1


@pytest.mark.parametrize("flag", ["many_messages", "own_name", "wrong_triplet", "imported", "unread"])
def test_a_mark_is_a_filter(team, flag):
    values = {
        "many_messages": {"has_many_messages": True},
        "own_name": {"is_own_name": True},
        "wrong_triplet": {"triplet_validation": "incorrect"},
        "imported": {"legacy_number": "MPL-7"},
        "unread": {"unread_messages": 1},
    }[flag]
    marked = StockFactory(team=team, **values)
    StockFactory(team=team)

    assert found(f"flag={flag}") == {marked.number}


@pytest.mark.req("CRM-2.1.7-b")
def test_the_age_counts_no_time_in_which_the_clock_stood_still():
    waits = InquiryFactory(awaiting_customer=True)  # opened on a Thursday at 10:00, waiting since 12:00
    runs = InquiryFactory(team=waits.handling_team)
    at = OPENED_AT + timedelta(days=6)  # Wednesday: Sunday, Monday, Tuesday and Wednesday began

    now = Moment.of(at)
    assert (age_of(fresh(waits), now), age_of(fresh(runs), now)) == (0, 4)
    assert found("age_from=4", at) == {runs.number}
    assert found("age_to=3", at) == {waits.number}


def test_the_age_after_the_customer_s_answer_goes_on_where_it_stopped():
    inquiry = InquiryFactory(awaiting_customer=True)
    answered = OPENED_AT + timedelta(days=10)  # a Sunday
    from inquiries.services import corresponding

    corresponding.customer_message(inquiry_id=inquiry.pk, by=inquiry.customer.user, at=answered, text="הטופס מצורף")

    assert age_of(fresh(inquiry), Moment.of(answered + timedelta(days=2))) == 2


def test_the_buckets_of_the_ages_meet_without_a_gap_or_an_overlap(team):
    at = OPENED_AT + timedelta(days=30)
    for days in range(31):
        StockFactory(team=team, opened_at=OPENED_AT + timedelta(days=days))
    for row in Inquiry.objects.filter(pk__in=Inquiry.objects.values("pk")[:9]):
        Inquiry.objects.filter(pk=row.pk).update(counted_days=row.pk % 20)
    now = Moment.of(at)

    for inquiry in Inquiry.objects.all():
        inside = [key for key, bounds in AGES.items() if Inquiry.objects.filter(of_age(*bounds, now), pk=inquiry.pk)]
        least, most = AGES[inside[0]]
        assert len(inside) == 1
        place = Inquiry.objects.annotate(place=age_place(now)).get(pk=inquiry.pk).place
        assert list(AGES)[place] == inside[0], "a chart puts it where the filter finds it"
        assert least <= age_of(inquiry, now) <= (most if most is not None else 10_000)


def test_what_the_columns_keep_is_what_the_clock_says_later():
    inquiry = InquiryFactory(info_arrived=True)
    kept = fresh(inquiry)

    read = cached_of(clock_of([kept], OPENED_AT + timedelta(days=20))[kept.pk], OPENED_AT + timedelta(days=20))

    assert read["counted_from"] == kept.counted_from
    assert read["counted_days"] is kept.counted_days is None
