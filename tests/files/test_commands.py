from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from crm_portal.files.models import StoredFile
from crm_portal.files.services.receiving import receive
from tests.factories.files import upload

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("command", [["scan_pending_files"], ["run_timers", "--only", "scan_pending_files"]])
def test_the_timer_runs_from_the_shell_under_its_own_name(command):
    receive(upload=upload(), by=None, at=AT)
    said = StringIO()

    call_command(*command, "--at", "2026-11-23T10:05+02:00", stdout=said)

    assert said.getvalue() == "scan_pending_files 1 0\n"
    assert StoredFile.objects.get().settled_at == datetime(2026, 11, 23, 8, 5, tzinfo=UTC)


@pytest.mark.django_db
def test_leftovers_are_swept_from_the_shell():
    said = StringIO()

    call_command("sweep_orphan_files", stdout=said)

    assert said.getvalue() == "sweep_orphan_files 0 0\n"
