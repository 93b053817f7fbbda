"""The vital operations of the screens of control: how each is checked, carried out, and shown to who approves."""

from ..rules.vital import Operation
from ..selectors import proposed
from . import administering, dual_control, exporting, members
from .dual_control import Handling


def register() -> None:
    """Make them known; other families of screens register theirs beside them."""
    dual_control.register(Operation.GIVE_ROLE, Handling(members.check_give, members.give, proposed.role_given))
    dual_control.register(Operation.TAKE_ROLE, Handling(members.check_take, members.take, proposed.role_taken))
    dual_control.register(
        Operation.CHANGE_SETTING,
        Handling(administering.check_setting, administering.change_setting, proposed.setting_changed),
    )
    dual_control.register(
        Operation.EXEMPT, Handling(administering.check_exemption, administering.exempt, proposed.exemption)
    )
    dual_control.register(
        Operation.DECLARE_DAY, Handling(administering.check_day, administering.declare_day, proposed.day_declared)
    )
    dual_control.register(Operation.EXPORT_MANY, Handling(exporting.check, exporting.allow, proposed.export))
