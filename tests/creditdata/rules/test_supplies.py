"""When the next supply is due: a target is an indicator, a limit an incident (CRD-14-a)."""

from datetime import date

import pytest

from creditdata.rules.codes import SourceType
from creditdata.rules.directives import DEFAULTS
from creditdata.rules.supplies import SupplyGroup, watch
from crm_portal.worktime.rules.calendars import CalendarName
from crm_portal.worktime.selectors import computed_calendar


@pytest.mark.req("CRD-14-a")
def test_the_bank_of_israel_misses_its_target_a_banking_day_after_and_its_limit_after_seven():
    found = watch(
        SupplyGroup.RESTRICTIONS, date(2026, 3, 1), date(2026, 3, 2), directives=DEFAULTS,
        source_type=SourceType.BANK_OF_ISRAEL, licensee_id=1, source_id=1,
        calendar=computed_calendar(CalendarName.BANKING, first_year=2026, last_year=2026),
    )  # fmt: skip
    assert (found.target_on, found.due_on) == (date(2026, 3, 2), date(2026, 3, 10))  # 3 March is Purim
    assert [found.misses_target(date(2026, 3, day)) for day in (2, 3)] == [False, True]
    assert [found.is_late(date(2026, 3, day)) for day in (3, 10, 11)] == [False, False, True]
