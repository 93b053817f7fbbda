"""From which address a request really came."""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,36}")


def client_address(remote: str, forwarded_for: str, *, trusted: Sequence[Network]) -> str | None:
    """
    Give the address nearest to us that is not one of our own proxies.

    Anybody may write anything into X-Forwarded-For; only what a trusted proxy appended, read from its end, counts.
    """
    hops = [hop.strip() for hop in forwarded_for.split(",")]
    if remote:
        hops.append(remote)
    elif not trusted:  # a Unix socket: only a proxy of ours can have sent it, if we have any
        return None
    nearest = None
    for hop in reversed(hops):
        address = _parse(hop)
        if address is None:
            break
        nearest = str(address)
        if not any(address in network for network in trusted):
            break
    return nearest


def request_id(given: str) -> str | None:
    """Accept a proxy's request id when it is short and harmless to log."""
    return given if _REQUEST_ID.fullmatch(given) else None


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
