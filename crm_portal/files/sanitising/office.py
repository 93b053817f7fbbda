"""Word and Excel files: every part is looked at, and the archive is written anew from the parts that were."""

import posixpath
import zipfile
from pathlib import Path

from crm_portal.files.rules import archives
from crm_portal.files.rules.failures import Failure, Unclean
from crm_portal.files.rules.kinds import LIMITS, Kind
from crm_portal.files.rules.known import check_known, is_program

from .office_parts import check_part

_MAIN = {Kind.DOCX: "word/document.xml", Kind.XLSX: "xl/workbook.xml"}
_TYPES = "[Content_Types].xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = frozenset({"xml", "rels", "vml", "svg"})
# Pictures, fonts, printer settings, signatures, and the table behind a chart.
_PARTS = _XML | {
    "png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "tif", "tiff", "emf", "wmf", "emz", "wmz", "wdp", "ico",
    "odttf", "ttf", "fntdata", "bin", "data", "psmdcp", "sigs", "docx", "xlsx", "json", "txt", "",
}  # fmt: skip


def rebuild(kind: Kind, content: bytes, copy: Path) -> None:
    """
    Check every part and write the archive again from exactly what was checked.

    :raises Unclean: for macros, embedded objects, content from outside, or an archive that is not an office file
    """
    if not archives.ends_as_zip(content):
        raise Unclean(Failure.POLYGLOT, "something follows the archive")
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as rebuilt:
        names = _check(content, rebuilt, depth=0)
    if not {_TYPES, _MAIN[kind]} <= names:
        raise Unclean(Failure.MISMATCH, "not an office file of this kind")


def _check(content: bytes, rebuilt: zipfile.ZipFile | None, *, depth: int) -> set[str]:
    names = set()
    for name, member in archives.members(content):
        names.add(name)
        _check_member(name.lower(), member, depth)
        if rebuilt is not None:
            rebuilt.writestr(zipfile.ZipInfo(name), member, zipfile.ZIP_DEFLATED)
    if depth and _TYPES not in names:
        raise Unclean(Failure.NESTED_ARCHIVE)
    return names


def _check_member(name: str, member: bytes, depth: int) -> None:
    check_known(member)
    extension = posixpath.splitext(name)[1].lstrip(".")
    if "vbaproject" in name or "/macrosheets/" in name:
        raise Unclean(Failure.MACROS, name)
    if "/activex/" in name:
        raise Unclean(Failure.ACTIVE_CONTENT, name)
    if member.startswith(_OLE) or is_program(member) or extension not in _PARTS:
        raise Unclean(Failure.EMBEDDED_OBJECT, name)
    if archives.is_other_archive(member) and extension not in ("emz", "wmz"):  # these are packed pictures
        raise Unclean(Failure.NESTED_ARCHIVE, name)
    if archives.is_zip(member):
        if depth >= LIMITS.archive_depth:
            raise Unclean(Failure.NESTED_ARCHIVE, name)
        _check(member, None, depth=depth + 1)
    elif extension in _XML or member.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        check_part(name, member)
