"""The secret links of an invitation: made again from its id whenever they are needed, never stored."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from enum import StrEnum
from hmac import compare_digest
from uuid import UUID

from voc.core import settings
from voc.core.ids import signed
from voc.outreach.models import Invitation, OpenLink
from voc.outreach.open_link_kinds import OpenLinkKind

KEY_VERSION = 1
_HALF = 16


class Purpose(StrEnum):
    """What a link is for, besides answering: its letter in the address."""

    STOP = "u"
    MESSAGES = "m"


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses a message about one invitation leads to. `landing` takes the chosen answer as `?question=value`."""

    survey: str
    landing: str
    stop: str
    messages: str


def link_secret(invitation: Invitation) -> str:
    """The 22 characters in `/s/…` and `/r/…`. The row keeps their hash only."""
    return secret_of(invitation.id, invitation.key_version)


def secret_of(invitation_id: UUID, key_version: int = KEY_VERSION) -> str:
    """The same, of an invitation that is not a row yet."""
    return _text(signed(settings.current().key(), "answer", key_version, invitation_id)[:_HALF])


def open_secret_of(open_link_id: UUID, key_version: int = KEY_VERSION) -> str:
    """The 22 characters in `/o/…` and `/k/…`: the address of an open link, for everybody who is shown it."""
    return _text(signed(settings.current().key(), "open", key_version, open_link_id)[:_HALF])


def open_address(link: OpenLink) -> str:
    """The whole address of an open link; that of a kiosk is for its device alone."""
    letter = "k" if link.kind == OpenLinkKind.KIOSK else "o"
    return f"{settings.current().base_url}/{letter}/{open_secret_of(link.id, link.key_version)}"


def secret_for(purpose: Purpose, invitation_id: UUID) -> str:
    """The 43 characters in `/u/…` and `/m/…`: they name the invitation, and so the person and the list, and cannot be guessed."""
    return _text(invitation_id.bytes + _seal(purpose, invitation_id))


def invitation_named_by(purpose: Purpose, secret: str) -> UUID | None:
    """The invitation that a secret of this purpose was made for, or None when nobody made it."""
    try:
        raw = urlsafe_b64decode(secret.encode("ascii") + b"=")
        invitation_id, seal = UUID(bytes=raw[:_HALF]), raw[_HALF:]
    except (Error, ValueError):
        return None
    return invitation_id if compare_digest(seal, _seal(purpose, invitation_id)) else None


def links_of(invitation_id: UUID, key_version: int = KEY_VERSION) -> Links:
    """Every address of the invitation."""
    base = settings.current().base_url
    secret = secret_of(invitation_id, key_version)
    return Links(
        survey=f"{base}/s/{secret}",
        landing=f"{base}/r/{secret}",
        stop=f"{base}/u/{secret_for(Purpose.STOP, invitation_id)}",
        messages=f"{base}/m/{secret_for(Purpose.MESSAGES, invitation_id)}",
    )


def _seal(purpose: Purpose, invitation_id: UUID) -> bytes:
    return signed(settings.current().key(), purpose.value, KEY_VERSION, invitation_id)[:_HALF]


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
