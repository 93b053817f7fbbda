"""The words of each message."""

import pytest

from crm_portal.messaging.rules.kinds import SAYS, Kind
from crm_portal.messaging.rules.states import MessageChannel
from crm_portal.messaging.texts import render

NUMBER = "2026-000123"
LINK = "https://portal.example/my/inquiries/2026-000123/"
CONTEXT = {
    "number": NUMBER,
    "status": "פעיל – בהמתנה ללקוח",
    "link": LINK,
    "code": "482913",
    "minutes": 10,
    "file_name": "טופס 106.pdf",
    "representative": 'אלון גיל, רו"ח',
    "state": "אושר",
    "day": "22.11.2026",
    "count": 3,
    "absent": 1,
    "numbers": "2026-000123, 2026-000124",
    "title": "אישור תושבות",
    "employer": "מאפיית דרום",
    "answer": "הטופס באתר.\nאין צורך בפנייה.",
}
NOTICES = [kind for kind in Kind if {"number", "status", "link"} <= SAYS[kind]]
CODES = [kind for kind in Kind if {"code", "minutes"} <= SAYS[kind]]


@pytest.mark.req("CRM-2.1.3-c")
@pytest.mark.parametrize("language", ["he", "en"])
@pytest.mark.parametrize("kind", NOTICES)
def test_a_notice_says_number_status_and_link_and_nothing_personal(kind, language):
    told = {**CONTEXT, "proposed_solution": "החזר של 12,000", "reply": "שומה 111", "id_number": "012345674"}

    subject, body = render(kind, language, told)

    assert NUMBER in subject
    assert NUMBER in body
    assert CONTEXT["status"] in body
    assert body.splitlines()[-1] == LINK
    for secret in ("12,000", "111", "012345674"):
        assert secret not in subject + body


@pytest.mark.req("CRM-2.2.1-b")
@pytest.mark.parametrize("language", ["he", "en"])
def test_of_the_automatic_messages_only_a_general_answer_carries_the_employees_text(language):
    carrying = {kind for kind in Kind if "הטופס באתר" in "".join(render(kind, language, CONTEXT))}

    assert carrying == {Kind.GENERAL_ANSWER, Kind.ACTIVITY_EMAIL, Kind.ACTIVITY_SMS}  # the latter: CRM-2.2.7-a
    assert CONTEXT["answer"] in render(Kind.GENERAL_ANSWER, language, CONTEXT)[1]


@pytest.mark.req("CRM-5.2.11-a")
def test_only_the_notice_of_a_refused_file_names_a_file_and_by_its_name_alone():
    naming = [kind for kind in Kind if "106.pdf" in "".join(render(kind, "he", CONTEXT))]

    assert naming == [Kind.INQUIRY_FAILED_SANITISATION]


@pytest.mark.parametrize("language", ["he", "en"])
@pytest.mark.parametrize("kind", CODES)
def test_a_code_stands_bare_so_that_copying_it_brings_no_invisible_character(kind, language):
    subject, body = render(kind, language, CONTEXT)

    assert body.splitlines()[0].endswith(": 482913")
    assert "482913" not in subject  # a locked phone shows the subject
    assert "10" in body


@pytest.mark.parametrize("language", ["he", "en"])
def test_an_employees_code_and_link_stand_bare_and_not_in_the_subject(language):
    subject, body = render(Kind.EMPLOYEE_DECLARATION, language, CONTEXT)

    assert body.splitlines()[1] == LINK
    assert body.splitlines()[2].endswith(": 482913")
    assert "482913" not in subject


def test_numbers_are_isolated_from_the_hebrew_round_them():
    _, body = render(Kind.INQUIRY_RECEIVED, "he", CONTEXT)

    assert f"\u2068{NUMBER}\u2069" in body


def test_a_file_name_cannot_turn_or_continue_the_sentence():
    _, body = render(Kind.INQUIRY_FAILED_SANITISATION, "he", {**CONTEXT, "file_name": "a\u202efdp.exe\r\nBcc: <b>&"})

    assert "\u2068afdp.exe Bcc: <b>&\u2069" in body
    assert "\u202e" not in body
    assert body.count("\n") == 2


def test_an_email_says_that_it_is_automatic_and_an_sms_stays_short():
    _, sms = render(Kind.INQUIRY_RECEIVED, "he", CONTEXT)
    _, email = render(Kind.INQUIRY_RECEIVED, "he", CONTEXT, channel=MessageChannel.EMAIL)

    assert "אוטומטית" in email
    assert sms in email
    assert len(sms) < 250


def test_a_missing_word_is_an_error_and_not_a_hole_in_the_text():
    with pytest.raises(KeyError, match="link"):
        render(Kind.INQUIRY_RECEIVED, "he", {"number": NUMBER, "status": "x"})


def test_an_unknown_language_gets_hebrew():
    assert render(Kind.SIGN_IN_CODE, "fr", CONTEXT) == render(Kind.SIGN_IN_CODE, "he", CONTEXT)


def test_periods_are_those_of_the_settings(settings):
    settings.WAITING_MONTHS = 5

    assert "5 חודשים" in render(Kind.INQUIRY_WAITING_CUSTOMER, "he", CONTEXT)[1]
