"""Load the programme that ships: figures, matrix, holidays, towns and annexes (CMP-annexA-a)."""

from datetime import date

from crm_portal.errors import Code, refuse
from crm_portal.worktime.rules.periods import add_months
from routing.services.reference import Loaded, load_table

from ..models import (
    AdvanceCampaign,
    EligibilityCell,
    GovernmentDecision,
    Programme,
    ProgrammeParameter,
    RestDay,
    ScheduleMembership,
    Town,
    TownAlias,
)
from ..rules.codes import Annex
from ..selectors import shipped

COUNTS = {
    Annex.THIRD_SCHEDULE: 108,
    Annex.SECOND_SCHEDULE: 227,
    Annex.FOURTH_SCHEDULE: 126,
    Annex.EVACUATED: 106,
    Annex.ADVANCE: 169,
}
TOWNS = 362  # in one annex or another
BORDER = frozenset({Annex.FOURTH_SCHEDULE, Annex.EVACUATED})  # at first (decision 26)


def load(overwrite: bool) -> Loaded:
    """The programme and its tables; what the manager keeps stays as it is, and figures are never overwritten."""
    check(shipped.members())
    figures = shipped.figures()
    row = {"code": figures["code"], "name_he": figures["name_he"], "name_en": figures["name_en"]}
    is_first = not Programme.objects.filter(is_current=True).exists()
    loaded = load_table(
        Programme.objects,
        [{**row, "is_current": True} if is_first else row],
        key=("code",),
        overwrite=overwrite,
    )
    programme = Programme.objects.get(code=figures["code"])
    since = date.fromisoformat(figures["valid_from"])
    of_programme = {"programme_id": programme.pk}
    loaded += load_table(
        ProgrammeParameter.objects,
        [{**of_programme, **parameter, "valid_from": since} for parameter in figures["parameters"]],
        key=("programme_id", "key", "valid_from"),
        overwrite=False,
    )
    cells = [
        {**of_programme, "row": row, "column": column, "eligibility": cell}
        for row, columns in figures["matrix"].items()
        for column, cell in columns.items()
    ]
    loaded += load_table(EligibilityCell.objects, cells, key=("programme_id", "row", "column"), overwrite=overwrite)
    decisions = [
        {**of_programme, "number": one["number"], "decided_on": date.fromisoformat(one["day"])}
        for one in figures["government_decisions"]
    ]
    loaded += load_table(GovernmentDecision.objects, decisions, key=("programme_id", "number"), overwrite=overwrite)
    loaded += load_table(AdvanceCampaign.objects, _campaigns(programme), key=("programme_id", "month"), overwrite=False)
    days = [
        {**of_programme, "day": date.fromisoformat(one["day"]), "name": one["name"]} for one in figures["rest_days"]
    ]
    loaded += load_table(RestDay.objects, days, key=("programme_id", "day"), overwrite=overwrite)
    return loaded + _towns(programme, overwrite)


def _campaigns(programme: Programme) -> list[dict[str, object]]:
    """October, as printed, and November, closed until the manager opens it (CMP-7.3.8-a, CMP-7.3.9-a)."""
    figures = dict(programme.parameters.values_list("key", "value"))
    opens_on = date.fromisoformat(figures["determining_from"])
    closes_on = date.fromisoformat(figures["pre_claim_advance_until"])
    october = opens_on.replace(day=1)
    return [
        {"programme_id": programme.pk, "month": october, "opens_on": opens_on, "closes_on": closes_on},
        {"programme_id": programme.pk, "month": add_months(october, 1), "opens_on": None, "closes_on": None},
    ]


def check(members: dict[str, set[Annex]]) -> None:
    """
    What must hold of the annexes: their counts, A within B, B and C without a common town, D within A and C.

    :raises Refused: when it does not, naming the annex
    """
    towns = {annex: {name for name, annexes in members.items() if annex in annexes} for annex in Annex}
    third, second = towns[Annex.THIRD_SCHEDULE], towns[Annex.SECOND_SCHEDULE]
    fourth, evacuated = towns[Annex.FOURTH_SCHEDULE], towns[Annex.EVACUATED]
    wrong = [annex for annex, count in COUNTS.items() if len(towns[annex]) != count]
    wrong += [Annex.THIRD_SCHEDULE] if not third <= second else []
    wrong += [Annex.FOURTH_SCHEDULE] if second & fourth else []
    wrong += [Annex.EVACUATED] if not evacuated <= third | fourth else []
    if wrong or len(members) != TOWNS:
        raise refuse(Code.INVALID_VALUE, "annex", clause="CMP-annexA-a", because=", ".join(wrong) or "total")


def _towns(programme: Programme, overwrite: bool) -> Loaded:
    members = shipped.members()
    rows = [{"name": name, "is_border_settlement": bool(annexes & BORDER)} for name, annexes in members.items()]
    rows += [{"name": name, "is_border_settlement": False} for name in shipped.localities()]
    loaded = load_table(Town.objects, rows, key=("name",), overwrite=False)  # the flag is the manager's
    towns = {town.name: town for town in Town.objects.all()}
    aliases = [{"alias": alias, "town": towns[name]} for alias, name in shipped.aliases().items()]
    loaded += load_table(TownAlias.objects, aliases, key=("alias",), overwrite=overwrite)
    printed = [
        {
            "programme_id": programme.pk,
            "annex": annex.value,
            "town_id": towns[name].pk,
            "name_as_printed": name_as_printed,
            "remark": remark,
        }
        for annex, name, name_as_printed, remark in shipped.printed()
    ]
    return loaded + load_table(
        ScheduleMembership.objects, printed, key=("programme_id", "annex", "town_id"), overwrite=overwrite
    )
