"""What the device of a kiosk and the service tell each other: answers in batches, the code of the staff, the worker that keeps the page."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from voc.core import clock
from voc.core.errors import Conflict, Fault, Invalid
from voc.core.limit import Limit
from voc.outreach.open.door import open_door
from voc.outreach.open.kinds import OpenLinkKind
from voc.outreach.open.kiosk import hear_from_kiosk
from voc.outreach.open.kiosk_editions import edition_numbered
from voc.outreach.open.kiosk_pin import opens
from voc.responses.kiosk import KioskAnswers, kiosk_actor, take_from_kiosk
from voc.web import static_files
from voc.web.dead_ends import unknown_link
from voc.web.kiosk_page import Kiosk, meet
from voc.web.posted_form import MOST_FIELDS, PostedForm
from voc.web.questions.posted import typed_values
from voc.web.visit import spoken_language

MOST = 250
LARGEST = 1024 * 1024
TRIES = Limit("code of a kiosk", 5)
_WORKER_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"


async def take_batch(request: Request) -> Response:
    """Take up to 250 answers, each by itself, and say of each whether it was; bringing one again changes nothing.

    The body is JSON: `now` (the device's clock, in ms), `waiting` (how many stay on the device if all are taken), and `answers` with `id`,
    `number` of the edition, `language`, `at` (when it was answered, by the same clock), `left`, and `fields`, pairs as a form posts them.
    Of each comes back `taken`, or `why` not and the `faults` by name; `plan` says whether the kiosk is open, the edition it asks and its
    code (hashed): with another one than it has, the device reads its page again. 413 for too many or too much, 400 for what is no batch.
    """
    kiosk = await meet(request)
    if isinstance(kiosk, Response):
        return kiosk
    sent = await _json(request)
    if isinstance(sent, Response):
        return sent
    answers = sent.get("answers")
    if not isinstance(answers, list) or not isinstance(sent.get("now"), int) or not isinstance(sent.get("waiting"), int):
        return _refused("Send `now`, `waiting` and `answers`.", 400)
    if len(answers) > MOST:
        return _refused(f"Send at most {MOST} answers at a time.", 413)
    results = [await _taken(kiosk, one, sent["now"]) for one in answers]
    await hear_from_kiosk(kiosk_actor(kiosk.door), kiosk.door, sent["waiting"] + sum(not one["taken"] for one in results))
    return JSONResponse({"results": results, "plan": [not kiosk.shut, kiosk.edition.number, kiosk.door.pin_hash]})


async def try_code(request: Request) -> Response:
    """Whether `pin` is the code of the staff: for devices that cannot tell by themselves, at most five times a minute (429)."""
    kiosk = await meet(request)
    if isinstance(kiosk, Response):
        return kiosk
    wait = TRIES.seconds_to_wait(str(kiosk.door.id))
    if wait:
        return JSONResponse({"opens": False}, status_code=429, headers={"Retry-After": str(wait)})
    sent = await _json(request)
    if isinstance(sent, Response):
        return sent
    return JSONResponse({"opens": opens(str(sent.get("pin"))[:20], kiosk.door.pin_hash or "")})


async def worker(request: Request) -> Response:
    """The script that keeps the page for when there is no network; it stands below the address whose page it keeps, which must be one."""
    door = await open_door(request.path_params["secret"])
    if door is None or door.kind is not OpenLinkKind.KIOSK:
        return unknown_link(request)
    files = orjson.dumps([static_files.address(name) for name in ("kiosk.css", "kiosk.js")]).decode()
    body = f"const FILES = {files}\n{static_files.text('kiosk_worker.js')}"
    allowed = f"/k/{request.path_params['secret']}"
    headers = {"Service-Worker-Allowed": allowed, "Cache-Control": "no-cache", "Content-Security-Policy": _WORKER_POLICY}
    return Response(body, media_type="text/javascript", headers=headers)


async def _taken(kiosk: Kiosk, sent: object, now: int) -> dict[str, object]:
    found = sent if isinstance(sent, dict) else {}
    told: dict[str, object] = {"id": str(found.get("id"))[:64], "taken": False, "faults": {}}
    try:
        brought = await _read(kiosk, found, now)
        await take_from_kiosk(kiosk_actor(kiosk.door), kiosk.door, brought)
    except Invalid as refused:
        faults = [replace(fault, path=fault.path.removeprefix("answers.")) for fault in refused.faults]
        return {**told, "why": refused.message, "faults": {fault.path: fault.message for fault in faults}}
    except Conflict as refused:
        return {**told, "why": refused.message}
    return {**told, "taken": True}


async def _read(kiosk: Kiosk, sent: Mapping[str, Any], now: int) -> KioskAnswers:
    """One answer as it was sent; Invalid where it is none."""
    number, fields, at = sent.get("number"), sent.get("fields"), sent.get("at")
    edition = await edition_numbered(kiosk.door, number) if isinstance(number, int) and 0 < number < 2**31 else None
    if edition is None:
        raise Invalid.at("number", "UNKNOWN_VERSION", "There is no such edition of this survey that a kiosk can ask.")
    if not isinstance(fields, list) or not isinstance(at, int):
        raise Invalid([Fault("fields", "NO_ANSWER", "Send `fields` and `at` with each answer.")])
    form = PostedForm(_by_name(fields))
    return KioskAnswers(
        id=_id(sent.get("id")),
        number=edition.number,
        version_id=edition.version_id,
        language=spoken_language(edition.questionnaire, str(sent.get("language"))),
        raw=typed_values(edition.plan.questions(), form, phone=None, files={}).raw,
        answered_at=max(_moment(now, at), edition.published_at),
        is_left=sent.get("left") is True,
    )


def _by_name(fields: list[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in fields[:MOST_FIELDS]:
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair)):
            raise Invalid.at("fields", "NO_PAIR", "Each of `fields` is a pair of texts: a name and a value.")
        found.setdefault(pair[0], []).append(pair[1])
    return found


def _id(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise Invalid.at("id", "NO_ID", "Give each answer an id of its own: a UUID.") from None


def _moment(now: int, at: int) -> datetime:
    """When it was answered by our clock: the device's may be wrong, but it knows how long ago it was, unless it was set in between."""
    ago = timedelta(milliseconds=max(0, min(now - at, 10**12)))
    return clock.now() - ago


async def _json(request: Request) -> dict[str, Any] | Response:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return _refused("Send less at a time.", 413)
    try:
        sent = orjson.loads(bytes(body))
    except orjson.JSONDecodeError:
        sent = None
    return sent if isinstance(sent, dict) else _refused("Send JSON.", 400)


def _refused(message: str, status: int) -> Response:
    return JSONResponse({"message": message}, status_code=status)
