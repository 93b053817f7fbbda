"""The programme whose figures hold on a day: from the database, or as it ships while there is none."""

from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef

from .. import models
from ..rules.assembling import assemble, gazetteer
from ..rules.codes import Annex
from ..rules.programme import Programme
from .shipped import CODE, from_files

_KEPT = 64  # programmes and days that a process remembers


def programme_on(day: date, *, code: str | None = None) -> Programme:
    """
    What held on a day, of the current programme or of another one; one query when the process knows the edition.

    :raises LookupError: when there is no such programme
    """
    return _found(code, day)


def current() -> Programme:
    """The programme under which claims are filed now, with its newest figures."""
    return _found(None, date.max)


def programme_of(code: str) -> Programme | None:
    """A programme by its code, with its newest figures; None when there is none."""
    try:
        return _found(code, date.max)
    except LookupError:
        return None


def _found(code: str | None, day: date) -> Programme:
    rows = models.Programme.objects.filter(Exists(models.ProgrammeParameter.objects.filter(programme=OuterRef("pk"))))
    row = (rows.filter(code=code) if code else rows.filter(is_current=True)).values_list("pk", "edition").first()
    if row is not None:
        return _of_edition(row[0], row[1], day)
    if code in {None, CODE}:
        return from_files()
    raise LookupError(code)


@lru_cache(maxsize=_KEPT)
def _of_edition(pk: int, edition: int, day: date) -> Programme:
    """Put a programme together; a change makes a new edition, so what is remembered never grows stale."""
    row = models.Programme.objects.get(pk=pk)
    parameters: dict[str, str] = {}
    for parameter in row.parameters.order_by("valid_from", "pk"):
        if parameter.valid_from <= day or parameter.key not in parameters:  # the first one holds from ever
            parameters[parameter.key] = parameter.value
    matrix: dict[str, dict[str, str]] = {}
    for cell in row.cells.all():
        matrix.setdefault(cell.row, {})[cell.column] = cell.eligibility
    towns = dict(models.Town.objects.values_list("name", "is_border_settlement"))
    members: dict[str, set[Annex]] = {name: set() for name in towns}
    for name, annex in row.memberships.values_list("town__name", "annex"):
        members[name].add(Annex(annex))
    return assemble(
        row.code,
        version=f"{row.code}#{edition}",
        parameters=parameters,
        matrix=matrix,
        rest_days=row.rest_days.values_list("day", flat=True),
        decisions=dict(row.government_decisions.values_list("number", "decided_on")),
        towns=gazetteer(
            members,
            aliases=dict(models.TownAlias.objects.values_list("alias", "town__name")),
            border_settlements={name for name, is_border in towns.items() if is_border},
        ),
    )
