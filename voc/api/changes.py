"""What happens, as it happens: streams of events that resume after a cursor without a gap."""

from collections.abc import AsyncIterator

import strawberry

from voc.api.context import Info
from voc.api.delivery_boards import DeliverySubscription
from voc.api.draft_news import DraftSubscription
from voc.api.dry_runs import DryRunSubscription
from voc.api.exposed import shape
from voc.api.global_ids import global_id
from voc.api.health import HealthSubscription
from voc.api.responses import Response
from voc.api.streams import AfterEvent, changed, subscription
from voc.api.tasks import Task
from voc.core.access import Action
from voc.followup.queries import tasks_visible_to
from voc.responses.queries import responses_visible_to


@shape
class TaskEvent:
    """A task was raised or changed."""

    cursor: str
    """Its place among the events: pass it as `after` to go on from here."""
    task_id: strawberry.ID
    """The task."""
    task: Task | None
    """The task as it is now; null when it has left your teams."""


@shape
class ResponseEvent:
    """A response came in or changed."""

    cursor: str
    """Its place among the events: pass it as `after` to go on from here."""
    response_id: strawberry.ID
    """The response."""
    response: Response
    """The response as it is now."""


@shape
class Subscription(DraftSubscription, DryRunSubscription, DeliverySubscription, HealthSubscription):
    """What happens, as it happens. Each event says where it stands; resuming after it misses nothing, and may repeat."""

    @subscription
    async def task_changed(self, info: Info, after: AfterEvent = None) -> AsyncIterator[TaskEvent]:
        """Tasks of your teams that are raised, taken, given, noted, closed or changed in any other way, or that leave them."""
        info.context.actor.must(Action.SEE_TASKS)
        async for change in changed({"task"}, after):
            task = await tasks_visible_to(info.context.actor).get_or_none(id=change.id)
            if task is not None or info.context.actor.reach(Action.SEE_TASKS).covers(change.team_id):
                id = strawberry.ID(global_id("Task", change.id))
                yield TaskEvent(cursor=change.cursor, task_id=id, task=task)  # type: ignore[arg-type]  # the row is what the type shows

    @subscription
    async def response_received(self, info: Info, after: AfterEvent = None) -> AsyncIterator[ResponseEvent]:
        """Responses you may see that come in, or are changed by the customer."""
        info.context.actor.must(Action.SEE_RESPONSES)
        async for change in changed({"response"}, after):
            response = await responses_visible_to(info.context.actor).get_or_none(id=change.id)
            if response is not None:
                id = strawberry.ID(global_id("Response", change.id))
                yield ResponseEvent(cursor=change.cursor, response_id=id, response=response)  # type: ignore[arg-type]
