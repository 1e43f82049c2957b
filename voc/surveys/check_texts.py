"""Whether every text can be read by everybody, and its placeholders filled in. PURE."""

import re
from collections.abc import Iterator

from voc.surveys.placeholders import ALWAYS_KNOWN, ANSWERS, KNOWN, LOOP_TEXT, SCORES, Placeholder, placeholders
from voc.surveys.questionnaire import Problem, Questionnaire, texts_of
from voc.surveys.whereabouts import AT_THE_END, Whereabouts

_PLACE = re.compile(r"pages\[(\d+)\](?:\.questions\[(\d+)\])?")


def texts_problems(questionnaire: Questionnaire, where: Whereabouts) -> Iterator[Problem]:
    """Texts in no language of the document, or not in the one that others fall back to; placeholders nobody can fill."""
    languages = questionnaire.languages
    readable = {*languages[:1], *questionnaire.fallback}
    for path, texts in texts_of(questionnaire):
        name = path.rsplit(".", 1)[-1]
        if languages and readable.isdisjoint(texts):
            yield Problem(path, "NO_DEFAULT_TEXT", f"`{name}` has no text in `{languages[0]}`, the language others fall back to. Add it.")
        for language, text in texts.items():
            if languages and language not in languages:
                message = f"`{language}` is not among the languages of this document. Add it to `languages`, or remove this text."
                yield Problem(f"{path}.{language}", "UNKNOWN_LANGUAGE", message)
            for placeholder in placeholders(text):
                yield from _placeholder(f"{path}.{language}", placeholder, questionnaire, where)


def _placeholder(path: str, found: Placeholder, questionnaire: Questionnaire, where: Whereabouts) -> Iterator[Problem]:
    name, page, question = found.name, *_place(path)
    if name.startswith(ANSWERS):
        answer = name.removeprefix(ANSWERS)
        if answer not in where.kinds:
            yield Problem(path, "UNKNOWN_PLACEHOLDER", f"Nobody can fill in `{{{name}}}`: there is no answer `{answer}`.")
        elif not where.is_known(answer, page, question):
            yield Problem(path, "LATER_QUESTION", where.why_unknown(answer, page, question))
    elif name.startswith(SCORES):
        if page < 0 or name.removeprefix(SCORES) not in {score.id for score in questionnaire.scores}:
            yield Problem(path, "UNKNOWN_PLACEHOLDER", f"Nobody can fill in `{{{name}}}`: there is no such score here.")
    elif name == LOOP_TEXT:
        if not 0 <= page < len(questionnaire.pages) or not (questionnaire.pages[page].loop or questionnaire.pages[page].loop_over):
            yield Problem(path, "UNKNOWN_PLACEHOLDER", "Nobody can fill in `{loop.text}`: this page is not repeated by a `loop`.")
        return
    elif name not in KNOWN:
        message = f"Nobody can fill in `{{{name}}}`. There are {', '.join(sorted(KNOWN))}, and answers as `{{answers.…}}`."
        yield Problem(path, "UNKNOWN_PLACEHOLDER", message)
        return
    if found.fallback is None and name not in ALWAYS_KNOWN:
        message = f"`{{{name}}}` is not always known. Add a fallback after a bar: `{{{name}|…}}`."
        yield Problem(path, "NO_FALLBACK", message)


def _place(path: str) -> tuple[int, int]:
    """The place of a text: what stands outside the pages is read before all questions, but for end pages and built-in words."""
    match = _PLACE.match(path)
    if match:
        return int(match[1]), int(match[2] or 0)
    return (AT_THE_END, 0) if path.startswith("end_pages") else (-1, 0)
