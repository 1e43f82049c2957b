"""The headers of the mail that asks, and the address in its envelope."""

import re
from datetime import datetime
from email.headerregistry import Address
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from voc.core import settings
from voc.outreach.delivering.ask import Ask
from voc.outreach.returning.return_addresses import Way, return_address

IN_ONE_LINE = frozenset({"List-Unsubscribe", "Feedback-ID", "In-Reply-To", "References"})
_PLAIN = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")


def headers_of(ask: Ask, subject: str, now: datetime) -> dict[str, str]:
    """Every header but those of the parts, in order."""
    sender = ask.sender
    headers = {
        "From": _mailbox(sender.from_email, one_line(sender.name)),
        "To": _mailbox(ask.address),
        "Subject": subject,
        "Date": format_datetime(now),
        "Message-ID": ask.message_id,
        "List-Unsubscribe": f"<{ask.links.stop}>, <mailto:{_stop_mailbox(ask)}?subject=Stop%20{ask.invitation_id}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Feedback-ID": f"{one_line(ask.stream) or 'survey'}:voc:{sender.from_email.rpartition('@')[2]}",
        "Auto-Submitted": "auto-generated",
        "Content-Language": ask.language,
    }
    if ask.reminding and ask.reminding.thread:
        headers |= {"In-Reply-To": ask.reminding.thread[0], "References": " ".join(ask.reminding.thread)}
    return headers if sender.reply_to is None else {**headers, "Reply-To": _mailbox(sender.reply_to)}


def comes_back_to(ask: Ask) -> str:
    """The sender in the envelope, where what cannot be delivered returns: our own mailbox, else the brand's."""
    return return_address(Way.BACK, ask.invitation_id, _number(ask)) or ask.sender.from_email


def one_line(text: str) -> str:
    """Text for a header: no line breaks, no characters that are not seen."""
    return _UNSEEN.sub(" ", text).strip()


class _Unfolded(EmailPolicy):
    """SMTP's policy, but these headers stand in one line: Python would encode a long address until no mail client understands it."""

    def fold(self, name: str, value: Any) -> str:
        return f"{name}: {value}\r\n" if name in IN_ONE_LINE else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii")


UNFOLDED = _Unfolded(linesep="\r\n")


def _mailbox(address: str, name: str = "") -> str:
    """An address as it stands in a header; a ValueError of the library where it is none."""
    return address if not name and _PLAIN.fullmatch(address) else _written(address, name)


@lru_cache(maxsize=1024)
def _written(address: str, name: str) -> str:
    return str(Address(name, addr_spec=address))


def _stop_mailbox(ask: Ask) -> str:
    """Where "stop" goes by mail: to the mailbox that we read ourselves, else to the people who read the replies."""
    ours = return_address(Way.STOP, ask.invitation_id, _number(ask)) if settings.current().bounce_mailbox else None
    return quote(ours or ask.sender.reply_to or ask.sender.from_email, safe="@+")


def _number(ask: Ask) -> int:
    return ask.reminding.number if ask.reminding else 0
