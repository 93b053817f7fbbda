"""The branches of a draft from a spreadsheet: all of them, or every wrong cell."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from compensation.models import Branch
from compensation.rules.codes import ClaimantFlag
from compensation.rules.reasons import Reason
from compensation.selectors import branch_files
from crm_portal.errors import Code
from tests.compensation.claimants import begun, located, owner
from tests.factories.people import CustomerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    claim = located(begun())
    client.force_login(owner(claim))
    return claim


def url(claim, name="branches"):
    return reverse(f"compensation:{name}", args=[claim.number])


def sheet(client, claim, *rows):
    """The template as it is downloaded, filled in."""
    book = openpyxl.load_workbook(BytesIO(client.get(url(claim, "branches_template")).content))
    for line, cells in enumerate(rows, start=2):
        for place, value in enumerate(cells, start=1):
            book.worksheets[0].cell(line, place, value)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("branches.xlsx", out.getvalue())


def listed(claim):
    return list(claim.branches.order_by("pk").values_list("name", "town"))


@pytest.mark.req("CMP-2.6-i")
def test_the_template_filled_in_replaces_the_branches_and_declares_that_there_are_some(client, draft):
    Branch.objects.create(claim=draft, name="ישן", town="נתיבות")

    answer = client.post(
        url(draft), {"file": sheet(client, draft, ("סניף הים", "אשקלון"), (None, "באר-שבע"), ("", ""))}
    )

    draft.refresh_from_db()
    assert answer.status_code == 302
    assert listed(draft) == [("סניף הים", "אשקלון"), ("באר שבע", "באר שבע")]
    assert draft.has_branches
    assert ClaimantFlag.BRANCHES in draft.flags


@pytest.mark.req("CMP-2.6-i")
def test_every_wrong_cell_is_told_at_once_and_nothing_is_brought_in(client, draft):
    rows = [("א", "עיר שאיננה"), ("ב", None), ("ג" * 121, "אשקלון"), ("ד", "אשקלון"), ("ד", "אשקלון")]

    page = client.post(url(draft), {"file": sheet(client, draft, *rows)}, headers={"accept-language": "he"})

    assert page.status_code == 422
    assert [(one.cell, one.code) for one in page.context["problems"]] == [
        ("B2", Reason.GEN_UNKNOWN_TOWN),
        ("B3", Reason.GEN_UNKNOWN_TOWN),
        ("A4", Code.INVALID_VALUE),
        ("A6", Code.DUPLICATE),
    ]
    assert "היישוב אינו מוכר" in page.text
    assert Code.DUPLICATE.value not in page.text
    assert listed(draft) == []


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04broken"], ids=["empty", "text", "broken"])
def test_what_is_no_template_is_refused_at_its_field(client, draft, content):
    page = client.post(url(draft), {"file": SimpleUploadedFile("branches.xlsx", content)})

    assert page.status_code == 422
    assert page.context["form"].errors["file"]


def test_a_template_without_a_branch_and_one_with_too_many_are_refused(client, draft, monkeypatch):
    empty = client.post(url(draft), {"file": sheet(client, draft)})
    monkeypatch.setattr(branch_files, "MOST_BRANCHES", 1)
    many = client.post(url(draft), {"file": sheet(client, draft, ("א", "אשקלון"), ("ב", "אשקלון"))})

    assert [empty.status_code, many.status_code] == [422, 422]
    assert listed(draft) == []


def test_the_template_reads_from_right_to_left_and_offers_the_towns(client, draft):
    book = openpyxl.load_workbook(BytesIO(client.get(url(draft, "branches_template")).content))

    assert [page.sheet_view.rightToLeft for page in book.worksheets] == [True, True]
    assert book.worksheets[0]["B1"].value == "יישוב הסניף *"
    assert "שדרות" in {cell.value for cell in book.worksheets[1]["A"]}


def test_a_claim_of_somebody_else_is_not_there(client, draft):
    client.force_login(CustomerFactory().user)

    assert client.get(url(draft)).status_code == 404
    assert client.get(url(draft, "branches_template")).status_code == 404
