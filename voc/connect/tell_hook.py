"""Telling a webhook: one signed message, posted to an address that was looked up, checked and pinned."""

import asyncio
import ssl
from datetime import timedelta
from functools import cache, partial
from uuid import UUID

import orjson
from tortoise.expressions import F

from voc.connect.hook_signature import sign
from voc.connect.models import HookDelivery, HookState, Webhook
from voc.connect.public_address import Destination, NotReachable, find_destination
from voc.connect.webhooks import secret_of
from voc.core import clock, settings
from voc.core.access import Action, Actor
from voc.core.jobs.failing import backoff
from voc.core.jobs.handlers import Finish, Retry
from voc.core.verb import verb

SECONDS = 10
GONE = 410
LONGEST_WAIT = timedelta(hours=1)


async def tell_hook(actor: Actor, ref: str, key: str) -> Finish | None:
    """Effect: tell a webhook what was planned. Only an answer 2xx counts; 410 stops the webhook; anything else is tried again later.

    The webhook-id stays the same over all attempts, so that a receiver knows a repetition. Redirects are not followed.
    """
    delivery = await HookDelivery.get_or_none(id=UUID(ref), state=HookState.WAITING).select_related("webhook")
    if delivery is None:
        return None
    if delivery.webhook.stopped_at:
        return partial(settle, actor, delivery.id, HookState.FAILED, "The webhook is stopped.")
    status, said, wait = await _post(delivery)
    if 200 <= status < 300:
        return partial(settle, actor, delivery.id, HookState.TOLD, said)
    if status == GONE:
        return partial(stop_gone, actor, delivery.id, said)
    await note_attempt(actor, delivery.id, said)
    raise Retry(wait or backoff(delivery.attempts + 1), said)


async def give_up(actor: Actor, ref: str) -> None:
    """What follows when no attempt is left: the delivery has failed, with the last answer; it can be replayed."""
    await fail(actor, UUID(ref))


async def take_up_again(_: Actor, ref: str) -> None:
    """What a job that is run again after all needs: its delivery waits once more."""
    await HookDelivery.filter(id=UUID(ref), state=HookState.FAILED).update(state=HookState.WAITING, finished_at=None)


@verb(Action.SEND)
async def settle(actor: Actor, delivery_id: UUID, state: HookState, answer: str) -> None:
    """Note how the last attempt ended."""
    waiting = HookDelivery.filter(id=delivery_id, state=HookState.WAITING)
    await waiting.update(state=state, answer=answer, attempts=F("attempts") + 1, finished_at=clock.now())


@verb(Action.SEND)
async def stop_gone(actor: Actor, delivery_id: UUID, answer: str) -> None:
    """Note that the receiver is gone, and tell it nothing more."""
    await settle(actor, delivery_id, HookState.FAILED, answer)
    delivery = await HookDelivery.get(id=delivery_id)
    await Webhook.filter(id=delivery.webhook_id, stopped_at=None).update(stopped_at=clock.now())


@verb(Action.SEND)
async def note_attempt(actor: Actor, delivery_id: UUID, answer: str) -> None:
    """Note an attempt that will be made again."""
    await HookDelivery.filter(id=delivery_id).update(answer=answer, attempts=F("attempts") + 1)


@verb(Action.SEND)
async def fail(actor: Actor, delivery_id: UUID) -> None:
    """Note that nothing more is tried."""
    await HookDelivery.filter(id=delivery_id, state=HookState.WAITING).update(state=HookState.FAILED, finished_at=clock.now())


async def _post(delivery: HookDelivery) -> tuple[int, str, timedelta | None]:
    """The status answered (0: none), in words, and how long the receiver asks us to wait."""
    import httpx  # half a second that only a worker with webhooks pays

    body = orjson.dumps(delivery.body)
    headers = sign(secret_of(delivery.webhook), str(delivery.id), clock.now(), body)
    try:
        async with asyncio.timeout(SECONDS):
            where = await find_destination(delivery.webhook.url, allow_private=settings.current().webhook_private)
            # No connection is kept: pools go by address, and behind one address there may be several hosts.
            limits = httpx.Limits(max_keepalive_connections=0)
            async with httpx.AsyncClient(verify=_certificates(), trust_env=False, timeout=SECONDS, limits=limits) as client:
                request = client.build_request("POST", where.pinned_url, content=body, headers=headers | _headers(where))
                request.extensions["sni_hostname"] = where.host
                answer = await client.send(request, stream=True)
                await answer.aclose()
    except NotReachable as unreachable:
        return 0, str(unreachable), None
    except (TimeoutError, httpx.TimeoutException):
        return 0, f"No answer within {SECONDS} seconds.", None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        return 0, f"It could not be reached: {type(error).__name__}.", None
    return answer.status_code, f"It answered {answer.status_code}.", _asked_wait(answer.headers.get("retry-after", ""))


def _headers(where: Destination) -> dict[str, str]:
    host = f"[{where.host}]" if ":" in where.host else where.host
    return {
        "Host": host if where.url.port is None else f"{host}:{where.port}",
        "Content-Type": "application/json",
        "User-Agent": "voc-webhook",
        "Accept-Encoding": "identity",
    }


def _asked_wait(retry_after: str) -> timedelta | None:
    return min(timedelta(seconds=int(retry_after)), LONGEST_WAIT) if retry_after.isdecimal() and len(retry_after) < 9 else None


@cache
def _certificates() -> ssl.SSLContext:
    import httpx

    return httpx.create_ssl_context(trust_env=False)
