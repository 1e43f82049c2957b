"""The last word: what our own checks refuse is taken out and reported, so that every import gives a questionnaire that parses. PURE."""

import re
from typing import Any

from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.qsf.report import Notes
from voc.surveys.parse import dump, parse
from voc.surveys.questionnaire import Problem, Questionnaire, QuestionnaireError

_ROUNDS = 8
_PLACE = re.compile(r"(?P<list>[a-z_]+)\[(?P<number>\d+)\](?:\.questions\[(?P<question>\d+)\])?(?:\.(?P<rest>.*))?\Z")
_PLACEHOLDER = re.compile(r"\{[^{}]*?(?:\|([^{}]*))?\}")
_TEXT_CODES = {"UNKNOWN_PLACEHOLDER", "NO_FALLBACK", "LATER_QUESTION"}
_WHY = "Our checks refuse it: {message} Set it by hand where it matters."
Document = dict[str, Any]


def settled(draft: Questionnaire, notes: Notes) -> Questionnaire:
    """The questionnaire as it parses. Raises NotImportable where nothing of it can be saved."""
    document = dump(draft)
    for _ in range(_ROUNDS):
        try:
            return parse(document)
        except QuestionnaireError as refused:
            _mend(document, refused.problems, notes)
        except RecursionError:
            break
    raise NotImportable("UNUSABLE", "Nothing usable could be made of this survey. Export it again, or build it by hand.")


def _mend(document: Document, problems: tuple[Problem, ...], notes: Notes) -> None:
    dropped: set[tuple[str, int, int]] = set()
    for problem in problems:
        match = _PLACE.match(problem.path)
        if not match:
            _drop_field(document, problem.path)
            continue
        name, number, at, rest = match["list"], int(match["number"]), match["question"], match["rest"] or ""
        holder = document[name][number] if at is None else document[name][number]["questions"][int(at)]
        source_id = str(holder.get("source_id", "")) or str(holder.get("id", ""))
        if _take_out(holder, rest, problem.code):
            code = "LOGIC_DROPPED" if rest.endswith(("_if", "when")) else "TEXT_CHANGED"
            notes.dropped(source_id, code, rest, _WHY.format(message=problem.message))
        elif (name, number, -1 if at is None else int(at)) not in dropped:
            dropped.add((name, number, -1 if at is None else int(at)))
            notes.dropped(source_id, "NOT_USABLE", problem.path, _WHY.format(message=problem.message))
    _drop(document, dropped)


def _take_out(holder: Document, rest: str, code: str) -> bool:
    """Take out one condition or the placeholders of one text; False where it is about something else."""
    *way, last = re.findall(r"[A-Za-z_][\w-]*|\d+", rest) or [""]
    part: Any = holder
    for step in way:
        part = part[int(step)] if isinstance(part, list) and int(step) < len(part) else part.get(step) if isinstance(part, dict) else None
    if not isinstance(part, dict) or last not in part:
        return False
    if last in {"show_if", "end_if", "when", "loop", "loop_over", "show"}:
        del part[last]
        return True
    if code in _TEXT_CODES and isinstance(part[last], str):
        part[last] = _PLACEHOLDER.sub(lambda match: match[1] or "", part[last]).strip() or "…"
        return True
    return False


def _drop(document: Document, places: set[tuple[str, int, int]]) -> None:
    """Take out what cannot be mended, from the back so that the places stay right; a question leaves its place to one not asked."""
    for name, number, at in sorted(places, reverse=True):
        if at < 0 and name in document and name != "pages":
            del document[name][number]
            if not document[name]:
                del document[name]
        elif at >= 0:
            questions = document["pages"][number]["questions"]
            old = questions[at]
            if old.get("kind") == "not_asked":
                del questions[at]
            else:
                kept = {key: old[key] for key in ("id", "code", "source_id", "text") if key in old}
                questions[at] = {**kept, "kind": "not_asked", "was": str(old.get("kind"))}
    document["pages"] = [page for page in document["pages"] if page["questions"]]


def _drop_field(document: Document, path: str) -> None:
    document.pop(path.split(".", 1)[0].split("[", 1)[0], None)
