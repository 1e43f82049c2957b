"""What tests of this room say and see: contacts that end, decisions, invitations, mails."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_string, policy
from email.message import EmailMessage
from typing import Any, TypeVar
from uuid import UUID

from voc.core import clock
from voc.core.access import Actor
from voc.core.db import transaction
from voc.core.jobs.worker import Worker
from voc.core.models import Job
from voc.customers.drafts import read_contact
from voc.customers.models import Channel, ConsentState, Contact, Customer
from voc.customers.record import record_contact
from voc.outreach.models import Decision, Delivery, Invitation, OutboxMail, Policy
from voc.outreach.policies.save import save_policy
from voc.outreach.policies.touchpoints import save_touchpoint
from voc.surveys.brands import save_brand
from voc.surveys.draft import import_survey
from voc.surveys.library import load
from voc.surveys.models import Survey
from voc.surveys.publish import publish_survey

SYSTEM = Actor.system("test")
T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Seen:
    """A decision, short: what, why, and in which state its invitation is."""

    verdict: str
    reason: str
    invitation: str | None = None


class House:
    """The whole room behind a few sentences."""

    def __init__(self, database_url: str) -> None:
        self.database_url = database_url
        self.surveys: dict[str, Survey] = {}
        self._numbers = iter(range(1, 10_000))

    async def furnish(self) -> None:
        """A brand, two surveys, two touchpoints."""
        brand = await save_brand(
            SYSTEM,
            "main",
            name="Fiber & Zo",
            from_email="vraag@fiber.example",
            reply_to="mens@fiber.example",
            postal_address="Kade 1, 2611 AB Delft",
        )
        for key in ("csat-after-call", "nps-after-delivery"):
            self.surveys[key] = await import_survey(SYSTEM, load(key).text, brand.id)
            await publish_survey(SYSTEM, self.surveys[key].id)
        for position, (key, name) in enumerate({"after-call": "een telefoongesprek", "delivery": "een bezorging"}.items()):
            await save_touchpoint(SYSTEM, key, {"nl": name}, stage="hulp", position=position)

    async def policy(self, key: str = "calls", touchpoint: str = "after-call", survey: str = "csat-after-call", **rules: Any) -> Policy:
        """A policy; contacts settle at once unless said otherwise."""
        return await save_policy(SYSTEM, key, key.capitalize(), {"touchpoint": touchpoint, "survey": survey, "settle_minutes": 0, **rules})

    async def contact(
        self, customer: str | dict[str, Any] | None = "anna", ended: timedelta | None = timedelta(), name: str = "", **said: Any
    ) -> Contact:
        """A contact that ended so long ago (None: goes on), with a customer known by that name; `name` tells of one again."""
        now = clock.now()
        told: dict[str, Any] = {
            "externalId": name or f"call-{next(self._numbers)}",
            "touchpoint": "after-call",
            "channel": "phone",
            "outcome": "solved",
            "startedAt": (now - (ended or timedelta()) - timedelta(minutes=6)).isoformat(),
            **({} if ended is None else {"endedAt": (now - ended).isoformat()}),
            **({} if customer is None else {"customer": self.customer(customer) if isinstance(customer, str) else customer}),
            **said,
        }
        return await record_contact(SYSTEM, read_contact(told))

    def customer(self, name: str) -> dict[str, Any]:
        """What a contact centre knows of somebody."""
        return {
            "externalId": name,
            "firstName": name.capitalize(),
            "name": f"{name.capitalize()} de Vries",
            "email": f"{name}@klant.example",
            "language": "nl",
        }

    async def customer_id(self, name: str = "anna") -> UUID:
        """The id of somebody who was in a contact."""
        return (await Customer.get(email=f"{name}@klant.example")).id

    async def work(self, days: float = 0) -> int:
        """Do what is due, and what becomes due within some days; the clock moves on."""
        horizon = clock.now() + timedelta(days=days) if days else None
        return await Worker(self.database_url).run_until_idle(horizon, strict=False)

    async def plan_one(self, **rules: Any) -> Invitation:
        """One invitation that leaves in an hour."""
        await self.policy(**{"delay_minutes": 60, **rules})
        await self.contact()
        await self.work()
        assert await self.decisions() == [PLANNED]
        return await self.invitation()

    async def forget_jobs(self) -> None:
        """Nothing that was due happens by itself, so that a test sees what its own steps bring about."""
        await Job.all().delete()

    async def decisions(self, contact: Contact | None = None) -> list[Seen]:
        """What was decided, in order, and what became of it."""
        found = await (Decision.filter(contact_id=contact.id) if contact else Decision.all()).order_by("decided_at", "id")
        states = {invitation.decision_id: invitation.state.value for invitation in await Invitation.all()}
        return [Seen(one.verdict.value, one.reason.value, states.get(one.id)) for one in found]

    async def invitation(self) -> Invitation:
        """The only invitation there is."""
        return await Invitation.get()

    async def attempts(self) -> list[tuple[int, str, str]]:
        """Number, state and detail of every attempt to deliver."""
        return [(one.number, one.state.value, one.detail) for one in await Delivery.all().order_by("started_at", "number")]

    async def mails(self) -> list[EmailMessage]:
        """The mails in the outbox, the first first."""
        parsed = [message_from_string(mail.source, policy=policy.default) for mail in await OutboxMail.all().order_by("at", "id")]
        return [mail for mail in parsed if isinstance(mail, EmailMessage)]


async def while_open(first: Awaitable[T], second: Awaitable[U]) -> tuple[T, U]:
    """The second begins when the first has done everything but commit."""
    done = asyncio.Event()

    async def begin() -> T:
        async with transaction():
            outcome = await first
            done.set()
            await asyncio.sleep(0.3)
        return outcome

    async def follow() -> U:
        await done.wait()
        return await second

    return await asyncio.gather(begin(), follow())


ASKED = Seen("send", "asked", "sent")
PLANNED = Seen("send", "asked", "planned")


def skipped(reason: str) -> Seen:
    """A decision not to ask."""
    return Seen("skip", reason)


def delayed(reason: str) -> Seen:
    """A decision to look again."""
    return Seen("delay", reason)


REFUSED = ConsentState.REFUSED
EMAIL = Channel.EMAIL
