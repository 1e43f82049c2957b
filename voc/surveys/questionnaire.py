"""The questionnaire document: what customers are asked, in which order and in which words. PURE.

The same classes serve YAML files, the JSON of a published version, pages and the API. `parse.py` reads them, `json_schema.py`
describes them with the sentence beside each field. The kinds of question are in `questions.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from voc.core.expressions import Kind
from voc.surveys.described import ID, KEY, LANGUAGE, said
from voc.surveys.questions import NOTHING, Choice, Metric, Order, Question
from voc.surveys.saved_walks import SavedWalk
from voc.surveys.texts import Texts


class Severity(StrEnum):
    """An error keeps a questionnaire from being published; a warning is advice."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where (`pages[0].questions[2].text.nl`), a code for programs, and a sentence with the way out.

    `line` is only known where a text could not be read at all; else `Document.line_of(path)` tells it. `dutch` says the same for Dutch
    readers, where we have it.
    """

    path: str
    code: str
    message: str
    severity: Severity = Severity.ERROR
    line: int | None = None
    dutch: str = ""

    def language_for(self, reader: str) -> str:
        """The language in which a reader gets the sentence."""
        return "nl" if self.dutch and reader.split("-", 1)[0] == "nl" else "en"

    def said(self, reader: str) -> str:
        """The sentence for a reader of this language; in English where we have no other."""
        return self.dutch if self.language_for(reader) == "nl" else self.message


class Reckoning(StrEnum):
    """How a named score is reckoned."""

    SUM = "sum"
    MEAN = "mean"


class QuestionnaireError(ValueError):
    """A document is no questionnaire; every problem is listed."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{problem.path}: {problem.message}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Questions that belong together: asked in one step, unless one depends on the answer to another."""

    id: str = field(metadata=said("A short name, unique among the pages.", pattern=ID))
    title: Texts = field(default=NOTHING, metadata=said("A heading above the questions.", longest=2000))
    text: Texts = field(default=NOTHING, metadata=said("Words under the heading.", longest=20_000))
    show_if: str = field(
        default="",
        metadata=said("A condition in CEL over earlier answers; without it the page is always shown.", longest=20_000, is_condition=True),
    )
    questions: tuple[Question, ...] = field(metadata=said("What is asked here, in order.", fewest=1))
    order: Order = field(default=Order.AS_WRITTEN, metadata=said("The order in which its questions are shown."))
    loop: str = field(
        default="",
        metadata=said("The id of a multiple choice: the page comes once for each answer chosen there, `{loop.text}` is that answer."),
    )
    loop_over: tuple[Choice, ...] = field(
        default=(), metadata=said("The page comes once for each of these, `{loop.text}` is its text; instead of `loop`.")
    )
    show: int | None = field(
        default=None,
        metadata=said("How many of its questions one customer sees, drawn at random; all, where left out.", lowest=1, highest=500),
    )
    end_if: str = field(
        default="",
        metadata=said("A condition in CEL: when it is met after this page, nothing more is asked.", longest=20_000, is_condition=True),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shuffle:
    """Pages that take each other's places at random; who came first is kept with the response."""

    pages: tuple[str, ...] = field(metadata=said("The ids of the pages; several in one entry, with spaces between, go together.", fewest=2))
    show: int | None = field(default=None, metadata=said("How many of them one customer sees; all, where left out.", lowest=1, highest=500))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many answers of one sort are wanted. When they are there, the next ones end on a page of their own."""

    id: str = field(metadata=said("A short name, unique among the quotas.", pattern=ID))
    limit: int = field(metadata=said("How many complete responses are wanted.", lowest=1, highest=10_000_000))
    when: str = field(
        default="", metadata=said("A condition in CEL over the answers that count; all, where left out.", longest=20_000, is_condition=True)
    )
    end_page: str = field(default="", metadata=said("The end page for those who come too late; the last one, where left out.", longest=63))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedScore:
    """A sum or mean of the points of answers, for end pages, texts and reports."""

    id: str = field(metadata=said("A short name, unique among the scores.", pattern=ID))
    name: Texts = field(default=NOTHING, metadata=said("The name for colleagues.", longest=200))
    questions: tuple[str, ...] = field(metadata=said("The ids of the questions whose points or numbers count.", fewest=1))
    reckon: Reckoning = field(default=Reckoning.SUM, metadata=said("Whether points are added up or averaged."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an imported questionnaire came from."""

    format: str = field(metadata=said("The format of the file: qsf, lss, surveyjs, xlsform or formbricks.", longest=20))
    id: str = field(default="", metadata=said("Its id there.", longest=200))
    languages: tuple[str, ...] = field(
        default=(), metadata=said("Its languages as the file names them, in the order of `languages`.", longest=100)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPage:
    """What the customer reads after sending. The first end page whose condition is met is shown."""

    id: str = field(metadata=said("A short name, unique among the end pages.", pattern=ID))
    show_if: str = field(default="", metadata=said("A condition in CEL over all answers; the last end page has none.", is_condition=True))
    title: Texts = field(metadata=said("The thanks, as a heading.", longest=300))
    text: Texts = field(default=NOTHING, metadata=said("What happens with the answer now."))
    apology: Texts = field(default=NOTHING, metadata=said("A sincere sentence for somebody who was let down, shown first."))
    offer_call_back: bool = field(default=False, metadata=said("Whether to ask if we may call back."))


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationTexts:
    """The words of the messages that ask. In all texts `{customer.first_name|there}` is a placeholder with its fallback."""

    subject: Texts = field(metadata=said("The subject line: names the event, under 50 characters.", longest=120))
    greeting: Texts = field(metadata=said("The first line.", longest=120))
    why: Texts = field(metadata=said("Why this person gets the message.", longest=300))
    use: Texts = field(metadata=said("What we do with the answer.", longest=300))
    closing: Texts = field(default=NOTHING, metadata=said("The last line, above the sender's name.", longest=120))
    sms: Texts = field(
        default=NOTHING,
        metadata=said(
            "What a text message says between the sender's name and the link; the first question, where left out.",
            longest=300,
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """A whole survey document."""

    key: str = field(metadata=said("The name for programs and files.", pattern=KEY))
    name: Texts = field(metadata=said("The name for colleagues.", longest=300))
    when: Texts = field(default=NOTHING, metadata=said("When to use it, for colleagues."))
    source: str = field(default="", metadata=said("The published method it follows."))
    languages: tuple[str, ...] = field(metadata=said("Its languages; readers of any other get the first.", pattern=LANGUAGE, fewest=1))
    minutes: int | None = field(
        default=None, metadata=said("How long answering takes, as told to customers; estimated if left out.", lowest=1, highest=60)
    )
    intro: Texts = field(
        default=NOTHING, metadata=said("What we ask about and why, above the first question and in the mail.", longest=20_000)
    )
    fallback: tuple[str, ...] = field(
        default=(),
        metadata=said("The languages to try in order where a text is missing; without it, none may be missing.", pattern=LANGUAGE),
    )
    pages: tuple[Page, ...] = field(metadata=said("What is asked.", fewest=1))
    shuffles: tuple[Shuffle, ...] = field(default=(), metadata=said("Groups of pages in random order."))
    quotas: tuple[Quota, ...] = field(default=(), metadata=said("How many answers of which sort are wanted."))
    scores: tuple[NamedScore, ...] = field(default=(), metadata=said("Sums and means of points."))
    end_pages: tuple[EndPage, ...] = field(metadata=said("What is said after sending; the last one has no condition.", fewest=1))
    invitation: InvitationTexts = field(metadata=said("The words of the messages that ask."))
    words: Mapping[str, Texts] = field(
        default_factory=dict, metadata=said("Own words in place of the built-in ones, such as those on buttons.", longest=300)
    )
    walks: tuple[SavedWalk, ...] = field(
        default=(), metadata=said("Walks that publishing tries as tests: they must go as they are written here.")
    )
    origin: Origin | None = field(default=None, metadata=said("The file it was imported from."))

    def __hash__(self) -> int:
        return hash((self.key, self.languages, self.pages))

    @property
    def default_language(self) -> str:
        """The language of readers whose own is not there."""
        return self.languages[0]

    def questions(self) -> Iterator[Question]:
        """Every question, in the order of the document."""
        return (question for page in self.pages for question in page.questions)

    def question(self, question_id: str) -> Question | None:
        """The question with this id."""
        return next((question for question in self.questions() if question.id == question_id), None)

    def metrics(self) -> tuple[Metric, ...]:
        """The questions that yield a score."""
        return tuple(question for question in self.questions() if isinstance(question, Metric))

    def answer_kinds(self) -> dict[str, Kind]:
        """Everything that can be answered, by the name under which it is kept, with what the answer is."""
        kinds: dict[str, Kind] = {}
        for question in self.questions():
            for name, kind in question.names().items():
                kinds.setdefault(name, kind)
        return kinds


def texts_of(questionnaire: Questionnaire) -> Iterator[tuple[str, Texts]]:
    """Every text of the document with its path; those left out are not there."""
    return texts_in(questionnaire)


def texts_in(value: object, path: str = "") -> Iterator[tuple[str, Texts]]:
    """Every text in a part of the document, with its path below that part."""
    if isinstance(value, Texts):
        if value:
            yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts_in(item, f"{path}[{index}]")
    elif is_dataclass(kind := type(value)):
        for name in _speaking(kind):
            yield from texts_in(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts_in(item, f"{path}.{key}")


@cache
def _speaking(kind: type) -> tuple[str, ...]:
    """The fields of a class in which there may be texts: long documents are gone through often."""
    return tuple(name for name, hint in get_type_hints(kind).items() if _may_speak(hint))


def _may_speak(hint: Any) -> bool:
    if hint is Texts or is_dataclass(hint):
        return True
    return get_origin(hint) is not None and any(_may_speak(one) for one in get_args(hint))
