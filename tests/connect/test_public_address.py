"""Webhooks are told to the open internet only."""

import ipaddress
import socket
from typing import Any

import pytest

from voc.connect.public_address import NotReachable, check_url, find_destination, is_public
from voc.core.errors import Invalid


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
    ],
)
def test_inside_addresses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "crm.example.com/hook",
        "http://crm.example.com/hook",
        "ftp://crm.example.com",
        "https://",
        "https://user:secret@crm.example.com",
        "https://crm.example.com/#x",
        "https://crm.example.com:99999/",
        "https://crm.example.com/a b",
        "https://crm.example.com/\x00",
        "https://127.0.0.1/",
        "https://[::1]:8000/",
        "https://crm.example.com/" + "x" * 500,
    ],
)
def test_what_is_no_public_address_is_refused(url: str) -> None:
    with pytest.raises(Invalid):
        check_url(url, allow_private=False)


def test_plain_http_and_private_addresses_are_taken_where_they_are_allowed() -> None:
    assert check_url(" http://127.0.0.1:8080/hook ", allow_private=True) == "http://127.0.0.1:8080/hook"
    assert check_url("https://crm.example.com/hook?tenant=1", allow_private=False) == "https://crm.example.com/hook?tenant=1"


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"])
async def test_a_name_that_leads_inside_is_refused_when_it_is_looked_up(host: str) -> None:
    with pytest.raises(NotReachable, match="private address"):
        await find_destination(f"https://{host}/hook", allow_private=False)


async def test_one_inside_address_among_several_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: answers)
    with pytest.raises(NotReachable, match="private address"):
        await find_destination("https://crm.example.com/", allow_private=False)


async def test_the_address_that_was_checked_is_the_one_that_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*args: Any, **more: Any) -> list[Any]:
        return [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("2606:2800:220:1:248:1893:25c8:1946", 8443, 0, 0))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    where = await find_destination("https://crm.example.com:8443/hook?tenant=1", allow_private=False)
    assert where.pinned_url == "https://[2606:2800:220:1:248:1893:25c8:1946]:8443/hook?tenant=1"
    assert where.host == "crm.example.com"


async def test_a_name_nobody_knows_says_so() -> None:
    with pytest.raises(NotReachable, match="cannot be looked up"):
        await find_destination("https://nobody.invalid/", allow_private=False)
