"""Publishing by a second person's leave, or at a moment: what was asked for is frozen, and that is what is published."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from voc.core import clock, jobs
from voc.core.access import Action, Actor
from voc.core.db import execute, transaction
from voc.core.errors import Conflict, Invalid, Refusal
from voc.core.find import one
from voc.core.verb import verb
from voc.surveys.models import PublishRequest, PublishState, Survey
from voc.surveys.publication import NOTHING_DECIDED, Decided, publication
from voc.surveys.publish import OPEN, needs_second_person, release
from voc.surveys.queries import publish_requests_visible_to, surveys_visible_to

PUBLISH_AT = "surveys.publish_at"
FURTHEST = timedelta(days=366)
LONGEST_NOTE = 500


@verb(Action.PUBLISH_SURVEY)
async def request_publish(
    actor: Actor, survey_id: UUID, decided: Decided = NOTHING_DECIDED, *, publish_at: datetime | None = None, note: str = ""
) -> PublishRequest:
    """Ask that the draft as it is now be published, at `publish_at` or at once; editing it afterwards changes nothing of that.

    Where a second person must agree it waits for one, else for its moment. Refuses what publishing would refuse, a moment that is past
    or more than a year ahead (Invalid), and a second request while one is open (Conflict).
    """
    survey = await _locked(actor, survey_id)
    waits = needs_second_person(actor)
    _check(publish_at, note, waits=waits)
    if await PublishRequest.filter(survey_id=survey.id, state__in=OPEN).exists():
        raise Conflict("ASKED_ALREADY", "A version of this survey waits to be published already. Withdraw that first.")
    await publication(survey, survey.draft, decided)
    made = await PublishRequest.create(
        survey=survey,
        text=survey.draft,
        digest=sha256(survey.draft.encode()).hexdigest(),
        live_number=survey.last_number,
        renames=dict(decided.renames),
        removed=list(decided.removed),
        note=note.strip(),
        asked_by=actor.name,
        asked_by_id=actor.id,
        publish_at=publish_at,
        state=PublishState.WAITING if waits else PublishState.SCHEDULED,
    )
    if not waits:
        await _schedule(made)
    return made


@verb(Action.PUBLISH_SURVEY)
async def approve_publish(actor: Actor, request_id: UUID) -> PublishRequest:
    """Agree to what somebody else asked for: exactly that text is published, now or at its moment.

    Refuses whoever asked, and programs: it takes a second person (Conflict). What can no longer be published stays waiting, and the
    refusal says why.
    """
    request, survey = await _waiting(actor, request_id)
    if not actor.is_member or actor.id == request.asked_by_id:
        raise Conflict("OWN_REQUEST", "It takes a second person: a colleague other than the one who asked must agree.")
    now = clock.now()
    request.decided_by, request.decided_at = actor.name, now
    if request.publish_at and request.publish_at > now:
        request.state = PublishState.SCHEDULED
        await _schedule(request)
    else:
        await _publish(request, survey)
    await request.save(update_fields=["state", "decided_by", "decided_at", "number"])
    return request


@verb(Action.PUBLISH_SURVEY)
async def refuse_publish(actor: Actor, request_id: UUID, reason: str) -> PublishRequest:
    """Say no to what somebody else asked for, and why. One's own request is withdrawn instead (Conflict); no words are Invalid."""
    request, _ = await _waiting(actor, request_id)
    if actor.id == request.asked_by_id:
        raise Conflict("OWN_REQUEST", "This is your own request: withdraw it instead.")
    if not 1 <= len(reason.strip()) <= LONGEST_NOTE:
        raise Invalid.at("reason", "WRONG_VALUE", f"Say why, in at most {LONGEST_NOTE} characters, so that your colleague can mend it.")
    return await _end(actor, request, PublishState.REFUSED, reason.strip())


@verb(Action.PUBLISH_SURVEY)
async def withdraw_publish(actor: Actor, request_id: UUID) -> PublishRequest:
    """Take back what waits for a colleague or for its moment; anybody who may publish can. A Conflict when it is decided already."""
    await jobs.cancel(_key(request_id))  # first, as its job holds itself before the survey: the other way round they could lock each other
    request, _ = await _open(actor, request_id, OPEN)
    return await _end(actor, request, PublishState.WITHDRAWN, "")


@verb(Action.PUBLISH_SURVEY)
async def publish_at_its_moment(actor: Actor, ref: str) -> None:
    """The job of a moment that has come: publish what was asked for, once. What can no longer be published says why, and is not tried
    again; what was withdrawn or overtaken meanwhile is left alone."""
    request = await PublishRequest.get_or_none(id=UUID(ref))
    if request is None:
        return
    survey = await _locked(actor, request.survey_id)
    await request.refresh_from_db()
    if request.state is not PublishState.SCHEDULED:
        return
    try:
        async with transaction():
            await _publish(request, survey)
    except Refusal as refusal:
        request.state, request.number, request.reason = PublishState.FAILED, None, _why(refusal)
    request.decided_at = request.decided_at or clock.now()
    await request.save(update_fields=["state", "number", "reason", "decided_at"])


async def _publish(request: PublishRequest, survey: Survey) -> None:
    found = await publication(survey, request.text, Decided(request.renames, request.removed))
    await PublishRequest.filter(id=request.id).update(state=PublishState.DONE)
    version = await release(survey, found, published_by=request.asked_by, approved_by=request.decided_by)
    request.state, request.number = PublishState.DONE, version.number


async def _schedule(request: PublishRequest) -> None:
    await jobs.add(PUBLISH_AT, request.id, at=request.publish_at, key=_key(request.id))


async def _end(actor: Actor, request: PublishRequest, state: PublishState, reason: str) -> PublishRequest:
    request.state, request.reason, request.decided_by, request.decided_at = state, reason, actor.name, clock.now()
    await request.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    return request


async def _waiting(actor: Actor, request_id: UUID) -> tuple[PublishRequest, Survey]:
    return await _open(actor, request_id, (PublishState.WAITING,))


async def _open(actor: Actor, request_id: UUID, states: tuple[PublishState, ...]) -> tuple[PublishRequest, Survey]:
    """The request and its survey, which nobody else publishes until the transaction ends; a Conflict unless it stands in such a state."""
    request = await one(publish_requests_visible_to(actor), request_id)
    survey = await _locked(actor, request.survey_id)
    await request.refresh_from_db()
    if request.state not in states:
        raise Conflict("DECIDED_ALREADY", f"This request is {request.state.value} already. Look at it again.")
    return request, survey


async def _locked(actor: Actor, survey_id: UUID) -> Survey:
    await execute("UPDATE survey SET last_number = last_number WHERE id = ?", survey_id)
    return await one(surveys_visible_to(actor), survey_id)


def _check(publish_at: datetime | None, note: str, *, waits: bool) -> None:
    if len(note.strip()) > LONGEST_NOTE:
        raise Invalid.at("note", "TOO_LONG", f"Say it in at most {LONGEST_NOTE} characters.")
    if publish_at is None:
        if not waits:
            raise Invalid.at("publishAt", "MISSING", "Nobody has to agree here: publish it at once, or say from when.")
    elif publish_at.tzinfo is None:
        raise Invalid.at("publishAt", "TIME_ZONE_MISSING", "Give the moment a time zone, as in 2026-03-01T09:00:00+01:00.")
    elif not clock.now() < publish_at <= clock.now() + FURTHEST:
        raise Invalid.at("publishAt", "WRONG_VALUE", "Choose a moment that is still to come, within a year.")


def _why(refusal: Refusal) -> str:
    return " ".join(fault.message for fault in refusal.faults) if isinstance(refusal, Invalid) else refusal.message


def _key(request_id: UUID) -> str:
    return f"publish:{request_id}"
