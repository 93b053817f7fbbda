"""Originals stay as they came, and the chain shows when they do not (CRD-74-a)."""

from datetime import UTC, date, datetime

import pytest
from django.db import ProgrammingError, connection, transaction

from creditdata.models import ChainCheck, OriginalRecord, RecordEntry
from creditdata.models.insert_only import Immutable
from creditdata.rules.registers import EntryType
from creditdata.selectors import chains
from creditdata.services.chains import verify_chain
from tests.factories.creditdata import OriginalFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def chain():
    """Three originals of one licensee."""
    first = OriginalFactory()
    return [first, *(OriginalFactory(licensee=first.licensee) for _ in range(2))]


def forge(sql: str, *params: object) -> None:
    """Change rows as somebody who owns the database might: without its triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, params)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.req("CRD-74-a")
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE creditdata_originalrecord SET as_of = '2026-01-01'",
        "DELETE FROM creditdata_originalrecord",
        "TRUNCATE creditdata_originalrecord CASCADE",
        "UPDATE creditdata_recordentry SET reason = 'x'",
        "DELETE FROM creditdata_recordentry",
    ],
)
def test_the_database_refuses_to_change_or_delete(chain, sql):
    RecordEntry.objects.create(
        licensee=chain[0].licensee, record=chain[0].record, type=EntryType.CONFIRMATION, row=chain[0].row, at=AT
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else TRUNCATE stops at the keys that wait to be checked
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            cursor.execute(sql)


@pytest.mark.req("CRD-74-a")
def test_the_orm_refuses_to_save_again_and_to_delete(chain):
    original = chain[0]
    originals = OriginalRecord.objects.for_licensee(original.licensee)
    for change in (original.save, original.delete, lambda: originals.update(as_of=None), originals.delete):
        with pytest.raises(Immutable):
            change()


def test_a_whole_chain_has_no_fault(chain):
    check = verify_chain(licensee_id=chain[0].licensee_id, at=AT)
    assert (check.sequence, check.faults, check.fault_count) == (3, [], 0)


@pytest.mark.req("CRD-74-a")
@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE creditdata_originalrecord SET content = 'other' WHERE id = %s", [2, "changed"]),
        ("UPDATE creditdata_originalrecord SET as_of = as_of - 1 WHERE id = %s", [2, "changed"]),
        ("UPDATE creditdata_originalrecord SET link_hash = row_hash WHERE id = %s", [2, "link_changed"]),
        ("DELETE FROM creditdata_originalrecord WHERE id = %s", [3, "missing"]),
    ],
)
def test_the_nightly_check_finds_what_was_changed_or_removed(chain, sql, fault):
    forge(sql, chain[1].pk)
    assert fault in verify_chain(licensee_id=chain[0].licensee_id, at=AT).faults


@pytest.mark.req("CRD-74-a")
def test_removing_the_newest_shows_by_the_check_before_and_by_the_row_left_alone(chain):
    verify_chain(licensee_id=chain[0].licensee_id, at=AT)
    forge("DELETE FROM creditdata_originalrecord WHERE id = %s", chain[2].pk)
    check = verify_chain(licensee_id=chain[0].licensee_id, at=AT)
    assert check.faults == [[1, "no_original"], [3, "cut_off"]]
    assert ChainCheck.objects.for_licensee(chain[0].licensee).filter(fault_count__gt=0).count() == 1


def test_each_licensee_has_a_chain_of_its_own(chain):
    other = OriginalFactory()
    assert other.sequence == 1
    assert chains.head(other.licensee)[0] == 1
    assert chains.head(chain[0].licensee)[0] == 3


def test_the_record_kept_is_dated_as_the_row_was(chain):
    assert chain[0].made_available_on == date(2026, 3, 1)
    assert chain[0].text == '{"case_number": "פש\\"ר 1"}'
