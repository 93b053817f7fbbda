"""The explain panel of a subject's file: counts of what a report would show and of what is held back."""

import re

import pytest
from django.urls import reverse

from creditdata.rules.codes import RecordKind
from crm_portal.people.rules.roles import Role
from tests.creditdata.selectors.holding import hold, hold_files
from tests.factories.creditdata import DataSubjectFactory, LicenseeFactory, SourceFactory, member

pytestmark = pytest.mark.django_db
BANK = "בנק השיטפון"


@pytest.fixture
def subject():
    return DataSubjectFactory(licensee=LicenseeFactory())


@pytest.fixture
def panel(client, subject):
    """The rows of the panel, each as its cells."""
    client.force_login(member(Role.LICENSEE_RECORDS, subject.licensee))

    def read():
        page = client.get(reverse("credit:subject", args=[subject.pk]), {"purpose": "correction"}).content.decode()
        (section,) = re.findall(r'<section[^>]*aria-labelledby="h-report".*?</section>', page, re.DOTALL)
        rows = re.findall(r"<tr><th scope=\"row\".*?</tr>", section, re.DOTALL)
        return section, [
            [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
            for row in rows
        ]

    return read


@pytest.mark.req("CRD-43-m")
def test_the_clerk_sees_how_much_is_held_back_and_by_which_threshold(subject, panel):
    hold_files(subject, RecordKind.JUDGMENT_FILE, 2)
    hold(subject, RecordKind.RECEIVING_ORDER)
    hold(subject, RecordKind.LOAN, source=SourceFactory(type="BANKING_CORPORATION", name=BANK))

    section, rows = panel()

    assert rows == [
        ["כונס הנכסים הרשמי", "צו כינוס", "1"],
        ["תאגיד בנקאי", "הלוואה", "1"],
        ["תיק פסק דין", "מספר תיקי פסק הדין אינו מגיע לסף הדיווח הצטברו 2, נדרשים 3", "2"],
    ]
    assert BANK not in section


@pytest.mark.req("CRD-43-j")
def test_positive_data_without_a_basis_is_held_back(subject, panel):
    hold(subject, RecordKind.LOAN)
    _section, rows = panel()
    assert rows == [["הלוואה", "אין בסיס לנתונים חיוביים", "1"]]


def test_a_file_without_records_says_so(panel):
    section, rows = panel()
    assert rows == []
    assert "אין נתונים בני דיווח" in section
