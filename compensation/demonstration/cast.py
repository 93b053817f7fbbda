"""The fund's employees: two of those whom four eyes need."""

from datetime import datetime

from crm_portal.people.models import RoleGrant, User
from crm_portal.people.rules.roles import Role, Scope
from crm_portal.people.services import accounts, demonstration

PASSWORD = "demo-portal-2026"  # noqa: S105 - of accounts that everybody may enter
PEOPLE = (  # username, last name, first name, what to try with it, role
    ("omer", "שי", "עומר", "בודק תביעות פיצויים: תור, בדיקה, הצעת החלטה", Role.COMPENSATION_CLERK),
    ("yael", "נגר", "יעל", "בודקת תביעות פיצויים נוספת", Role.COMPENSATION_CLERK),
    ("gideon", "הראל", "גדעון", "מנהל הפיצויים: אישור, שיעור אחר, לוח מחוונים", Role.COMPENSATION_MANAGER),
    ("michal", "סלומון", "מיכל", "עובדת מוסמכת להשגות ועררים", Role.OBJECTION_OFFICER),
    ("boaz", "קפלן", "בועז", "גזבר הקרן: תשלומים, עיקולים, חובות", Role.COMPENSATION_PAYMENTS),
)


def employ(*, at: datetime) -> dict[str, User]:
    """Their accounts, by username, on the sign-in page."""
    staff = {}
    for place, (username, last_name, first_name, about, role) in enumerate(PEOPLE, start=60):
        user = User.objects.filter(username=username).first()
        if user is None:
            user = accounts.create_employee(
                by=None, at=at, username=username, password=None, first_name=first_name, last_name=last_name
            )
            RoleGrant.objects.create(user=user, role=role.value, scope=Scope.ALL.value, level=1)
        demonstration.show(user=user, password=PASSWORD, about=about, place=place)
        staff[username] = user
    return staff
