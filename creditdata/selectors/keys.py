"""By what a record is found again, and by what its content is compared: keyed hashes, which tell nothing (CRD-0-u)."""

from collections.abc import Mapping, Sequence

from crm_portal.ciphers import keyed_hash

from ..rules.codes import RecordKind
from ..rules.kinds import KINDS

_KEY, _CONTENT = "creditdata.key", "creditdata.content"
_EXECUTION_FILES = frozenset({RecordKind.JUDGMENT_FILE, RecordKind.NOTE_FILE})


def key_hash(kind: RecordKind, parts: Sequence[str], source_id: int) -> bytes:
    """The natural key; with the source where it is the source's own. One execution file is of one nature (CRD-0-i)."""
    family = "EXECUTION_FILE" if kind in _EXECUTION_FILES else kind.value
    source = source_id if KINDS[kind].is_keyed_by_source else ""
    return keyed_hash("\x1f".join((family, str(source), *parts)), _KEY)


def content_hash(content: Mapping[str, str]) -> bytes:
    """The content in whatever order it was given."""
    return keyed_hash("\x1f".join(f"{name}={content[name]}" for name in sorted(content)), _CONTENT)
