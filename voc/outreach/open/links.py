"""Addresses for many: made, changed, taken back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.errors import Conflict, Fault, Invalid
from voc.core.find import one
from voc.core.ids import new_id, secret_hash
from voc.core.verb import verb
from voc.outreach.editions import questionnaire_in
from voc.outreach.links import KEY_VERSION, open_secret_of
from voc.outreach.models import OpenLink
from voc.outreach.open.kinds import OpenLinkKind
from voc.outreach.open.origins import read_origins
from voc.outreach.queries import open_links_visible_to
from voc.surveys.queries import current_version, surveys_visible_to

LONGEST = 120
LARGEST_CAP = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLinkFacts:
    """What is said of an open link. Name, place and campaign are for colleagues and hold no personal data.

    `language` is the one it opens in, None is what the visitor's browser asks for; `cap` is the most responses, None is no end;
    `allowed_origins` are the websites that may hold a widget.
    """

    name: str
    place: str = ""
    campaign: str = ""
    language: str | None = None
    cap: int | None = None
    closes_at: datetime | None = None
    allowed_origins: tuple[str, ...] = ()


class OpenLinkChanges(TypedDict, total=False):
    """What can be changed later; what is left out stays."""

    name: str
    language: str | None
    cap: int | None
    closes_at: datetime | None
    allowed_origins: tuple[str, ...]


@verb(Action.EDIT_OUTREACH)
async def create_open_link(actor: Actor, survey_id: UUID, kind: OpenLinkKind, facts: OpenLinkFacts) -> OpenLink:
    """Make an address that anybody may answer over; it shows the newest published version, from the first publication on.

    The cap counts responses that were begun and not left, so that complete ones are never more: while the last place is being
    filled whoever began may finish, others are told that it is full, and a place that is left is free again after a day.
    Invalid names every fault; a kiosk is registered otherwise.
    """
    if kind is OpenLinkKind.KIOSK:
        raise Invalid.at("kind", "KIOSK", "A kiosk needs a code for its staff: register it as a kiosk.")
    return await make_open_link(actor, survey_id, kind, facts)


async def make_open_link(
    actor: Actor, survey_id: UUID, kind: OpenLinkKind, facts: OpenLinkFacts, *, pin_hash: str | None = None
) -> OpenLink:
    """The same of any kind, within a verb."""
    survey = await one(surveys_visible_to(actor), survey_id)
    facts = _tidy(facts)
    await _check(survey.id, facts)
    link_id = new_id()
    return await OpenLink.create(
        id=link_id,
        survey_id=survey.id,
        kind=kind,
        name=facts.name,
        place=facts.place,
        campaign=facts.campaign,
        language=facts.language,
        cap=facts.cap,
        closes_at=facts.closes_at,
        allowed_origins=read_origins(facts.allowed_origins),
        pin_hash=pin_hash,
        secret_hash=secret_hash(open_secret_of(link_id)),
        key_version=KEY_VERSION,
        created_by=actor.name[:200],
    )


@verb(Action.EDIT_OUTREACH)
async def change_open_link(actor: Actor, open_link_id: UUID, changes: OpenLinkChanges) -> OpenLink:
    """Change what is said of an open link; a lower cap than there are responses closes it to others.

    Invalid names every fault; a Conflict when it was taken back.
    """
    link = await one(open_links_visible_to(actor), open_link_id)
    if link.revoked_at is not None:
        raise Conflict("REVOKED", "This link was taken back for good. Make a new one.")
    facts = _tidy(replace(_facts_of(link), **changes))
    await _check(link.survey_id, facts, closed_at=link.closes_at)
    # Only what was asked for: somebody else may be changing the rest at this moment.
    written: dict[str, Any] = {name: getattr(facts, name) for name in changes}
    if "allowed_origins" in written:
        written["allowed_origins"] = read_origins(facts.allowed_origins)
    if written:
        await OpenLink.filter(id=link.id).update(**written)
    return await OpenLink.get(id=link.id)


@verb(Action.EDIT_OUTREACH)
async def revoke_open_link(actor: Actor, open_link_id: UUID) -> OpenLink:
    """Take an open link back for good; whoever began may finish. Again changes nothing."""
    link = await one(open_links_visible_to(actor), open_link_id)
    await OpenLink.filter(id=link.id, revoked_at=None).update(revoked_at=clock.now(), revoked_by=actor.name[:200])
    return await OpenLink.get(id=link.id)


def _facts_of(link: OpenLink) -> OpenLinkFacts:
    return OpenLinkFacts(
        name=link.name,
        place=link.place,
        campaign=link.campaign,
        language=link.language,
        cap=link.cap,
        closes_at=link.closes_at,
        allowed_origins=tuple(link.allowed_origins),
    )


def _tidy(facts: OpenLinkFacts) -> OpenLinkFacts:
    name, place, campaign = (" ".join(text.split()) for text in (facts.name, facts.place, facts.campaign))
    return replace(facts, name=name, place=place, campaign=campaign, language=facts.language or None)


async def _check(survey_id: UUID, facts: OpenLinkFacts, *, closed_at: datetime | None = None) -> None:
    """Refuse with every fault. A moment of closing that stays as it was may have passed."""
    version = await current_version(survey_id) if facts.language else None
    spoken = (await questionnaire_in(version.id)).languages if version else None
    faults = [*_faults_of_texts(facts), *_faults_of_limits(facts, closed_at), *_faults_of_origins(facts)]
    if facts.language and (facts.language not in spoken if spoken else len(facts.language) > 16):
        way = f"Choose {', '.join(spoken)}." if spoken else "Name it by its code, such as nl."
        faults.append(Fault("language", "UNKNOWN_LANGUAGE", f"This survey is not asked in `{facts.language[:20]}`. {way}"))
    if faults:
        raise Invalid(faults)


def _faults_of_texts(facts: OpenLinkFacts) -> Iterator[Fault]:
    if not facts.name:
        yield Fault("name", "NAME_MISSING", "Name the link, so that colleagues know it again, such as `Counter in Utrecht`.")
    for path, text in (("name", facts.name), ("place", facts.place), ("campaign", facts.campaign)):
        if len(text) > LONGEST:
            yield Fault(path, "TOO_LONG", f"This has {len(text)} characters; at most {LONGEST} fit.")


def _faults_of_limits(facts: OpenLinkFacts, closed_at: datetime | None) -> Iterator[Fault]:
    if facts.cap is not None and not 1 <= facts.cap <= LARGEST_CAP:
        yield Fault("cap", "OUT_OF_RANGE", f"The most responses is 1 to {LARGEST_CAP:,}; leave it out for no end.")
    if facts.closes_at is not None and facts.closes_at != closed_at and facts.closes_at <= clock.now():
        yield Fault("closesAt", "IN_THE_PAST", "The link would be closed already: choose a later moment.")


def _faults_of_origins(facts: OpenLinkFacts) -> Iterable[Fault]:
    try:
        read_origins(facts.allowed_origins)
    except Invalid as wrong:
        return wrong.faults
    return ()
