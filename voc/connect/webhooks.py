"""Outside addresses that want to hear of events: saving, stopping, and telling again what was told before."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from tortoise.expressions import F

from voc.connect.hook_kinds import check_kinds
from voc.connect.hook_signature import secret_text
from voc.connect.models import HookDelivery, HookState, Webhook
from voc.connect.public_address import check_url
from voc.connect.queries import hook_deliveries_visible_to, webhooks_visible_to
from voc.core import clock, jobs, settings
from voc.core.access import Action, Actor
from voc.core.errors import Conflict, Invalid
from voc.core.find import one
from voc.core.ids import signed
from voc.core.verb import verb

TELL = "connect.tell_hook"
KEPT = timedelta(days=30)


@verb(Action.EDIT_WEBHOOKS)
async def save_webhook(actor: Actor, name: str, url: str, kinds: Collection[str]) -> Webhook:
    """Tell this address of events of these kinds from now on. A webhook of that name is changed, also one that was stopped.

    Refuses addresses inside a network unless `VOC_WEBHOOK_PRIVATE` allows them (Invalid). See `secret_of` for its secret.
    """
    name = name.strip()
    if not 0 < len(name) <= 100:
        raise Invalid.at("name", "REQUIRED", "Name the webhook after the system that listens, in at most 100 characters.")
    address = check_url(url, allow_private=settings.current().webhook_private)
    new = Webhook(name=name, url=address, kinds=check_kinds(kinds), stopped_at=None)
    await Webhook.bulk_create([new], on_conflict=["name"], update_fields=["url", "kinds", "stopped_at"])
    return await Webhook.get(name=name)


@verb(Action.EDIT_WEBHOOKS)
async def renew_secret(actor: Actor, webhook_id: UUID) -> Webhook:
    """Sign with a new secret from now on; the old one is worth nothing at once."""
    webhook = await one(webhooks_visible_to(actor), webhook_id)
    await Webhook.filter(id=webhook.id).update(key_version=F("key_version") + 1)
    return await Webhook.get(id=webhook.id)


@verb(Action.EDIT_WEBHOOKS)
async def stop_webhook(actor: Actor, webhook_id: UUID) -> Webhook:
    """Tell this address nothing more, also not what waits. Saving it again starts it again."""
    webhook = await one(webhooks_visible_to(actor), webhook_id)
    await Webhook.filter(id=webhook.id, stopped_at=None).update(stopped_at=clock.now())
    return await Webhook.get(id=webhook.id)


@verb(Action.EDIT_WEBHOOKS)
async def replay(actor: Actor, delivery_id: UUID) -> HookDelivery:
    """Tell something again, under the same webhook-id, so that a receiver who has it already knows.

    Refuses what still waits to be told, and a webhook that is stopped (Conflict).
    """
    delivery = await one(hook_deliveries_visible_to(actor), delivery_id)
    if not await Webhook.filter(id=delivery.webhook_id, stopped_at=None).exists():
        raise Conflict("STOPPED", "This webhook is stopped: save it again before telling it something.")
    ended = HookDelivery.filter(id=delivery_id, state__in=[HookState.TOLD, HookState.FAILED])
    if not await ended.update(state=HookState.WAITING, finished_at=None):
        raise Conflict("STILL_WAITING", "This still waits to be told: it will be tried again by itself.")
    await jobs.add(TELL, delivery_id)
    return await HookDelivery.get(id=delivery_id)


def secret_of(webhook: Webhook) -> str:
    """The secret its messages are signed with (`whsec_…`): made again from the server's key whenever it is needed, never stored."""
    return secret_text(signed(settings.current().key(), "webhook", webhook.key_version, webhook.id))


async def purge_hook_deliveries(actor: Actor) -> None:
    """Routine: forget what was told, or given up, more than 30 days ago."""
    await HookDelivery.filter(finished_at__lt=clock.now() - KEPT).delete()
