"""What a route says, as a document: read with every fault at its place, written back whole. PURE."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from voc.core.errors import Fault, Invalid
from voc.core.expressions import ExpressionError, compile
from voc.followup.conditions import HERE
from voc.followup.states import Priority

MOST_HOURS = 2000
LONGEST_TITLE = 200


class By(StrEnum):
    """What points to a team."""

    CONTACT_TEAM = "contact_team"
    QUEUE = "queue"
    TOPIC = "topic"
    SEGMENT = "segment"
    TEAM = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One way to find the team.

    By `contact_team`: the team that had the contact. By `queue`: the team that answers the contact's queue. By `topic`: `teams` maps the
    answers to `question` to teams. By `segment`: `teams` maps the customer's segment. By `team`: always `team`.
    """

    by: By
    question: str = ""
    teams: Mapping[str, str] | None = None
    team: str = ""

    def named_teams(self) -> Iterator[tuple[str, str]]:
        """Every team key it names, with its place in the document."""
        if self.team:
            yield "team", self.team
        for value, team in (self.teams or {}).items():
            yield f"teams.{value}", team


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When a response becomes a task, for which team, and by when.

    `teams` are tried in order; the fallback team gets what none of them can place. The task is due `due_hours` business hours of its
    team after it was raised. Without a `title` the task carries the route's name.
    """

    when: str
    teams: tuple[Place, ...] = (Place(by=By.CONTACT_TEAM), Place(by=By.QUEUE))
    due_hours: float = 8
    priority: Priority = Priority.NORMAL
    title: str = ""

    def named_teams(self) -> Iterator[tuple[str, str]]:
        """Every team key the rules name, with its place in the document."""
        for number, place in enumerate(self.teams):
            for where, team in place.named_teams():
                yield f"teams[{number}].{where}", team


def parse(document: Mapping[str, object], at: str = "rules") -> Rules:
    """The rules that a document writes down; Invalid with every fault. Absent fields have their defaults, `when` has none."""
    reader = _Reader(at)
    values = {str(key): value for key, value in document.items() if reader.knows(str(key), [known.name for known in fields(Rules)])}
    readers = {
        "when": reader.condition,
        "teams": reader.places,
        "due_hours": reader.hours,
        "priority": reader.priority,
        "title": reader.title,
    }
    read: dict[str, Any] = {name: readers[name](value) for name, value in values.items()}
    if "when" not in values:
        reader.fault("when", "MISSING", "A route needs `when`: a condition in CEL such as `scores.nps <= 6`; `true` is every response.")
    if reader.faults:
        raise Invalid(reader.faults)
    return Rules(**read)


def dump(rules: Rules) -> dict[str, Any]:
    """The rules as a document with every field written out, so that new defaults never change an old route."""
    return {
        "when": rules.when,
        "teams": [_dumped(place) for place in rules.teams],
        "due_hours": rules.due_hours,
        "priority": rules.priority.value,
        "title": rules.title,
    }


def _dumped(place: Place) -> str | dict[str, Any]:
    if place.by in (By.CONTACT_TEAM, By.QUEUE):
        return place.by.value
    written: dict[str, Any] = {"by": place.by.value}
    if place.question:
        written["question"] = place.question
    if place.teams is not None:
        written["teams"] = dict(place.teams)
    if place.team:
        written["team"] = place.team
    return written


class _Reader:
    def __init__(self, at: str) -> None:
        self.at = at
        self.faults: list[Fault] = []

    def fault(self, name: str, code: str, message: str) -> None:
        self.faults.append(Fault(f"{self.at}.{_camel(name)}", code, message))

    def knows(self, key: str, known: list[str], where: str = "") -> bool:
        if key in known:
            return True
        near = get_close_matches(key, known, n=1)
        way_out = f"Did you mean `{near[0]}`?" if near else f"There are {', '.join(f'`{name}`' for name in known)}."
        self.fault(f"{where}{key}", "UNKNOWN_FIELD", f"There is no `{key}` here. {way_out}")
        return False

    def condition(self, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            self.fault(
                "when", "NOT_A_CONDITION", "`when` is a condition in CEL, such as `scores.nps <= 6`; write `true` for every response."
            )
            return ""
        try:
            compile(value.strip(), HERE)
        except ExpressionError as refusal:
            self.fault("when", "WRONG_CONDITION", f"{refusal.message} (line {refusal.line}, column {refusal.column})")
        return value.strip()

    def places(self, value: object) -> tuple[Place, ...]:
        if not isinstance(value, list | tuple):
            self.fault("teams", "NOT_A_LIST", "`teams` is a list of ways to find the team, the first choice first.")
            return ()
        places = [self._place(f"teams[{number}]", given) for number, given in enumerate(value)]
        for number, place in enumerate(places[:-1]):
            if place and place.by is By.TEAM:
                self.fault(f"teams[{number + 1}]", "UNREACHABLE", "This is never reached: the choice before it always finds its team.")
        return tuple(place for place in places if place)

    def hours(self, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MOST_HOURS:
            self.fault("due_hours", "OUT_OF_RANGE", f"`due_hours` is a number of business hours above 0 and up to {MOST_HOURS}.")
            return 8
        return value

    def priority(self, value: object) -> Priority:
        if value not in list(Priority):
            self.fault("priority", "NOT_A_CHOICE", f"`priority` is one of {', '.join(Priority)}.")
            return Priority.NORMAL
        return Priority(str(value))

    def title(self, value: object) -> str:
        if not isinstance(value, str) or len(value.strip()) > LONGEST_TITLE:
            self.fault("title", "TOO_LONG", f"`title` is text of at most {LONGEST_TITLE} characters.")
            return ""
        return value.strip()

    def _place(self, where: str, given: object) -> Place | None:
        written = {"by": given} if isinstance(given, str) else given
        if not isinstance(written, Mapping) or written.get("by") not in list(By):
            self.fault(f"{where}.by", "NOT_A_CHOICE", f"Say how the team is found: `by` is one of {', '.join(By)}.")
            return None
        by = By(str(written["by"]))
        known = {By.TOPIC: ["by", "question", "teams"], By.SEGMENT: ["by", "teams"], By.TEAM: ["by", "team"]}.get(by, ["by"])
        unknown = [key for key in written if not self.knows(str(key), known, f"{where}.")]
        if unknown:
            return None
        question = self._key(f"{where}.question", written.get("question")) if by is By.TOPIC else ""
        team = self._key(f"{where}.team", written.get("team")) if by is By.TEAM else ""
        teams = self._map(f"{where}.teams", written.get("teams")) if by in (By.TOPIC, By.SEGMENT) else None
        return Place(by=by, question=question, teams=teams, team=team)

    def _key(self, where: str, value: object) -> str:
        if isinstance(value, str) and 0 < len(value.strip()) <= 64:
            return value.strip()
        self.fault(where, "NOT_A_KEY", f"`{where.rsplit('.', 1)[-1]}` is a key: text of at most 64 characters.")
        return ""

    def _map(self, where: str, value: object) -> dict[str, str]:
        if not isinstance(value, Mapping) or not value:
            self.fault(where, "NOT_A_MAP", "`teams` says which value belongs to which team, as in `{gold: key-accounts}`.")
            return {}
        return {str(key): self._key(f"{where}.{key}", team) for key, team in value.items()}


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
