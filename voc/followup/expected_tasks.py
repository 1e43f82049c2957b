"""Which tasks a rehearsed response would raise, for whom and by when. Nothing is stored."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from voc.core import clock
from voc.followup.response_facts import ResponseFacts, Values, texts_of
from voc.followup.routing import Pointers
from voc.followup.states import Priority
from voc.followup.triggered import would_meet
from voc.followup.working_teams import working_teams
from voc.insight.sentiment.analysers import analyse
from voc.responses.answers import kind_of
from voc.responses.rehearsal import Rehearsal
from voc.surveys.course import course_of
from voc.surveys.questions import CallMeBack, Text

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """Whom a rehearsal is answered as: what routes look at beside the answers. Empty is not known."""

    channel: str = ""
    touchpoint: str = ""
    team: str = ""
    queue: str = ""
    segment: str = ""
    value: float | None = None


@dataclass(frozen=True, slots=True)
class ExpectedTask:
    """A task that would be raised now: by which route, for which team and why (a code as beside a task), due when."""

    route: str
    title: str
    team: str
    reason: str
    priority: Priority
    due_at: datetime


async def expected_tasks(survey_key: str, rehearsal: Rehearsal, somebody: Somebody) -> list[ExpectedTask]:
    """The tasks that the routes in use would raise if this were sent now.

    They name routes and teams and nobody's data, so that a designer, who may not see tasks, sees what follows.
    """
    facts = _facts(survey_key, rehearsal, somebody)
    met = await would_meet(facts, {name: texts_of(value) for name, value in rehearsal.checked.answers.items()})
    teams = await working_teams() if met else {}
    cards, now = [team.card for team in teams.values()], clock.now()
    found = []
    for route in met:
        placed = route.place(facts, cards)
        team = teams[placed.team.id]
        found.append(ExpectedTask(route.name, route.title, team.name, placed.reason, route.priority, team.due_at(now, route.due_hours)))
    return found


def _facts(survey_key: str, rehearsal: Rehearsal, somebody: Somebody) -> ResponseFacts:
    pointers = Pointers(somebody.team or None, somebody.queue or None, somebody.segment or None)
    return ResponseFacts(_NOBODY, None, None, True, _values(survey_key, rehearsal, somebody), pointers, {})


def _values(survey_key: str, rehearsal: Rehearsal, somebody: Somebody) -> Values:
    questions = course_of(rehearsal.questionnaire).owners
    answers = rehearsal.checked.answers
    reading = _reading(rehearsal)
    response: dict[str, object] = {
        "channel": somebody.channel or None,
        "language": rehearsal.language,
        "survey": survey_key,
        "touchpoint": somebody.touchpoint or None,
        "is_complete": True,
        "wants_call_back": any(isinstance(questions.get(name), CallMeBack) for name in answers),
        "has_comment": bool(reading),
        "submitted_at": clock.now(),
    }
    customer: dict[str, object] = {"language": rehearsal.language, "segment": somebody.segment or None, "value": somebody.value}
    contact: dict[str, object] = {"touchpoint": somebody.touchpoint or None, "team": somebody.team or None, "queue": somebody.queue or None}
    return {"response": response, "scores": _scores(rehearsal), "reading": reading, "customer": customer, "contact": contact}


def _scores(rehearsal: Rehearsal) -> dict[str, object]:
    """As routes see them: the lowest value of each metric, and its band."""
    scores: dict[str, object] = {}
    for seen in sorted(rehearsal.scores, key=lambda one: one.value):
        scores.setdefault(seen.question.kind, seen.value)
        scores.setdefault(f"{seen.question.kind}_band", seen.band)
    return scores


def _reading(rehearsal: Rehearsal) -> dict[str, object]:
    """The unhappiest text, read as a stored one would be."""
    texts = [
        value
        for name, value in rehearsal.checked.answers.items()
        if isinstance(value, str) and not value.isspace() and kind_of(rehearsal.questionnaire, name) == Text.kind
    ]
    if not texts:
        return {}
    read = [analyse(text, rehearsal.language) for text in texts]
    worst = min(read, key=lambda one: (one.score is None, one.score or 0))
    return {"label": worst.label.value, "score": worst.score, "language": worst.language}
