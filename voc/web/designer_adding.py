"""What is put into a draft by a short command: `/nps How likely…`, or a page. PURE."""

from typing import Any

from voc.surveys.questions import KINDS
from voc.web.designer_document import Document, free_name, item_name, items, new_name, page_of, pages, unescaped
from voc.web.designer_edits import Operation, added

_ALIASES = {"choice": "single_choice", "choices": "multiple_choice", "multiple": "multiple_choice", "scale": "rating", "words": "text"}


def new_question(document: Document, typed: str, at: str, language: str) -> tuple[str, Operation] | None:
    """The question that `/nps How likely…` asks for, after what is chosen now; its place and the operation. None for an unknown kind."""
    command, _, text = typed.strip().removeprefix("/").partition(" ")
    kind = _kind(command)
    if kind is None:
        return None
    listed = list(pages(document, language))
    page_at, number = page_of(document, at)
    page_at = page_at or (listed[-1][0].at if listed else "")
    if not page_at:
        return None
    name = new_name(document, kind)
    value: dict[str, Any] = {"id": name, "kind": kind, **({"text": {language: text.strip()}} if text.strip() else {})}
    asked = next(questions for page, questions in listed if page.at == page_at)
    before = asked[number + 1].name if 0 <= number < len(asked) - 1 else ""
    return f"questions/{name}", added(f"{page_at}/questions", value, before)


def new_page(document: Document, at: str) -> tuple[str, Operation]:
    """A page after the chosen one, or at the end; its place and the operation."""
    listed = items(document, "pages")
    name = free_name(listed, f"page_{len(listed) + 1}")
    names = [f"pages/{item_name(listed, number)}" for number in range(len(listed))]
    page_at = page_of(document, at)[0]
    follower = names.index(page_at) + 1 if page_at in names else len(names)
    before = unescaped(names[follower].removeprefix("pages/")) if follower < len(names) else ""
    return f"pages/{name}", added("pages", {"id": name, "questions": []}, before)


def _kind(command: str) -> str | None:
    name = _ALIASES.get(command.lower(), command.lower().replace("-", "_"))
    if name in KINDS:
        return name
    near = [kind for kind in KINDS if name and kind.startswith(name)]
    return near[0] if len(near) == 1 else None
