"""The parts of a question: texts in every language, choices, rows, fields, links and limits."""

from typing import Annotated

import strawberry

from voc.api.exposed import enum, shape
from voc.surveys.questions import (
    Cells,
    Choice,
    ColumnGroup,
    Link,
    Medium,
    Row,
    ShortField,
)
from voc.surveys.texts import Texts

InLanguage = Annotated[
    str | None,
    strawberry.argument(description="The language to read it in; the first language of the questionnaire when left out or not there."),
]

enum(
    Cells,
    "What is answered in the cells of a row.",
    SINGLE="One column.",
    MULTIPLE="Any number of columns.",
    TEXT="Own words in each cell.",
    NUMBER="A number in each cell.",
)
enum(
    Medium,
    "What a link leads to.",
    IMAGE="A picture.",
    AUDIO="Something to hear.",
    VIDEO="A film.",
    PAGE="A page.",
)


@shape
class LanguageText:
    """A text in one language."""

    language: str
    """The language."""
    text: str
    """What is said in it."""


@shape
class QuestionnaireText:
    """One text of a questionnaire in one language, and where it stands in the document."""

    path: str
    """Where: `pages[0].questions[2].help`, `invitation.subject`, `words.next`."""
    language: str
    """The language."""
    text: str
    """What is said in it."""


@shape
class QuestionChoice:
    """One of the answers to choose from."""

    code: str
    """What is stored."""
    text: str
    """What the customer reads."""
    texts: list[LanguageText]
    """The same in every language there is."""
    show_if: str
    """The condition in CEL under which it is offered; empty is always."""
    has_own_words: bool
    """Whether there is room for own words beside it."""
    is_exclusive: bool
    """Whether nothing else can be chosen beside it."""
    is_fixed: bool
    """Whether it keeps its place when the order is random."""
    points: float | None
    """What it counts for in named scores."""
    image: str
    """The address of a picture of it; empty where there is none."""


@shape
class QuestionRow:
    """One of the things a question asks about."""

    code: str
    """What its answers are kept under."""
    text: str
    """What the customer reads."""
    texts: list[LanguageText]
    """The same in every language there is."""
    show_if: str
    """The condition in CEL under which it is asked about; empty is always."""
    has_own_words: bool
    """Whether there is room to say what it is."""
    is_optional: bool
    """Whether it may be left out although the question must be answered."""
    is_exclusive: bool
    """Whether it is answered instead of all others."""
    is_fixed: bool
    """Whether it keeps its place when the order is random."""


@shape
class QuestionColumnGroup:
    """One of several questions about every row."""

    key: str
    """The end of the names of its answers."""
    text: str
    """What is asked."""
    texts: list[LanguageText]
    """The same in every language there is."""
    cells: Cells
    """What is answered."""
    columns: list[QuestionChoice]
    """The answers to choose from; empty where words or numbers are typed."""


@shape
class QuestionField:
    """One of several short things to type."""

    code: str
    """What its answer is kept under."""
    text: str
    """What is to be typed."""
    texts: list[LanguageText]
    """The same in every language there is."""
    format: str
    """What is typed: words, email, phone, url or number."""
    longest: int
    """The largest number of characters."""
    is_optional: bool
    """Whether it may be left out although the question must be answered."""


@shape
class QuestionLink:
    """A picture or page that a text speaks of."""

    url: str
    """Its address."""
    medium: Medium
    """What is there."""
    text: str
    """What is seen or heard there; empty where nothing is said."""


def in_languages(texts: Texts) -> list[LanguageText]:
    """A text in every language there is."""
    return [LanguageText(language=language, text=text) for language, text in texts.items()]


def choice_of(choice: Choice, language: str) -> QuestionChoice:
    """A choice, or a column of a table."""
    return QuestionChoice(
        code=choice.code,
        text=choice.text.say(language) or choice.code,
        texts=in_languages(choice.text),
        show_if=choice.show_if,
        has_own_words=choice.own_words,
        is_exclusive=choice.exclusive,
        is_fixed=choice.fixed,
        points=choice.points,
        image=choice.image,
    )


def row_of(row: Row, language: str) -> QuestionRow:
    """A row."""
    return QuestionRow(
        code=row.code,
        text=row.text.say(language) or row.code,
        texts=in_languages(row.text),
        show_if=row.show_if,
        has_own_words=row.own_words,
        is_optional=row.optional,
        is_exclusive=row.exclusive,
        is_fixed=row.fixed,
    )


def group_of(group: ColumnGroup, language: str) -> QuestionColumnGroup:
    """One of several questions side by side."""
    columns = [choice_of(column, language) for column in group.columns]
    texts = in_languages(group.text)
    return QuestionColumnGroup(key=group.id, text=group.text.say(language), texts=texts, cells=group.cells, columns=columns)


def field_of(one: ShortField, language: str) -> QuestionField:
    """A field."""
    return QuestionField(
        code=one.code,
        text=one.text.say(language) or one.code,
        texts=in_languages(one.text),
        format=one.format.value,
        longest=one.longest,
        is_optional=one.optional,
    )


def link_of(link: Link, language: str) -> QuestionLink:
    """A link."""
    return QuestionLink(url=link.url, medium=link.medium, text=link.text.say(language))
