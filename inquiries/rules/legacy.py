"""
How the four replaced systems wrote their inquiries, and how a line of theirs is read (clause 1, CRM-1-b).

One CSV per system, one inquiry per line; a heading may be the English name or one of the Hebrew ones.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from crm_portal.errors import Code, Refusal

from .codes import CLOSED, Status

JERUSALEM = ZoneInfo("Asia/Jerusalem")


class LegacySystem(StrEnum):
    """The systems of clause 1; their channels are called `legacy_` and the value."""

    MPL = "mpl"
    SHAAM_REPS = "shaam_reps"
    FAX_MAIL = "fax_mail"
    SHEVACH_NET = "shevach_net"

    @property
    def channel(self) -> str:
        return f"legacy_{self.value}"

    @classmethod
    def named(cls, text: str) -> "LegacySystem | None":
        """The system of that name, or of that channel."""
        return next((system for system in cls if text in (system.value, system.channel)), None)


# What stands before the old number, so that the numbers of two systems never meet.
PREFIX: Mapping[LegacySystem, str] = MappingProxyType(
    {
        LegacySystem.MPL: "MPL",
        LegacySystem.SHAAM_REPS: "SHM",
        LegacySystem.FAX_MAIL: "FAX",
        LegacySystem.SHEVACH_NET: "SHV",
    }
)
LONGEST_NUMBER = 16

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "number": ("מספר פנייה", "מספר פניה", "מס' פנייה", "מס' פניה"),
        "id_number": ("מספר זהות", "ת.ז", "ת.ז.", "תעודת זהות", "ח.פ", "ח.פ."),
        "last_name": ("שם משפחה", "שם", "שם הלקוח"),
        "first_name": ("שם פרטי",),
        "opened_at": ("תאריך פתיחה", "נפתחה"),
        "status": ("סטטוס", "מצב"),
        "status_at": ("תאריך סטטוס",),
        "closed_at": ("תאריך סגירה", "נסגרה"),
        "triplet": ("קוד שלשה",),
        "main_topic": ("נושא ראשי", "נושא"),
        "sub_topic": ("נושא משני",),
        "detail": ("פירוט נושא",),
        "description": ("תוכן הפנייה", "תוכן", "תיאור"),
        "answer": ("מענה", "תשובה"),
        "tax_year": ("שנת מס",),
        "representative_id": ("מספר זהות מייצג", "מייצג"),
        "assessment_number": ("מספר שומה",),
        "tax_type": ("סוג המס", "סוג מס"),
        "area": ("אזור",),
        "contact_email": ('דוא"ל', "דואל"),
        "contact_phone": ("טלפון", "פקס"),
        "unit": ("יחידה", "משרד"),
        "owner": ("עובד מטפל",),
    }
)
_ALWAYS = ("number", "opened_at", "status")
# A fax or an e-mail may come from somebody whose number nobody knows; representatives are known by theirs.
REQUIRED: Mapping[LegacySystem, tuple[str, ...]] = MappingProxyType(
    {
        LegacySystem.MPL: (*_ALWAYS, "id_number"),
        LegacySystem.SHAAM_REPS: (*_ALWAYS, "id_number", "representative_id"),
        LegacySystem.FAX_MAIL: _ALWAYS,
        LegacySystem.SHEVACH_NET: (*_ALWAYS, "id_number", "representative_id"),
    }
)
TOPICS = ("triplet", "main_topic")  # one of the two must be there

_STATUS_WORDS: Mapping[Status, tuple[str, ...]] = MappingProxyType(
    {
        Status.OPEN_TEAM: ("open", "פתוח", "פתוחה", "חדש", "חדשה", "פתוחה משויכת לצוות"),
        Status.IN_TREATMENT: ("בטיפול",),
        Status.INFO_ARRIVED: ("הגיע מידע מהלקוח", "התקבל מידע"),
        Status.FORWARDED: ("העברה להמשך טיפול", "הועבר", "הועברה"),
        Status.WAITING_CUSTOMER: ("בהמתנה ללקוח", "ממתין ללקוח", "ממתינה ללקוח"),
        Status.CLOSED_SUCCESS: (
            "closed", "סגור", "סגורה", "טופל", "טופלה", "נענה", "נענתה", "סגור-טופל בהצלחה", "טופל בהצלחה",
        ),
        Status.CLOSED_NO_TREATMENT: ("סגור-ללא טיפול", "ללא טיפול"),
        Status.CLOSED_BY_CUSTOMER: ('סגור-בוטל ע"י הלקוח', 'בוטל ע"י הלקוח', "בוטל", "בוטלה"),
        Status.CLOSED_BY_REPRESENTATIVE: ('סגור-בוטל ע"י המייצג', 'בוטל ע"י המייצג'),
        Status.CLOSED_BY_SYSTEM: ('נסגר ע"י המערכת', 'סגור-נסגר ע"י המערכת'),
    }
)  # fmt: skip
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00]")
_DATE_FORMATS = (
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LegacyInquiry:
    """One line that was understood; the texts as written there, the instants aware."""

    number: str
    id_number: str  # raw: without its leading zeros, as it stood there
    opened_at: datetime
    status: Status
    status_at: datetime  # since when; of a closed one its closing
    texts: Mapping[str, str]  # the other columns
    tax_year: int | None = None


def portal_number(system: LegacySystem, number: str) -> str:
    """The number under which the portal shows it: the old one behind the mark of its system."""
    return f"{PREFIX[system]}-{number}"


def headings(row: list[str]) -> dict[str, str]:
    """The column that each heading of the file stands for; headings nobody knows are left out."""
    known = {_plain(word): name for name, words in COLUMNS.items() for word in (name, *words)}
    return {heading: known[_plain(heading)] for heading in row if _plain(heading) in known}


def missing_columns(system: LegacySystem, columns: set[str]) -> tuple[str, ...]:
    """What a file of this system cannot be read without."""
    missing = [name for name in REQUIRED[system] if name not in columns]
    return tuple(missing if columns & set(TOPICS) else [*missing, "main_topic"])


def read(
    system: LegacySystem, cells: Mapping[str, str], *, now: datetime
) -> tuple[LegacyInquiry | None, list[Refusal]]:
    """Understand one line (values by column), or say everything that is wrong with it."""
    texts = {name: _clean(cells.get(name, "")) for name in COLUMNS}
    wrong = [Refusal(Code.FIELD_REQUIRED, (name,), clause="CRM-1-b") for name in REQUIRED[system] if not texts[name]]
    if not any(texts[name] for name in TOPICS):
        wrong.append(Refusal(Code.FIELD_REQUIRED, ("main_topic",), clause="CRM-1-b"))
    if len(texts["number"]) > LONGEST_NUMBER or "/" in texts["number"]:
        wrong.append(_invalid("number"))
    status = status_named(texts["status"])
    if texts["status"] and status is None:
        wrong.append(_invalid("status"))
    instants = {name: instant(texts[name]) for name in ("opened_at", "status_at", "closed_at") if texts[name]}
    wrong += [_invalid(name) for name, moment in instants.items() if moment is None or moment > now]
    opened = instants.get("opened_at")
    since = instants.get("closed_at" if status in CLOSED else "status_at") or instants.get("status_at") or opened
    if status in CLOSED and not texts["closed_at"] and not texts["status_at"]:
        wrong.append(Refusal(Code.FIELD_REQUIRED, ("closed_at",), clause="CRM-1-b"))
    if opened and since and since < opened:
        wrong.append(_invalid("closed_at" if status in CLOSED else "status_at"))
    year = texts["tax_year"]
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
        wrong.append(_invalid("tax_year"))
    if wrong or status is None or opened is None or since is None:
        return None, wrong
    read_inquiry = LegacyInquiry(
        number=texts["number"],
        id_number=texts["id_number"],
        opened_at=opened,
        status=status,
        status_at=since,
        texts=MappingProxyType(texts),
        tax_year=int(year) if year else None,
    )
    return read_inquiry, []


def status_named(text: str) -> Status | None:
    """The status that an old word stands for: its identifier, a label of ours, or what the old systems called it."""
    wanted = _plain(text)
    for status, words in _STATUS_WORDS.items():
        labels = {_plain(word) for word in words}
        if wanted in {status.value, *labels} or wanted in {f"פעיל-{label}" for label in labels}:
            return status
    return None


def instant(text: str) -> datetime | None:
    """An instant in ISO form or as day, month, year; without an offset it is in Jerusalem."""
    moment = _parsed(text)
    if moment is None:
        return None
    try:
        return moment if moment.tzinfo else moment.replace(tzinfo=JERUSALEM)
    except OverflowError:
        return None


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is given by `instant`
        except ValueError:
            continue
    return None


def _invalid(name: str) -> Refusal:
    return Refusal(Code.INVALID_VALUE, (name,), clause="CRM-1-b")


def _clean(text: str) -> str:
    return _INVISIBLE.sub("", text or "").strip()


def _plain(text: str) -> str:
    """A heading or a status without what people write in several ways: dashes, quotes, spaces, capitals."""
    text = _clean(text).casefold().replace("–", "-").replace("״", '"').replace("''", '"').replace("׳", "'")
    return re.sub(r"\s*-\s*", "-", re.sub(r"\s+", " ", text))
