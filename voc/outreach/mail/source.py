"""A mail as it goes over the wire: headers, and two parts of equal worth."""

from binascii import b2a_qp
from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from voc.outreach.mail.headers import IN_ONE_LINE, UNFOLDED

_LONGEST = 76
_PART = 'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'


def source_of(headers: Mapping[str, str], text: str, html: str, mark: UUID) -> bytes:
    """The whole mail. The mark makes a line between the parts that no part can hold: encoded, none has "=_" in it."""
    between = f"=_{mark.hex}"
    head = "".join(_line(name, value) for name, value in headers.items())
    lines = [
        f'{head}MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{between}"\r\n\r\n'.encode("ascii"),
        *(part for kind, said in (("plain", text), ("html", html)) for part in _part(kind, said, between)),
        f"--{between}--\r\n".encode("ascii"),
    ]
    return b"".join(lines)


def _part(kind: str, said: str, between: str) -> tuple[bytes, bytes, bytes]:
    # A text ends with one line break, which belongs to it; the one after it belongs to the line between the parts.
    body = b2a_qp(b"\r\n".join(said.encode().splitlines()), istext=True)
    return f"--{between}\r\n{_PART.format(kind=kind)}".encode("ascii"), body, b"\r\n\r\n"


def _line(name: str, said: str) -> str:
    """One header. What is short and plain goes as it stands, all else is checked and encoded by the library."""
    if "\r" in said or "\n" in said:
        raise ValueError(f"The header {name} would be two.")
    is_plain = said.isascii() and said.isprintable() and "=?" not in said and len(name) + len(said) + 2 <= _LONGEST
    return f"{name}: {said}\r\n" if is_plain or name in IN_ONE_LINE else _encoded(name, said)


@lru_cache(maxsize=1024)
def _encoded(name: str, value: str) -> str:
    return UNFOLDED.fold(*UNFOLDED.header_store_parse(name, value))
