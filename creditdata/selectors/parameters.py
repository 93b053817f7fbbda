"""The figures of section 12.2 that are in force on a day."""

from datetime import date

from ..models import AdministeredSetting
from ..rules.administered import Administered, parameters
from ..rules.parameters import Parameters


def parameters_on(day: date) -> Parameters:
    """What holds on a day: one query, and the specification's figures where nobody set another."""
    return parameters(administered(), day)


def administered() -> list[Administered]:
    """Everything that was ever set, in the order in which it was."""
    rows = AdministeredSetting.objects.order_by("pk").values_list("key", "value", "valid_from")
    return [Administered(key, value, valid_from) for key, value, valid_from in rows]
