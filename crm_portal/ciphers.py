"""
What lies encrypted in the database and in the storage, and the keyed hash by which it is found (CRD-0-u).

AES-256-GCM. Every ciphertext names its key, so older keys of `DATA_KEYS` still read what they wrote; the purpose is
bound in, so one kind of text cannot be passed off as another. A long file is encrypted in frames, each bound to its
place and the last one to being the last: none can be moved, left out or cut off.
"""

import hashlib
import hmac
import os
import struct
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FRAME = 64 * 1024
_KEY_ID, _NONCE = 4, 12
_LENGTH = struct.Struct(">I")


class Undecipherable(Exception):  # noqa: N818 - what it is
    """No key of ours reads this, or it was changed."""


def encrypt(content: bytes, purpose: str) -> bytes:
    """Encrypt with the newest key."""
    return _encrypt(content, purpose.encode())


def decrypt(ciphertext: bytes | memoryview, purpose: str) -> bytes:
    """
    Read what `encrypt` wrote for the same purpose.

    :raises Undecipherable: when it was changed, or its key is gone
    """
    return _decrypt(bytes(ciphertext), purpose.encode())


def encrypt_stream(chunks: Iterable[bytes], purpose: str) -> Iterator[bytes]:
    """Encrypt a file frame by frame, in constant memory."""
    place, waiting = 0, bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > FRAME:  # the last frame is known as such only when the file is over
            yield _frame(bytes(waiting[:FRAME]), purpose, place, is_last=False)
            del waiting[:FRAME]
            place += 1
    yield _frame(bytes(waiting), purpose, place, is_last=True)


def decrypt_stream(file: IO[bytes], purpose: str) -> Iterator[bytes]:
    """
    Read what `encrypt_stream` wrote, frame by frame.

    :raises Undecipherable: at the frame that was changed, moved or cut off
    """
    place, is_last = 0, False
    while not is_last:
        head = file.read(_LENGTH.size + 1)
        if len(head) != _LENGTH.size + 1:
            raise Undecipherable("The file ends too early.")
        is_last = bool(head[-1])
        yield _decrypt(file.read(_LENGTH.unpack(head[:-1])[0]), _place(purpose, place, is_last=is_last))
        place += 1


def keyed_hash(text: str, purpose: str) -> bytes:
    """The hash that finds a text again; without the server's key it tells nothing of it."""
    return hmac.digest(_hash_key(settings.DATA_HASH_KEY), f"{purpose}\0{text}".encode(), "sha256")


def _frame(content: bytes, purpose: str, place: int, *, is_last: bool) -> bytes:
    ciphertext = _encrypt(content, _place(purpose, place, is_last=is_last))
    return _LENGTH.pack(len(ciphertext)) + bytes([is_last]) + ciphertext


def _place(purpose: str, place: int, *, is_last: bool) -> bytes:
    return f"{purpose}\0{place}\0{is_last:d}".encode()


def _encrypt(content: bytes, bound: bytes) -> bytes:
    key_id, cipher = _ciphers(tuple(settings.DATA_KEYS))[0]
    nonce = os.urandom(_NONCE)
    return key_id + nonce + cipher.encrypt(nonce, content, bound)


def _decrypt(ciphertext: bytes, bound: bytes) -> bytes:
    key_id, nonce = ciphertext[:_KEY_ID], ciphertext[_KEY_ID : _KEY_ID + _NONCE]
    for known, cipher in _ciphers(tuple(settings.DATA_KEYS)):
        if known == key_id:
            try:
                return cipher.decrypt(nonce, ciphertext[_KEY_ID + _NONCE :], bound)
            except (InvalidTag, ValueError) as error:
                raise Undecipherable("The text was changed.") from error
    raise Undecipherable("No key of ours wrote this.")


@lru_cache(maxsize=4)
def _ciphers(keys: tuple[str, ...]) -> list[tuple[bytes, AESGCM]]:
    raw = [hashlib.sha256(b"data at rest:" + key.encode()).digest() for key in keys]
    return [(hashlib.sha256(key).digest()[:_KEY_ID], AESGCM(key)) for key in raw]


@lru_cache(maxsize=4)
def _hash_key(key: str) -> bytes:
    return hashlib.sha256(b"keyed hash:" + key.encode()).digest()
