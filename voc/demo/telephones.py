"""A real gateway for texts that go nowhere: it takes them over HTTP, tells that they arrived, and lets their customers text back."""

import asyncio
import base64
import hmac
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TEMPLATE = Path(__file__).with_name("texts.yaml")
KEPT = 500


@dataclass(frozen=True, slots=True)
class Text:
    """One text as it arrived; `number` counts from 1."""

    number: int
    to: str
    text: str


class Telephones:
    """Takes texts at `/texts`, keeps the newest, and tells a listener of each. What it tells is signed with `key`, and told to the service
    whose address of `replies` it knows, to nobody else."""

    def __init__(self, key: str, replies: str) -> None:
        self.key, self.replies = key, replies
        self.service = replies.partition("/replies/")[0] + "/"
        self.texts: OrderedDict[int, Text] = OrderedDict()
        self._heard: Callable[[Text], None] | None = None
        self._count = 0
        self._telling: set[asyncio.Task[None]] = set()

    def routes(self) -> list[Route]:
        """Where the service hands texts over."""
        return [Route("/texts", self._take, methods=["POST"])]

    def on_text(self, heard: Callable[[Text], None]) -> None:
        """Call `heard` for each text from now on."""
        self._heard = heard

    async def reply(self, text: Text, words: str) -> None:
        """Text back, as the customer would."""
        self._count += 1
        await self._tell(self.replies, {"id": f"reply-{self._count}", "sender": text.to, "text": words})

    async def _take(self, request: Request) -> Response:
        form = await request.form()
        receipts = str(form.get("receipts", ""))
        if not (receipts.startswith(self.service) and "to" in form and "text" in form):  # any page in a browser can post a form here
            return JSONResponse({"code": "not ours"}, 422)
        self._count += 1
        text = Text(self._count, str(form["to"]), str(form["text"]))
        self.texts[text.number] = text
        while len(self.texts) > KEPT:
            self.texts.popitem(last=False)
        task = asyncio.create_task(self._tell(receipts, {"id": f"text-{text.number}", "status": "delivered"}))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)
        if self._heard:
            self._heard(text)
        return JSONResponse({"id": f"text-{text.number}"}, 201)

    async def _tell(self, address: str, form: dict[str, str]) -> None:
        signed = address + "".join(f"{name}{form[name]}" for name in sorted(form))
        signature = base64.b64encode(hmac.digest(self.key.encode(), signed.encode(), "sha1")).decode()
        async with httpx.AsyncClient(timeout=10) as web:
            await web.post(address, data=form, headers={"X-Twilio-Signature": signature})
