"""Texts over a gateway: its template says what is sent and what the answer means."""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson

from voc.core import clock, settings
from voc.core.gsm7 import messages_for
from voc.outreach.channels.adapter import NotDelivered, Taken
from voc.outreach.channels.texting import no_text, text_of
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.ask import Ask
from voc.outreach.gateways.reading import PLACEHOLDER
from voc.outreach.gateways.settled import Gateway
from voc.outreach.gateways.template import Outcome
from voc.outreach.returning.report_address import report_secret
from voc.outreach.wishes.phone_numbers import without_numbers

if TYPE_CHECKING:
    import httpx

SECONDS = 30.0
MOST_CONNECTIONS = 20
LONGEST_WAIT = timedelta(hours=1)
DOOR = "sms"
_FINAL = {
    Outcome.STOPPED: Reason.SUPPRESSED,
    Outcome.BOUNCED: Reason.RECIPIENT_REFUSED,
    Outcome.REFUSED: Reason.MESSAGE_REFUSED,
}


class GatewayChannel:
    """Hands texts to a gateway, over connections that are used again. Certificates are checked, redirects are not followed."""

    def __init__(self, gateway: Gateway, *, seconds: float = SECONDS) -> None:
        self._gateway, self._template = gateway, gateway.template
        self._seconds = seconds
        self._client: httpx.AsyncClient | None = None

    def undeliverable(self, ask: Ask) -> Reason | None:
        """A number that takes no texts, a country that texts do not go to, a text that is too long."""
        return no_text(ask, most_parts=self._template.most_parts, countries=self._gateway.countries)

    async def send(self, ask: Ask) -> Taken:
        """Hand the text over. Whatever the template does not know as final is worth another attempt."""
        import httpx  # half a second that only a worker with a gateway pays

        try:
            answer = await self._opened().send(self._request(ask))
        except httpx.TimeoutException:
            raise NotDelivered(f"{self._template.name} gave no answer within {self._seconds:g} seconds; it may have left") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise NotDelivered(f"{self._template.name} could not be reached: {type(error).__name__}") from None
        return self._understood(answer)

    async def close(self) -> None:
        """Close the connections."""
        if self._client:
            await self._client.aclose()
            self._client = None

    def _opened(self) -> "httpx.AsyncClient":
        import httpx

        if self._client is None:
            limits = httpx.Limits(max_connections=MOST_CONNECTIONS, keepalive_expiry=20)
            self._client = httpx.AsyncClient(timeout=self._seconds, limits=limits, follow_redirects=False, trust_env=False)
        return self._client

    def _request(self, ask: Ask) -> "httpx.Request":
        sending, known = self._template.send, self._known(ask)
        headers = {name: filled(text, known) for name, text in sending.headers.items()}
        if sending.sign_in:
            credentials = ":".join(filled(text, known) for text in sending.sign_in)
            headers["Authorization"] = f"Basic {b64encode(credentials.encode()).decode()}"
        url = filled(sending.url, known, lambda value: quote(value, safe=""))
        form = {name: filled(text, known) for name, text in sending.form.items()} if sending.form is not None else None
        body = None if form is not None else everywhere(sending.body, known)
        return self._opened().build_request(sending.method, url, headers=headers, data=form, json=body)

    def _known(self, ask: Ask) -> Mapping[str, str]:
        text, digits = text_of(ask), ask.address.removeprefix("+")
        alphabet = messages_for(text).alphabet.value
        return {
            "to": ask.address,
            "to_digits": digits,
            "to_zeros": f"00{digits}",
            "sender": self._gateway.sender,
            "text": text,
            "alphabet": self._template.send.alphabets.get(alphabet, alphabet),
            "reference": hashlib.sha256(ask.message_id.encode()).hexdigest()[:32],
            "receipts": door_address("reports", self._template.key),
            "account": self._gateway.account,
            "key": self._gateway.key,
        }

    def _understood(self, answer: "httpx.Response") -> Taken:
        texts = self._template.send.answer.texts(_json(answer.content), answer.status_code)
        outcome = self._template.send.answer.outcome(texts)
        said = f"{answer.status_code} {without_numbers(str(texts.get('said', '')))}".strip()[:200]
        if outcome is Outcome.TAKEN:
            return Taken(said, str(texts.get("id", "")), is_confirmed_later=self._template.receipts is not None)
        if outcome in _FINAL:
            is_bounce, said_stop = outcome is Outcome.BOUNCED, outcome is Outcome.STOPPED
            raise NotDelivered(said, final=_FINAL[outcome], is_bounce=is_bounce, said_stop=said_stop)
        raise NotDelivered(said, wait=asked_wait(answer.headers.get("retry-after", "")))


def door_address(door: str, key: str) -> str:
    """Where a gateway brings its `reports` (receipts) or `replies`; the secret in it is made from the server's key."""
    return f"{settings.current().base_url}/{door}/{DOOR}/{quote(key, safe='')}/{report_secret(DOOR, key)}"


def filled(text: str, known: Mapping[str, str], written: Callable[[str], str] = str) -> str:
    """The text with its placeholders filled, in one go: what is put in is never read again."""
    return PLACEHOLDER.sub(lambda found: written(known[found[1]]), text)


def everywhere(value: Any, known: Mapping[str, str]) -> Any:
    """A JSON value with all its texts filled."""
    if isinstance(value, Mapping):
        return {name: everywhere(one, known) for name, one in value.items()}
    if isinstance(value, list):
        return [everywhere(one, known) for one in value]
    return filled(value, known) if isinstance(value, str) else value


def asked_wait(retry_after: str) -> timedelta | None:
    """How long the header asks to wait, at most an hour; None where it asks for nothing."""
    if retry_after.isdecimal() and len(retry_after) < 9:
        return min(timedelta(seconds=int(retry_after)), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(retry_after) - clock.now()
    except (TypeError, ValueError):
        return None
    return min(wait, LONGEST_WAIT) if wait > timedelta() else None


def _json(content: bytes) -> object:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
