"""A wage claim that waits for its employees: one declared, one disputes a day, the others have their message."""

from datetime import datetime, timedelta

from crm_portal.people.models import Customer, User

from ..models import Claim, Claimant, EmployeeRow, Programme
from ..rules.codes import ClaimantKind, ClaimState, Regime, Track
from ..rules.machines import Actor
from ..rules.states import Guard
from ..services import computing, declaring, employees, inviting, moving

PEOPLE = (  # identity number, name, town, wage, ground
    ("201234564", "נועה ביטון", "אשדוד", "3400", "CHILDCARE"),
    ("301234563", "אלכס גורדון", "שדרות", "5200", "EVACUATED_RESIDENCE"),
    ("204567895", "סיגל אוחיון", "נתיבות", "2800", "GATHERING_BAN"),
    ("039876545", "מוחמד אל-קרינאווי", "אשדוד", "4100", "DISABILITY"),
)
CHILD = {
    "child_id": "215678905", "child_born_on": "2017-03-02", "residence_institutions_closed": "yes",
    "child_institution_closed": "no", "framework_at_workplace": "no", "framework_at_spouse_workplace": "no",
    "sole_custody_or_single_parent": "no", "spouse_works": "yes", "spouse_absent_same_day": "no",
}  # fmt: skip
DISABLED = {"known_to_employer": "yes", "medical_document": "yes", "prevented_by_disability": "yes"}
FACTS = {"CHILDCARE": CHILD, "DISABILITY": DISABLED, "GATHERING_BAN": {"closed_by_command": "yes"}}
TEXT = "נעדרתי מהעבודה בימים ובשעות המסומנים בגלל המצב הביטחוני."


def play(until: datetime) -> None:
    """Play it for a customer who has no claim yet; a second call adds nothing."""
    programme = Programme.objects.filter(is_current=True).first()
    if programme is None or EmployeeRow.objects.exists():
        return
    free = Customer.objects.exclude(id_number="").filter(user__isnull=False, claimants__claims__isnull=True)
    shown = free.filter(user__demonstration__isnull=False, id_number__startswith="5")  # a company that may be entered
    customer = shown.order_by("pk").first() or free.order_by("-pk").first()
    if customer is None or customer.user is None:
        return
    at = until - timedelta(days=4)
    claim = _sheet(_draft(programme, customer, customer.user, at), customer.user, at)
    _submit(claim, customer.user, at)
    first, second = claim.employees.order_by("pk")[:2]
    _declare(first, confirms=True, at=at + timedelta(days=1))
    _declare(second, confirms=False, at=at + timedelta(days=2))


def _draft(programme: Programme, customer: Customer, user: User, at: datetime) -> Claim:
    claimant, _ = Claimant.objects.get_or_create(
        programme=programme,
        customer=customer,
        defaults={"email": customer.email, "mobile": customer.mobile, "created_at": at},
    )
    return Claim.objects.create(
        number=moving.next_number(at), claimant=claimant, track=Track.WAGE.value,
        regime=Regime.TEMPORARY_ORDER.value, kind=ClaimantKind.REGULAR.value, business_town="אשדוד",
        registered_town="אשדוד", has_branches=False, declares_causation=True, declares_wages_paid=True,
        state=ClaimState.DRAFT.value, state_since=at, created_by=user, created_at=at,
    )  # fmt: skip


def _sheet(claim: Claim, user: User, at: datetime) -> Claim:
    for place, (number, name, town, wage, ground) in enumerate(PEOPLE):
        typed: dict[str, object] = {"id_number": number, "name": name, "town": town, "wage_paid": wage}
        typed["mobile"] = f"050555010{place}"
        row = employees.save_employee(claim_id=claim.pk, by=user, at=at, typed=typed)
        days: dict[str, object] = {"ground": ground, "from_on": "2023-10-08", "until_on": "2023-10-19"}
        employees.add_days(employee_id=row.pk, by=user, at=at, typed=days | FACTS.get(ground, {}))
    return claim


def _submit(claim: Claim, user: User, at: datetime) -> None:
    claim.refresh_from_db()
    computation = computing.compute(claim, is_claimants=True, by=user, at=at)
    facts = dict.fromkeys((Guard.INTEGRITY, Guard.WINDOW_OPEN, Guard.ONE_TRACK), True)
    moving.move(
        claim, ClaimState.AWAITING_EMPLOYEE_DECLARATIONS, actor=Actor.CLAIMANT, by=user, at=at, facts=facts,
        submitted_by=user, submitted_at=at, claimed_amount=computation.amount,
    )  # fmt: skip
    inviting.invite_all(claim, by=user, at=at)


def _declare(row: EmployeeRow, *, confirms: bool, at: datetime) -> None:
    days = list(row.days.all())
    declaring.declare(
        invitation_id=row.invitations.get().pk, by=None, at=at, text=TEXT,
        confirmed=[day.pk for day in (days if confirms else days[1:])],
        remark="" if confirms else "ביום הראשון עבדתי עד הצהריים",
    )  # fmt: skip
