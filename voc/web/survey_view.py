"""A question as a template shows it: texts chosen, filled in and marked with their language, choices with what is chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from voc.core.errors import Fault
from voc.surveys.placeholders import filled
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import (
    OTHER,
    Asked,
    Choosing,
    Date,
    MultipleChoice,
    Number,
    Question,
    Scale,
    SingleChoice,
    Text,
    YesNo,
)
from voc.surveys.texts import Texts
from voc.surveys.words import WORDS, word
from voc.web.wording import base_of, marked

_SHAPES: tuple[tuple[type[Question], str], ...] = (
    (Scale, "scale"),
    (YesNo, "yes_no"),
    (SingleChoice, "single"),
    (MultipleChoice, "multiple"),
    (Text, "text"),
    (Number, "number"),
    (Date, "date"),
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks the texts of one questionnaire to one reader: `fills` are the values of its placeholders."""

    questionnaire: Questionnaire
    language: str
    fills: Mapping[str, str | None]

    def say(self, texts: Texts) -> Markup:
        """A text, safe for HTML, and marked where it is not in the reader's language."""
        return marked(filled(texts.say(self.language), self.fills), texts.language_for(self.language), self.language)

    def plain(self, texts: Texts) -> str:
        """The same for titles and attributes."""
        return filled(texts.say(self.language), self.fills)

    def word(self, name: str) -> Markup:
        """One of the words around the questions, the questionnaire's own or ours."""
        own = self.questionnaire.words.get(name) or Texts()
        spoken = {*own, *WORDS[name]}
        known = next((one for one in (self.language, base_of(self.language)) if one in spoken), "")
        return marked(word(self.questionnaire, name, self.language), known or next(iter(own or WORDS[name])), self.language)


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from; `unseen` goes on in its accessible name."""

    id: str
    value: str
    text: Markup | str
    is_chosen: bool
    unseen: Markup | str = ""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The room for own words at "something else"."""

    name: str
    value: str
    fault: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question on a page."""

    shape: str
    name: str
    text: Markup
    help: Markup
    is_optional: bool
    is_long: bool
    value: str
    fault: str
    options: tuple[Option, ...] = ()
    low: Markup = field(default_factory=Markup)
    high: Markup = field(default_factory=Markup)
    unit: Markup = field(default_factory=Markup)
    own: OwnWords | None = None

    @property
    def first_input(self) -> str:
        """The id of the input to which a message about the question leads."""
        return self.options[0].id if self.options else self.name

    @property
    def described_by(self) -> str:
        """The ids of help and message, for assistive technology."""
        parts = [f"{self.name}-help" if self.help else "", f"{self.name}-fault" if self.fault else ""]
        return " ".join(part for part in parts if part)


def question_views(
    voice: Voice, questions: Iterable[Question], values: Mapping[str, object], faults: Iterable[Fault]
) -> list[QuestionView]:
    """The questions with what was answered or typed so far."""
    messages = {fault.path: fault.message for fault in faults}
    return [_view(voice, question, values, messages) for question in questions]


def answered_in_words(voice: Voice, question: Question, value: object, own_words: object) -> str:
    """An answer as the customer reads it back; empty where there is none."""
    if value is None:
        return ""
    if isinstance(question, Choosing):
        names = {choice.code: voice.plain(choice.text) for choice in question.choices} | {OTHER: voice.plain(question.other)}
        chosen = ", ".join(names.get(str(code), str(code)) for code in (value if isinstance(value, list) else [value]))
        return f"{chosen}: {own_words}" if own_words else chosen
    if isinstance(question, YesNo):
        return str(_yes_no(voice, question, "yes" if value else "no").striptags())
    if isinstance(question, Number):
        return f"{value:g} {voice.plain(question.unit)}".strip() if isinstance(value, int | float) else str(value)
    return str(value)


def _view(voice: Voice, question: Question, values: Mapping[str, object], messages: Mapping[str, str]) -> QuestionView:
    shape = next((shape for kind, shape in _SHAPES if isinstance(question, kind)), "statement")
    given = values.get(question.id)
    low, high = (question.low, question.high) if isinstance(question, Scale) else (Texts(), Texts())
    return QuestionView(
        shape=shape,
        name=question.id,
        text=voice.say(question.text),
        help=_help(voice, question),
        is_optional=isinstance(question, Asked) and not question.required,
        is_long=isinstance(question, Text) and question.long,
        value="" if given is None or isinstance(given, list) else str(given),
        fault=messages.get(question.id, ""),
        options=tuple(_options(voice, question, _chosen(given))),
        low=voice.say(low),
        high=voice.say(high),
        unit=voice.say(question.unit) if isinstance(question, Number) else Markup(),
        own=_own_words(question, values, messages),
    )


def _help(voice: Voice, question: Question) -> Markup:
    if question.help:
        return voice.say(question.help)
    return voice.word("choose_several") if isinstance(question, MultipleChoice) else Markup()


def _options(voice: Voice, question: Question, chosen: frozenset[str]) -> Iterable[Option]:
    if isinstance(question, Scale):
        ends = dict(zip(question.ends, (question.low, question.high), strict=True))
        for point in question.points:
            unseen = voice.say(ends[point]) if ends.get(point) else ""
            yield Option(f"{question.id}-{point}", str(point), str(point), str(point) in chosen, unseen)
    elif isinstance(question, YesNo):
        for code in ("yes", "no"):
            yield Option(f"{question.id}-{code}", code, _yes_no(voice, question, code), code in chosen)
    elif isinstance(question, Choosing):
        for number, choice in enumerate(question.choices):
            yield Option(f"{question.id}-{number}", choice.code, voice.say(choice.text), choice.code in chosen)
        if question.other:
            yield Option(f"{question.id}-{OTHER}", OTHER, voice.say(question.other), OTHER in chosen)


def _own_words(question: Question, values: Mapping[str, object], messages: Mapping[str, str]) -> OwnWords | None:
    if not isinstance(question, Choosing) or not question.other_id:
        return None
    return OwnWords(question.other_id, str(values.get(question.other_id) or ""), messages.get(question.other_id, ""))


def _yes_no(voice: Voice, question: YesNo, code: str) -> Markup:
    own = question.yes_text if code == "yes" else question.no_text
    return voice.say(own) if own else voice.word(code)


def _chosen(given: object) -> frozenset[str]:
    if isinstance(given, bool):
        return frozenset({"yes" if given else "no"})
    if isinstance(given, list | tuple):
        return frozenset(str(one) for one in given)
    return frozenset() if given is None else frozenset({str(given)})
