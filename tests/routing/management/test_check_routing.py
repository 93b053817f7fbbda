from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from crm_portal.worktime.services.sweeping import SweepResult
from routing import tasks
from routing.models import FixedUnitRule, LocalityMap, NsaRule, Team, TripletTeam

pytestmark = [pytest.mark.usefixtures("shipped"), pytest.mark.req("CRM-7-r")]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_the_shipped_tables_are_complete(capsys):
    call_command("check_routing")

    assert "29" in capsys.readouterr().out
    assert tasks.check_routing(NOW) == SweepResult(done=29)


@pytest.mark.parametrize(
    ("remove", "gap"),
    [
        pytest.param(
            lambda: TripletTeam.objects.filter(triplet__code="vat-debt", unit__code="vat-haifa").delete(),
            ("vat-debt", "vat-haifa"),
            id="a default team",
        ),
        pytest.param(
            lambda: TripletTeam.objects.filter(triplet__code="it-form-135", unit__code="msm-karmiel").delete(),
            ("it-form-135", "msm-karmiel"),
            id="the team of an MSM",
        ),
        pytest.param(
            lambda: TripletTeam.objects.filter(triplet__code="re-assessment", unit__code="re-haifa").delete(),
            ("re-assessment", "re-haifa"),
            id="a team to forward to",
        ),
        pytest.param(
            lambda: TripletTeam.objects.filter(triplet__code="vat-debt", unit__code="info-jerusalem").delete(),
            ("vat-debt", "info-jerusalem"),
            id="a team for phone inquiries",
        ),
        pytest.param(
            lambda: NsaRule.objects.filter(triplet__code="it-bookkeeping-relief").delete(),
            ("it-bookkeeping-relief",),
            id="the NSA rule",
        ),
        pytest.param(lambda: FixedUnitRule.objects.filter(triplet__code="ded-file").delete(), ("ded-file",), id="unit"),
        pytest.param(
            lambda: Team.objects.filter(code="nsa-team").update(is_active=False),
            ("it-bookkeeping-hearing", "nsa"),
            id="a dissolved team",
        ),
        pytest.param(
            lambda: (
                LocalityMap.objects.filter(locality="חיפה").update(income_tax_office=None)
                and Team.objects.filter(code="it-haifa-general").update(is_active=False)
            ),
            ("it-work-grant", "it-haifa"),
            id="an office that is still in use",
        ),
    ],
)
def test_each_missing_row_is_listed_and_fails_the_command(capsys, remove, gap):
    remove()

    with pytest.raises(CommandError):
        call_command("check_routing")
    listed = capsys.readouterr().out
    assert any(all(word in line for word in gap) for line in listed.splitlines())
    assert tasks.check_routing(NOW).failed >= 1


def test_a_portal_without_a_head_team_fails(capsys):
    Team.objects.update(is_head_team=False)

    with pytest.raises(CommandError):
        call_command("check_routing")
