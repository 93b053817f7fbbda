"""Which documents a claim is blocked without: a list for each kind, flag and track, joined (4.7.2, 7.4.2)."""

import pytest

from compensation import labels
from compensation.rules.codes import ClaimantFlag, ClaimantKind, Track
from compensation.rules.documents import Document, checklist, is_accepted, missing
from compensation.rules.reasons import Reason
from compensation.selectors.shipped import from_files

MEGABYTE = 1024 * 1024
BOOKS = [
    ("monthly_profit_and_loss", 2021, False),
    ("monthly_profit_and_loss", 2022, False),
    ("monthly_profit_and_loss", 2023, True),
    ("audited_statements", 2022, False),
    ("trial_balance", 2021, False),
    ("trial_balance", 2022, False),
    ("trial_balance", 2023, False),
]
SHEET = [("calculation_sheet", None, False)]


def lines(track, **facts):
    return [(*item.key, item.is_certified) for item in checklist(track, from_files(), **facts)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({}, [], marks=pytest.mark.req("CMP-4.7.2-h")),
        pytest.param(
            {"flags": {ClaimantFlag.CAPITAL_SALES}},
            [("capital_sale_ledger", 2022, True), ("capital_sale_ledger", 2023, True)],
            marks=pytest.mark.req("CMP-4.7.2-a"),
        ),
        pytest.param({"kind": ClaimantKind.VAT_GROUP_MEMBER}, BOOKS, marks=pytest.mark.req("CMP-4.7.2-b")),
        pytest.param(
            {"kind": ClaimantKind.EPI},
            [
                ("audited_statements", 2022, False),
                ("activity_profit_and_loss", 2021, False),
                ("activity_profit_and_loss", 2022, False),
                ("articles_of_association", None, False),
            ],
            marks=pytest.mark.req("CMP-4.7.2-c"),
        ),
        pytest.param(
            {"kind": ClaimantKind.EXEMPT_DEALER},
            [("profit_and_loss", 2022, False), ("income_of_year", 2022, True), ("income_of_period", 2023, True)],
            marks=pytest.mark.req("CMP-4.7.2-d"),
        ),
        pytest.param({"flags": {ClaimantFlag.BRANCHES}}, BOOKS + SHEET, marks=pytest.mark.req("CMP-4.7.2-e")),
        pytest.param({"kind": ClaimantKind.KIBBUTZ}, BOOKS + SHEET, marks=pytest.mark.req("CMP-4.7.2-f")),
    ],
)
def test_the_turnover_track_asks_by_kind_and_flag(facts, expected):
    assert lines(Track.TURNOVER, **facts) == expected


@pytest.mark.parametrize(
    ("track", "facts", "expected"),
    [
        pytest.param(Track.WAGE, {}, SHEET, marks=pytest.mark.req("CMP-4.7.2-h")),
        pytest.param(
            Track.WAGE,
            {"needs_medical_document": True, "kind": ClaimantKind.SELF_EMPLOYED_RESIDENT},
            [*SHEET, ("medical_document", None, False), ("turnover_evidence", None, False)],
            marks=pytest.mark.req("CMP-4.7.2-h"),
        ),
        pytest.param(
            Track.AGRICULTURE,
            {},
            [("fields_declaration", None, False), ("workers_declaration", None, False)],
            marks=pytest.mark.req("CMP-5.4.2-a"),
        ),
        pytest.param(Track.EXECUTION_CONTRACTOR, {}, SHEET, marks=pytest.mark.req("CMP-6.1-b")),
        pytest.param(
            Track.RED,
            {},
            [("damage_explanation", None, False), *BOOKS, *SHEET, ("supporting_evidence", None, False)],
            marks=pytest.mark.req("CMP-7.4.2-a"),
        ),
        pytest.param(Track.FIXED_COSTS, {}, [], marks=pytest.mark.req("CMP-2.6-g")),
    ],
)
def test_the_other_tracks_ask_for_their_own(track, facts, expected):
    assert lines(track, **facts) == expected


@pytest.mark.req("CMP-4.7.2-g")
def test_the_lists_of_kind_and_flags_are_joined_and_no_line_is_asked_twice():
    items = checklist(
        Track.TURNOVER,
        from_files(),
        kind=ClaimantKind.VAT_GROUP_MEMBER,
        flags={ClaimantFlag.BRANCHES, ClaimantFlag.CAPITAL_SALES},
    )

    keys = [item.key for item in items]
    assert len(keys) == len(set(keys)) == 2 + len(BOOKS) + 1
    by_key = {item.key: item for item in items}
    assert not by_key["audited_statements", 2022].branches_of_area_only  # the group's own list wants them whole
    assert by_key["calculation_sheet", None].branches_of_area_only


@pytest.mark.req("CMP-5.4.2-b")
def test_agriculture_declares_the_employees_of_its_fields():
    assert ("workers_declaration", None) in {item.key for item in checklist(Track.AGRICULTURE, from_files())}


@pytest.mark.req("CMP-4.7.2-e")
def test_documents_of_branches_are_of_those_in_the_area_only():
    items = checklist(Track.TURNOVER, from_files(), flags={ClaimantFlag.BRANCHES})

    assert all(item.branches_of_area_only for item in items)


@pytest.mark.req("CMP-4.7.2-b")
def test_the_certified_report_runs_until_the_filing():
    items = checklist(Track.TURNOVER, from_files(), kind=ClaimantKind.VAT_GROUP_MEMBER)

    assert [item.key for item in items if item.until_filing] == [("monthly_profit_and_loss", 2023)]


@pytest.mark.req("CMP-4.7.2-g")
def test_each_line_without_a_file_is_a_finding_of_its_own():
    items = checklist(Track.TURNOVER, from_files(), flags={ClaimantFlag.CAPITAL_SALES})

    found = missing(items, {("capital_sale_ledger", 2023)})

    assert [(one.code, one.where, one.is_final) for one in found] == [
        (Reason.GEN_DOC_MISSING, "documents.capital_sale_ledger.2022", True)
    ]
    assert missing(items, {item.key for item in items}) == ()


@pytest.mark.parametrize(
    ("content_type", "size", "accepted"),
    [
        ("application/pdf", 20 * MEGABYTE, True),
        ("application/pdf", 20 * MEGABYTE + 1, False),
        ("application/pdf", 0, False),
        ("image/png", 1, True),
        ("image/jpeg", 1, True),
        ("text/csv", 1, True),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 1, True),
        ("application/msword", 1, False),
        ("text/html", 1, False),
    ],
)
@pytest.mark.req("CMP-4.7.2-g")
def test_only_five_kinds_of_files_up_to_twenty_megabytes_are_accepted(content_type, size, accepted):
    assert is_accepted(content_type, size) is accepted


def test_every_document_has_words():
    assert [key for key, _ in labels.DOCUMENT] == [document.value for document in Document]
