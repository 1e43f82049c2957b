"""Pages that come once for each chosen answer, written out: one page per answer, with ids and names of its own. PURE.

The page `visit` that loops over `shops` becomes `visit_north` for the answer `north`, its question `clean` becomes `clean_north`, and
so do the names in its conditions and texts. It is shown when `north` was chosen.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from voc.core.expression_words import with_names
from voc.surveys.placeholders import renamed, said_in_loop
from voc.surveys.questionnaire import Page, Questionnaire
from voc.surveys.questions import Choice, MultipleChoice, slugs
from voc.surveys.texts import Texts

MOST_QUESTIONS = 20_000


def unrolled(questionnaire: Questionnaire) -> tuple[tuple[Page, ...], ...]:
    """For each page of the document the pages that are asked for it: itself, or one for each answer it loops over."""
    over = {question.id: question for question in questionnaire.questions() if isinstance(question, MultipleChoice)}
    return tuple(_unrolled(page, over.get(page.loop)) for page in questionnaire.pages)


def size_of(questionnaire: Questionnaire) -> int:
    """How many questions there are when everything is written out."""
    over = {question.id: len(question.codes) for question in questionnaire.questions() if isinstance(question, MultipleChoice)}
    return sum(len(page.questions) * (over.get(page.loop) or len(page.loop_over) or 1) for page in questionnaire.pages)


def _unrolled(page: Page, over: MultipleChoice | None) -> tuple[Page, ...]:
    items = over.all_choices if over else page.loop_over
    if not items:
        return (page,)
    return tuple(_turn(page, over, choice, slug) for choice, slug in zip(items, slugs(item.code for item in items), strict=True))


def _turn(page: Page, over: MultipleChoice | None, choice: Choice, slug: str) -> Page:
    names: dict[str, str] = {}
    asked = []
    for question in page.questions:
        own = replace(question, id=f"{question.id}_{slug}")
        names |= dict(zip(question.names(), own.names(), strict=True))
        asked.append(own)
    chosen = f"{json.dumps(choice.code, ensure_ascii=False)} in answers.{over.id}" if over else choice.show_if
    conditions = [one for one in (chosen, with_names(page.show_if, "answers", names)) if one]
    condition = " && ".join(f"({one})" for one in conditions) if len(conditions) > 1 else "".join(conditions)
    turn = replace(page, id=f"{page.id}_{slug}", questions=tuple(asked), loop="", loop_over=(), show_if="", end_if="")
    said = _Said(names, _item(over, choice))
    spoken: Page = said.part(turn)
    return replace(spoken, show_if=condition, end_if=with_names(page.end_if, "answers", names))


def _item(over: MultipleChoice | None, choice: Choice) -> Texts:
    """What `{loop.text}` says: the answer, or the own words typed for it."""
    words = over.words_names.get(choice.code) if over else None
    if not words:
        return choice.text
    return choice.text.changed(lambda _, text: text if set(text) & set("{}|") else f"{{answers.{words}|{text}}}")


class _Said:
    """The texts and conditions of one turn of a loop."""

    def __init__(self, names: Mapping[str, str], item: Texts) -> None:
        self._names = names
        self._item = item

    def part(self, value: Any) -> Any:
        if isinstance(value, Texts):
            return value.changed(self._text)
        if isinstance(value, tuple):
            return tuple(self.part(one) for one in value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changed = {}
        for one in fields(value):
            before = getattr(value, one.name)
            if one.name == "show_if":
                after = with_names(before, "answers", self._names)
            else:
                after = self.part(before) if isinstance(before, Texts | tuple) or is_dataclass(before) else before
            if after is not before:
                changed[one.name] = after
        return replace(value, **changed) if changed else value

    def _text(self, language: str, text: str) -> str:
        return renamed(said_in_loop(text, self._item.say(language)), self._names) if "{" in text else text
