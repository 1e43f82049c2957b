"""Advice on a sound questionnaire, and what keeps it from being published. PURE.

Errors: a text that is missing in one of the languages, a part that nobody can reach. Warnings: what makes answers fewer or worse.
"""

import re
from collections.abc import Iterator

from voc.surveys.check_logic import questions_with_paths
from voc.surveys.flow import seconds_to_answer
from voc.surveys.questionnaire import Problem, Questionnaire, Severity, texts_of
from voc.surveys.questions import Scale
from voc.surveys.reach import unreachable
from voc.surveys.words import WORDS

LONGEST_TEXT = 200
LONGEST_SENTENCE = 20
LONGEST_SUBJECT = 49
MOST_MINUTES = 3
_SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def lint(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Everything worth saying about a questionnaire that parses, errors first."""
    found = [
        *_missing_translations(questionnaire),
        *unreachable(questionnaire),
        *_missing_end_labels(questionnaire),
        *_long_texts(questionnaire),
        *_long_subjects(questionnaire),
        *_long_survey(questionnaire),
    ]
    return tuple(sorted(found, key=lambda problem: problem.severity is not Severity.ERROR))


def _warning(path: str, code: str, message: str) -> Problem:
    return Problem(path, code, message, Severity.WARNING)


def _missing_translations(questionnaire: Questionnaire) -> Iterator[Problem]:
    for path, texts in texts_of(questionnaire):
        for language in questionnaire.languages:
            if language not in texts:
                yield Problem(path, "MISSING_TRANSLATION", f"This text is missing in `{language}`. Translate it, or take the language out.")
    for language in questionnaire.languages:
        unsaid = sorted(name for name, ours in WORDS.items() if language not in (questionnaire.words.get(name) or ours))
        if unsaid:
            message = f"We have no words in `{language}` for {', '.join(f'`{name}`' for name in unsaid)}. Write them under `words`."
            yield Problem("words", "MISSING_TRANSLATION", message)


def _missing_end_labels(questionnaire: Questionnaire) -> Iterator[Problem]:
    for path, question in questions_with_paths(questionnaire):
        if isinstance(question, Scale) and not (question.low and question.high):
            lowest, highest = question.ends
            yield _warning(path, "MISSING_END_LABELS", f"Say with `low` and `high` what {lowest} and {highest} mean.")


def _long_texts(questionnaire: Questionnaire) -> Iterator[Problem]:
    for path, texts in texts_of(questionnaire):
        for language, text in texts.items():
            if len(text) > LONGEST_TEXT:
                yield _warning(
                    f"{path}.{language}", "LONG_TEXT", f"{len(text)} characters are much on a phone. Try to say it in {LONGEST_TEXT}."
                )
            longest = max((len(_WORD.findall(sentence)) for sentence in _SENTENCES.split(text)), default=0)
            if longest > LONGEST_SENTENCE:
                message = f"A sentence of {longest} words is hard to read. Make two of it: {LONGEST_SENTENCE} words at most."
                yield _warning(f"{path}.{language}", "LONG_SENTENCE", message)


def _long_subjects(questionnaire: Questionnaire) -> Iterator[Problem]:
    for language, subject in questionnaire.invitation.subject.items():
        if len(subject) > LONGEST_SUBJECT:
            message = f"The subject has {len(subject)} characters; phones cut it off. Keep it under {LONGEST_SUBJECT + 1}."
            yield _warning(f"invitation.subject.{language}", "LONG_SUBJECT", message)


def _long_survey(questionnaire: Questionnaire) -> Iterator[Problem]:
    seconds = seconds_to_answer(questionnaire)
    if seconds > MOST_MINUTES * 60:
        message = f"Answering takes about {seconds / 60:.0f} minutes; after {MOST_MINUTES} many people leave. Ask less."
        yield _warning("pages", "LONG_SURVEY", message)
    if questionnaire.minutes and questionnaire.minutes * 60 < seconds / 2:
        message = f"You promise {questionnaire.minutes} minutes; it takes about {seconds / 60:.0f}. Say so."
        yield _warning("minutes", "LONG_SURVEY", message)
