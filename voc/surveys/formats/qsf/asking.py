"""What is the same for questions of all types: texts, whether an answer must be given, and what the file asks of it. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from voc.surveys.formats.qsf.loose import Group, group, number, text, word
from voc.surveys.formats.qsf.options import htmls_of, is_random
from voc.surveys.formats.qsf.texts import TextReader, translations_of
from voc.surveys.questions import Order


@dataclass(frozen=True, slots=True)
class Asking:
    """One question of the file with what is needed to build ours."""

    source_id: str
    question_id: str
    payload: Group
    reader: TextReader

    @property
    def type(self) -> str:
        """Its type in three parts, such as `MC/SAVR/TX`."""
        parts = (word(self.payload.get(part)) for part in ("QuestionType", "Selector", "SubSelector"))
        return "/".join(part for part in parts if part)

    @property
    def question_type(self) -> str:
        """The first part of the type."""
        return word(self.payload.get("QuestionType"))

    @property
    def selector(self) -> str:
        """The second part of the type."""
        return word(self.payload.get("Selector"))

    @property
    def sub_selector(self) -> str:
        """The third part of the type."""
        return word(self.payload.get("SubSelector"))

    @property
    def settings(self) -> Group:
        """What is asked of the answer."""
        return group(group(self.payload.get("Validation")).get("Settings"))

    @property
    def configuration(self) -> Group:
        """How it looks."""
        return group(self.payload.get("Configuration"))

    @property
    def order(self) -> Order:
        """The order of its choices or rows."""
        return Order.RANDOM if is_random(self.payload) else Order.AS_WRITTEN

    def shared(self) -> dict[str, Any]:
        """The fields that every question has."""
        told = ((language, said.get("QuestionText")) for language, said in translations_of(self.payload))
        return {
            "id": self.question_id,
            "code": word(self.payload.get("DataExportTag")) or self.source_id,
            "source_id": self.source_id,
            "text": self.reader.several(self.source_id, self.payload.get("QuestionText"), told),
            "links": self.reader.links(self.source_id, htmls_of(self.payload)),
        }

    def asked(self) -> dict[str, Any]:
        """The fields that every question with an answer has."""
        force, how = word(self.settings.get("ForceResponse")), word(self.settings.get("ForceResponseType"))
        wanted = force == "RequestResponse" or (force == "ON" and how == "RequestResponse")
        return {**self.shared(), "required": force == "ON" and not wanted, "wanted": wanted}

    def setting(self, *names: str) -> float | None:
        """The first of these settings that is a number."""
        return next((found for name in names if (found := number(self.settings.get(name))) is not None), None)

    def labels(self) -> Iterator[tuple[str, object, list[tuple[str, object]]]]:
        """The words along a scale with their translations, in order."""
        translated = [(language, group(said.get("Labels"))) for language, said in translations_of(self.payload)]
        for key, item in group(self.payload.get("Labels")).items():
            told = [(language, _display(texts.get(key))) for language, texts in translated if key in texts]
            yield key, _display(item), told

    def simplified(self, code: str, what: str, why: str) -> None:
        """Report something that came along in part."""
        self.reader.notes.simplified(self.source_id, code, what, why)

    def dropped(self, code: str, what: str, why: str) -> None:
        """Report something that did not come along."""
        self.reader.notes.dropped(self.source_id, code, what, why)


def _display(value: object) -> object:
    return value.get("Display") if isinstance(value, dict) else text(value)
