"""What somebody did in the designer, as the small operations of a draft. PURE."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any, get_args

from voc.surveys.questions import slugs
from voc.web.designer_document import Document, escaped, free_name, item_name, items, kind_at, new_name, page_of, pages, raw_at, unescaped
from voc.web.designer_fields import FormField, Panel, marked

Operation = dict[str, Any]


def changes(panel: Panel, posted: Callable[[str], list[str]], seen: Mapping[str, str]) -> list[Operation]:
    """An operation for every box that was changed since it was shown. A new id comes last, for it changes where everything is."""
    found: list[Operation] = []
    last: list[Operation] = []
    done: set[str] = set()
    for one, box in panel.boxes:
        values = posted(box.name)
        if box.name not in seen or not values:
            continue
        value = _typed(one, values)
        if marked(value) == seen[box.name]:
            continue
        if one.widget == "lines of texts":
            if one.name not in done:
                found.append(_put(_below(panel.at, one.name), _lines_of_texts(one, posted)))
                done.add(one.name)
        elif one.name == "id" and panel.is_question:
            last.append({"rename": {"question": box.value, "newId": value}})
        else:
            operation = _put(_below(panel.at, box.name), _value(one, value))
            (last if one.name in ("id", "code") else found).append(operation)
    return found + last


def additions(panel: Panel, posted: Callable[[str], list[str]], document: Document, language: str) -> list[Operation]:
    """What was typed to be added to the lists of a panel: one item a line."""
    found: list[Operation] = []
    for one in panel.fields:
        lines = [line.strip() for value in posted(f"add/{one.name}") for line in value.splitlines() if line.strip()]
        if one.widget != "items" or not lines:
            continue
        path = _below(panel.at, one.name)
        listed = list(items(panel.raw, one.name))
        before = unescaped(item_name(listed, len(listed) - 1)) if one.name == "end_pages" and listed else ""
        for line in lines:
            item = _item(get_args(kind_at(document, path))[0], line, listed, language)
            listed.append(item)
            found.append(added(path, item, before))
    return found


def step(document: Document, at: str, by: int) -> Operation | None:
    """One place up (-1) or down (1); a question at the edge of its page goes on to the next. None at the very end."""
    page_at, number = page_of(document, at)
    if number < 0 or not at.startswith(("questions/", f"{page_at}/questions/")) or _is_below_a_question(document, at):
        return step_in_list(document, at, by)
    listed = list(pages(document, ""))
    which = next(which for which, (page, _) in enumerate(listed) if page.at == page_at)
    if 0 <= number + by < len(listed[which][1]):
        return to_place(document, at, page_at, number + by + 1)
    if not 0 <= which + by < len(listed):
        return None
    target, asked = listed[which + by]
    return to_place(document, at, target.at, len(asked) + 1 if by < 0 else 1)


def step_in_list(document: Document, at: str, by: int) -> Operation | None:
    """One place up or down in its own list."""
    above, _, name = at.rpartition("/")
    listed = raw_at(document, above)
    names = [item_name(listed, number) for number in range(len(listed))] if isinstance(listed, list) else []
    if name not in names or not 0 <= names.index(name) + by < len(names):
        return None
    place = names.index(name) + (by if by < 0 else by + 1)
    return _move(at, before=unescaped(names[place]) if place < len(names) else "")


def to_place(document: Document, at: str, page_at: str, place: int) -> Operation:
    """A question to a place, counted from 1, on a page."""
    asked = [one for page, asked in pages(document, "") if page.at == page_at for one in asked if one.at != at]
    before = asked[place - 1].name if place - 1 < len(asked) else ""
    return _move(at, f"{page_at}/questions", before)


def before_another(document: Document, at: str, target: str) -> Operation | None:
    """A question dropped on another takes its place; on a page it becomes the last there."""
    page_at, number = page_of(document, target)
    own_page, own_number = page_of(document, at)
    if not page_at or own_number < 0 or at == target:
        return None
    count = next(len(asked) for page, asked in pages(document, "") if page.at == page_at)
    return to_place(document, at, page_at, number + 1 if number >= 0 else count + (own_page != page_at))


def _is_below_a_question(document: Document, at: str) -> bool:
    return all(one.at != at for _, asked in pages(document, "") for one in asked)


def _typed(one: FormField, values: Sequence[str]) -> str:
    if one.widget == "some":
        return "\n".join(option for option in one.options if option in values)
    lines = [line.strip() for line in values[-1].replace("\r\n", "\n").split("\n")]
    if one.widget == "lines":
        return "\n".join(line for line in lines if line)
    return values[-1].replace("\r\n", "\n").strip()


def _value(one: FormField, value: str) -> dict[str, str] | None:
    """The value to write; None takes it away, for nothing need be said of what goes without saying."""
    if value == one.default:
        return None
    if one.widget == "flag":
        return {"yaml": "true" if value else "false"}
    if one.widget in ("lines", "some"):
        return {"yaml": json.dumps(value.split("\n") if value else [], ensure_ascii=False)}
    if one.widget == "number" and re.fullmatch(r"[-+]?\d+([.,]\d+)?", value):
        return {"yaml": value.replace(",", ".")}
    return {"text": value} if value else None


def _lines_of_texts(one: FormField, posted: Callable[[str], list[str]]) -> dict[str, str] | None:
    columns = {box.language: (posted(box.name) or [box.value])[-1].strip().splitlines() for box in one.boxes}
    count = max(map(len, columns.values()), default=0)
    rows = [
        {code: lines[row].strip() for code, lines in columns.items() if row < len(lines) and lines[row].strip()} for row in range(count)
    ]
    return {"yaml": json.dumps(rows, ensure_ascii=False)} if rows else None


def _item(kind: Any, line: str, listed: Sequence[Any], language: str) -> dict[str, Any]:
    names = [one.name for one in fields(kind)]
    if names[0] == "pages":
        return {"pages": [part.strip() for part in line.split(",")]}
    if names[0] == "value":
        number, _, text = line.partition(" ")
        return {"value": int(number) if re.fullmatch(r"-?\d+", number) else number, **({"text": {language: text.strip()}} if text else {})}
    if names[0] == "url":
        return {"url": line}
    code, tab, text = line.partition("\t")  # a column of codes beside one of texts, as spreadsheets copy them
    name = free_name(listed, code.strip() if tab else next(slugs([line])))
    if names[0] == "code":
        return {"code": name, "text": {language: text.strip() or line.strip()}}
    text = next((one for one in ("title", "text", "name") if one in names), "")
    own: dict[str, Any] = {"id": name if name[0].isalpha() else f"x_{name}"}
    return {**own, **({text: {language: line}} if text else {})}


def _below(at: str, name: str) -> str:
    return f"{at}/{name}" if at else name


def _put(path: str, value: dict[str, str] | None) -> Operation:
    return {"put": {"path": path, "value": value}} if value is not None else {"remove": {"path": path}}


def added(path: str, value: object, before: str) -> Operation:
    """The operation that puts something new into a list, before an item or at the end."""
    yaml = json.dumps(value, ensure_ascii=False)
    return {"add": {"path": path, "value": {"yaml": yaml}, **({"before": before} if before else {})}}


def _move(path: str, to: str = "", before: str = "") -> Operation:
    return {"move": {"path": path, **({"to": to} if to else {}), **({"before": before} if before else {})}}


def copied(document: Document, at: str) -> tuple[str, Operation] | None:
    """The same question or page once more, under a name of its own; its place and the operation. None where nothing can be copied."""
    raw = raw_at(document, at)
    if not isinstance(raw, Mapping) or not raw.get("id"):
        return None
    if at.startswith("pages/") and "questions" in raw:
        name = free_name(items(document, "pages"), str(raw["id"]))
        return f"pages/{escaped(name)}", {"copy": {"path": at, "newId": name}}
    if "kind" not in raw:
        return None
    name = new_name(document, str(raw["id"]))
    return f"questions/{escaped(name)}", {"copy": {"path": at, "newId": name}}
