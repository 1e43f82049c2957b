"""`POST /ingest/contacts`: contacts as they come from the contact centre, one JSON object a line, answered line by line.

The body may be as long as it likes: it is read as fast as it is recorded, and never held. `?source=` names whose payloads they are.
A single JSON document (or a form, as Twilio sends it) is taken as well, for webhooks.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send

from voc.connect.adapters.sources import CRMS, adapter_of
from voc.connect.adapters.told import Adapter, Terms
from voc.connect.door import TooOften, refusal, whoever_knocks
from voc.connect.lines import Line, Lines
from voc.connect.spool import Spool
from voc.connect.take_in import Answer, Item, take_in
from voc.core import settings
from voc.core.access import Action, Actor
from voc.core.errors import Fault, Refusal
from voc.core.ids import new_id
from voc.core.jobs.failing import describe

LONGEST_LINE = 64 * 1024
LONGEST_DOCUMENT = 1024 * 1024
BATCH = 250
PATIENCE_SECONDS = 0.1
NDJSON = "application/x-ndjson"
log = logging.getLogger("voc.connect")


async def ingest_contacts(request: Request) -> Response:
    """Record what comes in. 401, 403, 422 (unknown source) and 429 are said before anything is read; then every line has its answer."""
    asked = request.query_params
    try:
        source = asked.get("source", "")
        adapter = adapter_of(source)
        actor = await whoever_knocks(request, Action.UPSERT_CUSTOMER if source in CRMS else Action.RECORD_CONTACT)
    except (Refusal, TooOften) as error:
        return refusal(error)
    terms = Terms(asked.get("system") or source, asked.get("touchpoint", ""), settings.current().default_country)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("application/json", "application/x-www-form-urlencoded"):
        return await _whole(request, actor, adapter, terms, is_form=kind != "application/json")
    return _LineByLine(actor, adapter, terms)


async def _whole(request: Request, actor: Actor, adapter: Adapter, terms: Terms, *, is_form: bool) -> Response:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_DOCUMENT:
            message = f"A document takes at most {LONGEST_DOCUMENT} bytes: send more as {NDJSON}, one JSON object a line."
            return JSONResponse({"error": {"code": "PAYLOAD_TOO_LARGE", "message": message}}, 413)
    try:
        found = dict(parse_qsl(body.decode(), keep_blank_values=True)) if is_form else orjson.loads(body)
    except ValueError:
        message = f"The body is not one JSON document. For one object a line, send it as {NDJSON}."
        return JSONResponse({"error": {"code": "BAD_REQUEST", "message": message}}, 400)
    many = found if isinstance(found, list) else [found]
    answers = await take_in(actor, [Item(number, payload) for number, payload in enumerate(many, 1)], adapter, terms)
    return Response(_text(answers), media_type=NDJSON)


class _LineByLine(Response):
    """Reads the body while it answers. Starlette's own streaming answer would eat the body, looking for a hang-up."""

    def __init__(self, actor: Actor, adapter: Adapter, terms: Terms) -> None:
        super().__init__(media_type=NDJSON)
        del self.headers["content-length"]
        self._actor, self._adapter, self._terms = actor, adapter, terms
        self._waiting: list[Item] = []
        self._spool = Spool()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as soon as there is something to say, however much is still to come."""
        reading = asyncio.create_task(self._read(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            while part := await self._spool.get():
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            reading.cancel()
            with suppress(asyncio.CancelledError):
                await reading
            self._spool.close()

    async def _read(self, receive: Receive) -> None:
        try:
            await self._read_lines(receive)
        except Exception as error:
            error_id = new_id().hex
            log.error("ingest broke off", extra={"error_id": error_id, "error": describe(error)})
            first = self._waiting[0].number if self._waiting else 0
            message = f"Lines from {first} on were not recorded: send them again."
            self._spool.put(_text([{"line": first, "status": "failed", "errorId": error_id, "message": message}]))
        finally:
            self._spool.end()

    async def _read_lines(self, receive: Receive) -> None:
        lines = Lines(LONGEST_LINE)
        coming: asyncio.Future[Message] | None = None
        try:
            while True:
                coming = coming or asyncio.ensure_future(receive())
                await asyncio.wait({coming}, timeout=PATIENCE_SECONDS if self._waiting else None)
                if not coming.done():
                    await self._flush()
                    continue
                message, coming = coming.result(), None
                for line in lines.feed(message.get("body", b"")):
                    await self._add(line)
                if message["type"] == "http.disconnect":
                    # What was begun is only half a line: whoever sent it will send it again.
                    return await self._flush()
                if not message.get("more_body"):
                    for line in lines.end():
                        await self._add(line)
                    return await self._flush()
        finally:
            if coming:
                coming.cancel()

    async def _add(self, line: Line) -> None:
        self._waiting.append(_item(line))
        if len(self._waiting) >= BATCH:
            await self._flush()

    async def _flush(self) -> None:
        if self._waiting:
            self._spool.put(_text(await take_in(self._actor, self._waiting, self._adapter, self._terms)))
            self._waiting = []


def _item(line: Line) -> Item:
    if line.text is None:
        return Item(line.number, fault=Fault("", "TOO_LONG", f"A line takes at most {LONGEST_LINE} bytes."))
    try:
        return Item(line.number, orjson.loads(line.text))
    except orjson.JSONDecodeError as error:
        return Item(line.number, fault=Fault("", "INVALID_JSON", f"This line is no JSON: {str(error)[:200]}."))


def _text(answers: Sequence[Answer]) -> bytes:
    return b"".join(orjson.dumps(answer) + b"\n" for answer in answers)
