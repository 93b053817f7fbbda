"""The commands that answer from outside: `worktime` and `run_timers`."""

import io

import pytest
from django.core.management import CommandError, call_command

from crm_portal.worktime.services import timing

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("authority", "elapsed", "2026-01-08T10:00:00+02:00", "2026-01-13T14:00:00+02:00"), 76 * 3600),
        (("authority", "elapsed", "2026-01-08T08:00:00Z", "2026-01-13T12:00:00Z"), 76 * 3600),
        (("general", "elapsed", "2026-01-08T10:00", "2026-01-13T14:00"), 100 * 3600),
        (("banking", "elapsed", "2026-03-03T00:00", "2026-03-04T00:00"), 0),
        (("authority", "elapsed", "2026-10-25T00:00", "2026-10-26T00:00"), 25 * 3600),
        (("authority", "elapsed", "2026-01-08T10:00:00.900", "2026-01-08T10:00:02.100"), 1),
        (("general", "elapsed", "1970-01-01T00:00Z", "1970-01-02T00:00Z"), 24 * 3600),
    ],
    ids=["hours", "utc", "Friday counts", "Purim", "25 hours", "whole seconds", "long ago"],
)
def test_elapsed_prints_whole_seconds(arguments, answer):
    assert run("worktime", "--calendar", *arguments) == f"{answer}\n"


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("general", "add", "2026-03-31", "2"), "2026-04-03"),
        (("authority", "add", "2026-03-31", "2"), "2026-04-05"),
        (("banking", "add", "2026-03-04", "-2"), "2026-03-01"),
        (("general", "add", "2026-04-04", "0"), "2026-04-04"),
        (("general", "add", "2105-01-01", "1000"), "2108-04-12"),
    ],
    ids=["general", "authority", "backwards over Purim", "none", "far away"],
)
def test_add_prints_the_date(arguments, answer):
    assert run("worktime", "--calendar", *arguments) == f"{answer}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--calendar", "lunar", "add", "2026-01-01", "1"),
        ("--calendar", "general", "add", "1.1.2026", "1"),
        ("--calendar", "general", "elapsed", "yesterday", "2026-01-01"),
        ("--calendar", "general", "add", "2026-01-01", "9999999"),
    ],
)
def test_bad_input_is_one_clear_sentence(arguments):
    with pytest.raises(CommandError):
        run("worktime", *arguments)


def test_run_timers_prints_one_line_a_timer():
    lines = run("run_timers", "--at", "2026-01-01T00:00Z").splitlines()

    assert [line.split()[0] for line in lines] == list(timing.timers())
    assert all(len(line.split()) == 3 for line in lines)


def test_run_timers_names_the_timers_there_are():
    with pytest.raises(CommandError, match="There is no timer 'nonsense'"):
        run("run_timers", "--only", "nonsense")
