"""A colleague behind a browser without scripts: goes to pages, fills forms in, presses buttons."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin

import httpx

_VOID = {"input", "meta", "link", "br", "hr", "img", "wbr"}


class Form:
    """A form of a page, with its fields as they stand and its buttons by what they say."""

    def __init__(self, attributes: dict[str, str]) -> None:
        self.method = attributes.get("method", "get")
        self.action = attributes.get("action", "")
        self.id = attributes.get("id", "")
        self.fields: list[tuple[str, str]] = []
        self.buttons: dict[str, dict[str, str]] = {}


class Seen(HTMLParser):
    """A page as somebody reads it: its words, links, forms, and what can be ticked (by name) and chosen (by what it says)."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.answer, self.status, self.address = answer, answer.status_code, answer.url.raw_path.decode()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.ticks: dict[str, list[str]] = {}
        self.options: dict[str, str] = {}
        self._inside: list[tuple[str, dict[str, str], list[str]]] = []
        self.elements: list[tuple[str, dict[str, str], str]] = []
        self._away: list[tuple[str, dict[str, str]]] = []
        self.feed(answer.text)
        for form_id, found in self._away:
            next(form for form in self.forms if form.id == form_id).buttons[found.pop("says")] = found

    def text(self, tag: str = "main", **attributes: str) -> str:
        """What the first such element says; empty when there is none."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        found = (text for name, has, text in self.elements if name == tag and wanted.items() <= has.items())
        return re.sub(r"\s+", " ", next(found, "")).strip()

    def texts(self, tag: str, **attributes: str) -> list[str]:
        """What each such element says."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [re.sub(r"\s+", " ", text).strip() for name, has, text in self.elements if name == tag and wanted.items() <= has.items()]

    def form(self, button: str) -> Form:
        """The form that has a button that says this."""
        return next(form for form in self.forms if button in form.buttons)

    def has_button(self, button: str) -> bool:
        """Whether there is such a button."""
        return any(button in form.buttons for form in self.forms)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(attributes))
        if tag == "input" and "name" in attributes:
            is_tick = attributes.get("type") in ("checkbox", "radio")
            if is_tick:
                self.ticks.setdefault(attributes["name"], []).append(attributes.get("value", "on"))
            if not is_tick or "checked" in attributes:
                self._form(attributes).fields.append((attributes["name"], attributes.get("value", "")))
        if tag == "option" and "selected" in attributes:
            select = next(has for name, has, _ in reversed(self._inside) if name == "select")
            self._form(select).fields.append((select["name"], attributes["value"]))
        if tag not in _VOID:
            self._inside.append((tag, attributes, []))

    def handle_endtag(self, tag: str) -> None:
        while self._inside:
            name, attributes, said = self._inside.pop()
            text = "".join(said)
            self.elements.append((name, attributes, text))
            if self._inside:
                self._inside[-1][2].append(text if name in ("a", "b", "span", "strong", "time", "mark", "em") else f" {text} ")
            self._ended(name, attributes, re.sub(r"\s+", " ", text).strip())
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._inside[-1][2].append(data)

    def _ended(self, tag: str, attributes: dict[str, str], text: str) -> None:
        if tag == "a":
            self.links.setdefault(text, attributes.get("href", ""))
        elif tag == "option":
            self.options[text] = attributes["value"]
        elif tag == "textarea" and "name" in attributes:
            self._form(attributes).fields.append((attributes["name"], text))
        elif tag == "button" and (self.forms or attributes.get("form")):
            if attributes.get("form") and all(form.id != attributes["form"] for form in self.forms):
                self._away.append((attributes["form"], {**attributes, "says": text}))
            else:
                self._form(attributes).buttons[text] = attributes

    def _form(self, attributes: dict[str, str]) -> Form:
        owner = attributes.get("form")
        if owner:
            return next((form for form in self.forms if form.id == owner), Form({}))
        return self.forms[-1] if self.forms else Form({})


class Visitor:
    """A browser with a session (or none), at the page it saw last."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.client.headers.update({"accept": "text/html", "accept-language": "en", "sec-fetch-site": "same-origin"})
        self.seen: Seen

    async def go(self, address: str) -> Seen:
        """Open an address and follow where it leads."""
        return self._see(await self.client.get(address, follow_redirects=True))

    async def follow(self, link: str) -> Seen:
        """Follow a link by what it says."""
        return await self.go(urljoin(self.seen.address, self.seen.links[link]))

    async def press(self, button: str, **typed: Any) -> Seen:
        """Press a button after typing into the fields of its form; underscores stand for dashes."""
        form = self.seen.form(button)
        pressed = form.buttons[button]
        filled = {name.replace("_", "-"): value for name, value in typed.items()}
        fields = [(name, value) for name, value in form.fields if name not in filled]
        for name, value in filled.items():
            fields += [(name, one) for one in (value if isinstance(value, list) else [value])]
        if pressed.get("name"):
            fields.append((pressed["name"], pressed.get("value", "")))
        address = urljoin(self.seen.address, unescape(pressed.get("formaction") or form.action or self.seen.address))
        if pressed.get("formmethod", form.method).lower() == "post":
            return await self.post(address, fields)
        return await self.go(f"{address.split('?')[0]}?{urlencode(fields)}")

    async def post(self, address: str, fields: list[tuple[str, str]]) -> Seen:
        """Send a form by hand."""
        content = urlencode(fields).encode()
        headers = {"content-type": "application/x-www-form-urlencoded"}
        return self._see(await self.client.post(address, content=content, headers=headers, follow_redirects=True))

    def _see(self, answer: httpx.Response) -> Seen:
        self.seen = Seen(answer)
        return self.seen
