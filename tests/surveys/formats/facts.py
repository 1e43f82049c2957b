"""What an independent reader finds in a file, held against what was imported.

`facts_of` says a questionnaire in the shape of the facts, out of the questionnaire alone; `figures` compares the two.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from voc.surveys.formats.imported import Imported, ReportItem
from voc.surveys.questionnaire import Page, Questionnaire
from voc.surveys.questions import (
    Cells,
    Choosing,
    Consent,
    ConstantSum,
    Date,
    DateTime,
    Fields,
    FileUpload,
    Hidden,
    InRows,
    Look,
    Matrix,
    MultipleChoice,
    NotAsked,
    Nps,
    Number,
    Question,
    Ranking,
    Rating,
    Scale,
    SideBySide,
    SingleChoice,
    Slider,
    Statement,
    Text,
    Time,
    YesNo,
)
from voc.surveys.texts import Texts

SAMPLES = Path(__file__).parents[3].parent / "shared" / "samples"
Facts = dict[str, Any]

_KINDS: dict[type[Question], str] = {
    Nps: "nps",
    Rating: "rating",
    SingleChoice: "single_choice",
    MultipleChoice: "multi_choice",
    SideBySide: "matrix_mixed",
    Ranking: "ranking",
    ConstantSum: "constant_sum",
    Slider: "slider",
    Text: "text",
    Number: "number",
    Date: "date",
    Time: "time",
    DateTime: "datetime",
    Fields: "form",
    YesNo: "boolean",
    Consent: "consent",
    FileUpload: "file",
    Statement: "content",
    Hidden: "hidden",
}
_CELLS = {Cells.SINGLE: "matrix_single", Cells.MULTIPLE: "matrix_multi", Cells.TEXT: "matrix_text", Cells.NUMBER: "matrix_number"}
_NOT_ASKED = (("timing", "timing"), ("meta", "meta"), ("captcha", "captcha"), ("calc", "calculated"))


def sample(path: str) -> bytes:
    """A shared sample; the test is skipped, loudly, where the samples are not."""
    file = SAMPLES / path
    if not file.exists():
        pytest.skip(f"{SAMPLES} is not there: nothing was compared with {path}")
    return file.read_bytes()


def facts(path: str) -> Facts:
    """The facts of a shared sample."""
    found: Facts = json.loads(sample(f"facts/{path.replace('/', '__')}.json"))
    return found


def facts_of(imported: Imported) -> Facts:
    """A questionnaire in the shape of the facts, with the ids and codes of its report."""
    questionnaire, origin = imported.questionnaire, imported.questionnaire.origin
    named = dict(zip(questionnaire.languages, origin.languages, strict=True)) if origin and origin.languages else {}
    return {
        "base_language": named.get(questionnaire.default_language, questionnaire.default_language),
        "languages": [named.get(language, language) for language in questionnaire.languages],
        "title": questionnaire.name.say(questionnaire.default_language),
        "questions": [
            _question(question, page, number, questionnaire, named)
            for number, page in enumerate(questionnaire.pages)
            for question in page.questions
            if not isinstance(question, Hidden)
        ],
        "reported": sorted({item.source_id for item in imported.report} | {item.question_id for item in imported.report} - {""}),
    }


def kind_word(question: Question) -> str:
    """The word of the facts for our kind."""
    if isinstance(question, Matrix):
        return _CELLS[question.cells]
    if isinstance(question, NotAsked):
        was = question.was.lower()
        return next((word for part, word in _NOT_ASKED if part in was), "other")
    return _KINDS.get(type(question), "other")


def _question(question: Question, page: Page, number: int, questionnaire: Questionnaire, named: dict[str, str]) -> Facts:
    base = questionnaire.default_language
    return {
        "id": question.source_id or question.id,
        "code": question.code or question.id,
        "kind": kind_word(question),
        "text": question.text.get(base, ""),
        "texts": _texts(question.text, named),
        "choices": [_part(one.code, one.text, base, named) for one in _choices(question, base)],
        "rows": [_part(one.code, one.text, base, named) for one in _rows(question)],
        "required": bool(getattr(question, "required", False)),
        "soft_required": bool(getattr(question, "wanted", False)),
        "page": number,
        "has_logic": bool(question.show_if or page.show_if or page.loop or page.loop_over or page.end_if or _has_part_logic(question)),
        "drop_down": getattr(question, "look", None) is Look.DROP_DOWN,
    }


def _texts(texts: Texts, named: dict[str, str]) -> dict[str, str]:
    return {named.get(language, language): said for language, said in texts.items()}


def _part(code: str, text: Texts, base: str, named: dict[str, str]) -> Facts:
    return {"code": code, "text": text.get(base, ""), "texts": _texts(text, named)}


def _choices(question: Question, base: str = "") -> Iterable[Any]:
    if isinstance(question, Choosing):
        return question.all_choices
    if isinstance(question, Matrix):
        return question.columns
    if isinstance(question, Scale):
        return [_Point(str(point), Texts({base: str(point)})) for point in question.points]
    return ()


def _rows(question: Question) -> Iterable[Any]:
    return question.rows if isinstance(question, InRows) else question.fields if isinstance(question, Fields) else ()


def _has_part_logic(question: Question) -> bool:
    return any(getattr(one, "show_if", "") for one in (*_choices(question), *_rows(question)))


@dataclass(frozen=True)
class _Point:
    code: str
    text: Texts
    show_if: str = ""


@dataclass
class Figures:
    """The figures of the bar for one file, each a share with what fell short of it."""

    counted: dict[str, tuple[int, int]] = field(default_factory=dict)
    short: list[str] = field(default_factory=list)

    def count(self, name: str, holds: bool, what: str) -> None:
        """One more case."""
        met, all_ = self.counted.get(name, (0, 0))
        self.counted[name] = met + holds, all_ + 1
        if not holds:
            self.short.append(f"{name}: {what}")

    def share(self, name: str) -> float:
        """How many of the cases hold; 1 where there is none."""
        met, all_ = self.counted.get(name, (0, 0))
        return met / all_ if all_ else 1.0

    def __str__(self) -> str:
        return "  ".join(f"{name} {self.share(name):.3f}" for name in self.counted)


def figures(ours: Facts, theirs: Facts) -> Figures:
    """The figures of the bar: what the independent reader found against what we have."""
    found = Figures()
    for language in theirs["languages"]:
        found.count("language_recall", language in ours["languages"], language)
    pairs = list(_pairs(ours["questions"], theirs["questions"], found))
    for mine, wanted in pairs:
        _compare(mine, wanted, ours, theirs, found)
    order = [mine["place"] for mine, _ in pairs]
    found.count("order", order == sorted(order), str(order[:20]))
    for (first, wanted), (second, wanted_next) in pairwise(pairs):
        same, really = first["page"] == second["page"], wanted["page"] == wanted_next["page"]
        found.count("page_breaks", same == really, f"{wanted['code']} | {wanted_next['code']}")
    return found


def _pairs(ours: list[Facts], theirs: list[Facts], found: Figures) -> Iterator[tuple[Facts, Facts]]:
    by_id: dict[str, Facts] = {}
    by_code: dict[str, Facts] = {}
    for place, mine in enumerate(ours):
        mine["place"] = place
        by_id.setdefault(mine["id"], mine)
        by_code.setdefault(mine["code"], mine)
    for wanted in theirs:
        match = by_id.get(wanted.get("id") or "") or by_code.get(wanted["code"])
        found.count("question_recall", match is not None and match["code"] == wanted["code"], wanted["code"])
        if match:
            yield match, wanted


def _compare(mine: Facts, wanted: Facts, ours: Facts, theirs: Facts, found: Figures) -> None:
    code = wanted["code"]
    found.count("text_fidelity", plain(mine["text"]) == plain(wanted["text"]), f"{code}: {mine['text'][:80]!r} / {wanted['text'][:80]!r}")
    found.count("kind_fidelity", mine["kind"] == wanted["kind"], f"{code}: {mine['kind']} / {wanted['kind']} ({wanted.get('source_type')})")
    for part, name in (("choices", "choice"), ("rows", "row")):
        _compare_parts(mine[part], wanted[part], name, code, found)
    if wanted["required"]:
        found.count("required_recall", mine["required"], code)
    else:
        found.count("required_not_false", not mine["required"], code)
    found.count("soft_required", mine["soft_required"] == bool(wanted.get("soft_required")), code)
    if wanted.get("has_logic"):
        reported = mine["id"] in ours["reported"]
        found.count("logic_kept", mine["has_logic"], f"{code}: {wanted.get('logic')}")
        found.count("logic_kept_or_reported", mine["has_logic"] or reported, f"{code}: {wanted.get('logic')}")
    for language, text in (wanted.get("texts") or {}).items():
        if language != theirs["base_language"]:
            found.count("translation_fidelity", plain(mine["texts"].get(language, "")) == plain(text), f"{code}.{language}: {text[:60]!r}")


def _compare_parts(mine: list[Facts], wanted: list[Facts], name: str, code: str, found: Figures) -> None:
    said = [plain(one["text"]) for one in mine]
    codes = {plain(one["text"]): one["code"] for one in reversed(mine)}
    for one in wanted:
        text = plain(one["text"])
        found.count(f"{name}_recall", text in said, f"{code}: {text[:60]!r}")
        if text in said:
            is_there = any(plain(each["text"]) == text and each["code"] == str(one["code"]) for each in mine)
            found.count(f"{name}_codes", is_there, f"{code}: {codes[text]} / {one['code']}")
            match = next((each for each in mine if each["code"] == str(one["code"])), None)
            for language, translated in (one.get("texts") or {}).items():
                is_said = match is not None and plain(match["texts"].get(language, "")) == plain(translated)
                found.count("translation_fidelity", is_said, f"{code}/{one['code']}.{language}: {translated[:60]!r}")
    if wanted:
        matched = SequenceMatcher(None, said, [plain(one["text"]) for one in wanted], autojunk=False).ratio()
        found.count(f"{name}_order", matched == 1, f"{code}: {said[:9]}")


def plain(text: str) -> str:
    """A text for comparing: pipes and placeholders left out, white space evened."""
    return " ".join(re.sub(r"\$?\{[^{}]*\}", " ", text or "").split())


def silent_losses(imported: Imported, theirs: Facts) -> list[str]:
    """What the file has and neither the questionnaire nor the report speaks of: scripts, pipes, questions in the bin."""
    reported: dict[str, set[str]] = {}
    for item in imported.report:
        reported.setdefault(item.source_id, set()).add(item.code)
    lost = []
    for wanted in theirs["questions"]:
        codes = reported.get(wanted["id"], set())
        if "script" in (wanted.get("logic") or ()) and "SCRIPT_DROPPED" not in codes:
            lost.append(f"{wanted['code']}: script")
        mine = next((one for one in imported.questionnaire.questions() if one.source_id == wanted["id"]), None)
        if wanted.get("pipes") and mine and "{" not in str(mine) and "PIPE_DROPPED" not in codes:
            lost.append(f"{wanted['code']}: pipe")
    binned = sum(item.code == "IN_BIN" for item in imported.report)
    if binned != theirs.get("trashed", 0):
        lost.append(f"{theirs.get('trashed')} questions in the bin, {binned} reported")
    return lost


def item_of(report: Iterable[ReportItem], source_id: str, code: str) -> ReportItem:
    """The item of a report; the test fails where there is none."""
    return next(item for item in report if (item.source_id, item.code) == (source_id, code))
