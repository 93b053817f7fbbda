"""A worker dies while claims are accepted by lapse of time: none is half accepted, and each is accepted once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from compensation.models import AdvanceProposal, Claim, Decision, TimerEvent
from tests.factories.compensation import ClaimFactory
from tests.faults.locking import notices_held, waits_for_a_notice
from tests.fixtures.servers import eventually

AT = "2024-07-21T00:05+00:00"
RUN = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.core.management import call_command
call_command("run_timers", "--at", sys.argv[2], "--only", "deem_claims_accepted")
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CMP-8.4.1-e")
def test_a_worker_killed_between_two_statements_accepts_nothing_by_half():
    claims = [ClaimFactory(filed=True) for _ in range(3)]
    call_command("run_timers", "--at", AT, "--only", "propose_advance_60", verbosity=0)
    with notices_held():  # the claim is moved and its decision written; its notice cannot be
        worker = subprocess.Popen(
            [sys.executable, "-c", RUN, connection.settings_dict["NAME"], AT],
            cwd=Path(settings.BASE_DIR),
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "crm_portal.settings"},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        eventually(waits_for_a_notice, what="the worker in the middle of an acceptance")
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    eventually(lambda: not waits_for_a_notice(), what="the end of the dead worker's session")
    assert set(Claim.objects.values_list("state", flat=True)) == {"SUBMITTED"}
    assert not Decision.objects.exists()
    assert not TimerEvent.objects.filter(kind="deemed_accepted").exists()
    assert set(AdvanceProposal.objects.values_list("state", flat=True)) == {"PROPOSED"}

    for _ in range(2):
        call_command("run_timers", "--at", AT, "--only", "deem_claims_accepted", verbosity=0)

    assert sorted(Decision.objects.values_list("claim_id", flat=True)) == sorted(claim.pk for claim in claims)
    assert set(Claim.objects.values_list("state", flat=True)) == {"DEEMED_ACCEPTED"}
    assert set(AdvanceProposal.objects.values_list("state", flat=True)) == {"LAPSED"}
