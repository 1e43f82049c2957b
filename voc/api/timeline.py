"""What happened with a customer, from every room, in one list."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Any, Union
from uuid import UUID

import strawberry
from strawberry import Parent
from tortoise.models import Model

from voc.api.context import Info
from voc.api.exposed import field, shape
from voc.core.db import as_moment, as_uuid, marks, rows
from voc.core.errors import Invalid
from voc.customers.models import Contact
from voc.followup.models import Task
from voc.outreach.models import Decision, Invitation
from voc.responses.models import Response

MOST = 100
EVENTS = Annotated[int, strawberry.argument(description=f"How many at most, 1 to {MOST}.")]
_WHEN = {
    "contact": (Contact, "COALESCE(ended_at, created_at)"),
    "decision": (Decision, "decided_at"),
    "invitation": (Invitation, "COALESCE(sent_at, created_at)"),
    "response": (Response, "COALESCE(submitted_at, begun_at)"),
    "task": (Task, "created_at"),
}
_ROOMS = ("Contact", "contacts"), ("Decision", "decisions"), ("Invitation", "invitations"), ("Response", "responses"), ("Task", "tasks")
TimelineSubject: Any = Annotated[
    Union[tuple(Annotated[name, strawberry.lazy(f"voc.api.{module}")] for name, module in _ROOMS)],  # noqa: UP007 - made of a tuple
    strawberry.union("TimelineSubject", description="What a line of a timeline is about. New kinds may be added: handle unknown ones."),
]


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a timeline: when, and the row it is about."""

    at: datetime
    row: Model


@shape
class TimelineItem:
    """One line of a timeline."""

    at: datetime
    """When it happened."""

    @field(TimelineSubject)
    def subject(event: Parent[Event]) -> Any:  # noqa: N805 - the source is the event
        """What it is about."""
        return event.row


async def events_of(info: Info, customer_id: UUID, most: int) -> list[Event]:
    """The newest events of a customer that the actor may see; one statement for the places of all customers, one for each kind of row."""
    if not 1 <= most <= MOST:
        raise Invalid.at("first", "OUT_OF_RANGE", f"`first` takes a number from 1 to {MOST}, and not {most}.")
    placed = await info.context.loaders.under(("timeline", most), partial(_placed, most), customer_id) or []
    found = await asyncio.gather(*(info.context.loaders.row(_WHEN[kind][0], id) for kind, id, _ in placed))
    return [Event(at, row) for (_, _, at), row in zip(placed, found, strict=True) if row is not None]


async def _placed(most: int, customer_ids: list[UUID]) -> dict[UUID, list[tuple[str, UUID, datetime]]]:
    """Kind, id and moment of the newest events of each customer, newest first."""
    each = " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, id, customer_id, {at} AS at FROM {kind} WHERE customer_id IN ({marks(customer_ids)})"
        for kind, (_, at) in _WHEN.items()
    )
    found = await rows(
        f"""SELECT kind, id, customer_id, at FROM (
              SELECT kind, id, customer_id, at, row_number() OVER (PARTITION BY customer_id ORDER BY at DESC, id DESC) AS place
              FROM ({each}) AS happened) AS numbered
            WHERE place <= ? ORDER BY place""",
        *customer_ids * len(_WHEN),
        most,
    )
    placed: dict[UUID, list[tuple[str, UUID, datetime]]] = {}
    for row in found:
        customer_id, id, at = as_uuid(row["customer_id"]), as_uuid(row["id"]), as_moment(row["at"])
        if customer_id and id and at:
            placed.setdefault(customer_id, []).append((row["kind"], id, at))
    return placed
