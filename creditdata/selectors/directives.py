"""The directives as rows, read for the rules."""

from ..models import UpdateDirective
from ..rules.codes import RecordKind, SourceType
from ..rules.directives import Directive


def directives() -> list[Directive]:
    """All of them, in one query; there are few."""
    return [_directive(row) for row in UpdateDirective.objects.all()]


def _directive(row: UpdateDirective) -> Directive:
    return Directive(
        source_type=SourceType(row.source_type) if row.source_type else None,
        kind=RecordKind(row.kind) if row.kind else None,
        licensee_id=row.licensee_id,
        source_id=row.source_id,
        target_interval_bd=row.target_interval_bd,
        max_interval_bd=row.max_interval_bd,
        max_lag_bd=row.max_lag_bd,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        is_issued=row.issued_at is not None,
        number=row.pk,
    )
