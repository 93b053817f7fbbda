"""Every code has exactly one Hebrew message (CMP-2.3-j)."""

import ast
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

from compensation.labels import REASON
from compensation.rules.reasons import Reason
from crm_portal.errors import HTTP_STATUS, Refusal
from crm_portal.sentences import sentence

CODE = Path(settings.BASE_DIR) / "compensation"


def named_in(path: Path) -> set[str]:
    """The codes of `Reason` that a module names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Reason"
        and node.attr.isupper()
    }


@pytest.mark.req("CMP-2.3-j")
def test_every_code_that_is_raised_anywhere_has_one_hebrew_message():
    raised = set().union(*(named_in(path) for path in CODE.rglob("*.py")))
    kept = polib.pofile(str(Path(settings.BASE_DIR) / "locale/he/LC_MESSAGES/django.po"))
    messages = {entry.msgctxt: entry.msgstr for entry in kept if entry.msgctxt in Reason.__members__}

    assert raised <= set(Reason.__members__)
    assert set(REASON) == set(Reason)
    assert set(messages) == set(Reason.__members__)  # one entry of the catalogue for each, under its own code
    assert all(messages.values())
    assert {code for code in Reason if code not in HTTP_STATUS} == set()
    with translation.override("he"):
        assert sentence(Refusal(Reason.GEN_ONE_TRACK)) == "הוגשה כבר תביעה במסלול אחר"
        assert sentence(Refusal(Reason.GEN_DOC_MISSING, details={"item": "מאזן"})) == "חסר מסמך נדרש: מאזן"
