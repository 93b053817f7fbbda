"""Forbidden phrases and replies that say nothing."""

import pytest

from inquiries.rules import wording

PHRASE = "הועבר לטיפול"


@pytest.mark.req("CRM-6.4-b")
@pytest.mark.parametrize(
    "text",
    [
        "הועבר  לטיפול.",
        "הפנייה - הועבר\nלטיפול!",
        "הוּעֲבַר לְטִיפּוּל",
        "הועבר־לטיפול",
        "\u200fהועבר\u200f לטיפול",
        "עדכון: והועבר לטיפול המשרד",
        "נמסר לנו שהועבר לטיפול",
        "ה'ועבר' ל\"טיפול",
    ],
    ids=["spaces", "punctuation", "niqqud", "maqaf", "marks of direction", "and", "that", "quotes inside words"],
)
def test_a_phrase_is_found_however_it_is_written(text):
    assert wording.phrase_in(text, ["נא פנה למחלקת", PHRASE]) == PHRASE


@pytest.mark.parametrize("text", ["", "הטיפול הועבר", "הועברו לטיפול מסמכים", "יועבר לטיפול", "הועבר לטיפולו"])
def test_other_words_are_no_phrase(text):
    assert wording.phrase_in(text, [PHRASE]) is None


def test_a_phrase_of_nothing_but_punctuation_forbids_nothing():
    assert wording.phrase_in("הבקשה אושרה.", [".", " "]) is None


@pytest.mark.req("CRM-6.5-a")
@pytest.mark.parametrize(
    ("reply", "thin"),
    [("אושר", True), ("אושר" + " " * 40, True), ("." * 40, True), ("הבקשה אושרה במלואה", False),
     ("החזר מס: מסמכים נדרשים.", True), ("החזר מס: מסמכים נדרשים הם טופס 106", False)],
)  # fmt: skip
def test_a_reply_is_thin_when_it_is_short_or_only_a_templates_title(reply, thin):
    assert wording.is_thin(reply, titles=["החזר מס – מסמכים נדרשים"], least=15) is thin
