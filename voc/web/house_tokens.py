"""The keys of other programs (A1): made here, shown once, taken back at once."""

from datetime import timedelta
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core import clock
from voc.web.console import Desk, screen
from voc.web.house_frame import ADDRESS, WORDS, house_page, said_of

TOKENS = f"{ADDRESS}/tokens"
ROLES = ("INTEGRATION", "AGENT", "ANALYST", "DESIGNER", "LEAD", "HANDLER", "ADMIN", "AUDITOR")
LASTS_DAYS = ("90", "365", "")


def routes() -> list[Route]:
    """The list, making one, and taking one back."""
    return [
        Route(TOKENS, tokens, methods=["GET"]),
        Route(TOKENS, create, methods=["POST"]),
        Route(f"{TOKENS}/revoke", revoke, methods=["POST"]),
    ]


@screen
async def tokens(desk: Desk) -> Response:
    """Every token, without its secret."""
    return await _page(desk)


@screen
async def create(desk: Desk) -> Response:
    """A new token. This answer alone shows its secret: it is in no cookie and no later page."""
    lasts, role = desk.form.one("lasts"), desk.form.one("role")
    answer = await desk.change(
        "CreateToken",
        idempotencyKey=desk.form.one("once")[:100] or None,
        name=desk.form.one("name"),
        role=role if role in ROLES else ROLES[0],
        teamId=desk.form.one("team") or None,
        expiresAt=(clock.now() + timedelta(days=int(lasts))).isoformat() if lasts in LASTS_DAYS and lasts else None,
    )
    if answer.row is None:
        return await _page(desk, faults=said_of(desk, answer), status=answer.status)
    return await _page(desk, made=answer.row)


@screen
async def revoke(desk: Desk) -> Response:
    """The token opens nothing from now on."""
    answer = await desk.change("RevokeToken", tokenId=desk.form.one("token"))
    if answer.is_done:
        return desk.go(TOKENS, "token_revoked", WORDS)
    return await _page(desk, faults=said_of(desk, answer), status=answer.status)


async def _page(desk: Desk, *, made: Any = None, **how: Any) -> Response:
    return house_page(
        desk,
        "tokens",
        tokens=(await desk.ask("Tokens"))["tokens"],
        teams=(await desk.ask("Teams"))["teams"],
        roles=ROLES,
        lasts_days=LASTS_DAYS,
        made=made,
        typed={name: "" if made else desk.form.one(name) for name in ("name", "role", "team", "lasts")},
        once=desk.new_key() if made else desk.form.one("once") or desk.new_key(),
        **how,
    )
