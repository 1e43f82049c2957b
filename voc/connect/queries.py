"""Reads of the connect room."""

from tortoise.queryset import QuerySet

from voc.connect.models import HookDelivery, Webhook
from voc.core.access import Action, Actor


def webhooks_visible_to(actor: Actor) -> QuerySet[Webhook]:
    """The webhooks, for whoever decides where facts are sent."""
    return Webhook.all() if actor.reach(Action.EDIT_WEBHOOKS) else Webhook.filter(id=None)


def hook_deliveries_visible_to(actor: Actor) -> QuerySet[HookDelivery]:
    """What was told to webhooks, for whoever decides where facts are sent."""
    return HookDelivery.all() if actor.reach(Action.EDIT_WEBHOOKS) else HookDelivery.filter(id=None)
