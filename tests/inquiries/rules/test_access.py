from crm_portal.people import permissions
from crm_portal.people.rules.roles import Role
from inquiries.rules.access import TABLE, Action


def test_every_action_names_its_roles_and_is_registered():
    assert set(TABLE) == set(Action)
    assert all(permissions.roles_allowed(action) == TABLE[action] for action in Action)


READS = {
    Action.VIEW, Action.VIEW_LISTS, Action.OPEN_ATTACHMENT, Action.VIEW_ROUTING, Action.VIEW_DASHBOARD,
    Action.VIEW_CUSTOMER_FILE, Action.PLAY_RECORDING, Action.SEARCH_AUDIT, Action.VIEW_REPORTS, Action.EXPORT_REPORTS,
    Action.VIEW_TRUSTEES,
}  # fmt: skip
OF_ONES_OWN = {Action.SAVE_VIEW, Action.SUGGEST_IMPROVEMENT}  # nobody else's is touched


def test_who_only_views_may_change_nothing():
    for role in (Role.VIEWER, Role.AUDITOR, Role.BI_ANALYST):
        assert {action for action in Action if role in TABLE[action]} <= READS | OF_ONES_OWN
