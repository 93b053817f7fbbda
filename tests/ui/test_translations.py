"""Everything the portal says is said in Hebrew, and the instruction's own words are the instruction's."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from crm_portal.errors import HTTP_STATUS, Code, Refusal
from crm_portal.files import labels as file_labels
from crm_portal.people import labels as people_labels
from crm_portal.sentences import SENTENCES, sentence
from crm_portal.ui.management.commands import translations
from inquiries import labels as inquiry_labels
from routing import labels as routing_labels

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "he" / "LC_MESSAGES" / "django.po"
HEBREW = re.compile(r"[\u05d0-\u05ea]")
FIGURE = re.compile(r"%\(\w+\)[sd]|{\w*}")


@pytest.fixture
def _hebrew():
    with translation.override("he"):
        yield


def test_no_message_is_without_hebrew_unused_or_doubtful(capsys):
    call_command("translations", "--check")

    assert "all in Hebrew" in capsys.readouterr().out


def test_a_missing_message_is_named(tmp_path, settings):
    folder = tmp_path / "he" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.pofile(str(CATALOGUE))
    catalogue.remove(catalogue.find("Tax Authority"))
    catalogue.find("Personal area").msgstr = ""
    catalogue.append(polib.POEntry(msgid="Nobody says this", msgstr="איש"))
    catalogue.save(str(folder / "django.po"))
    settings.LOCALE_PATHS = [tmp_path]

    with pytest.raises(CommandError) as refused:
        call_command("translations", "--check")

    assert "not in the catalogue: 'Tax Authority'" in str(refused.value)
    assert "without Hebrew: 'Personal area'" in str(refused.value)
    assert "no longer used: 'Nobody says this'" in str(refused.value)


def test_updating_keeps_what_is_translated_and_adds_what_is_new(tmp_path, settings, capsys):
    folder = tmp_path / "he" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.pofile(str(CATALOGUE))
    catalogue.remove(catalogue.find("Tax Authority"))
    catalogue.save(str(folder / "django.po"))
    settings.LOCALE_PATHS = [tmp_path]

    call_command("translations")

    updated = polib.pofile(str(folder / "django.po"))
    assert updated.find("Tax Authority").msgstr == ""
    assert updated.find("Personal area").msgstr == "אזור אישי"
    assert (folder / "django.mo").exists()
    assert "1 without Hebrew" in capsys.readouterr().out


def test_messages_are_found_in_code_and_in_templates():
    found = set(translations.messages())

    assert (None, "Skip to the main content", None) in found  # {% translate %}
    assert (None, "One new message for you", "%(n)s new messages for you") in found  # {% blocktranslate count %}
    assert (None, "This field must be filled. Fill it and save again.", None) in found  # gettext_lazy


def test_each_translation_names_the_same_figures_as_the_message():
    wrong = []
    for entry in polib.pofile(str(CATALOGUE)):
        wanted = set(FIGURE.findall(entry.msgid_plural or entry.msgid))
        texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        # A singular may say the number in a word.
        if not any(set(FIGURE.findall(text)) == wanted for text in texts):
            wrong.append(entry.msgid)

    assert wrong == []


@pytest.mark.req("CRM-2.1.3-a")
@pytest.mark.usefixtures("_hebrew")
def test_the_statuses_are_labelled_as_the_instruction_writes_them():
    assert {code: str(label) for code, label in inquiry_labels.STATUS} == {
        "open": "פתוחה",
        "in_treatment": "בטיפול",
        "open_team": "פתוחה משויכת לצוות",
        "info_arrived": "הגיע מידע מהלקוח",
        "forwarded": "העברה להמשך טיפול",
        "waiting_customer": "בהמתנה ללקוח",
        "closed_success": "סגור-טופל בהצלחה",
        "closed_no_treatment": "סגור-ללא טיפול",
        "closed_by_customer": 'סגור-בוטל ע"י הלקוח',
        "closed_by_representative": 'סגור-בוטל ע"י המייצג',
        "closed_by_system": 'נסגר ע"י המערכת',
    }


@pytest.mark.usefixtures("_hebrew")
@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (people_labels.CONTACT_PREFERENCE, ['דוא"ל', "טלפון נייד"]),
        (people_labels.REPRESENTATIVE_KIND, ["עורך דין", "רואה חשבון", "יועץ מס"]),
        (people_labels.POA_LIMITED_TOPIC, ["פיצויים", "קופות גמל", "ועדות רפואיות"]),
        (
            people_labels.POA_SOURCE,
            ["מרשם המייצגים", 'בקשה שאושרה ע"י הלקוח', "שומה במצפן", "ייפוי כוח שצורף"],
        ),
        (
            people_labels.VERIFICATION_METHOD,
            ["הזדהות דיגיטלית", "אימות טלפוני", "כרטיס חכם", 'זיהוי פונה מחו"ל', "לא אומת"],
        ),
        (file_labels.SANITISATION_STATE, ["טרם נטען", "תקין", "לא עבר הלבנה"]),
        (
            routing_labels.UNIT_KIND,
            ["משרד", "מרכז מידע", "היחידה הארצית", 'מש"מ', 'נס"א', "מטה", "חטיבת שירות לקוחות"],
        ),
        (inquiry_labels.ATTACHMENT_DIRECTION, ['צורף ע"י הלקוח', 'צורף ע"י העובד']),
        (inquiry_labels.TRIPLET_VALIDATION, ["טרם תוקף", "נכונה", "שגויה"]),
    ],
    ids=lambda part: "",
)
def test_enumerations_are_labelled_as_the_specification_gives_them(labels, words):
    assert [str(label) for _code, label in labels] == words


@pytest.mark.usefixtures("_hebrew")
def test_every_refusal_has_a_hebrew_sentence_that_ends_as_one():
    said = {code: sentence(Refusal(code)) for code in Code}

    assert set(SENTENCES) == set(HTTP_STATUS) >= set(Code)
    assert [code for code, words in said.items() if not HEBREW.search(words) or not words.rstrip().endswith(".")] == []


@pytest.mark.usefixtures("_hebrew")
def test_a_sentence_names_the_details_of_its_refusal():
    refusal = Refusal(Code.OPEN_LIMIT_REACHED, details={"limit": 3, "numbers": ["2026-000001", "2026-000002"]})

    assert "2026-000001, 2026-000002" in sentence(refusal)
    assert "3 פניות" in sentence(refusal)
