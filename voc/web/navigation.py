"""Where a colleague can go in the console: what they may do decides what is offered."""

from collections.abc import Collection
from dataclasses import dataclass

from voc.core.access import Action


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: the words' key and icon, the address, the action that opens it, and the letter after `g`."""

    key: str
    address: str
    opens: Action
    letter: str = ""


PLACES = (
    Place("inbox", "/console/inbox", Action.SEE_TASKS, "i"),
    Place("results", "/console/results", Action.SEE_METRICS, "r"),
    Place("comments", "/console/comments", Action.SEE_RESPONSES, "c"),
    Place("questionnaires", "/console/questionnaires", Action.SEE_SURVEYS, "q"),
    Place("asking", "/console/asking", Action.SEE_OUTREACH, "a"),
    Place("customers", "/console/customers", Action.SEE_CUSTOMERS, "u"),
    Place("brief", "/console/brief", Action.SEE_BRIEF, "b"),
    Place("house", "/console/house", Action.SEE_STAFF, "h"),
)


def places_for(actions: Collection[str]) -> list[Place]:
    """The entries for whoever may take these actions, by their names in the API."""
    return [place for place in PLACES if place.opens.name in actions]


def place_of(path: str) -> str:
    """Which entry a page belongs to; a task is found in the inbox. Empty where it is none."""
    if path.startswith("/console/tasks"):
        return "inbox"
    return next((place.key for place in PLACES if path == place.address or path.startswith(f"{place.address}/")), "")
