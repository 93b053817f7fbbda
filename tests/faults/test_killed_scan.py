"""A scan that is killed in the middle loses nothing and does nothing twice."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from crm_portal.audit.models import AuditEvent
from crm_portal.files.services.receiving import receive
from crm_portal.files.storages import clean
from crm_portal.files.tasks import scan_pending_files
from crm_portal.worktime.services.sweeping import SweepResult
from tests.factories.files import bytes_of, pdf, upload

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
# The command, on the test's database.
SCAN = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.core.management import call_command
call_command("scan_pending_files")
"""


def holds_a_row():
    """Whether another session has a file's row locked, which it has while the file is checked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM files_storedfile FOR UPDATE SKIP LOCKED")
        return not cursor.fetchall()


@pytest.mark.django_db(transaction=True)
def test_a_killed_scan_leaves_the_file_to_the_next_one(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    stored = receive(upload=upload("a.pdf", pdf(*["x" * 90] * 30)), by=None, at=AT)
    scan = subprocess.Popen(
        [sys.executable, "-c", SCAN, connection.settings_dict["NAME"]],
        cwd=Path(settings.BASE_DIR),
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "crm_portal.settings", "MEDIA_ROOT": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    for _attempt in range(3000):
        if holds_a_row():
            break
        time.sleep(0.005)

    os.killpg(scan.pid, signal.SIGKILL)
    scan.wait()

    stored.refresh_from_db()
    assert stored.state == "pending"
    while holds_a_row():  # until the server has noticed that its client is gone
        time.sleep(0.01)
    assert scan_pending_files(AT + timedelta(minutes=1)) == SweepResult(done=1)
    stored.refresh_from_db()
    assert stored.state == "clean"
    assert bytes_of(clean(), stored.clean_copy).startswith(b"%PDF-")
    assert AuditEvent.objects.filter(action="file.settle").count() == 1
