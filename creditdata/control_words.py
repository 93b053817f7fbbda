"""The words people read of dual control, compartments, the access log and the settings, and nothing else."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from .rules.accesses import FieldsClass, Purpose
from .rules.vital import Operation

OPERATION: Mapping[Operation, Promise] = MappingProxyType(
    {
        Operation.CORRECT_DATA: pgettext_lazy("creditdata Operation", "Correction of data"),
        Operation.OVERRIDE_INTAKE: pgettext_lazy("creditdata Operation", "Accepting a row that waits for review"),
        Operation.SEAL: pgettext_lazy("creditdata Operation", "Sealing"),
        Operation.UNSEAL: pgettext_lazy("creditdata Operation", "Opening what is sealed"),
        Operation.PURGE: pgettext_lazy("creditdata Operation", "Purge"),
        Operation.GIVE_ROLE: pgettext_lazy("creditdata Operation", "Giving a role"),
        Operation.TAKE_ROLE: pgettext_lazy("creditdata Operation", "Taking a role"),
        Operation.ROTATE_KEY: pgettext_lazy("creditdata Operation", "Change of keys"),
        Operation.EXPORT_MANY: pgettext_lazy("creditdata Operation", "Export of many rows"),
        Operation.CHANGE_SETTING: pgettext_lazy("creditdata Operation", "Change of a setting"),
        Operation.DECLARE_DAY: pgettext_lazy("creditdata Operation", "Declared day in a calendar"),
        Operation.EXEMPT: pgettext_lazy("creditdata Operation", "Exemption of a licensee"),
        Operation.FINALISE_PAYMENTS: pgettext_lazy("creditdata Operation", "Finalising payments"),
        Operation.END_WIND_DOWN: pgettext_lazy("creditdata Operation", "Ending a wind-down"),
    }
)
ACCESS_PURPOSE: Mapping[Purpose, Promise] = MappingProxyType(
    {
        Purpose.INTAKE_REVIEW: pgettext_lazy("creditdata Purpose", "Review of rows received"),
        Purpose.CORRECTION: pgettext_lazy("creditdata Purpose", "Correction of information"),
        Purpose.REPORT: pgettext_lazy("creditdata Purpose", "Credit report"),
        Purpose.OWN_REPORT: pgettext_lazy("creditdata Purpose", "Own report"),
        Purpose.REVIEW: pgettext_lazy("creditdata Purpose", "Review of information"),
        Purpose.CONSENT: pgettext_lazy("creditdata Purpose", "Consent or withdrawal"),
        Purpose.INQUIRY: pgettext_lazy("creditdata Purpose", "Inquiry of the portal"),
        Purpose.SUPERVISION: pgettext_lazy("creditdata Purpose", "Supervision"),
        Purpose.DEFECT: pgettext_lazy("creditdata Purpose", "Serious defect"),
        Purpose.MAINTENANCE: pgettext_lazy("creditdata Purpose", "What the service does by itself"),
        Purpose.SECURITY: pgettext_lazy("creditdata Purpose", "Information security"),
    }
)
FIELDS_CLASS: Mapping[FieldsClass, Promise] = MappingProxyType(
    {
        FieldsClass.IDENTITY: pgettext_lazy("creditdata FieldsClass", "Name and number"),
        FieldsClass.COUNTS: pgettext_lazy("creditdata FieldsClass", "Counts"),
        FieldsClass.NEGATIVE: pgettext_lazy("creditdata FieldsClass", "Negative data"),
        FieldsClass.POSITIVE: pgettext_lazy("creditdata FieldsClass", "Positive data"),
        FieldsClass.WHOLE_FILE: pgettext_lazy("creditdata FieldsClass", "Whole file"),
        FieldsClass.REPORT: pgettext_lazy("creditdata FieldsClass", "Report"),
        FieldsClass.REQUESTS: pgettext_lazy("creditdata FieldsClass", "Requests"),
        FieldsClass.RAW_ROW: pgettext_lazy("creditdata FieldsClass", "Row as received"),
        FieldsClass.LOG: pgettext_lazy("creditdata FieldsClass", "Access log"),
    }
)
COMPARTMENT_RULE: Mapping[str, Promise] = MappingProxyType(
    {
        "intake": pgettext_lazy("creditdata CompartmentRule", "Intake is kept apart from reports and from rights"),
        "records": pgettext_lazy("creditdata CompartmentRule", "Records are kept apart from the keys of the archive"),
        "reports": pgettext_lazy(
            "creditdata CompartmentRule", "Who issues reports sees of what was held back its counts alone"
        ),
        "requests": pgettext_lazy(
            "creditdata CompartmentRule", "Requests of data subjects are kept apart from contracts with requesters"
        ),
        "contracts": pgettext_lazy("creditdata CompartmentRule", "Who keeps contracts opens no subject's file"),
        "approver": pgettext_lazy("creditdata CompartmentRule", "Who approves proposes nothing in the same place"),
        "security": pgettext_lazy("creditdata CompartmentRule", "Who keeps users and keys sees no data of subjects"),
        "registrar_officer": pgettext_lazy(
            "creditdata CompartmentRule", "The Registrar's people do not work with a licensee's subject files"
        ),
        "registrar_approver": pgettext_lazy(
            "creditdata CompartmentRule", "Who approves for the Registrar proposes nothing there"
        ),
        "requester_user": pgettext_lazy("creditdata CompartmentRule", "A requester works for no licensee"),
        "source_integrator": pgettext_lazy(
            "creditdata CompartmentRule", "A source neither issues nor asks for reports"
        ),
    }
)
SETTING: Mapping[str, Promise] = MappingProxyType(
    {
        "CRD_COMMENCEMENT_DATE": pgettext_lazy("creditdata Setting", "Commencement of the regulations"),
        "CRD_CHAPTER_H_LAST_DAY": pgettext_lazy("creditdata Setting", "Last day of the payments to banks"),
        "CRD_PAY_FORMULA": pgettext_lazy("creditdata Setting", "How the Second Schedule is read"),
        "CRD_PAY_INCOME_CAP": pgettext_lazy("creditdata Setting", "Income that counts at most"),
        "CRD_PAY_INCOME_FLOOR": pgettext_lazy("creditdata Setting", "Income from which payments are due"),
        "CRD_OPERATING_FEE": pgettext_lazy("creditdata Setting", "Yearly operating payment"),
        "CRD_WIND_DOWN_HOURS": pgettext_lazy("creditdata Setting", "Hours to hand over the database"),
        "CRD_NOTE_WORDS": pgettext_lazy("creditdata Setting", "Words of a summary of a dispute"),
        "CRD_NOTE_SCOPE": pgettext_lazy("creditdata Setting", "Words counted for each version or together"),
        "CRD_MIN_WAIT_DAYS": pgettext_lazy("creditdata Setting", "Days that must have passed"),
        "CRD_LEVEL_LOAN": pgettext_lazy("creditdata Setting", "Level of a loan"),
        "CRD_LEVEL_LINE": pgettext_lazy("creditdata Setting", "Level of a credit line"),
        "CRD_THRESHOLD_JUDGMENTS": pgettext_lazy("creditdata Setting", "Judgment files from which they are reported"),
        "CRD_THRESHOLD_NOTES": pgettext_lazy("creditdata Setting", "Note files from which they are reported"),
        "CRD_THRESHOLD_CHEQUES": pgettext_lazy(
            "creditdata Setting", "Cheque-refusal warnings from which they are reported"
        ),
        "CRD_THRESHOLD_CHEQUE_MONTHS": pgettext_lazy("creditdata Setting", "Months in which the warnings fall"),
        "CRD_THRESHOLD_DEBTS": pgettext_lazy(
            "creditdata Setting", "Debts from different sources from which they are reported"
        ),
        "CRD_REPORT_MAX_AGE": pgettext_lazy("creditdata Setting", "Age of data in a report"),
        "CRD_LAW_PUBLICATIONS_PER_YEAR": pgettext_lazy("creditdata Setting", "Publications of the Law a year"),
        "CRD_KEEP_INFORMATION_YEARS": pgettext_lazy("creditdata Setting", "Years that information is kept"),
        "CRD_KEEP_DECLARATIONS_YEARS": pgettext_lazy(
            "creditdata Setting", "Years that declarations of requesters are kept"
        ),
        "CRD_KEEP_LICENSING_YEARS": pgettext_lazy("creditdata Setting", "Years that licensing documents are kept"),
        "CRD_KEEP_WIND_DOWN_YEARS": pgettext_lazy(
            "creditdata Setting", "Years that what a wind-down handed over is kept"
        ),
    }
)
PROPOSAL_LIST: Mapping[str, Promise] = MappingProxyType(
    {
        "waiting": pgettext_lazy("creditdata ProposalList", "Waits for me"),
        "own": pgettext_lazy("creditdata ProposalList", "I proposed"),
        "settled": pgettext_lazy("creditdata ProposalList", "Settled"),
    }
)
SETTING_VALUE: Mapping[str, Promise] = MappingProxyType(
    {
        "": pgettext_lazy("creditdata SettingValue", "no limit"),
        "literal": pgettext_lazy("creditdata SettingValue", "literal: as it is printed"),
        "conserving": pgettext_lazy("creditdata SettingValue", "conserving: everything is distributed"),
        "each": pgettext_lazy("creditdata SettingValue", "each version"),
        "together": pgettext_lazy("creditdata SettingValue", "both versions together"),
    }
)
OBJECT: Mapping[str, Promise] = MappingProxyType(
    {
        "subject": pgettext_lazy("creditdata Object", "file of a subject"),
        "access_log": pgettext_lazy("creditdata Object", "access log"),
        "intake_batch": pgettext_lazy("creditdata Object", "batch"),
    }
)
