import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_portal.files.rules.names import LONGEST, safe_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("חשבונית מס 2025.pdf", "חשבונית מס 2025.pdf"),
        ('דו"ח שנתי - ת"א.pdf', 'דו"ח שנתי - ת"א.pdf'),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\dana\\report.docx", "report.docx"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),  # was shown as invoiceexe.pdf
        ("a\u2066b\u2069\u200f\u061c.pdf", "ab.pdf"),
        ("two\r\nX-Header: 1.pdf", "two X-Header: 1.pdf"),
        ("nul\x00.pdf", "nul.pdf"),
        ("  a \t b .pdf", "a b.pdf"),
        (".pdf", "pdf"),
        ("a.pdf.", "a.pdf"),
        ("folder/", ""),
        ("\u202e\u200b", ""),
        ("", ""),
    ],
)
def test_a_name_loses_its_folders_and_what_cannot_be_seen(given_name, kept):
    assert safe_name(given_name) == kept


def test_a_long_name_is_cut_before_its_extension():
    kept = safe_name("א" * 400 + ".pdf")

    assert len(kept) == LONGEST
    assert kept.endswith("א.pdf")


@given(st.text())
def test_a_safe_name_is_safe_whatever_came_and_stays_as_it_is(name):
    kept = safe_name(name)

    assert len(kept) <= LONGEST
    assert not set(kept) & set("/\\\r\n\t")
    assert not any(unicodedata.category(char).startswith("C") for char in kept)
    assert safe_name(kept) == kept
