"""
Inquiries for tests, brought to where they are by the services themselves.

`InquiryFactory()` is a web inquiry in the stock of a team that has one member; a trait says how far it got:
`in_treatment`, `awaiting_customer`, `info_arrived`, `forwarded`, `closed`, `cancelled`, `closed_by_system`. The
member is `inquiry.clerk`. `InquiryFactory.in_status("...")` knows them all, a draft and a representative's included.
"""

from datetime import UTC, datetime, timedelta

import factory
from django.db.models import Max

from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from inquiries.models import Channel, Inquiry, StatusHistory
from inquiries.rules.codes import Status
from inquiries.services import answering, assigning, closing, corresponding, forwarding, opening, reference, triplets
from inquiries.services.opening import Contact
from routing.models import FixedUnitRule, RealEstateFirstLineRule, Team

from .people import CustomerFactory, RepresentativeEmployeeFactory, UserFactory
from .routing import TaxSystemFactory, TeamFactory, TripletFactory, UnitFactory

OPENED_AT = datetime(2026, 11, 5, 8, 0, tzinfo=UTC)  # a Thursday, 10:00 in Jerusalem


def load_reference() -> None:
    """The rows without which no inquiry can be opened; a second call does nothing."""
    if not Channel.objects.exists():
        reference.load(overwrite=False)


def head_team() -> Team:
    """The head team with one member."""
    found = Team.objects.filter(is_head_team=True).first()
    if found is not None:
        return found
    unit = UnitFactory(kind="service_division", name="חטיבת שירות לקוחות")
    member = UserFactory(roles=[Role.HEAD_TEAM_MEMBER], roles__level=3)
    return TeamFactory(name='צוות ראשי-מנהלת פניות מע"מ ומס הכנסה', unit=unit, is_head_team=True, members=[member])


def clerk(**kwargs: object) -> User:
    """A handler whose role reaches his unit."""
    return UserFactory(**{"roles": [Role.HANDLER], **kwargs})


def office(*, tax_system: str = "deductions", members: list[User] | None = None, **triplet_fields: object) -> Team:
    """A team in an office to which the engine routes a triplet of a tax system with fixed units."""
    system = TaxSystemFactory(code=tax_system, name=tax_system)
    triplet = TripletFactory(tax_system=system, **triplet_fields)
    team = TeamFactory(members=members if members is not None else [clerk()], triplets=[triplet])
    team.unit.tax_systems.add(system)
    FixedUnitRule.objects.create(triplet=triplet, unit=team.unit)
    return team


def another_team(triplet, *, members: list[User] | None = None, **unit_fields: object) -> Team:
    """One more team, in an office of its own, that may handle the triplet."""
    unit = UnitFactory(**unit_fields)
    return TeamFactory(unit=unit, members=members if members is not None else [clerk()], triplets=[triplet])


class InquiryFactory(factory.Factory):
    """See the module. `team` is an `office()`; `at` is when it is opened, and each step comes an hour later."""

    class Meta:
        model = Inquiry

    class Params:
        in_treatment = factory.Trait(steps=("assign",))
        awaiting_customer = factory.Trait(steps=("assign", "wait"))
        info_arrived = factory.Trait(steps=("assign", "wait", "customer"))
        forwarded = factory.Trait(steps=("assign", "forward"))
        closed = factory.Trait(steps=("assign", "close"))
        closed_no_treatment = factory.Trait(steps=("assign", "close_no_treatment"))
        cancelled = factory.Trait(steps=("cancel",))
        closed_by_system = factory.Trait(steps=("assign", "wait", "time_out"))
        by_representative = factory.Trait(office=factory.SubFactory(RepresentativeEmployeeFactory))

    at = OPENED_AT
    team = factory.LazyFunction(office)
    customer = factory.SubFactory(CustomerFactory)
    description = "בקשה לבירור"
    office = None  # the card of a representative who opens it in his own name
    steps = ()

    @classmethod
    def _create(cls, model_class, *, at, team, customer, office, steps, **kwargs):
        load_reference()
        head_team()
        triplet = kwargs.pop("triplet", None) or team.triplet_teams.first().triplet
        given = {"at": at, "triplet_id": triplet.pk, **kwargs}
        if office is not None:
            given = {"concerns_client": False, **given}
            inquiry = opening.open_by_representative(by=office.user, own_name=True, **given)
        elif customer is not None:
            inquiry = opening.open_by_customer(by=customer.user, **given)
        else:
            inquiry = opening.open_by_customer(by=None, contact=Contact("רות", email="ruth@example.org"), **given)
        first = inquiry.handling_team.members.first()
        for number, step in enumerate(steps, start=1):
            take_step(inquiry, step, by=first.user, at=at + timedelta(hours=number))
        return fresh(inquiry, clerk=first.user if first else None)

    @classmethod
    def in_status(cls, status: Status | str, **kwargs: object) -> Inquiry:
        """An inquiry brought to this status by the services."""
        if status == Status.OPEN:
            return draft()
        traits = {
            Status.OPEN_TEAM: (),
            Status.WAITING_CUSTOMER: ("awaiting_customer",),
            Status.CLOSED_SUCCESS: ("closed",),
            Status.CLOSED_BY_CUSTOMER: ("cancelled",),
            Status.CLOSED_BY_REPRESENTATIVE: ("by_representative", "cancelled"),
        }.get(Status(status), (Status(status).value,))
        return cls(**dict.fromkeys(traits, True), **kwargs)


def real_estate(*, kind: str = "national_unit", **kwargs: object) -> Inquiry:
    """A real-estate inquiry with its first line; in treatment, its triplet judged, unless told otherwise."""
    triplet = TripletFactory(tax_system=TaxSystemFactory(code="real_estate", name="מיסוי מקרקעין"))
    unit = UnitFactory(kind=kind)
    team = TeamFactory(unit=unit, members=[clerk()], triplets=[triplet])
    RealEstateFirstLineRule.objects.create(triplet=triplet, unit=unit)
    inquiry = InquiryFactory(team=team, **{"in_treatment": True, **kwargs})
    if inquiry.owner is not None:
        triplets.set_validation(inquiry_id=inquiry.pk, by=inquiry.clerk, at=later(inquiry), verdict="correct")
    return fresh(inquiry)


def operator(**kwargs: object) -> User:
    """An operator of an information centre, in its one team."""
    user = UserFactory(**{"roles": [Role.INFO_CENTRE_OPERATOR], **kwargs})
    TeamFactory(unit=UnitFactory(kind="info_centre"), members=[user])
    return user


def draft(*, by: User | None = None, at: datetime = OPENED_AT, **fields: object) -> Inquiry:
    """A draft of an information centre's operator, who is its clerk."""
    load_reference()
    head_team()
    by = by or operator()
    return fresh(opening.new_draft(by=by, at=at, **fields), clerk=by)


def fresh(inquiry: Inquiry, **extra: object) -> Inquiry:
    """The inquiry as the database has it now, with the clerk the factory found."""
    read = Inquiry.objects.select_related("triplet", "customer", "owner", "handling_team__unit").get(pk=inquiry.pk)
    read.clerk = getattr(inquiry, "clerk", None)
    for name, value in extra.items():
        setattr(read, name, value)
    return read


def later(inquiry: Inquiry, **delta: float) -> datetime:
    """An instant after the last thing that happened to the inquiry; an hour after unless told."""
    last = StatusHistory.objects.filter(inquiry=inquiry).aggregate(last=Max("at"))["last"]
    return (last or inquiry.created_at) + timedelta(**(delta or {"hours": 1}))


def take_step(inquiry: Inquiry, step: str, *, by: User, at: datetime) -> None:
    """One step of the ordinary journey."""
    change = {"inquiry_id": inquiry.pk, "at": at}
    if step == "assign":
        assigning.assign_to_me(**change, by=by)
    elif step == "release":
        assigning.release(**change, by=by, note="אין לי את המידע")
    elif step == "wait":
        answering.wait_for_customer(**change, by=by, proposed_solution="חסר טופס", reply="נא לצרף טופס")
    elif step == "customer":
        corresponding.customer_message(**change, by=inquiry.customer.user, text="הטופס מצורף")
    elif step == "answer":
        corresponding.send_message(**change, by=by, text="אנו בודקים")
    elif step == "forward":
        triplets.set_validation(**change, by=by, verdict="correct")
        target = another_team(inquiry.triplet)
        forwarding.forward(**change, by=by, team_id=target.pk, proposed_solution="בטיפול צוות אחר")
    elif step == "close":
        triplets.set_validation(**change, by=by, verdict="correct")
        closing.close_success(**change, by=by, reply="הבקשה אושרה")
    elif step == "close_no_treatment":
        triplets.set_validation(**change, by=by, verdict="correct")
        closing.close_no_treatment(
            **change, by=by, proposed_solution="כפולה", reply="נענה בפנייה אחרת", closing_reason="identical_inquiry"
        )
    elif step == "cancel":
        closing.cancel(**change, by=inquiry.opened_by)
    elif step == "time_out":
        closing.close_unanswered_waiting(inquiry_id=inquiry.pk, at=at + timedelta(days=100))
    else:
        raise ValueError(step)
