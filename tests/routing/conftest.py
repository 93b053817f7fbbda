import pytest
from django.core.management import call_command


@pytest.fixture
def shipped(db):
    """The reference data as they ship."""
    call_command("load_reference", verbosity=0)
