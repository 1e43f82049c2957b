"""Four gateways for texts on a port of this machine, each taking requests and answering in the shape that its provider documents."""

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import orjson
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from voc.core import settings
from voc.outreach.gateways import settled

HOSTS = {
    "twilio": "https://api.twilio.com",
    "bird": "https://api.bird.com",
    "cm": "https://gw.messaging.cm.com",
    "vonage": "https://rest.nexmo.com",
}
ACCOUNT, KEY, SIGNING_KEY, SENDER = "AC01", "key-of-the-gateway", "signs-with-this", "+31970000000"
LANDLINE, STOPPED, BUSY, AWAY = "+31612340001", "+31612340002", "+31612340003", "+31612340004"
"""Numbers that the gateways know to be no good, to have said stop, to be asked for too fast, or that they send elsewhere for."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text as a gateway took it."""

    to: str
    text: str
    id: str
    request: dict[str, Any]


@dataclass
class Gateways:
    """What was taken, in order."""

    port: int = 0
    texts: list[Text] = field(default_factory=list)

    def take(self, to: str, text: str, request: dict[str, Any], own_id: str = "") -> str:
        """Take a text and give the id of it."""
        self.texts.append(Text(to, text, own_id or f"id-{len(self.texts) + 1}", request))
        return self.texts[-1].id

    def use(self, key: str, folder: Path, **other: object) -> None:
        """Make the shipped template of that name, pointed here, the gateway of the process."""
        shipped = Path(settled.__file__).with_name(f"{key}.yaml").read_text("utf-8")
        template = folder / f"{key}.yaml"
        assert HOSTS[key] in shipped
        template.write_text(shipped.replace(HOSTS[key], f"http://127.0.0.1:{self.port}"), "utf-8")
        changed = {
            "sms_gateway": str(template),
            "sms_sender": SENDER,
            "sms_account": SecretStr(ACCOUNT),
            "sms_key": SecretStr(KEY),
            "sms_signing_key": SecretStr(SIGNING_KEY) if key in ("bird", "vonage") else None,
            **other,
        }
        settings.install(settings.current().model_copy(update=changed))


@asynccontextmanager
async def text_gateways() -> AsyncIterator[Gateways]:
    """All four, on one free port."""
    made = Gateways()
    shapes: dict[str, Callable[[Gateways, dict[str, Any], Request], Response]] = {
        "/2010-04-01/Accounts/{account}/Messages.json": _twilio,
        "/workspaces/{account}/channels/{channel}/messages": _bird,
        "/v1.0/message": _cm,
        "/sms/json": _vonage,
    }
    app = Starlette(routes=[Route(path, _endpoint(made, shape), methods=["POST"]) for path, shape in shapes.items()])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    made.port = server.servers[0].sockets[0].getsockname()[1]
    yield made
    server.should_exit = True
    await serving


def _endpoint(made: Gateways, shape: Callable[[Gateways, dict[str, Any], Request], Response]) -> Callable[[Request], Any]:
    async def take(request: Request) -> Response:
        body = await request.body()
        is_json = request.headers["content-type"].startswith("application/json")
        return shape(made, orjson.loads(body) if is_json else dict(parse_qsl(body.decode())), request)

    return take


def _twilio(made: Gateways, form: dict[str, Any], request: Request) -> Response:
    wanted = f"Basic {base64.b64encode(f'{ACCOUNT}:{KEY}'.encode()).decode()}"
    if request.headers.get("authorization") != wanted:
        return JSONResponse({"code": 20003, "message": "Authenticate", "status": 401}, 401)
    to, text = form["To"], form["Body"]
    if to == LANDLINE:
        return JSONResponse({"code": 21211, "message": f"Invalid 'To' Phone Number: {to}", "status": 400}, 400)
    if to == STOPPED:
        return JSONResponse({"code": 21610, "message": "Attempt to send to unsubscribed recipient", "status": 400}, 400)
    if to == BUSY:
        return JSONResponse({"code": 20429, "message": "Too many requests", "status": 429}, 429, {"Retry-After": "90"})
    if to == AWAY:
        return RedirectResponse("http://127.0.0.1:9/elsewhere", 307)
    assert form["From"] == SENDER
    assert form["StatusCallback"]
    return JSONResponse({"sid": made.take(to, text, form), "status": "queued", "error_code": None}, 201)


def _bird(made: Gateways, body: dict[str, Any], request: Request) -> Response:
    if request.headers.get("authorization") != f"AccessKey {KEY}":
        return JSONResponse({"code": "Unauthorized", "message": "no such key"}, 401)
    contact = body["receiver"]["contacts"][0]
    assert contact["identifierKey"] == "phonenumber"
    taken = made.take(contact["identifierValue"], body["body"]["text"]["text"], body)
    return JSONResponse({"id": taken, "status": "accepted", "reference": body["reference"]}, 202)


def _cm(made: Gateways, body: dict[str, Any], request: Request) -> Response:
    if request.headers.get("x-cm-producttoken") != KEY:
        return JSONResponse({"details": "Invalid product token.", "errorCode": 103, "messages": []}, 401)
    message = body["messages"]["msg"][0]
    number = message["to"][0]["number"]
    made.take(f"+{number.removeprefix('00')}", message["body"]["content"], body, message["reference"])
    answer = {"to": number, "status": "Accepted", "reference": message["reference"], "parts": 1, "messageErrorCode": 0}
    return JSONResponse({"details": "Created 1 message(s)", "errorCode": 0, "messages": [answer]})


def _vonage(made: Gateways, form: dict[str, Any], request: Request) -> Response:
    """It answers 200 whatever it thinks of a text."""
    if (form["api_key"], form["api_secret"]) != (ACCOUNT, KEY):
        return JSONResponse({"message-count": "1", "messages": [{"status": "4", "error-text": "Bad Credentials"}]})
    assert form["type"] in ("text", "unicode")
    taken = made.take(f"+{form['to']}", form["text"], form)
    return JSONResponse({"message-count": "1", "messages": [{"to": form["to"], "message-id": taken, "status": "0", "network": "20408"}]})
