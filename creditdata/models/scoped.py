"""Rows that belong to one licensee: whoever reads them says for which (CRD-0-r)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from .licensees import Licensee

Row = TypeVar("Row", bound=models.Model)


class UnscopedRead(RuntimeError):  # noqa: N818 - what it is
    """Rows of a licensee were asked for without saying of which."""


class ScopedQuerySet(models.QuerySet[Row]):
    """
    A queryset that gives nothing until `for_licensee` was called on it, or, with reason, `of_every_licensee`.

    A relation read backwards (`batch.rows`) needs it too; a foreign key read forwards does not.
    """

    is_scoped = False

    def for_licensee(self, licensee: "Licensee | int") -> Self:
        """The rows of one licensee."""
        rows = self.filter(licensee=licensee)
        rows.is_scoped = True
        return rows

    def of_every_licensee(self) -> Self:
        """The rows of all, for what the service does by itself and for what the regulations send to the Registrar."""
        rows = self.all()
        rows.is_scoped = True
        return rows

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc] # Django's own, which its stubs leave out
        clone.is_scoped = self.is_scoped
        return clone

    def _require_scope(self) -> None:
        if not self.is_scoped:
            raise UnscopedRead(f"{self.model.__name__} was read without a licensee.")

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._require_scope()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        self._require_scope()
        return super().iterator(chunk_size)

    def count(self) -> int:
        self._require_scope()
        return super().count()

    def exists(self) -> bool:
        self._require_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._require_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._require_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._require_scope()
        return super().delete()

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Be part of another query."""
        self._require_scope()
        return super().resolve_expression(*args, **kwargs)


ScopedManager = models.Manager.from_queryset(ScopedQuerySet)
