"""What a button of the designer does: the operations for it, and what came of them."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from voc.surveys.described import ID
from voc.web import designer_edits as edits
from voc.web.console import Desk
from voc.web.designer_adding import new_page, new_question
from voc.web.designer_consequences import consequences
from voc.web.designer_document import Draft, escaped, items, new_name, page_of
from voc.web.designer_edits import Operation
from voc.web.designer_fields import Panel, box_id
from voc.web.faults import NO_FAULTS, Faults, FormFault, said
from voc.web.wording import words_for

GONE = "fault_NOT_THERE"
_UNTOLD = frozenset({"up", "down", "move", "drop"})
_ADDED = {"page": "page_added", "copy": "copied", "add": "added", "save": "added"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: where to go on and what to say; or why nothing was done; or what it would do that one must know before (`asks`)."""

    at: str = ""
    said: str = ""
    is_new: bool = False
    faults: Faults = NO_FAULTS
    status: int = 200
    asks: Sequence[Markup] = ()

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return not self.faults and not self.asks


@dataclass(frozen=True, slots=True)
class Plan:
    """Operations, and the place to go on to once they are done."""

    operations: list[Operation]
    at: str
    said: str
    is_new: bool = False


async def done(desk: Desk, survey: Mapping[str, Any], draft: Draft, deed: str, path: str, panel: Panel | None) -> Outcome:
    """Do what a deed asks at a place. Nothing is done where part of it cannot be.

    What would lose something, or end a trend, is asked about first; a deed that ends with `!` means it.
    """
    deed, is_meant = deed.removesuffix("!"), deed.endswith("!")
    words = words_for("designer", desk.me["language"])
    given: dict[str, Any] = {"surveyId": survey["id"], "expectedRevision": _number(desk.form.one("revision"))}
    at = desk.form.one("at")
    if deed in ("undo", "redo"):
        answer = await desk.change("UndoDraft" if deed == "undo" else "RedoDraft", **given)
        plan = Plan([], at, "undone" if deed == "undo" else "redone")
    else:
        planned = _planned(desk, draft, deed, path, panel)
        if isinstance(planned, FormFault):
            return Outcome(
                faults=Faults([FormFault(planned.field, words(str(planned.text)))]),
                status=409 if planned.text == "fault_NOT_THERE" else 422,
            )
        plan = planned
        if not plan.operations:
            return Outcome(at, "")
        if not is_meant and (asks := await consequences(desk, survey, plan.operations)):
            return Outcome(asks=asks, status=422)
        answer = await desk.change("EditDraft", operations=plan.operations, **given)
    if answer.row is not None:
        return Outcome(plan.at, plan.said, plan.is_new)
    messages = [(one["code"], one["message"]) for one in answer.faults] or [(answer.code, answer.message)]
    found = [FormFault("", said(words, code, message)) for code, message in messages]
    if answer.code == "DRAFT_CHANGED" and deed not in ("undo", "redo"):
        found = [FormFault("panel", words("changed_meanwhile", what=said(words, "", answer.message)))]
    return Outcome(faults=Faults(found), status=answer.status)


def _planned(desk: Desk, draft: Draft, deed: str, path: str, panel: Panel | None) -> Plan | FormFault:
    at = desk.form.one("at")
    if deed == "delete" and path == at:
        return Plan([{"remove": {"path": path}}], _after(draft, path), "deleted")
    if panel is None and seen_in(desk):
        return FormFault("", GONE)
    typed = [] if panel is None else _typed(desk, panel)
    if _misnamed(typed, draft):
        return FormFault(box_id("id"), "id_wrong")
    added = _added(desk, draft, deed, path)
    if isinstance(added, FormFault):
        return added
    listed = [] if panel is None else edits.additions(panel, desk.form.many, draft.document, draft.languages[0])
    taken = [{"remove": {"path": path}}] if deed == "delete" else []
    before = [one for one in typed if not _is_name(one)]
    kind = [{"changeKind": {"question": panel.raw.get("id", ""), "kind": desk.form.one("to_kind")}}] if panel and deed == "kind" else []
    operations = [*before, *listed, *_moved(desk, draft, deed, path), *taken, *kind, *([added[1]] if added else []), *_names(typed)]
    told = "deleted" if taken else _ADDED[deed] if added else "" if deed in _UNTOLD else "kind_changed" if kind else "saved"
    return Plan(operations, added[0] if added else _renamed(at, typed), told, is_new=added is not None)


def _added(desk: Desk, draft: Draft, deed: str, path: str) -> tuple[str, Operation] | FormFault | None:
    at, command = desk.form.one("at"), desk.form.one("kind").strip()
    if deed == "page":
        return new_page(draft.document, at)
    if deed == "copy":
        return edits.copied(draft.document, path) or FormFault("", "cannot_copy")
    if deed == "add" or (deed == "save" and command):
        if not items(draft.document, "pages"):
            return FormFault("add", "no_page")
        return new_question(draft.document, command, at, draft.languages[0]) or FormFault("add", "unknown_kind")
    return None


def _moved(desk: Desk, draft: Draft, deed: str, path: str) -> list[Operation]:
    document = draft.document
    if deed in ("up", "down"):
        found = edits.step(document, path, -1 if deed == "up" else 1)
    elif deed == "move":
        found = edits.to_place(document, path, desk.form.one("page"), max(1, _number(desk.form.one("place")) or 1))
    elif deed == "drop":
        found = edits.before_another(document, path, desk.form.one("target"))
    else:
        found = None
    return [found] if found else []


def seen_in(desk: Desk) -> Mapping[str, Any]:
    """What stood in the boxes of a form when it was shown, by the marks it carries; nothing where it carries none."""
    try:
        seen = json.loads(desk.form.one("seen") or "{}")
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}


def _typed(desk: Desk, panel: Panel) -> list[Operation]:
    return edits.changes(panel, desk.form.many, seen_in(desk))


def _misnamed(typed: list[Operation], draft: Draft) -> bool:
    wished = next((one["rename"]["newId"] for one in typed if "rename" in one), None)
    if wished is None:
        return False
    return not re.fullmatch(ID, wished) or new_name(draft.document, wished) != wished


def _names(typed: list[Operation]) -> list[Operation]:
    return [one for one in typed if _is_name(one)]


def _is_name(operation: Operation) -> bool:
    touched: dict[str, Any] = operation.get("put") or operation.get("remove") or {"path": ""}
    return "rename" in operation or touched["path"].endswith(("/id", "/code"))


def _renamed(at: str, typed: list[Operation]) -> str:
    above = at.rpartition("/")[0]
    for one in _names(typed):
        if "rename" in one:
            return f"{above}/{escaped(one['rename']['newId'])}"
        put = one.get("put")
        if put and put["path"] in (f"{at}/id", f"{at}/code") and above != "questions":
            return f"{above}/{escaped(put['value']['text'])}"
    return at


def _after(draft: Draft, path: str) -> str:
    above = path.rpartition("/")[0]
    return page_of(draft.document, path)[0] if above == "questions" else above.rpartition("/")[0]


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
