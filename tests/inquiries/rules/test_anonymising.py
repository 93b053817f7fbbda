"""No identifier of the inquiry's people comes through, however it is written (CRM-2.2.8-b)."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquiries.rules.anonymising import ADDRESS, NAME, NUMBER, Known, anonymised, identifiers_in

DANA = Known(
    names=("לוי דנה", 'אורן יזמות בע"מ'),
    numbers=("031204477", "0512345678", "2026-000123", "501234567", "FR AB1234"),
    emails=("dana.levi@example.org",),
)
WORDS = st.sampled_from(["שלום", "אבקש", "לברר", "טופס 106", "לשנת 2024", "תודה", "ההחזר,", "(דחוף)"])
BETWEEN = st.sampled_from(["", "-", " ", ".", " - "])


@pytest.mark.req("CRM-2.2.8-b")
@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("שלום, אני דנה לוי, ת.ז 031204477", f"שלום, אני {NAME}, ת.ז {NUMBER}"),
        ("הוחזר ללוי דנה", f"הוחזר ל{NAME}"),
        ("תיק 0512345678", f"תיק {NUMBER}"),
        ("תיק 512345678", f"תיק {NUMBER}"),
        ("פנייה 2026-000123", f"פנייה {NUMBER}"),
        ("טלפון 050-123-4567 או +972-50-1234567", f"טלפון {NUMBER} או {NUMBER}"),
        ("Dana.Levi@example.org", ADDRESS),
        ("other.person@example.com", ADDRESS),
        ("דרכון ab 1234", f"דרכון {NUMBER}"),
        ("ת.ז של הבן: 2 0 1 2 3 4 5 6 7", f"ת.ז של הבן: {NUMBER}"),
        ("טופס 106 לשנת 2024, סעיף 17", "טופס 106 לשנת 2024, סעיף 17"),
        ("חברת אורן יזמות", f"חברת {NAME}"),
    ],
    ids=lambda value: value[:24],
)
def test_what_is_taken_out_and_what_stays(text, left):
    known = Known(DANA.names, (*DANA.numbers, "AB1234"), DANA.emails)

    assert anonymised(text, known) == left


@pytest.mark.req("CRM-2.2.8-b")
@settings(suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
@given(
    before=st.lists(WORDS, max_size=4),
    number=st.sampled_from(DANA.numbers[:4]),
    between=BETWEEN,
    prefix=st.sampled_from(["", "ל", "של", "ומ", "ב"]),
    name=st.sampled_from(["לוי", "דנה", "לוי דנה", "דנה לוי"]),
    after=st.lists(WORDS, max_size=4),
)
def test_neither_a_number_nor_a_name_comes_through(before, number, between, prefix, name, after):
    digits = re.sub(r"\D", "", number)
    text = " ".join([*before, prefix + name, between.join(digits), *after])

    left = anonymised(text, DANA)

    assert digits not in re.sub(r"\D", "", left)
    assert not re.search(r"(לוי|דנה)(?!\w)", left)
    assert identifiers_in(left, DANA) == []


@given(st.text(max_size=200))
def test_any_text_comes_out_without_a_long_number_and_twice_is_once(text):
    left = anonymised(text, DANA)

    assert not re.search(r"\d{5}", left)
    assert anonymised(left, DANA) == left


@pytest.mark.req("CRM-2.2.8-b")
def test_a_text_somebody_completed_is_judged_by_the_inquirys_own_identifiers():
    assert identifiers_in("נא להתקשר למשרד, 02-5656400", DANA) == []
    assert identifiers_in("שלום דנה, התיק 0512-345678 של לוי", DANA) == ["0512-345678", "לוי"]
