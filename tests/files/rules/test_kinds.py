import pytest

from crm_portal.files.rules.kinds import EXTENSIONS, INLINE, Kind, extension_of, is_what_it_says
from tests.factories.files import office, pdf, picture


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.pdf", "pdf"), ("A.PDF", "pdf"), ("a.pdf.exe", "exe"), ("a", ""), (".pdf", ""), ("a.", "")],
)
def test_the_last_extension_counts(name, extension):
    assert extension_of(name) == extension


CONTENTS = {
    Kind.PDF: pdf(),
    Kind.PNG: picture("PNG"),
    Kind.JPEG: picture("JPEG"),
    Kind.GIF: picture("GIF"),
    Kind.TIFF: picture("TIFF"),
    Kind.DOCX: office(),
    Kind.XLSX: office("xl/workbook.xml"),
    Kind.TEXT: "שם,סכום\nכהן,-5\n".encode(),
}
ZIPPED = {Kind.DOCX, Kind.XLSX}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("content_of", Kind)
def test_a_file_is_taken_for_what_it_is_and_for_nothing_else(kind, content_of):
    alike = kind is content_of or {kind, content_of} == ZIPPED  # told apart by their parts

    assert is_what_it_says(kind, CONTENTS[content_of][:1024]) == alike


@pytest.mark.parametrize(
    "start", [b"<html>", b"  <!DOCTYPE html>", b"\xef\xbb\xbf<SVG ", b"<script>", b"<?php", b"#!/bin/sh"]
)
def test_markup_and_scripts_do_not_pass_as_plain_text(start):
    assert not is_what_it_says(Kind.TEXT, start)


@pytest.mark.parametrize("text", ["", "MZ is how programs begin", "x <script> y", "/JS", "=1+1"])
def test_a_text_that_only_speaks_of_such_things_is_plain_text(text):
    assert is_what_it_says(Kind.TEXT, text.encode())


def test_no_kind_that_browsers_run_is_accepted_or_shown():
    assert not {"html", "htm", "svg", "xml", "js", "exe", "zip", "doc", "xls", "docm", "xlsm"} & set(EXTENSIONS)
    assert {kind.value for kind in INLINE} <= {
        "application/pdf", "image/png", "image/jpeg", "image/gif", "text/plain"
    }  # fmt: skip
