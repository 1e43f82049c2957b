"""One story from beginning to end: a call ends badly, and the right team hears of it."""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from voc.demo.contacts import KINDS, happen
from voc.demo.doors import DemoFault, Doors
from voc.demo.mailbox import Mail, Mailbox
from voc.demo.people import people
from voc.demo.voices import Voice

WISH = "Wil teruggebeld worden"
WORDS = "I have called three times now and nobody has fixed my invoice. This is awful."
STORY = """
query DemoStory($contact: ContactReference!) {
  contact(by: $contact) {
    id interactionId
    customer { id name }
    decisions { id verdict explanation channel }
    responses {
      id state
      scores { metric value band }
      readings { sentiment score sentence evidence { word } analyser }
      tasks { id title state dueAt team { name } }
    }
  }
}
"""
BRIEF = """
query DemoBrief($by: AgentBriefBy!) {
  agentBrief(by: $by) { said { metric value words } tasks { title } mood { sentiment sentence } }
}
"""
Say = Callable[[str, str, str], None]


async def play_once(doors: Doors, mailbox: Mailbox, say: Say) -> None:
    """Play the story and say each step (what, in words, id); DemoFault when a step does not follow from the one before."""
    arrived: asyncio.Queue[Mail] = asyncio.Queue()
    mailbox.on_mail(arrived.put_nowait)
    person = next(one for one in people() if one.language == "en")
    upserted = await doors.ask(_UPSERT, input={"customers": [person.as_input()]})
    say("customer", f"{person.name} is known from the CRM as {person.crm_id}", upserted["upsertCustomers"]["results"][0]["customer"]["id"])
    ended_at = datetime.now(UTC) - timedelta(minutes=2)
    call = happen(person, random.Random(3), ended_at, kind=KINDS[0], outcome="solved")  # noqa: S311 - an invented call
    call.body["queue"] = "billing-nl"
    recorded = (await doors.ingest([call.body]))[0]
    if recorded["status"] == "refused":
        raise DemoFault(f"The contact was refused: {recorded['faults']}")
    say("contact", "a call about an invoice ends, the contact centre reports it", recorded["id"])

    reference = {"external": {"system": "contact-centre", "externalId": call.external_id}}
    told = await _until(lambda: _story(doors, reference), lambda story: bool(story["decisions"]))
    decision = told["decisions"][0]
    say("decision", f"{decision['verdict'].lower()} by {str(decision['channel']).lower()}: {decision['explanation']}", decision["id"])
    mail = await asyncio.wait_for(arrived.get(), 20)
    say("mail", f'"{mail.subject}" arrives over SMTP at {mail.to}', str(mail.message["Message-ID"]))

    link = re.search(r"https?://\S+/s/\S+", mail.part("plain"))
    if link is None:
        raise DemoFault("The mail carries no link to the survey.")
    thanks = await doors.answer(link[0], Voice("bad", WORDS, wants_call=True), person.phone)
    told = await _until(lambda: _story(doors, reference), _is_followed)
    response = told["responses"][0]
    score = response["scores"][0]
    say("answer", f'{score["metric"]} {score["value"]:.0f} and "{WORDS}"; the page says "{thanks}"', response["id"])
    reading = next(one for one in response["readings"] if one["sentence"])
    evidence = ", ".join(one["word"] for one in reading["evidence"])
    say("reading", f"{reading['sentiment'].lower()} ({reading['score']:+.2f}) because of: {evidence}", reading["analyser"])
    task = response["tasks"][0]
    due = datetime.fromisoformat(task["dueAt"])
    say("task", f"for {task['team']['name']}, due {due:%A %H:%M} UTC: {task['title']}", task["id"])
    brief = (await doors.ask(BRIEF, by={"phone": person.phone}))["agentBrief"]
    mood = brief["mood"]
    seen = f'{mood["sentiment"].lower()}, "{mood["sentence"]}", {len(brief["tasks"])} open task'
    say("brief", f"whoever picks up the next call sees: {seen}", person.phone)


_UPSERT = "mutation DemoCustomers($input: UpsertCustomersInput!) { upsertCustomers(input: $input) { refused results { customer { id } } } }"


def _is_followed(story: dict[str, Any]) -> bool:
    """Whether everything has followed, the wish to be called too, which comes a moment after the answer."""
    found = story["responses"]
    wish = bool(found) and any(task["title"] == WISH for task in found[0]["tasks"])
    return bool(wish and found[0]["scores"] and any(one["sentence"] for one in found[0]["readings"]))


async def _story(doors: Doors, reference: Mapping[str, object]) -> dict[str, Any]:
    story: dict[str, Any] = (await doors.ask(STORY, contact=reference))["contact"]
    return story


async def _until(look: Callable[[], Awaitable[dict[str, Any]]], enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    for _ in range(150):
        seen = await look()
        if enough(seen):
            return seen
        await asyncio.sleep(0.1)
    raise DemoFault(f"What should have followed did not within 15 seconds; the last thing seen was {seen}.")
