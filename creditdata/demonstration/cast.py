"""Two licensees, and one person in each role of 12.1 where what one may hold has to be tried."""

from datetime import date, datetime, timedelta

from creditdata.models import Licence, Licensee, Membership, StaffPerson
from creditdata.rules.codes import LicenceStatus, LicenceType
from creditdata.services import members
from crm_portal.people.models import User
from crm_portal.people.rules.identity_numbers import has_right_check_digit
from crm_portal.people.rules.roles import Role
from crm_portal.people.services import accounts, demonstration

PASSWORD = "demo-portal-2026"  # noqa: S105 - of accounts that everybody may enter
EREZ, BROSH, REGISTRAR = "לשכת אשראי ארז בע״מ", "לשכת אשראי ברוש בע״מ", ""
LICENSEES = (  # name, corporation number, office, telephone, licence
    (EREZ, "514200013", "דרך מנחם בגין 121, תל אביב", "03-5550110", "CD-0001"),
    (BROSH, "514200021", "שדרות פל״ים 12, חיפה", "04-5550220", "CD-0002"),
)
FIRST_NUMBER = 30_400_000  # of the invented identity numbers of these people
PEOPLE = (  # username, last name, first name, what to try with it, organisation, role
    ("keren", "אדלר", "קרן", "הרשם: הגדרות, פטורים, תפקידים, יומן הגישה", REGISTRAR, Role.REGISTRAR_OFFICER),
    ("uri", "ליבנה", "אורי", "הרשם: אישור שני", REGISTRAR, Role.REGISTRAR_APPROVER),
    ("sivan", "דקל", "סיון", "לשכת ארז, אבטחה: תפקידים ויומן הגישה", EREZ, Role.LICENSEE_SECURITY),
    ("asaf", "רוזן", "אסף", "לשכת ארז: אישור שני", EREZ, Role.LICENSEE_APPROVER),
    ("meital", "שחר", "מיטל", "לשכת ארז: קליטת נתונים", EREZ, Role.LICENSEE_INTAKE),
    ("idan", "גבע", "עידן", "לשכת ארז: רשומות ותיקונים", EREZ, Role.LICENSEE_RECORDS),
    ("tali", "ארבל", "טלי", "לשכת ארז: דוחות", EREZ, Role.LICENSEE_REPORTS),
    ("niv", "כרמי", "ניב", "לשכת ארז: בקשות לקוחות", EREZ, Role.LICENSEE_REQUESTS),
    ("rotem", "ברנר", "רותם", "לשכת ארז: התקשרויות עם מבקשי דוח", EREZ, Role.LICENSEE_CONTRACTS),
    ("maayan", "פורת", "מעיין", "לשכת ברוש, אבטחה", BROSH, Role.LICENSEE_SECURITY),
    ("yoav", "שלו", "יואב", "לשכת ברוש: אישור שני", BROSH, Role.LICENSEE_APPROVER),
    ("dikla", "נוה", "דקלה", "לשכת ברוש: רשומות", BROSH, Role.LICENSEE_RECORDS),
)


def employ(*, at: datetime) -> dict[str, User]:
    """Their accounts, by username, on the sign-in page; a second run changes nothing."""
    places = {name: _licensee(name, *rest, at=at) for name, *rest in LICENSEES}
    staff = {}
    for place, (username, last_name, first_name, about, where, role) in enumerate(PEOPLE, start=80):
        user = User.objects.filter(username=username).first() or accounts.create_employee(
            by=None, at=at, username=username, password=None, first_name=first_name, last_name=last_name
        )
        if not StaffPerson.objects.filter(user=user).exists():
            members.identify(user_id=user.pk, number=_number(place), by=None, at=at)
        licensee = places.get(where)
        if not Membership.objects.current().filter(user=user, role=role.value, licensee=licensee).exists():
            members.begin(user_id=user.pk, role=role, licensee_id=licensee.pk if licensee else None, at=at)
        demonstration.show(user=user, password=PASSWORD, about=about, place=place)
        staff[username] = user
    return staff


def _licensee(name: str, corporation: str, office: str, telephone: str, licence: str, *, at: datetime) -> Licensee:
    since = date(2025, 1, 5)
    licensee, is_new = Licensee.objects.get_or_create(
        name=name,
        defaults={
            "corporation_number": corporation,
            "registered_office": office,
            "enquiries_address": office,
            "telephone": telephone,
            "fax": telephone[:-1] + "9",
            "email": f"office@{licence.lower()}.example",
            "operates_since": since,
            "created_at": at,
        },
    )
    if is_new:
        Licence.objects.create(
            licensee=licensee, type=LicenceType.CREDIT_DATA_ONLY.value, status=LicenceStatus.GRANTED.value,
            status_since=since, number=licence, applied_on=since - timedelta(days=90), granted_on=since,
        )  # fmt: skip
    return licensee


def _number(place: int) -> str:
    """An identity number for one of these people, with its check digit."""
    digits = f"{FIRST_NUMBER + place:08d}"
    return next(digits + str(last) for last in range(10) if has_right_check_digit(digits + str(last)))
