"""The words people read for the options of `rules.options`: what each is called, and what it does."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .rules.options import Topic

TOPIC: dict[Topic, Promise] = {
    Topic.LIMITS: _("Limits"),
    Topic.TIME: _("Time and clocks"),
    Topic.QUALITY: _("Answers and triage"),
    Topic.FILES: _("Files"),
    Topic.REAL_ESTATE: _("Real-estate taxation"),
}
OPTION: dict[str, tuple[Promise, Promise]] = {
    "OPEN_INQUIRIES_PER_TRIPLET": (
        _("Open inquiries in one triplet"),
        _("So many inquiries of one customer may be open in one triplet; the next one is refused."),
    ),
    "OPEN_MESSAGES": (
        _("Unanswered messages of the customer"),
        _("So many messages may wait for an answer on one inquiry; the next one is refused."),
    ),
    "MANY_MESSAGES_THRESHOLD": (
        _("Many correspondences"),
        _("From so many messages of the customer an inquiry is marked, and a phone call is advised."),
    ),
    "SHAAM_PASSWORD_TRIES": (
        _("Tries of the Shaam password"),
        _("After so many wrong passwords the information extension is locked until midnight."),
    ),
    "CORRESPONDENCE_DAYS": (
        _("Days of correspondence after closing"),
        _("Calendar days in which a message re-activates a closed inquiry. Also for inquiries closed already."),
    ),
    "WAITING_MONTHS": (
        _("Months of waiting for the customer"),
        _("Then the system closes the inquiry. Counts for inquiries that begin to wait from now on."),
    ),
    "SLA_NEAR_PERCENT": (
        _("SLA is near from (percent)"),
        _("The share of the target after which an inquiry is marked as near its limit."),
    ),
    "SLA_TARGET_PERCENT": (
        _("Aim of the SLA (percent)"),
        _("The share of inquiries that should keep their target; the line in the reports. It limits nothing."),
    ),
    "WEEKEND_DAYS": (_("Weekend"), _("Days that do not count in the authority's calendar.")),
    "WORKING_HOURS": (
        _("Working hours"),
        _("As 08:00-16:00. Leave empty to count whole days, midnight to midnight."),
    ),
    "TRIAGE_SUGGESTIONS": (
        _("Suggested triplets"),
        _("So many triplets are offered to whoever describes his inquiry."),
    ),
    "MIN_REPLY_LENGTH": (
        _("Shortest reply (characters)"),
        _("A shorter reply to a customer is sent only after its writer confirms it."),
    ),
    "FILE_MAX_MB": (_("Largest file (megabytes)"), _("A larger file is refused when it is attached.")),
    "FILE_TYPES": (_("Kinds of files"), _("What may be attached; other kinds cannot be cleaned by this deployment.")),
    "REAL_ESTATE_SECTION_ENABLED": (
        _("Section in real-estate inquiries"),
        _("Stores and shows the section of the Shaam file also in real-estate taxation."),
    ),
}
