"""What a kiosk can check of an answer by itself, while there is no network; the server checks everything again."""

import re
from collections.abc import Iterator

from voc.responses.read_answer.typed import written
from voc.surveys.questions import Asked, ConstantSum, Fields, Matrix, MultipleChoice, Number, Question, Ranking, SideBySide, Slider, Text
from voc.surveys.words import word
from voc.web.voice import Voice

Check = dict[str, object]


def checks_of(question: Question, voice: Voice) -> list[Check]:
    """The checks of a question: `kind`, the `names` of the answers, the `limit`, and what to say to the reader when it fails.

    `needs`: one of the names must be answered. `least`, `most`: so many choices, where there are any. `low`, `high`: a number within.
    `shortest`, `longest`: so many characters. `total`: the numbers add up, where there are any.
    """
    if not isinstance(question, Asked):
        return []
    missing = question.messages.missing
    needed = (
        {"kind": "needs", "names": names, "limit": 0, "say": voice.plain(missing) or _word(voice, "missing")} for names in _needs(question)
    )
    return [*needed, *({**check, "say": voice.plain(question.messages.wrong) or check["say"]} for check in _limits(question, voice))]


def _needs(question: Asked) -> Iterator[list[str]]:
    if not question.required:
        return
    if isinstance(question, Fields):
        yield from ([name] for one, name in question.field_names() if not one.optional)
    elif isinstance(question, ConstantSum) and question.total:
        yield [name for _, name in question.row_names()]
    elif isinstance(question, Matrix | SideBySide):
        rows: dict[str, list[str]] = {}
        if not any(row.exclusive for row in question.rows):
            for row, _, name in question.cell_names():
                rows.setdefault(row.code, []).append(name)
        yield from (rows[row.code] for row in question.rows if row.code in rows and not row.optional)
    elif isinstance(question, Slider | ConstantSum) and question.rows:
        yield from ([name] for row, name in question.row_names() if not row.optional and not row.exclusive)
    else:
        yield list(question.answers())


def _limits(question: Asked, voice: Voice) -> Iterator[Check]:
    if isinstance(question, MultipleChoice):
        yield from _counted(question.id, question.at_least, question.at_most, voice)
    elif isinstance(question, Ranking):
        offered = len(question.all_choices)
        yield from _counted(question.id, min(question.at_least or offered, question.at_most or offered), question.at_most, voice)
    elif isinstance(question, Number):
        yield from _between([question.id], question.lowest, question.highest, voice)
    elif isinstance(question, Slider):
        yield from _between([name for _, name in question.row_names()] or [question.id], question.lowest, question.highest, voice)
    elif isinstance(question, ConstantSum) and question.total:
        names = [name for _, name in question.row_names()]
        yield {"kind": "total", "names": names, "limit": question.total, "say": _word(voice, "wrong_total", total=written(question.total))}
    elif isinstance(question, Text):
        yield {
            "kind": "longest",
            "names": [question.id],
            "limit": question.longest,
            "say": _word(voice, "too_long", longest=question.longest),
        }
        if question.shortest:
            say = _word(voice, "too_short", shortest=question.shortest)
            yield {"kind": "shortest", "names": [question.id], "limit": question.shortest, "say": say}


def _counted(name: str, least: int | None, most: int | None, voice: Voice) -> Iterator[Check]:
    if least:
        yield {"kind": "least", "names": [name], "limit": least, "say": _word(voice, "too_few_choices", at_least=least)}
    if most:
        yield {"kind": "most", "names": [name], "limit": most, "say": _word(voice, "too_many_choices", at_most=most)}


def _between(names: list[str], lowest: float | None, highest: float | None, voice: Voice) -> Iterator[Check]:
    if lowest is not None:
        yield {"kind": "low", "names": names, "limit": lowest, "say": _word(voice, "too_low", lowest=written(lowest))}
    if highest is not None:
        yield {"kind": "high", "names": names, "limit": highest, "say": _word(voice, "too_high", highest=written(highest))}


def _word(voice: Voice, name: str, **limits: object) -> str:
    """A word of the questionnaire with its limits; the sum that is not known yet stays a sign for it."""
    return re.sub(r"\{(\w+)\}", lambda found: str(limits.get(found[1], "…")), word(voice.questionnaire, name, voice.language))
