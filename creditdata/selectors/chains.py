"""Whether a licensee's chain of originals still holds. PostgreSQL computes it, so that a million rows take seconds."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from ..models import ChainCheck, Licensee, OriginalRecord
from ..rules.chain import GENESIS

KEPT_FAULTS = 100  # of a broken chain; the count tells of the rest

# The formula of `rules.chain`, which a test compares. It comes with each question instead of being a function in the
# database, which whoever forges rows could forge too.
_ROW_HASH = """
    sha256(convert_to(concat(
        licensee_id, '|', sequence, '|', row_id, '|', batch_id, '|', source_id, '|', record_id, '|', kind, '|', event,
        '|', coalesce(to_char(as_of, 'YYYY-MM-DD'), ''), '|', to_char(made_available_on, 'YYYY-MM-DD'), '|',
        (extract(epoch FROM received_at) * 1000000)::bigint, '|', to_char(retain_until, 'YYYY-MM-DD'), '|'
    ), 'UTF8') || content)
"""
_FAULTS = f"""
    SELECT sequence, fault FROM (
        SELECT sequence, CASE
            WHEN row_hash <> {_ROW_HASH} THEN 'changed'
            WHEN sequence <> coalesce(lag(sequence) OVER chain, 0) + 1 THEN 'missing'
            WHEN link_hash <> sha256(coalesce(lag(link_hash) OVER chain, %s) || row_hash) THEN 'link_changed'
        END AS fault
        FROM creditdata_originalrecord WHERE licensee_id = %s
        WINDOW chain AS (ORDER BY sequence)
    ) AS checked WHERE fault IS NOT NULL ORDER BY sequence
"""  # noqa: S608 - put together from constants
_UNCHAINED = """
    SELECT count(*) FROM creditdata_intakerow AS row
    WHERE row.licensee_id = %s AND row.status = 'ACCEPTED'
      AND NOT EXISTS (SELECT FROM creditdata_originalrecord AS original WHERE original.row_id = row.id)
"""


class Fault(StrEnum):
    """What was found wrong in a chain."""

    CHANGED = "changed"
    MISSING = "missing"  # one or more originals before this one are gone
    LINK_CHANGED = "link_changed"
    CUT_OFF = "cut_off"  # the end of an earlier check is no longer there
    NO_ORIGINAL = "no_original"  # accepted rows without one; the number is how many


@dataclass(frozen=True, slots=True)
class Verified:
    """How far a chain reaches and what is wrong with it."""

    sequence: int
    link_hash: bytes
    faults: list[tuple[int, Fault]]


def head(licensee: Licensee | int) -> tuple[int, bytes]:
    """The number and the hash of the newest original; those before the first when there is none."""
    newest = (
        OriginalRecord.objects.for_licensee(licensee).order_by("-sequence").values_list("sequence", "link_hash").first()
    )
    return (0, GENESIS) if newest is None else (newest[0], bytes(newest[1]))


def verify(licensee: Licensee) -> Verified:
    """Compute the whole chain of a licensee anew."""
    sequence, link = head(licensee)
    with connection.cursor() as cursor:
        cursor.execute(_FAULTS, [GENESIS, licensee.pk])
        faults = [(number, Fault(fault)) for number, fault in cursor.fetchall()]
        cursor.execute(_UNCHAINED, [licensee.pk])
        if without := cursor.fetchone()[0]:
            faults.append((without, Fault.NO_ORIGINAL))
    before = ChainCheck.objects.for_licensee(licensee).filter(sequence__gt=0).order_by("-at", "-pk").first()
    if before is not None and not _holds(before):
        faults.append((before.sequence, Fault.CUT_OFF))
    return Verified(sequence, link, faults)


def _holds(check: ChainCheck) -> bool:
    originals = OriginalRecord.objects.for_licensee(check.licensee_id)
    return originals.filter(sequence=check.sequence, link_hash=bytes(check.link_hash)).exists()
