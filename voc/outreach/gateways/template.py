"""What a gateway's template says: how a text is handed over, what its answers mean, what it tells later. PURE.

`gateways/README.md` describes the file. Conditions speak of `told`: its fields are the texts that `read` names, by where they stand
in the answer, and `told.http` is the status.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from voc.core.expressions import Expression

PLACEHOLDERS = {
    "to": "the number, as in +31612345678",
    "to_digits": "the number, as in 31612345678",
    "to_zeros": "the number, as in 0031612345678",
    "sender": "VOC_SMS_SENDER",
    "text": "the text",
    "alphabet": "how the text is written: gsm7 or ucs2, or the word that `alphabets` has for it",
    "reference": "our own reference: 32 characters, the same over all attempts",
    "receipts": "the address that takes receipts",
    "account": "VOC_SMS_ACCOUNT",
    "key": "VOC_SMS_KEY",
}


class Outcome(StrEnum):
    """What an answer or a receipt means: the first whose condition is met."""

    STOPPED = "stopped"  # its owner told the gateway to stop
    BOUNCED = "bounced"  # the number is no good
    DELIVERED = "delivered"
    TAKEN = "taken"
    REFUSED = "refused"  # this text will never arrive, the number may be fine


class Signature(StrEnum):
    """How a gateway proves that it is the one who calls."""

    NONE = "none"
    TWILIO = "twilio"
    BIRD = "bird"
    VONAGE = "vonage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How to read what a gateway says: `read` names texts by where they stand, `means` is what follows from them, in order."""

    read: Mapping[str, str]
    means: Mapping[Outcome, Expression]

    def texts(self, said: object, http: int | None = None) -> dict[str, object]:
        """The named texts in what was said, as far as they are there."""
        found: dict[str, object] = {name: text for name, path in self.read.items() if (text := text_at(said, path)) is not None}
        return found if http is None else {**found, "http": http}

    def outcome(self, texts: Mapping[str, object]) -> Outcome | None:
        """What follows; None where no condition is met."""
        return next((outcome for outcome, when in self.means.items() if when.evaluate({"told": texts}) is True), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """The request that hands a text over. Of `form` and `body` (JSON) it has one; `sign_in` is name and password for Basic."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    sign_in: tuple[str, str] | None = None
    form: Mapping[str, str] | None = None
    body: Any = None
    alphabets: Mapping[str, str] = field(default_factory=dict)
    answer: Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """How to read what customers write: `read` has `id`, `sender` and `text`; gateways may flag who stops or starts again themselves."""

    told: Told
    stops: Expression | None = None
    resumes: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One gateway. `most_parts` is how many messages a text may take; `says` is what it wants to hear back, with its media type."""

    key: str
    name: str
    send: Sending
    most_parts: int = 3
    signature: Signature = Signature.NONE
    receipts: Told | None = None
    replies: Replies | None = None
    says: str = ""
    says_type: str = "text/plain"
    uses: frozenset[str] = frozenset()

    @property
    def is_signed(self) -> bool:
        """Whether the gateway proves who it is; where it does not, its words count for less."""
        return self.signature is not Signature.NONE


def text_at(said: object, path: str) -> str | None:
    """The text, number or yes-no at a place such as `messages.0.status`, as text; None where there is none."""
    for part in path.split("."):
        if isinstance(said, Mapping):
            said = said.get(part)
        elif isinstance(said, list) and part.isdecimal() and int(part) < len(said):
            said = said[int(part)]
        else:
            return None
    if isinstance(said, bool):
        return str(said).lower()
    return str(said) if isinstance(said, str | int | float) else None
