"""The words people read for the codes of `people.rules`."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .rules.one_time_codes import CodePurpose
from .rules.roles import (
    ContactPreference,
    CustomerKind,
    PoaLimitedTopic,
    PoaRequestState,
    PoaSource,
    RepresentativeKind,
    Role,
    Scope,
    UserKind,
    VerificationMethod,
)

USER_KIND = [
    (UserKind.EMPLOYEE.value, _("Employee")),
    (UserKind.CUSTOMER.value, _("Customer")),
    (UserKind.REPRESENTATIVE.value, _("Representative")),
]
ROLE = [
    (Role.CUSTOMER.value, _("Customer")),
    (Role.REPRESENTATIVE.value, _("Representative")),
    (Role.REPRESENTATIVE_EMPLOYEE.value, _("Representative's employee")),
    (Role.HANDLER.value, _("Handler")),
    (Role.INFO_CENTRE_OPERATOR.value, _("Information-centre operator")),
    (Role.COORDINATOR.value, _("Coordinator")),
    (Role.CRM_TRUSTEE.value, _("CRM trustee")),
    (Role.OFFICE_MANAGER.value, _("Office manager")),
    (Role.DEPUTY_MANAGER.value, _("Deputy manager")),
    (Role.NATIONAL_UNIT_HANDLER.value, _("National-unit handler")),
    (Role.HEAD_TEAM_MEMBER.value, _("Head-team member")),
    (Role.HQ_PROFESSIONAL.value, _("HQ professional")),
    (Role.LEGAL_REFERENT.value, _("Legal referent")),
    (Role.PROFESSIONAL_REFERENT.value, _("Professional referent")),
    (Role.VIEWER.value, _("Viewer")),
    (Role.BI_ANALYST.value, _("BI analyst")),
    (Role.CRM_ADMIN.value, _("CRM department")),
    (Role.AUDITOR.value, _("Auditor")),
    (Role.COMPENSATION_CLERK.value, _("Compensation clerk")),
    (Role.COMPENSATION_MANAGER.value, _("Compensation manager")),
    (Role.OBJECTION_OFFICER.value, _("Objection officer")),
    (Role.COMPENSATION_PAYMENTS.value, _("Compensation payments")),
    (Role.LICENSEE_INTAKE.value, _("Credit data: intake")),
    (Role.LICENSEE_RECORDS.value, _("Credit data: records")),
    (Role.LICENSEE_REPORTS.value, _("Credit data: reports")),
    (Role.LICENSEE_REQUESTS.value, _("Credit data: requests of subjects")),
    (Role.LICENSEE_CONTRACTS.value, _("Credit data: contracts with requesters")),
    (Role.LICENSEE_APPROVER.value, _("Credit data: second approval")),
    (Role.LICENSEE_SECURITY.value, _("Credit data: security")),
    (Role.REGISTRAR_OFFICER.value, _("Registrar's officer")),
    (Role.REGISTRAR_APPROVER.value, _("Registrar's second approval")),
    (Role.REQUESTER_USER.value, _("Report requester")),
    (Role.SOURCE_INTEGRATOR.value, _("Information source")),
]
SCOPE = [
    (Scope.OWN.value, _("Own")),
    (Scope.TEAM.value, _("Team")),
    (Scope.UNIT.value, _("Business unit")),
    (Scope.TAX_SYSTEM.value, _("Tax system")),
    (Scope.ALL.value, _("Everything")),
]
CUSTOMER_KIND = [
    (CustomerKind.PERSON.value, _("Person")),
    (CustomerKind.COMPANY.value, _("Company")),
    (CustomerKind.FOREIGN.value, _("Foreign resident")),
]
CONTACT_PREFERENCE = [
    (ContactPreference.EMAIL.value, _("E-mail")),
    (ContactPreference.MOBILE.value, _("Mobile phone")),
]
REPRESENTATIVE_KIND = [
    (RepresentativeKind.LAWYER.value, _("Lawyer")),
    (RepresentativeKind.ACCOUNTANT.value, _("Accountant")),
    (RepresentativeKind.TAX_ADVISER.value, _("Tax adviser")),
]
POA_SOURCE = [
    (PoaSource.REGISTER.value, _("Representatives register")),
    (PoaSource.APPROVED_REQUEST.value, _("Request approved by the customer")),
    (PoaSource.ASSESSMENT.value, _("Assessment in Matzpen")),
    (PoaSource.ATTACHED_DOCUMENT.value, _("Attached power of attorney")),
]
POA_LIMITED_TOPIC = [
    (PoaLimitedTopic.SEVERANCE.value, _("Severance pay")),
    (PoaLimitedTopic.PROVIDENT_FUNDS.value, _("Provident funds")),
    (PoaLimitedTopic.MEDICAL_COMMITTEES.value, _("Medical committees")),
]
POA_REQUEST_STATE = [
    (PoaRequestState.PENDING.value, _("Waiting for the customer's approval")),
    (PoaRequestState.APPROVED.value, pgettext_lazy("power of attorney", "Approved")),
    (PoaRequestState.DECLINED.value, _("Declined")),
    (PoaRequestState.REVOKED.value, _("Revoked")),
]
VERIFICATION_METHOD = [
    (VerificationMethod.DIGITAL_REGISTRATION.value, _("Digital identification")),
    (VerificationMethod.PHONE.value, _("Phone verification")),
    (VerificationMethod.SMART_CARD.value, _("Smart card")),
    (VerificationMethod.ABROAD_MANUAL.value, _("Identification of an inquirer abroad")),
    (VerificationMethod.NONE.value, _("Not verified")),
]
CODE_PURPOSE = [
    (CodePurpose.SIGN_IN.value, _("Sign-in")),
    (CodePurpose.CONFIRM_EMAIL.value, _("Confirming an e-mail address")),
    (CodePurpose.CONFIRM_MOBILE.value, _("Confirming a mobile phone")),
]
