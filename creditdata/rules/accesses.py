"""Access to data of subjects: for what it may be, and what of them was seen (CRD-77-c)."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from crm_portal.people.rules.roles import Role


class Purpose(StrEnum):
    """For what somebody opens data of a subject; the regulation it serves."""

    INTAKE_REVIEW = "intake_review"
    CORRECTION = "correction"  # 56 to 61
    REPORT = "report"  # 41 to 48
    OWN_REPORT = "own_report"  # 50, 51
    REVIEW = "review"  # 52 to 55
    CONSENT = "consent"  # 27 to 36
    INQUIRY = "inquiry"  # of the portal (section 13)
    SUPERVISION = "supervision"  # what the regulations send to the Registrar
    DEFECT = "defect"  # 80
    MAINTENANCE = "maintenance"  # what the service does by itself: timers, chains, keeping
    SECURITY = "security"  # 77: the log itself


class FieldsClass(StrEnum):
    """What of a subject was seen."""

    IDENTITY = "identity"  # name and number
    COUNTS = "counts"
    NEGATIVE = "negative"
    POSITIVE = "positive"
    WHOLE_FILE = "whole_file"
    REPORT = "report"
    REQUESTS = "requests"
    RAW_ROW = "raw_row"  # as the source sent it
    LOG = "log"


# For what each role opens data of subjects; who has no line here opens none.
PURPOSES: Mapping[Role, frozenset[Purpose]] = MappingProxyType(
    {
        Role.LICENSEE_INTAKE: frozenset({Purpose.INTAKE_REVIEW}),
        Role.LICENSEE_RECORDS: frozenset({Purpose.CORRECTION, Purpose.DEFECT, Purpose.INQUIRY}),
        Role.LICENSEE_REPORTS: frozenset({Purpose.REPORT, Purpose.OWN_REPORT}),
        Role.LICENSEE_REQUESTS: frozenset(
            {Purpose.OWN_REPORT, Purpose.REVIEW, Purpose.CORRECTION, Purpose.CONSENT, Purpose.INQUIRY}
        ),
        Role.LICENSEE_APPROVER: frozenset({Purpose.CORRECTION, Purpose.DEFECT}),
        Role.LICENSEE_SECURITY: frozenset({Purpose.SECURITY}),
        Role.REGISTRAR_OFFICER: frozenset({Purpose.SUPERVISION, Purpose.CONSENT}),
    }
)


def purposes_for(roles: Iterable[Role]) -> list[Purpose]:
    """The purposes that somebody with these roles may state, in the order of the list."""
    allowed = frozenset().union(*(PURPOSES.get(role, frozenset()) for role in roles))
    return [purpose for purpose in Purpose if purpose in allowed]
