"""My messages and data (C5), and the address behind the stop button of mail programs (RFC 8058). Looking changes nothing."""

from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from voc.core.access import Actor
from voc.customers.models import Channel
from voc.outreach.links import Purpose, invitation_named_by
from voc.outreach.wishes.addresses import kept_under
from voc.outreach.wishes.own_asks import own_asks
from voc.outreach.wishes.preferences import Preference, Wish, preferences_of, set_preferences, unsubscribe
from voc.responses.scanners import Deed
from voc.surveys.texts import Texts
from voc.web.holder import STAMP, Holder, holder_of
from voc.web.own_answers_page import own_answers
from voc.web.pages import page, see_other
from voc.web.posted_form import PostedForm, posted_form

_NAMED_CHANNELS = (Channel.EMAIL, Channel.SMS)
_ALL = "all"


async def show(request: Request) -> Response:
    """What we ask and how often, how it stands now, what can be chosen, and what was answered."""
    holder = await holder_of(request, Purpose.MESSAGES)
    return holder if isinstance(holder, Response) else await _page(holder)


async def choose(request: Request) -> Response:
    """Do as was chosen, at once."""
    holder = await holder_of(request, Purpose.MESSAGES)
    if isinstance(holder, Response):
        return holder
    form = await posted_form(request)
    try:
        wish = Wish(form.one("wish"))
    except ValueError:
        return await _page(holder, form=form, has_fault=True)
    if not await holder.is_person(Deed.CHOSEN, form):
        return await _page(holder, form=form, asks_again=True)
    await set_preferences(holder.actor, holder.invitation.id, wish, _channel(holder, form.one("channel")))
    return see_other(f"{request.url.path}?saved")


async def ask_stop(request: Request) -> Response:
    """A page with one button: mail scanners follow this address too, so looking must not stop anything."""
    holder = await holder_of(request, Purpose.STOP)
    return holder if isinstance(holder, Response) else _stop_page(holder)


async def stop(request: Request) -> Response:
    """Stop at once, for a mail program or a person: no cookie, no session, no redirect, and again changes nothing.

    A mail program brings no stamp of our page, and is obeyed whatever came before: it stops what the ask came by. The page promises
    that we ask no more, so a press on it stops every channel; one that bears two signs of a scanner gets the page again, which says
    that once more will do it. Whoever is no longer here is answered as everybody is.
    """
    secret = request.path_params["secret"]
    invitation_id = invitation_named_by(Purpose.STOP, secret)
    holder = await holder_of(request, Purpose.STOP)
    if isinstance(holder, Response):
        return PlainTextResponse("Stopped.") if invitation_id else holder
    form = await posted_form(request)
    if form.one(STAMP) and not await holder.is_person(Deed.STOPPED, form):
        return _stop_page(holder, asks_again=True)
    actor, invitation = Actor.respondent(holder.invitation.id), holder.invitation.id
    await (set_preferences(actor, invitation, Wish.STOP) if form.one(STAMP) else unsubscribe(actor, invitation))
    if "text/html" in request.headers.get("accept", ""):
        return _stop_page(holder, is_stopped=True)
    return PlainTextResponse("Stopped.")


def _stop_page(holder: Holder, *, is_stopped: bool = False, asks_again: bool = False) -> Response:
    return page(
        holder.request,
        "survey/stop.html",
        holder.words,
        policy=holder.face.policy,
        face=holder.face,
        is_stopped=is_stopped,
        asks_again=asks_again,
        stamp=holder.stamp,
        messages=holder.messages,
    )


async def _page(holder: Holder, *, form: PostedForm | None = None, has_fault: bool = False, asks_again: bool = False) -> Response:
    query = holder.request.query_params
    return page(
        holder.request,
        "survey/mine.html",
        holder.words,
        status=422 if has_fault else 200,
        policy=holder.face.policy,
        face=holder.face,
        asks=await _asks(holder),
        now=await _now(holder),
        wishes=[wish.value for wish in Wish],
        chosen_wish=form.one("wish") if form else "",
        chosen_channel=form.one("channel") if form else _ALL,
        channels=[{"value": one.value, "word": _word(one)} for one in _offered(holder)],
        has_fault=has_fault,
        asks_again=asks_again,
        note="mine_saved" if "saved" in query else "mine_erased" if "erased" in query else "",
        stamp=holder.stamp,
        messages=holder.messages,
        own=await own_answers(holder),
    )


async def _asks(holder: Holder) -> dict[str, Any]:
    """What we ask and how often, as the page says it."""
    asks = await own_asks(holder.invitation)
    names = {Texts(names).say(holder.words.reader) for names in asks.touchpoints} - {""}
    return {
        "after": ", ".join(sorted(names)),
        "quiet_days": asks.quiet_days,
        "at_most": asks.yearly_budget,
        "is_known": holder.invitation.customer_id is not None,
        "asked": asks.asked_in_a_year,
        "waiting": asks.waiting,
    }


async def _now(holder: Holder) -> list[dict[str, str]]:
    """How it stands: in one line, or in one for each channel where they differ."""
    known = {one.channel: one for one in await preferences_of(holder.invitation)}
    lines = []
    for channel in _offered(holder):
        one = known.get(channel, Preference(channel, False, None))
        state = "asking" if not one.is_stopped else "paused" if one.until else "stopped"
        lines.append({"word": _word(channel), "state": state, "day": holder.words.day(one.until) if one.until else ""})
    return lines if len({(line["state"], line["day"]) for line in lines}) > 1 else lines[:1]


def _offered(holder: Holder) -> list[Channel]:
    """The channel of this link, and those that customers know by name; texts where we know a number."""
    here = kept_under(holder.invitation.channel)
    others = [Channel.EMAIL, *([Channel.SMS] if holder.around.phone else [])] if holder.invitation.customer_id else []
    return list(dict.fromkeys((here, *others)))


def _word(channel: Channel) -> str:
    return "channel_" + (channel.value if channel in _NAMED_CHANNELS else "other")


def _channel(holder: Holder, chosen: str) -> Channel | None:
    """The one channel that was chosen; None for all. `this` is the channel of the link."""
    here, *others = _offered(holder)
    return here if chosen == "this" else next((one for one in others if one.value == chosen), None)
