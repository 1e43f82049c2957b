"""How much of a file came along: an imported questionnaire beside what an independent reader found in the file."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from voc.surveys.formats.imported import Imported
from voc.surveys.questionnaire import Page
from voc.surveys.questions import Choosing, Fields, InRows, Matrix, MultipleChoice, Question, SideBySide, Slider

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
_KINDS = {
    **{
        "content": {"statement"},
        "single_choice": {"single_choice"},
        "multi_choice": {"multiple_choice"},
        "text": {"text"},
        "form": {"fields"},
    },
    **{
        "rating": {"rating"},
        "matrix_single": {"matrix"},
        "matrix_multi": {"matrix"},
        "matrix_text": {"matrix"},
        "matrix_number": {"matrix"},
    },
    **{
        "matrix_mixed": {"side_by_side"},
        "ranking": {"ranking"},
        "number": {"number"},
        "date": {"date", "date_time"},
        "boolean": {"yes_no"},
    },
    **{"language": {"not_asked"}, "calculated": {"not_asked"}, "meta": {"not_asked"}, "geo": {"not_asked"}, "file": {"file"}},
    **{"media": {"file"}, "hidden": {"hidden"}, "time": {"time"}},
}
_PIPE = re.compile(r"\$?\{[^{}]*\}")


def sample(folder: str, name: str) -> tuple[bytes, dict[str, Any]]:
    """A sample with its facts; the test is skipped, and says so, where the samples are not there."""
    file = SAMPLES / folder / name
    if not file.exists():
        pytest.skip(f"{SAMPLES} is not there")
    return file.read_bytes(), json.loads((SAMPLES / "facts" / f"{folder}__{name}.json").read_text("utf-8"))


def hostile(name: str) -> bytes:
    """A file that must be refused; the test is skipped, and says so, where the samples are not there."""
    file = SAMPLES / "hostile" / name
    if not file.exists():
        pytest.skip(f"{SAMPLES} is not there")
    return file.read_bytes()


def figures(imported: Imported, facts: dict[str, Any]) -> dict[str, float]:
    """The figures of the import bar, each from 0 to 1."""
    made = {question.source_id: (question, page) for page in imported.questionnaire.pages for question in page.questions}
    reported = {item.source_id for item in imported.report}
    wanted = facts["questions"]
    pairs = [(fact, *made[fact["id"]]) for fact in wanted if fact["id"] in made]
    languages = dict(zip(imported.questionnaire.origin.languages, imported.questionnaire.languages, strict=False))  # type: ignore[union-attr]
    logical = [(fact, question, page) for fact, question, page in pairs if fact["has_logic"]]
    kept = [fact["id"] for fact, question, page in logical if has_logic(question, page)]
    known = [fact["id"] for fact in wanted if fact["id"] in made]
    pages = [(one[0]["page"] != two[0]["page"], one[2].id != two[2].id) for one, two in pairwise(pairs)]
    shared = [(fact, question) for fact, question, _ in pairs]
    return {
        "question_recall": _share([fact["id"] in made for fact in wanted]),
        "codes": _share([fact["code"] == question.code for fact, question in shared]),
        "text_fidelity": _share([_plain(fact["text"]) == _plain(_base(question)) for fact, question in shared]),
        "kind_fidelity": _share([question.kind in _KINDS[fact["kind"]] for fact, question in shared]),
        "choice_recall": _share([_has(question, one) for fact, question in shared for one in fact["choices"]]),
        "choice_order": _share([_in_order([one["code"] for one in fact["choices"]], _codes(question)) for fact, question in shared]),
        "row_recall": _share([_has_row(question, one) for fact, question in shared for one in fact["rows"]]),
        "order": float(known == [one for one in made if one in known]),
        "required": _share([getattr(question, "required", False) == fact["required"] for fact, question in shared]),
        "wanted": _share([getattr(question, "wanted", False) == fact["soft_required"] for fact, question in shared]),
        "page_breaks": _share([theirs == ours for theirs, ours in pages]),
        "language_recall": _share([language in languages for language in facts["languages"]]),
        "translation_fidelity": _share(
            [
                _plain(text) == _plain(question.text.get(languages.get(language, imported.questionnaire.languages[0]), ""))
                for fact, question in shared
                for language, text in fact["texts"].items()
                if text
            ]
        ),
        "logic_kept": _share([fact["id"] in kept for fact, _, _ in logical]),
        "logic_kept_or_reported": _share([fact["id"] in kept or fact["id"] in reported for fact, _, _ in logical]),
    }


def has_logic(question: Question, page: Page) -> bool:
    """Whether anything decides if this question, or a part of it, is shown."""
    parts = [*_choices(question), *(question.rows if isinstance(question, InRows) else ())]
    return bool(question.show_if or page.show_if or page.loop or any(part.show_if for part in parts) or "{answers." in str(question))


def _share(found: list[bool]) -> float:
    return sum(found) / len(found) if found else 1.0


def _plain(text: str) -> str:
    return " ".join(_PIPE.sub("", text).split())


def _base(question: Question) -> str:
    return next(iter(question.text.values()), "")


def _choices(question: Question) -> list[Any]:
    if isinstance(question, Choosing):
        return list(question.all_choices)
    if isinstance(question, Matrix):
        return list(question.columns)
    return list(question.groups[0].columns) if isinstance(question, SideBySide) else []


def _codes(question: Question) -> list[str]:
    return [one.code for one in _choices(question)]


def _has(question: Question, fact: dict[str, Any]) -> bool:
    if fact["implicit"]:
        return question.kind in {"rating", "yes_no"} or fact["code"] in _codes(question)
    found = next((one for one in _choices(question) if one.code == fact["code"]), None)
    if found is None or found.exclusive != fact["exclusive"]:
        return False
    return not fact["text"] or _plain(fact["text"]) == _plain(next(iter(found.text.values()), ""))


def _in_order(wanted: list[str], found: list[str]) -> bool:
    both = [code for code in wanted if code in found]
    return both == [code for code in found if code in both]


def _has_row(question: Question, fact: dict[str, Any]) -> bool:
    rows: list[Any] = list(question.rows) if isinstance(question, InRows | Slider) else []
    rows += question.fields if isinstance(question, Fields) else ()
    rows += question.choices if isinstance(question, MultipleChoice) else ()
    return any(row.code == fact["code"] and _plain(next(iter(row.text.values()), "")) == _plain(fact["text"]) for row in rows)
