"""The door for contacts: NDJSON in, an answer for every line out, while more is still to come."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import httpx
import orjson
import pytest
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette

from tests.connect.payloads import GENESYS, TWILIO
from tests.connect.test_crms import RECORD
from voc.api.global_ids import global_id
from voc.connect import door, ingest
from voc.connect.endpoints import routes
from voc.core import limit
from voc.core import settings as the_settings
from voc.core.access import Action, Actor, Role
from voc.core.db import execute
from voc.customers.models import Channel, Contact, Customer
from voc.staff.tokens import create_token

SYSTEM = Actor.system("test")
Post = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
async def address(db: str) -> AsyncIterator[str]:
    """Where a real server with the doors of this room listens."""
    config = uvicorn.Config(Starlette(routes=list(routes())), port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await serving


@pytest.fixture
async def token(db: str) -> str:
    """The token of a contact centre."""
    return (await create_token(SYSTEM, name="contact centre", role=Role.INTEGRATION))[1]


@pytest.fixture
async def post(address: str, token: str) -> AsyncIterator[Post]:
    """Post to the door with that token."""
    async with httpx.AsyncClient(base_url=address, timeout=30) as client:

        async def send(content: Any, kind: str = "application/x-ndjson", **params: str) -> httpx.Response:
            headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
            return await client.post("/ingest/contacts", content=content, headers=headers, params=params)

        yield send


def ndjson(*many: object) -> bytes:
    return b"".join(orjson.dumps(one) + b"\n" for one in many)


def answers(response: httpx.Response) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("application/x-ndjson")
    return [orjson.loads(line) for line in response.content.splitlines()]


async def test_every_line_has_its_answer(post: Post) -> None:
    contact = {"externalId": "c-1", "customer": {"externalId": "42"}, "occurredAt": "2026-03-03T09:00:00Z"}
    body = (
        ndjson(contact, {**contact, "outcome": "solved"}, contact) + b'\n{"externalId": \n' + ndjson({"channel": "pigeon"}, [1]) + b"null"
    )
    found = answers(await post(body))
    kept = await Contact.get()
    same = global_id("Contact", kept.id)
    assert found[:3] == [
        {"line": 1, "status": "recorded", "id": same},
        {"line": 2, "status": "updated", "id": same},
        {"line": 3, "status": "unchanged", "id": same},
    ]
    assert [(one["line"], one["status"], [fault["code"] for fault in one["faults"]]) for one in found[3:]] == [
        (5, "refused", ["INVALID_JSON"]),
        (6, "refused", ["REQUIRED", "UNKNOWN_VALUE"]),
        (7, "refused", ["NOT_A_MAP"]),
        (8, "refused", ["NOT_A_MAP"]),
    ]
    assert [fault["path"] for fault in found[4]["faults"]] == ["externalId", "channel"]


async def test_a_line_that_is_too_long_is_refused_and_the_next_is_taken(post: Post) -> None:
    long = {"externalId": "c-1", "attributes": {"x": "y" * ingest.LONGEST_LINE}}
    found = answers(await post(ndjson(long, {"externalId": "c-2"})))
    assert [(one["line"], one["status"]) for one in found] == [(1, "refused"), (2, "recorded")]
    assert found[0]["faults"] == [{"path": "", "code": "TOO_LONG", "message": "A line takes at most 65536 bytes."}]


async def test_many_lines_from_a_client_that_reads_only_when_it_has_sent_all(post: Post) -> None:
    count = 2000
    refused = b'{"externalId": "", "channel": "%s"}\n' % (b"x" * 60)
    body = ndjson({"externalId": "first"}) + refused * count + ndjson({"externalId": "last"})
    found = answers(await post(body))
    assert len(found) == count + 2
    assert [found[0]["status"], found[-1]["status"], found[-1]["line"]] == ["recorded", "recorded", count + 2]


class Line:
    """A connection that stays open while lines are sent and answers read."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, address: str, token: str) -> "Line":
        line = cls(*await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2])))
        head = f"POST /ingest/contacts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nTransfer-Encoding: chunked\r\n\r\n"
        line.writer.write(head.encode())
        return line

    def send(self, body: bytes) -> None:
        self.writer.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")

    async def answer(self) -> dict[str, Any]:
        """The next answer; sizes of chunks and headers are skipped."""
        while True:
            read = await asyncio.wait_for(self.reader.readline(), 10)
            if read.startswith(b'{"line"'):
                found: dict[str, Any] = orjson.loads(read)
                return found


async def test_answers_come_while_the_body_is_still_open(address: str, token: str) -> None:
    line = await Line.open(address, token)
    line.send(b'{"externalId": "c-1"}\n{"extern')
    assert [(await line.answer())[name] for name in ("line",)] == [1]
    line.send(b'alId": "c-2"}\n')
    second = await line.answer()
    assert (second["line"], second["status"]) == (2, "recorded")
    line.send(b'{"externalId": "half a li')
    await line.writer.drain()
    line.writer.close()
    await asyncio.sleep(0.3)
    assert {contact.external_id for contact in await Contact.all()} == {"c-1", "c-2"}


async def test_when_recording_fails_the_lines_to_send_again_are_named(address: str, token: str) -> None:
    line = await Line.open(address, token)
    line.send(ndjson({"externalId": "c-1"}))
    assert (await line.answer())["status"] == "recorded"
    await execute("ALTER TABLE contact RENAME TO contact_gone")
    line.send(b"\n" + ndjson({"externalId": "c-2"}, {"externalId": "c-3"}))
    failed = await line.answer()
    assert (failed["line"], failed["status"], failed["message"]) == (3, "failed", "Lines from 3 on were not recorded: send them again.")
    assert "contact_gone" not in str(failed)
    assert len(failed["errorId"]) == 32
    line.writer.close()
    await execute("ALTER TABLE contact_gone RENAME TO contact")


async def test_payloads_of_a_source_are_understood(post: Post) -> None:
    await post(ndjson({"externalId": "c-0", "customer": {"externalId": "42", "name": "Anna", "phone": "+31612345678"}}))
    found = answers(await post(ndjson(GENESYS, {**GENESYS, "mediaType": "INTERNALMESSAGE"}, {"a": 1}), source="genesys"))
    assert [one["status"] for one in found] == ["recorded", "ignored", "refused"]
    assert found[1]["why"] == "Colleagues spoke among themselves."
    kept = await Contact.get(system="genesys")
    assert (kept.channel, kept.touchpoint, kept.customer_id) == (Channel.PHONE, "after-call", (await Customer.get(name="Anna")).id)


async def test_a_webhook_may_send_one_document_or_a_form(post: Post) -> None:
    renamed = await post(
        orjson.dumps(GENESYS, option=orjson.OPT_INDENT_2), "application/json", source="genesys", touchpoint="complaint", system="g-eu"
    )
    assert [one["status"] for one in answers(renamed)] == ["recorded"]
    assert (await Contact.get(system="g-eu")).touchpoint == "complaint"
    two = await post(orjson.dumps([{"externalId": "a"}, {"externalId": "b"}]), "application/json; charset=utf-8")
    assert [(one["line"], one["status"]) for one in answers(two)] == [(1, "recorded"), (2, "recorded")]
    form = await post(urlencode(TWILIO), "application/x-www-form-urlencoded", source="twilio")
    assert [one["status"] for one in answers(form)] == ["recorded"]
    broken = await post(b'{"externalId": "a"}\n{"externalId": "b"}', "application/json")
    assert (broken.status_code, broken.json()["error"]["code"]) == (400, "BAD_REQUEST")
    assert "application/x-ndjson" in broken.json()["error"]["message"]
    assert (await post(b" " * (ingest.LONGEST_DOCUMENT + 1), "application/json")).status_code == 413


async def test_customers_of_a_crm_come_by_the_same_door(post: Post) -> None:
    found = answers(await post(ndjson(RECORD), source="salesforce"))
    kept = await Customer.get(name="Anna de Vries")
    assert found == [{"line": 1, "status": "recorded", "id": global_id("Customer", kept.id)}]


async def test_who_may_not_is_told_before_anything_is_read(address: str, db: str) -> None:
    _, narrow = await create_token(SYSTEM, name="IVR", role=Role.INTEGRATION, scope=[Action.SUBMIT_RESPONSE])
    _, contacts_only = await create_token(SYSTEM, name="ACD", role=Role.INTEGRATION, scope=[Action.RECORD_CONTACT])
    async with httpx.AsyncClient(base_url=address) as client:

        async def status(authorization: str, source: str = "") -> tuple[int, str]:
            headers = {"Authorization": authorization} if authorization else {}
            answer = await client.post(f"/ingest/contacts?source={source}", content=ndjson({"externalId": "c"}), headers=headers)
            return answer.status_code, answer.json()["error"]["code"] if answer.status_code != 200 else ""

        assert await status("") == (401, "UNAUTHENTICATED")
        assert await status("Bearer voc_wrong") == (401, "UNAUTHENTICATED")
        assert await status("Basic !") == (401, "UNAUTHENTICATED")
        assert await status(f"Bearer {narrow}") == (403, "FORBIDDEN")
        assert await status(f"Bearer {contacts_only}", "salesforce") == (403, "FORBIDDEN")
        assert await status(f"Bearer {contacts_only}", "avaya") == (422, "INVALID_INPUT")
        assert await status(f"Bearer {contacts_only}") == (200, "")
        basic = httpx.BasicAuth("voc", contacts_only)
        assert (await client.post("/ingest/contacts", content=ndjson({"externalId": "c"}), auth=basic)).status_code == 200
        assert (await client.get("/ingest/contacts")).status_code == 405
    assert await Contact.all().count() == 1


async def test_whoever_knocks_too_often_is_asked_to_wait(db: str, post: Post, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    the_settings.install(the_settings.Settings(database_url=db, secret=SecretStr("s" * 40), rate_limits=True))
    monkeypatch.setattr(door, "KNOCKS", limit.Limit("door", 2))
    monkeypatch.setattr(door, "WRONG_TOKENS", limit.Limit("wrong-token", 1))
    limit.forget_knocks()
    assert [(await post(ndjson({"externalId": "c"}))).status_code for _ in range(3)] == [200, 200, 429]
    async with httpx.AsyncClient(base_url=address, headers={"Authorization": "Bearer voc_guess"}) as guesser:
        told = [await guesser.post("/ingest/contacts") for _ in range(3)]
    assert [answer.status_code for answer in told] == [401, 429, 429]
    assert 1 <= int(told[-1].headers["retry-after"]) <= 60
    limit.forget_knocks()
