import pytest
from django.utils import translation

from crm_portal.files import labels
from crm_portal.files.rules.failures import Failure
from crm_portal.files.rules.states import SanitisationState


@pytest.mark.parametrize("failure", Failure)
def test_every_failure_is_said_in_hebrew(failure):
    with translation.override("he"):
        said = str(labels.failure(failure.value))

    assert any("א" <= char <= "ת" for char in said)
    assert not said.endswith(".")  # it stands inside a sentence


def test_the_states_have_the_labels_of_the_specification():
    with translation.override("he"):
        said = {state: str(label) for state, label in labels.SANITISATION_STATE}

    assert said == {
        SanitisationState.PENDING: "טרם נטען",
        SanitisationState.CLEAN: "תקין",
        SanitisationState.FAILED: "לא עבר הלבנה",
    }
