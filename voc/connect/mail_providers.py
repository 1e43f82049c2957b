"""Where the published events of mail providers say what we want to know: what happened, to which message, and in which words. PURE.

A path names keys with dots between them, `0` the first of a list; of several with `|` between them the first that is there counts.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from voc.outreach.returning.report_kinds import ReportKind

BOUNCED, RETURNED, DELIVERED, COMPLAINED = ReportKind.BOUNCED, ReportKind.RETURNED, ReportKind.DELIVERED, ReportKind.COMPLAINED
_LONGEST_TEXT = 2000
_TEXTS = ("event_id", "provider_id", "wrote_from", "address", "said")
_OWN_ID = re.compile(r"<?([^<>\s]{1,188})>?")


@dataclass(frozen=True, slots=True)
class When:
    """An event means `kind` (None: nothing) where each path has one of its values, written in small letters; `*` is any value."""

    kind: ReportKind | None
    at: Mapping[str, str]

    def fits(self, event: object) -> bool:
        """Whether this event is meant."""
        return all((said := told(event, path).lower()) in values.split("|") or (values == "*" and said) for path, values in self.at.items())


@dataclass(frozen=True, slots=True)
class Provider:
    """The shape of one provider's events. The first rule that fits counts; an event that none fits is ignored.

    `address` is read only where the provider keeps no name of ours: an address alone may have got other mails too.
    """

    rules: Sequence[When]
    events: str = ""
    event_id: str = ""
    message_id: str = ""
    provider_id: str = ""
    wrote_from: str = ""
    address: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it was understood."""

    kind: ReportKind
    event_id: str
    message_id: str = ""
    provider_id: str = ""
    wrote_from: str = ""
    address: str = ""
    said: str = field(default="", repr=False)


def read_events(provider: Provider, document: object) -> list[Event]:
    """The events of one call that mean something, in order."""
    body = _unwrapped(document)
    found = _at(body, provider.events) if provider.events else body
    many = found if isinstance(found, list) else [found]
    return [event for one in many if (event := _event(provider, one))]


def told(document: object, paths: str) -> str:
    """The text at the first of these paths where there is one, else ""; of a very long one the beginning, and no NUL, which no text has."""
    for path in paths.split("|"):
        found = _at(document, path)
        if isinstance(found, str | int | float) and (text := str(found).replace("\0", "").strip()):
            return text[:_LONGEST_TEXT]
    return ""


def _event(provider: Provider, one: object) -> Event | None:
    kind = next((rule.kind for rule in provider.rules if rule.fits(one)), None)
    if kind is None:
        return None
    paths = {name: getattr(provider, name) for name in _TEXTS}
    parts = {name: told(one, path) for name, path in paths.items() if path}
    own = _OWN_ID.fullmatch(told(one, provider.message_id)) if provider.message_id else None
    return Event(kind=kind, **{"event_id": "", **parts}, message_id=f"<{own[1]}>" if own else "")


def _at(document: object, path: str) -> object:
    for name in path.split("."):
        if isinstance(document, Mapping):
            document = document.get(name)
        elif isinstance(document, list) and name.isdecimal() and int(name) < len(document):
            document = document[int(name)]
        else:
            return None
    return document


def _unwrapped(document: object) -> object:
    """What SNS carries as a text inside its own envelope."""
    inner = document.get("Message") if isinstance(document, Mapping) and document.get("Type") == "Notification" else None
    if not isinstance(inner, str):
        return document
    try:
        return orjson.loads(inner)
    except ValueError:
        return None


_SES = Provider(
    rules=(
        When(BOUNCED, {"eventType|notificationType": "bounce", "bounce.bounceType": "permanent"}),
        # An automatic reply comes as a bounce without an action.
        When(RETURNED, {"eventType|notificationType": "bounce", "bounce.bouncedRecipients.0.action": "failed"}),
        When(None, {"eventType|notificationType": "complaint", "complaint.complaintFeedbackType": "not-spam"}),
        When(COMPLAINED, {"eventType|notificationType": "complaint"}),
        When(DELIVERED, {"eventType|notificationType": "delivery"}),
    ),
    event_id="bounce.feedbackId|complaint.feedbackId|mail.messageId",
    message_id="mail.commonHeaders.messageId",
    provider_id="mail.messageId",
    wrote_from="mail.source",
    said="bounce.bouncedRecipients.0.diagnosticCode|complaint.complaintFeedbackType|delivery.smtpResponse|bounce.bounceSubType",
)
_SENDGRID = Provider(
    rules=(
        When(RETURNED, {"event": "bounce", "type": "blocked"}),
        When(BOUNCED, {"event": "bounce"}),
        When(BOUNCED, {"event": "dropped", "reason": "bounced address|invalid"}),
        When(COMPLAINED, {"event": "dropped", "reason": "spam reporting address"}),
        When(RETURNED, {"event": "dropped"}),
        When(COMPLAINED, {"event": "spamreport"}),
        When(DELIVERED, {"event": "delivered"}),
    ),
    event_id="sg_event_id",
    message_id="smtp-id",
    provider_id="sg_message_id",
    said="reason|response",
)
_MAILGUN = Provider(
    rules=(
        When(COMPLAINED, {"event": "failed", "severity": "permanent", "reason": "suppress-complaint"}),
        When(BOUNCED, {"event": "failed", "severity": "permanent", "reason": "bounce|suppress-bounce"}),
        When(RETURNED, {"event": "failed", "severity": "permanent"}),
        When(COMPLAINED, {"event": "complained"}),
        When(DELIVERED, {"event": "delivered"}),
    ),
    events="event-data",
    event_id="id",
    message_id="message.headers.message-id",
    wrote_from="envelope.sender",
    said="delivery-status.message|delivery-status.description|reason",
)
_POSTMARK = Provider(
    rules=(
        When(BOUNCED, {"RecordType": "bounce", "Type": "hardbounce|bademailaddress|manuallydeactivated"}),
        When(COMPLAINED, {"RecordType": "bounce", "Type": "spamcomplaint|spamnotification"}),
        When(RETURNED, {"RecordType": "bounce", "Type": "softbounce|dnserror|blocked|unknown|smtpapierror|dmarcpolicy"}),
        When(COMPLAINED, {"RecordType": "spamcomplaint"}),
        When(DELIVERED, {"RecordType": "delivery"}),
    ),
    event_id="ID|MessageID",
    provider_id="MessageID",
    wrote_from="From",
    address="Email|Recipient",
    said="Details|Description",
)
PROVIDERS: Mapping[str, Provider] = {"ses": _SES, "sendgrid": _SENDGRID, "mailgun": _MAILGUN, "postmark": _POSTMARK}
