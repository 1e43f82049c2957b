"""One's own account: language and zone of the console, password, sessions."""

from functools import lru_cache
from zoneinfo import available_timezones

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Actor
from voc.core.errors import Invalid
from voc.core.limit import Limit
from voc.staff import sign_in
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, FormFault, form_faults, said
from voc.web.sessions import let_in
from voc.web.wording import catalogues, own_name, words_for

ADDRESS = "/console/account"
TRIES = Limit("own password", 8)
_FIELDS = {"timeZone": "time-zone"}
_PASSWORD_FIELDS = {"oldPassword": "old-password", "password": "new-password"}


def routes() -> list[Route]:
    """The page and its two forms."""
    return [
        Route(ADDRESS, account, methods=["GET"]),
        Route(ADDRESS, save, methods=["POST"]),
        Route(f"{ADDRESS}/password", save_password, methods=["POST"]),
    ]


@screen
async def account(desk: Desk) -> Response:
    """What is set now."""
    return _page(desk)


@screen
async def save(desk: Desk) -> Response:
    """Keep language and zone; the next page speaks the new language."""
    language, zone = desk.form.one("language"), desk.form.one("time-zone").strip()
    answer = await desk.change("UpdateMe", language=language, timeZone=zone)
    if not answer.is_done:
        return _page(desk, language=language, zone=zone, faults=form_faults(answer, desk.words, _FIELDS))
    return desk.go(ADDRESS, "saved", "account")


@screen
async def save_password(desk: Desk) -> Response:
    """Set a new password. Every session ends, and this browser gets a fresh one."""
    old, new = desk.form.one("old-password"), desk.form.one("new-password")
    if TRIES.seconds_to_wait(desk.actor.key):
        return _page(desk, faults=Faults([FormFault("old-password", desk.words("fault_THROTTLED"))]))
    try:
        await sign_in.change_password(desk.actor, old, new)
    except Invalid as invalid:
        words = words_for("account", desk.me["language"])
        found = [FormFault(_PASSWORD_FIELDS.get(one.path, one.path), said(words, one.code, one.message)) for one in invalid.faults]
        return _page(desk, faults=Faults(found))
    secret = await sign_in.sign_in(Actor.stranger(), desk.me["member"]["email"], new)
    return let_in(desk.go(ADDRESS, "password_saved", "account"), secret)


@lru_cache(maxsize=1)
def _zones() -> list[str]:
    places = (zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [*sorted(places), "UTC"]


def _page(desk: Desk, *, language: str = "", zone: str = "", faults: Faults = NO_FAULTS) -> Response:
    languages = [(code, own_name(code)) for code in sorted(catalogues()["console"])]
    return desk.page(
        "console/account.html",
        "account",
        faults=faults,
        languages=languages,
        zones=_zones(),
        chosen=language or desk.me["language"],
        zone=zone or desk.me["timeZone"],
    )
