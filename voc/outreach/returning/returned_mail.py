"""What a mail that came to our mailbox tells: a delivery status (RFC 3464), a complaint (RFC 5965), a "stop", or nothing. PURE.

Nothing in such a mail is believed but the names of our own messages in it: whose address it claims to speak of is not read at all.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from itertools import islice

from voc.outreach.returning.report_kinds import ReportKind

LARGEST = 256 * 1024
_OUR_ID = re.compile(r"<[^<>\s]{1,190}>")
_ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_NOBODY = re.compile(r"5\.1\.(?:1|2|3|6|10)|5\.2\.1|5\.4\.4")
_NOBODY_SAID = re.compile(
    r"user unknown|unknown user|no such (?:user|mailbox|recipient|address|person)|(?:does not|doesn't) exist|unknown recipient"
    r"|mailbox (?:unavailable|not found|disabled)|account (?:is )?disabled|recipient ?not ?found|address rejected: undeliverable",
    re.IGNORECASE,
)
_REFUSED_FOR_GOOD = re.compile(r"\b55\d\b|\b5\.\d{1,3}\.\d{1,3}\b")
_TO_US = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Apparently-To")
_ORIGINALS = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_NO_COMPLAINT = frozenset({"not-spam", "virus"})
_DAEMONS = ("mailer-daemon", "postmaster", "mail-daemon")
_LONGEST_DETAIL = 200
_LONGEST_SAID = 2000
_MOST_ADDRESSES = 100
_MOST_IDS = 20
_NONSENSE = (RecursionError, ValueError, LookupError, TypeError, AttributeError)
"""What Python's reader of mails answers nonsense with."""


@dataclass(frozen=True, slots=True)
class Returned:
    """`kind` is None where the mail reports nothing, `detail` what the other side said, without addresses.

    `came_to` are the addresses it was sent to or that it says we wrote from, `message_ids` those of the messages
    it speaks of.
    """

    kind: ReportKind | None
    detail: str
    came_to: tuple[str, ...]
    message_ids: tuple[str, ...] = ()


def read_returned(source: bytes) -> Returned:
    """Read a mail, however broken it is; of a very long one the beginning. One that nobody can read tells at most where it came to."""
    beginning = source[:LARGEST].replace(b"\0", b"")
    try:
        return _read(beginning)
    except _NONSENSE:
        pass
    try:
        return Returned(None, "", _came_to(BytesHeaderParser().parsebytes(beginning)))
    except _NONSENSE:
        return Returned(None, "", ())


def _read(source: bytes) -> Returned:
    message = message_from_bytes(source)
    parts = [part for part in message.get_payload() if isinstance(part, Message)] if message.is_multipart() else []
    complaint, status = (_first(parts, kind) for kind in ("message/feedback-report", "message/delivery-status"))
    ids = tuple(islice(dict.fromkeys(_ids(message, parts)), _MOST_IDS))
    came_to = _came_to(message)
    if complaint is not None:
        return _complaint(complaint, came_to, ids)
    if status is not None:
        return Returned(*_status(_blocks(status)), came_to, ids)
    return Returned(*_in_words(message), came_to, ids)


def is_hard(status: str, said: str) -> bool:
    """Whether this refusal says that the address is no good: by its status where it has a telling one, else by its words."""
    if _NOBODY.fullmatch(status):
        return True
    told = _STATUS.search(said)
    if status in ("", "5.0.0") and told:
        return bool(_NOBODY.fullmatch(told[0]))
    return status in ("", "5.0.0", "5.1.0", "5.2.0", "5.5.0") and bool(_NOBODY_SAID.search(said))


def without_addresses(said: str) -> str:
    """What the other side said, in one line and without the addresses of people."""
    return _ADDRESS.sub("…", " ".join(said[:_LONGEST_SAID].replace("\0", "").split()))[:_LONGEST_DETAIL]


def _complaint(part: Message, came_to: Sequence[str], ids: tuple[str, ...]) -> Returned:
    told = next(iter(_blocks(part)), Message())
    kind = str(told.get("Feedback-Type", "abuse")).strip().lower()
    wrote_from = _addresses([str(told.get("Original-Mail-From", ""))])
    return Returned(None if kind in _NO_COMPLAINT else ReportKind.COMPLAINED, without_addresses(kind)[:40], (*came_to, *wrote_from), ids)


def _status(blocks: Sequence[Message]) -> tuple[ReportKind | None, str]:
    """What a delivery status says of the one recipient that our messages have."""
    told = next((block for block in blocks if block.get("Action")), Message())
    action, said = str(told.get("Action", "")).split(maxsplit=1), " ".join(str(told.get("Diagnostic-Code", "")).split())
    found = _STATUS.search(str(told.get("Status", "")))
    status = found[0] if found else ""
    detail = without_addresses(f"{status} {said.partition(';')[2] or said}".strip())
    match action[0].strip(";").lower() if action else "":
        case "delivered":
            return ReportKind.DELIVERED, detail
        case "failed":
            return ReportKind.BOUNCED if is_hard(status, said) else ReportKind.RETURNED, detail
        case _:  # delayed, relayed, expanded: nothing has been decided
            return None, detail


def _in_words(message: Message) -> tuple[ReportKind | None, str]:
    """What an old mail system says in plain words: only its daemons are listened to, so no reply of a person is taken for a bounce."""
    sender = "".join(_addresses([str(message.get("From", ""))])).partition("@")[0].lower()
    if not sender.startswith(_DAEMONS):
        return None, ""
    text = "\n".join(_texts(message))
    line = next((line for line in text.splitlines() if _REFUSED_FOR_GOOD.search(line) or _NOBODY_SAID.search(line)), "")
    if not line:
        return None, ""
    return ReportKind.BOUNCED if is_hard("", line) else ReportKind.RETURNED, without_addresses(line)


def _ids(message: Message, parts: Sequence[Message]) -> Iterator[str]:
    """The Message-IDs that a report names: of the original, of its headers, in its own references, or in its words."""
    for part in parts:
        if part.get_content_type() in _ORIGINALS:
            for original in _blocks(part):
                yield from _OUR_ID.findall(str(original.get("Message-ID", "")))
        if part.get_content_type() == "message/delivery-status":
            for block in _blocks(part):
                yield from _OUR_ID.findall(str(block.get("X-Original-Message-ID", "")))
    for name in ("In-Reply-To", "References"):
        yield from _OUR_ID.findall(str(message.get(name, "")))
    for text in _texts(message):
        for line in text.splitlines():
            if line.lower().startswith("message-id:"):
                yield from _OUR_ID.findall(line)


def _came_to(message: Message) -> tuple[str, ...]:
    return _addresses([str(message.get(name, "")) for name in _TO_US])


def _addresses(headers: Iterable[str]) -> tuple[str, ...]:
    """The first addresses of some headers; a header that is nothing but brackets has none."""
    found = getaddresses([header[:_LONGEST_SAID] for header in headers])
    return tuple(islice((address for _, address in found if address), _MOST_ADDRESSES))


def _blocks(part: Message) -> list[Message]:
    """The groups of headers in a part: some mail systems send them as a message, others as a text."""
    found = part.get_payload()
    if isinstance(found, list):
        return [block for block in found if isinstance(block, Message)]
    return [message_from_string(_text(part))]


def _texts(message: Message) -> Iterator[str]:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            yield _text(part)


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    return raw.decode("utf-8", "replace").replace("\0", "") if isinstance(raw, bytes) else ""


def _first(parts: Sequence[Message], kind: str) -> Message | None:
    return next((part for part in parts if part.get_content_type() == kind), None)
