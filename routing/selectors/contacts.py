"""The public contact channels of the offices (CRM-7-s, CRM-7-u)."""

from collections import defaultdict

from django.db.models import Q

from ..models import BusinessUnit
from ..rules.codes import UnitKind

NOT_FOR_THE_PUBLIC = (UnitKind.HQ.value, UnitKind.SERVICE_DIVISION.value)


def offices() -> list[tuple[str, list[BusinessUnit]]]:
    """The units the public may write to or call, under the tax systems they serve; each appears once."""
    units = (
        BusinessUnit.objects.filter(~Q(public_phone="") | ~Q(public_email="") | ~Q(address=""), is_active=True)
        .exclude(kind__in=NOT_FOR_THE_PUBLIC)
        .prefetch_related("tax_systems")
    )
    groups = defaultdict[tuple[int, str], list[BusinessUnit]](list)
    for unit in units:
        systems = sorted(unit.tax_systems.all(), key=lambda system: system.position)
        one_tax = systems and (len(systems) == 1 or unit.kind == UnitKind.OFFICE.value)
        groups[(systems[0].position, systems[0].name) if one_tax else (-1, "")].append(unit)
    return [(name, found) for (_, name), found in sorted(groups.items(), key=lambda item: item[0])]
