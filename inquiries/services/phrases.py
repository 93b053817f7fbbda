"""The forbidden phrases: one question for everything that is written to a customer (CRM-6.4-b)."""

from crm_portal.errors import refuse_if

from ..models import ForbiddenPhrase
from ..rules import wording


def forbidden_in(text: str) -> ForbiddenPhrase | None:
    """The row of the table whose phrase the text says; none when it says none."""
    if not text:
        return None
    rows = {row.text: row for row in ForbiddenPhrase.objects.filter(is_active=True)}
    found = wording.phrase_in(text, rows)
    return rows[found] if found is not None else None


def refuse_forbidden(text: str, *, field: str = "text") -> None:
    """:raises Refused: FORBIDDEN_PHRASE at the field, naming the phrase and the right action; nobody may override it"""
    if (row := forbidden_in(text)) is not None:
        refuse_if([wording.phrase_refusal(row.text, row.advice, field=field)])
