"""Which roles one person may not hold together."""

import pytest

from creditdata.rules.compartments import (
    COMPARTMENTS,
    SHIPPED,
    SUBJECT_DATA,
    Compartment,
    Held,
    conflicts,
    refusals,
)
from creditdata.rules.reasons import Reason
from crm_portal.people.rules.roles import Role

VITAL_PARTS = {
    Compartment.INTAKE, Compartment.RECORDS, Compartment.REPORTS, Compartment.REQUESTS, Compartment.CONTRACTS,
    Compartment.SECURITY, Compartment.KEYS,
}  # fmt: skip
MUST_NOT = [  # the column of 12.1, as far as one role can undo another's
    ("licensee_intake", "licensee_reports"),
    ("licensee_intake", "licensee_security"),
    ("licensee_records", "licensee_approver"),
    ("licensee_records", "licensee_security"),
    ("licensee_reports", "licensee_records"),
    ("licensee_requests", "licensee_contracts"),
    ("licensee_contracts", "licensee_records"),
    ("licensee_contracts", "licensee_reports"),
    ("licensee_contracts", "licensee_intake"),
    *(("licensee_approver", role) for role in ("licensee_intake", "licensee_requests", "licensee_security")),
    *(("licensee_security", role.value) for role in SUBJECT_DATA),
    *(("registrar_officer", role.value) for role in SUBJECT_DATA),
    ("registrar_officer", "registrar_approver"),
    ("requester_user", "licensee_reports"),
    ("source_integrator", "licensee_reports"),
    ("source_integrator", "requester_user"),
]


def test_no_role_holds_all_vital_parts():
    assert all(not parts >= VITAL_PARTS and len(parts) <= 2 for parts in COMPARTMENTS.values())


@pytest.mark.req("CRD-77-b")
@pytest.mark.parametrize(("role", "other"), MUST_NOT)
def test_what_a_role_must_not_is_forbidden_to_one_person(role, other):
    beside = 7 if other.startswith("licensee") else None
    held = [Held(Role(role), 7 if role.startswith("licensee") else None), Held(Role(other), beside)]

    assert {refusal.code for refusal in refusals(held, SHIPPED)} == {Reason.COMPARTMENT_CONFLICT}


@pytest.mark.parametrize("role", list(COMPARTMENTS))
def test_a_role_alone_contradicts_nothing(role):
    assert conflicts([Held(role, 7)], SHIPPED) == []


def test_what_is_kept_apart_within_a_licensee_may_be_held_at_two():
    held = [Held(Role.LICENSEE_REQUESTS, 1), Held(Role.LICENSEE_CONTRACTS, 2)]

    assert conflicts(held, SHIPPED) == []


def test_the_supervisor_works_for_no_licensee_with_its_subject_files():
    held = [Held(Role.REGISTRAR_OFFICER), Held(Role.LICENSEE_RECORDS, 2)]

    assert [rule.why for rule in conflicts(held, SHIPPED)] == ["registrar_officer"]
