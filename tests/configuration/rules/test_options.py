import pytest
from django.conf import settings

from crm_portal.configuration.labels import OPTION, TOPIC
from crm_portal.configuration.rules import options
from crm_portal.configuration.rules.options import OPTIONS, Topic, is_allowed

TYPES = ["pdf", "png"]


@pytest.mark.parametrize(
    ("option", "value", "allowed"),
    [
        pytest.param(options.OPEN_MESSAGES, 1, True, id="the least"),
        pytest.param(options.OPEN_MESSAGES, 20, True, id="the most"),
        pytest.param(options.OPEN_MESSAGES, 0, False, id="less than the least"),
        pytest.param(options.OPEN_MESSAGES, 21, False, id="more than the most"),
        pytest.param(options.OPEN_MESSAGES, True, False, id="a flag for a number"),
        pytest.param(options.OPEN_MESSAGES, "3", False, id="a text for a number"),
        pytest.param(options.REAL_ESTATE_SECTION_ENABLED, True, True, id="a flag"),
        pytest.param(options.REAL_ESTATE_SECTION_ENABLED, 1, False, id="a number for a flag"),
        pytest.param(options.WEEKEND_DAYS, [4, 5], True, id="Friday and Saturday"),
        pytest.param(options.WEEKEND_DAYS, [], True, id="no weekend"),
        pytest.param(options.WEEKEND_DAYS, [4, 4], False, id="a day twice"),
        pytest.param(options.WEEKEND_DAYS, [7], False, id="no day of the week"),
        pytest.param(options.WEEKEND_DAYS, list(range(7)), False, id="a week without a working day"),
        pytest.param(options.WORKING_HOURS, "", True, id="whole days"),
        pytest.param(options.WORKING_HOURS, "08:00-16:00", True, id="hours"),
        pytest.param(options.WORKING_HOURS, "16:00-08:00", False, id="hours that end before they begin"),
        pytest.param(options.WORKING_HOURS, "8-16", False, id="hours without minutes"),
        pytest.param(options.WORKING_HOURS, "08:00-24:00", False, id="no hour of the day"),
        pytest.param(options.FILE_TYPES, ["pdf"], True, id="fewer kinds of files"),
        pytest.param(options.FILE_TYPES, ["exe"], False, id="a kind that cannot be cleaned"),
        pytest.param(options.FILE_TYPES, [], False, id="no kind of file"),
    ],
)
def test_an_option_has_only_values_that_its_rules_can_work_with(option, value, allowed):
    assert is_allowed(option, value, types=TYPES) is allowed


@pytest.mark.parametrize("option", OPTIONS.values(), ids=lambda option: option.name)
def test_every_option_has_words_and_a_default_that_is_allowed(option):
    assert option.name in OPTION
    assert is_allowed(option, getattr(settings, option.name), types=settings.FILE_TYPES)


def test_every_topic_has_words():
    assert set(TOPIC) == set(Topic)
