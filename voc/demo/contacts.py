"""Contacts as contact centres really send them: our own lines, Genesys Cloud events and Zendesk events."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from voc.demo.people import Person


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of moment: where it belongs, how it comes in, and how often."""

    touchpoint: str
    channel: str
    queues: tuple[str, ...]
    weight: int


KINDS = (
    Kind("after-call", "phone", ("service-nl", "billing-nl", "service-en"), 40),
    Kind("after-chat", "chat", ("chat",), 20),
    Kind("delivery", "delivery", ("delivery-nl",), 18),
    Kind("repair", "visit", ("workshop-nl",), 12),
    Kind("self-service", "web", ("chat",), 10),
)
AGENTS = ("sanne", "piet", "aylin", "joris", "femke", "mohamed")
_OUTCOMES = ("solved",) * 8 + ("unsolved", "transferred", "abandoned", "solved_by_bot", "spam")


@dataclass(frozen=True, slots=True)
class Happened:
    """One contact of the demo: who, what kind, when; `body` is what the contact centre sends."""

    person: Person
    kind: Kind
    external_id: str
    ended_at: datetime
    body: dict[str, object]


def happen(person: Person, dice: random.Random, ended_at: datetime, *, kind: Kind | None = None, outcome: str = "") -> Happened:
    """A contact of this person that ended at a moment."""
    kind = kind or dice.choices(KINDS, [one.weight for one in KINDS])[0]
    external_id = str(UUID(int=dice.getrandbits(128), version=4))
    outcome = outcome or dice.choice(_OUTCOMES)
    body: dict[str, object] = {
        "system": "contact-centre",
        "externalId": external_id,
        "customer": {"externalIds": [{"system": "crm", "externalId": person.crm_id}]},
        "touchpoint": kind.touchpoint,
        "channel": kind.channel,
        "direction": "inbound",
        "outcome": outcome,
        "queue": dice.choice(kind.queues),
        "agent": dice.choice(AGENTS),
        "startedAt": (ended_at - timedelta(seconds=dice.randrange(90, 1200))).isoformat(),
        "endedAt": ended_at.isoformat(),
        "attributes": {"orderId": f"B{dice.randrange(10**6):06d}"},
    }
    return Happened(person, kind, external_id, ended_at, body)


def genesys_end(happened: Happened) -> dict[str, object]:
    """The same end of a call as Genesys Cloud tells it (`v2.detail.events.conversation.{id}.customer.end`)."""
    return {
        "eventTime": int(happened.ended_at.timestamp() * 1000),
        "conversationId": happened.external_id,
        "participantId": str(UUID(int=happened.ended_at.microsecond)),
        "disconnectType": "ENDPOINT",
        "mediaType": "VOICE",
        "direction": "INBOUND",
        "ani": f"tel:{happened.person.phone}",
        "dnis": "tel:+31333030700",
        "externalContactId": happened.person.crm_id,
        "interactingDurationMs": 240_000,
    }


def month(people: list[Person], dice: random.Random, now: datetime, days: int = 30, per_day: int = 24) -> list[Happened]:
    """The contacts of the past month, oldest first, in working hours and fewer at the weekend."""
    story = []
    for back in range(days, 0, -1):
        day = (now - timedelta(days=back)).astimezone(UTC)
        busy = per_day if day.weekday() < 5 else per_day // 3
        for _ in range(busy):
            at = day.replace(hour=dice.randrange(7, 18), minute=dice.randrange(60), second=dice.randrange(60), microsecond=0)
            story.append(happen(dice.choice(people), dice, at))
    return sorted(story, key=lambda one: one.ended_at)
