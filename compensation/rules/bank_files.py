"""
The files exchanged with the bank, as `docs/payments.md` describes them.

A transfer file is made of its frozen lines alone, so the same batch is always the same bytes.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import StringIO

VERSION = "1"
SETTLED, RETURNED = "S", "R"
_COLUMNS = 5  # of a settlement line
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Transfer:
    """One line of a transfer file."""

    reference: str
    payee: str
    bank: str
    branch: str
    account: str
    amount: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of a settlement file: what became of a transfer."""

    line: int  # in the file
    reference: str
    amount: Decimal
    is_settled: bool
    on: date
    reason: str = ""


class Fault(StrEnum):
    """Why a line of a settlement file was not taken."""

    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    OTHER_AMOUNT = "other_amount"
    CONTRADICTS = "contradicts"  # settled after it had been returned


def transfer_file(reference: str, made_on: date, transfers: Iterable[Transfer]) -> bytes:
    """Header, one line a transfer, control totals: number of lines, sum, and the sum of the account numbers."""
    text = StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    lines = list(transfers)
    rows.writerow(["H", VERSION, reference, made_on.isoformat(), "ILS"])
    for one in lines:
        payee = " ".join(one.payee.split())
        rows.writerow(["T", one.reference, one.bank, one.branch, one.account, payee, f"{one.amount}.00", one.note])
    total = sum((one.amount for one in lines), Decimal(0))
    rows.writerow(["C", len(lines), f"{total}.00", sum(int(one.account or "0") for one in lines)])
    return text.getvalue().encode("utf-8")


def settlement(content: bytes) -> Iterator[Outcome | tuple[int, Fault]]:
    """The lines of a settlement file; one that cannot be read is told by its number, and the others go on."""
    text = content.decode("utf-8-sig", errors="replace")
    for number, row in enumerate(csv.reader(StringIO(text)), start=1):
        if not any(cell.strip() for cell in row) or row[0].strip().lower() == "reference":
            continue
        yield _outcome(number, [cell.strip() for cell in row]) or (number, Fault.UNREADABLE)


def _outcome(number: int, row: list[str]) -> Outcome | None:
    if len(row) != _COLUMNS or row[2] not in (SETTLED, RETURNED) or (row[2] == RETURNED and not row[4]):
        return None
    try:
        amount, on = Decimal(row[1]), date.fromisoformat(row[3])
    except (ArithmeticError, ValueError):
        return None
    if not amount.is_finite():
        return None
    return Outcome(number, row[0], amount, row[2] == SETTLED, on, row[4][:_LONGEST_REASON])
