"""A customer answers in a browser on a phone while a frontend watches: the task is there within seconds, and nothing is missed."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
from gql import Client, gql
from gql.transport.httpx import HTTPXAsyncTransport
from gql.transport.websockets import WebsocketsTransport
from playwright.async_api import Browser

from tests.stories.installation import Service
from voc.demo.doors import Doors
from voc.demo.mailbox import Mail
from voc.responses.scanners import FASTEST_PERSON

WATCH = gql("subscription Watch($after: String) { taskChanged(after: $after) { cursor task { id title team { name } } } }")
LOOK = gql("query Look($by: CustomerReference!) { customer(by: $by) { timeline { at subject { __typename } } } }")
DUTCH = "Ik heb nu drie keer gebeld en nog steeds geen antwoord op mijn factuur."


async def call_ends(service: Service, name: str) -> Mail:
    """Report a solved call of a Dutch customer and wait for the invitation."""
    doors = Doors(service.base_url, service.token)
    arrived: asyncio.Queue[Mail] = asyncio.Queue()
    service.mailbox.on_mail(arrived.put_nowait)
    ended_at = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    customer = {
        "externalIds": [{"system": "crm", "externalId": name}],
        "name": "Noor Bos",
        "email": f"{name}@post.example",
        "language": "nl",
    }
    contact = {
        "externalId": f"call-{name}",
        "touchpoint": "after-call",
        "channel": "phone",
        "outcome": "solved",
        "queue": "billing-nl",
        "endedAt": ended_at,
        "customer": customer,
    }
    try:
        assert (await doors.ingest([contact]))[0]["status"] == "recorded"
    finally:
        await doors.close()
    return await asyncio.wait_for(arrived.get(), 60)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
async def test_a_customer_answers_on_a_phone_and_the_team_sees_it_live(service: Service, browser: Browser, scripts: bool) -> None:
    name = f"noor-{scripts}".lower()
    mail = await call_ends(service, name)
    link = re.search(r"https?://\S+/s/\S+", mail.part("plain"))
    assert link
    socket = WebsocketsTransport(
        url=service.base_url.replace("http", "ws") + "/graphql", init_payload={"authorization": f"Bearer {service.token}"}
    )
    async with Client(transport=socket) as frontend:
        changes = frontend.subscribe(WATCH)
        first = asyncio.create_task(anext(changes))
        await asyncio.sleep(1)
        context = await browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=scripts, locale="nl-NL")
        page = await context.new_page()
        await page.goto(link[0])
        await page.get_by_role("radio", name=re.compile("^2")).check(force=True)
        await page.get_by_role("radio", name=re.compile("^Nee")).check(force=True)
        await asyncio.sleep(FASTEST_PERSON.total_seconds())  # who follows a link as the mail arrives still reads before they press
        await page.locator("button.go").click()
        await page.get_by_role("textbox").first.fill(DUTCH)
        await page.locator("button.go").click()
        await page.wait_for_url("**/thanks*")
        event = (await asyncio.wait_for(first, 60))["taskChanged"]
        await context.close()
        assert event["task"]["team"]["name"] == "Facturen"
        assert event["cursor"]

    transport = HTTPXAsyncTransport(url=f"{service.base_url}/graphql", headers={"Authorization": f"Bearer {service.token}"})
    async with Client(transport=transport, fetch_schema_from_transport=True) as frontend:
        by = {"external": {"system": "crm", "externalId": name}}
        told = await frontend.execute(LOOK, variable_values={"by": by})
    kinds = {one["subject"]["__typename"] for one in told["customer"]["timeline"]}
    assert kinds == {"Contact", "Decision", "Invitation", "Response", "Task"}
