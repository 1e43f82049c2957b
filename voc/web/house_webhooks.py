"""Webhooks (A1): who is told of what, what was told, and telling it again."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.errors import Invalid
from voc.web.console import Desk, screen
from voc.web.faults import Faults, FormFault
from voc.web.house_frame import ADDRESS, WORDS, house_page, said_of
from voc.web.wording import words_for

WEBHOOKS = f"{ADDRESS}/webhooks"
KINDS = ("response.submitted", "response.changed", "response.tagged", "task.raised", "task.changed")


def routes() -> list[Route]:
    """The list with what was told, and one address for each thing that can be done."""
    return [
        Route(WEBHOOKS, webhooks, methods=["GET"]),
        Route(WEBHOOKS, save, methods=["POST"]),
        Route(f"{WEBHOOKS}/stop", stop, methods=["POST"]),
        Route(f"{WEBHOOKS}/renew", renew, methods=["POST"]),
        Route(f"{WEBHOOKS}/replay", replay, methods=["POST"]),
    ]


@screen
async def webhooks(desk: Desk) -> Response:
    """Every webhook with the last things it was told."""
    return await _page(desk)


@screen
async def save(desk: Desk) -> Response:
    """Tell an address from now on. This answer alone shows the secret its messages are signed with."""
    name, url, kinds = desk.form.one("name"), desk.form.one("url").strip(), desk.form.many("kinds")
    try:
        answer = await desk.change("SaveWebhook", name=name, url=url, kinds=kinds)
    except Invalid:
        # The API takes nothing for a URL that is none: it does not come to the problems of the mutation.
        words = words_for(WORDS, desk.me["language"])
        return await _page(desk, faults=Faults([FormFault("url", words("fault_INVALID_URL"))]), status=422)
    if answer.row is None:
        return await _page(desk, faults=said_of(desk, answer), status=answer.status)
    return await _page(desk, secret=answer.row["secret"], named=answer.row["webhook"]["name"])


@screen
async def stop(desk: Desk) -> Response:
    """Tell this address nothing more."""
    answer = await desk.change("StopWebhook", webhookId=desk.form.one("webhook"))
    if answer.is_done:
        return desk.go(WEBHOOKS, "webhook_stopped", WORDS)
    return await _page(desk, faults=said_of(desk, answer), status=answer.status)


@screen
async def renew(desk: Desk) -> Response:
    """A new secret; the old one is worth nothing at once."""
    answer = await desk.change("RenewWebhookSecret", webhookId=desk.form.one("webhook"))
    if answer.row is None:
        return await _page(desk, faults=said_of(desk, answer), status=answer.status)
    return await _page(desk, secret=answer.row["secret"], named=desk.form.one("name"))


@screen
async def replay(desk: Desk) -> Response:
    """Tell something once more."""
    answer = await desk.change("ReplayHook", deliveryId=desk.form.one("delivery"))
    if answer.is_done:
        return desk.go(WEBHOOKS, "told_again", WORDS)
    return await _page(desk, faults=said_of(desk, answer), status=answer.status)


async def _page(desk: Desk, *, secret: str = "", named: str = "", **how: Any) -> Response:
    return house_page(
        desk,
        "webhooks",
        webhooks=(await desk.ask("Webhooks"))["webhooks"],
        kinds=KINDS,
        secret=secret,
        named=named,
        typed={"name": "" if secret else desk.form.one("name"), "url": "" if secret else desk.form.one("url")},
        ticked=[] if secret else desk.form.many("kinds"),
        **how,
    )
