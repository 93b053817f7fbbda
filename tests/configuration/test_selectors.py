import pytest
from django.utils import timezone

from crm_portal.configuration import selectors
from crm_portal.configuration.models import StoredOption
from crm_portal.configuration.rules import options
from crm_portal.configuration.selectors import configured

pytestmark = pytest.mark.django_db


def store(value):
    StoredOption.objects.create(name="OPEN_MESSAGES", value=value, changed_at=timezone.now())


def test_without_a_stored_value_the_deployments_holds(settings):
    settings.OPEN_MESSAGES = 7
    selectors.forget()

    assert configured(options.OPEN_MESSAGES) == 7


def test_a_stored_value_holds_over_the_deployments(settings):
    settings.OPEN_MESSAGES = 7
    store(2)
    selectors.forget()

    assert configured(options.OPEN_MESSAGES) == 2


def test_asking_again_costs_no_query(django_assert_num_queries):
    selectors.forget()

    with django_assert_num_queries(1):
        for _ in range(20):
            configured(options.OPEN_MESSAGES)


def test_another_process_sees_a_change_after_a_moment():
    selectors.remember({}, seconds=0)
    store(2)

    assert configured(options.OPEN_MESSAGES) == 2
