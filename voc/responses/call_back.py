"""The customer's wish to be called."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from voc.core import clock, settings
from voc.core.access import Action, Actor
from voc.core.db import execute, rows
from voc.core.errors import Conflict, Invalid, NotFound
from voc.core.events import emit
from voc.core.ids import new_id
from voc.core.verb import joining, verb
from voc.customers import values
from voc.outreach import invitations
from voc.responses.events import ResponseChanged, ResponseSubmitted
from voc.responses.keep import set_columns
from voc.responses.link import Link
from voc.responses.models import ResponseState
from voc.responses.read_answer import WINDOWS
from voc.responses.scanners import Deed, Press
from voc.surveys.course import course_of
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import CallMeBack


@verb(Action.ANSWER)
async def ask_call_back(actor: Actor, link: Link, *, phone: str | None, window: str, served_at: datetime | None = None) -> None:
    """Note the number to call and the time that suits; asking again replaces it. Without a number it is the one we know.

    A person who asks, on a page served at `served_at`, frees an answer that was held; the wish that came with a press too fast for one
    is kept and not told.
    Refuses a number that cannot be dialled and an unknown window (Invalid), and a response that was not sent (Conflict).
    """
    if actor.id != link.invitation_id:
        raise NotFound
    if link.response_id is None or link.response_state == ResponseState.OPEN:
        raise Conflict("NOT_SENT", "Send your answer first; then you can ask to be called.")
    if window not in WINDOWS:
        raise Invalid.at("window", "UNKNOWN_VALUE", f"Choose one of: {', '.join(WINDOWS)}.")
    number = _dialled(phone) if phone is not None else await known_phone(link)
    if number is None:
        raise Invalid.at("phone", "MISSING", "Type the number on which we can call you.")
    before = await rows('SELECT phone, "window" FROM call_back WHERE response_id = ?', link.response_id)
    if before and (before[0]["phone"], before[0]["window"]) == (number, window):
        return
    await execute(_PUT, new_id(), link.response_id, number, window, clock.now())
    if not await _is_held(link):
        await emit(ResponseChanged(link.response_id))
    elif not Press(Deed.SENT, served_at, clock.now()).was_too_fast:
        await set_columns(link.response_id, {"suspect": ""})
        await joining(invitations.mark_answered)(actor, link.invitation_id)
        await emit(ResponseSubmitted(link.response_id))


async def note_wishes(questionnaire: Questionnaire, response_id: UUID, answers: Mapping[str, object], now: datetime) -> None:
    """What was answered where a survey asks whether we may call: the last such question counts."""
    for question in course_of(questionnaire).questions.values():
        if isinstance(question, CallMeBack) and isinstance(number := answers.get(question.id), str):
            await execute(_PUT, new_id(), response_id, number, answers.get(question.window_name) or WINDOWS[0], now)


async def forget_call_back(response_id: UUID) -> None:
    """Drop a wish that perhaps nobody had, within a verb."""
    await execute("DELETE FROM call_back WHERE response_id = ?", response_id)


async def known_phone(link: Link) -> str | None:
    """The number we know the customer by."""
    found = await rows("SELECT phone FROM customer WHERE id = ?", link.customer_id) if link.customer_id else []
    return found[0]["phone"] if found else None


def _dialled(phone: str) -> str:
    if not phone.strip():
        raise Invalid.at("phone", "MISSING", "Type the number on which we can call you.")
    try:
        return values.phone(phone, settings.current().default_country)
    except values.Unreadable as fault:
        raise Invalid.at("phone", fault.code, f"The number {fault.message}") from None


async def _is_held(link: Link) -> bool:
    found = await rows("SELECT suspect FROM response WHERE id = ?", link.response_id)
    return bool(found and found[0]["suspect"])


_PUT = """
    INSERT INTO call_back (id, response_id, phone, "window", asked_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (response_id) DO UPDATE SET phone = excluded.phone, "window" = excluded."window", asked_at = excluded.asked_at"""
