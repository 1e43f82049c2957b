"""Tasks that somebody asks for, by hand. Those that a response calls for are raised in `follow_response.py`."""

from datetime import datetime
from uuid import UUID

from voc.core import clock, live
from voc.core.access import Action, Actor
from voc.core.errors import Fault, Forbidden, Invalid
from voc.core.events import emit
from voc.core.find import one
from voc.core.verb import verb
from voc.customers.models import Contact
from voc.customers.queries import contacts_visible_to, customers_visible_to
from voc.followup.events import TaskRaised
from voc.followup.history import step
from voc.followup.hold import hold_for_tasks
from voc.followup.models import Note, Priority, Task
from voc.followup.queries import teams_that_know
from voc.followup.response_facts import facts_of
from voc.followup.routing import BY_HAND, UNSEEN_BY_HAND
from voc.followup.states import Step
from voc.followup.working_teams import USUAL_HOURS, WorkingTeam, working_teams
from voc.responses.queries import responses_visible_to
from voc.staff.models import Team

LONGEST_TITLE = 200
LONGEST_NOTE = 10_000


@verb(Action.RAISE_TASK)
async def raise_task(
    actor: Actor,
    *,
    title: str,
    team_id: UUID | None = None,
    customer_id: UUID | None = None,
    contact_id: UUID | None = None,
    response_id: UUID | None = None,
    priority: Priority = Priority.NORMAL,
    note: str = "",
    due_at: datetime | None = None,
) -> Task:
    """A task that a colleague or a program asks for: for the team named, else that of the contact, of the actor, or the fallback.

    Without `due_at` it is due in eight business hours of its team. What it is about is found among what the actor may see (NotFound);
    a team out of the actor's reach is Forbidden, a missing title or a due time that has passed is Invalid. A task about a customer whose
    name the actor may not see is raised, and shows that name to its team no more than it was shown before.
    """
    title = _checked(title, note, due_at)
    customer_id, contact_id, contact_team = await _about(actor, customer_id, contact_id, response_id)
    team = await _team_for(actor, team_id, contact_team)
    now = clock.now()
    task = await Task.create(
        response_id=response_id,
        team_id=team.card.id,
        customer_id=customer_id,
        contact_id=contact_id,
        priority=priority,
        title=title,
        placed_by=BY_HAND if await _is_known(actor, customer_id, contact_id) else UNSEEN_BY_HAND,
        due_at=due_at or team.due_at(now, USUAL_HOURS),
    )
    said = {name: value for facts in await facts_of([response_id] if response_id else []) for name, value in facts.said.items()}
    await step(actor, task.id, Step.RAISED, team=team.name, **said).save()
    if note.strip():
        author_id = actor.id if actor.is_member else None
        await Note.create(task_id=task.id, author_id=author_id, author_name=actor.name, text=note.strip())
    await hold_for_tasks({task.id: customer_id})
    await emit(TaskRaised(task.id))
    await live.note("task", task.id, task.team_id)
    return task


def _checked(title: str, note: str, due_at: datetime | None) -> str:
    faults = []
    if not title.strip() or len(title.strip()) > LONGEST_TITLE:
        faults.append(Fault("title", "TITLE_INVALID", f"Say in 1 to {LONGEST_TITLE} characters what is to be done."))
    if len(note) > LONGEST_NOTE:
        faults.append(Fault("note", "TOO_LONG", f"Keep the note within {LONGEST_NOTE} characters."))
    if due_at is not None and (due_at.tzinfo is None or due_at <= clock.now()):
        faults.append(Fault("dueAt", "DUE_IN_THE_PAST", "Give a due time in the future, with its time zone."))
    if faults:
        raise Invalid(faults)
    return title.strip()


async def _about(
    actor: Actor, customer_id: UUID | None, contact_id: UUID | None, response_id: UUID | None
) -> tuple[UUID | None, UUID | None, UUID | None]:
    """Customer, contact and the contact's team; what is not named follows from the response and the contact."""
    if response_id:
        response = await one(responses_visible_to(actor), response_id)
        customer_id, contact_id = customer_id or response.customer_id, contact_id or response.contact_id
    if contact_id:
        contact = await one(contacts_visible_to(actor), contact_id)
        customer_id = customer_id or contact.customer_id
    if customer_id:
        await one(customers_visible_to(actor), customer_id)
    return customer_id, contact_id, contact.team_id if contact_id else None


async def _is_known(actor: Actor, customer_id: UUID | None, contact_id: UUID | None) -> bool:
    """Whether the actor may see who the customer is: a program, by their role, or because the contact or an open task is their team's."""
    reach = actor.reach(Action.SEE_IDENTITY)
    if customer_id is None or reach.all or not actor.is_member:
        return True
    if contact_id and await Contact.exists(id=contact_id, customer_id=customer_id, team_id__in=list(reach.teams)):
        return True
    return bool((await teams_that_know([customer_id])).get(customer_id, set()) & reach.teams)


async def _team_for(actor: Actor, team_id: UUID | None, contact_team: UUID | None) -> WorkingTeam:
    teams, reach = await working_teams(), actor.reach(Action.RAISE_TASK)
    if team_id:
        await one(Team.all(), team_id)
    own = next(iter(reach.teams)) if len(reach.teams) == 1 else None
    fallback = next(team.card.id for team in teams.values() if team.card.is_fallback)
    usual = next((one for one in (contact_team, own, fallback) if one and reach.covers(one)), None)
    chosen = team_id or usual
    if chosen is None or not reach.covers(chosen):
        raise Forbidden("You may raise tasks for your own team. Name it.")
    return teams[chosen]
