"""Two employees who declare at once, and two claims about one person that are filed at once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from compensation.models import Claim
from compensation.rules.codes import ClaimState
from compensation.services import computing, employees
from tests.compensation.services.test_declaring import LATER, declare, rows
from tests.factories.compensation import OPENED_AT
from tests.factories.employees import EmployeeFactory, awaiting, wage_draft
from tests.inquiries.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.req("CMP-3.4.2-g")
def test_the_two_last_employees_declare_at_once_and_the_claim_is_filed_once():
    claim = awaiting(employees=4)
    first, second, third, fourth = rows(claim)
    declare(first)
    declare(second)

    results = at_once(lambda: declare(third), lambda: declare(fourth))

    claim.refresh_from_db()
    assert not [result for result in results if isinstance(result, Exception)]
    assert claim.state == ClaimState.SUBMITTED
    assert claim.history.filter(event="complete").count() == 1
    assert claim.notices.count() == 1


@pytest.mark.req("CMP-3.2.1-e")
def test_of_two_claims_about_one_person_filed_at_once_one_sees_the_other():
    first, second = wage_draft(employees=1), wage_draft(employees=0)
    EmployeeFactory(claim=second, id_number=rows(first)[0].id_number)
    turn = threading.Lock()
    order: list[int] = []

    def file(claim_id: int):
        def run():
            with transaction.atomic():
                claim = Claim.objects.select_related("claimant__programme").get(pk=claim_id)
                employees.lock_people(claim)
                with turn:
                    order.append(claim_id)
                    at = OPENED_AT + timedelta(minutes=len(order))
                amount = computing.assess(claim, LATER, is_claimants=True).amount
                Claim.objects.filter(pk=claim_id).update(
                    submitted_at=at, claimed_amount=amount, state=ClaimState.AWAITING_EMPLOYEE_DECLARATIONS
                )
                return amount

        return run

    amounts = at_once(file(first.pk), file(second.pk))

    assert sorted(amounts) == [0, 1040]
    connection.close()
