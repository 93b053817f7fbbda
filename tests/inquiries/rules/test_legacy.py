from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiries.rules import legacy
from inquiries.rules.codes import Status
from inquiries.rules.legacy import LegacySystem

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ROW = {
    "number": "104233", "id_number": "12345674", "opened_at": "03/02/2024 10:15", "status": "בטיפול",
    "main_topic": "מס הכנסה",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("בטיפול", Status.IN_TREATMENT),
        ("פעיל – בטיפול", Status.IN_TREATMENT),
        ("in_treatment", Status.IN_TREATMENT),
        ("סגור", Status.CLOSED_SUCCESS),
        ("סגור - טופל בהצלחה", Status.CLOSED_SUCCESS),
        ("סגור-בוטל ע״י הלקוח", Status.CLOSED_BY_CUSTOMER),
        (" ממתין  ללקוח ", Status.WAITING_CUSTOMER),
        ("פתוחה", Status.OPEN_TEAM),
        ("אולי", None),
    ],
)
def test_a_status_is_known_by_our_words_and_by_theirs(text, status):
    assert legacy.status_named(text) is status


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-02-03", "2024-02-03T00:00:00+02:00"),
        ("2024-07-03T09:30", "2024-07-03T09:30:00+03:00"),
        ("2024-07-03T09:30:00Z", "2024-07-03T09:30:00+00:00"),
        ("03/02/2024 10:15", "2024-02-03T10:15:00+02:00"),
        ("3.2.2024", "2024-02-03T00:00:00+02:00"),
        ("31/02/2024", None),
        ("yesterday", None),
    ],
)
def test_a_date_is_read_as_people_write_it_and_is_in_jerusalem(text, iso):
    moment = legacy.instant(text)

    assert (moment.isoformat() if moment else None) == iso


@pytest.mark.parametrize(
    ("system", "change", "fields"),
    [
        (LegacySystem.MPL, {}, []),
        (LegacySystem.MPL, {"number": " "}, ["number"]),
        (LegacySystem.MPL, {"id_number": ""}, ["id_number"]),
        (LegacySystem.FAX_MAIL, {"id_number": ""}, []),
        (LegacySystem.SHAAM_REPS, {}, ["representative_id"]),
        (LegacySystem.MPL, {"main_topic": ""}, ["main_topic"]),
        (LegacySystem.MPL, {"number": "1" * 17}, ["number"]),
        (LegacySystem.MPL, {"number": "1/2"}, ["number"]),
        (LegacySystem.MPL, {"status": "?"}, ["status"]),
        (LegacySystem.MPL, {"opened_at": "2026-11-25"}, ["opened_at"]),
        (LegacySystem.MPL, {"status": "סגור"}, ["closed_at"]),
        (LegacySystem.MPL, {"status": "סגור", "closed_at": "2024-02-01"}, ["closed_at"]),
        (LegacySystem.MPL, {"status_at": "2024-01-01"}, ["status_at"]),
        (LegacySystem.MPL, {"tax_year": "24"}, ["tax_year"]),
        (LegacySystem.MPL, {"number": "", "status": "?", "opened_at": "x"}, ["number", "status", "opened_at"]),
    ],
)
def test_everything_that_is_wrong_with_a_line_is_said_at_once(system, change, fields):
    line, wrong = legacy.read(system, ROW | change, now=NOW)

    assert [field for refusal in wrong for field in refusal.fields] == fields
    assert (line is None) == bool(fields)


def test_a_heading_is_known_in_english_and_in_hebrew():
    found = legacy.headings(["מספר פנייה", "ID_NUMBER", "ת.ז.", "נושא  ראשי", "הערות"])

    assert found == {
        "מספר פנייה": "number", "ID_NUMBER": "id_number", "ת.ז.": "id_number", "נושא  ראשי": "main_topic",
    }  # fmt: skip


@given(st.dictionaries(st.sampled_from(sorted(legacy.COLUMNS)), st.text(max_size=30)))
def test_no_line_whatever_stands_in_it_is_more_than_understood_or_refused(cells):
    for system in LegacySystem:
        line, wrong = legacy.read(system, cells, now=NOW)

        assert (line is None) == bool(wrong)
