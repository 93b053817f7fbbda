"""
The state machines of the credit-data service as tables: consent (section 4), correction (6.3), licence (7.1), and a
proposal under dual control (CRD-77-a).

Services move things only by a row; pages draw their buttons from the rows; `docs/states.md` is made of them.
"""

from enum import StrEnum
from typing import Any

from crm_portal.errors import Code
from crm_portal.machines import Machine, Transition, section, table

from .codes import ConsentState, CorrectionStatus, LicenceStatus, ProposalState
from .reasons import Reason


class Actor(StrEnum):
    """In which capacity somebody moves a thing."""

    SUBJECT = "subject"  # himself, or his representative
    LICENSEE = "licensee"
    REGISTRAR = "registrar"
    SOURCE = "source"
    PROPOSER = "proposer"
    APPROVER = "approver"
    SYSTEM = "system"


class ConsentGuard(StrEnum):
    COMPLETE = "complete"  # name, number, address, telephone, signature, the wording in force (CRD-27-a)
    UNRESTRICTED = "unrestricted"  # no source type, bank, product or date named (CRD-29-a)
    NONE_LIVE = "none_live"  # one live consent of a subject at a licensee (CRD-0-s)
    IDENTIFIED = "identified"  # by regulation 62
    REASONED = "reasoned"
    THROUGH_LICENSEE = "through_licensee"  # a direct notice is at the Registrar already
    SIGNED = "signed"  # a written withdrawal notice
    NOTHING_LEFT = "nothing_left"  # the verification query counted no positive row (CRD-35-c)


class CorrectionGuard(StrEnum):
    COMPLETE = "complete"  # the seven items, signed (CRD-56-a)
    IDENTIFIED = "identified"
    ALL_APPROACHED = "all_approached"  # one approach a source concerned
    ANSWER_KEPT = "answer_kept"
    LIMIT_PASSED = "limit_passed"  # thirty days from the receipt of the approach, rolled (CRD-58-b)
    REASONED = "reasoned"
    ANOTHER_PERSON = "another_person"  # CRD-77-a
    NOTES_FIT = "notes_fit"  # both versions, within their words (CRD-61-a)
    NOTICE_SENT = "notice_sent"
    ALL_SERVED = "all_served"  # each recipient of CRD-59-b
    NOBODY_TO_SERVE = "nobody_to_serve"  # nothing changed, or nobody received a report in the six months


class LicenceGuard(StrEnum):
    CHECKLIST_DONE = "checklist_done"  # no open item (CRD-64-a)
    REASONED = "reasoned"
    CAUSE_RECORDED = "cause_recorded"  # and its moment, from which the clocks of 7.4 run


class ProposalGuard(StrEnum):
    ANOTHER_PERSON = "another_person"  # also under a second account
    SAME_PAYLOAD = "same_payload"  # the hash of what is approved is that of what was proposed
    REASONED = "reasoned"
    IN_TIME = "in_time"
    TIME_PASSED = "time_passed"  # twenty-four hours
    EXEMPT = "exempt"  # the Registrar freed the licensee from the second person (CRD-77-d)


_C, _R, _L, _P = ConsentState, CorrectionStatus, LicenceStatus, ProposalState
_CG, _RG, _LG, _PG = ConsentGuard, CorrectionGuard, LicenceGuard, ProposalGuard
_SUBJECT, _LICENSEE, _REGISTRAR, _SOURCE, _PROPOSER, _APPROVER, _SYSTEM = (frozenset({one}) for one in Actor)
_DECIDED = frozenset({_R.DECIDED_CORRECTED, _R.DECIDED_NOTE, _R.DECIDED_REFUSED})
_ANSWER_DUE = frozenset({_R.SOURCE_ANSWERED, _R.SOURCE_SILENT})
_VALID = frozenset({_L.GRANTED, _L.SUSPENDED})

CONSENT: Machine[ConsentState, ConsentGuard, Actor] = Machine(
    "Consent (4)", ConsentState,
    table(
        Transition("receive", frozenset({None}), _C.PENDING_IDENTIFICATION, _SUBJECT | _LICENSEE | _REGISTRAR,
                   (_CG.COMPLETE, _CG.UNRESTRICTED, _CG.NONE_LIVE), "CRD-27-a"),
        Transition("identify", frozenset({_C.PENDING_IDENTIFICATION}), _C.ACTIVE, _LICENSEE | _REGISTRAR,
                   (_CG.IDENTIFIED,), "CRD-28-a"),
        Transition("refuse", frozenset({_C.PENDING_IDENTIFICATION}), _C.REFUSED, _LICENSEE | _REGISTRAR,
                   (_CG.REASONED,), "CRD-29-a"),
        Transition("pass_on", frozenset({_C.ACTIVE}), _C.PASSED_TO_REGISTRAR, _LICENSEE | _SYSTEM,
                   (_CG.THROUGH_LICENSEE,), "CRD-30-a"),
        Transition("withdraw", frozenset({_C.ACTIVE, _C.PASSED_TO_REGISTRAR}), _C.WITHDRAWN, _REGISTRAR,
                   (_CG.SIGNED, _CG.IDENTIFIED), "CRD-35-a"),
        Transition("erase", frozenset({_C.WITHDRAWN}), _C.ERASED, _SYSTEM, (_CG.NOTHING_LEFT,), "CRD-35-c"),
    ),
    {
        _CG.COMPLETE: (Reason.FIELD_MISSING, ""),
        _CG.UNRESTRICTED: (Reason.PARTIAL_CONSENT, ""),
        _CG.NONE_LIVE: (Code.DUPLICATE, ""),
        _CG.IDENTIFIED: (Code.IDENTIFICATION_REQUIRED, ""),
        _CG.REASONED: (Code.FIELD_REQUIRED, "reasons"),
        _CG.SIGNED: (Reason.FIELD_MISSING, "signature"),
    },
)  # fmt: skip

CORRECTION: Machine[CorrectionStatus, CorrectionGuard, Actor] = Machine(
    "Correction (6.3)", CorrectionStatus,
    table(
        Transition("receive", frozenset({None}), _R.RECEIVED, _SUBJECT | _LICENSEE,
                   (_RG.COMPLETE, _RG.IDENTIFIED), "CRD-56-a"),
        Transition("approach", frozenset({_R.RECEIVED}), _R.SENT_TO_SOURCE, _LICENSEE | _SYSTEM,
                   (_RG.ALL_APPROACHED,), "CRD-58-a"),
        Transition("answer", frozenset({_R.SENT_TO_SOURCE}), _R.SOURCE_ANSWERED, _SOURCE | _LICENSEE,
                   (_RG.ANSWER_KEPT,), "CRD-58-b"),
        Transition("lapse", frozenset({_R.SENT_TO_SOURCE}), _R.SOURCE_SILENT, _SYSTEM, (_RG.LIMIT_PASSED,),
                   "CRD-58-b"),
        Transition("correct", _ANSWER_DUE, _R.DECIDED_CORRECTED, _LICENSEE, (_RG.REASONED, _RG.ANOTHER_PERSON),
                   "CRD-77-a"),
        Transition("remark", _ANSWER_DUE, _R.DECIDED_NOTE, _LICENSEE, (_RG.REASONED, _RG.NOTES_FIT), "CRD-61-a"),
        Transition("refuse", _ANSWER_DUE, _R.DECIDED_REFUSED, _LICENSEE, (_RG.REASONED,), "CRD-58-b"),
        Transition("notify", _DECIDED, _R.SUBJECT_NOTIFIED, _LICENSEE | _SYSTEM, (_RG.NOTICE_SENT,), "CRD-58-c"),
        Transition("send_reports", frozenset({_R.SUBJECT_NOTIFIED}), _R.CORRECTED_REPORTS_SENT, _LICENSEE | _SYSTEM,
                   (_RG.ALL_SERVED,), "CRD-59-a"),
        Transition("close_unserved", frozenset({_R.SUBJECT_NOTIFIED}), _R.CLOSED, _LICENSEE | _SYSTEM,
                   (_RG.NOBODY_TO_SERVE,), "CRD-59-b"),
        Transition("close", frozenset({_R.CORRECTED_REPORTS_SENT}), _R.CLOSED, _LICENSEE | _SYSTEM, (), "CRD-60-a"),
    ),
    {
        _RG.COMPLETE: (Reason.FIELD_MISSING, ""),
        _RG.IDENTIFIED: (Code.IDENTIFICATION_REQUIRED, ""),
        _RG.REASONED: (Code.FIELD_REQUIRED, "reasons"),
        _RG.ANOTHER_PERSON: (Reason.DUAL_CONTROL_SAME_PERSON, ""),
        _RG.NOTES_FIT: (Reason.NOTE_TOO_LONG, "note"),
    },
)  # fmt: skip

LICENCE: Machine[LicenceStatus, LicenceGuard, Actor] = Machine(
    "Licence (7.1)", LicenceStatus,
    table(
        Transition("apply", frozenset({None}), _L.APPLIED, _LICENSEE | _REGISTRAR, (), "CRD-64-a"),
        Transition("grant", frozenset({_L.APPLIED}), _L.GRANTED, _REGISTRAR, (_LG.CHECKLIST_DONE,), "CRD-64-a"),
        Transition("suspend", frozenset({_L.GRANTED}), _L.SUSPENDED, _REGISTRAR, (_LG.REASONED,), "CRD-65-b"),
        Transition("resume", frozenset({_L.SUSPENDED}), _L.GRANTED, _REGISTRAR, (_LG.REASONED,), "CRD-65-b"),
        Transition("revoke", _VALID, _L.REVOKED, _REGISTRAR, (_LG.REASONED, _LG.CAUSE_RECORDED), "CRD-65-b"),
        Transition("cease", _VALID, _L.CEASED, _LICENSEE | _REGISTRAR, (_LG.CAUSE_RECORDED,), "CRD-81-a"),
    ),
    {
        _LG.CHECKLIST_DONE: (Code.FIELD_REQUIRED, "checklist"),
        _LG.REASONED: (Code.FIELD_REQUIRED, "reasons"),
        _LG.CAUSE_RECORDED: (Code.FIELD_REQUIRED, "cause"),
    },
)  # fmt: skip

PROPOSAL: Machine[ProposalState, ProposalGuard, Actor] = Machine(
    "Dual control (7.3)", ProposalState,
    table(
        Transition("propose", frozenset({None}), _P.PROPOSED, _PROPOSER, (_PG.REASONED,), "CRD-77-a"),
        Transition("approve", frozenset({_P.PROPOSED}), _P.EXECUTED, _APPROVER,
                   (_PG.IN_TIME, _PG.ANOTHER_PERSON, _PG.SAME_PAYLOAD), "CRD-77-a"),
        Transition("reject", frozenset({_P.PROPOSED}), _P.REJECTED, _APPROVER,
                   (_PG.IN_TIME, _PG.ANOTHER_PERSON, _PG.REASONED), "CRD-77-a"),
        Transition("carry_out", frozenset({_P.PROPOSED}), _P.EXECUTED, _PROPOSER, (_PG.EXEMPT,), "CRD-77-d"),
        Transition("withdraw", frozenset({_P.PROPOSED}), _P.WITHDRAWN, _PROPOSER, (), "CRD-77-a"),
        Transition("expire", frozenset({_P.PROPOSED}), _P.EXPIRED, _SYSTEM, (_PG.TIME_PASSED,), "CRD-77-a"),
    ),
    {
        _PG.ANOTHER_PERSON: (Reason.DUAL_CONTROL_SAME_PERSON, ""),
        _PG.SAME_PAYLOAD: (Code.STALE_VERSION, ""),
        _PG.REASONED: (Code.FIELD_REQUIRED, "reasons"),
    },
)  # fmt: skip

MACHINES: tuple[Machine[Any, Any, Actor], ...] = (CONSENT, CORRECTION, LICENCE, PROPOSAL)
HEAD = """# States of the credit-data service

Made by `manage.py state_diagram` from `creditdata/rules/states.py`; a test compares the two. The clauses are those of
the credit-data specification.
"""


def page() -> str:
    """The section of the credit-data service in `docs/states.md`."""
    return section(HEAD, *MACHINES)
