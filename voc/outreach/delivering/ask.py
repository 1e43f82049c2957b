"""One invitation as the message about it needs it, whatever the channel."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from voc.outreach.links import Links
from voc.surveys.questionnaire import Questionnaire

_NO_NAME = re.compile(r"[<>@/\\:{}\[\]]|www\.|[\x00-\x1f\x7f]", re.IGNORECASE)
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The brand that asks; `signature` is who signs for it, in the reader's language."""

    name: str
    from_email: str
    reply_to: str | None = None
    postal_address: str = ""
    accent: str = "#1f4e79"
    on_accent: str = "#ffffff"
    signature: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """What makes a message a reminder: which one it is, from 1, and whether another may follow.

    `asked_on` is the day of the ask as the reader's language writes it, `thread` the Message-IDs of the mails about it, the first first.
    """

    number: int
    is_last: bool
    asked_on: str
    thread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Everything a channel needs. `values` fill the placeholders of the texts; `stream` names policy and survey for the mail's headers.

    `reminding` is None for the ask itself.
    """

    invitation_id: UUID
    address: str
    language: str
    questionnaire: Questionnaire
    sender: Sender
    links: Links
    values: Mapping[str, str | None]
    stream: str = ""
    is_test: bool = False
    reminding: Reminding | None = None

    @property
    def message_id(self) -> str:
        """The same over all attempts of one message, so that a mail that was sent twice is shown once; a reminder has its own."""
        reminder = f".r{self.reminding.number}" if self.reminding else ""
        return f"<{self.invitation_id}{reminder}@{self.sender.from_email.rpartition('@')[2]}>"


def harmless_name(name: str | None) -> str | None:
    """A name as it may stand in a message; None for what is none, such as an address that somebody put in its place."""
    name = " ".join((name or "").split())
    return name if name and len(name) <= _LONGEST_NAME and not _NO_NAME.search(name) else None
