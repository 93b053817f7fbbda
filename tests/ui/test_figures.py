"""Figures, identifiers and names, in Hebrew and isolated."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from crm_portal.ui import figures
from crm_portal.ui.templatetags import portal


@pytest.fixture(autouse=True)
def _hebrew():
    with translation.override("he"):
        yield


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (0, "₪\u00a00"),
        (329308, "₪\u00a0329,308"),
        (Decimal("-65862"), "₪\u00a0−65,862"),
        (Decimal("12.50"), "₪\u00a012.50"),
        (Decimal("12.00"), "₪\u00a012"),
        (Decimal("-0.05"), "₪\u00a0−0.05"),
    ],
)
def test_amounts_have_the_sign_directly_before_the_digits(amount, shown):
    assert figures.money(amount) == shown
    assert portal.money(amount) == f'<bdi class="num">{shown}</bdi>'


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0, "0 דקות"),
        (1, "שעה אחת"),
        (24, "יום עבודה אחד"),
        (28, "יום עבודה אחד ו-4 שעות"),
        (49.5, "2 ימי עבודה ושעה אחת"),
        (0.5, "30 דקות"),
        (-1, "0 דקות"),
    ],
)
def test_business_time_is_said_in_its_two_largest_units(hours, words):
    assert figures.duration(timedelta(hours=hours)) == words


def test_instants_are_shown_by_the_clock_of_jerusalem():
    late = datetime(2024, 2, 11, 22, 30, tzinfo=UTC)  # half past midnight in Jerusalem

    shown = portal.instant(late)

    assert '<bdi class="num">12.02.2024</bdi> · <bdi class="num">00:30</bdi>' in shown
    assert portal.day(late) == '<time datetime="2024-02-12"><bdi class="num">12.02.2024</bdi></time>'
    assert portal.day(date(2024, 2, 11)) == '<time datetime="2024-02-11"><bdi class="num">11.02.2024</bdi></time>'


def test_today_is_said_in_a_word():
    with time_machine.travel("2024-02-12T12:00:00+02:00", tick=False):
        assert "היום · " in portal.instant(datetime(2024, 2, 12, 6, 12, tzinfo=UTC))


def test_nothing_is_shown_for_nothing():
    filters = (portal.num, portal.ident, portal.money, portal.instant, portal.day, portal.duration, portal.size)

    assert [show(None) for show in filters] == [""] * 7


def test_identifiers_are_isolated_and_escaped():
    assert portal.ident("2024-018442") == '<bdi class="num">2024-018442</bdi>'
    assert "<b>" not in portal.ident("<b>")


@pytest.mark.parametrize(("octets", "shown"), [(10, "1 KB"), (188416, "184 KB"), (2_202_010, "2.1 MB")])
def test_file_sizes_are_short(octets, shown):
    assert figures.size(octets) == shown


@pytest.mark.parametrize(("name", "letters"), [("מזרחי ענת", "מע"), ("לוי", "ל"), ("", ""), ("אבו חאטום סאמר", "אח")])
def test_initials_are_of_the_first_two_words(name, letters):
    assert figures.initials(name) == letters
