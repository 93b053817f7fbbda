"""From which address a request really came."""

from ipaddress import ip_network

import pytest

from crm_portal.audit.rules.origins import client_address, request_id

PROXIES = [ip_network("10.0.0.0/8"), ip_network("192.0.2.7"), ip_network("::1")]


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "expected"),
    [
        pytest.param("203.0.113.5", "", [], "203.0.113.5", id="no proxy"),
        pytest.param("203.0.113.5", "198.51.100.1", [], "203.0.113.5", id="the header of a stranger is a lie"),
        pytest.param("203.0.113.5", "198.51.100.1", PROXIES, "203.0.113.5", id="not one of our proxies"),
        pytest.param("10.1.2.3", "198.51.100.1", PROXIES, "198.51.100.1", id="our proxy tells"),
        pytest.param("10.1.2.3", "1.1.1.1, 198.51.100.1", PROXIES, "198.51.100.1", id="what the client made up"),
        pytest.param("10.1.2.3", "198.51.100.1, 192.0.2.7", PROXIES, "198.51.100.1", id="two proxies of ours"),
        pytest.param("10.1.2.3", "", PROXIES, "10.1.2.3", id="our proxy says nothing"),
        pytest.param("10.1.2.3", "nonsense", PROXIES, "10.1.2.3", id="our proxy says nonsense"),
        pytest.param("10.1.2.3", "1.1.1.1, nonsense", PROXIES, "10.1.2.3", id="nonsense hides what is before it"),
        pytest.param("::1", "2001:db8::5", PROXIES, "2001:db8::5", id="IPv6"),
        pytest.param("::ffff:10.1.2.3", "::ffff:198.51.100.1", PROXIES, "198.51.100.1", id="IPv4 in IPv6"),
        pytest.param("", "198.51.100.1", PROXIES, "198.51.100.1", id="our proxy on a socket"),
        pytest.param("", "198.51.100.1", [], None, id="a socket, and no proxy of ours"),
    ],
)
def test_only_what_our_own_proxies_say_is_believed(remote, forwarded, trusted, expected):
    assert client_address(remote, forwarded, trusted=trusted) == expected


@pytest.mark.parametrize(
    ("given", "kept"),
    [("3f2c9a10-aaaa-4bbb-8ccc-123456789012", True), ("short", False), ("x" * 37, False), ("id\nnew line", False)],
)
def test_a_request_id_is_kept_only_when_it_is_harmless(given, kept):
    assert request_id(given) == (given if kept else None)
