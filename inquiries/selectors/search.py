"""Search inside a view, by the rules of clause 3.3."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from crm_portal.errors import Code, refuse
from crm_portal.people.models import Customer, Representative, TaxFile
from crm_portal.people.models.customers import CUSTOMER_TEXTS, FILE_TEXTS
from crm_portal.people.models.parts import having_parts, parts_of

from ..models import Inquiry
from ..models.inquiry import INQUIRY_TEXTS

ANYWHERE = "*"
FEW = 1000
_ALL = Q()
_NAMED_BY = {"customer": "customer", "file": "customer", "representative": "representative"}
_INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00"))


@dataclass(frozen=True, slots=True)
class Term:
    """What is looked for, and whether anywhere in a field or at its beginning only."""

    text: str
    anywhere: bool = False

    @classmethod
    def parse(cls, typed: str) -> "Term | None":
        """
        Read what a person typed; nothing typed is no search.

        :raises Refused: when there are only stars (CRM-3.3-b)
        """
        cleaned = " ".join(typed.translate(_INVISIBLE).split())
        if not cleaned:
            return None
        text = cleaned.strip(ANYWHERE + " ")  # a star at the end says what holds anyway
        if not text:
            raise refuse(Code.INVALID_VALUE, "q", clause="3.3")
        return cls(text, anywhere=cleaned.startswith(ANYWHERE))

    def on(self, field: str) -> Q:
        """Where this field has the term; the database's own wildcards are plain characters."""
        return Q(**{f"{field}__contains" if self.anywhere else f"{field}__startswith": self.text})

    @property
    def reaches_files(self) -> bool:
        """File numbers are found only by a term that begins with 0 or a star (CRM-3.3-c)."""
        return self.anywhere or self.text.startswith("0")


@dataclass(frozen=True, slots=True)
class Search:
    """
    What one term finds, said in the two ways that are quick: for the first rows of a list, and for all of them.

    A term that finds few is answered by what it found, each through its own index; one that finds many is looked for
    along the list, where the first page is soon full, and counted by whole sets (docs/performance.md).
    """

    along: Q = _ALL
    whole: Q = _ALL

    @classmethod
    def of(cls, term: Term | None) -> "Search":
        if term is None:
            return cls()
        if (few := _few(term)) is None:
            return cls(_along_the_list(term), _by_sets(term))
        by_customer = Q(customer__in=few["customer"] + few["file"])
        found = Q(pk__in=few["itself"]) | by_customer | Q(representative__in=few["representative"])
        return cls(found, found)

    def among(self, rows: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
        """The rows of a view that are found; what is outside the view stays outside (CRM-3.3-f)."""
        return rows.filter(self.along)

    def counted_among(self, rows: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
        """The same rows, to be counted."""
        return rows.filter(self.whole)


def matching(rows: QuerySet[Inquiry], term: Term | None) -> QuerySet[Inquiry]:
    """The rows of a view that the term finds."""
    return Search.of(term).among(rows)


def _lots(term: Term) -> dict[str, tuple[QuerySet[Any, Any], str]]:
    """What the term finds in each table, and the column by which an inquiry names it."""
    abroad = term.on("foreign_number") & ~Q(foreign_number="")
    customers = Customer.objects.filter(term.on("sort_name") | term.on("id_number") | abroad)
    files = TaxFile.objects.filter(term.on("file_number")).order_by()
    inquiries: QuerySet[Inquiry] = Inquiry.objects.filter(_own(term))
    if term.anywhere:
        customers = having_parts(customers, term.text, CUSTOMER_TEXTS)
        files = having_parts(files, term.text, FILE_TEXTS)
        inquiries = having_parts(inquiries, term.text, INQUIRY_TEXTS)
    lots: dict[str, tuple[QuerySet[Any, Any], str]] = {
        "customer": (customers, "pk"),
        "representative": (Representative.objects.filter(term.on("name")), "pk"),
        "itself": (inquiries, "pk"),
    }
    return {**lots, "file": (files, "customer")} if term.reaches_files else lots


def _along_the_list(term: Term) -> Q:
    """The same, as a condition on each inquiry with its customer and representative beside it."""
    found = _own(term) | term.on("representative__name")
    for field in CUSTOMER_TEXTS:
        found |= term.on(f"customer__{field}")
    if term.reaches_files:
        found |= Q(Exists(TaxFile.objects.filter(term.on("file_number"), customer=OuterRef("customer"))))
    return found


def _by_sets(term: Term) -> Q:
    """The same, by the ids of all customers and representatives that the term finds."""
    found = _own(term)
    for key, (lot, column) in _lots(term).items():
        if key != "itself":
            found |= Q(**{f"{_NAMED_BY[key]}__in": lot.values(column)})
    return found


def _own(term: Term) -> Q:
    """By the columns of the inquiry itself; most are empty, and their indexes leave the empty ones out."""
    found = term.on("number")
    for field in INQUIRY_TEXTS[1:]:
        found |= term.on(field) & ~Q(**{field: ""})  # an ID as its former system wrote it too (CRM-3.3-e)
    return found


def _few(term: Term) -> dict[str, list[int]] | None:
    """What was found in each table, unless it is much; asked in one query."""
    if term.anywhere and not parts_of(term.text):
        return None  # one or two characters stand nearly everywhere, and no index has them
    bounded = [lot.values_list(Value(key), column)[: FEW + 1] for key, (lot, column) in _lots(term).items()]
    found: dict[str, list[int]] = {"customer": [], "representative": [], "itself": [], "file": []}
    for key, pk in bounded[0].union(*bounded[1:], all=True):
        found[key].append(pk)
    return found if all(len(lot) <= FEW for lot in found.values()) else None
