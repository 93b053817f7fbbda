import io
import struct
import zipfile

import pytest

from crm_portal.files.rules.archives import ends_as_zip, members
from crm_portal.files.rules.failures import Failure, Unclean
from crm_portal.files.rules.kinds import LIMITS, Limits


def packed(*entries, comment=b""):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
        archive.comment = comment
    return whole.getvalue()


def failure_of(content, limits=LIMITS):
    with pytest.raises(Unclean) as unclean:
        list(members(content, limits))
    return unclean.value.failure


def test_the_entries_of_an_archive_come_unpacked():
    assert list(members(packed(("a.xml", b"1"), ("b/c.xml", b"22")))) == [("a.xml", b"1"), ("b/c.xml", b"22")]


@pytest.mark.parametrize(("size", "passes"), [(999, True), (1000, True), (1001, False)])
def test_unpacked_bytes_are_limited(size, passes):
    content, limits = packed(("a", bytes(size))), Limits(archive_bytes=1000)

    if passes:
        assert sum(len(member) for _name, member in members(content, limits)) == size
    else:
        assert failure_of(content, limits) is Failure.ARCHIVE_BOMB


def test_a_bomb_is_known_by_its_ratio_before_it_is_unpacked():
    limits = Limits(archive_ratio=100, archive_ratio_from=100_000)

    assert failure_of(packed(("a", bytes(1_000_000))), limits) is Failure.ARCHIVE_BOMB


def test_a_directory_that_lies_about_the_size_is_found_while_unpacking():
    content = bytearray(packed(("a", bytes(100_000))))
    place = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, 10)  # the unpacked size in the central directory

    assert failure_of(bytes(content)) in {Failure.ARCHIVE_BOMB, Failure.UNREADABLE}


def test_too_many_entries_are_a_bomb():
    many = packed(*((str(number), b"") for number in range(11)))

    assert failure_of(many, Limits(archive_entries=10)) is Failure.ARCHIVE_BOMB


def test_entries_that_overlap_are_a_bomb():
    one = packed(("a", b"x" * 500))
    start = one.rfind(b"PK\x01\x02")
    entry = one[start : one.rfind(b"PK\x05\x06")]
    entries = b"".join(entry[:46] + b"%c" % (97 + n) + entry[47:] for n in range(20))  # twenty names for one content
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 20, 20, len(entries), start, 0)

    assert failure_of(one[:start] + entries + end) in {Failure.ARCHIVE_BOMB, Failure.UNREADABLE}


@pytest.mark.parametrize("name", ["../a.xml", "/etc/a.xml", "a/../../b.xml"])
def test_a_path_that_leaves_the_archive_is_refused(name):
    assert failure_of(packed((name, b"1"))) is Failure.UNREADABLE


def test_two_entries_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate"):
        content = packed(("a.xml", b"1"), ("a.xml", b"2"))

    assert failure_of(content) is Failure.POLYGLOT


def test_an_encrypted_entry_is_refused():
    content = bytearray(packed(("a", b"1")))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(header) + flags] |= 1

    assert failure_of(bytes(content)) is Failure.ENCRYPTED


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", packed(("a", b"1"))[:-10], b"not an archive"],
    ids=["empty", "only a signature", "cut off", "something else"],
)
def test_a_damaged_archive_is_refused(content):
    assert failure_of(content) is Failure.UNREADABLE


def test_an_archive_behind_another_file_is_noticed_with_and_without_a_comment():
    assert ends_as_zip(b"GIF89a..." + packed(("a", b"1")))
    assert ends_as_zip(b"%PDF-1.7 ..." + packed(("a", b"1"), comment=b"\n%%EOF\n"))
    assert not ends_as_zip(b"the end of an archive is marked PK\x05\x06, and this is none")
    assert not ends_as_zip(b"")
