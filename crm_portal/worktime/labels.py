"""The words people read for the codes of `worktime.rules`."""

from django.utils.translation import gettext_lazy as _

from .rules.calendars import CalendarName

CALENDAR = [
    (CalendarName.AUTHORITY.value, _("The authority's")),
    (CalendarName.GENERAL.value, _("General (section 18A)")),
    (CalendarName.BANKING.value, _("Banking")),
]
