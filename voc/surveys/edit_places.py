"""Places in a document: what a path of names leads to, and the lists that hold it. PURE."""

from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]


class Cannot(Exception):
    """An edit that cannot be done."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Place:
    """A place in a document: what holds it, and under which key or number."""

    def __init__(self, document: Document, path: str, *, make: bool = False) -> None:
        """Find it; `make` makes the groups of fields on the way. Raises Cannot where nothing can stand there."""
        self._path = path
        *steps, last = (part.replace("~1", "/").replace("~0", "~") for part in path.split("/"))
        self.holder: Any = document
        if not steps and last == "questions":
            raise Cannot("WRONG_PLACE", "Questions stand on pages: name `pages/<id>/questions`.")
        if steps and steps[0] == "questions":
            found = question_at(document, steps[1] if len(steps) > 1 else last)
            if len(steps) == 1:
                self.holder, last = found[0], str(found[1])
                self.key: Any = found[1]
                return
            self.holder, steps = found[0][found[1]], steps[2:]
        for step in steps:
            self.holder = self._into(step, make=make)
        self.key = number_of(self.holder, last) if isinstance(self.holder, list) else last
        if isinstance(self.holder, list) and self.key is None:
            raise Cannot("NOT_THERE", f"There is no `{last}` at `{path}`.")
        if not isinstance(self.holder, list | dict):
            raise Cannot("WRONG_PLACE", f"`{path}` leads into a plain value.")

    @property
    def value(self) -> Any:
        """What stands there."""
        return self.holder.get(self.key) if isinstance(self.holder, dict) else self.holder[self.key]

    def _into(self, step: str, *, make: bool) -> Any:
        if isinstance(self.holder, list):
            number = number_of(self.holder, step)
            if number is None:
                raise Cannot("NOT_THERE", f"There is no `{step}` at `{self._path}`.")
            return self.holder[number]
        if not isinstance(self.holder, dict):
            raise Cannot("WRONG_PLACE", f"`{self._path}` leads into a plain value.")
        if step not in self.holder and make:
            self.holder[step] = {}
        if step not in self.holder:
            raise Cannot("NOT_THERE", f"There is no `{step}` at `{self._path}`.")
        return self.holder[step]


def list_at(document: Document, path: str) -> list[Any]:
    """The list at a place, which is made where nothing stands there yet."""
    place = Place(document, path, make=True)
    if isinstance(place.holder, dict) and place.key not in place.holder:
        place.holder[place.key] = []
    if not isinstance(place.value, list):
        raise Cannot("WRONG_PLACE", f"There is no list at `{path}`.")
    return place.value


def where(items: list[Any], before: str) -> int:
    """Which number a new item gets that stands before the one of this name; the end where none is named."""
    if not before:
        return len(items)
    number = number_of(items, before)
    if number is None:
        raise Cannot("NOT_THERE", f"There is no `{before}` to stand before.")
    return number


def items(document: Document, name: str) -> Iterator[dict[str, Any]]:
    """The groups of fields in the list of that name; none where there is no such list."""
    found = document.get(name)
    return (item for item in found if isinstance(item, dict)) if isinstance(found, list) else iter(())


def asked(document: Document) -> Iterator[dict[str, Any]]:
    """Every question of a document."""
    return (one for page in items(document, "pages") for one in items(page, "questions"))


def question_at(document: Document, name: str) -> tuple[list[Any], int]:
    """The list a question stands in, and its number there."""
    for page in items(document, "pages"):
        questions = page.get("questions")
        if isinstance(questions, list):
            for number, question in enumerate(questions):
                if isinstance(question, dict) and question.get("id") == name:
                    return questions, number
    raise Cannot("NOT_THERE", f"There is no question `{name}`.")


def number_of(items: list[Any], name: str) -> int | None:
    """The number of the item of that name, or with that number."""
    for number, item in enumerate(items):
        if name_of(item) == name:
            return number
    return int(name) if name.isdecimal() and len(name) < 10 and int(name) < len(items) else None


def name_of(item: object) -> str:
    """By which an item is found: its id, code or value."""
    if not isinstance(item, dict):
        return item if isinstance(item, str) else ""
    return str(item.get("id") or item.get("code") or item.get("value", ""))
