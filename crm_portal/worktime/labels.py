"""The words people read for the codes of `worktime.rules`."""

from django.utils.translation import gettext_lazy as _

from .rules.calendars import CalendarName

CALENDAR = [
    (CalendarName.AUTHORITY.value, _("The authority's")),
    (CalendarName.GENERAL.value, _("General (section 18A)")),
    (CalendarName.BANKING.value, _("Banking")),
]
HOLIDAY = {
    "passover_1": _("Passover"),
    "passover_7": _("Seventh day of Passover"),
    "shavuot": _("Shavuot"),
    "rosh_hashana_1": _("Rosh Hashana"),
    "rosh_hashana_2": _("Rosh Hashana, second day"),
    "yom_kippur_eve": _("Eve of Yom Kippur"),
    "yom_kippur": _("Yom Kippur"),
    "sukkot_1": _("Sukkot"),
    "shemini_atzeret": _("Shemini Atzeret"),
    "purim": _("Purim"),
    "tisha_beav": _("Tisha B'Av"),
    "independence_day": _("Independence Day"),
}
