"""Colleagues and their roles (A1)."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.faults import Changed
from voc.web.house_frame import ADDRESS, WORDS, house_page, said_of
from voc.web.wording import catalogues, own_name

PEOPLE = f"{ADDRESS}/people"
ROLES = ("HANDLER", "AGENT", "LEAD", "DESIGNER", "ANALYST", "ADMIN", "AUDITOR")
_FIELDS = ("name", "email", "agent", "language", "search")


def routes() -> list[Route]:
    """The list, and one address for each thing that can be done."""
    return [
        Route(PEOPLE, people, methods=["GET"]),
        Route(f"{PEOPLE}/add", add, methods=["POST"]),
        Route(f"{PEOPLE}/give", give, methods=["POST"]),
        Route(f"{PEOPLE}/take", take, methods=["POST"]),
        Route(f"{PEOPLE}/stop", stop, methods=["POST"]),
    ]


@screen
async def people(desk: Desk) -> Response:
    """Everybody who works here, with their roles."""
    return await _page(desk)


@screen
async def add(desk: Desk) -> Response:
    """A new colleague; their roles come next."""
    answer = await desk.change(
        "AddMember",
        idempotencyKey=desk.form.one("once")[:100] or None,
        name=desk.form.one("name"),
        email=desk.form.one("email"),
        language=desk.form.one("language") or None,
        agentKey=desk.form.one("agent").strip() or None,
    )
    return await _done(desk, answer, "member_added", {"agentKey": "agent"}, name=desk.form.one("name").strip())


@screen
async def give(desk: Desk) -> Response:
    """A role for a colleague, for one team or for all."""
    team, role = desk.form.one("team"), desk.form.one("role")
    if role not in ROLES:
        return await _page(desk)
    answer = await desk.change("GiveRole", memberId=desk.form.one("member"), role=role, teamId=team or None)
    return await _done(desk, answer, "role_given")


@screen
async def take(desk: Desk) -> Response:
    """Take a role back; the button says which, and for which team."""
    role, _, team = desk.form.one("held").partition(":")
    if role not in ROLES:
        return await _page(desk)
    answer = await desk.change("TakeRole", memberId=desk.form.one("member"), role=role, teamId=team or None)
    return await _done(desk, answer, "role_taken")


@screen
async def stop(desk: Desk) -> Response:
    """A colleague leaves: they can no longer sign in."""
    answer = await desk.change("DeactivateMember", memberId=desk.form.one("member"))
    return await _done(desk, answer, "member_stopped")


async def _done(desk: Desk, answer: Changed, key: str, fields: dict[str, str] | None = None, **values: str) -> Response:
    if answer.is_done:
        return desk.go(PEOPLE, key, WORDS, **values)
    return await _page(desk, faults=said_of(desk, answer, fields), status=answer.status)


async def _page(desk: Desk, **how: Any) -> Response:
    search, may_edit = desk.asked("search"), desk.may(Action.EDIT_STAFF)
    found = (await desk.ask("Members", filter={"search": search} if search else {}, **desk.wanted_page()))["members"]
    return house_page(
        desk,
        "people",
        members=found,
        search=search,
        may_edit=may_edit,
        roles=ROLES,
        teams=(await desk.ask("Teams"))["teams"] if may_edit else [],
        languages=[(code, own_name(code)) for code in sorted(catalogues()["console"])],
        typed={name: desk.form.one(name) for name in _FIELDS},
        once=desk.form.one("once") or desk.new_key(),
        **how,
    )
