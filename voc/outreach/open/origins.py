"""Which pages may hold a widget: the origins of websites, as a browser names them. PURE."""

from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from voc.core.errors import Fault, Invalid

MOST = 20
LONGEST = 200
_ON_THIS_MACHINE = ("localhost", "127.0.0.1")
_PORTS = {"https": 443, "http": 80}
_HOST = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")


def read_origins(texts: Iterable[str], path: str = "allowedOrigins") -> list[str]:
    """The origins of these addresses, each once, in small letters and without the usual port.

    Refuses all faults at once (Invalid, `allowedOrigins[0]`): more than 20, what is no https address, what has a path or a `*`. On one's
    own machine (`http://localhost:8080`) http will do.
    """
    found: dict[str, None] = {}
    faults: list[Fault] = []
    for at, text in enumerate(one.strip() for one in texts):
        try:
            found[_origin(text)] = None
        except ValueError as refused:
            faults.append(Fault(f"{path}[{at}]", "WRONG_ORIGIN", str(refused)))
    if len(found) > MOST:
        faults.append(Fault(path, "TOO_MANY", f"A widget stands on at most {MOST} websites. Make another widget for the others."))
    if faults:
        raise Invalid(faults)
    return list(found)


def _origin(text: str) -> str:
    shown = f"`{text[:LONGEST]}`"
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        host, port, parts = "", None, SplitResult("", "", "", "", "")
    if not host or not set(host) <= _HOST or len(text) > LONGEST:
        raise ValueError(f"{shown} is no address of a website. Write it like `https://www.example.com`, without a `*`.")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _ON_THIS_MACHINE):
        raise ValueError(f"{shown} is not https. Only `http://localhost` needs not be.")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username is not None:
        raise ValueError(f"{shown} is more than a website: leave out what follows `{parts.scheme}://{host}`.")
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, _PORTS[parts.scheme]) else "")
