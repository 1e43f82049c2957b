"""Which team gets a task, and why. PURE.

The reason is kept as a short code beside the task (`queue:returns`); `because` says it in words.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from voc.followup.rules import By, Place

LONGEST_REASON = 300
BY_HAND = "hand"
UNSEEN_BY_HAND = "hand_unseen"  # by a colleague who could not see who the customer is: it tells the team no more than it told them
FALLBACK = "fallback"
FAULT = "fault"

_SENTENCES = {
    By.CONTACT_TEAM: {"en": "This team had the contact.", "nl": "Dit team had het contact."},
    By.QUEUE: {"en": "This team answers queue {0}.", "nl": "Dit team bedient wachtrij {0}."},
    By.TOPIC: {"en": "The customer answered {0}.", "nl": "De klant antwoordde {0}."},
    By.SEGMENT: {"en": "This team looks after segment {0}.", "nl": "Dit team zorgt voor segment {0}."},
    By.TEAM: {"en": "The route always chooses this team.", "nl": "De route kiest altijd dit team."},
    BY_HAND: {"en": "A colleague chose this team.", "nl": "Een collega koos dit team."},
    UNSEEN_BY_HAND: {
        "en": "A colleague chose this team, without seeing who the customer is.",
        "nl": "Een collega koos dit team, zonder te zien wie de klant is.",
    },
    FALLBACK: {"en": "No other team could be found for it.", "nl": "Er is geen ander team voor gevonden."},
    FAULT: {"en": "The route could not be decided: {0}", "nl": "De route kon niet worden bepaald: {0}"},
}


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team as routing sees it."""

    id: UUID
    key: str
    queues: Collection[str] = ()
    is_fallback: bool = False


@dataclass(frozen=True, slots=True)
class Pointers:
    """What can point to a team: the contact's team and queue, the customer's segment, the codes answered per question."""

    contact_team: str | None = None
    queue: str | None = None
    segment: str | None = None
    answers: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placed:
    """The team, and the code of the reason."""

    team: TeamCard
    reason: str

    @property
    def is_fallback(self) -> bool:
        """Whether nothing pointed to this team."""
        return self.reason == FALLBACK or self.reason.startswith(f"{FAULT}:")


class NoTeam(LookupError):
    """There is not even a fallback team."""


def choose_team(places: Iterable[Place], pointers: Pointers, teams: Iterable[TeamCard]) -> Placed:
    """The team of the first place that points to one that exists, else the fallback team; NoTeam where there is none."""
    by_key = {team.key: team for team in teams}
    for place in places:
        found = _found(place, pointers, by_key)
        if found:
            return found
    return Placed(fallback(by_key.values()), FALLBACK)


def fallback(teams: Iterable[TeamCard]) -> TeamCard:
    """The team that gets what no route can place."""
    for team in teams:
        if team.is_fallback:
            return team
    raise NoTeam("There is no fallback team.")


def faulty(reason: str, teams: Iterable[TeamCard]) -> Placed:
    """The fallback team, because a route could not be decided."""
    return Placed(fallback(teams), f"{FAULT}:{reason}"[:LONGEST_REASON])


def because(reason: str, language: str) -> str:
    """The reason kept beside a task, as a sentence for a colleague."""
    code, _, detail = reason.partition(":")
    by_language = _SENTENCES.get(code)
    return reason if by_language is None else by_language.get(language, by_language["en"]).format(detail)


def _found(place: Place, pointers: Pointers, teams: Mapping[str, TeamCard]) -> Placed | None:
    if place.by is By.CONTACT_TEAM:
        return _placed(teams.get(pointers.contact_team or ""), By.CONTACT_TEAM)
    if place.by is By.TEAM:
        return _placed(teams.get(place.team), By.TEAM)
    if place.by is By.QUEUE:
        team = next((team for team in teams.values() if pointers.queue and pointers.queue in team.queues), None)
        return _placed(team, f"{By.QUEUE}:{pointers.queue}")
    if place.by is By.SEGMENT:
        return _placed(teams.get((place.teams or {}).get(pointers.segment or "", "")), f"{By.SEGMENT}:{pointers.segment}")
    for code in pointers.answers.get(place.question, ()):
        found = _placed(teams.get((place.teams or {}).get(code, "")), f"{By.TOPIC}:{place.question} = {code}")
        if found:
            return found
    return None


def _placed(team: TeamCard | None, reason: str) -> Placed | None:
    return Placed(team, str(reason)[:LONGEST_REASON]) if team else None
