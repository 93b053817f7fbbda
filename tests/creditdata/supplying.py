"""Supplies for tests: rows of each kind that are right, sent as a source sends them."""

import csv
import io
from datetime import UTC, date, datetime

from creditdata.models import IntakeBatch, IntakeRow, Licensee, SourceOrganisation
from creditdata.rules.codes import RecordKind
from creditdata.services import intake, receiving
from creditdata.services.receiving import Supply
from tests.factories.people import valid_id

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)  # a Sunday
TODAY = date(2026, 3, 1)
AS_OF = date(2026, 2, 27)  # the Friday before, a business day


def person(n: int = 1, **given: str) -> dict[str, str]:
    return {
        "last_name": f"כהן{n}", "first_name": "רות", "id_kind": "RESIDENT", "id_number": valid_id(20_000_000 + n * 7),
        **given,
    }  # fmt: skip


def order(n: int = 1, **given: str) -> dict[str, str]:
    """A receiving order."""
    return {
        **person(n), "order_date": "2025-11-03", "court_name": "בית המשפט המחוזי בחיפה", "case_number": f"פש״ר {n}",
        "cancelled": "false", **given,
    }  # fmt: skip


def update(n: int = 1, **given: str) -> dict[str, str]:
    """What followed the receiving order of the same number."""
    return {
        "court_name": "בית המשפט המחוזי בחיפה", "case_number": f"פש״ר {n}", "event_type": "DECLARED_BANKRUPT",
        "event_date": "2026-01-12", **given,
    }  # fmt: skip


def judgment(n: int = 1, **given: str) -> dict[str, str]:
    return {
        **person(n), "file_number": f"01-{n:05d}-25", "opened_on": "2025-06-01", "office": "חיפה",
        "warning_recorded_served": "true", "warning_served_on": "2025-08-01", "stay_order": "false",
        "judgment_nature": "MONETARY", **given,
    }  # fmt: skip


def consolidation(n: int = 1, **given: str) -> dict[str, str]:
    return {
        **person(n), "consolidation_number": f"א-{n}", "file_numbers": "01-1-25;01-2-25", "opened_on": "2025-06-01",
        "office": "חיפה", "warning_recorded_served": "true", "warning_served_on": "2025-08-01", "stay_order": "false",
        **given,
    }  # fmt: skip


def written(rows: list[dict[str, str]], header: list[str] | None = None) -> bytes:
    """The rows as a CSV file that begins with a byte-order mark."""
    names = header or list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    lines = csv.DictWriter(out, names, lineterminator="\r\n")
    lines.writeheader()
    lines.writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def sent(
    licensee: Licensee, source: SourceOrganisation, by: object, rows: list[dict[str, str]] | bytes, *,
    kind: RecordKind = RecordKind.RECEIVING_ORDER, as_of: date | None = AS_OF, on: date = TODAY, at: datetime = AT,
    **given: object,
) -> IntakeBatch:  # fmt: skip
    """A batch that was received and not read yet."""
    content = rows if isinstance(rows, bytes) else written(rows)
    supply = Supply(kind=kind, as_of=as_of, made_available_on=on, **given)
    return receiving.receive(
        licensee_id=licensee.pk, source_id=source.pk, supply=supply, content=[content], by=by, at=at
    )


def supplied(licensee, source, by, rows, **given) -> IntakeBatch:
    """A batch that was received and read to its end."""
    batch = sent(licensee, source, by, rows, **given)
    while intake.read_next(at=given.get("at", AT)):
        pass
    batch.refresh_from_db()
    return batch


def rows_of(batch: IntakeBatch) -> list[IntakeRow]:
    return list(IntakeRow.objects.for_licensee(batch.licensee_id).filter(batch=batch))


def fates(batch: IntakeBatch) -> list[tuple]:
    """The status of each row with its codes."""
    return [(row.status, *(code for _, code in row.problems)) for row in rows_of(batch)]


def counters(batch: IntakeBatch) -> tuple[int, ...]:
    """Rows read; accepted, rejected, needing review, duplicate."""
    return batch.rows_read, batch.accepted, batch.rejected, batch.needs_review, batch.duplicate
