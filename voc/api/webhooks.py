"""Webhooks: outside addresses that are told of events."""

from datetime import datetime
from typing import Annotated, Any

import strawberry
from strawberry import Parent

from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.enums import HookState
from voc.api.exposed import computed, exposes, field, shape, takes
from voc.api.global_ids import row_id
from voc.api.listings import HOOK_DELIVERIES
from voc.api.mutations import mutation
from voc.api.nodes import Node
from voc.api.paging import Page, Paging
from voc.api.related import within
from voc.api.scalars import Url
from voc.connect import models
from voc.connect.queries import hook_deliveries_visible_to, webhooks_visible_to
from voc.connect.webhooks import renew_secret, replay, save_webhook, secret_of, stop_webhook


@exposes(models.HookDelivery, visible=hook_deliveries_visible_to)
class HookDelivery(Node):
    """One event told to one webhook."""

    kind: str
    """What it was told of."""
    state: HookState
    """How the telling stands."""
    attempts: int
    """How often it was tried."""
    answer: str
    """The status it answered with, or why it could not be reached."""
    created_at: datetime
    """When the event happened."""
    finished_at: datetime | None
    """When it was told, or given up."""

    @field(Annotated["Webhook", strawberry.lazy("voc.api.webhooks")] | None)
    async def webhook(row: Parent[models.HookDelivery], info: Info) -> models.Webhook | None:  # noqa: N805 - the source is the row
        """Whom it was told."""
        return await info.context.loaders.row(models.Webhook, row.webhook_id)


@exposes(models.Webhook, visible=webhooks_visible_to)
class Webhook(Node):
    """An outside address that wants to hear of events. Messages are signed as Standard Webhooks says."""

    name: str
    """The system that listens."""
    url: Url
    """Its address."""
    kinds: list[str]
    """The kinds of events it hears of, such as response.submitted; * is all."""
    created_at: datetime
    """When it was made."""
    stopped_at: datetime | None
    """When it was stopped; null while it is told."""

    @field(Connection[HookDelivery])
    async def deliveries(
        row: Parent[models.Webhook],  # noqa: N805
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Page:
        """What it was told, the newest first."""
        paging = Paging(first, after, last, before)
        return await within(info, HOOK_DELIVERIES, lambda: hook_deliveries_visible_to(info.context.actor), "webhook_id", row.id, paging)


@shape
class SavedWebhook:
    """A webhook with its secret."""

    webhook: Webhook
    """The webhook."""

    @computed
    def secret(saved: Any) -> str:  # noqa: N805 - the source is the shape
        """The secret its messages are signed with. Give it to the system that listens, and to nobody else."""
        return secret_of(saved.webhook)


@takes
class SaveWebhookInput:
    """A webhook, by its name: new, or changed as a whole. One that was stopped begins again."""

    name: str
    """The system that listens."""
    url: Url
    """Its address."""
    kinds: list[str]
    """The kinds of events it hears of: response.submitted, response.changed, response.tagged, response.erased,
    task.raised, task.changed, or * for all."""


@takes
class WebhookInput:
    """A webhook."""

    webhook_id: strawberry.ID
    """The webhook."""


@takes
class StopWebhookInput(WebhookInput):
    """A webhook to stop."""


@takes
class RenewWebhookSecretInput(WebhookInput):
    """A webhook that gets a new secret."""


@takes
class ReplayHookInput:
    """Something to tell again."""

    delivery_id: strawberry.ID
    """What was told."""


@shape
class WebhookQueries:
    """Reads of webhooks."""

    @field(list[Webhook])
    async def webhooks(self, info: Info) -> list[models.Webhook]:
        """All webhooks, by name; empty for whoever may not change them."""
        return await webhooks_visible_to(info.context.actor).order_by("name")


@shape
class WebhookMutations:
    """Changes of webhooks."""

    @mutation(SavedWebhook)
    async def save_webhook(self, info: Info, input: SaveWebhookInput) -> SavedWebhook:
        """Save a webhook under its name, and show its secret."""
        return SavedWebhook(webhook=await save_webhook(info.context.actor, input.name, input.url, input.kinds))  # type: ignore[arg-type]

    @mutation(SavedWebhook)
    async def renew_webhook_secret(self, info: Info, input: RenewWebhookSecretInput) -> SavedWebhook:
        """Sign with a new secret from now on; the old one is worth nothing at once."""
        webhook = await renew_secret(info.context.actor, row_id(input.webhook_id, "Webhook", path="webhookId"))
        return SavedWebhook(webhook=webhook)  # type: ignore[arg-type]

    @mutation(Webhook)
    async def stop_webhook(self, info: Info, input: StopWebhookInput) -> models.Webhook:
        """Tell this address nothing more."""
        return await stop_webhook(info.context.actor, row_id(input.webhook_id, "Webhook", path="webhookId"))

    @mutation(HookDelivery)
    async def replay_hook(self, info: Info, input: ReplayHookInput) -> models.HookDelivery:
        """Tell something again, under the same webhook-id, so that a receiver who has it already knows."""
        return await replay(info.context.actor, row_id(input.delivery_id, "HookDelivery", path="deliveryId"))
