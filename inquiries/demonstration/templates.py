"""Response templates of the demonstration: one in every state, so that each step can be tried. Invented texts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crm_portal.people.models import User
from routing.models import BusinessUnit, Team, Triplet

from ..models import ResponseTemplate
from ..services import templates
from ..services.templates import Content

REFUND = (
    "שלום {customer_name},\nכדי להשלים את הבקשה להחזר מס (פנייה {inquiry_number}) חסרים טופס 106 מכל מעסיק באותה שנה "
    "ואישור על ניהול חשבון הבנק.\nאפשר לצרף אותם כאן. לאחר שיתקבלו, הבקשה תיבדק ותישלח תשובה באזור האישי."
)
COORDINATION = (
    "שלום {customer_name},\nתיאום מס למי שעובד אצל שני מעסיקים נעשה באתר הרשות, בלי להגיע למשרד. האישור נשלח למעסיק "
    "ומופיע גם באזור האישי.\nאם חסר נתון שאינו מופיע באתר, אפשר לכתוב כאן, בפנייה {inquiry_number}."
)
RECEIVED = (
    "שלום {customer_name},\nהמסמכים שצורפו לפנייה {inquiry_number} התקבלו ונבדקו, והם שלמים. ההחלטה תישלח לאזור האישי "
    "בתוך שבועיים, ותפורט בה דרך החישוב."
)
SHORT = "שלום {customer_name}, המסמכים חסרים."
CLOSED_BUSINESS = (
    "שלום {customer_name},\nלסגירת תיק עוסק יש להגיש דוח אחרון עד יום הסגירה, להצהיר על מלאי וציוד שנותרו ולשלם "
    "את היתרה.\nאת הטפסים אפשר לצרף לפנייה {inquiry_number}."
)


@dataclass(frozen=True, slots=True)
class Written:
    """One template: who wrote it, where it may be used, who decided and how."""

    title: str
    text: str
    author: str
    unit: str
    team: str = ""
    triplets: tuple[str, ...] = ()
    submitted: bool = True
    approved_by: str = ""
    rejected_by: str = ""


WRITTEN = (
    Written("החזר מס – מסמכים חסרים", REFUND, "anat", "it-tel-aviv", triplets=("it-refund-request", "it-form-135"),
            approved_by="tamar"),
    Written("המסמכים התקבלו", RECEIVED, "ronen", "it-tel-aviv", approved_by="eli"),
    Written("תיאום מס בשני מעסיקים", COORDINATION, "anat", "it-tel-aviv", triplets=("it-tax-coordination",)),
    Written("מסמכים חסרים", SHORT, "anat", "it-tel-aviv", team="it-tel-aviv-general", rejected_by="tamar"),
    Written("סגירת תיק עוסק", CLOSED_BUSINESS, "samir", "vat-haifa", triplets=("vat-file-closing",), submitted=False),
)  # fmt: skip
REJECTION = "לא נאמר אילו מסמכים חסרים ואיך לצרף אותם. נא לפרט."


def write(*, at: datetime) -> None:
    """Bring the templates in; one that is there already stays as it is."""
    named = {name for one in WRITTEN for name in (one.author, one.approved_by, one.rejected_by)}
    people = {user.username: user for user in User.objects.filter(username__in=named)}
    for one in WRITTEN:
        unit = BusinessUnit.objects.get(code=one.unit)
        if ResponseTemplate.objects.filter(title=one.title, unit=unit).exists():
            continue
        content = Content(
            title=one.title,
            text=one.text,
            unit_id=unit.pk,
            team_id=Team.objects.get(code=one.team).pk if one.team else None,
            triplet_ids=list(Triplet.objects.filter(code__in=one.triplets).values_list("pk", flat=True)),
        )
        template = templates.draft(by=people[one.author], at=at, content=content)
        if one.submitted:
            templates.submit(template_id=template.pk, by=people[one.author], at=at + timedelta(hours=1), version=1)
        decided: dict[str, Any] = {"template_id": template.pk, "at": at + timedelta(hours=5), "version": 1}
        if one.approved_by:
            templates.approve(by=people[one.approved_by], **decided)
        elif one.rejected_by:
            templates.reject(by=people[one.rejected_by], reason=REJECTION, **decided)
