"""Rows of the other rooms, made plainly: an organisation, a survey, contacts and responses that real people could have left."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from voc.core import clock
from voc.core.access import Actor, Held, Role
from voc.core.db import execute
from voc.core.ids import new_id
from voc.customers.models import Channel, Contact, Customer, Outcome
from voc.followup.follow_response import follow_response
from voc.followup.models import Route, Task
from voc.followup.queries import steps_of
from voc.insight.tag import tag_response
from voc.responses.models import Answer, CallBack, Response, ResponseState
from voc.staff.models import Calendar, Member, Membership, Team
from voc.surveys.models import Brand, Survey, SurveyVersion
from voc.surveys.parse import parse

SYSTEM = Actor.system("test")
WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
KINDS = {"nps": "nps", "csat": "csat", "ces": "ces", "why": "text", "reason": "single_choice", "reason_other": "text"}


def said(english: str, dutch: str) -> dict[str, str]:
    return {"en": english, "nl": dutch}


DOCUMENT: dict[str, Any] = {
    "key": "after-call",
    "name": said("After the call", "Na het gesprek"),
    "languages": ["en", "nl"],
    "pages": [
        {
            "id": "score",
            "questions": [
                {"id": "nps", "kind": "nps", "text": said("Would you recommend us?", "Zou u ons aanbevelen?")}
                | {"low": said("not at all", "zeker niet"), "high": said("certainly", "zeker wel")},
                {"id": "csat", "kind": "csat", "text": said("How satisfied are you?", "Hoe tevreden bent u?")}
                | {"low": said("not at all", "helemaal niet"), "high": said("very", "heel tevreden")},
                {"id": "ces", "kind": "ces", "text": said("We made it easy.", "We maakten het makkelijk.")}
                | {"low": said("disagree", "oneens"), "high": said("agree", "eens")},
                {"id": "reason", "kind": "single_choice", "text": said("What was it about?", "Waar ging het over?")}
                | {
                    "choices": [
                        {"code": "late", "text": said("It was late", "Het was te laat")},
                        {"code": "broken", "text": said("It was broken", "Het was kapot")},
                    ],
                    "other": said("Something else", "Iets anders"),
                },
                {"id": "why", "kind": "text", "text": said("Why?", "Waarom?")},
            ],
        }
    ],
    "end_pages": [{"id": "thanks", "title": said("Thank you", "Dank u wel")}],
    "invitation": {
        "subject": said("Your call", "Uw gesprek"),
        "greeting": said("Hello,", "Beste klant,"),
        "why": said("You called us.", "U belde ons."),
        "use": said("We learn from it.", "We leren ervan."),
    },
}


async def survey(key: str = "after-call", document: Mapping[str, Any] = DOCUMENT) -> SurveyVersion:
    """A published survey."""
    parse(document)
    brand = await Brand.get_or_none(key="ours") or await Brand.create(key="ours", name="Ours", from_email="care@example.nl")
    made = await Survey.create(key=key, name=key, brand=brand, draft="", last_number=1)
    return await SurveyVersion.create(survey=made, number=1, document=document, published_by="Dora")


async def team(key: str, *, queues: list[str] | None = None, is_fallback: bool = False, zone: str = "Europe/Amsterdam") -> Team:
    """A team that works from nine to five."""
    calendar = await Calendar.create(key=f"{key}-hours", name=key, time_zone=zone, hours=WEEK)
    return await Team.create(key=key, name=key.title(), calendar=calendar, queues=queues or [], is_fallback=is_fallback)


async def member(name: str, role: Role, in_team: Team | None) -> Actor:
    """A colleague with one role, as somebody who acts."""
    row = await Member.create(name=name, email=f"{name.lower()}@example.nl")
    await Membership.create(member=row, role=role, team=in_team, scope=str(in_team.id) if in_team else "")
    held = frozenset({Held(role, in_team.id if in_team else None)})
    return Actor(name=name, roles=held, id=row.id, time_zone="Europe/Amsterdam", is_member=True)


async def customer(**facts: Any) -> Customer:
    """A customer."""
    return await Customer.create(**{"name": "Anna de Vries", "email": "anna@example.nl", "language": "nl", **facts})


async def contact(by: Customer | None = None, of: Team | None = None, **facts: Any) -> Contact:
    """A call that has ended."""
    usual = {"system": "genesys", "external_id": str(new_id()), "touchpoint": "after-call", "channel": Channel.PHONE}
    known = {"outcome": Outcome.SOLVED, "ended_at": clock.now() - timedelta(hours=1), "agent_key": "sara"}
    return await Contact.create(**{**usual, **known, "customer": by, "team": of, **facts})


async def response(version: SurveyVersion, answers: Mapping[str, Any], *, after: Contact | None = None, **facts: Any) -> Response:
    """A response that was sent."""
    usual = {"channel": Channel.EMAIL, "language": "en", "state": ResponseState.COMPLETE, "submitted_at": clock.now()}
    known = {"contact_id": after.id, "customer_id": after.customer_id} if after else {}
    made = await Response.create(survey_id=version.survey_id, version=version, **{**usual, **known, **facts})
    for question, value in answers.items():
        await answer(made, question, value)
    return made


async def answer(to: Response, question: str, value: Any, at: datetime | None = None) -> None:
    """Give an answer, or change it."""
    await Answer.filter(response_id=to.id, question=question).delete()
    number = float(value) if isinstance(value, int | float) else None
    text = value if isinstance(value, str) else None
    moment = at or clock.now()
    # By SQL as the responses room does: the ORM takes a text for JSON that is already written.
    await execute(
        "INSERT INTO answer (id, response_id, question, kind, value, number, text, answered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        *(new_id(), to.id, question, KINDS[question], orjson.dumps(value).decode(), number, text, moment),
    )


async def call_back(to: Response) -> None:
    """The customer asks to be called."""
    await CallBack.create(response_id=to.id, phone="+31612345678")


async def route(key: str, when: str, *, position: int = 0, **rules: Any) -> Route:
    """A route as it is stored."""
    return await Route.create(key=key, name=key.replace("-", " ").capitalize(), position=position, rules={"when": when, **rules})


async def task(of: Team, **facts: Any) -> Task:
    """A task as it stands in the inbox."""
    return await Task.create(**{"team": of, "title": "Call back", "due_at": clock.now() + timedelta(hours=8), **facts})


async def again(row: Task | UUID) -> Task:
    """The task as it stands now."""
    return await Task.get(id=row if isinstance(row, UUID) else row.id)


async def history(row: Task) -> list[tuple[str, str, dict[str, Any]]]:
    """Who did what, with the detail."""
    return [(step.by_name, step.what, step.detail) for step in (await steps_of([row.id]))[row.id]]


async def follow(made: Response) -> None:
    """Let the reactions to a response run: it is tagged, and routes look at it."""
    await tag_response(SYSTEM, str(made.id))
    await follow_response(SYSTEM, str(made.id))
