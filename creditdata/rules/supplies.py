"""What is watched together as one supply, and when it is late (CRD-0-d)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from crm_portal.worktime.rules.calendars import BusinessCalendar

from .codes import RecordKind, SourceType
from .directives import Directive, Supply, directive_for


class SupplyGroup(StrEnum):
    """Kinds whose supply by a source is one: any of them renews it."""

    ORDERS = "ORDERS"
    EXECUTION = "EXECUTION"
    RESTRICTIONS = "RESTRICTIONS"
    WARNINGS = "WARNINGS"
    DEBTS = "DEBTS"
    COURT = "COURT"
    POSITIVE = "POSITIVE"


KINDS: Mapping[SupplyGroup, tuple[RecordKind, ...]] = MappingProxyType(
    {
        SupplyGroup.ORDERS: (RecordKind.RECEIVING_ORDER, RecordKind.BANKRUPTCY_UPDATE),
        SupplyGroup.EXECUTION: (
            RecordKind.JUDGMENT_FILE,
            RecordKind.NOTE_FILE,
            RecordKind.FILE_CONSOLIDATION,
            RecordKind.LIMITED_MEANS_DEBTOR,
        ),
        SupplyGroup.RESTRICTIONS: (RecordKind.BOI_RESTRICTION,),
        SupplyGroup.WARNINGS: (RecordKind.CHEQUE_REFUSAL_WARNING, RecordKind.INTENDED_PROCEEDINGS_WARNING),
        SupplyGroup.DEBTS: (RecordKind.AUTHORISED_DEBT,),
        SupplyGroup.COURT: (RecordKind.OCCUPATION_RESTRICTION,),
        SupplyGroup.POSITIVE: (RecordKind.LOAN, RecordKind.CREDIT_LINE),
    }
)
GROUP_OF: Mapping[RecordKind, SupplyGroup] = MappingProxyType(
    {kind: group for group, kinds in KINDS.items() for kind in kinds}
)
GROUPS_OF: Mapping[SourceType, tuple[SupplyGroup, ...]] = MappingProxyType(
    {
        SourceType.OFFICIAL_RECEIVER: (SupplyGroup.ORDERS,),
        SourceType.EXECUTION_OFFICE: (SupplyGroup.EXECUTION,),
        SourceType.BANK_OF_ISRAEL: (SupplyGroup.RESTRICTIONS,),
        SourceType.BANKING_CORPORATION: (SupplyGroup.WARNINGS, SupplyGroup.POSITIVE),
        SourceType.CARD_ISSUER: (SupplyGroup.WARNINGS,),
        SourceType.AUTHORISED_SOURCE: (SupplyGroup.DEBTS,),
        SourceType.COURT: (SupplyGroup.COURT,),
    }
)


@dataclass(frozen=True, slots=True)
class Watch:
    """One supply that is watched: by when the next must come; the earlier day is an indicator alone (CRD-14-a)."""

    target_on: date | None
    due_on: date

    def is_late(self, today: date) -> bool:
        return today > self.due_on

    def misses_target(self, today: date) -> bool:
        return self.target_on is not None and today > self.target_on


def watch(
    group: SupplyGroup,
    last_on: date,
    today: date,
    *,
    directives: Iterable[Directive],
    source_type: SourceType,
    licensee_id: int,
    source_id: int,
    calendar: BusinessCalendar,
) -> Watch | None:
    """
    When the supply after `last_on` (the last one, or the day the agreement began) is due; None when nobody set a limit.

    The directives are those in force today; of several kinds in the group the strictest counts.
    """
    known = tuple(directives)
    found = [
        directive_for(known, Supply(source_type, kind, licensee_id=licensee_id, source_id=source_id), today)
        for kind in KINDS[group]
    ]
    limits = [one.max_interval_bd for one in found if one is not None and one.max_interval_bd is not None]
    targets = [one.target_interval_bd for one in found if one is not None and one.target_interval_bd is not None]
    if not limits:
        return None
    return Watch(
        target_on=calendar.add(last_on, min(targets)) if targets else None, due_on=calendar.add(last_on, min(limits))
    )
