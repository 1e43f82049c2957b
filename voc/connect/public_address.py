"""Where a webhook may be told: only to addresses of the open internet, looked up once and held on to.

A name that resolves to an inside address would let whoever edits webhooks reach what only this machine can reach.
"""

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from voc.core.errors import Invalid

_EMBEDDED_V4 = ipaddress.IPv6Network("64:ff9b::/96")
LONGEST = 500


class NotReachable(Exception):
    """The address cannot be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A URL and the one IP address it is told at."""

    url: SplitResult
    ip: str
    port: int

    @property
    def host(self) -> str:
        """The name for the Host header and the certificate."""
        return self.url.hostname or ""

    @property
    def pinned_url(self) -> str:
        """The URL with the IP address in place of the name."""
        ip = f"[{self.ip}]" if ":" in self.ip else self.ip
        query = f"?{self.url.query}" if self.url.query else ""
        return f"{self.url.scheme}://{ip}:{self.port}{self.url.path or '/'}{query}"


def check_url(text: str, *, allow_private: bool) -> str:
    """The URL of a webhook, or Invalid. Plain http is taken only where private addresses are allowed."""
    try:
        url = urlsplit(text.strip())
        port = url.port
    except ValueError:
        raise Invalid.at("url", "INVALID_URL", "This is no address: write it as https://crm.example.com/hooks/voc.") from None
    schemes = ("https", "http") if allow_private else ("https",)
    if url.scheme not in schemes or not url.hostname or port == 0:
        raise Invalid.at("url", "INVALID_URL", f"Give a whole address that begins with {' or '.join(schemes)}://.")
    if url.username is not None or url.password is not None or url.fragment:
        raise Invalid.at("url", "INVALID_URL", "Leave user name, password and #fragment out of the address: messages are signed instead.")
    if len(text) > LONGEST or any(letter.isspace() or not letter.isprintable() for letter in text.strip()):
        raise Invalid.at("url", "INVALID_URL", f"An address has at most {LONGEST} characters and no spaces.")
    literal = _literal(url.hostname)
    if literal and not allow_private and not is_public(literal):
        raise Invalid.at("url", "PRIVATE_ADDRESS", "This address lies inside a network: webhooks are told to public addresses only.")
    return text.strip()


async def find_destination(text: str, *, allow_private: bool) -> Destination:
    """Look the host up and choose its address; NotReachable when it has none, or when any of them is private."""
    url = urlsplit(text)
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(url.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotReachable("The host name cannot be looked up.") from None
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not allow_private and not all(is_public(ipaddress.ip_address(address)) for address in addresses):
        raise NotReachable("The host has a private address; webhooks are told to public addresses only.")
    return Destination(url, addresses[0], port)


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether the address is one of the open internet, also where it wraps another one."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _EMBEDDED_V4:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
