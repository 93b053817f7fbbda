"""
Load what ships with the service: the frequencies and lags that the regulations print (CRD-86-a), and the roles that
no person may hold together (CRD-77-b).
"""

from routing.services.reference import Loaded, load_table

from ..models import CompartmentRule, UpdateDirective
from ..rules.compartments import SHIPPED
from ..rules.directives import DEFAULTS

PRINTED = "כפי שנדפס בתקנות שירות נתוני אשראי, התשס״ד–2004"


def load(overwrite: bool) -> Loaded:
    """Everything that ships."""
    return load_directives(overwrite) + load_compartments(overwrite)


def load_directives(overwrite: bool) -> Loaded:
    """The printed directives; one that the Registrar ended stays ended."""
    rows = [
        {
            "source_type": one.source_type or "",
            "kind": one.kind or "",
            "issued_at": None,
            "target_interval_bd": one.target_interval_bd,
            "max_interval_bd": one.max_interval_bd,
            "max_lag_bd": one.max_lag_bd,
            "valid_from": one.valid_from,
            "reason": PRINTED,
        }
        for one in DEFAULTS
    ]
    key = ("source_type", "kind", "issued_at", "valid_from")
    return load_table(UpdateDirective.objects, rows, key=key, overwrite=overwrite)


def load_compartments(overwrite: bool) -> Loaded:
    """The forbidden sets of 12.1."""
    rows = [
        {
            "code": "+".join(sorted(role.value for role in one.roles)),
            "roles": sorted(role.value for role in one.roles),
            "why": one.why,
            "within_one": one.within_one,
        }
        for one in SHIPPED
    ]
    return load_table(CompartmentRule.objects, rows, key=("code",), overwrite=overwrite)
