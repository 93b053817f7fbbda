"""
How quickly batches of credit data are taken in, and with how much memory: a batch of new rows, and the same rows again.

    .venv/bin/python -m crm_portal.embedded --test env .venv/bin/python benchmarks/intake.py [ROWS] [csv|xlsx]

It makes a test database of its own and drops it.
"""

import io
import os
import resource
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

import openpyxl
from django.db import connection
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from creditdata.models import IntakeBatch
from creditdata.rules.codes import RecordKind, SourceType
from creditdata.services import chains, intake, reference
from tests.creditdata.supplying import AT, judgment, sent, written
from tests.factories.creditdata import LicenseeFactory, MembershipFactory, SourceAgreementFactory

ROWS = 100_000


def main(rows: int, form: str) -> None:
    reference.load(overwrite=False)
    licensee = LicenseeFactory()
    office = SourceAgreementFactory(licensee=licensee, source__type=SourceType.EXECUTION_OFFICE.value).source
    clerk = MembershipFactory(licensee=licensee).user
    lines = [judgment(n % (rows // 2), file_number=f"01-{n:06d}-25") for n in range(rows)]  # two files a debtor
    content = _workbook(lines) if form == "xlsx" else written(lines)
    del lines
    print(f"{rows} rows, {len(content) / 1e6:.1f} MB; memory before {_memory()} MB")
    for what, on in (("new", AT), ("the same again", AT + timedelta(days=7))):
        batch = sent(
            licensee, office, clerk, content, kind=RecordKind.JUDGMENT_FILE, on=on.date(), as_of=on.date(), at=on
        )
        began, processor, server = time.perf_counter(), time.process_time(), _server_time()
        intake.read(batch, at=on)
        took, used = time.perf_counter() - began, time.process_time() - processor
        server = _server_time() - server
        found = IntakeBatch.objects.for_licensee(licensee).get(pk=batch.pk)
        print(
            f"{what}: {took:.1f} s by the clock; processor: worker {used:.1f} s, PostgreSQL {server:.1f} s, "
            f"{rows / (used + server):,.0f} rows a second of one core; "
            f"{found.accepted} accepted, {found.duplicate} duplicate; memory {_memory()} MB"
        )
    began = time.perf_counter()
    check = chains.verify_chain(licensee_id=licensee.pk, at=AT)
    print(f"chain of {check.sequence}: {time.perf_counter() - began:.1f} s, {check.fault_count} faults")


def _workbook(rows: list[dict[str, str]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _server_time() -> float:
    """Processor seconds of the server process of this connection; both run on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        fields = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS, sys.argv[2] if len(sys.argv) > 2 else "csv")
    finally:
        connection.close()
        teardown_databases(databases, verbosity=0)
