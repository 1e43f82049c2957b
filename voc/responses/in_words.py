"""Answers in words, as people read them back: on the thanks page, in the console, over the API. PURE."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from voc.surveys.course import owner_of
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import (
    Asked,
    CallMeBack,
    Choice,
    Choosing,
    ConstantSum,
    Fields,
    InRows,
    Matrix,
    Number,
    Question,
    Rating,
    SideBySide,
    Slider,
    YesNo,
)
from voc.surveys.texts import Texts
from voc.surveys.words import WORDS, word

Say = Callable[[Texts], str]


@dataclass(frozen=True, slots=True)
class Part:
    """One answer of a question: the name it is kept under, the words that tell it from the others, and what its codes mean."""

    name: str
    labels: tuple[Texts, ...] = ()
    meanings: Mapping[str, Texts] = field(default_factory=dict)
    unit: Texts = field(default_factory=Texts)


@dataclass(frozen=True, slots=True)
class Speech:
    """How one reader is spoken to: texts of the questionnaire, built-in words, and the names of files by their ids."""

    say: Say
    word: Callable[[str], str]
    files: Mapping[str, str] = field(default_factory=dict)


def speech_in(questionnaire: Questionnaire, language: str) -> Speech:
    """Plain speech, placeholders as they are written."""
    return Speech(lambda texts: texts.say(language), lambda name: word(questionnaire, name, language) if name in WORDS else "")


def parts_of(question: Question) -> Iterator[Part]:
    """Every answer that a question takes, in the order in which they are asked."""
    if isinstance(question, Choosing):
        yield Part(question.id, meanings=_meanings(question.all_choices))
    elif isinstance(question, InRows):
        yield from _in_rows(question)
    elif isinstance(question, Fields):
        yield from (Part(name, (one.text,)) for one, name in question.field_names())
    elif isinstance(question, YesNo):
        yield Part(question.id, meanings={"yes": question.yes_text, "no": question.no_text})
    elif isinstance(question, Rating):
        yield Part(question.id, meanings={str(point.value): point.text for point in question.labels})
    elif isinstance(question, Asked):
        yield Part(question.id, unit=question.unit if isinstance(question, Number) else Texts())
    if isinstance(question, CallMeBack):
        yield Part(question.window_name)
    if isinstance(question, Choosing):
        meanings = _meanings(question.all_choices)
        yield from (Part(name, (meanings[code],)) for code, name in question.words_names.items())
    if isinstance(question, Asked) and question.comment:
        yield Part(question.comment_name, (question.comment,))


def answer_in_words(questionnaire: Questionnaire, name: str, value: object, language: str) -> str:
    """One answer, without what it is about; its codes where the questionnaire does not know the name."""
    _, part = _known(questionnaire, name)
    return value_in_words(part, value, speech_in(questionnaire, language))


def asked_in_words(questionnaire: Questionnaire, name: str, language: str) -> str:
    """What an answer is about: the question, and where there are several answers to it, the row, field or choice; else the name."""
    question, part = _known(questionnaire, name)
    texts = (question.text, *part.labels) if question else ()
    return " – ".join(text for text in (one.say(language) for one in texts) if text) or name


def _known(questionnaire: Questionnaire, name: str) -> tuple[Question | None, Part]:
    question = owner_of(questionnaire, name)
    parts = (part for part in parts_of(question) if part.name == name) if question else iter(())
    return question, next(parts, Part(name))


def question_in_words(question: Question, answers: Mapping[str, object], speech: Speech) -> str:
    """Everything that was answered to a question, a line for each answer that needs one; empty where nothing was."""
    lines: list[str] = []
    own = set(question.words_names.values()) if isinstance(question, Choosing) else set()
    for part in parts_of(question):
        if answers.get(part.name) is None:
            continue
        said = value_in_words(part, answers[part.name], speech)
        label = " – ".join(text for text in map(speech.say, part.labels) if text)
        if part.name in own and lines and lines[0].endswith(label):
            lines[0] = f"{lines[0]}: {said}"
        else:
            lines.append(f"{label}: {said}" if label else said)
    return "\n".join(lines)


def value_in_words(part: Part, value: object, speech: Speech) -> str:
    """A value as people read it."""
    if isinstance(value, list | tuple):
        return ", ".join(_code_in_words(part, str(one), speech) for one in value)
    if isinstance(value, bool):
        code = "yes" if value else "no"
        return _code_in_words(part, code, speech) if speech.say(part.meanings.get(code, Texts())) else speech.word(code)
    if isinstance(value, int | float):
        number = f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
        meaning = speech.say(part.meanings.get(number, Texts()))
        return f"{number} – {meaning}" if meaning else f"{number} {speech.say(part.unit)}".strip()
    return _code_in_words(part, str(value), speech)


def _code_in_words(part: Part, code: str, speech: Speech) -> str:
    if part.name.endswith("_window"):
        return speech.word(f"call_{code}") or code
    return speech.say(part.meanings.get(code, Texts())) or speech.files.get(code, code)


def _in_rows(question: InRows) -> Iterator[Part]:
    if isinstance(question, Matrix):
        meanings = _meanings(question.columns)
        for row, column, name in question.cell_names():
            yield Part(name, (row.text, column.text)) if column else Part(name, (row.text,), meanings)
    elif isinstance(question, SideBySide):
        yield from (Part(name, (row.text, group.text), _meanings(group.columns)) for row, group, name in question.cell_names())
    elif isinstance(question, ConstantSum | Slider):
        yield from (Part(name, (row.text,), unit=question.unit) for row, name in question.row_names())
        if not question.rows:
            yield Part(question.id, unit=question.unit)
    texts = {row.code: row.text for row in question.rows}
    yield from (Part(name, (texts[code],)) for code, name in question.words_names().items())


def _meanings(choices: tuple[Choice, ...]) -> dict[str, Texts]:
    return {choice.code: choice.text for choice in choices}
