"""Who may ask for an advance before a claim, and until when (7.3)."""

from datetime import date

import pytest

from compensation.rules.advance_requests import Served, findings, served_as
from compensation.rules.codes import Annex
from compensation.rules.reasons import Reason
from compensation.selectors.shipped import from_files, members

IN_TIME = date(2023, 11, 30)
D_NOT_E = ["אוהד", "בני נצרים", "ברור חיל", "דורות", "מבקיעים", "נווה", "צוחר", "שדה ניצן", "תלמי אליהו"]
E_ONLY = [
    "אלמגור",
    "אשדות יעקב (איחוד)",
    "אשדות יעקב (מאוחד)",
    "האון",
    "מסדה",
    "מעגן",
    "עין גב",
    "שער הגולן",
    "תל קציר",
]


def codes(name, on=IN_TIME, **campaign):
    programme = from_files()
    found = findings(programme.towns.find(name), on, programme, **campaign)
    return [(finding.code, finding.is_final) for finding in found]


@pytest.mark.req("CMP-1.5-a")
def test_annex_e_alone_decides_who_may_ask():
    open_to = {name for name in members() if codes(name) == []}

    assert open_to == {name for name, annexes in members().items() if Annex.ADVANCE in annexes}
    assert len(open_to) == 169


@pytest.mark.req("CMP-7.3.4-a")
def test_an_evacuated_town_that_is_not_in_annex_e_is_examined_by_hand():
    by_hand = sorted(name for name in members() if codes(name) == [(Reason.ADV_D_NOT_E, False)])

    assert by_hand == sorted(D_NOT_E)


@pytest.mark.req("CMP-7.3.4-a")
@pytest.mark.parametrize("name", ["אשדוד", "אופקים", "תל אביב"])
def test_any_other_town_is_refused(name):
    assert codes(name) == [(Reason.ADV_NOT_ANNEX_E, True)]


@pytest.mark.req("CMP-annexE-a")
def test_nine_towns_of_annex_e_lie_in_no_schedule_and_may_ask():
    in_e_alone = sorted(name for name, annexes in members().items() if annexes == {Annex.ADVANCE})

    assert in_e_alone == sorted(E_ONLY)
    assert all(codes(name) == [] for name in E_ONLY)


@pytest.mark.req("CMP-7.3.8-a")
def test_requests_for_october_end_on_the_last_of_november():
    assert codes("שדרות", date(2023, 11, 30)) == []
    assert codes("שדרות", date(2023, 12, 1)) == [(Reason.ADV_WINDOW_CLOSED, True)]


@pytest.mark.req("CMP-7.3.9-a")
def test_a_further_campaign_has_days_of_its_own():
    days = {"opens_on": date(2023, 12, 10), "last_day": date(2023, 12, 31)}

    assert codes("שדרות", date(2023, 12, 9), **days) == [(Reason.ADV_WINDOW_CLOSED, True)]
    assert codes("שדרות", date(2023, 12, 10), **days) == codes("שדרות", date(2023, 12, 31), **days) == []
    assert codes("שדרות", date(2024, 1, 1), **days) == [(Reason.ADV_WINDOW_CLOSED, True)]


@pytest.mark.req("CMP-7.3.2-a")
def test_every_town_that_may_ask_was_evacuated_or_brought_to_a_halt_by_restrictions():
    towns = [from_files().towns.find(name) for name in members()]
    may_ask = {town.name for town in towns if codes(town.name) in ([], [(Reason.ADV_D_NOT_E, False)])}

    evacuated = {town.name for town in towns if served_as(town) is Served.EVACUATED}
    restricted = {town.name for town in towns if served_as(town) is Served.RESTRICTED}

    assert evacuated | restricted == may_ask
    assert len(evacuated) == 106
    assert {"בארי", "אוהד"} <= evacuated
    assert "נהריה" in restricted
    assert served_as(from_files().towns.find("אשדוד")) is None
