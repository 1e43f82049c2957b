"""What other systems were told of answers goes from our books when they are deleted, and they are told that it must from theirs."""

from uuid import UUID

from voc.connect.hook_kinds import HookKind
from voc.connect.models import HookDelivery
from voc.connect.plan_hooks import plan
from voc.core.access import Action, Actor
from voc.core.verb import verb


@verb(Action.SEND)
async def forget_response(actor: Actor, ref: str) -> None:
    """Drop what was told, or waits to be told, of a response; whoever listens hears that its answers were deleted."""
    await HookDelivery.filter(ref=UUID(ref)).exclude(kind=HookKind.RESPONSE_ERASED.value).delete()
    await plan(HookKind.RESPONSE_ERASED, ref)
