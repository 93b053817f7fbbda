"""Rows that are written once: not through the ORM, not in the admin, and by triggers not in the database (CRD-74-a)."""

from typing import Any, NoReturn, TypeVar

from django.db import models

from .scoped import ScopedQuerySet

Row = TypeVar("Row", bound=models.Model)


class Immutable(RuntimeError):  # noqa: N818 - what it is
    """A row that stays as it was written was to be changed or deleted."""


def _refuse(model: type[models.Model]) -> NoReturn:
    raise Immutable(f"A row of {model.__name__} stays as it was written.")


class InsertOnlyQuerySet(ScopedQuerySet[Row]):
    """Reads for a licensee, and inserts."""

    def update(self, **_kwargs: Any) -> NoReturn:
        _refuse(self.model)

    def delete(self) -> NoReturn:
        _refuse(self.model)

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        _refuse(self.model)


class InsertOnly(models.Model):
    """The base of such a table; its migration adds the triggers."""

    objects = models.Manager.from_queryset(InsertOnlyQuerySet)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            _refuse(type(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        _refuse(type(self))
