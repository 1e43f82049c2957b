"""Presses of buttons, as the pages make them."""

from datetime import datetime, timedelta

from tests.responses.asked import Asked
from voc.core import clock
from voc.core.access import Actor
from voc.responses.drafts import Posted
from voc.responses.link import Link, link_by_secret
from voc.responses.models import Response
from voc.responses.queries import values_of
from voc.responses.respond import Kept, save_step, submit

FIRST = frozenset({"nps", "why"})
ALL = FIRST | {"what_went_wrong", "what_went_wrong_other"}


async def link(asked: Asked) -> Link:
    """The link as it stands now."""
    found = await link_by_secret(asked.secret)
    assert found is not None
    return found


def posted(raw: dict[str, object], *, asked: frozenset[str] = ALL, served_at: datetime | None = None) -> Posted:
    """What a page brought that was served half a minute ago, unless said otherwise."""
    step_id = "first" if asked == FIRST else "low"
    return Posted(step_id=step_id, asked=asked, raw=raw, language="en", served_at=served_at or clock.now() - timedelta(seconds=30))


async def save(asked: Asked, raw: dict[str, object], *, served_at: datetime | None = None) -> Kept:
    """Press Next on the first step."""
    found = await link(asked)
    return await save_step(found.holder(), found, posted(raw, asked=FIRST, served_at=served_at))


async def send(asked: Asked, raw: dict[str, object], *, served_at: datetime | None = None) -> Kept:
    """Press Send with all questions on one page."""
    found = await link(asked)
    return await submit(found.holder(), found, posted(raw, served_at=served_at))


async def only_response() -> Response:
    """The one response there is."""
    return await Response.get()


async def values() -> dict[str, object]:
    """The answers of the one response there is."""
    response = await only_response()
    return dict((await values_of([response.id]))[response.id])


INTEGRATION = Actor.system("test")
