"""
What a newcomer finds about representatives: requests for powers of attorney in each of their states, and inquiries in
a representative's own name that turn out to be about a client.
"""

from datetime import datetime, timedelta

from crm_portal.people.models import Customer, PoaRequest, RepresentativeEmployee, Section60Representation, User
from crm_portal.people.rules.poa_requests import Step
from crm_portal.people.services import poa_requests
from crm_portal.registers.local import people
from crm_portal.worktime.services import timing
from routing.models import Triplet

from ..models import Inquiry
from ..services import opening, section_60
from .lives import document

ACCOUNTANT, TAX_ADVISER, LAWYER, INACTIVE_LAWYER = "1000030001", "1000040001", "1000010001", "1000020001"
# Who asks whom for what, how many days ago, and what the customer answered.
REQUESTS = (
    (ACCOUNTANT, "111100020", "medical_committees", 2, ()),
    (TAX_ADVISER, "111100020", "provident_funds", 40, (Step.APPROVE,)),
    (ACCOUNTANT, "111100046", "medical_committees", 25, (Step.APPROVE,)),
    (ACCOUNTANT, "111100053", "severance", 60, (Step.DECLINE,)),
    (ACCOUNTANT, "111100038", "provident_funds", 120, (Step.APPROVE, Step.REVOKE)),
)

# Who writes in his own name, on which tax, whether he says that it is about a client, and how many days ago. The two
# lawyers attach a power of attorney; one of them is not active. The tax adviser says that it is his own matter.
OWN_NAME = (
    (LAWYER, "real_estate", True, "אני מייצג את המוכרים בעסקה, אך מספר השומה אינו בידי. מצורף ייפוי כוח.", 3),
    (INACTIVE_LAWYER, "real_estate", True, "פונה בשם לקוחה שרכשה דירה. מצורף ייפוי כוח שנחתם אצלי.", 2),
    (TAX_ADVISER, "vat", False, "אבקש לבדוק מדוע לא אושרו ההקצאות של הלקוח שלי, עוסק מורשה.", 1),
)


def play(*, until: datetime) -> None:
    """Play the scenes that are not there yet."""
    if not Section60Representation.objects.exists():
        _appoint(at=until - timedelta(days=90))
    if not PoaRequest.objects.exists():
        for card, customer, topic, days, steps in REQUESTS:
            _ask(card, customer, topic, steps, at=until - timedelta(days=days))
    if not Inquiry.objects.filter(is_own_name=True).exists():
        for card, tax_system, about_client, description, days in OWN_NAME:
            _write(card, tax_system, description, about_client=about_client, at=until - timedelta(days=days))
        timing.run(timing.timers()["scan_pending_files"], at=until)


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


def _write(card: str, tax_system: str, description: str, *, about_client: bool, at: datetime) -> None:
    triplets = Triplet.objects.for_customers().filter(tax_system=tax_system, tax_year_required=False)
    triplet = triplets.order_by("pk").first()
    assert triplet is not None  # noqa: S101 - the reference data have one
    opening.open_by_representative(
        by=holder_of(card), at=at, triplet_id=triplet.pk, description=description, own_name=True,
        concerns_client=about_client, files=[document("ייפוי כוח.pdf")] if about_client else [],
    )  # fmt: skip


def _appoint(*, at: datetime) -> None:
    """Register the foreign business of the local registers with its representative, and switch him on."""
    admin = User.objects.get(username="carmel")
    for person in people("population")["customers"]:
        if representative := person["section_60_representative"]:
            made = section_60.register(
                by=admin, at=at, representative_id_number=representative, country=person["country"],
                foreign_number=person["foreign_number"], business_name=person["last_name"],
            )  # fmt: skip
            section_60.switch(representation_id=made.pk, by=admin, at=at, is_on=True)
