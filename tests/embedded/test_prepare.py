"""What is prepared before the portal first answers."""

from pathlib import Path

import pytest
from django.utils.translation import gettext, override
from django.utils.translation.reloader import translation_file_changed

from crm_portal.embedded.management.commands.prepare import Command

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "A text of this test"
msgstr "טקסט של הבדיקה"
"""


@pytest.fixture
def source(settings, tmp_path):
    """A catalogue that nobody compiled yet, as in a fresh clone."""
    path = tmp_path / "he" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    settings.LOCALE_PATHS = [tmp_path]
    forget()
    yield path
    forget()


def forget() -> None:
    translation_file_changed(sender=None, file_path=Path("any.mo"))


def test_a_process_that_compiles_the_catalogue_speaks_it_itself(source):
    with override("he"):
        assert gettext("A text of this test") == "A text of this test"  # read before it was compiled

    Command().compile_translations()

    assert source.with_suffix(".mo").exists()
    with override("he"):
        assert gettext("A text of this test") == "טקסט של הבדיקה"
