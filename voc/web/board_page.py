"""The delivery board (Q8): how far a cohort came, what is on its way now, and what failed, to be tried again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.responses import Response
from starlette.routing import Route

from voc.core import clock
from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.touchpoint_names import touchpoint_names
from voc.web.wording import words_for

ADDRESS = "/console/asking/board"
WORDS = "board"
DAYS = ("1", "7", "30", "90")
USUAL_DAYS = "7"
CHANNELS = ("EMAIL", "SMS", "MESSAGE", "APP", "OTHER", "OUTBOX")
STEPS = ("decided", "eligible", "invited", "delivered", "opened", "started", "answered")
BESIDE = ("waiting", "held", "failed", "bounced", "complained", "stopped", "declined", "reminders", "scanned", "suspect")
FAILED_SHOWN = 10
STOPPED_BY_COLLEAGUE = "asked for by a colleague"


def routes() -> list[Route]:
    """The page, and what can be done about what failed."""
    return [
        Route(ADDRESS, board, methods=["GET"]),
        Route(f"{ADDRESS}/again", again, methods=["POST"]),
        Route(f"{ADDRESS}/all-again", all_again, methods=["POST"]),
        Route(f"{ADDRESS}/suppress", suppress, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the funnel: how many came to it, as a share of the first and of the one before, in per cent."""

    name: str
    n: int
    of_first: float
    of_before: float | None


@dataclass(slots=True)
class Wanted:
    """What the address asks for; what means nothing here was passed over."""

    days: str
    chosen: dict[str, str]
    options: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @classmethod
    async def of(cls, desk: Desk) -> "Wanted":
        """From the address of the page."""
        policies = [one for one in (await desk.ask("Policies"))["policies"] if one["rules"]]
        surveys = (await desk.ask("Surveys", first=100, filter={"isPublished": True}))["surveys"]["nodes"]
        options = {
            "policy": [(one["id"], one["name"]) for one in policies],
            "touchpoint": list((await touchpoint_names(desk)).items()),
            "survey": [(one["id"], one["name"]) for one in surveys],
            "channel": [(one, words_for("console", desk.me["language"]).plain(f"channel_{one}")) for one in CHANNELS],
        }
        arms: list[dict[str, str]] = next((one["rules"]["variants"] for one in policies if one["id"] == desk.asked("policy")), [])
        if arms:
            options["variant"] = [(one["key"], one["key"]) for one in arms]
        chosen = {name: desk.chosen(name, [value for value, _ in offered]) for name, offered in options.items()}
        return cls(desk.chosen("days", DAYS) or USUAL_DAYS, {name: value for name, value in chosen.items() if value}, options)

    def since(self, zone: str) -> str:
        """Whole days where the reader is, today included."""
        today = clock.now().astimezone(ZoneInfo(zone)).date()
        first = today - timedelta(days=int(self.days) - 1)
        return datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(zone)).isoformat()

    def cohort(self, zone: str) -> dict[str, str]:
        """The filter of the board."""
        names = {"policy": "policyId", "survey": "surveyId"}
        return {"since": self.since(zone)} | {names.get(name, name): value for name, value in self.chosen.items()}

    def failed(self, zone: str) -> dict[str, str] | None:
        """The same of what failed; None where that is not told apart by what was chosen."""
        return None if self.chosen.keys() & {"touchpoint", "variant"} else self.cohort(zone)


@screen
async def board(desk: Desk) -> Response:
    """The funnel of a cohort as bars, a table and a sentence; beside it what else became of it, and what is under way."""
    live = await desk.live("DeliveryProgress")
    wanted, zone = await Wanted.of(desk), desk.me["timeZone"]
    found = (await desk.ask("DeliveryBoard", filter=wanted.cohort(zone)))["deliveryBoard"]
    which = wanted.failed(zone) if found["failed"] else None
    failed = (
        await desk.ask("FailedInvitations", filter={"states": ["FAILED"], "isTest": False, **which}, first=FAILED_SHOWN) if which else None
    )
    return desk.page(
        "console/board.html",
        "asking",
        live=live,
        p=words_for(WORDS, desk.me["language"]),
        wanted=wanted,
        days=DAYS,
        found=found,
        steps=steps_of(found),
        beside=[(name, found[name]) for name in BESIDE if found[name]],
        failed=failed["invitations"] if failed else None,
        asked=desk.request.url.query,
        may_send=desk.may(Action.EDIT_OUTREACH),
        may_suppress=desk.may(Action.SUPPRESS),
        pauses=(await desk.ask("Pauses"))["pauses"],
    )


@screen
async def again(desk: Desk) -> Response:
    """Try one invitation again, to the address that is known now."""
    answer = await desk.change("RetryInvitation", invitationId=desk.form.one("invitation"))
    return desk.go(_back(desk), "sent_again" if answer.is_done else "not_sent_again", "asking")


@screen
async def all_again(desk: Desk) -> Response:
    """Try again all that failed and the page's filter fits, or those alone with another address; a thousand at a time."""
    which = (await Wanted.of(desk)).failed(desk.me["timeZone"]) or {}
    answer = await desk.change("RetryDelivery", **which, hasNewAddress=desk.form.one("which") == "new_address")
    tried = answer.row or {"retried": 0, "left": 0}
    said = "tried_some" if tried["left"] else "tried" if tried["retried"] else "tried_none"
    return desk.go(_back(desk), said, WORDS, count=tried["retried"], left=tried["left"])


@screen
async def suppress(desk: Desk) -> Response:
    """Write nothing more to a customer over the channel on which they could not be reached."""
    given = {"customer": {"id": desk.form.one("customer")}, "channels": [desk.form.one("channel")], "reason": STOPPED_BY_COLLEAGUE}
    answer = await desk.change("SuppressCustomer", **given)
    return desk.go(_back(desk), "suppressed" if answer.is_done else "not_suppressed", WORDS)


def steps_of(found: Mapping[str, int]) -> list[Step]:
    """The funnel's steps with their shares."""
    first = found[STEPS[0]] or 1
    before: int | None = None
    steps = []
    for name in STEPS:
        n = found[name]
        steps.append(Step(name, n, 100 * n / first, 100 * n / before if before else None))
        before = n
    return steps


def _back(desk: Desk) -> str:
    """The board as it was narrowed: what is posted from it goes to an address with the same filter."""
    asked = desk.request.url.query
    return f"{ADDRESS}?{asked}" if asked else ADDRESS
