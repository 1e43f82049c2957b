"""Health in words (A4): whether the worker is at work, what waits, and what was given up and can be run again."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core import clock
from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.house_frame import ADDRESS, WORDS, house_page, parts_for, said_of

QUIET_AFTER = timedelta(seconds=30)
LATE_AFTER = timedelta(minutes=5)
TOLD_FOR = timedelta(days=7)
STATES = ("READY", "SENT", "DONE", "DEAD")
RESTED_SHOWN = 10


def routes() -> list[Route]:
    """The page, and what can be done with dead jobs."""
    return [
        Route(ADDRESS, health, methods=["GET"]),
        Route(f"{ADDRESS}/jobs", run_again, methods=["POST"]),
        Route(f"{ADDRESS}/jobs/rest", let_rest, methods=["POST"]),
        Route(f"{ADDRESS}/jobs/kind", all_of_a_kind, methods=["POST"]),
    ]


@screen
async def health(desk: Desk) -> Response:
    """How the service is; colleagues who have no part in that go to the first part that they have."""
    if not desk.may(Action.SEE_JOBS):
        return desk.go(parts_for(desk)[0].address)
    return await _page(desk)


@screen
async def run_again(desk: Desk) -> Response:
    """Give a dead job another chance."""
    answer = await desk.change("RetryJob", jobId=desk.form.one("job"))
    if answer.is_done:
        return desk.go(ADDRESS, "job_again", WORDS)
    return await _page(desk, faults=said_of(desk, answer), status=answer.status)


@screen
async def let_rest(desk: Desk) -> Response:
    """Close a dead job without running it."""
    answer = await desk.change("RestJob", jobId=desk.form.one("job"))
    if answer.is_done:
        return desk.go(ADDRESS, "job_rests", WORDS)
    return await _page(desk, faults=said_of(desk, answer), status=answer.status)


@screen
async def all_of_a_kind(desk: Desk) -> Response:
    """Run all dead jobs of a kind again, or let them rest."""
    rests = desk.form.one("what") == "rest"
    answer = await desk.change("RestJobs" if rests else "RetryJobs", kind=desk.form.one("kind"))
    return desk.go(ADDRESS, "jobs_rest" if rests else "jobs_again", WORDS, count=(answer.row or {"n": 0})["n"])


async def _page(desk: Desk, **how: Any) -> Response:
    live = await desk.live("WatchSystemHealth")
    found = (await desk.ask("SystemHealth"))["systemHealth"]
    failed = (await desk.ask("PublishRequests", filter={"states": ["FAILED"]}, first=5))["publishRequests"]["nodes"]
    dead = (await desk.ask("Jobs", filter={"state": "DEAD"}, **desk.wanted_page()))["jobs"]
    rested = (await desk.ask("Jobs", filter={"state": "RESTED"}, first=RESTED_SHOWN))["jobs"]["nodes"]
    tokens = (await desk.ask("Tokens"))["tokens"] if desk.may(Action.EDIT_STAFF) else []
    return house_page(
        desk,
        "health",
        live=live,
        health=found,
        rested=rested,
        programs=[one for one in tokens if one["lastUsedAt"] and not one["revokedAt"]],
        several=[(job["kind"], job["n"]) for job in found["jobs"] if job["state"] == "DEAD" and job["n"] > 1],
        verdict=verdict(found, clock.now()),
        totals={state: sum(job["n"] for job in found["jobs"] if job["state"] == state) for state in STATES},
        kinds=_by_kind(found["jobs"]),
        dead=dead,
        unpublished=[one for one in failed if datetime.fromisoformat(one["decidedAt"]) > clock.now() - TOLD_FOR],
        may_run=desk.may(Action.RUN_JOBS),
        **how,
    )


def verdict(health: Mapping[str, Any], now: datetime) -> str:
    """`never` and `quiet` are about the worker, `late` about work that waits too long, `gave_up` about dead jobs; `well` is none."""
    if health["workerSeenAt"] is None:
        return "never"
    if now - datetime.fromisoformat(health["workerSeenAt"]) > QUIET_AFTER:
        return "quiet"
    oldest = health["oldestReadyAt"]
    if oldest and now - datetime.fromisoformat(oldest) > LATE_AFTER:
        return "late"
    return "gave_up" if any(job["state"] == "DEAD" and job["n"] for job in health["jobs"]) else "well"


def _by_kind(jobs: list[Mapping[str, Any]]) -> list[tuple[str, Counter[str]]]:
    kinds: dict[str, Counter[str]] = {}
    for job in jobs:
        kinds.setdefault(job["kind"], Counter())[job["state"]] += job["n"]
    return sorted(kinds.items())
