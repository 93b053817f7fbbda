"""Archives: unpacked with a ruler in hand, so that a small file cannot become a large one."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from .failures import Failure, Unclean
from .kinds import LIMITS, Limits

_END = b"PK\x05\x06"
_ENCRYPTED_FLAG = 0x1
_OTHER_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00", b"MSCF")


def ends_as_zip(content: bytes) -> bool:
    """Whether the end of the bytes is that of a ZIP archive, comment included (a picture that is an archive too)."""
    place = content.rfind(_END)
    if place < 0 or len(content) - place < 22:
        return False
    comment = int.from_bytes(content[place + 20 : place + 22], "little")
    return place + 22 + comment == len(content)


def is_zip(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def is_other_archive(content: bytes) -> bool:
    return content.startswith(_OTHER_ARCHIVES)


def members(content: bytes, limits: Limits = LIMITS) -> Iterator[tuple[str, bytes]]:
    """
    Unpack a ZIP archive entry by entry, never more than the limits allow, whatever its directory claims.

    :raises Unclean: when it is too big, encrypted, damaged or has entries that no office program writes
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_directory(archive.infolist(), len(content), limits)
            left = limits.archive_bytes
            for entry in archive.infolist():
                if entry.is_dir():
                    continue
                with archive.open(entry) as unpacking:
                    member = unpacking.read(left + 1)  # the real size, not the claimed one
                left -= len(member)
                if left < 0:
                    raise Unclean(Failure.ARCHIVE_BOMB, "size")
                yield entry.filename, member
    except NotImplementedError as error:
        raise Unclean(Failure.UNREADABLE, str(error)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise Unclean(Failure.UNREADABLE, type(error).__name__) from error


def _check_directory(entries: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    if len(entries) > limits.archive_entries:
        raise Unclean(Failure.ARCHIVE_BOMB, "entries")
    unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if unpacked > limits.archive_bytes or packed > size:  # more packed bytes than there are: entries overlap
        raise Unclean(Failure.ARCHIVE_BOMB, "size")
    if unpacked > limits.archive_ratio_from and unpacked > limits.archive_ratio * max(packed, 1):
        raise Unclean(Failure.ARCHIVE_BOMB, "ratio")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Unclean(Failure.POLYGLOT, "two entries of one name")
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise Unclean(Failure.ENCRYPTED)
        if entry.filename.startswith("/") or ".." in entry.filename.split("/") or "\\" in entry.filename:
            raise Unclean(Failure.UNREADABLE, "path")
