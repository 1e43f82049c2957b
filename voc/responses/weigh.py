"""Whether a press was a person's, from what is known of its link; the answer is kept either way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from voc.core.access import Actor
from voc.core.db import as_moment, rows
from voc.core.verb import joining
from voc.outreach.wishes.odd_presses import note_odd_press
from voc.responses.answers import kind_of
from voc.responses.drafts import Posted
from voc.responses.keep import Before, Stored
from voc.responses.link import Link
from voc.responses.models import ResponseState
from voc.responses.scanners import A_MINUTE, SIGNS_NEEDED, Deed, Evidence, Press, Sign, came_back, in_words, signs_of
from voc.surveys import flow
from voc.surveys.course import course_of
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Hidden, Text

_OPPOSITES = {Deed.SENT: (Deed.DECLINED,), Deed.DECLINED: (Deed.SENT,)}
_EVIDENCE = """
    SELECT 'opened' AS what, score, seen_at AS at, seen_at AS served_at, 0 AS is_held FROM link_seen
        WHERE invitation_id = ? AND seen_at >= ?
    UNION ALL SELECT what, NULL, pressed_at, served_at, CASE WHEN is_held THEN 1 ELSE 0 END FROM odd_press WHERE invitation_id = ?"""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a press is worth.

    `suspect` is why its response is held from now on; empty for a person. What `changes_nothing` is a scanner's press on what a person
    has answered. `is_newcomer` is the first person on what was held: only what they say themselves counts.
    """

    press: Press
    signs: tuple[Sign, ...]
    suspect: str = ""
    changes_nothing: bool = False
    is_newcomer: bool = False


async def weigh_answer(link: Link, questionnaire: Questionnaire, posted: Posted, before: Before, now: datetime) -> Weighed:
    """Weigh a press that answers.

    Two signs hold the answer, unless somebody typed words. A held one is free again at once when a person shows up: with words, with a
    press that is not too fast, or, however fast, a minute later; the very same page sent again is nobody new. What a person has answered
    is never held, nor overwritten, by what a scanner presses afterwards; whoever goes on to what was not answered yet is that person.
    """
    press = Press(Deed.SENT, posted.served_at, now)
    if posted.is_from_person:
        return Weighed(press, (), is_newcomer=bool(before.suspect))
    facts = await _evidence_of(link, press, [link.declined_at] if link.declined_at else [], must_look=bool(before.suspect))
    signs = signs_of(press, facts.evidence)
    if typed_words(questionnaire, posted, before) and not press.was_too_fast:
        return Weighed(press, signs, is_newcomer=bool(before.suspect))
    if len(signs) >= SIGNS_NEEDED:
        if _goes_on(posted, before):
            return Weighed(press, signs)
        if before.response_id is None or before.suspect or _began_oddly(facts, before, now):
            return Weighed(press, signs, suspect=in_words(signs))
        return Weighed(press, signs, changes_nothing=True)
    if not before.suspect:
        return Weighed(press, signs)
    is_again = press.was_too_fast and not came_back(before.submitted_at or link.saved_at, press)
    if is_again or facts.was_held_already(posted.served_at):
        return Weighed(press, signs, suspect=before.suspect)
    return Weighed(press, signs, is_newcomer=True)


async def weigh_decline(link: Link, served_at: datetime | None, now: datetime) -> tuple[Weighed, bool]:
    """Weigh a press of "not for me", and whether the answer before it was the same visitor's, odd as well."""
    press = Press(Deed.DECLINED, served_at, now)
    sent = [one for one in (link.saved_at, link.submitted_at) if one]
    facts = await _evidence_of(link, press, sent)
    signs = signs_of(press, facts.evidence)
    before = Before(response_id=link.response_id, begun_at=link.begun_at)
    return Weighed(press, signs, suspect=in_words(signs)), _began_oddly(facts, before, now)


async def weigh_choice(link: Link, deed: Deed, served_at: datetime | None, now: datetime) -> Weighed:
    """Weigh a press on a page about messages and data."""
    press = Press(deed, served_at, now)
    signs = signs_of(press, (await _evidence_of(link, press, ())).evidence)
    return Weighed(press, signs, suspect=in_words(signs))


def typed_words(questionnaire: Questionnaire, posted: Posted, before: Before) -> bool:
    """Whether the press brought words that were not on the page already: somebody typed them."""
    known = {name: str(stored.value) for name, stored in before.answers.items()}
    typed = {name: str(raw or "").strip() for name, raw in posted.raw.items() if kind_of(questionnaire, name) == Text.kind}
    return any(words and words != known.get(name, "").strip() for name, words in typed.items())


def before_newcomer(questionnaire: Questionnaire, posted: Posted, stored: Mapping[str, Stored]) -> Mapping[str, Stored]:
    """What goes on to count when a person shows up on what was held.

    Whoever begins says everything themselves: what was pressed before was perhaps nobody's. Whoever goes on from a step to the next keeps
    what they said, and what we knew by ourselves always stays.
    """
    if not posted.is_landing and flow.cuts(questionnaire)[0].id != posted.step_id:
        return stored
    owners = course_of(questionnaire).owners
    return {name: one for name, one in stored.items() if name in posted.asked or isinstance(owners.get(name), Hidden)}


async def note_odd(actor: Actor, link: Link, weighed: Weighed, *, is_held: bool) -> None:
    """Keep the signs that a press bore; nothing where there are none."""
    if weighed.signs:
        press, note = weighed.press, joining(note_odd_press)
        odd = (link.invitation_id, press.deed, weighed.signs)
        await note(actor, *odd, pressed_at=press.pressed_at, served_at=press.served_at, is_held=is_held)


@dataclass(frozen=True, slots=True)
class _Facts:
    evidence: Evidence
    presses: Sequence[dict[str, Any]] = ()

    def was_held_already(self, served_at: datetime | None) -> bool:
        """Whether a press on this very page was held before: sending it again proves nothing."""
        return any(row["is_held"] and as_moment(row["served_at"]) == served_at for row in self.presses)


async def _evidence_of(link: Link, press: Press, opposites: Iterable[datetime], *, must_look: bool = False) -> _Facts:
    """What speaks for a scanner. The opened links are looked up only when something else is odd: one sign alone says nothing."""
    known = Evidence(arrivals=link.arrivals, opposites=tuple(opposites))
    if not must_look and not signs_of(press, known):
        return _Facts(known)
    found = await rows(_EVIDENCE, link.invitation_id, press.seen_at - A_MINUTE, link.invitation_id)
    opened = [(row["score"], at) for row in found if row["what"] == "opened" and (at := as_moment(row["at"]))]
    presses = [row for row in found if row["what"] != "opened"]
    said = [at for row in presses if _is_opposite(row, press.deed) and (at := as_moment(row["at"]))]
    return _Facts(Evidence(known.arrivals, (*known.opposites, *said), opened), presses)


def _is_opposite(row: dict[str, Any], deed: Deed) -> bool:
    """Sending and declining contradict each other; beside stopping and deleting it is odd that anything was held a moment before."""
    return row["what"] in _OPPOSITES[deed] if deed in _OPPOSITES else bool(row["is_held"])


def _goes_on(posted: Posted, before: Before) -> bool:
    """Whether the press only adds to a response that is not held and not sent yet: the next step of somebody quick."""
    is_open = before.response_id is not None and before.state is ResponseState.OPEN and not before.suspect
    return is_open and not any(name in before.answers for name in posted.asked)


def _began_oddly(facts: _Facts, before: Before, now: datetime) -> bool:
    """Whether the response was begun within the last minute, by a press that bore a sign itself."""
    if before.begun_at is None or now - before.begun_at >= A_MINUTE:
        return False
    return any(row["what"] == Deed.SENT and as_moment(row["at"]) == before.begun_at for row in facts.presses)
