"""Whoever comes to a link: scanners of three kinds, and people. They meet the real pages, and press the buttons that stand there."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from types import ModuleType

import httpx

_TAG = re.compile(r"<(/?)(form|input|button|textarea|a|script|link)\b([^>]*)>", re.I)
_FACT = re.compile(r'([\w-]+)(?:="([^"]*)")?')


@dataclass
class Form:
    """A form as it came: where it goes, what is filled in, its buttons as (name, value)."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Seen:
    """A page as a program reads it."""

    status: int
    text: str
    forms: list[Form] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)


def read(address: str, answer: httpx.Response) -> Seen:
    """The forms, links and assets of a page."""
    seen = Seen(answer.status_code, answer.text)
    named: dict[str, Form] = {}
    outside: list[tuple[str, tuple[str, str]]] = []
    inside: Form | None = None
    for closing, tag, rest in _TAG.findall(answer.text):
        facts = {name: unescape(value) for name, value in _FACT.findall(rest)}
        if tag == "form":
            inside = None if closing else Form(facts.get("action") or address)
            if inside:
                seen.forms.append(inside)
                named[facts.get("id", "")] = inside
        elif tag == "input" and inside and (facts.get("type") not in ("radio", "checkbox") or "checked" in facts):
            inside.fields.append((facts["name"], facts.get("value", "on")))
        elif tag == "textarea" and inside and not closing:
            inside.fields.append((facts["name"], ""))
        elif tag == "button" and not closing:
            pressed = facts.get("name", ""), facts.get("value", "")
            if "form" in facts:
                outside.append((facts["form"], pressed))
            elif inside:
                inside.buttons.append(pressed)
        elif tag in ("a", "script", "link") and not closing and (target := facts.get("href") or facts.get("src")):
            (seen.links if tag == "a" else seen.assets).append(target)
    for form_id, pressed in outside:
        named[form_id].buttons.append(pressed)
    return seen


@dataclass
class Visitor:
    """Somebody, or something, with a browser: each request takes `pause` seconds of the clock."""

    client: httpx.AsyncClient
    clock: ModuleType
    pause: float = 0.3

    async def get(self, address: str) -> Seen:
        """Open an address and follow where it leads."""
        self.clock.advance(timedelta(seconds=self.pause))
        answer = await self.client.get(address, follow_redirects=True)
        return read(answer.url.path + (f"?{answer.url.query.decode()}" if answer.url.query else ""), answer)

    async def press(self, form: Form, button: tuple[str, str], **filled: str) -> Seen:
        """Fill a form in and press one of its buttons."""
        self.clock.advance(timedelta(seconds=self.pause))
        sent: dict[str, list[str]] = {}
        for name, value in form.fields:
            if name not in filled:
                sent.setdefault(name, []).append(value)
        sent |= {name: [value] for name, value in filled.items()} | ({button[0]: [button[1]]} if button[0] else {})
        answer = await self.client.post(form.action, data=sent, follow_redirects=True)
        return read(answer.url.path, answer)


async def polite(visitor: Visitor, links: list[str]) -> None:
    """Asks for the head of every link, and opens each."""
    for link in links:
        await visitor.client.head(link)
        await visitor.get(link)


async def rude(visitor: Visitor, links: list[str]) -> None:
    """A browser in a cloud: opens every link, loads what each page wants, and looks where its links lead."""
    for link in links:
        page = await visitor.get(link)
        for asset in page.assets:
            await visitor.client.get(asset)
        for further in page.links:
            if further.startswith("/"):
                await visitor.get(further)


async def brute(visitor: Visitor, links: list[str]) -> None:
    """Opens every link and presses every button of every form it finds there, with every choice of a group tried once."""
    for link in links:
        async for form, button, filled in _everything(await visitor.get(link)):
            await visitor.press(form, button, **filled)


async def _everything(page: Seen) -> AsyncIterator[tuple[Form, tuple[str, str], Mapping[str, str]]]:
    for form in page.forms:
        for button in dict.fromkeys(form.buttons):
            if any(name == "wish" for name in re.findall(r'name="(wish)"', page.text)):
                for wish in ("stop", "pause_12"):
                    yield form, button, {"wish": wish}
            else:
                yield form, button, {}
