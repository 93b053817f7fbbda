"""Addresses and forms that no page of ours makes: each is answered in Hebrew, never with an error of the portal."""

import base64
import json
import string
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_portal.people.rules.roles import Role
from tests.e2e.forms import forms_of
from tests.factories.inquiries import InquiryFactory
from tests.factories.people import RepresentativeEmployeeFactory, UserFactory

pytestmark = pytest.mark.django_db
QUEUE = "/inquiries/views/unit_all/"


def cursor(content: object) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return "after=" + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


ODD_QUERIES = [
    "q=%25", "q=_", "q=*", "q=" + "a" * 500, "q=%E2%80%AE", "q=%ED%A0%80", "q=%FF",
    "after=abc", cursor(["x", 1]), cursor([["2026-01-01T00:00:00+00:00", 10**40], 0, 0]),
    cursor([["0001-01-01T00:00:00+14:00", 1], 0, 0]), cursor([["9999-12-31T23:59:59-14:00", 1], 1, 0]),
    cursor([["2026-01-01T00:00:00+00:00", 1], 0, 10**30]), cursor([["2026-01-01T00:00:00", 1], 0, 0]),
    cursor('[["2026-01-01T00:00:00+00:00", 1], 0, 1e999]'), cursor("[" * 5000), cursor("{}"), cursor("null"),
    "sort=status&" + cursor([[10**40, 1], 0, 0]), "sort=status&" + cursor([[-(10**40), -1], 1, 0]),
    "sort=customer&" + cursor([["\ud800", 1], 0, 0]), "sort=customer&" + cursor([["a\0", 1], 0, 0]),
    "sort=team&" + cursor([[None, None], 0, 0]), "sort=--opened", "sort=-", "sort=__class__",
    "status=zzz", "main=zzz", "triplet=99999999999999999999", "triplet=-1", "triplet=%C2%B2", "team=" + "9" * 40,
    "owner=%D9%A3", "opened_from=0001-01-01", "opened_to=9999-12-31", "opened_from=9999-12-31", "opened_to=abc",
    "age=zzz", "sla=zzz", "channel=zzz", "unread=zzz", "page=999999999999", "=&&=&;",
]  # fmt: skip


@pytest.fixture
def inquiry():
    return InquiryFactory(in_treatment=True)


def test_a_view_answers_every_odd_address(browser_of, inquiry):
    browser = browser_of(inquiry.clerk)

    answers = {query: browser.get(f"{QUEUE}?{query}").status_code for query in ODD_QUERIES}

    assert {query: status for query, status in answers.items() if status not in (200, 422)} == {}


def test_the_page_of_an_inquiry_takes_any_list_that_it_is_said_to_come_from(browser_of, inquiry):
    browser = browser_of(inquiry.clerk)
    came_from = [*(f"unit_all?{query}" for query in ODD_QUERIES), "unit_all?main=%00", "zzz?q=1", "?", "%00", "a" * 900]

    answers = {
        one: browser.get(f"/inquiries/{inquiry.number}/?{urlencode({'in': one})}").status_code for one in came_from
    }

    assert {one: status for one, status in answers.items() if status != 200} == {}


NAMES = st.sampled_from(
    ["q", "sort", "after", "place", "status", "main", "sla", "triplet", "team", "owner", "channel", "age",
     "opened_from", "opened_to", "unread", "in"]
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=12),
    st.integers().map(str),
    st.dates().map(str),
    st.datetimes().map(lambda at: cursor([[f"{at.isoformat()}+00:00", 1], 0, 0]).removeprefix("after=")),
    st.text(string.digits + "-*%_", max_size=20),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=4)), max_size=3).map(
        lambda values: cursor([values, 0, 0]).removeprefix("after=")
    ),
)


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=5))
def test_no_address_makes_a_view_fail(browser_of, django_user_model, pairs):
    clerk = django_user_model.objects.filter(role_grants__role=Role.HANDLER.value).first() or UserFactory(
        roles=[Role.HANDLER]
    )

    query = "&".join(f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in pairs)
    answer = browser_of(clerk).get(f"{QUEUE}?{query}", headers={"HX-Request": "true"})

    assert answer.status_code in (200, 400, 422), query


@pytest.mark.parametrize(
    "address",
    [QUEUE + "?q=%00", QUEUE + "?%00=1", "/inquiries/2026%00/", "/my/inquiries/%00/", "/%00", "/sign-in/?next=%00"],
)
def test_a_nul_character_in_an_address_is_refused_in_hebrew(browser_of, inquiry, address):
    answer = browser_of(inquiry.clerk).get(address)

    assert answer.status_code == 400
    assert "הבקשה אינה ברורה" in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_a_nul_character_in_a_cookie_is_refused(browser_of):
    browser = browser_of()
    browser.cookies["sessionid"] = "\0" * 32

    assert browser.get("/sign-in/").status_code == 400


def test_a_nul_character_in_a_form_is_refused_and_changes_nothing(browser_of, inquiry):
    browser, page = browser_of(inquiry.clerk), f"/inquiries/{inquiry.number}/message/"

    answer = browser.post(page, {"text": "שלום\0", "version": inquiry.version})

    assert answer.status_code == 400
    assert not inquiry.messages.exists()


EVIL = ["x" * 5000, "-1", "9" * 40, "\u202eהפוך\u2066", "abc", "٣", "2024-02-30", " ", "<script>1</script>{{1}}"]
TYPED = {"text", "textarea", "email", "tel", "number", "search", "date", "password", "url"}


@pytest.mark.parametrize("who", ["clerk", "customer", "representative", "crm_admin", "nobody"])
def test_whatever_stands_in_the_fields_of_a_form_it_is_answered(browser_of, inquiry, who):
    """Each form is sent once with odd text in all that is typed, and once in all that is chosen or hidden."""
    number = inquiry.number
    user, pages = {
        "clerk": lambda: (
            inquiry.clerk,
            [f"/inquiries/{number}/", f"/inquiries/{number}/?tab=messages", f"/inquiries/{number}/?tab=files",
             f"/inquiries/assign/?n={number}", f"/inquiries/release/?n={number}", "/inquiries/home/"],
        ),
        "customer": lambda: (inquiry.customer.user, ["/my/inquiries/new/", f"/my/inquiries/{number}/"]),
        "representative": lambda: (RepresentativeEmployeeFactory().user, ["/my/inquiries/new/"]),
        "crm_admin": lambda: (UserFactory(roles=[Role.CRM_ADMIN]), ["/outbox/", "/routing/what-if/"]),
        "nobody": lambda: (
            None, ["/sign-in/", "/sign-in/?as=employee", "/sign-in/?as=representative", "/register/"]
        ),
    }[who]()  # fmt: skip
    browser, answers, seen = browser_of(user), {}, set()

    for page in pages:
        for form in forms_of(browser.get(page).text, page):
            if form.action in seen or "sign-out" in form.action or "preferences" in form.action:
                continue
            seen.add(form.action)
            for evil in EVIL:
                for typed in (True, False):
                    names = [name for name, kind in form.kinds.items() if (kind in TYPED) is typed]
                    sent = {**form.fields, **dict.fromkeys(names, evil)}
                    send = browser.post if form.method == "post" else browser.get
                    answer = send(form.action, sent)
                    answers[form.action, evil[:30], typed] = answer.status_code

    assert answers
    assert {what: status for what, status in answers.items() if status >= 500} == {}
