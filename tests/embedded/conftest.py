import os
import shutil
import tempfile
from pathlib import Path

import pytest

from crm_portal.embedded import homes
from crm_portal.embedded.homes import Home, home_of


@pytest.fixture(scope="module")
def checkout():
    """A folder with a space in its name; outside pytest's, which only root itself can enter."""
    top = Path(tempfile.mkdtemp(prefix="embedded-"))
    top.chmod(0o755)
    folder = top / "my checkout"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(homes, "FOLDER_OF_ROOT", top / "of root")
        yield folder
    shutil.rmtree(top)


@pytest.fixture(scope="module")
def home(checkout) -> Home:
    return home_of(checkout, "test1")


@pytest.fixture
def without_wheels(monkeypatch):
    monkeypatch.setattr("crm_portal.embedded.programs._package", lambda name: None)


def processes_that_mention(text: str) -> list[int]:
    """The processes whose command line holds a text."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            try:
                command = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if text in command:
                found.append(int(entry.name))
    return found
