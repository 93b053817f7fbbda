"""Who plays in the demonstration: employees of every role and unit, customers and representatives. All invented."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle
from typing import Any

from crm_portal import registers
from crm_portal.people.models import Customer, PowerOfAttorney, Representative, RoleGrant, TaxFile, User
from crm_portal.people.rules.roles import ContactPreference, CustomerKind, Role, Scope
from crm_portal.people.services import accounts, cards, demonstration, registration
from crm_portal.registers.local import people
from routing.models import BusinessUnit, TaxSystem, Team, TeamMember, UnitMember

PASSWORD = "demo-portal-2026"  # noqa: S105 - of accounts that everybody may enter
LAST_NAMES = ("אבוטבול", "ברגר", "גרינברג", "דרור", "הראל", "וייס", "זכאי", "חלבי", "טולדנו", "ירדני", "כספי", "לנדאו",
              "מלכה", "נגר", "סלומון", "עזרא", "פלד", "צור", "קפלן", "רביבו", "שגיא", "תבור")  # fmt: skip
FIRST_NAMES = ("אורלי", "בני", "גילה", "דורון", "הילה", "ורדית", "זהבה", "חגי", "טובה", "יניב", "כנרת", "לאה", "מוטי",
               "נורית", "סיגל", "עופר", "פנינה", "צחי", "קרין", "רונן", "שולה", "תמיר")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One employee whom the sign-in page shows: who it is and what to try with it."""

    username: str
    last_name: str
    first_name: str
    about: str
    unit: str
    teams: tuple[str, ...] = ()
    grants: tuple[tuple[Role, Scope, str], ...] = ()  # role, scope, tax system
    coordinates: bool = False
    level: int = 1
    views_customer_files: bool = False


PARTS = (
    Part("anat", "מזרחי", "ענת", "מטפלת במשרד מס הכנסה תל אביב: תור, הקצאה, מענה", "it-tel-aviv",
         ("it-tel-aviv-section-17", "it-tel-aviv-general"), ((Role.HANDLER, Scope.UNIT, ""),),
         views_customer_files=True),
    Part("ronen", "שגיא", "רונן", "רכז במשרד מס הכנסה תל אביב: שחרור והקצאה לצוות", "it-tel-aviv",
         ("it-tel-aviv-section-17", "it-tel-aviv-general"), ((Role.COORDINATOR, Scope.TEAM, ""),), coordinates=True),
    Part("tamar", "לנדאו", "תמר", "מנהלת משרד מס הכנסה תל אביב", "it-tel-aviv", (),
         ((Role.OFFICE_MANAGER, Scope.UNIT, ""),), level=2, views_customer_files=True),
    Part("eli", "תבור", "אלי", "סגן מנהל משרד מס הכנסה תל אביב", "it-tel-aviv", (),
         ((Role.DEPUTY_MANAGER, Scope.UNIT, ""),), level=2),
    Part("liora", "כספי", "ליאורה", "נאמנת CRM במשרד מס הכנסה תל אביב", "it-tel-aviv", (),
         ((Role.CRM_TRUSTEE, Scope.UNIT, ""),)),
    Part("samir", "חלבי", "סמיר", "מטפל במשרד מע\"מ חיפה", "vat-haifa",
         ("vat-haifa-registration", "vat-haifa-collection"), ((Role.HANDLER, Scope.UNIT, ""),)),
    Part("hila", "הראל", "הילה", "מוקדנית במרכז המידע חיפה: פנייה טלפונית ידנית", "info-haifa", ("info-haifa-team",),
         ((Role.INFO_CENTRE_OPERATOR, Scope.UNIT, ""),)),
    Part("doron", "דרור", "דורון", "היחידה הארצית: קו ראשון במיסוי מקרקעין", "national-unit", ("national-unit-team",),
         ((Role.NATIONAL_UNIT_HANDLER, Scope.UNIT, ""),)),
    Part("noa", "קפלן", "נועה", "צוות ראשי: שינוי שלשה בין מערכי מס", "service-division", ("head-team",),
         ((Role.HEAD_TEAM_MEMBER, Scope.TAX_SYSTEM, "income_tax"), (Role.HEAD_TEAM_MEMBER, Scope.TAX_SYSTEM, "vat"),
          (Role.HEAD_TEAM_MEMBER, Scope.TEAM, "")), level=2),
    Part("gila", "ברגר", "גילה", "מטה, קופות גמל", "hq-professional", ("hq-provident-funds",),
         ((Role.HQ_PROFESSIONAL, Scope.TEAM, ""),), level=2),
    Part("yaniv", "ירדני", "יניב", "צפייה בלבד במשרד מס הכנסה תל אביב", "it-tel-aviv", (),
         ((Role.VIEWER, Scope.UNIT, ""),)),
    Part("orly", "סלומון", "אורלי", "יועצת משפטית: התייעצויות", "it-tel-aviv", (),
         ((Role.LEGAL_REFERENT, Scope.UNIT, ""),)),
    Part("hagai", "נגר", "חגי", "רפרנט מקצועי: התייעצויות", "it-tel-aviv", (),
         ((Role.PROFESSIONAL_REFERENT, Scope.UNIT, ""),)),
    Part("bina", "פלד", "בינה", "אנליסטית: דוחות", "service-division", (), ((Role.BI_ANALYST, Scope.ALL, ""),)),
    Part("carmel", "גרינברג", "כרמל", "מחלקת CRM: טבלאות ניתוב, אתר הניהול, תיבת הדואר היוצא", "service-division", (),
         ((Role.CRM_ADMIN, Scope.ALL, ""),), level=3),
    Part("nurit", "רביבו", "נורית", "מחלקת CRM, עובדת שנייה: אישור מה שכתב האחר", "service-division", (),
         ((Role.CRM_ADMIN, Scope.ALL, ""),), level=3),
    Part("avigail", "זכאי", "אביגיל", "מבקרת: יומן הפעולות", "service-division", (), ((Role.AUDITOR, Scope.ALL, ""),),
         level=3),
)  # fmt: skip
SHOWN_OFFICE = "it-tel-aviv"
SLA_TARGET_DAYS = {
    "income_tax": 4,
    "vat": 3,
    "real_estate": 6,
}  # of a demonstration; the Authority sets its own
ADMIN_SITE = {Role.CRM_ADMIN, Role.AUDITOR}
SHOWN_CUSTOMERS = {
    "active-reporting": "אזרחית עם תיק פעיל: פתיחת פנייה, הגשת תביעת פיצויים",
    "file-91": "שכיר, תיק 91; תביעת פיצויים שהתחיל ולא סיים",
    "company": 'חברה עם תיקי מס הכנסה ומע"מ',
    "leading-zero": "תעודת זהות שמתחילה ב-0",
}
SHOWN_CARDS = {
    "1000030001": "רואה חשבון: כרטיס חכם",
    "1000030002": "עובדת של רואה חשבון",
    "1000010001": "עורך דין פעיל: מיסוי מקרקעין, נציג לפי סעיף 60",
    "1000020001": "עורך דין שרישיונו אינו פעיל",
    "1000040001": "יועץ מס ללא ייפוי כוח במרשם",
}


@dataclass(slots=True)
class Cast:
    """Everybody, as the stories need them."""

    customers: list[Customer] = field(default_factory=list)  # registered ones
    representatives: list[User] = field(default_factory=list)  # who enter by card
    staff: dict[int, list[User]] = field(default_factory=dict)  # by team; the ones to try come up more often
    operators: list[User] = field(default_factory=list)


def assemble(*, at: datetime) -> Cast:
    """Bring everybody in; whoever is there already stays as he is."""
    cast = Cast()
    for code, days in SLA_TARGET_DAYS.items():
        TaxSystem.objects.filter(code=code, sla_target_hours=None).update(sla_target_hours=24 * days)
    for place, part in enumerate(PARTS):
        _employ(part, place=place, at=at)
    _staff_every_team(at)
    shown = {part.username for part in PARTS}
    for team in Team.objects.prefetch_related("members__user__role_grants"):
        handlers = [member.user for member in team.members.all() if not member.is_coordinator]
        cast.staff[team.pk] = handlers + [user for user in handlers if user.username in shown]
    cast.operators = list(User.objects.filter(role_grants__role=Role.INFO_CENTRE_OPERATOR.value))
    known = people("population")
    representatives = {person["id_number"]: _represent(person) for person in known["representatives"]}
    for place, person in enumerate(known["customers"]):
        customer = _welcome(person, at=at)
        if customer.user is not None:
            cast.customers.append(customer)
            if person["key"] in SHOWN_CUSTOMERS or _is_served_by_the_shown_office(person):
                cast.customers += [customer] * 2  # somebody to try should have something to show
            if person["key"] in SHOWN_CUSTOMERS:
                demonstration.show(user=customer.user, about=SHOWN_CUSTOMERS[person["key"]], place=100 + place)
    for person in known["representatives"]:
        cast.representatives += _empower(person, representatives[person["id_number"]], at=at)
    return cast


def _is_served_by_the_shown_office(person: dict[str, Any]) -> bool:
    managed = any(file["managing_unit"] == SHOWN_OFFICE for file in person["tax_files"])
    return managed or bool(person["address"] and person["address"]["locality"] == "תל אביב")


def _employ(part: Part, *, place: int, at: datetime) -> User:
    user = User.objects.filter(username=part.username).first()
    if user is None:
        user = accounts.create_employee(
            by=None, at=at, username=part.username, password=None, first_name=part.first_name, last_name=part.last_name
        )
        RoleGrant.objects.bulk_create(
            RoleGrant(
                user=user, role=role.value, scope=scope.value, tax_system=tax_system, level=part.level,
                views_customer_files=part.views_customer_files,
            )
            for role, scope, tax_system in part.grants
        )  # fmt: skip
        user.is_staff = not ADMIN_SITE.isdisjoint(role for role, _, _ in part.grants)
        user.email, user.phone = f"{part.username}@example.org", f"02-565{place:04d}"
        user.save()
    _seat(user, BusinessUnit.objects.get(code=part.unit), part.teams, coordinates=part.coordinates)
    demonstration.show(user=user, password=PASSWORD, about=part.about, place=place)
    return user


def _seat(user: User, unit: BusinessUnit, teams: tuple[str, ...], *, coordinates: bool = False) -> None:
    UnitMember.objects.get_or_create(unit=unit, user=user)
    for team in Team.objects.filter(code__in=teams):
        TeamMember.objects.get_or_create(team=team, user=user, defaults={"is_coordinator": coordinates})


def _staff_every_team(at: datetime) -> None:
    """Two colleagues in each team, but in the one that shows what happens to a team nobody works in (CRM-7-m)."""
    names: Iterator[tuple[str, str]] = zip(cycle(LAST_NAMES), cycle(FIRST_NAMES[5:] + FIRST_NAMES[:4]))
    roles = {"info_centre": Role.INFO_CENTRE_OPERATOR, "national_unit": Role.NATIONAL_UNIT_HANDLER,
             "hq": Role.HQ_PROFESSIONAL, "service_division": Role.HEAD_TEAM_MEMBER}  # fmt: skip
    for team in Team.objects.select_related("unit").exclude(code="hq-not-connected").order_by("pk"):
        for number in (1, 2):
            last_name, first_name = next(names)
            username = f"{team.code}.{number}"
            if User.objects.filter(username=username).exists():
                continue
            user = accounts.create_employee(
                by=None, at=at, username=username, password=None, first_name=first_name, last_name=last_name,
                roles=[roles.get(team.unit.kind, Role.HANDLER)], level=1,
            )  # fmt: skip
            User.objects.filter(pk=user.pk).update(phone=f"02-566{team.pk % 1000:03d}{number}")
            _seat(user, team.unit, (team.code,))


def _welcome(person: dict[str, Any], *, at: datetime) -> Customer:
    """A customer file from what the registers know; registered, when the person is."""
    key = {name: str(person[name] or "") for name in ("id_number", "country", "foreign_number")}
    customer, is_new = Customer.objects.get_or_create(
        **key,
        defaults={"kind": CustomerKind(person["kind"]).value, "last_name": person["last_name"],
                  "first_name": person["first_name"]},
    )  # fmt: skip
    if not is_new:
        return customer
    TaxFile.objects.bulk_create(TaxFile(customer=customer, **file) for file in person["tax_files"])
    if person["registered"] and customer.id_number:
        registration.register(
            by=None, at=at, id_number=customer.id_number, last_name=customer.last_name,
            first_name=customer.first_name, email=str(person["email"]), mobile=str(person["mobile"]),
            contact_preference=ContactPreference(person["contact_preference"]),
        )  # fmt: skip
        customer.refresh_from_db()
    return customer


def _represent(person: dict[str, Any]) -> Representative:
    representative, _ = Representative.objects.get_or_create(
        id_number=person["id_number"],
        defaults={
            "name": f"{person['last_name']} {person['first_name']}",
            **{name: person[name] for name in ("kind", "licence_number", "is_active_licence", "email", "mobile")},
        },
    )
    return representative


def _empower(person: dict[str, Any], representative: Representative, *, at: datetime) -> Iterator[User]:
    for power in person["powers"]:
        PowerOfAttorney.objects.get_or_create(
            representative=representative,
            customer=Customer.objects.get(id_number=power["customer"]),
            tax_system=power["tax_system"],
            limited_topic=power["limited_topic"] or "",
            defaults={"source": "register", "valid_from": power["valid_from"], "valid_until": power["valid_until"]},
        )
    for card in person["cards"]:
        try:
            user = cards.account_of(card_number=card["card_number"], by=None, at=at)
        except registers.CardRefused:
            continue
        if about := SHOWN_CARDS.get(card["card_number"]):
            demonstration.show(user=user, about=about, place=200)
        yield user
