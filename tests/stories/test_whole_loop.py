"""From the end of a call to the brief of the next agent, through public doors only."""

import re
from datetime import UTC, datetime, timedelta

import httpx

from tests.stories.installation import Service
from voc.demo.doors import Doors
from voc.demo.once import play_once

ADDRESS = "twice@post.example"


async def test_a_bad_call_becomes_a_task_for_the_right_team_the_next_agent_knows_and_the_log_names_nobody(service: Service) -> None:
    doors = Doors(service.base_url, service.token)
    told: list[tuple[str, str]] = []
    try:
        await play_once(doors, service.mailbox, lambda what, words, ref: told.append((what, words)))
    finally:
        await doors.close()
    assert [what for what, _ in told] == ["customer", "contact", "decision", "mail", "answer", "reading", "task", "brief"]
    words = dict(told)
    assert words["reading"].startswith("negative")
    assert "awful" in words["reading"]
    assert words["task"].startswith("for Facturen")
    assert "1 open task" in words["brief"]
    log = service.log.read_text()
    mail = next(iter(service.mailbox.mails.values()))
    link = re.search(r"/s/(\S+)", mail.part("plain"))
    assert link
    assert not [secret for secret in (mail.to, "Umut", "+3161", "awful", link[1], service.token) if secret in log]


async def test_reporting_the_same_contact_again_asks_nobody_twice(service: Service) -> None:
    contact = {
        "system": "contact-centre",
        "externalId": "twice-1",
        "customer": {"externalIds": [{"system": "crm", "externalId": "K1"}], "email": ADDRESS, "language": "en"},
        "touchpoint": "after-call",
        "channel": "phone",
        "outcome": "solved",
        "endedAt": (datetime.now(UTC) - timedelta(minutes=1)).isoformat(),
    }
    doors = Doors(service.base_url, service.token)
    try:
        assert [line["status"] for line in await doors.ingest([contact, contact])] == ["recorded", "unchanged"]
        assert [line["status"] for line in await doors.ingest([contact])] == ["unchanged"]
        reference = {"external": {"system": "contact-centre", "externalId": "twice-1"}}
        for _ in range(100):
            data = await doors.ask("query Q($c: ContactReference!) { contact(by: $c) { decisions { verdict } } }", c=reference)
            if data["contact"]["decisions"] and (mails := [mail for mail in service.mailbox.mails.values() if mail.to == ADDRESS]):
                break
            httpx.get(f"{service.base_url}/health/live")
    finally:
        await doors.close()
    assert data["contact"]["decisions"] == [{"verdict": "SEND"}]
    assert len(mails) == 1
