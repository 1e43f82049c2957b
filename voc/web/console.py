"""How every console page is made: who asks, what they ask the API, and how its answers and refusals become pages.

A screen is `@screen async def inbox(desk: Desk) -> Response`. It reads with `desk.ask(operation, …)`, writes with
`desk.change(operation, …)`, and answers with `desk.page(template, audience, …)`, or after a POST with `desk.go(address, said)`.
In templates `w` is the words of the audience, `c` the console's own, `shown` the reader's way of writing values.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from voc.core.access import Action, Actor
from voc.core.errors import Forbidden, Invalid, NotFound, SignInNeeded
from voc.core.ids import new_id
from voc.web import console_refusals, flash
from voc.web.faults import NO_FAULTS, Changed, Faults, changed
from voc.web.headers import content_policy
from voc.web.navigation import Place, place_of, places_for
from voc.web.pages import page, see_other
from voc.web.posted_form import PostedForm, posted_form
from voc.web.run import OperationFailed, Stream, run, stream
from voc.web.sessions import is_from_here, signed_in
from voc.web.shown import Shown
from voc.web.sign_in import to_sign_in
from voc.web.wording import Words, words_for

POLICY = content_policy(connect="'self'")
PER_PAGE = 50
LONGEST_SAID_BACK = 40


@dataclass(slots=True)
class Desk:
    """One colleague at one page of the console."""

    request: Request
    actor: Actor
    me: Mapping[str, Any]
    form: PostedForm
    passed_over: list[str] = field(default_factory=list)
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        self.words = words_for("console", self.me["language"])

    async def ask(self, operation: str, **variables: Any) -> dict[str, Any]:
        """What a stored operation answers."""
        return await run(operation, variables, self.actor)

    async def change(self, operation: str, **given: Any) -> Changed:
        """What a stored mutation did with its input; entries that are None are left out."""
        kept = {name: value for name, value in given.items() if value is not None}
        return changed(await run(operation, {"input": kept}, self.actor))

    async def live(self, operation: str, **variables: Any) -> Stream:
        """For `live=` of a page: the stored subscription it listens to. Ask for it before what the page shows."""
        return await stream(operation, variables)

    def may(self, *actions: Action) -> bool:
        """Whether one of the actions is open to this colleague, at least somewhere."""
        return any(action.name in self.me["actions"] for action in actions)

    @property
    def places(self) -> list[Place]:
        """Where they may go."""
        return places_for(self.me["actions"])

    def new_key(self) -> str:
        """For a form that creates something: sent twice, it creates it once."""
        return str(new_id())

    def asked(self, name: str) -> str:
        """A value of the address."""
        return self.request.query_params.get(name, "").strip()

    def chosen(self, name: str, among: Iterable[str]) -> str:
        """A value of the address that is one of these, whatever its case; empty when it was not given.

        Any other is passed over, and the page says so.
        """
        asked = self.asked(name)
        found = next((one for one in among if one.lower() == asked.lower()), "")
        if asked and not found:
            self.pass_over(name)
        return found

    def pass_over(self, name: str) -> None:
        """Let the page say that this part of its address means nothing here, and was left out."""
        part = f"{name}={self.asked(name)}"
        said = part if len(part) <= LONGEST_SAID_BACK else f"{part[:LONGEST_SAID_BACK]}…"
        if said not in self.passed_over:
            self.passed_over.append(said)

    def wanted_page(self, size: int = PER_PAGE) -> dict[str, Any]:
        """The variables of a list: the first page, or the one that `Older` or `Newer` leads to."""
        if before := self.asked("before"):
            return {"last": size, "before": before}
        return {"first": size, "after": self.asked("after") or None}

    def here(self, **changes: str | None) -> str:
        """The address of this page with other values in it; None takes one out."""
        kept = {name: value for name, value in self.request.query_params.items() if name not in changes and value}
        kept |= {name: value for name, value in changes.items() if value}
        return self.request.url.path + (f"?{urlencode(kept)}" if kept else "")

    def page(
        self, template: str, audience: str, *, status: int = 200, faults: Faults = NO_FAULTS, policy: str = POLICY, **values: Any
    ) -> Response:
        """An answer with a page of the console. With faults the status is 422 unless another is given.

        `live` is the stream it listens to; `only` the ids whose changes it tells of, with a space between, all when empty.
        """
        line = flash.found(self.request)
        frame = {
            "c": self.words,
            "me": self.me,
            "shown": Shown.to(self.words, self.me["timeZone"]),
            "places": self.places,
            "place": place_of(self.request.url.path),
            "here": self.here,
            "path": self.request.url.path,
            "query": self.request.query_params,
            "line": line,
            "line_words": words_for(line.audience, self.me["language"]) if line else None,
            "faults": faults,
            "may": lambda name: name in self.me["actions"],
            "passed_over": self.passed_over,
            "live": None,
            "only": "",
        }
        words = words_for(audience, self.me["language"])
        status = 422 if faults and status == 200 else status
        answer = page(self.request, template, words, status=status, policy=policy, **{**frame, **values})
        return flash.forget(answer) if line else answer

    def go(self, address: str, said: str = "", audience: str = "console", *, about: str = "", **values: object) -> Response:
        """After a POST: go on to an address, and say there what was done, by a key of an audience's words; `about` is where to read on."""
        answer = see_other(address)
        if not said:
            return answer
        return flash.leave(answer, flash.Line(audience, said, {name: str(value) for name, value in values.items()}, about))


Screen = Callable[[Desk], Awaitable[Response]]


def screen(show: Screen) -> Callable[[Request], Awaitable[Response]]:
    """Make a route's endpoint of a screen: signed in or sent to the door, posted from our own pages only, refusals as pages."""

    @wraps(show)
    async def endpoint(request: Request) -> Response:
        is_post = request.method == "POST"
        form = await posted_form(request) if is_post else PostedForm({})
        if is_post and not is_from_here(request):
            return console_refusals.foreign(request)
        actor = await signed_in(request)
        if actor is None:
            return console_refusals.signed_out(request, form) if is_post else to_sign_in(request)
        me = (await run("Me", {}, actor))["me"]
        desk = Desk(request, actor, me, form)
        try:
            return await show(desk)
        except SignInNeeded:
            return to_sign_in(request)
        except Invalid:
            return console_refusals.not_found(desk) if is_post or not request.query_params else _without_filters(desk)
        except NotFound:
            return console_refusals.not_found(desk)
        except Forbidden:
            return console_refusals.forbidden(desk)
        except OperationFailed as failed:
            return console_refusals.failed(desk, failed)
        except HTTPException:
            raise
        except Exception as error:
            return console_refusals.broken(desk, error)

    return endpoint


def _without_filters(desk: Desk) -> Response:
    """The page as it is without what its address asks, for that cannot be read; it says so."""
    return desk.go(desk.request.url.path, "address_unread")
