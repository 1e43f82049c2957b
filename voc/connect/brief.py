"""The brief: what the next colleague who has a customer on the line should know, in at most six statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from voc.connect.brief_by import BriefBy, contacts_named, customers_named
from voc.connect.suggest import Suggestion, suggest
from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import as_moment, as_uuid, rows
from voc.customers.models import Channel, ConsentState, Contact, Customer
from voc.customers.queries import Shown, latest_contacts, masked_for
from voc.followup.models import Task, TaskState
from voc.followup.queries import team_that_knows
from voc.insight.models import Label, Metric

__all__ = ["Brief", "BriefBy", "Held", "Mood", "Said", "agent_brief"]
LAST_CONTACTS = 3
LAST_SCORES = 5
MOST_TASKS = 10
_SAID = """
    SELECT s.response_id, s.metric, s.value, s.low, s.high, s.band, s.answered_at,
           (SELECT a.text FROM answer a WHERE a.response_id = s.response_id AND a.kind = 'text' AND a.text <> ''
            ORDER BY a.answered_at DESC, a.id LIMIT 1) AS words
    FROM response r JOIN score s ON s.response_id = r.id AND s.superseded_at IS NULL AND s.is_counted
    WHERE r.customer_id = ? ORDER BY s.answered_at DESC, s.metric LIMIT ?"""
_MOOD = """
    SELECT g.response_id, g.label, g.score, g.sentence, coalesce(r.submitted_at, r.saved_at) AS at
    FROM response r JOIN reading g ON g.response_id = r.id AND g.superseded_at IS NULL AND g.label <> 'unknown'
    WHERE r.customer_id = ? AND NOT r.is_test AND r.suspect = '' ORDER BY 5 DESC LIMIT 1"""
_STANDING = """
    SELECT 'consent' AS what, channel AS name, state AS detail, said_at AS at FROM consent WHERE customer_id = ?
    UNION ALL SELECT 'hold', source, reason, until FROM hold WHERE customer_id = ? AND (until IS NULL OR until > ?)
    ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True)
class Said:
    """One score, with the words that came along."""

    response_id: UUID
    metric: Metric
    value: float
    low: float
    high: float
    band: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Mood:
    """How the customer sounded last, and the sentence that says so."""

    response_id: UUID
    label: Label
    score: float | None
    sentence: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A reason why the customer is left alone for now."""

    source: str
    reason: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Brief:
    """What there is to know. Nobody found: `customer` is None and `matches` empty; several found: they are in `matches`.

    Tasks come with their `team` and `assignee` loaded. `shown` is who the customer is, as far as the actor may see it.
    """

    customer: Customer | None = None
    shown: Shown | None = None
    matches: Sequence[Customer] = ()
    contacts: Sequence[Contact] = ()
    said: Sequence[Said] = ()
    mood: Mood | None = None
    tasks: Sequence[Task] = ()
    consents: dict[Channel, ConsentState] = field(default_factory=dict)
    holds: Sequence[Held] = ()
    suggestion: Suggestion = Suggestion.ASK_WHO

    @property
    def may_ask(self) -> bool:
        """Whether nothing that is known here keeps us from asking this customer for feedback."""
        return self.customer is not None and not self.holds and ConsentState.REFUSED not in self.consents.values()


async def agent_brief(actor: Actor, by: BriefBy) -> Brief:
    """The brief about whoever is on the line. Forbidden for whom no customer calls; Invalid unless `by` names exactly one thing.

    Whoever may have a brief sees all that is in it, whatever team it concerns; only names are masked as everywhere.
    """
    actor.must(Action.SEE_BRIEF)
    found = await customers_named(actor, by)
    if len(found) != 1:
        return Brief(matches=found, contacts=[] if found else await contacts_named(actor, by))
    customer, now = found[0], clock.now()
    contacts = await latest_contacts(actor, customer.id, LAST_CONTACTS)
    said = [_said(row) for row in await rows(_SAID, customer.id, LAST_SCORES)]
    moods = [_mood(row) for row in await rows(_MOOD, customer.id)]
    open_tasks = Task.filter(customer_id=customer.id).exclude(state=TaskState.DONE)
    tasks = await open_tasks.select_related("team", "assignee").order_by("due_at", "id").limit(MOST_TASKS)
    standing = await rows(_STANDING, customer.id, customer.id, now)
    teams = [*(contact.team_id for contact in contacts), *map(team_that_knows, tasks)]
    return Brief(
        customer=customer,
        shown=masked_for(actor, teams)(customer),
        contacts=contacts,
        said=said,
        mood=moods[0] if moods else None,
        tasks=tasks,
        consents={Channel(row["name"]): ConsentState(row["detail"]) for row in standing if row["what"] == "consent"},
        holds=[Held(row["name"], row["detail"], as_moment(row["at"])) for row in standing if row["what"] == "hold"],
        suggestion=_suggestion(tasks, said, moods, now),
    )


def _said(row: dict[str, Any]) -> Said:
    response_id, at = as_uuid(row["response_id"]), as_moment(row["answered_at"])
    assert response_id
    assert at
    return Said(response_id, Metric(row["metric"]), row["value"], row["low"], row["high"], row["band"], row["words"] or "", at)


def _mood(row: dict[str, Any]) -> Mood:
    response_id, at = as_uuid(row["response_id"]), as_moment(row["at"])
    assert response_id
    assert at
    return Mood(response_id, Label(row["label"]), row["score"], row["sentence"], at)


def _suggestion(tasks: Sequence[Task], said: Sequence[Said], moods: Sequence[Mood], now: datetime) -> Suggestion:
    latest = max([*((one.at, one.band) for one in said[:1]), *((one.at, one.label.value) for one in moods)], default=(None, ""))
    return suggest(tasks[0].due_at if tasks else None, latest[1], latest[0], now)
