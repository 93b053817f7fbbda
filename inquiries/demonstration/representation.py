"""What a newcomer finds about representatives: requests for powers of attorney in each of their states."""

from datetime import datetime, timedelta

from crm_portal.people.models import Customer, PoaRequest, RepresentativeEmployee, User
from crm_portal.people.rules.poa_requests import Step
from crm_portal.people.services import poa_requests

ACCOUNTANT, TAX_ADVISER = "1000030001", "1000040001"
# Who asks whom for what, how many days ago, and what the customer answered.
REQUESTS = (
    (ACCOUNTANT, "111100020", "medical_committees", 2, ()),
    (TAX_ADVISER, "111100020", "provident_funds", 40, (Step.APPROVE,)),
    (ACCOUNTANT, "111100046", "medical_committees", 25, (Step.APPROVE,)),
    (ACCOUNTANT, "111100053", "severance", 60, (Step.DECLINE,)),
    (ACCOUNTANT, "111100038", "provident_funds", 120, (Step.APPROVE, Step.REVOKE)),
)


def play(*, until: datetime) -> None:
    """Play the scenes that are not there yet."""
    if not PoaRequest.objects.exists():
        for card, customer, topic, days, steps in REQUESTS:
            _ask(card, customer, topic, steps, at=until - timedelta(days=days))


def holder_of(card_number: str) -> User:
    """Who enters with this card."""
    return RepresentativeEmployee.objects.select_related("user").get(card_number=card_number).user


def _ask(card: str, id_number: str, topic: str, steps: tuple[Step, ...], *, at: datetime) -> None:
    customer = Customer.objects.select_related("user").get(id_number=id_number)
    request = poa_requests.submit(by=holder_of(card), at=at, customer_id_number=id_number, topic=topic)
    for step in steps:
        at += timedelta(days=1)
        assert customer.user is not None  # noqa: S101 - who is asked is registered
        poa_requests.decide(request_id=request.pk, step=step, by=customer.user, at=at)
