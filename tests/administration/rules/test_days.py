from datetime import date

import pytest

from crm_portal.administration.rules.days import DayRow, Problem, Wrong, read_days


def read(text):
    return read_days(text, first_year=1995, last_year=2060)


def test_a_file_is_read_in_hebrew_or_english_with_either_way_of_writing_a_date():
    days = [DayRow(date(2026, 4, 1), "ערב פסח"), DayRow(date(2026, 11, 3), "יום בחירות", is_working=True)]

    assert read("\ufeffתאריך,שם,יום עבודה\n01.04.2026,ערב פסח,לא\n\n3/11/2026,יום בחירות,כן\n") == (days, [])
    assert read("date,name,working\n2026-04-01,ערב פסח,\n2026-11-03,יום בחירות,yes\n") == (days, [])


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("2026-13-01,חג,", Wrong.NO_DATE),
        ("מחר,חג,", Wrong.NO_DATE),
        ("2026-04-01,,", Wrong.NO_NAME),
        (f"2026-04-01,{'א' * 121},", Wrong.NO_NAME),
        ("2026-04-01,חג,אולי", Wrong.NOT_YES_OR_NO),
        ("2090-04-01,חג,", Wrong.OUT_OF_RANGE),
        ("2026-04-05,פעמיים,", Wrong.TWICE),
    ],
)
def test_what_is_wrong_is_said_with_its_line(line, wrong):
    _, problems = read(f"date,name,working\n2026-04-05,ראשון,\n{line}\n")

    assert [(one.line, one.wrong) for one in problems] == [(3, wrong)]


def test_every_wrong_line_is_named():
    _, problems = read("date,name\nx,חג\n2026-04-01,\ny,חג\n")

    assert [one.line for one in problems] == [2, 3, 4]


@pytest.mark.parametrize("text", ["", "2026-04-01,חג\n", "date\n2026-04-01\n"])
def test_a_file_without_its_headings_is_refused_as_a_whole(text):
    assert read(text) == ([], [Problem(1, Wrong.NO_HEADING)])


def test_a_file_without_end_is_not_read_to_its_end():
    days, problems = read("date,name\n" + "x,y\n" * 2000)

    assert days == []
    assert [one.wrong for one in problems] == [Wrong.TOO_MANY]
