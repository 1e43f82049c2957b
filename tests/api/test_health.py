"""How the service is, as whoever looks after it is told: figures, dead jobs dealt with by kind, and live."""

from contextlib import aclosing
from typing import Any

import pytest

from tests.api import loop
from tests.api.loop import House
from voc.api import health
from voc.api.context import Credential
from voc.api.credentials import Caller
from voc.api.event_stream import events
from voc.api.requests import Asked
from voc.core import clock
from voc.core.access import Actor, Role, held
from voc.core.ids import new_id
from voc.core.models import Job
from voc.outreach.delivering.plan import DELIVER
from voc.outreach.models import Invitation, InvitationState

pytestmark = pytest.mark.usefixtures("clock")


async def died(kind: str, *refs: object) -> None:
    """Jobs that were given up."""
    now = clock.now()
    for ref in refs:
        await Job.create(kind=kind, ref=str(ref), state="dead", due=now, created_at=now, finished_at=now, error="It broke.")


async def test_health_says_how_it_is_and_dead_jobs_run_again_or_rest(db: str) -> None:
    made = await loop.lived_in(db)
    await died("insight.tag", new_id(), new_id())
    now = clock.now()
    said = now.isoformat().replace("+00:00", "Z")
    await Job.create(kind="insight.tag", ref=str(new_id()), due=now, created_at=now)

    found = await made.ask("SystemHealth")

    assert (found["queue"]["due"], found["queue"]["dead"], found["queue"]["oldestDueAt"]) == (1, 2, said)
    assert found["today"] == {"sent": 3, "failed": 0}
    assert [(one["system"], one["at"]) for one in found["heard"]] == [("contact-centre", "2026-03-03T10:00:00Z")]
    assert [one["name"] for one in found["versions"]][-2:] in (["SQLite", "Python"], ["PostgreSQL", "Python"])
    lea = Actor("Lea", held([Role.LEAD]), is_member=True)
    assert (await made.answer("SystemHealth", lea))["errors"][0]["extensions"]["code"] == "FORBIDDEN"

    await deal_with_the_dead(made)
    await run_a_dead_delivery_again(made)


async def deal_with_the_dead(made: House) -> None:
    """Run again or let rest, one or all of a kind."""
    await died("insight.tag", new_id())
    await died("connect.tell_hook", new_id())
    job = (await made.ask("Jobs", filter={"kind": "insight.tag", "state": "DEAD"}))["nodes"][0]

    rested = await made.change("RestJob", jobId=job["id"])

    assert rested["state"] == "RESTED"
    assert (await made.ask("Jobs", filter={"state": "RESTED"}))["nodes"][0]["restedBy"] == "Ada"
    assert (await made.change("RetryJobs", kind="insight.tag"))["n"] == 2
    assert (await made.change("RestJobs", kind="connect.tell_hook"))["n"] == 1
    assert (await made.ask("SystemHealth"))["queue"]["dead"] == 0
    assert (await made.ask("RestJob", input={"jobId": job["id"]}))["code"] == "NOT_DEAD"


async def run_a_dead_delivery_again(made: House) -> None:
    """It is planned, and looked at once more."""
    invitation = await Invitation.filter(decision_id__isnull=False).first()
    assert invitation
    await Invitation.filter(id=invitation.id).update(state=InvitationState.FAILED, state_reason="not_delivered")
    await died(DELIVER, invitation.id)
    (job,) = (await made.ask("Jobs", filter={"state": "DEAD"}))["nodes"]
    await made.change("RetryJob", jobId=job["id"])
    assert (await Invitation.get(id=invitation.id)).state is InvitationState.PLANNED
    await made.let_reactions_run()
    # The task that its customer has by now holds it.
    assert (await Invitation.get(id=invitation.id)).state is InvitationState.HELD


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whoever_watches_is_told_at_once_and_when_something_changed(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = await loop.house(db)
    monkeypatch.setattr(health, "LOOK_AGAIN_SECONDS", 0.01)
    asked = Asked(query=made.engine.documents.named("WatchSystemHealth"), operation_name="WatchSystemHealth", variables={})
    async with aclosing(events(made.engine, made.engine.prepare(asked, Caller(made.admin, Credential.INSIDE)))) as stream:
        first: Any = await anext(stream)
        await died("insight.tag", new_id())
        then: Any = await anext(stream)
    assert [one["data"]["systemHealth"]["health"]["queue"]["dead"] for one in (first, then)] == [0, 1]
