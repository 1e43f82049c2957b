"""What the holder of a link does: save a step, or send."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import orjson

from voc.core import clock, settings
from voc.core.access import Action, Actor
from voc.core.errors import Conflict, NotFound
from voc.core.events import emit
from voc.core.verb import joining, verb
from voc.outreach import invitations
from voc.outreach.open.door import give_back_places, take_place
from voc.outreach.wishes.odd_presses import take_back_decline, was_declined_oddly
from voc.responses.answers import Checked, check
from voc.responses.call_back import forget_call_back, note_wishes
from voc.responses.drafts import Posted
from voc.responses.duplicates import duplicate_of
from voc.responses.events import ResponseChanged, ResponseSubmitted
from voc.responses.hidden_facts import hidden_facts
from voc.responses.keep import NOT_BEGUN, Before, Stored, begin, locked, merged, set_columns, write_answers
from voc.responses.link import Link, Standing
from voc.responses.models import ResponseState
from voc.responses.queries import questionnaire_by_version
from voc.responses.quotas import Counted, count, full_quotas, release
from voc.responses.weigh import Weighed, before_newcomer, note_odd, weigh_answer
from voc.responses.what_next import is_complete, step_after, step_after_landing
from voc.surveys.questionnaire import Questionnaire

_ANSWERABLE = (Standing.OPEN, Standing.CHANGEABLE, Standing.DECLINED)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a press: what counts, what must be mended, the step to show next, or that everything was sent."""

    response_id: UUID
    checked: Checked
    next_step: str
    is_sent: bool


@verb(Action.ANSWER)
async def save_step(actor: Actor, link: Link, posted: Posted) -> Kept:
    """Keep the answers of one step; what has faults is named and not kept, the rest is.

    A response that was sent before is changed at once, or, while there are faults, not at all. Refuses a link that is closed (Conflict).
    """
    return await _answer(actor, link, posted, may_send=False)


@verb(Action.ANSWER)
async def submit(actor: Actor, link: Link, posted: Posted) -> Kept:
    """Keep the answers of one step, and send the response when nothing is left to ask, or from a landing when nothing is missing.

    Sending the same again changes nothing. Sending other answers within 24 hours changes the response. Refuses a link that is
    closed (Conflict).
    """
    return await _answer(actor, link, posted, may_send=True)


@dataclass(frozen=True, slots=True)
class _Press:
    """One press against what stood before it."""

    checked: Checked
    next_step: str
    sends: bool
    weighed: Weighed

    @property
    def suspect(self) -> str:
        """Why the response is held from now on."""
        return self.weighed.suspect

    def counts(self, before: Before) -> bool:
        return self.sends or before.state is ResponseState.COMPLETE


async def _answer(actor: Actor, link: Link, posted: Posted, *, may_send: bool) -> Kept:
    _must_hold(actor, link)
    now = clock.now()
    if link.standing(now) not in _ANSWERABLE:
        raise Conflict("CLOSED", "This link no longer takes answers.")
    questionnaire = await questionnaire_by_version(link.version_id)
    if link.response_id is None:
        kept = await _begun(actor, link, questionnaire, posted, now, may_send=may_send)
        if kept is not None:
            return kept
    before = await locked(link)
    press = await _weighed(link, questionnaire, posted, before, now, may_send=may_send)
    return await _changed(actor, link, questionnaire, posted, press, before)


async def _begun(actor: Actor, link: Link, questionnaire: Questionnaire, posted: Posted, now: datetime, *, may_send: bool) -> Kept | None:
    """What the first press brings; None where another press was first. Over an open link that is full nothing is begun (Conflict FULL)."""
    facts = await hidden_facts(
        questionnaire, link=posted.link_values, channel=link.channel, customer_id=link.customer_id, contact_id=link.contact_id
    )
    known = replace(NOT_BEGUN, answers={name: Stored(fact, None) for name, fact in facts.items()})
    press = await _weighed(link, questionnaire, posted, known, now, may_send=may_send)
    if link.open_link_id:
        await take_place(link.open_link_id)
    duplicate = await duplicate_of(link, posted)
    counted = await _counted(link, questionnaire, press, NOT_BEGUN)
    response_id = await begin(link, {**_columns(press, NOT_BEGUN, posted.language, now, counted), "duplicate": duplicate}, now)
    if response_id is None:
        await release(link.survey_id, counted.quotas)
        await give_back_places([link.invitation_id])
        return None
    await write_answers(response_id, questionnaire, press.checked, {}, now)
    if press.sends:
        await note_wishes(questionnaire, response_id, press.checked.answers, now)
    return await _told(actor, link, response_id, press, NOT_BEGUN)


async def _changed(actor: Actor, link: Link, questionnaire: Questionnaire, posted: Posted, press: _Press, before: Before) -> Kept:
    now, response_id = clock.now(), before.response_id
    if response_id is None:
        raise NotFound
    if press.weighed.changes_nothing:
        await note_odd(actor, link, press.weighed, is_held=True)
        return Kept(response_id, press.checked, press.next_step, press.sends)
    if press.weighed.is_newcomer:
        await forget_call_back(response_id)
        before = replace(before, state=ResponseState.OPEN)
    was_sent = before.state is ResponseState.COMPLETE
    has_changed = False
    if not (was_sent and press.checked.faults):
        has_changed = await write_answers(response_id, questionnaire, press.checked, before.answers, now)
    if was_sent and not has_changed and press.suspect == before.suspect:
        return Kept(response_id, press.checked, press.next_step, press.sends)
    counted = await _counted(link, questionnaire, press, before)
    news = {"begun_at": now} if press.weighed.is_newcomer else {}
    await set_columns(response_id, {**_columns(press, before, posted.language, now, counted), **news})
    if press.sends:
        await note_wishes(questionnaire, response_id, press.checked.answers, now)
    return await _told(actor, link, response_id, press, before)


async def _counted(link: Link, questionnaire: Questionnaire, press: _Press, before: Before) -> Counted:
    """For which quotas the response counts from now on; tests count for none."""
    if not press.counts(before) or link.is_test:
        return Counted(before.quotas)
    return await count(questionnaire, link.survey_id, before.quotas, press.checked.walk)


async def _weighed(link: Link, questionnaire: Questionnaire, posted: Posted, before: Before, now: datetime, *, may_send: bool) -> _Press:
    weighed = await weigh_answer(link, questionnaire, posted, before, now)
    known = before_newcomer(questionnaire, posted, before.answers) if weighed.is_newcomer else before.answers
    checked = check(
        questionnaire,
        merged(known, posted),
        posted.language,
        asked=posted.asked,
        seed=link.seed,
        full=await full_quotas(questionnaire, link.survey_id, before.quotas),
        country=settings.current().default_country,
    )
    if not may_send or checked.faults:
        return _Press(checked, "", False, weighed)
    if posted.is_landing:
        return _Press(checked, step_after_landing(checked, posted.asked), is_complete(checked), weighed)
    next_step = step_after(questionnaire, checked, posted.step_id, link.seed)
    return _Press(checked, next_step, not next_step, weighed)


def _columns(press: _Press, before: Before, language: str, now: datetime, counted: Counted) -> Mapping[str, object]:
    columns: dict[str, object] = {"saved_at": now, "language": language, "suspect": press.suspect}
    if not press.counts(before):
        return {**columns, "state": ResponseState.OPEN}
    end_page = counted.end_page or press.checked.walk.end_page.id
    columns |= {"end_page": end_page, "quotas": orjson.dumps(counted.quotas).decode(), "over_quota": counted.over}
    if before.state is ResponseState.COMPLETE:
        return {**columns, "changed_at": now}
    return {**columns, "state": ResponseState.COMPLETE, "submitted_at": now}


async def _told(actor: Actor, link: Link, response_id: UUID, press: _Press, before: Before) -> Kept:
    """A suspect answer is held: nothing follows it until a person shows up. One that was told already is looked at again."""
    await note_odd(actor, link, press.weighed, is_held=bool(press.suspect))
    was_told = before.submitted_at is not None and not before.suspect
    is_begun = not press.suspect and (before.response_id is None or bool(before.suspect))
    if is_begun and not press.counts(before) and not link.open_link_id:
        await joining(invitations.mark_begun)(actor, link.invitation_id)
    if link.declined_at and (not press.suspect or await was_declined_oddly(link.invitation_id)):
        await joining(take_back_decline)(actor, link.invitation_id)
    if press.counts(before) and (was_told or not press.suspect):
        if not was_told:
            await joining(invitations.mark_answered)(actor, link.invitation_id)
        await emit(ResponseChanged(response_id) if was_told else ResponseSubmitted(response_id))
    return Kept(response_id, press.checked, press.next_step, press.sends)


def _must_hold(actor: Actor, link: Link) -> None:
    if actor.id != link.invitation_id:
        raise NotFound
