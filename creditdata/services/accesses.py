"""
Access to data of subjects (CRD-77-c): whoever reads or changes them says for what, and it is written down.

Each access is one event of the audit, sealed into its chain, and one row of the access log for each subject. Denials
too: they outlive the transaction that is rolled back around them, as every refusal does. Nothing is exempt from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from crm_portal.audit.models import AuditEvent
from crm_portal.audit.rules.outcomes import Outcome
from crm_portal.audit.services.recording import record
from crm_portal.errors import Code, Refused, refuse
from crm_portal.people.models import User

from ..models import AccessLog, DataSubject, Licensee
from ..rules.accesses import FieldsClass, Purpose, purposes_for
from ..rules.reasons import Reason

ACTION = "subject_data"


@dataclass(frozen=True, slots=True)
class Access:
    """What is opened, for what, and what of it is seen; `purpose` is as it was said, perhaps not at all."""

    object_type: str  # "subject", "intake_row", "report", ...
    object_id: str
    fields: FieldsClass
    purpose: str = ""
    reference: str = ""  # number of the request, inquiry or task that it serves


def open_subject(
    *, licensee: Licensee, subject_id: int, access: Access, by: User | None, at: datetime, principal: str = ""
) -> DataSubject:
    """
    Give a subject of the licensee to whoever says for what, and write the access down.

    `by` is None for what the service does by itself; then `principal` names the task.

    :raises Refused: PURPOSE_REQUIRED, or OUT_OF_SCOPE when the licensee has no such subject; both are written down
    """
    subject = DataSubject.objects.for_licensee(licensee).filter(pk=subject_id).first()
    told = partial(_tell, access, licensee=licensee, by=by, at=at, principal=principal)
    try:
        require_purpose(access.purpose, by)
        if subject is None:
            raise refuse(Code.OUT_OF_SCOPE)
    except Refused as refused:

        def denied(code: str = refused.code) -> None:
            told([] if subject is None else [subject], Outcome.REFUSED, code=code)

        denied()
        refused.after_roll_back = denied
        raise
    told([subject], Outcome.READ)
    return subject


def record_access(
    *,
    licensee: Licensee | None,
    subjects: Iterable[DataSubject],
    access: Access,
    by: User | None,
    at: datetime,
    outcome: Outcome = Outcome.READ,
    principal: str = "",
    extra_hash: bytes | None = None,
) -> AuditEvent:
    """
    Write down an access that a command or a page made; all subjects it showed, each found by itself afterwards.

    `extra_hash` is of a person who was looked for by his number, known here or not.

    :raises Refused: PURPOSE_REQUIRED when the access does not say for what
    """
    require_purpose(access.purpose, by)
    return _tell(
        access, list(subjects), outcome, licensee=licensee, by=by, at=at, principal=principal, extra_hash=extra_hash
    )


def record_denial(
    refused: Refused, *, licensee: Licensee | None, subjects: Iterable[DataSubject], access: Access,
    by: User | None, at: datetime, principal: str = "",
) -> None:  # fmt: skip
    """Write down that data of subjects were refused; call it outside the transaction that is rolled back."""
    _tell(
        access, list(subjects), Outcome.REFUSED, licensee=licensee, by=by, at=at, principal=principal,
        code=refused.code,
    )  # fmt: skip


def require_purpose(purpose: str, by: User | None) -> None:
    """
    Refuse whoever does not say for what he opens data of subjects, or says what his roles have nothing to do with.

    :raises Refused: PURPOSE_REQUIRED
    """
    if purpose not in (set(Purpose) if by is None else purposes_for(by.roles)):
        raise refuse(Reason.PURPOSE_REQUIRED, "purpose", clause="CRD-77-c")


@transaction.atomic
def _tell(
    access: Access,
    subjects: list[DataSubject],
    outcome: Outcome,
    *,
    licensee: Licensee | None,
    by: User | None,
    at: datetime,
    principal: str = "",
    code: str = "",
    extra_hash: bytes | None = None,
) -> AuditEvent:
    if by is None and not principal:
        raise ValueError("What the service does by itself is named.")
    purpose = access.purpose if access.purpose in set(Purpose) else ""
    hashes: dict[bytes, DataSubject | None] = {bytes(subject.number_hash): subject for subject in subjects}
    if extra_hash is not None:
        hashes.setdefault(extra_hash, None)
    told = {
        "principal": str(by)[:200] if by is not None else principal,
        "purpose": purpose,
        "reference": access.reference[:120],
        "object_type": access.object_type,
        "object_id": access.object_id,
    }
    event = record(
        f"{ACTION}.{access.object_type}", by=by, at=at, outcome=outcome, code=code, target_type=access.object_type,
        target_id=access.object_id,
        after={
            **told,
            "fields": access.fields.value,
            "licensee": licensee.pk if licensee is not None else None,
            "subjects": [one.hex() for one in hashes],
        },
    )  # fmt: skip
    found: list[tuple[bytes | None, DataSubject | None]] = list(hashes.items()) or [(None, None)]
    AccessLog.objects.bulk_create(
        AccessLog(
            event=event, licensee=licensee, subject=subject, subject_hash=one, at=at, fields_class=access.fields.value,
            result=outcome.value, code=code, **told,
        )
        for one, subject in found
    )  # fmt: skip
    return event
