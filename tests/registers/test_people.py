"""The invented people that the registers and the demonstration share."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from stdnum.il import idnr

PEOPLE = json.loads((Path(settings.REGISTERS_FOLDER) / "people.json").read_text())
NUMBERS = [row["id_number"] for group in PEOPLE.values() for row in group if row["id_number"]] + [
    card["id_number"] for row in PEOPLE["representatives"] for card in row["cards"]
]


@pytest.mark.parametrize("number", NUMBERS)
def test_an_invented_number_has_nine_digits_and_a_valid_check_digit(number):
    assert len(number) == 9
    assert idnr.is_valid(number)


def test_keys_cards_and_file_numbers_are_given_once():
    keys = [row["key"] for group in PEOPLE.values() for row in group]
    cards = [card["card_number"] for row in PEOPLE["representatives"] for card in row["cards"]]
    files = [(file["tax_system"], file["file_number"]) for row in PEOPLE["customers"] for file in row["tax_files"]]

    assert len(set(keys)) == len(keys)
    assert len(set(cards)) == len(cards)
    assert len(set(files)) == len(files)
    assert all(number.startswith("0") for _system, number in files)


def test_the_people_cover_the_situations_of_the_specification():
    customers = {row["key"]: row for row in PEOPLE["customers"]}
    kinds = {row["kind"] for row in PEOPLE["representatives"]}

    assert {file["file_type"] for row in customers.values() for file in row["tax_files"]} >= {"91", "10", "95"}
    assert customers["leading-zero"]["id_number"].startswith("0")
    assert customers["legacy"]["legacy_id"] == customers["legacy"]["id_number"].lstrip("0")
    assert customers["foreign-company"]["section_60_representative"] == PEOPLE["representatives"][0]["id_number"]
    assert not customers["unverified"]["registered"]
    assert kinds == {"lawyer", "accountant", "tax_adviser"}
    assert all(
        {card["holder"] for card in row["cards"]} == {"representative", "employee"} for row in PEOPLE["representatives"]
    )
