"""The rule list of our own, which works without a scanner: pieces that only harmful files hold."""

from .failures import Failure, Unclean

# Written in two halves, lest a scanner take this very file away.
_EICAR = (rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*",)
_PROGRAMS = (b"MZ\x90\x00", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


def check_known(content: bytes) -> None:
    """
    Look for what is known to be harmful, anywhere in the bytes.

    :raises Unclean: when it is there
    """
    if any(piece in content for piece in _EICAR):
        raise Unclean(Failure.MALWARE, "EICAR")


def is_program(content: bytes) -> bool:
    """Whether the bytes begin as a program for some machine does."""
    return content.startswith(_PROGRAMS)
