"""What is done with a file of each kind: the checks that all share, then the kind's own, which write the copy."""

from pathlib import Path

import puremagic

from crm_portal.files.rules import text
from crm_portal.files.rules.archives import ends_as_zip
from crm_portal.files.rules.failures import Failure, Unclean
from crm_portal.files.rules.kinds import BEFORE_PDF, EXTENSIONS, HEAD, IMAGES, OFFICE, Kind, is_what_it_says
from crm_portal.files.rules.known import check_known

from . import images, office, pdf


def clean(kind: Kind, original: Path, copy: Path) -> None:
    """
    Check the original and write the copy that people may open.

    :raises Unclean: with the first reason found
    """
    content = original.read_bytes()
    check_known(content)
    if not is_what_it_says(kind, content[:HEAD]) or not _is_recognised(kind, content):
        raise Unclean(Failure.MISMATCH)
    if kind not in OFFICE and ends_as_zip(content):
        raise Unclean(Failure.POLYGLOT, "zip")
    if kind is Kind.TEXT:
        words = text.decoded(content)
        text.check_table(words)
        copy.write_bytes(words.encode())
    elif kind in IMAGES:
        images.rebuild(kind, original, copy)
    elif kind in OFFICE:
        office.rebuild(kind, content, copy)
    else:
        pdf.rebuild(original, copy)


def _is_recognised(kind: Kind, content: bytes) -> bool:
    """Ask a second opinion on the type; plain text has no mark to be known by."""
    if kind is Kind.TEXT:
        return True
    try:
        matches = puremagic.magic_string(content.lstrip(BEFORE_PDF) if kind is Kind.PDF else content)
    except puremagic.PureError:
        return False
    found = {match.extension.lstrip(".").lower() for match in matches}
    wanted = {extension for extension, of in EXTENSIONS.items() if of is kind} | ({"zip"} if kind in OFFICE else set())
    return bool(found & wanted)
