"""The doors of the gateway for texts: `POST /reports/sms/…` takes receipts, `POST /replies/sms/…` what customers write back.

The address carries a secret made from the server's key (404 where it is wrong), and gateways that sign prove themselves beyond it (403).
Nothing is written before both are right; what is taken is written down first and followed by a job.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voc.connect.gateway_signature import Call, is_genuine
from voc.core import settings
from voc.core.access import Actor
from voc.core.limit import Limit, network_of
from voc.outreach.channels.gateway import DOOR
from voc.outreach.gateways.settled import Gateway, gateway_in
from voc.outreach.gateways.template import Replies, Template, Told
from voc.outreach.returning.inbound import Written, keep_written
from voc.outreach.returning.receipts import take_receipt
from voc.outreach.returning.reply_words import Meaning
from voc.outreach.returning.report_address import is_report_secret
from voc.outreach.wishes.phone_numbers import as_e164, without_numbers

LONGEST = 64 * 1024
_FORM = "application/x-www-form-urlencoded"
WRONG = Limit("wrong-report", 20)
GATEWAY = Actor.system("gateway")
log = logging.getLogger("voc.connect")


def routes() -> list[Route]:
    """Both doors."""
    where = f"{DOOR}/{{key}}/{{secret}}"
    return [
        Route(f"/reports/{where}", take_report, methods=["POST"]),
        Route(f"/replies/{where}", take_reply, methods=["POST"]),
    ]


async def take_report(request: Request) -> Response:
    """How a text fared. What tells nothing final is answered and forgotten."""
    return await _taken(request, _report)


async def take_reply(request: Request) -> Response:
    """What a customer wrote."""
    return await _taken(request, _reply)


@dataclass(frozen=True, slots=True)
class _Said:
    fields: Mapping[str, str]
    document: object


async def _taken(request: Request, note: Callable[[Template, object], Awaitable[bool]]) -> Response:
    gateway = gateway_in(settings.current())
    if gateway is None or not _is_address(request, gateway):
        return _refused(request, 404)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            return Response(status_code=413)
    kind = request.headers.get("content-type", _FORM).partition(";")[0].strip().lower()
    if not (kind == _FORM or kind.endswith("json")):
        return Response(status_code=415)
    said = _read(kind, bytes(body))
    if said is None:
        return Response(status_code=400)
    call = Call(_address(request), {name.lower(): value for name, value in request.headers.items()}, bytes(body), said.fields)
    if not is_genuine(gateway.template.signature, gateway.signing_key, call):
        log.warning("a call with a wrong signature", extra={"gateway": gateway.template.key})
        return _refused(request, 403)
    if not await note(gateway.template, said.document):
        return Response(status_code=404)
    return Response(gateway.template.says, media_type=gateway.template.says_type)


async def _report(template: Template, document: object) -> bool:
    if template.receipts is None:
        return False
    texts = _texts(template.receipts, document)
    outcome = template.receipts.outcome(texts)
    if outcome and texts.get("id"):
        await take_receipt(GATEWAY, template.key, texts["id"], outcome, without_numbers(texts.get("said", "")))
    return True


async def _reply(template: Template, document: object) -> bool:
    replies = template.replies
    if replies is None:
        return False
    texts = _texts(replies.told, document)
    if not (texts.get("id") and texts.get("sender")):
        log.warning("a reply that names no sender or has no id", extra={"gateway": template.key})
        return True
    written = Written(
        gateway=template.key,
        provider_id=texts["id"],
        sender=as_e164(texts["sender"], settings.current().default_country),
        text=texts.get("text", ""),
        wish=_wish(replies, texts),
        is_signed=template.is_signed,
    )
    await keep_written(GATEWAY, written)
    return True


def _texts(told: Told, document: object) -> dict[str, str]:
    """What is read of a call, without NUL, which no database keeps."""
    return {name: str(text).replace("\0", "") for name, text in told.texts(document).items()}


def _wish(replies: Replies, texts: Mapping[str, str]) -> str:
    """What the gateway itself took the text for."""
    flags = ((Meaning.STOP, replies.stops), (Meaning.RESUME, replies.resumes))
    return next((wish.value for wish, when in flags if when and when.evaluate({"told": texts}) is True), "")


def _is_address(request: Request, gateway: Gateway) -> bool:
    key = gateway.template.key
    return request.path_params["key"] == key and is_report_secret(DOOR, key, request.path_params["secret"])


def _refused(request: Request, status: int) -> Response:
    """Whoever tries addresses or signatures is soon made to wait; a gateway never is."""
    wait = WRONG.seconds_to_wait(network_of(request.client.host if request.client else ""))
    return Response(status_code=429, headers={"Retry-After": str(wait)}) if wait else Response(status_code=status)


def _address(request: Request) -> str:
    """The whole address as the gateway was given it; what a proxy made of it does not matter."""
    path = request.scope.get("raw_path", request.url.path.encode()).decode("ascii", "replace")
    query = request.url.query
    return f"{settings.current().base_url}{path}{'?' if query else ''}{query}"


def _read(kind: str, body: bytes) -> _Said | None:
    """The fields of a form, or a JSON document with the texts of its first level; None where it is none."""
    try:
        if kind != _FORM:
            document = orjson.loads(body)
            first = document.items() if isinstance(document, dict) else ()
            return _Said({name: str(value) for name, value in first if isinstance(value, str | int | float)}, document)
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
    except ValueError:
        return None
    return _Said(fields, fields)
