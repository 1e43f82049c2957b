"""Piped text of the file (`${q://QID4/ChoiceGroup/SelectedChoices}`) to placeholders of ours. PURE."""

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from voc.surveys.formats.plain_text import plain_text
from voc.surveys.formats.qsf.logic import Logic
from voc.surveys.formats.qsf.loose import Group, group, text
from voc.surveys.formats.qsf.names import Locator, cell_name, group_name, located, row_name, words_name
from voc.surveys.formats.qsf.texts import TextReader
from voc.surveys.questions import Choosing, Question, SideBySide
from voc.surveys.texts import Texts

_PIPE = re.compile(r"\$\{\s*([a-z0-9]+://[^{}]*?)\s*\}", re.IGNORECASE)
_CHOSEN = {"SelectedChoices", "SelectedAnswers", "SelectedChoicesRecode", "SelectedAnswerRecode", "SelectedChoicesTextEntry"}
_CONTACT = {"firstname": "customer.first_name", "name": "customer.name", "fullname": "customer.name"}


@dataclass(slots=True)
class Pipes:
    """Fills pipes in with what is known where a text stands."""

    logic: Logic
    payloads: dict[str, Group]
    reader: TextReader

    def question(self, question: Question, in_loop: bool) -> Question:
        """A question with the pipes in its texts replaced."""
        return self._part(question, question.source_id or question.id, in_loop)  # type: ignore[no-any-return]

    def line(self, written: str, source_id: str, in_loop: bool = False) -> str:
        """One text with its pipes replaced. A pipe that nobody can fill is taken out and reported."""
        if "${" not in written:
            return written
        return _PIPE.sub(lambda match: self._said(match[1], match[0], source_id, in_loop), written).strip()

    def plain(self, source_id: str, html: str) -> str:
        """A text of the file that stands outside its questions, without markup."""
        return self.reader.plain(source_id, html, 5000)

    @property
    def base(self) -> str:
        """The language that others fall back to."""
        return self.reader.base

    @property
    def fallback(self) -> tuple[str, ...]:
        """The languages to fall back to."""
        return self.reader.fallback

    def _part(self, value: Any, source_id: str, in_loop: bool) -> Any:
        if isinstance(value, Texts):
            if not any("${" in said for said in value.values()):
                return value
            said = {language: found for language, one in value.items() if (found := self.line(one, source_id, in_loop))}
            return Texts(said, self.fallback) if said else Texts()
        if isinstance(value, tuple):
            return tuple(self._part(item, source_id, in_loop) for item in value)
        if is_dataclass(value) and not isinstance(value, type):
            changed = {}
            for one in fields(value):
                old = getattr(value, one.name)
                if isinstance(old, Texts | tuple) or is_dataclass(old):
                    new = self._part(old, source_id, in_loop)
                    if new is not old and new != old:
                        changed[one.name] = new
            return replace(value, **changed) if changed else value
        return value

    def _said(self, address: str, pipe: str, source_id: str, in_loop: bool) -> str:
        locator = located(address)
        found = self._placeholder(locator, in_loop) if locator else ""
        if not found:
            why = "Nobody can fill this in here. It was taken out of the text: read the sentence again."
            self.logic.notes.dropped(source_id, "PIPE_DROPPED", pipe, why)
        return found

    def _placeholder(self, locator: Locator, in_loop: bool) -> str:
        last = locator.parts[-1] if locator.parts else ""
        if locator.scheme == "lm" and locator.id == "Field" and last == "1" and in_loop:
            return "{loop.text}"
        if locator.scheme == "e" and locator.id == "Field" and last:
            return self._known(self.logic.names.field("/".join(locator.parts))[0])
        if locator.scheme == "m":
            plain = _CONTACT.get(locator.id.lower())
            return f"{{{plain}|}}" if plain else self._known(self.logic.names.contact(locator.id)[0])
        return self._from_question(locator) if locator.scheme == "q" else ""

    def _from_question(self, locator: Locator) -> str:
        question_id, _, part = locator.id.partition("#")
        built, parts = self.logic.names.questions.get(question_id), locator.parts
        if built is None or not parts:
            return ""
        if parts[0] in {"QuestionText", "QuestionDescription"}:
            return self._words(self.payloads.get(question_id, {}).get("QuestionText"))
        if parts[0] in {"ChoiceDescription", "AnswerDescription"} and len(parts) > 1:
            of = group(self.payloads.get(question_id, {}).get("Choices" if parts[0].startswith("Choice") else "Answers"))
            return self._words(group(of.get(parts[1])).get("Display"))
        if isinstance(built.question, SideBySide):
            return self._known(group_name(built, part, parts[-1]))
        if parts[0] == "ChoiceTextEntryValue" and len(parts) > 1 and (name := words_name(built, parts[1])):
            return self._known(name)
        if isinstance(built.question, Choosing) and (parts[0] == "ChoiceGroup" or parts[0] in _CHOSEN):
            return self._known(built.question.id) if parts[-1] in _CHOSEN else ""
        if len(parts) > 2 and (name := cell_name(built, parts[1], parts[2])):
            return self._known(name)
        if len(parts) > 1 and (name := row_name(built, parts[-1])):
            return self._known(name)
        return self._known(built.question.id)

    def _known(self, name: str) -> str:
        logic = self.logic
        return f"{{answers.{name}|}}" if name and (name in logic.asked or name in logic.names.outside) else ""

    @staticmethod
    def _words(html: object) -> str:
        said = " ".join(plain_text(text(html)).split())
        return "" if "${" in said or "{" in said else said
