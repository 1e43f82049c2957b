"""The secret links of an invitation: made again from its id whenever they are needed, never stored."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from voc.core import settings
from voc.core.ids import signed
from voc.core.seals import id_in, sealed_id, url_text
from voc.outreach.models import Invitation, OpenLink
from voc.outreach.open.kinds import OpenLinkKind

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
    return url_text(signed(settings.current().key(), "answer", key_version, invitation_id)[:_HALF])


def open_secret_of(open_link_id: UUID, key_version: int = KEY_VERSION) -> str:
    """The 22 characters in `/o/…` and `/k/…`: the address of an open link, for everybody who is shown it."""
    return url_text(signed(settings.current().key(), "open", key_version, open_link_id)[:_HALF])


def open_address(link: OpenLink) -> str:
    """The whole address of an open link; that of a kiosk is for its device alone."""
    letter = "k" if link.kind == OpenLinkKind.KIOSK else "o"
    return f"{settings.current().base_url}/{letter}/{open_secret_of(link.id, link.key_version)}"


def secret_for(purpose: Purpose, invitation_id: UUID) -> str:
    """The 43 characters in `/u/…` and `/m/…`: they name the invitation, and so the person and the list, and cannot be guessed."""
    return sealed_id(invitation_id, purpose.value, KEY_VERSION)


def invitation_named_by(purpose: Purpose, secret: str) -> UUID | None:
    """The invitation that a secret of this purpose was made for, or None when nobody made it."""
    return id_in(secret, purpose.value, KEY_VERSION)


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
