"""
Which documents a claim needs: clauses 4.7.2 and 7.4.2, made from the track, the claimant's kind and his flags.

The lists of all kinds and flags that fit are joined; a document that two of them name is asked for once, and certified
if one of them wants it certified (CMP-4.7.2-g).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from .assessment import Finding
from .codes import ClaimantFlag, ClaimantKind, Track
from .programme import Programme
from .reasons import Reason

FORMATS = frozenset({"application/pdf", "text/csv", "image/jpeg", "image/png"}) | {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}
MOST_BYTES = 20 * 1024 * 1024  # of each file


class Document(StrEnum):
    """What is uploaded; `compensation.labels.DOCUMENT` has its words."""

    CAPITAL_SALE_LEDGER = "capital_sale_ledger"
    MONTHLY_PROFIT_AND_LOSS = "monthly_profit_and_loss"  # from bookkeeping software only
    AUDITED_STATEMENTS = "audited_statements"
    TRIAL_BALANCE = "trial_balance"  # movements and balances
    ACTIVITY_PROFIT_AND_LOSS = "activity_profit_and_loss"  # monthly, of the sales of services or products
    ARTICLES = "articles_of_association"
    PROFIT_AND_LOSS = "profit_and_loss"
    INCOME_OF_YEAR = "income_of_year"
    INCOME_OF_PERIOD = "income_of_period"  # October 2023
    CALCULATION_SHEET = "calculation_sheet"
    MEDICAL_DOCUMENT = "medical_document"
    TURNOVER_EVIDENCE = "turnover_evidence"
    FIELDS_DECLARATION = "fields_declaration"
    WORKERS_DECLARATION = "workers_declaration"
    DAMAGE_EXPLANATION = "damage_explanation"
    SUPPORTING_EVIDENCE = "supporting_evidence"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist: a document of one year, or of none."""

    document: Document
    clause: str
    year: int | None = None
    is_certified: bool = False  # by an accountant or a tax adviser
    until_filing: bool = False  # the year as far as it has come
    branches_of_area_only: bool = False

    @property
    def key(self) -> tuple[str, int | None]:
        """What an uploaded file names to stand for this line."""
        return self.document.value, self.year


def checklist(
    track: Track,
    programme: Programme,
    *,
    kind: ClaimantKind = ClaimantKind.REGULAR,
    flags: Collection[ClaimantFlag] = (),
    needs_medical_document: bool = False,
) -> tuple[Item, ...]:
    """
    Every document that a submission is blocked without, in the order of the instruction.

    A regular claimant of the turnover track has none (CMP-4.7.2-h). `needs_medical_document`: an employee was absent
    for a disability that the employer did not know of.
    """
    match track:
        case Track.TURNOVER:
            return _joined(_of_turnover(kind, flags, programme.base_year))
        case Track.WAGE:
            return tuple(_of_wage(kind, needs_medical_document))
        case Track.AGRICULTURE:
            return (Item(Document.FIELDS_DECLARATION, "5.4.2"), Item(Document.WORKERS_DECLARATION, "5.4.2"))
        case Track.EXECUTION_CONTRACTOR:
            return (Item(Document.CALCULATION_SHEET, "6.1"),)
        case Track.RED:
            return _of_red(programme.base_year)
        case Track.FIXED_COSTS:
            return ()


def missing(items: Iterable[Item], uploaded: Collection[tuple[str, int | None]]) -> tuple[Finding, ...]:
    """A finding for each line without a file (`GEN_DOC_MISSING:<item>`)."""
    return tuple(
        Finding(
            Reason.GEN_DOC_MISSING,
            "CMP-4.7.2-g",
            f"documents.{item.document.value}" + (f".{item.year}" if item.year else ""),
            details={"item": item.document.value, "year": item.year},
        )
        for item in items
        if item.key not in uploaded
    )


def is_accepted(content_type: str, size: int) -> bool:
    """Whether a file's verified type and size may be uploaded (CMP-4.7.2-g)."""
    return content_type in FORMATS and 0 < size <= MOST_BYTES


def _of_turnover(kind: ClaimantKind, flags: Collection[ClaimantFlag], year: int) -> Iterable[Item]:
    if ClaimantFlag.CAPITAL_SALES in flags:
        for each in (year, year + 1):
            yield Item(Document.CAPITAL_SALE_LEDGER, "4.7.2", each, is_certified=True)
    if kind is ClaimantKind.VAT_GROUP_MEMBER:
        yield from _books(year, "4.7.2")
    if kind is ClaimantKind.EPI:
        yield Item(Document.AUDITED_STATEMENTS, "4.7.2", year)
        for each in (year - 1, year):
            yield Item(Document.ACTIVITY_PROFIT_AND_LOSS, "4.7.2", each)
        yield Item(Document.ARTICLES, "4.7.2")
    if kind is ClaimantKind.EXEMPT_DEALER:
        yield Item(Document.PROFIT_AND_LOSS, "4.7.2", year)
        yield Item(Document.INCOME_OF_YEAR, "4.7.2", year, is_certified=True)
        yield Item(Document.INCOME_OF_PERIOD, "4.7.2", year + 1, is_certified=True)
    if ClaimantFlag.BRANCHES in flags:
        for item in (*_books(year, "4.7.2"), Item(Document.CALCULATION_SHEET, "4.7.2")):
            yield replace(item, branches_of_area_only=True)
    if kind is ClaimantKind.KIBBUTZ:
        yield from _books(year, "4.7.2")
        yield Item(Document.CALCULATION_SHEET, "4.7.2")


def _of_wage(kind: ClaimantKind, needs_medical_document: bool) -> Iterable[Item]:
    yield Item(Document.CALCULATION_SHEET, "3.4.2")
    if needs_medical_document:
        yield Item(Document.MEDICAL_DOCUMENT, "3.2.2.3")
    if kind is ClaimantKind.SELF_EMPLOYED_RESIDENT:
        yield Item(Document.TURNOVER_EVIDENCE, "3.1")


def _of_red(year: int) -> tuple[Item, ...]:
    return (
        Item(Document.DAMAGE_EXPLANATION, "7.4.2"),
        *_books(year, "7.4.2"),
        Item(Document.CALCULATION_SHEET, "7.4.2"),
        Item(Document.SUPPORTING_EVIDENCE, "7.4.2"),
    )


def _books(year: int, clause: str) -> tuple[Item, ...]:
    """The three that most lists begin with: profit and loss by month, audited statements, trial balances."""
    years = (year - 1, year, year + 1)
    last = year + 1
    return (
        *(
            Item(Document.MONTHLY_PROFIT_AND_LOSS, clause, each, is_certified=each == last, until_filing=each == last)
            for each in years
        ),
        Item(Document.AUDITED_STATEMENTS, clause, year),
        *(Item(Document.TRIAL_BALANCE, clause, each) for each in years),
    )


def _joined(items: Iterable[Item]) -> tuple[Item, ...]:
    """Each line once; what one list wants whole or certified is so."""
    lines: dict[tuple[str, int | None], Item] = {}
    for item in items:
        known = lines.setdefault(item.key, item)
        lines[item.key] = replace(
            known,
            is_certified=known.is_certified or item.is_certified,
            branches_of_area_only=known.branches_of_area_only and item.branches_of_area_only,
        )
    return tuple(lines.values())
