"""The list of localities outside the annexes: none of them is a town of an annex in another spelling."""

from difflib import SequenceMatcher

import pytest

from compensation.rules.codes import LocationRow
from compensation.rules.towns import spelling
from compensation.selectors.shipped import aliases, from_files, localities, members

ALIKE = 0.8
DIFFERENT_PLACES = {  # examined one by one: each is a place of its own beside the town of the annex
    ("אלונים", "אמונים"), ("אלעד", "אליעד"), ("אפיקים", "אופקים"), ("אפק", "אפיק"), ("בית דגן", "בית ג'ן"),
    ("בני ציון", "שבי ציון"), ("גבעת זאב", "גבעת יואב"), ("גבעתיים", "גבעתי"), ("גן שמואל", "אבן שמואל"),
    ("גשר", "גשור"), ("זמר", "זמרת"), ("חצבה", "חצב"), ("כפר גלים", "כפר גלעדי"), ("כפר זוהרים", "כפר ורדים"),
    ("כפר חיטים", "כפר אחים"), ("מסילות", "מלילות"), ("מצר", "מיצר"), ("נווה זוהר", "נווה זיו"), ("צובה", "מצובה"),
    ("קריית אתא", "קריית גת"), ("רביבים", "אביבים"), ("שואבה", "שובה"), ("תל יוסף", "תלמי יוסף"),
}  # fmt: skip


def alike() -> set[tuple[str, str]]:
    """Localities whose names hardly differ from a name of an annex."""
    known = {spelling(name): name for name in members()} | {
        spelling(alias): alias for alias, name in aliases().items() if name in members()
    }
    matcher = SequenceMatcher(autojunk=False)
    found = set()
    for locality in localities():
        matcher.set_seq2(spelling(locality))
        for other, name in known.items():
            matcher.set_seq1(other)
            if matcher.real_quick_ratio() > ALIKE and matcher.quick_ratio() > ALIKE and matcher.ratio() > ALIKE:
                found.add((locality, name))
    return found


@pytest.mark.req("CMP-annexB-a")
def test_no_locality_is_a_town_of_an_annex_in_another_spelling():
    assert alike() == DIFFERENT_PLACES


@pytest.mark.req("CMP-annexB-a")
def test_no_locality_stands_in_an_annex_and_none_twice():
    rest = [spelling(name) for name in localities()]

    assert len(set(rest)) == len(rest)
    assert not {spelling(name) for name in members()} & set(rest)


@pytest.mark.req("CMP-annexB-a")
@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("תל אביב-יפו", "תל אביב"), ("קרית אתא", "קריית אתא"), ("נצרת עילית", "נוף הגליל"), ("פרדיס", "פוריידיס"),
        ("מודיעין", "מודיעין מכבים רעות"), ("דביר", "דבירה"), ("תארבין", "תראבין א-צאנע"),
    ],
)  # fmt: skip
def test_a_locality_is_found_by_each_of_its_spellings(written, name):
    assert from_files().towns.find(written) == from_files().towns.find(name)


@pytest.mark.req("CMP-annexB-a")
def test_every_other_spelling_leads_to_a_town_that_is_known():
    for alias, name in aliases().items():
        town = from_files().towns.find(alias)
        assert town is not None
        assert town.name == name, alias


def test_a_locality_in_no_annex_is_the_rest_of_the_country():
    rows = {from_files().towns.find(name).row for name in localities()}

    assert rows == {LocationRow.REST}
