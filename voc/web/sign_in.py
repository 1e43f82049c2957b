"""Sign-in (W1): password first, a link by mail beside it, and a new password for who forgot theirs."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voc.core import settings
from voc.core.access import Actor
from voc.core.errors import Invalid
from voc.core.limit import Limit
from voc.staff import sign_in
from voc.staff.sign_in import SignInRefused
from voc.web.address import address_of
from voc.web.pages import page, see_other
from voc.web.posted_form import posted_form
from voc.web.sessions import is_from_here, let_in, let_out, next_path, session_secret, signed_in
from voc.web.wording import Words, catalogues, language_of, words_for

PER_ADDRESS = Limit("sign-in address", 30)
PER_MAIL = Limit("sign-in mail", 8)
STRANGER = Actor.stranger()


def routes() -> list[Route]:
    """Every address before the console."""
    return [
        Route("/sign-in", show, methods=["GET"]),
        Route("/sign-in", enter, methods=["POST"]),
        Route("/sign-in/forgot", show_forgot, methods=["GET"]),
        Route("/sign-in/ask", ask, methods=["POST"]),
        Route("/sign-in/link/{secret}", show_link, methods=["GET"]),
        Route("/sign-in/link/{secret}", use_link, methods=["POST"]),
        Route("/sign-in/reset/{secret}", show_reset, methods=["GET"]),
        Route("/sign-in/reset/{secret}", reset, methods=["POST"]),
        Route("/sign-out", leave, methods=["POST"]),
    ]


async def show(request: Request) -> Response:
    """The form; whoever is signed in goes on to the console."""
    wanted = request.query_params.get("next")
    if await signed_in(request):
        return see_other(next_path(wanted))
    return _form(request, wanted=wanted)


async def enter(request: Request) -> Response:
    """Sign in with a password. Unknown, wrong and deactivated get the same page after the same time."""
    form = await posted_form(request)
    email, wanted = form.one("email"), form.one("next")
    if not is_from_here(request):
        return _form(request, email=email, wanted=wanted, fault="foreign", status=403)
    if _too_often(request, email):
        return _form(request, email=email, wanted=wanted, fault="often", status=429)
    try:
        secret = await sign_in.sign_in(STRANGER, email, form.one("password"))
    except SignInRefused:
        return _form(request, email=email, wanted=wanted, fault="refused", status=422)
    return let_in(see_other(next_path(wanted)), secret)


async def show_forgot(request: Request) -> Response:
    """The form that asks for a link that sets a new password."""
    return page(request, "door/forgot.html", _words(request), fault="")


async def ask(request: Request) -> Response:
    """Mail a link, or do nothing for an address that nobody has: the page is the same."""
    form = await posted_form(request)
    email, purpose = form.one("email"), "reset" if form.one("purpose") == "reset" else "sign_in"
    if not is_from_here(request):
        return _form(request, email=email, fault="foreign", status=403)
    if _too_often(request, email):
        return _form(request, email=email, fault="often", status=429)
    if email.strip():
        await sign_in.ask_link(STRANGER, email, purpose)
    return page(request, "door/asked.html", _words(request), purpose=purpose)


async def show_link(request: Request) -> Response:
    """A page with one button: a scanner that opens the link uses nothing up."""
    return page(request, "door/link.html", _words(request), address=request.url.path, fault="")


async def use_link(request: Request) -> Response:
    """Use the link up and go in."""
    try:
        if not is_from_here(request) or PER_ADDRESS.seconds_to_wait(address_of(request)):
            raise SignInRefused
        secret = await sign_in.use_link(STRANGER, request.path_params["secret"])
    except SignInRefused:
        return page(request, "door/link.html", _words(request), status=422, address=request.url.path, fault="link")
    return let_in(see_other("/console"), secret)


async def show_reset(request: Request) -> Response:
    """The form for a new password."""
    return page(request, "door/reset.html", _words(request), address=request.url.path, fault="")


async def reset(request: Request) -> Response:
    """Set the new password and go in; every other session ends."""
    form = await posted_form(request)
    fault = ""
    try:
        if not is_from_here(request) or PER_ADDRESS.seconds_to_wait(address_of(request)):
            raise SignInRefused
        secret = await sign_in.reset_password(STRANGER, request.path_params["secret"], form.one("password"))
        return let_in(see_other("/console"), secret)
    except SignInRefused:
        fault = "link"
    except Invalid:
        fault = "short"
    return page(request, "door/reset.html", _words(request), status=422, address=request.url.path, fault=fault)


async def leave(request: Request) -> Response:
    """End this session, or with `everywhere` all of the member's."""
    actor, secret = await signed_in(request), session_secret(request)
    if actor and secret and is_from_here(request):
        if (await posted_form(request)).one("everywhere"):
            await sign_in.sign_out_everywhere(actor)
        else:
            await sign_in.sign_out(actor, secret)
    return let_out(see_other("/sign-in"))


def to_sign_in(request: Request) -> Response:
    """Send a stranger to the door, and back here afterwards."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return see_other(f"/sign-in?next={quote(here, safe='')}" if request.method == "GET" else "/sign-in")


def _form(request: Request, *, email: str = "", wanted: str | None = None, fault: str = "", status: int = 200) -> Response:
    return page(request, "door/sign_in.html", _words(request), status=status, email=email, next=wanted or "", fault=fault)


def _too_often(request: Request, email: str) -> bool:
    return bool(PER_ADDRESS.seconds_to_wait(address_of(request)) or PER_MAIL.seconds_to_wait(email.strip().lower()))


def _words(request: Request) -> Words:
    spoken = catalogues()["door"]
    return words_for("door", language_of(request.headers.get("accept-language", ""), spoken, settings.current().default_language))
