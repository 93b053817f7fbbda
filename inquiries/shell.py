"""What the inquiries add to the shell: the menu with its counts, the search box, the first page, the user's place."""

from django.utils.translation import gettext_lazy as _

from crm_portal.administration.rules.access import Action as Administration
from crm_portal.people.models import User
from crm_portal.people.rules.access import PeopleAction
from crm_portal.ui import home, navigation
from crm_portal.ui.figures import number
from crm_portal.ui.navigation import NavItem, Section
from routing.models import TeamMember
from routing.selectors import units_of

from .rules.access import TABLE, Action
from .selectors.pages import COUNTED_TO
from .selectors.powers import waiting_for
from .selectors.templates import pending_for
from .selectors.views import VIEWS, View, counts_for, view_of, widest_of

SEARCHED = ("all_inquiries", "unit_all")  # where the search box leads: the widest view that the user has
OFFERED = [view for view in VIEWS if view.is_listed]


def register() -> None:
    """Add the clerk's screens to the shell."""
    navigation.register(
        NavItem(Section.TODAY, _("Dashboard"), "inquiries:home", "grid", action=Action.VIEW_DASHBOARD, keys="g d"),
        NavItem(Section.TODAY, _("New inquiry"), "inquiries:new", "plus", action=Action.OPEN_MANUALLY, position=2),
        NavItem(Section.TOOLS, _("Reports"), "inquiries:reports", "report", action=Action.VIEW_REPORTS, position=5),
        *(_item(view, position) for position, view in enumerate(OFFERED)),
        *(_search_in(key, position) for position, key in enumerate(SEARCHED)),
        NavItem(
            Section.TOOLS,
            _("Response templates"),
            "inquiries:templates",
            "tmpl",
            action=Action.DRAFT_TEMPLATE,
            count=lambda user: pending_for(user) or None if user.may(Action.APPROVE_TEMPLATE) else None,
        ),
    )
    navigation.register(
        NavItem(
            Section.TOOLS, _("Statuses: help"), "inquiries:status_help", "help", action=Action.VIEW_LISTS, position=90
        ),
        NavItem(Section.ADMINISTRATION, _("Suggested topics"), "inquiries:triage", "layers", action=Action.VIEW_TRIAGE),
        NavItem(Section.ADMINISTRATION, _("Audit search"), "inquiries:audit", "history", action=Action.SEARCH_AUDIT),
    )
    navigation.register(
        NavItem(Section.BEFORE_SIGN_IN, _("A general question, without signing in"), "personal:ask", "chat"),
        NavItem(Section.PERSONAL, _("My inquiries"), "personal:inquiries", "inbox", action=Action.ANSWER_POA_REQUEST),
        NavItem(
            Section.PERSONAL,
            _("The office's inquiries"),
            "personal:inquiries",
            "inbox",
            action=Action.SUBMIT_POA_REQUEST,
        ),
        NavItem(
            Section.PERSONAL,
            _("Who represents me"),
            "personal:powers",
            "shield",
            action=Action.ANSWER_POA_REQUEST,
            count=waiting_for,
            position=1,
        ),
        NavItem(
            Section.PERSONAL,
            _("Power-of-attorney requests"),
            "personal:poa_requests",
            "shield",
            action=Action.SUBMIT_POA_REQUEST,
            position=1,
        ),
        NavItem(
            Section.PERSONAL,
            _("Contact details"),
            "people:contact",
            "user",
            action=PeopleAction.KEEP_CONTACT,
            position=9,
        ),
    )
    navigation.register(
        NavItem(
            Section.ADMINISTRATION,
            _("Section-60 representatives"),
            "inquiries:section_60",
            "globe",
            action=Administration.KEEP,
            position=20,
        )
    )
    navigation.describe_users_by(place_of)
    home.register(TABLE[Action.VIEW_DASHBOARD], "inquiries:home", rank=20)


def _search_in(key: str, position: int) -> NavItem:
    def is_widest(user: User) -> bool:
        widest = widest_of(user)
        return widest is not None and widest.key == key

    return NavItem(
        Section.SEARCH, _("Search"), "inquiries:view", "search", url_args=(key,), visible=is_widest, position=position
    )


def _item(view: View, position: int) -> NavItem:
    mine = view.key == "my_inquiries"
    return NavItem(
        Section.TODAY if mine else Section.INQUIRIES,
        view.short_label,
        "inquiries:view",
        view.icon,
        url_args=(view.key,),
        visible=lambda user: view_of(user, view.key) is not None,
        count=lambda user: total_in_words(counts_for(user).get(view.key, 0)),
        keys={"my_inquiries": "g m", "team_waiting": "g p", "all_inquiries": "g p"}.get(view.key, ""),
        position=1 if mine else position,
    )


def total_in_words(total: int) -> str:
    """A bounded total."""
    return f"{number(COUNTED_TO)}+" if total > COUNTED_TO else number(total)


def place_of(user: User) -> str:
    """The employee's first team and its unit; whoever is in no team, as a manager of an office, has the unit alone."""
    member = TeamMember.objects.filter(user=user).select_related("team__unit").order_by("pk").first()
    if member:
        return f"{member.team.name} · {member.team.unit}"
    unit = units_of(user).order_by("pk").first()
    return str(unit) if unit else ""
