"""Licences, securities, payments, and the control of two persons."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..rules.codes import CessationCause, ForfeitureTitle, LicenceStatus, LicenceType, ProposalState, SecurityInstrument
from ..rules.members import MemberRole

PROPOSAL_STATE: Mapping[ProposalState, Promise] = MappingProxyType(
    {
        ProposalState.PROPOSED: pgettext_lazy("creditdata ProposalState", "Waits for a second person"),
        ProposalState.EXECUTED: pgettext_lazy("creditdata ProposalState", "Approved and carried out"),
        ProposalState.REJECTED: pgettext_lazy("creditdata ProposalState", "Rejected"),
        ProposalState.WITHDRAWN: pgettext_lazy("creditdata ProposalState", "Withdrawn"),
        ProposalState.EXPIRED: pgettext_lazy("creditdata ProposalState", "Expired"),
    }
)
STEP: Mapping[str, Promise] = MappingProxyType(
    {
        "pay_counted_income": pgettext_lazy("creditdata Step", "Total income, up to the ceiling"),
        "pay_rate": pgettext_lazy("creditdata Step", "Percentage of the First Schedule"),
        "pay_distribution": pgettext_lazy("creditdata Step", "Amount for distribution"),
        "pay_x": pgettext_lazy("creditdata Step", "X: the licensee's part of the amount for distribution"),
        "pay_remainder": pgettext_lazy("creditdata Step", "Left undistributed by the printed formula"),
        "pay_fee": pgettext_lazy("creditdata Step", "The licensee's part of the operating fee"),
        "pay_bank_literal": pgettext_lazy("creditdata Step", "To the bank, by the formula as printed"),
        "pay_bank_conserving": pgettext_lazy("creditdata Step", "To the bank, by a formula that adds up to X"),
        "pay_bank_fee": pgettext_lazy("creditdata Step", "Operating fee to the bank"),
    }
)
LICENCE_TYPE: Mapping[LicenceType, Promise] = MappingProxyType(
    {
        LicenceType.CREDIT_DATA_ONLY: pgettext_lazy("creditdata LicenceType", "Credit-data licence"),
        LicenceType.BUSINESS_INFO_ONLY: pgettext_lazy("creditdata LicenceType", "Business-information licence"),
        LicenceType.COMBINED: pgettext_lazy("creditdata LicenceType", "Combined licence"),
    }
)
LICENCE_STATUS: Mapping[LicenceStatus, Promise] = MappingProxyType(
    {
        LicenceStatus.APPLIED: pgettext_lazy("creditdata LicenceStatus", "Applied for"),
        LicenceStatus.GRANTED: pgettext_lazy("creditdata LicenceStatus", "Granted"),
        LicenceStatus.SUSPENDED: pgettext_lazy("creditdata LicenceStatus", "Suspended"),
        LicenceStatus.REVOKED: pgettext_lazy("creditdata LicenceStatus", "Revoked"),
        LicenceStatus.CEASED: pgettext_lazy("creditdata LicenceStatus", "Ceased activity"),
    }
)
SECURITY_INSTRUMENT: Mapping[SecurityInstrument, Promise] = MappingProxyType(
    {
        SecurityInstrument.BANK_GUARANTEE: pgettext_lazy("creditdata SecurityInstrument", "Bank guarantee"),
        SecurityInstrument.OTHER_SECURITY: pgettext_lazy("creditdata SecurityInstrument", "Other security"),
        SecurityInstrument.INSURANCE: pgettext_lazy(
            "creditdata SecurityInstrument", "Professional liability insurance"
        ),
    }
)
FORFEITURE_TITLE: Mapping[ForfeitureTitle, Promise] = MappingProxyType(
    {
        ForfeitureTitle.FINAL_JUDGMENT: pgettext_lazy("creditdata ForfeitureTitle", "Final judgment"),
        ForfeitureTitle.SETTLEMENT_AS_JUDGMENT: pgettext_lazy(
            "creditdata ForfeitureTitle", "Settlement with the force of a judgment"
        ),
        ForfeitureTitle.CONFIRMED_AWARD: pgettext_lazy("creditdata ForfeitureTitle", "Confirmed arbitral award"),
    }
)
CESSATION_CAUSE: Mapping[CessationCause, Promise] = MappingProxyType(
    {
        CessationCause.LIQUIDATION_PUBLISHED: pgettext_lazy("creditdata CessationCause", "Liquidation published"),
        CessationCause.DECIDED_TO_CEASE: pgettext_lazy("creditdata CessationCause", "Decided to cease activity"),
        CessationCause.LICENCE_REVOKED: pgettext_lazy("creditdata CessationCause", "Licence revoked"),
    }
)
MEMBER_ROLE: Mapping[MemberRole, Promise] = MappingProxyType(
    {
        MemberRole.LICENSEE_INTAKE: pgettext_lazy("creditdata MemberRole", "Licensee: intake"),
        MemberRole.LICENSEE_RECORDS: pgettext_lazy("creditdata MemberRole", "Licensee: records"),
        MemberRole.LICENSEE_REPORTS: pgettext_lazy("creditdata MemberRole", "Licensee: reports"),
        MemberRole.LICENSEE_REQUESTS: pgettext_lazy("creditdata MemberRole", "Licensee: requests of data subjects"),
        MemberRole.LICENSEE_CONTRACTS: pgettext_lazy("creditdata MemberRole", "Licensee: contracts with requesters"),
        MemberRole.LICENSEE_APPROVER: pgettext_lazy("creditdata MemberRole", "Licensee: second approval"),
        MemberRole.LICENSEE_SECURITY: pgettext_lazy("creditdata MemberRole", "Licensee: security"),
        MemberRole.REGISTRAR_OFFICER: pgettext_lazy("creditdata MemberRole", "Registrar's officer"),
        MemberRole.REGISTRAR_APPROVER: pgettext_lazy("creditdata MemberRole", "Registrar: second approval"),
        MemberRole.SOURCE_INTEGRATOR: pgettext_lazy("creditdata MemberRole", "Information source"),
    }
)
TIMER: Mapping[str, Promise] = MappingProxyType(
    {
        "expire_proposals": pgettext_lazy("creditdata timer", "End proposals that nobody decided within 24 hours"),
        "read_credit_batches": _("Reads the batches of credit data"),
        "check_source_supplies": _("Finds supplies of credit data that are late"),
        "verify_chains": _("Verifies the chains of original credit data"),
    }
)
