"""Which team a contact belongs to: the one it names, else the one that answers its queue."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from voc.core import events
from voc.core.access import Action, Actor
from voc.core.db import as_json, as_uuid, rows
from voc.core.verb import verb
from voc.customers.bulk import update_by_id
from voc.customers.events import ContactRecorded
from voc.customers.models import Contact

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class TeamBook:
    """The teams by key and by queue."""

    by_key: Mapping[str, UUID]
    by_queue: Mapping[str, UUID]

    def team_of(self, team_key: str | None, queue: str | None) -> UUID | None:
        """The team of a contact, None when neither its team nor its queue is known."""
        return self.by_key.get(team_key or "") or self.by_queue.get(queue or "")


async def team_book() -> TeamBook:
    """The teams as they are now, in one statement. Of two teams with the same queue the one whose key comes first has it."""
    by_key: dict[str, UUID] = {}
    by_queue: dict[str, UUID] = {}
    for row in await rows("SELECT id, key, queues FROM team ORDER BY key"):
        team = as_uuid(row["id"])
        assert team is not None
        by_key[row["key"]] = team
        for queue in as_json(row["queues"]):
            by_queue.setdefault(queue, team)
    return TeamBook(by_key, by_queue)


@verb(Action.EDIT_STAFF)
async def place_contacts(actor: Actor) -> int:
    """Give the contacts that wait for their team to one that has become known since; says how many there were."""
    teams = await team_book()
    count, last = 0, None
    while True:
        waiting = Contact.filter(team_id=None).exclude(team_key=None, queue=None)
        found = await (waiting.filter(id__gt=last) if last else waiting).order_by("id").limit(_PAGE).values("id", "team_key", "queue")
        if not found:
            return count
        placed = [{"id": row["id"], "team_id": team} for row in found if (team := teams.team_of(row["team_key"], row["queue"]))]
        await update_by_id(Contact, placed)
        await events.emit_many(ContactRecorded(row["id"]) for row in placed)
        count, last = count + len(placed), found[-1]["id"]
