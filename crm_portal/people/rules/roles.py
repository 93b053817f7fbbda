"""Who works with the system: security roles, scopes and levels (CRM specification, 4.2)."""

from enum import IntEnum, StrEnum


class UserKind(StrEnum):
    """What sort of person an account belongs to; it decides how the person signs in."""

    EMPLOYEE = "employee"
    CUSTOMER = "customer"
    REPRESENTATIVE = "representative"  # a representative or an employee of one; the card says which


class Role(StrEnum):
    """The security roles of 4.2. An employee may hold several; customers and representatives hold theirs by kind."""

    CUSTOMER = "customer"
    REPRESENTATIVE = "representative"
    REPRESENTATIVE_EMPLOYEE = "representative_employee"
    HANDLER = "handler"
    INFO_CENTRE_OPERATOR = "info_centre_operator"
    COORDINATOR = "coordinator"
    CRM_TRUSTEE = "crm_trustee"
    OFFICE_MANAGER = "office_manager"
    DEPUTY_MANAGER = "deputy_manager"
    NATIONAL_UNIT_HANDLER = "national_unit_handler"
    HEAD_TEAM_MEMBER = "head_team_member"
    HQ_PROFESSIONAL = "hq_professional"
    LEGAL_REFERENT = "legal_referent"
    PROFESSIONAL_REFERENT = "professional_referent"
    VIEWER = "viewer"
    BI_ANALYST = "bi_analyst"
    CRM_ADMIN = "crm_admin"
    AUDITOR = "auditor"
    # The compensation fund's (compensation specification, section 2)
    COMPENSATION_CLERK = "compensation_clerk"
    COMPENSATION_MANAGER = "compensation_manager"
    OBJECTION_OFFICER = "objection_officer"
    COMPENSATION_PAYMENTS = "compensation_payments"
    # The credit-data service's (credit-data specification, 12.1); subjects and representatives are those above
    LICENSEE_INTAKE = "licensee_intake"
    LICENSEE_RECORDS = "licensee_records"
    LICENSEE_REPORTS = "licensee_reports"
    LICENSEE_REQUESTS = "licensee_requests"
    LICENSEE_CONTRACTS = "licensee_contracts"
    LICENSEE_APPROVER = "licensee_approver"
    LICENSEE_SECURITY = "licensee_security"
    REGISTRAR_OFFICER = "registrar_officer"
    REGISTRAR_APPROVER = "registrar_approver"
    REQUESTER_USER = "requester_user"
    SOURCE_INTEGRATOR = "source_integrator"


class Scope(StrEnum):
    """How far a role reaches."""

    OWN = "own"
    TEAM = "team"
    UNIT = "unit"
    TAX_SYSTEM = "tax_system"
    ALL = "all"


class Level(IntEnum):
    """Security levels; a triplet says which level views it and which handles it."""

    ZERO = 0
    ONE = 1
    TWO = 2
    THREE = 3


class CustomerKind(StrEnum):
    PERSON = "person"
    COMPANY = "company"
    FOREIGN = "foreign"


class ContactPreference(StrEnum):
    EMAIL = "email"
    MOBILE = "mobile"


class RepresentativeKind(StrEnum):
    LAWYER = "lawyer"
    ACCOUNTANT = "accountant"
    TAX_ADVISER = "tax_adviser"


class PoaSource(StrEnum):
    REGISTER = "register"
    APPROVED_REQUEST = "approved_request"
    ASSESSMENT = "assessment"
    ATTACHED_DOCUMENT = "attached_document"


class PoaRequestState(StrEnum):
    """Where a request for a limited power of attorney stands (CRM-6.6-f)."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"
    REVOKED = "revoked"  # by the customer, or withdrawn by the representative


class PoaLimitedTopic(StrEnum):
    """The topics for which a power of attorney on file types 91, 10 and 95 may be asked (CRM-6.6-f)."""

    SEVERANCE = "severance"
    PROVIDENT_FUNDS = "provident_funds"
    MEDICAL_COMMITTEES = "medical_committees"


class VerificationMethod(StrEnum):
    """How the inquirer was identified (CRM-2.2.1-c)."""

    DIGITAL_REGISTRATION = "digital_registration"
    PHONE = "phone"
    SMART_CARD = "smart_card"
    ABROAD_MANUAL = "abroad_manual"
    NONE = "none"
