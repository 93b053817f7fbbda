"""A program that dies between the two statements of an approval pays nothing, and the next approval pays once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from compensation.models import LedgerEntry, Payment
from compensation.rules.codes import PaymentState
from compensation.services import paying
from crm_portal.audit.models import AuditEvent
from crm_portal.people.rules.roles import Role
from tests.factories.compensation import fund
from tests.factories.money import PAY_AT, decided, rates
from tests.faults.locking import held, waits_for
from tests.fixtures.servers import eventually

LEDGER = "compensation_ledgerentry"
APPROVE = """
import sys, django
from datetime import datetime
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from compensation.services import paying
from crm_portal.people.models import User
by = User.objects.get(pk=int(sys.argv[3]))
paying.approve(payment_id=int(sys.argv[2]), by=by, at=datetime.fromisoformat(sys.argv[4]))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("CMP-8.4.3-d")
def test_an_approval_that_is_killed_before_the_ledger_is_no_approval():
    rates()
    treasurer = fund(Role.COMPENSATION_PAYMENTS)
    payment = paying.prepare(claim_id=decided().pk, by=treasurer, at=PAY_AT)
    with held(LEDGER):
        arguments = [connection.settings_dict["NAME"], str(payment.pk), str(treasurer.pk), PAY_AT.isoformat()]
        program = subprocess.Popen(
            [sys.executable, "-c", APPROVE, *arguments],
            cwd=Path(settings.BASE_DIR),
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "crm_portal.settings"},
            start_new_session=True,
        )
        eventually(lambda: waits_for(LEDGER), what="the approval between its two statements")
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()

    eventually(lambda: not waits_for(LEDGER), what="the end of the dead program's session")
    assert Payment.objects.get().state == PaymentState.PREPARED.value
    assert not LedgerEntry.objects.exists()

    paying.approve(payment_id=payment.pk, by=treasurer, at=PAY_AT)

    assert LedgerEntry.objects.filter(kind="PAYMENT").count() == 1
    assert AuditEvent.objects.filter(action="payment.approve").count() == 1
