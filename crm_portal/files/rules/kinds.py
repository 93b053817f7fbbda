"""Which files are accepted, what each must be, and how its clean copy is served."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A sort of file that we know how to clean. The value is the content type of the clean copy."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    GIF = "image/gif"
    TIFF = "image/tiff"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    TEXT = "text/plain"


# Archives and the old binary formats (.zip, .doc, .xls) are left out: what a customer needs to send exists in these.
EXTENSIONS = {
    "pdf": Kind.PDF,
    "png": Kind.PNG,
    "jpg": Kind.JPEG,
    "jpeg": Kind.JPEG,
    "gif": Kind.GIF,
    "tif": Kind.TIFF,
    "tiff": Kind.TIFF,
    "docx": Kind.DOCX,
    "xlsx": Kind.XLSX,
    "txt": Kind.TEXT,
    "csv": Kind.TEXT,
}

IMAGES = frozenset({Kind.PNG, Kind.JPEG, Kind.GIF, Kind.TIFF})
OFFICE = frozenset({Kind.DOCX, Kind.XLSX})
# What browsers show by themselves, without running anything of it.
INLINE = frozenset({Kind.PDF, Kind.PNG, Kind.JPEG, Kind.GIF, Kind.TEXT})

_SIGNATURES = {
    Kind.PDF: (b"%PDF-",),
    Kind.PNG: (b"\x89PNG\r\n\x1a\n",),
    Kind.JPEG: (b"\xff\xd8\xff",),
    Kind.GIF: (b"GIF87a", b"GIF89a"),
    Kind.TIFF: (b"II*\x00", b"MM\x00*"),
    Kind.DOCX: (b"PK\x03\x04",),
    Kind.XLSX: (b"PK\x03\x04",),
}
HEAD = 1024  # bytes that are enough to tell a kind
BEFORE_PDF = b"\xef\xbb\xbf \t\r\n"  # some scanners put a line end or a byte order mark first
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"<?php", b"{\\rtf", b"#!")
_BINARIES = (b"\x7fELF", b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_TEXT_BOMS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may be, or become when it is unpacked."""

    archive_entries: int = 2_000
    archive_bytes: int = 150_000_000  # unpacked, all entries together
    archive_ratio: int = 200  # unpacked to packed; office files reach 50
    archive_ratio_from: int = 10_000_000  # below this many unpacked bytes a ratio harms nobody
    archive_depth: int = 1  # an office file inside an office file (the table behind a chart), no deeper
    image_pixels: int = 60_000_000  # one picture; an A4 page at 600 dpi has 35 million
    image_pages: int = 100  # of a scanned TIFF
    image_pixels_of_all: int = 1_000_000_000


LIMITS = Limits()


def extension_of(name: str) -> str:
    """The extension in small letters, without the dot; empty without one."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem else ""


def is_what_it_says(kind: Kind, head: bytes) -> bool:
    """Whether the first bytes are those of the kind that the extension promises."""
    if kind is Kind.TEXT:
        return not head.lstrip(BEFORE_PDF).lower().startswith(_MARKUP) and (
            b"\x00" not in head or head.startswith(_TEXT_BOMS)
        ) and not head.startswith(_BINARIES)  # fmt: skip
    if kind is Kind.PDF:
        head = head.lstrip(BEFORE_PDF)
    return head.startswith(_SIGNATURES[kind])
