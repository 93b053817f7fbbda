import io
import zipfile

import pytest

from crm_portal.files.rules.failures import Failure
from crm_portal.files.rules.kinds import Kind
from tests.factories.files import EICAR, office, picture

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def relation(kind, target, mode="External"):
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}" '
        f'TargetMode="{mode}"/></Relationships>'
    )


def field(*pieces):
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:document {WORD}><w:p>{begin}{runs}{end}</w:p></w:document>"


def types(content_type):
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>'
    )


HOSTILE = {
    "macros": ({"word/vbaProject.bin": OLE}, Failure.MACROS),
    "macros under another name": ({"word/x.bin": OLE}, Failure.EMBEDDED_OBJECT),
    "macro content type": (
        {"[Content_Types].xml": types("application/vnd.ms-word.document.macroEnabled.main+xml")}, Failure.MACROS
    ),
    "Excel 4 macros": ({"xl/macrosheets/sheet1.xml": "<x/>"}, Failure.MACROS),
    "OLE object": ({"word/embeddings/oleObject1.bin": OLE}, Failure.EMBEDDED_OBJECT),
    "program": ({"word/media/image1.png": b"MZ\x90\x00..."}, Failure.EMBEDDED_OBJECT),
    "script file": ({"word/run.js": "x"}, Failure.EMBEDDED_OBJECT),
    "web page as a part": ({"word/afchunk.mht": "x"}, Failure.EMBEDDED_OBJECT),
    "web page by relation": (
        {"word/_rels/document.xml.rels": relation("aFChunk", "x.xml", "Internal")}, Failure.EMBEDDED_OBJECT
    ),
    "ActiveX": ({"word/activeX/activeX1.xml": "<x/>"}, Failure.ACTIVE_CONTENT),
    "template from outside": (
        {"word/_rels/settings.xml.rels": relation("attachedTemplate", "https://evil.example/a.dotm")},
        Failure.EXTERNAL_LINK,
    ),
    "template from a share": (
        {"word/_rels/settings.xml.rels": relation("attachedTemplate", "file://evil.example/a.dotm")},
        Failure.EXTERNAL_LINK,
    ),
    "OLE link": (
        {"word/_rels/document.xml.rels": relation("oleObject", "https://evil.example/")}, Failure.EMBEDDED_OBJECT
    ),
    "picture from outside": (
        {"word/_rels/document.xml.rels": relation("image", "https://evil.example/pixel.png")}, Failure.EXTERNAL_LINK
    ),
    "workbook from outside": (
        {"xl/externalLinks/_rels/externalLink1.xml.rels": relation("externalLinkPath", "https://evil.example/")},
        Failure.EXTERNAL_LINK,
    ),
    "link that runs": (
        {"word/_rels/document.xml.rels": relation("hyperlink", "ms-msdt:/id PCWDiagnostic")}, Failure.EXTERNAL_LINK
    ),
    "DDE": ({"word/document.xml": field("DDEAUTO c:\\\\cmd.exe")}, Failure.ACTIVE_CONTENT),
    "DDE in pieces": ({"word/document.xml": field("D", "DE", "AUTO cmd")}, Failure.ACTIVE_CONTENT),
    "DDE as a simple field": (
        {"word/document.xml": f'<w:document {WORD}><w:fldSimple w:instr=" dde cmd "/></w:document>'},
        Failure.ACTIVE_CONTENT,
    ),
    "DDE link": ({"xl/externalLinks/externalLink1.xml": "<link><ddeLink/></link>"}, Failure.ACTIVE_CONTENT),
    "DDE formula": ({"xl/worksheets/sheet1.xml": "<s><f>cmd|'/c calc'!A0</f></s>"}, Failure.ACTIVE_CONTENT),
    "formula that calls out": ({"xl/worksheets/sheet1.xml": "<s><f>WEBSERVICE(A1)</f></s>"}, Failure.ACTIVE_CONTENT),
    "entities": ({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, Failure.ACTIVE_CONTENT),
    "entities in UTF-16": (
        {"word/document.xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")},
        Failure.ACTIVE_CONTENT,
    ),
    "script in a drawing": ({"word/media/image1.svg": "<svg><script>1</script></svg>"}, Failure.ACTIVE_CONTENT),
    "event in a drawing": ({"word/media/image1.svg": '<svg onload="x()"/>'}, Failure.ACTIVE_CONTENT),
    "EICAR": ({"word/media/image1.png": EICAR}, Failure.MALWARE),
    "not XML": ({"word/document.xml": "<a>"}, Failure.UNREADABLE),
    "archive": ({"word/media/a.png": b"7z\xbc\xaf\x27\x1c..."}, Failure.NESTED_ARCHIVE),
    "archive that is no office file": ({"word/embeddings/a.xlsx": None}, Failure.NESTED_ARCHIVE),
    "bomb": ({"word/media/image1.bmp": bytes(40_000_000)}, Failure.ARCHIVE_BOMB),
}  # fmt: skip


def zipped(**parts):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return whole.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_office_file_fails_with_its_reason(clean, name):
    parts, failure = HOSTILE[name]
    parts = {part: zipped(a="b") if content is None else content for part, content in parts.items()}

    assert clean(Kind.DOCX, office(**parts)) is failure


HARMLESS = {
    "text about macros": {"word/document.xml": f"<w:t {WORD}>DDEAUTO vbaProject.bin /JS</w:t>"},
    "page number": {"word/document.xml": field(" PAGE ")},
    "link to the web": {"word/_rels/document.xml.rels": relation("hyperlink", "https://www.gov.il/?a=b")},
    "link to mail": {"word/_rels/document.xml.rels": relation("hyperlink", "mailto:office@example.org")},
    "the writer's own template": {
        "word/_rels/settings.xml.rels": relation("attachedTemplate", "file:///C:\\Office\\letter.dotx")
    },
    "picture": {"word/media/image1.png": picture()},
    "table behind a chart": {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": office("xl/workbook.xml")},
    "printer settings": {"xl/printerSettings/printerSettings1.bin": b"P\0r\0i\0n\0t\0"},
    "formulas": {"xl/worksheets/sheet1.xml": '<s><f>SUM(A1:A3)&amp;"a|b!c"</f><f>IF(A1&gt;0,"!","|")</f></s>'},
}


@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_office_file_passes_with_its_parts_as_they_were(clean, name):
    copy = clean(Kind.DOCX, office(**HARMLESS[name]))

    with zipfile.ZipFile(copy) as archive:
        for part, content in HARMLESS[name].items():
            assert archive.read(part) == (content if isinstance(content, bytes) else content.encode())


def test_an_excel_file_is_not_a_word_file_and_an_archive_is_neither(clean):
    assert clean(Kind.XLSX, office("xl/workbook.xml")).exists()
    assert clean(Kind.XLSX, office()) is Failure.MISMATCH
    assert clean(Kind.DOCX, zipped(a="b")) is Failure.MISMATCH


def test_the_table_behind_a_chart_is_looked_into_and_no_deeper_one_is_allowed(clean):
    with_macros = office("xl/workbook.xml", **{"xl/vbaProject.bin": OLE})
    with_another = office("xl/workbook.xml", **{"xl/embeddings/b.xlsx": office("xl/workbook.xml")})

    assert clean(Kind.DOCX, office(**{"word/embeddings/a.xlsx": with_macros})) is Failure.MACROS
    assert clean(Kind.DOCX, office(**{"word/embeddings/a.xlsx": with_another})) is Failure.NESTED_ARCHIVE


def test_what_lies_between_or_behind_the_parts_does_not_come_along(clean):
    original = office()
    start = original.rfind(b"PK\x05\x06")

    assert clean(Kind.DOCX, original + b"#!/bin/sh") is Failure.POLYGLOT
    copy = clean(Kind.DOCX, original[:start] + original[start:-2] + b"\x06\x00SECRET")
    assert b"SECRET" not in copy.read_bytes()
