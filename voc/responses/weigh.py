"""Whether a press was a person's, from what is known of its link; the answer is kept either way."""

from datetime import datetime

from voc.core.db import as_moment, rows
from voc.responses.answers import kind_of
from voc.responses.drafts import Posted
from voc.responses.keep import Before
from voc.responses.link import Link
from voc.responses.scanners import SIGNS_NEEDED, Sign, came_back, opened_several_scores, was_too_fast
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Text


async def suspicion(link: Link, questionnaire: Questionnaire, posted: Posted, before: Before, now: datetime) -> str:
    """Why a scanner may have pressed the button; empty for a person. Typed words free a held answer, and so does sending again later."""
    if typed_words(questionnaire, posted):
        return ""
    signs = await signs_of(link, posted.served_at, now, contradicts=link.declined_at is not None)
    if len(signs) >= SIGNS_NEEDED:
        return ", ".join(signs)
    return "" if came_back(before.submitted_at or link.saved_at, now) else before.suspect


async def signs_of(link: Link, served_at: datetime | None, now: datetime, *, contradicts: bool) -> list[Sign]:
    """The signs of a scanner in one press. The opened links are looked up only when something else was odd: one sign alone says nothing."""
    signs = [Sign.TOO_FAST] if was_too_fast(served_at, now) else []
    signs += [Sign.CONTRADICTION] if contradicts else []
    if signs:
        seen = await rows("SELECT score, seen_at FROM link_seen WHERE invitation_id = ? ORDER BY seen_at", link.invitation_id)
        moments = [(row["score"], as_moment(row["seen_at"])) for row in seen]
        if opened_several_scores((score, at) for score, at in moments if at):
            signs.append(Sign.SEVERAL_SCORES)
    return signs


def typed_words(questionnaire: Questionnaire, posted: Posted) -> bool:
    """Whether the press brought words that somebody typed."""
    return any(str(raw or "").strip() and kind_of(questionnaire, name) == Text.kind for name, raw in posted.raw.items())
