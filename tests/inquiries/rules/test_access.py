from crm_portal.people import permissions
from crm_portal.people.rules.roles import Role
from inquiries.rules.access import TABLE, Action


def test_every_action_names_its_roles_and_is_registered():
    assert set(TABLE) == set(Action)
    assert all(permissions.roles_allowed(action) == TABLE[action] for action in Action)


def test_who_only_views_may_change_nothing():
    reads = {Action.VIEW, Action.VIEW_LISTS, Action.OPEN_ATTACHMENT}

    for role in (Role.VIEWER, Role.AUDITOR, Role.BI_ANALYST):
        assert {action for action in Action if role in TABLE[action]} - reads <= {Action.VIEW_ROUTING}
