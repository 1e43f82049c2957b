"""A browser without scripts, as small as a test can have one: it reads a page, fills in its form and presses a button."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

_EMPTY = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Seen:
    """One page as it came."""

    answer: httpx.Response
    title: str = ""
    language: str = ""
    heading: str = ""
    text: str = ""
    form: dict[str, list[str]] = field(default_factory=dict)
    action: str = ""
    buttons: list[tuple[str, str]] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    invalid: int = 0

    @property
    def status(self) -> int:
        return self.answer.status_code


class _Reader(HTMLParser):
    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self.seen = seen
        self.open: list[tuple[str, dict[str, str]]] = []
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        seen = self.seen
        seen.ids += [facts["id"]] if "id" in facts else []
        seen.described += facts.get("aria-describedby", "").split()
        seen.invalid += facts.get("aria-invalid") == "true"
        if tag == "html":
            seen.language = facts.get("lang", "")
        if tag == "form":
            seen.action = facts.get("action", "")
        if tag == "input" and (facts.get("type") not in ("radio", "checkbox") or "checked" in facts):
            seen.form.setdefault(facts["name"], []).append(facts.get("value", "on"))
        if tag == "option" and "selected" in facts:
            select = next(has for name, has in reversed(self.open) if name == "select")
            seen.form.setdefault(select["name"], []).append(facts["value"])
        if tag == "textarea":
            self.area = facts["name"]
            seen.form[self.area] = [""]
        if tag == "button":
            seen.buttons.append((facts.get("name", ""), facts.get("value", "")))
        if tag not in _EMPTY:
            self.open.append((tag, facts))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.seen.form[self.area] = [self.seen.form[self.area][0].removeprefix("\n")]
            self.area = ""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = [tag for tag, _ in self.open]
        if self.area:
            self.seen.form[self.area][0] += data
        elif "title" in inside:
            self.seen.title += data
        elif "style" not in inside and "script" not in inside:
            self.seen.text += data
            if "h1" in inside:
                self.seen.heading += data
            link = next((facts["href"] for tag, facts in reversed(self.open) if tag == "a"), None)
            if link is not None:
                self.seen.links[data.strip()] = link


class Reader:
    """Opens pages of one site. Redirects are followed, as browsers do."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.page = Seen(httpx.Response(200))

    async def open(self, address: str) -> Seen:
        """Follow a link."""
        return self._see(await self.client.get(address, headers={"Accept": "text/html"}, follow_redirects=True))

    async def press(self, button: str = "next", **filled: str | list[str]) -> Seen:
        """Fill in fields of the form of the page and press one of its buttons; `""` empties a field."""
        fields: dict[str, str | list[str]] = {**self.page.form, **filled}
        buttons = [name for name, value in self.page.buttons if value == button]
        assert buttons, f"There is no button {button} among {self.page.buttons}."
        if buttons[0]:
            fields[buttons[0]] = button
        address = self.page.action or str(self.page.answer.url)
        return self._see(await self.client.post(address, data=fields, headers={"Accept": "text/html"}, follow_redirects=True))

    def _see(self, answer: httpx.Response) -> Seen:
        self.page = Seen(answer)
        _Reader(self.page).feed(answer.text)
        return self.page
