"""Load what ships with the service: the frequencies and lags that the regulations print (CRD-86-a)."""

from routing.services.reference import Loaded, load_table

from ..models import UpdateDirective
from ..rules.directives import DEFAULTS

PRINTED = "כפי שנדפס בתקנות שירות נתוני אשראי, התשס״ד–2004"


def load(overwrite: bool) -> Loaded:
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
