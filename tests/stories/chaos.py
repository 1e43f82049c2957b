"""Contacts arrive and customers answer while processes are killed; then the books are checked. Small in a test, large in a bench."""

import asyncio
import random
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx

from tests.stories.installation import Service
from voc.core.db import close_database, open_database, rows
from voc.demo.contacts import KINDS
from voc.demo.doors import DemoFault, Doors
from voc.demo.voices import Voice

T = TypeVar("T")
AT_ONCE = 50
BAD = Voice("bad", "Nobody called me back although you promised to. Very disappointed.", wants_call=False)


@dataclass
class Books:
    """What the outside world was told had been accepted."""

    contacts: set[str] = field(default_factory=set)
    answers: set[str] = field(default_factory=set)
    kills: int = 0


async def storm(service: Service, *, contacts: int, answers: int, kills: int, seed: int = 1) -> Books:
    """Report contacts in small batches and answer mails, killing a process again and again; end once all was accepted."""
    dice, books = random.Random(seed), Books()
    doors = Doors(service.base_url, service.token)
    done = asyncio.Event()
    killer = asyncio.create_task(_kill_now_and_then(service, books, kills, dice, done))
    try:
        await asyncio.gather(_report(doors, books, contacts), _answer(service, doors, books, answers))
    finally:
        done.set()
        await killer
        await doors.close()
    return books


async def settle(service: Service, seconds: float = 90) -> None:
    """Wait until no job is ready, running or due soon."""
    await open_database(service.database_url)
    try:
        for _ in range(int(seconds * 2)):
            left = await rows("SELECT count(*) AS n FROM job WHERE state IN ('ready', 'sent') AND kind NOT LIKE 'routine.%'")
            if not left[0]["n"]:
                return
            await asyncio.sleep(0.5)
        raise AssertionError(f"still {left[0]['n']} jobs after {seconds} s")
    finally:
        await close_database()


async def faults(service: Service, books: Books) -> dict[str, Any]:
    """Everything that is not as promised; empty when nothing was lost and nothing doubled."""
    await open_database(service.database_url)
    try:
        return {name: found for name, found in (await _faults(service, books)).items() if found}
    finally:
        await close_database()


async def _faults(service: Service, books: Books) -> dict[str, Any]:
    decisions = await rows(
        """SELECT c.external_id, count(d.id) AS n FROM contact c LEFT JOIN decision d ON d.contact_id = c.id GROUP BY c.external_id"""
    )
    decided = {row["external_id"]: row["n"] for row in decisions}
    unsent = await rows(
        """SELECT d.id FROM decision d LEFT JOIN invitation i ON i.decision_id = d.id
           WHERE d.verdict = 'send' AND (i.id IS NULL OR i.state <> 'sent')"""
    )
    received = Counter(str(mail.message["Message-ID"]) for mail in service.mailbox.mails.values())
    attempts = Counter(
        {row["message_id"]: row["n"] for row in await rows("SELECT message_id, count(*) AS n FROM delivery GROUP BY message_id")}
    )
    invited = await rows("SELECT count(*) AS n FROM invitation WHERE state = 'sent'")
    unread = await rows(
        """SELECT a.id FROM answer a
           LEFT JOIN reading g ON g.response_id = a.response_id AND g.question = a.question AND g.superseded_at IS NULL
           WHERE a.kind = 'text' GROUP BY a.id HAVING count(g.id) <> 1"""
    )
    unscored = await rows(
        """SELECT a.id FROM answer a
           LEFT JOIN score s ON s.response_id = a.response_id AND s.question = a.question AND s.superseded_at IS NULL
           WHERE a.kind IN ('nps', 'csat', 'ces') GROUP BY a.id HAVING count(s.id) <> 1"""
    )
    untasked = await rows("SELECT r.id FROM response r LEFT JOIN task t ON t.response_id = r.id GROUP BY r.id HAVING count(t.id) <> 1")
    responses = (await rows("SELECT count(*) AS n FROM response WHERE state = 'complete'"))[0]["n"]
    dead = await rows("SELECT kind, error FROM job WHERE state = 'dead'")
    return {
        "contacts lost": sorted(books.contacts - set(decided)),
        "contacts without exactly one decision": sorted(name for name, n in decided.items() if n != 1),
        "decisions to send without a sent invitation": unsent,
        "invitations without mail": invited[0]["n"] - len(received),
        "repeated mails that were not recorded": {one: n for one, n in received.items() if n > attempts[one]},
        "answers lost": max(0, len(books.answers) - responses),
        "texts without exactly one reading": unread,
        "metric answers without exactly one score": unscored,
        "responses without exactly one task": untasked,
        "dead jobs": dead,
    }


async def _report(doors: Doors, books: Books, count: int, batch: int = 10) -> None:
    for start in range(0, count, batch):
        lines = [_contact(number) for number in range(start, min(start + batch, count))]
        outcome = await _again(lambda lines=lines: doors.ingest(lines))  # type: ignore[misc]
        assert not [line for line in outcome if line["status"] == "refused"], outcome
        books.contacts.update(str(line["externalId"]) for line in lines)
        await asyncio.sleep(0.05)


def _contact(number: int) -> dict[str, object]:
    customer = {"externalIds": [{"system": "crm", "externalId": f"S{number}"}], "email": f"s{number}@post.example", "language": "en"}
    return {
        "system": "contact-centre",
        "externalId": f"storm-{number}",
        "customer": customer,
        "touchpoint": KINDS[0].touchpoint,
        "channel": "phone",
        "outcome": "solved",
        "queue": "billing-nl",
        "endedAt": (datetime.now(UTC) - timedelta(minutes=1)).isoformat(),
    }


async def _answer(service: Service, doors: Doors, books: Books, count: int) -> None:
    seen: set[str] = set()
    turns = asyncio.Semaphore(AT_ONCE)
    async with asyncio.TaskGroup() as people:
        while len(seen) < count:
            new = {mail.to: mail for mail in list(service.mailbox.mails.values()) if mail.to not in seen}
            for mail in list(new.values())[: count - len(seen)]:
                link = re.search(r"https?://\S+/s/\S+", mail.part("plain"))
                assert link, mail.subject
                seen.add(mail.to)
                people.create_task(_answer_one(doors, books, mail.to, link[0], turns))
            await asyncio.sleep(0.1)


async def _answer_one(doors: Doors, books: Books, who: str, link: str, turns: asyncio.Semaphore) -> None:
    async with turns:
        await _again(lambda: doors.answer(link, BAD))
    books.answers.add(who)


async def _again(act: Callable[[], Awaitable[T]], seconds: float = 60) -> T:
    for _ in range(int(seconds * 5)):
        try:
            return await act()
        except (httpx.TransportError, DemoFault):
            await asyncio.sleep(0.2)
    return await act()


async def _kill_now_and_then(service: Service, books: Books, kills: int, dice: random.Random, done: asyncio.Event) -> None:
    while books.kills < kills and not done.is_set():
        await asyncio.sleep(dice.uniform(0.4, 2.0))
        name = dice.choice(sorted(service.processes))
        service.kill(name)
        books.kills += 1
        await asyncio.sleep(dice.uniform(0, 0.5))
        service.revive(name)
        await asyncio.to_thread(service.wait_until_ready)
