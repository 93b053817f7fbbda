"""For whom a person acts in the credit-data service: the roles of 12.1 that are given one by one."""

from enum import StrEnum


class MemberRole(StrEnum):
    """What a member does. A subject, a representative and a requester act for themselves and are no members."""

    LICENSEE_INTAKE = "licensee_intake"
    LICENSEE_RECORDS = "licensee_records"
    LICENSEE_REPORTS = "licensee_reports"
    LICENSEE_REQUESTS = "licensee_requests"
    LICENSEE_CONTRACTS = "licensee_contracts"
    LICENSEE_APPROVER = "licensee_approver"
    LICENSEE_SECURITY = "licensee_security"
    REGISTRAR_OFFICER = "registrar_officer"
    REGISTRAR_APPROVER = "registrar_approver"
    SOURCE_INTEGRATOR = "source_integrator"


OF_LICENSEE = tuple(role for role in MemberRole if role.startswith("licensee_"))
OF_REGISTRAR = tuple(role for role in MemberRole if role.startswith("registrar_"))
OF_SOURCE = (MemberRole.SOURCE_INTEGRATOR,)
