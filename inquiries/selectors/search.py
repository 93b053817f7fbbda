"""Search inside a view, by the rules of clause 3.3."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from crm_portal.errors import Code, refuse
from crm_portal.people.models import Customer, Representative, TaxFile

from ..models import Inquiry

ANYWHERE = "*"
FEW = 1000
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


def matching(rows: QuerySet[Inquiry], term: Term | None) -> QuerySet[Inquiry]:
    """
    The rows of a view that the term finds; what is outside the view stays outside (CRM-3.3-f).

    A term that finds few is answered by what it found, each through its own index; one that finds many is looked for
    along the list, where the first page is soon full. Either way alone is slow for the other (docs/performance.md).
    """
    if term is None:
        return rows
    customers = Customer.objects.filter(term.on("sort_name") | term.on("id_number") | term.on("foreign_number"))
    representatives = Representative.objects.filter(term.on("name"))
    files = TaxFile.objects.filter(term.on("file_number")) if term.reaches_files else TaxFile.objects.none()
    own = _own(term)
    few = [_few(lot) for lot in (customers.values("pk"), files.values("customer"), representatives.values("pk"))]
    few.append(_few(Inquiry.objects.filter(own).values("pk")) if None not in few else None)
    if None in few:
        found = own | Q(customer__in=customers.values("pk")) | Q(customer__in=files.values("customer"))
        return rows.filter(found | Q(representative__in=representatives.values("pk")))
    by_customer, by_file, by_representative, by_itself = (lot or [] for lot in few)
    found = Q(pk__in=by_itself) | Q(customer__in={*by_customer, *by_file}) | Q(representative__in=by_representative)
    return rows.filter(found)


def _own(term: Term) -> Q:
    """By the columns of the inquiry itself; most are empty, and their indexes leave the empty ones out."""
    found = term.on("number")
    for field in ("assessment_number", "contact_name", "legacy_id_number", "legacy_number"):
        found |= term.on(field) & ~Q(**{field: ""})  # an ID as its former system wrote it too (CRM-3.3-e)
    return found


def _few(lot: QuerySet[Any, Any]) -> list[int] | None:
    """What was found, unless it is much."""
    found = [next(iter(row.values())) for row in lot[: FEW + 1]]
    return found if len(found) <= FEW else None
