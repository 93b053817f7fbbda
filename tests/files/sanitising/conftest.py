import pytest

from crm_portal.files.rules.failures import Unclean
from crm_portal.files.sanitising import content


@pytest.fixture
def clean(tmp_path):
    """Clean some bytes as a kind, and give the copy's path; or the failure."""

    def run(kind, original):
        (tmp_path / "original").write_bytes(original)
        try:
            content.clean(kind, tmp_path / "original", tmp_path / "copy")
        except Unclean as unclean:
            return unclean.failure
        return tmp_path / "copy"

    return run
