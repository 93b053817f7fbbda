"""On which ground an absence is compensated: residence, and the three grounds of clause 3.2.2, and 3.2.3."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from ..assessment import Finding
from ..codes import AbsenceGround, Annex, ClaimantKind
from ..programme import Programme
from ..reasons import Reason
from .days import Day, GroundFacts

OF_THE_COMMAND = frozenset({AbsenceGround.EDU_INSTITUTION_CLOSED, AbsenceGround.GATHERING_BAN})
OF_DISABILITY = frozenset({AbsenceGround.DISABILITY, AbsenceGround.DISABLED_RELATIVE})
OF_AN_OUTSIDE_EMPLOYER = OF_DISABILITY | {AbsenceGround.CHILDCARE}


class Employer(StrEnum):
    """Who claims, as far as the grounds ask (3.1, 3.2.3)."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    SELF_EMPLOYED_EDU = "self_employed_edu"
    SELF_EMPLOYED_RESIDENT = "self_employed_resident"


def employer_of(kind: ClaimantKind, *, is_outside: bool) -> Employer:
    """An outside self-employed resident is bound by the grounds of 3.2.2 and not by those of 3.2.3 (CMP-3.1-c)."""
    if kind is ClaimantKind.SELF_EMPLOYED_RESIDENT:
        return Employer.SELF_EMPLOYED_RESIDENT
    if is_outside:
        return Employer.OUTSIDE
    return Employer.SELF_EMPLOYED_EDU if kind is ClaimantKind.SELF_EMPLOYED_EDU else Employer.INSIDE


def refusal(day: Day, employer: Employer, programme: Programme) -> Finding | None:
    """Why the day is not compensated although the employee was absent; None when a ground holds."""
    found = _refusal(day, employer, programme)
    return None if found is None else Finding(*found, day.where, is_final=False)


_Hit = tuple[Reason, str]


def _refusal(day: Day, employer: Employer, programme: Programme) -> _Hit | None:
    is_evacuated = day.town is not None and Annex.EVACUATED in day.town.annexes
    if day.town is not None and not day.town.is_special and not is_evacuated:
        return Reason.WAG_NOT_RESIDENT, "CMP-3.2.2-b"
    if employer is Employer.SELF_EMPLOYED_EDU and day.ground not in {None, AbsenceGround.EDU_INSTITUTION_CLOSED}:
        return Reason.WAG_NO_GROUND, "CMP-3.1-b"
    if employer is Employer.OUTSIDE:
        if day.ground is not None and day.ground not in OF_AN_OUTSIDE_EMPLOYER:
            return Reason.WAG_OUTSIDE_GROUND, "CMP-3.2.3-a"
        if not day.facts.employer_declared_residence_and_reason:
            return Reason.WAG_GROUND_FACTS_MISSING, "CMP-3.2.3-a"
    elif is_evacuated:
        return None  # both spouses too, with no further condition (CMP-3.2.2-a)
    if day.ground is AbsenceGround.EVACUATED_RESIDENCE:
        return (Reason.WAG_NO_GROUND, "CMP-3.2.2-a") if day.town is not None and not is_evacuated else None
    if day.ground in OF_THE_COMMAND:
        return None if day.facts.closed_by_command else (Reason.WAG_NO_GROUND, "CMP-3.2.2.1-a")
    if day.ground is AbsenceGround.CHILDCARE:
        return childcare(day.facts, day.on, programme)
    if day.ground in OF_DISABILITY:
        return disability(day.facts, day.ground)
    return None


def childcare(facts: GroundFacts, on: date | None, programme: Programme) -> _Hit | None:
    """Looking after a child (3.2.2.2): institutions closed, no framework at work, age, and custody or spouse."""
    town = facts.child_institution_town
    has_closed_institution = facts.child_institution_closed and (town is None or town.is_special)
    if not facts.residence_institutions_closed and not has_closed_institution:
        return Reason.WAG_NO_GROUND, "CMP-3.2.2.2-a"
    if facts.framework_at_workplace or facts.framework_at_spouse_workplace:
        return Reason.WAG_FRAMEWORK_AT_WORK, "CMP-3.2.2.2-b"
    if facts.child_born_on is not None and is_older(facts.child_born_on, on or programme.determining_from, programme):
        return Reason.WAG_CHILD_OVER_14, "CMP-3.2.2.2-c"
    if facts.sole_custody_or_single_parent:
        return None
    if not facts.spouse_works and not facts.spouse_prevented:
        return Reason.WAG_SPOUSE_FREE, "CMP-3.2.2.2-d"
    if facts.spouse_works and facts.spouse_absent_same_day:
        return Reason.WAG_SPOUSE_ALSO_ABSENT, "CMP-3.2.2.2-d"
    if facts.other_parent_compensated_same_day:
        return Reason.WAG_OTHER_PARENT_COMPENSATED, "CMP-3.2.2.2-f"
    return None


def is_older(born_on: date, on: date, programme: Programme) -> bool:
    """Past the 14th birthday; on it the child is not above 14 (decision 3)."""
    return (on.year, on.month, on.day) > (born_on.year + programme.highest_child_age, born_on.month, born_on.day)


def disability(facts: GroundFacts, ground: AbsenceGround | None) -> _Hit | None:
    """Disability, one's own or of a relative who is looked after: known or proved, and it prevents (3.2.2.3)."""
    if not facts.known_to_employer and not facts.medical_document:
        return Reason.WAG_DISABILITY_PROOF_MISSING, "CMP-3.2.2.3-a"
    is_kin = ground is AbsenceGround.DISABILITY or facts.is_relative
    if not facts.prevented_by_disability or not is_kin:
        return Reason.WAG_NO_GROUND, "CMP-3.2.2.3-a"
    return None


_REQUIRED: Mapping[AbsenceGround, tuple[tuple[str, ...], ...]] = {  # one name of each is enough
    AbsenceGround.CHILDCARE: (
        ("child_id",),
        ("child_born_on",),
        ("residence_institutions_closed", "child_institution_closed"),
        ("framework_at_workplace",),
        ("sole_custody_or_single_parent", "spouse_works"),
    ),
    AbsenceGround.DISABILITY: (("known_to_employer", "medical_document"), ("prevented_by_disability",)),
    AbsenceGround.DISABLED_RELATIVE: (
        ("known_to_employer", "medical_document"),
        ("prevented_by_disability",),
        ("kinship",),
    ),
    AbsenceGround.EDU_INSTITUTION_CLOSED: (("closed_by_command",),),
    AbsenceGround.GATHERING_BAN: (("closed_by_command",),),
}


def missing(ground: AbsenceGround, given: Mapping[str, object]) -> tuple[str, ...]:
    """
    The facts that a claim must still tell for the ground: WAG_GROUND_FACTS_MISSING stands at each (section 4.3).

    Without sole custody the facts of the spouse are asked; of one who does not work, whether he is prevented.
    """
    lacking = [names[0] for names in _REQUIRED.get(ground, ()) if all(given.get(name) is None for name in names)]
    if ground is AbsenceGround.CHILDCARE and given.get("sole_custody_or_single_parent") is not True:
        if given.get("sole_custody_or_single_parent") is False and given.get("spouse_works") is None:
            lacking.append("spouse_works")
        follows = {True: "spouse_absent_same_day", False: "spouse_prevented"}.get(given.get("spouse_works") is True)
        if follows is not None and given.get("spouse_works") is not None and given.get(follows) is None:
            lacking.append(follows)
    return tuple(lacking)
