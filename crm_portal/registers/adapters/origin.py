"""The country of a network address (CRM-7-s)."""

from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import ClassVar, Protocol

from django.conf import settings

from crm_portal.registers import local

ISRAEL = "IL"
# Private networks count as Israel (CRM-7-s). Written out, for Python also calls the documentation networks private.
PRIVATE = tuple(
    ip_network(network)
    for network in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)


class Origin(Protocol):
    def country_of(self, address: str) -> str | None:
        """The ISO code of the country; private networks are Israel, and None is an unknown country."""


class RememberedOrigin:
    """Keeps answers for an hour, since every request from outside asks (faults are not kept)."""

    HOLDS = timedelta(hours=1)
    MOST = 10_000
    _answers: ClassVar[dict[tuple[str, str, str], tuple[datetime, str | None]]] = {}

    def __init__(self, register: Origin, at: datetime) -> None:
        self._register, self._at = register, at

    def country_of(self, address: str) -> str | None:
        key = (settings.REGISTERS["origin"], str(settings.REGISTERS_FOLDER), address)
        asked_at, answer = self._answers.get(key, (None, None))
        if asked_at is None or not asked_at <= self._at < asked_at + self.HOLDS:
            answer = self._register.country_of(address)
            if len(self._answers) >= self.MOST:
                self._answers.clear()
            self._answers[key] = (self._at, answer)
        return answer


class LocalOrigin:
    """Answers from `networks.csv`; the narrowest network that holds the address decides."""

    def country_of(self, address: str) -> str | None:
        local.check_reachable("origin")
        try:
            ip = ip_address(address)
        except ValueError:
            return None
        ip = getattr(ip, "ipv4_mapped", None) or ip
        if any(ip in network for network in PRIVATE):
            return ISRAEL
        return _listed(ip)


def _listed(ip: IPv4Address | IPv6Address) -> str | None:
    listed = [(ip_network(row["network"]), row["country"]) for row in local.rows("origin", "networks.csv")]
    holding = [(network.prefixlen, country) for network, country in listed if ip in network]
    return max(holding)[1] if holding else None
