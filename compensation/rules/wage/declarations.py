"""When a wage claim is complete: only when all its employees declared, and then its clock starts (3.4.2)."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from crm_portal.errors import Code
from crm_portal.facts import InvalidInput

from ..assessment import Assessment, Outcome
from ..codes import ClaimState
from ..reading import Facts

ISRAEL: Final = ZoneInfo("Asia/Jerusalem")


def completeness(employees: int, declared: int, last_declaration_at: datetime | None) -> Assessment:
    """The state of a claim by its declarations; it counts as filed at the last of them (CMP-3.4.2-d)."""
    if declared < employees or last_declaration_at is None:
        return Assessment(
            Outcome.COMPUTED, {"state": ClaimState.AWAITING_EMPLOYEE_DECLARATIONS, "clock_started": False}
        )
    filed_on = last_declaration_at.astimezone(ISRAEL).date()
    return Assessment(Outcome.COMPUTED, {"state": ClaimState.SUBMITTED, "clock_started": True, "filed_on": filed_on})


def read(facts: Facts) -> Assessment:
    """Completeness by plain data: how many employees, how many declared, and when the last one did."""
    employees = facts.whole("employees", least=1)
    declared = facts.whole("declared", 0, most=employees)
    given = facts.text("last_declaration_at")
    facts.nothing_else(("kind",))
    last = _moment(given, facts.where("last_declaration_at")) if given else None
    if declared == employees and last is None:
        raise InvalidInput(Code.FIELD_REQUIRED, facts.where("last_declaration_at"))
    return completeness(employees, declared, last)


def _moment(given: str, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise InvalidInput(Code.INVALID_VALUE, where) from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=ISRAEL)
