"""Search inside a view, by the rules of clause 3.3."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from crm_portal.errors import Code, refuse
from crm_portal.people.models import Customer, Representative, TaxFile

from ..models import Inquiry

ANYWHERE = "*"
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
    """The rows of a view that the term finds; what is outside the view stays outside (CRM-3.3-f)."""
    if term is None:
        return rows
    customers = Customer.objects.filter(term.on("sort_name") | term.on("id_number") | term.on("foreign_number"))
    found = (
        term.on("number")
        | term.on("assessment_number")
        | term.on("legacy_id_number")  # as its former system wrote it, without the leading 0 (CRM-3.3-e)
        | term.on("legacy_number")
        | term.on("contact_name")
        | Q(customer__in=customers.values("pk"))
        | Q(representative__in=Representative.objects.filter(term.on("name")).values("pk"))
    )
    if term.reaches_files:
        found |= Q(customer__in=TaxFile.objects.filter(term.on("file_number")).values("customer"))
    return rows.filter(found)
