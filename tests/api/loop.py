"""An organisation in which the loop has run, made through stored operations alone, as any frontend could."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.api.ceilings import MOST
from voc.api import current
from voc.api.context import Credential
from voc.api.credentials import Caller
from voc.api.engine import Engine
from voc.api.requests import Asked
from voc.core import clock
from voc.core.access import Actor, Role
from voc.core.db import count_statements
from voc.core.jobs.worker import Worker
from voc.staff.members import add_member, give_role
from voc.staff.models import Member
from voc.staff.queries import actor_of_member

SYSTEM = Actor.system("test")
WORDS = (
    "The parcel was late and the driver was very rude. Nobody called me back.",
    "It came two days late and the box was damaged, which is terrible.",
    "Awful service, I waited the whole day for nothing.",
)
DAYS = ("MON", "TUE", "WED", "THU", "FRI")


@dataclass
class House:
    """Who asks, and what was made; `ids` holds global ids by a name of ours. No operation takes more statements than it may."""

    database_url: str
    engine: Engine
    admin: Actor
    ids: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    async def answer(self, name: str, actor: Actor | None = None, /, **variables: Any) -> dict[str, Any]:
        """The whole answer to a stored operation, as the console asks for it."""
        self.asked.add(name)
        asked = Asked(query=self.engine.documents.named(name), operation_name=name, variables=variables)
        caller = Caller(actor or self.admin, Credential.INSIDE)
        with count_statements() as seen:
            body = dict((await self.engine.answer(self.engine.prepare(asked, caller))).body)
        assert seen.count <= MOST[name], (name, seen.texts)
        return body

    async def ask(self, name: str, actor: Actor | None = None, /, **variables: Any) -> Any:
        """What a stored operation answers, when it has one field and nothing is wrong."""
        body = await self.answer(name, actor, **variables)
        assert "errors" not in body, (name, body["errors"])
        (found,) = body["data"].values()
        return found

    async def change(self, name: str, actor: Actor | None = None, /, **given: Any) -> dict[str, Any]:
        """What a mutation made of its input; a problem fails the test."""
        result: dict[str, Any] = await self.ask(name, actor, input=given)
        assert result.get("__typename") not in ("InvalidInput", "Conflict", "NotFound"), (name, result)
        return result

    async def let_reactions_run(self, minutes: int = 0, *, strict: bool = True) -> None:
        """Let the worker do what is due now, or within some minutes of the stopped clock."""
        await Worker(self.database_url).run_until_idle(clock.now() + timedelta(minutes=minutes) if minutes else None, strict=strict)

    async def member(self, name: str, role: Role, team: str) -> Actor:
        """A colleague who holds a role for a team."""
        made = await self.change("AddMember", name=name, email=f"{name.lower()}@house.example")
        self.ids[name] = made["id"]
        await self.change("GiveRole", memberId=made["id"], role=role.name, teamId=self.ids[team])
        return await actor_of_member(await Member.get(name=name))


async def house(database_url: str) -> House:
    """An installation with one admin, and nothing else."""
    ada = await add_member(SYSTEM, name="Ada", email="ada@house.example", language="en", time_zone="Europe/Amsterdam")
    await give_role(SYSTEM, ada.id, Role.ADMIN)
    return House(database_url, current.install(), await actor_of_member(ada))


async def furnished(database_url: str) -> House:
    """Teams, a published survey, a policy and a route, so that a bad score after a delivery becomes a task."""
    made = await house(database_url)
    hours = [{"day": day, "spans": [{"opens": "09:00", "closes": "17:00"}]} for day in DAYS]
    await made.change("SaveCalendar", key="office", name="Office", timeZone="Europe/Amsterdam", hours=hours, holidays="NL")
    for key, is_fallback in (("care", True), ("delivery", False)):
        team = await made.change("SaveTeam", key=key, name=key.title(), calendar="office", queues=[f"{key}-line"], isFallback=is_fallback)
        made.ids[key] = team["id"]
    brand = await made.change("SaveBrand", key="noord", name="Pakketdienst Noord", fromEmail="vraag@noord.example")
    content = {"library": "nps-after-delivery"}
    survey = await made.change("CreateSurvey", key="nps-after-delivery", name="After delivery", content=content, brandId=brand["id"])
    version = await made.change("PublishSurvey", surveyId=survey["id"])
    elsewhere = '{"title": "Visit", "elements": [{"type": "comment", "name": "why"}, {"type": "signaturepad", "name": "hand"}]}'
    brought = await made.change("ImportSurvey", document=elsewhere, fileName="visit.json", key="visit")
    made.ids |= {"brand": brand["id"], "survey": survey["id"], "version": version["id"], "import": brought["report"]["id"]}
    names = [{"language": "en", "text": "Delivery"}, {"language": "nl", "text": "Bezorging"}]
    await made.change("SaveTouchpoint", key="delivery", names=names, stage="use", position=1)
    rules = {"touchpoints": ["delivery"], "survey": "nps-after-delivery", "quietDays": 0}
    policy = await made.change("SavePolicy", key="after-delivery", name="After a delivery", rules=rules)
    route = await made.change("SaveRoute", key="unhappy", name="Unhappy customer", rules={"when": "scores.nps <= 6"})
    made.ids |= {"policy": policy["id"], "route": route["id"]}
    return made


async def lived_in(database_url: str, customers: int = 3) -> House:
    """The same after the loop has run: every customer was asked, answered unhappily, and has a task."""
    made = await furnished(database_url)
    await live(made, range(customers))
    return made


async def live(made: House, numbers: range, *, strict: bool = True) -> None:
    """Let the loop run for customers of these numbers."""
    recorded = await made.ask("RecordContacts", input={"contacts": [contact(number) for number in numbers]})
    assert recorded["recorded"] == len(numbers), recorded
    await made.let_reactions_run(minutes=10, strict=strict)
    for number in numbers:
        made.ids[f"response{number}"] = (await made.change("SubmitResponse", **response_of(number)))["id"]
    await made.let_reactions_run(strict=strict)
    made.ids |= {f"contact{number}": result["contact"]["id"] for number, result in zip(numbers, recorded["results"], strict=True)}
    made.ids["invitation"] = (await made.ask("Invitations", first=1))["nodes"][0]["id"]
    for task in (await made.ask("TaskInbox", first=100))["nodes"]:
        made.ids[f"task{task['customer']['name'].split()[-1]}"] = task["id"]
        made.ids["customer"] = task["customer"]["id"]


def contact(number: int) -> dict[str, Any]:
    """A delivery that ended an hour ago, to a customer of our own."""
    ended = clock.now() - timedelta(hours=1)
    customer = {
        "externalId": f"C{number}",
        "name": f"Anna Vries {number}",
        "firstName": "Anna",
        "email": f"anna{number}@example.nl",
        "phone": "0612345678",
        "language": "en",
        "segment": "home",
        "value": {"amount": "120.50", "currency": "EUR"},
        "account": {"externalId": f"A{number % 2}", "name": "Vries & Co", "value": {"amount": "9000", "currency": "EUR"}},
        "consents": [{"channel": "EMAIL", "state": "GRANTED"}],
        "attributes": [{"key": "loyalty", "value": "gold"}],
    }
    return {
        "externalId": f"K{number}",
        "customer": customer,
        "touchpoint": "delivery",
        "channel": "DELIVERY",
        "outcome": "SOLVED",
        "teamKey": "delivery",
        "agentKey": "driver7",
        "agentName": "Driver Seven",
        "startedAt": (ended - timedelta(minutes=5)).isoformat(),
        "endedAt": ended.isoformat(),
    }


def response_of(number: int) -> dict[str, Any]:
    """An unhappy answer to the survey about that delivery, brought by another system."""
    answers = [
        {"question": "nps", "value": {"number": number % 7}},
        {"question": "why", "value": {"text": WORDS[number % len(WORDS)]}},
        {"question": "on_time", "value": {"yesNo": False}},
        {"question": "what_went_wrong", "value": {"choices": ["late", "other"]}},
        {"question": "what_went_wrong_other", "value": {"text": "It rained."}},
    ]
    return {
        "survey": {"key": "nps-after-delivery"},
        "answers": answers,
        "channel": "APP",
        "language": "en",
        "customer": {"external": {"system": "crm", "externalId": f"C{number}"}},
        "contact": {"external": {"system": "contact-centre", "externalId": f"K{number}"}},
        "source": "app",
        "sourceId": f"R{number}",
    }
