"""Every figure of the programme has a name that people read."""

from compensation.programme_words import PARAMETER
from compensation.rules.assembling import PARAMETERS


def test_each_figure_that_the_manager_keeps_has_its_words():
    assert set(PARAMETERS) == set(PARAMETER)
