"""What is in a LimeSurvey survey: texts by language, everything in the order shown. PURE."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from voc.surveys.formats.lss.document import Document, Row

Raw = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Option:
    """An answer option or a subquestion; `scale` is 1 for the columns of a table."""

    id: str
    code: str
    scale: str
    texts: Raw
    points: str = ""
    relevance: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A question as the file has it."""

    id: str
    group: str
    type: str
    code: str
    mandatory: str
    other: bool
    relevance: str
    pattern: str
    texts: Raw
    helps: Raw
    scripts: Raw
    attributes: Mapping[str, Raw]
    subs: tuple[Option, ...]
    answers: tuple[Option, ...]

    def setting(self, name: str) -> str:
        """An attribute that has one value for all languages; "" where it is not set."""
        values = self.attributes.get(name, {})
        return values.get("", "") or next(iter(values.values()), "")

    def words(self, name: str, languages: Iterable[str]) -> dict[str, str]:
        """An attribute that is a text."""
        values = self.attributes.get(name, {})
        return {language: values.get(language, "") or values.get("", "") for language in languages}

    def is_set(self, name: str) -> bool:
        """Whether a switch is on."""
        return self.setting(name).strip().upper() in {"1", "Y"}

    def rows(self, scale: str = "0") -> tuple[Option, ...]:
        """The subquestions of one axis."""
        return tuple(one for one in self.subs if (one.scale == "1") == (scale == "1"))

    def options(self, scale: str = "0") -> tuple[Option, ...]:
        """The answer options of one scale."""
        return tuple(one for one in self.answers if (one.scale == "1") == (scale == "1"))


@dataclass(frozen=True, slots=True)
class Group:
    """A group of questions."""

    id: str
    titles: Raw
    descriptions: Raw
    relevance: str
    shuffled_with: str


@dataclass(frozen=True, slots=True)
class Source:
    """The whole file."""

    settings: Row
    languages: tuple[str, ...]
    words: Mapping[str, Row]
    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    document: Document = field(repr=False)

    def said(self, name: str) -> dict[str, str]:
        """A text of the survey itself, by language."""
        return {language: row.get(name, "") for language, row in self.words.items()}
