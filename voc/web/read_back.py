"""The answers of a response as their customer reads them back."""

from collections.abc import Iterable, Mapping

from voc.responses.in_words import Speech, question_in_words
from voc.surveys.questions import Asked, CallMeBack, Question
from voc.surveys.words import WORDS
from voc.web.questions.given import masked_phone
from voc.web.voice import Voice


def read_back(
    voice: Voice, questions: Iterable[Question], answers: Mapping[str, object], files: Mapping[str, str]
) -> list[dict[str, object]]:
    """Each question with its answer in words, empty where there is none; what is no question is left out."""
    speech = Speech(voice.plain, lambda name: _word(voice, name), files)
    return [
        {"question": voice.say(question.text), "answer": question_in_words(question, _unseen(question, answers), speech)}
        for question in questions
        if isinstance(question, Asked)
    ]


def _unseen(question: Question, answers: Mapping[str, object]) -> Mapping[str, object]:
    """The answers with a number to call masked: whoever holds the link need not be whom we know by it."""
    number = answers.get(question.id)
    return {**answers, question.id: masked_phone(number)} if isinstance(question, CallMeBack) and isinstance(number, str) else answers


def _word(voice: Voice, name: str) -> str:
    return voice.word(name).striptags() if name in WORDS else voice.words.plain(name)
