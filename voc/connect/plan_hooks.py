"""After an event: note for each webhook that wants to hear of it what it will be told."""

from uuid import UUID

from voc.connect.hook_bodies import body_of
from voc.connect.hook_kinds import HookKind, wants
from voc.connect.models import HookDelivery, Webhook
from voc.connect.webhooks import TELL
from voc.core import jobs
from voc.core.access import Action, Actor
from voc.core.verb import verb

ANYONE_LISTENS = "SELECT 1 FROM webhook WHERE stopped_at IS NULL"


@verb(Action.SEND)
async def response_submitted(actor: Actor, ref: str) -> None:
    """A response counts from now on."""
    await plan(HookKind.RESPONSE_SUBMITTED, ref)


@verb(Action.SEND)
async def response_changed(actor: Actor, ref: str) -> None:
    """A response was changed by whoever gave it."""
    await plan(HookKind.RESPONSE_CHANGED, ref)


@verb(Action.SEND)
async def response_tagged(actor: Actor, ref: str) -> None:
    """A response has its readings and scores."""
    await plan(HookKind.RESPONSE_TAGGED, ref)


@verb(Action.SEND)
async def task_raised(actor: Actor, ref: str) -> None:
    """There is a new task."""
    await plan(HookKind.TASK_RAISED, ref)


@verb(Action.SEND)
async def task_changed(actor: Actor, ref: str) -> None:
    """Something about a task is different."""
    await plan(HookKind.TASK_CHANGED, ref)


async def plan(kind: HookKind, ref: str) -> None:
    """Note what each webhook that wants this kind will be told, within a verb."""
    webhooks = [webhook for webhook in await Webhook.filter(stopped_at=None) if wants(webhook.kinds, kind)]
    body = await body_of(kind, UUID(ref)) if webhooks else None
    if body is None:
        return
    deliveries = [HookDelivery(webhook_id=webhook.id, kind=kind, ref=UUID(ref), body=body) for webhook in webhooks]
    await HookDelivery.bulk_create(deliveries)
    await jobs.add_many(TELL, [delivery.id for delivery in deliveries])
