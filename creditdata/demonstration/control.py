"""Proposals in every state, a setting that begins next month, and a log with accesses and a denial."""

from datetime import datetime, timedelta

from creditdata.models import AccessLog, DataSubject, DualControlProposal, Licensee
from creditdata.rules.accesses import FieldsClass, Purpose
from creditdata.rules.codes import IdNumberKind
from creditdata.rules.vital import Operation
from creditdata.services import accesses, dual_control
from creditdata.services.accesses import Access
from crm_portal.errors import Refused
from crm_portal.people.models import User
from crm_portal.people.rules.roles import Role
from crm_portal.worktime.rules.periods import day_of

from .cast import EREZ

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SUBJECTS = (("304500010", "אבן", "רונית"), ("304500028", "שקד", "משה"), ("304500036", "תמיר", "לאה"))


def play(staff: dict[str, User], *, until: datetime) -> None:
    """Play it once."""
    if DualControlProposal.objects.of_every_licensee().exists():
        return
    erez = Licensee.objects.get(name=EREZ)
    _registrar(staff, erez, until)
    _licensee(staff, erez, until)
    _look(staff, erez, until)


def _propose(
    operation: Operation, place: Licensee | None, by: User, at: datetime, reasons: str, **payload: object
) -> DualControlProposal:
    return dual_control.propose(
        operation=operation, licensee_id=place.pk if place else None, payload=payload, reasons=reasons, by=by, at=at
    )


def _registrar(staff: dict[str, User], erez: Licensee, until: datetime) -> None:
    officer, approver, today = staff["keren"], staff["uri"], day_of(until)
    month = (today + timedelta(days=30)).isoformat()
    done = _propose(
        Operation.CHANGE_SETTING, None, officer, until - 2 * DAY, "הרחבת התמצית לבקשת הציבור",
        key="CRD_NOTE_WORDS", value="50", valid_from=month,
    )  # fmt: skip
    dual_control.approve(proposal_id=done.pk, seen_hash=done.payload_hash, by=approver, at=until - 2 * DAY + HOUR)
    _propose(
        Operation.CHANGE_SETTING, None, officer, until - HOUR, "לפי המלצת הוועדה",
        key="CRD_THRESHOLD_JUDGMENTS", value="4", valid_from=month,
    )  # fmt: skip
    exemption = _propose(
        Operation.EXEMPT, None, officer, until - 3 * HOUR, "היקף הפעילות קטן", licensee=erez.pk,
        operations=[Operation.EXPORT_MANY.value], from_compartments=False, valid_from=today.isoformat(),
        substitute_duties="דיווח חודשי לרשם על כל ייצוא", valid_until=month,
    )  # fmt: skip
    dual_control.reject(proposal_id=exemption.pk, reasons="יש לצרף חוות דעת של מבקר", by=approver, at=until - 2 * HOUR)


def _licensee(staff: dict[str, User], erez: Licensee, until: datetime) -> None:
    security = staff["sivan"]
    given = {"role": Role.LICENSEE_REQUESTS.value, "licensee": erez.pk}
    late = _propose(
        Operation.GIVE_ROLE, erez, security, until - 3 * DAY, "תגבור זמני", user=staff["meital"].pk, **given
    )
    dual_control.expire(proposal_id=late.pk, at=until - 2 * DAY)
    second = {"role": Role.LICENSEE_RECORDS.value, "licensee": erez.pk}
    withdrawn = _propose(
        Operation.GIVE_ROLE, erez, security, until - 5 * HOUR, "החלפה בחופשה", user=staff["meital"].pk, **second
    )
    dual_control.withdraw(proposal_id=withdrawn.pk, by=security, at=until - 4 * HOUR)
    _propose(  # waits for the second person
        Operation.GIVE_ROLE, erez, security, until - HOUR, "מחליפה את עידן בחופשתו", user=staff["meital"].pk, **second
    )


def _look(staff: dict[str, User], erez: Licensee, until: datetime) -> None:
    if AccessLog.objects.of_every_licensee().exists():
        return
    subjects = [_subject(erez, *one, at=until - 20 * DAY) for one in SUBJECTS]
    looks = (
        ("idan", 0, FieldsClass.WHOLE_FILE, Purpose.CORRECTION, "בקשת תיקון 1041", 52),
        ("niv", 0, FieldsClass.NEGATIVE, Purpose.REVIEW, "בקשת עיון 388", 49),
        ("tali", 1, FieldsClass.REPORT, Purpose.REPORT, "בקשת דוח 2207", 30),
        ("meital", 2, FieldsClass.RAW_ROW, Purpose.INTAKE_REVIEW, "אצווה 17, שורה 4", 7),
        ("idan", 1, FieldsClass.WHOLE_FILE, "", "", 5),
        ("niv", 1, FieldsClass.IDENTITY, Purpose.REVIEW, "בקשת עיון 391", 2),
    )
    for username, place, fields, purpose, reference, hours in looks:
        subject = subjects[place]
        access = Access("subject", str(subject.pk), fields, purpose, reference)
        try:
            accesses.open_subject(
                licensee=erez, subject_id=subject.pk, access=access, by=staff[username], at=until - hours * HOUR
            )
        except Refused:
            continue  # without a purpose: the denial is in the log


def _subject(licensee: Licensee, number: str, last_name: str, first_name: str, *, at: datetime) -> DataSubject:
    subject = DataSubject(licensee=licensee, last_name=last_name, first_name=first_name, created_at=at)
    subject.set_number(IdNumberKind.RESIDENT, number)
    subject.save()
    return subject
