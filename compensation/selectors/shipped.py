"""The programme of Swords of Iron as it ships: its figures, its annexes, and the localities of the country."""

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ..rules.assembling import assemble, gazetteer
from ..rules.codes import Annex
from ..rules.programme import Programme

FOLDER = Path(__file__).resolve().parent.parent / "reference"
CODE = "swords-of-iron"
ANNEX_FILES = {
    Annex.THIRD_SCHEDULE: "schedule_3_annex_a.csv",
    Annex.SECOND_SCHEDULE: "schedule_2_annex_b.csv",
    Annex.FOURTH_SCHEDULE: "schedule_4_annex_c.csv",
    Annex.EVACUATED: "evacuated_annex_d.csv",
    Annex.ADVANCE: "advance_annex_e.csv",
}


@cache
def from_files() -> Programme:
    """The programme of the shipped files; it answers while the database holds none."""
    rows = figures()
    return assemble(
        CODE,
        version=f"{CODE}@{fingerprint()}",
        parameters={row["key"]: row["value"] for row in rows["parameters"]},
        matrix=rows["matrix"],
        rest_days=[date.fromisoformat(row["day"]) for row in rows["rest_days"]],
        decisions={row["number"]: date.fromisoformat(row["day"]) for row in rows["government_decisions"]},
        towns=gazetteer(members(), aliases=aliases(), localities=localities()),
    )


def figures() -> dict[str, Any]:
    """Parameters with clause, matrix, holidays and government decisions."""
    rows: dict[str, Any] = json.loads((FOLDER / "swords_of_iron.json").read_text(encoding="utf-8"))
    return rows


def members() -> dict[str, set[Annex]]:
    """The annexes of each town, by its canonical name, in the order of the files."""
    annexes: dict[str, set[Annex]] = {}
    for annex, file in ANNEX_FILES.items():
        for row in _rows(file):
            annexes.setdefault(row["name_he"], set()).add(annex)
    return annexes


def printed() -> Iterator[tuple[Annex, str, str, str]]:
    """Each line of each annex: annex, canonical name, name as printed, remark."""
    for annex, file in ANNEX_FILES.items():
        for row in _rows(file):
            yield annex, row["name_he"], row["name_as_printed"], row["remark"]


def aliases() -> dict[str, str]:
    """The canonical name of each other spelling: of the annexes, as the law's files have them, and of the rest."""
    files = ("town_aliases.csv", "locality_spellings.csv")
    return {row["alias"]: row["name_he"] for file in files for row in _rows(file)}


def localities() -> list[str]:
    """The country's localities that are in no annex."""
    return [row["name_he"] for row in _rows("localities.csv")]


def fingerprint() -> str:
    """What tells one edition of the files from another."""
    digest = hashlib.sha256()
    for file in sorted(FOLDER.iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
