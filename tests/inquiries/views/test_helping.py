"""The help page shows the machine that is implemented, which is table 4.5 (CRM-5.3-a)."""

import re
from html import unescape

import pytest
from django.urls import reverse

from crm_portal.people.rules.roles import Role
from inquiries import labels
from inquiries.rules.codes import CLOSED, Status
from inquiries.rules.guards import Guard
from inquiries.rules.states import Actor, Effect
from inquiries.state_words import ACTORS, EFFECTS, FIELDS, GUARDS
from tests.factories.people import UserFactory
from tests.inquiries.rules.test_states import SHORT, TABLE

pytestmark = pytest.mark.django_db
WORDS = {code: str(words) for code, words in labels.STATUS}
NOWHERE, ANY_CLOSED, DELETED, SAME = "פנייה חדשה", "כל סטטוס סגור", "נמחקה", "אותו סטטוס"


@pytest.fixture
def help_page(sign_in):
    response = sign_in(UserFactory(roles=[Role.HANDLER])).get(reverse("inquiries:status_help"))
    return unescape(response.content.decode())


def cells(row):
    plain = [re.sub(r"<small.*?</small>", "", one, flags=re.S) for one in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
    return [[word.strip() for word in re.sub(r"<[^>]+>", "\n", one).split("\n") if word.strip()] for one in plain]


@pytest.mark.req("CRM-5.3-a")
def test_the_rows_are_those_of_table_45(help_page):
    shown = []
    for key, row in re.findall(r'<tr id="(T\d+)">(.*?)</tr>', help_page, re.S):
        sources, target, _actor, needs, *_ = cells(row)
        shown.append((key, set(sources), target[0], set(needs[0].split(", ")) - {"–"}))

    expected = []
    for key, sources, to, fields in TABLE:
        names = set(sources.split())
        is_closed = names == {status.value for status in CLOSED}
        from_words = {ANY_CLOSED} if is_closed else {WORDS.get(name, NOWHERE) for name in names}
        to_words = {"deleted": DELETED, "same": SAME}.get(to) or WORDS[to]
        expected.append((key, from_words, to_words, {str(FIELDS[SHORT[field]]) for field in fields.split()}))
    assert shown == expected


@pytest.mark.req("CRM-5.3-a")
def test_the_map_has_each_move_where_table_45_has_it(help_page):
    found = re.search(r'<table class="table map">(.*?)</table>', help_page, re.S).group(1)
    columns = [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<th scope=\"col\">(.*?)</th>", found, re.S)][
        1:
    ]
    shown = set()
    for row in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", found, re.S):
        source = re.sub(r"<[^>]+>", "", row.partition("</th>")[0]).strip()
        for column, ids in zip(columns, cells(row), strict=True):
            shown |= {(source, key, column) for key in ids}

    expected = set()
    for key, sources, to, _fields in TABLE:
        for name in sources.split():
            closed = name in {status.value for status in CLOSED}
            source = ANY_CLOSED if closed else WORDS.get(name, NOWHERE)
            expected.add((source, key, {"deleted": DELETED, "same": WORDS.get(name)}.get(to) or WORDS[to]))
    stays = WORDS[Status.INFO_ARRIVED.value]
    expected.add((stays, "T6", stays))  # while a customer's message is unanswered
    assert shown == expected


@pytest.mark.parametrize(
    ("words", "codes"), [(ACTORS, Actor), (EFFECTS, Effect), (GUARDS, Guard), (FIELDS, SHORT.values())]
)
def test_everything_the_machine_names_has_words(words, codes):
    assert set(words) == set(codes)
