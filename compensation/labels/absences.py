"""Employees, the days of their absence, and what is asked about them."""

from django.utils.translation import pgettext_lazy

from ..rules.codes import (
    AbsenceGround,
    Answer,
    InvitationKind,
    NotCountedReason,
)
from ..rules.wage.amount import Branch, Role

ABSENCE_GROUND = [
    (AbsenceGround.EVACUATED_RESIDENCE.value, pgettext_lazy("AbsenceGround", "Lives in a town that was evacuated")),
    (
        AbsenceGround.EDU_INSTITUTION_CLOSED.value,
        pgettext_lazy("AbsenceGround", "The educational institution where the person works was closed"),
    ),
    (AbsenceGround.GATHERING_BAN.value, pgettext_lazy("AbsenceGround", "Ban on gatherings")),
    (AbsenceGround.CHILDCARE.value, pgettext_lazy("AbsenceGround", "Looking after a child")),
    (AbsenceGround.DISABILITY.value, pgettext_lazy("AbsenceGround", "Disability of the employee")),
    (
        AbsenceGround.DISABLED_RELATIVE.value,
        pgettext_lazy("AbsenceGround", "Looking after a relative with a disability"),
    ),
]

ANSWER = [
    (Answer.CONFIRMED.value, pgettext_lazy("Answer", "Confirmed")),
    (Answer.DISPUTED.value, pgettext_lazy("Answer", "Disputed")),
]

INVITATION_KIND = [
    (InvitationKind.FIRST.value, pgettext_lazy("InvitationKind", "Sent")),
    (InvitationKind.RESENT.value, pgettext_lazy("InvitationKind", "Sent again")),
    (InvitationKind.REMINDER.value, pgettext_lazy("InvitationKind", "Reminder")),
    (InvitationKind.CORRECTED.value, pgettext_lazy("InvitationKind", "Sent after a correction")),
]

KIBBUTZ_ROLE = [
    (Role.HIRED.value, pgettext_lazy("KibbutzRole", "Hired worker")),
    (Role.MEMBER.value, pgettext_lazy("KibbutzRole", "Kibbutz member")),
]

KIBBUTZ_BRANCH = [
    (Branch.PRODUCTIVE.value, pgettext_lazy("KibbutzBranch", "Productive branch")),
    (Branch.CONSUMER.value, pgettext_lazy("KibbutzBranch", "Branch that serves members")),
]

GROUND_FACT = {  # what is asked about a ground of absence, each answered by yes or no
    "closed_by_command": pgettext_lazy("GroundFact", "Was it closed or banned by the Home Front Command?"),
    "residence_institutions_closed": pgettext_lazy(
        "GroundFact", "Were the educational institutions in the place of residence closed by the Command?"
    ),
    "child_institution_closed": pgettext_lazy("GroundFact", "Was the child's own institution closed?"),
    "framework_at_workplace": pgettext_lazy("GroundFact", "Was there a framework for the child at the workplace?"),
    "framework_at_spouse_workplace": pgettext_lazy(
        "GroundFact", "Was there a framework for the child at the spouse's workplace?"
    ),
    "sole_custody_or_single_parent": pgettext_lazy("GroundFact", "Sole custody, or a single parent?"),
    "spouse_works": pgettext_lazy("GroundFact", "Does the spouse work?"),
    "spouse_absent_same_day": pgettext_lazy(
        "GroundFact", "Was the spouse absent from work on these days to look after the child?"
    ),
    "spouse_prevented": pgettext_lazy("GroundFact", "Was a spouse who does not work unable to look after the child?"),
    "known_to_employer": pgettext_lazy("GroundFact", "Was the disability known to the employer?"),
    "medical_document": pgettext_lazy("GroundFact", "Was a medical document delivered?"),
    "prevented_by_disability": pgettext_lazy(
        "GroundFact", "Because of the disability, could the Command's instructions not be followed at work?"
    ),
    "employer_declared_residence_and_reason": pgettext_lazy(
        "GroundFact", "Do you declare that the employee lived in the special area and was absent for this reason?"
    ),
}

NOT_COUNTED_REASON = [
    (NotCountedReason.SICK.value, pgettext_lazy("NotCountedReason", "Sickness")),
    (NotCountedReason.ACCIDENT.value, pgettext_lazy("NotCountedReason", "Accident")),
    (NotCountedReason.VACATION.value, pgettext_lazy("NotCountedReason", "Vacation")),
    (NotCountedReason.MATERNITY.value, pgettext_lazy("NotCountedReason", "Maternity leave")),
    (NotCountedReason.RESERVE_DUTY.value, pgettext_lazy("NotCountedReason", "Reserve duty")),
    (NotCountedReason.REST_DAY.value, pgettext_lazy("NotCountedReason", "Saturday, holiday or Friday")),
    (NotCountedReason.REMOTE_WORK.value, pgettext_lazy("NotCountedReason", "Worked from home or outside the business")),
    (NotCountedReason.UNDER_ONE_HOUR.value, pgettext_lazy("NotCountedReason", "Absence shorter than one hour")),
    (
        NotCountedReason.KIBBUTZ_MEMBER_CONSUMER.value,
        pgettext_lazy("NotCountedReason", "Kibbutz member in a branch that serves members"),
    ),
    (NotCountedReason.OUT_OF_PERIOD.value, pgettext_lazy("NotCountedReason", "Outside the determining period")),
]
