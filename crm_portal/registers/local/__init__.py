"""
The file-backed local registers: the files of this folder, or of `REGISTERS_FOLDER`.

`people.json` is the one source for everybody in the demonstration; the local registers answer from it and the
demonstration's customers are loaded from it. All persons are invented, with a valid check digit.

``customers``: a list of
  - ``key``: the situation it stands for, e.g. "file-91"
  - ``kind``: person, company or foreign; ``id_number`` (nine digits) or ``country`` and ``foreign_number``
  - ``last_name``, ``first_name`` (a company's whole name is its last name)
  - ``birth_date``, ``id_issued_on``: what the identity check asks (of a company: its registration and certificate)
  - ``address``: ``street``, ``house``, ``locality``, ``postcode`` of the population register, or null
  - ``email``, ``mobile``, ``contact_preference``, ``registered``: whether the registration was completed
  - ``tax_files``: ``tax_system``, ``file_number``, ``file_type``, ``is_active``, ``annual_report_required``,
    ``managing_unit`` (code of a business unit), ``section``
  - ``work_grants``: ``year``, ``amount``, ``state``
  - ``section_60_representative``: the id number of the Israeli representative of a foreign business, or null
  - ``legacy_id``: how the replaced systems wrote the number (without its leading 0), or null

``representatives``: a list of
  - ``key``, ``id_number``, ``last_name``, ``first_name``, ``kind`` (lawyer, accountant, tax_adviser),
    ``licence_number``, ``is_active_licence``, ``email``, ``mobile``
  - ``cards``: ``card_number``, ``holder`` (representative or employee), ``id_number``, ``last_name``, ``first_name``,
    ``state`` (active or revoked), ``valid_until``
  - ``powers``: ``customer`` (id number), ``tax_system``, ``valid_from``, ``valid_until`` (or null), ``limited_topic``

To see what the portal does while a register is out of reach, put an empty file ``NAME.down`` beside the others, e.g.
``population.down``; a file that is missing or damaged has the same effect.
"""

import csv
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings


def folder() -> Path:
    return Path(settings.REGISTERS_FOLDER)


def check_reachable(register: str) -> None:
    """
    Fail while the register is marked as down.

    :raises ConnectionError: when the marker lies in the folder
    """
    if (folder() / f"{register}.down").exists():
        raise ConnectionError(f"{register} is marked as down")


def people(register: str) -> Any:
    """What `people.json` holds, for a register that is not down."""
    return table(register, "people.json")


def table(register: str, name: str) -> Any:
    """What a JSON file of the folder holds, for a register that is not down."""
    check_reachable(register)
    path = folder() / name
    return _json(path, path.stat().st_mtime_ns)


def rows(register: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file of the folder, for a register that is not down."""
    check_reachable(register)
    path = folder() / name
    return _csv(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _json(path: Path, _changed: int) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def _csv(path: Path, _changed: int) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))
