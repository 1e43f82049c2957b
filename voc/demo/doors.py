"""The public doors, as a program outside would use them: ingest, GraphQL, and survey pages as a browser sees them."""

import asyncio
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import httpx
import orjson

from voc.demo.voices import Voice

READING_SECONDS = 2.2  # whoever presses a button sooner than a person can read looks like a link scanner


class DemoFault(Exception):
    """A door answered what the demo did not expect; the message says which and what."""


class Doors:
    """One running service and the token that opens it."""

    def __init__(self, base_url: str, token: str) -> None:
        self.base_url = base_url
        self.web = httpx.AsyncClient(base_url=base_url, timeout=30)
        self._token = {"Authorization": f"Bearer {token}"}

    async def close(self) -> None:
        """Hang up."""
        await self.web.aclose()

    async def ready(self, seconds: float = 30) -> None:
        """Wait until the service can do its work."""
        for _ in range(int(seconds * 10)):
            try:
                if (await self.web.get("/health/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
        raise DemoFault(f"The service at {self.base_url} was not ready after {seconds:.0f} seconds.")

    async def ask(self, document: str, **variables: object) -> dict[str, Any]:
        """The data of a GraphQL operation."""
        answer = await self.web.post("/graphql", json={"query": document, "variables": variables}, headers=self._token)
        body = answer.json()
        if body.get("errors") or body.get("data") is None:
            raise DemoFault(f"GraphQL answered {answer.status_code}: {body.get('errors')}")
        data: dict[str, Any] = body["data"]
        return data

    async def ingest(self, contacts: Sequence[Mapping[str, object]], source: str = "") -> list[dict[str, Any]]:
        """Report contacts as NDJSON, in the shape of a contact centre where one is named, and give the outcome of each."""
        lines = b"\n".join(orjson.dumps(contact) for contact in contacts)
        headers = {**self._token, "Content-Type": "application/x-ndjson"}
        answer = await self.web.post("/ingest/contacts", content=lines, headers=headers, params={"source": source} if source else {})
        if answer.status_code != 200:
            raise DemoFault(f"Ingest answered {answer.status_code}: {answer.text[:300]}")
        return [orjson.loads(line) for line in answer.text.splitlines()]

    async def answer(self, link: str, voice: Voice, phone: str = "", seconds: float = READING_SECONDS) -> str:
        """Open a survey link, read and fill in each step as the customer would, send it, and give the last page's heading."""
        async with httpx.AsyncClient(base_url=self.base_url, timeout=30, follow_redirects=True) as browser:
            page = await browser.get(link)
            form = read_form(page.text, str(page.url))
            for _ in range(20):
                if page.status_code != 200 or form is None or form.phones:
                    break
                await asyncio.sleep(seconds)
                page = await browser.post(form.address, data=form.filled(voice, phone))
                form = read_form(page.text, str(page.url))
            if page.status_code != 200:
                raise DemoFault(f"The survey page answered {page.status_code}: {heading(page.text)}")
            if form is not None and voice.wants_call:
                await browser.post(form.address, data=form.filled(voice, phone))
            return heading(page.text)


class Form:
    """The form of a survey step: hidden fields, groups of choices, places to write, and the button that goes on."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.hidden: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.texts: list[str] = []
        self.phones: list[str] = []
        self.go = ("", "")

    def filled(self, voice: Voice, phone: str) -> dict[str, str]:
        """What is posted when somebody in this mood fills it in."""
        said = dict(self.hidden)
        for name, values in self.choices.items():
            said[name] = _chosen(values, voice)
        said.update(dict.fromkeys(self.texts[:1], voice.words))
        said.update(dict.fromkeys(self.phones, phone))
        name, value = self.go
        return {**said, name: value} if name else said


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.form: Form | None = None
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.form = Form(urljoin(self.address, given.get("action") or self.address))
            self.found.append(self.form)
        if self.form is None:
            return
        name, kind, value = given.get("name", ""), given.get("type", ""), given.get("value", "")
        if tag == "textarea" or (tag == "input" and kind == "text"):
            self.form.texts.append(name)
        elif tag == "button" and "go" in given.get("class", "").split():
            self.form.go = (name, value)
        elif tag == "input" and kind == "hidden":
            self.form.hidden[name] = value
        elif tag == "input" and kind == "radio" and value:
            self.form.choices.setdefault(name, []).append(value)
        elif tag == "input" and kind == "tel":
            self.form.phones.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None


def read_form(page: str, address: str) -> Form | None:
    """The form of a page that asks something; None when there is nothing left to answer."""
    reader = _Reader(address)
    reader.feed(page)
    return next((form for form in reader.found if form.choices or form.texts or form.phones), None)


def heading(page: str) -> str:
    """The text of the page's h1."""
    inside = page.partition("<h1")[2].partition(">")[2].partition("</h1>")[0]
    return " ".join(inside.split())


def _chosen(values: list[str], voice: Voice) -> str:
    numbers = sorted(int(value) for value in values if value.lstrip("-").isdigit())
    if len(numbers) == len(values) and len(values) > 2:
        return str(voice.score(numbers[0], numbers[-1]))
    return values[0] if voice.mood != "bad" else values[-1]
