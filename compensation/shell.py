"""What compensation adds to the shell: the fund's menu and its first pages."""

from django.utils.translation import gettext_lazy as _

from crm_portal.people.models import User
from crm_portal.ui import home, navigation
from crm_portal.ui.navigation import NavItem, Section

from .models import ClerkTask
from .review_words import QUEUE
from .rules.access import MANAGERS, OFFICERS, PAYMENTS, VIEWERS, Action
from .selectors.asked import waiting_advances, waiting_requests
from .selectors.objections import ObjectionList, listed
from .selectors.queues import COUNTED_TO, QUEUES, claims_in, total_of

ICONS = {"waiting": "inbox", "mine": "user", "review": "layers", "approval": "check", "decided": "okc", "all": "layers"}


def register() -> None:
    """Add the fund's screens."""
    navigation.register(*(_item(key, position) for position, key in enumerate(QUEUES)))
    navigation.register(
        NavItem(
            Section.COMPENSATION, _("Dashboard"), "claims:dashboard", "grid", action=Action.VIEW_DASHBOARD, position=-1
        )
    )
    navigation.register(
        NavItem(
            Section.COMPENSATION, _("Objections"), "objections:queue", "refresh", action=Action.VIEW,
            count=lambda user: str(listed(ObjectionList.OPEN, user).count()), position=6,
        ),
        NavItem(
            Section.COMPENSATION, _("Tasks on claims"), "objections:tasks", "bell", action=Action.REVIEW,
            count=lambda _user: str(ClerkTask.objects.filter(done_at__isnull=True).count()), position=7,
        ),
    )  # fmt: skip
    home.register(OFFICERS, "objections:queue", rank=55)
    home.register(MANAGERS, "claims:dashboard", rank=55)
    navigation.register(
        NavItem(
            Section.COMPENSATION, _("Payments"), "treasury:start", "coin", action=Action.VIEW_PAYMENTS, position=10
        ),
        NavItem(
            Section.COMPENSATION, _("Files for the bank"), "treasury:batches", "file", action=Action.PAY, position=11
        ),
        NavItem(
            Section.COMPENSATION, _("Overpayments"), "treasury:overpayments", "refresh", url_args=("demanded",),
            action=Action.VIEW_PAYMENTS, position=12,
        ),
        NavItem(
            Section.COMPENSATION, _("Debts and liens"), "treasury:find", "link", action=Action.VIEW_PAYMENTS,
            position=13,
        ),
    )  # fmt: skip
    navigation.register(
        NavItem(
            Section.COMPENSATION, _("Advances"), "granting:advances", "coin", action=Action.VIEW, position=8,
            count=lambda _user: str(waiting_advances()),
        ),
        NavItem(
            Section.COMPENSATION, _("More time and eligibility checks"), "granting:requests", "clock",
            action=Action.VIEW, position=9, count=lambda _user: str(waiting_requests()),
        ),
        NavItem(
            Section.COMPENSATION, _("Programme"), "granting:programme", "settings", action=Action.KEEP_PROGRAMME,
            position=20,
        ),
        NavItem(
            Section.BEFORE_SIGN_IN, _("Compensation: what is open to my business?"), "compensation:check", "search"
        ),
        NavItem(
            Section.PERSONAL, _("My claims for compensation"), "compensation:own_claims", "coin",
            action=Action.VIEW_OWN, position=20,
        ),
        NavItem(
            Section.PERSONAL, _("Advances and more time"), "asking:own", "coin", action=Action.VIEW_OWN, position=21
        ),
    )  # fmt: skip
    home.register(PAYMENTS, "treasury:start", rank=55)
    home.register(VIEWERS, "claims:start", rank=60)


def _item(key: str, position: int) -> NavItem:
    def count(user: User) -> str:
        total = total_of(claims_in(QUEUES[key], user))
        return f"{COUNTED_TO}+" if total > COUNTED_TO else str(total)

    return NavItem(
        Section.COMPENSATION,
        QUEUE[key],
        "claims:queue",
        ICONS[key],
        url_args=(key,),
        action=Action.REVIEW if key == "mine" else Action.VIEW,
        count=None if key in {"decided", "all"} else count,
        position=position,
    )
