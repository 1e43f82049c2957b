"""The parsed questionnaire: what is asked, page by page, in a language of choice."""

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.enums import Metric, Severity
from voc.api.exposed import computed, enum, field, shape
from voc.surveys import questionnaire as documents
from voc.surveys.check import Checked
from voc.surveys.flow import minutes
from voc.surveys.questions import KINDS, Asked, Choosing, Question, Scale
from voc.surveys.questions import Metric as MetricQuestion

InLanguage = Annotated[
    str | None,
    strawberry.argument(description="The language to read it in; the first language of the questionnaire when left out or not there."),
]


QuestionKind = Enum("QuestionKind", {kind.upper(): kind for kind in KINDS})  # type: ignore[misc]
QuestionKind.__doc__ = "The kinds of question."


enum(
    QuestionKind,
    "The kinds of question. New values may be added: handle unknown ones.",
    **{kind.upper(): str(of.__doc__) for kind, of in KINDS.items()},
)


@shape
class QuestionnaireProblem:
    """One thing to mend in a questionnaire."""

    path: str
    """Where: `pages[0].questions[2].text.nl`."""
    code: str
    """What is wrong, for programs; new codes may be added."""
    message: str
    """What is wrong and the way out, for a person."""
    severity: Severity
    """Whether it keeps the questionnaire from being published."""
    line: int | None
    """The line of the text, from 1."""


@shape
class QuestionChoice:
    """One of the answers to choose from."""

    code: str
    """What is stored."""
    text: str
    """What the customer reads."""


@shape
class QuestionnaireQuestion:
    """Something that stands on a page."""

    show_if: str
    """The condition in CEL under which it is shown; empty is always."""

    @computed
    def key(question: Question) -> str:  # noqa: N805 - the source is the question
        """The name under which answers are kept."""
        return question.id

    @computed
    def kind(question: Question) -> QuestionKind:  # noqa: N805
        """What kind it is."""
        return QuestionKind(question.kind)

    @computed
    def metric(question: Question) -> Metric | None:  # noqa: N805
        """What it measures."""
        return Metric(question.kind) if isinstance(question, MetricQuestion) else None

    @computed
    def is_required(question: Question) -> bool:  # noqa: N805
        """Whether the customer must answer to go on."""
        return isinstance(question, Asked) and question.required

    @computed
    def points(question: Question) -> list[int]:  # noqa: N805
        """The numbers of its scale, in order; empty where it has none."""
        return list(question.points) if isinstance(question, Scale) else []

    @field(str)
    def text(question: Parent[Question], language: InLanguage = None) -> str:  # noqa: N805
        """The question as the customer reads it."""
        return question.text.say(language or "")

    @field(str)
    def help(question: Parent[Question], language: InLanguage = None) -> str:  # noqa: N805
        """The line of help under it; empty where there is none."""
        return question.help.say(language or "")

    @field(str)
    def low(question: Parent[Question], language: InLanguage = None) -> str:  # noqa: N805
        """What the lowest number means; empty where it has no scale."""
        return question.low.say(language or "") if isinstance(question, Scale) else ""

    @field(str)
    def high(question: Parent[Question], language: InLanguage = None) -> str:  # noqa: N805
        """What the highest number means; empty where it has no scale."""
        return question.high.say(language or "") if isinstance(question, Scale) else ""

    @field(list[QuestionChoice])
    def choices(question: Parent[Question], language: InLanguage = None) -> list[QuestionChoice]:  # noqa: N805
        """The answers to choose from, in order; empty where there are none."""
        if not isinstance(question, Choosing):
            return []
        return [QuestionChoice(code=code, text=label_of(question, code, language or "")) for code in question.codes]


@shape
class QuestionnairePage:
    """Questions that belong together."""

    show_if: str
    """The condition in CEL under which it is shown; empty is always."""
    questions: list[QuestionnaireQuestion]
    """What is asked, in order."""

    @computed
    def key(page: documents.Page) -> str:  # noqa: N805
        """Its short name."""
        return page.id

    @field(str)
    def title(page: Parent[documents.Page], language: InLanguage = None) -> str:  # noqa: N805
        """The heading above the questions; empty where there is none."""
        return page.title.say(language or "")


@shape
class QuestionnaireEndPage:
    """What the customer reads after sending."""

    show_if: str
    """The condition in CEL under which it is shown; the last one has none."""

    @computed
    def key(page: documents.EndPage) -> str:  # noqa: N805
        """Its short name."""
        return page.id

    @computed
    def is_call_back_offered(page: documents.EndPage) -> bool:  # noqa: N805
        """Whether it asks if we may call back."""
        return page.offer_call_back

    @field(str)
    def title(page: Parent[documents.EndPage], language: InLanguage = None) -> str:  # noqa: N805
        """The thanks, as a heading."""
        return page.title.say(language or "")

    @field(str)
    def text(page: Parent[documents.EndPage], language: InLanguage = None) -> str:  # noqa: N805
        """What happens with the answer now; empty where nothing is said."""
        return page.text.say(language or "")


@shape
class Questionnaire:
    """What a survey asks."""

    key: str
    """The name for programs and files."""
    languages: list[str]
    """Its languages; readers of any other get the first."""
    pages: list[QuestionnairePage]
    """What is asked."""
    end_pages: list[QuestionnaireEndPage]
    """What is said after sending."""

    @computed
    def minutes(document: documents.Questionnaire) -> int:  # noqa: N805
        """How long answering takes, in minutes."""
        return minutes(document)

    @field(str)
    def name(document: Parent[documents.Questionnaire], language: InLanguage = None) -> str:  # noqa: N805
        """The name for colleagues."""
        return document.name.say(language or "")

    @field(str)
    def intro(document: Parent[documents.Questionnaire], language: InLanguage = None) -> str:  # noqa: N805
        """What we ask about and why; empty where nothing is said."""
        return document.intro.say(language or "")


@shape
class QuestionnaireCheck:
    """A document judged as a whole."""

    problems: list[QuestionnaireProblem]
    """Everything to mend, by line."""
    questionnaire: Questionnaire | None
    """What the document describes; null where it describes none."""

    @computed
    def is_sound(found: Checked) -> bool:  # noqa: N805
        """Whether it could be published."""
        return found.questionnaire is not None and not found.errors


def label_of(question: Choosing, code: str, language: str) -> str:
    """What the customer reads beside a code; the code itself where the question has no such answer."""
    texts = {choice.code: choice.text for choice in question.choices}
    found = texts.get(code, question.other if code in question.codes else None)
    return found.say(language) if found else code
