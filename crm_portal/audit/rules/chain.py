"""How the audit is sealed: each link is a hash over the one before it and over its event's row."""

from hashlib import sha256

GENESIS = bytes(32)  # what stands before the first link


def link_hash(previous: bytes, *, sequence: int, event_id: int, row_hash: bytes) -> bytes:
    """Chain one event: SHA-256 of the previous link, the two numbers (8 bytes, big-endian) and the row's hash."""
    return sha256(previous + sequence.to_bytes(8, "big") + event_id.to_bytes(8, "big") + row_hash).digest()
