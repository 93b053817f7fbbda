"""Encryption at rest: nothing reads, moves or cuts off what was written, and old keys still read."""

import io

import pytest

from crm_portal.ciphers import FRAME, Undecipherable, decrypt, decrypt_stream, encrypt, encrypt_stream, keyed_hash


def written(content: bytes) -> bytes:
    return b"".join(encrypt_stream([content[i : i + 1000] for i in range(0, len(content), 1000)], "file"))


def test_a_text_is_read_for_the_purpose_it_was_written_for_alone():
    ciphertext = encrypt("סוד".encode(), "one")
    assert decrypt(ciphertext, "one").decode() == "סוד"
    with pytest.raises(Undecipherable):
        decrypt(ciphertext, "two")


def test_the_same_text_is_never_written_twice_alike():
    assert encrypt(b"same", "one") != encrypt(b"same", "one")


def test_older_keys_read_what_they_wrote_and_a_lost_key_reads_nothing(settings):
    ciphertext = encrypt(b"text", "one")
    settings.DATA_KEYS = ["newer", *settings.DATA_KEYS]
    assert decrypt(ciphertext, "one") == b"text"
    assert encrypt(b"text", "one")[:4] != ciphertext[:4]
    settings.DATA_KEYS = ["newer"]
    with pytest.raises(Undecipherable):
        decrypt(ciphertext, "one")


@pytest.mark.parametrize("size", [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME])
def test_a_file_comes_back_byte_for_byte(size):
    content = bytes(range(256)) * (size // 256 + 1)
    content = content[:size]
    assert b"".join(decrypt_stream(io.BytesIO(written(content)), "file")) == content


def test_a_file_that_was_cut_off_or_whose_frames_were_moved_is_not_read():
    content = written(b"a" * (3 * FRAME))
    frame = len(content) // 3
    for spoilt in (content[: 2 * frame], content[frame:], content[frame : 2 * frame] + content[:frame], b""):
        with pytest.raises(Undecipherable):
            list(decrypt_stream(io.BytesIO(spoilt), "file"))


def test_the_hash_depends_on_purpose_and_key(settings):
    before = keyed_hash("text", "one")
    assert keyed_hash("text", "two") != before
    settings.DATA_HASH_KEY = "another"
    assert keyed_hash("text", "one") != before
