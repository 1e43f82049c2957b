"""Each of LimeSurvey's types of question as one of our kinds. PURE."""

from collections.abc import Callable

from voc.surveys.formats.lss.choosing import gender, multiple, ranking, rating, single, yes_no
from voc.surveys.formats.lss.making import Maker
from voc.surveys.formats.lss.source import Item
from voc.surveys.formats.lss.tables import array, dual, table
from voc.surveys.formats.lss.typed import date_question, fields, file_question, number, text
from voc.surveys.formats.wording import without_scripts
from voc.surveys.questions import Hidden, NotAsked, Number, Question, Source, Statement, Text


def question_of(item: Item, maker: Maker) -> Question:
    """The question; one of an unknown type becomes a text, with a note."""
    make = _KINDS.get(item.type)
    if make is None:
        maker.notes.changed(item.id, "UNKNOWN_TYPE", item.type, "Nobody knows this type of question here; it became a text.")
        make = text
    made = make(item, maker)
    if item.is_set("hidden") and isinstance(made, Text | Number):
        maker.notes.changed(item.id, "HIDDEN", item.code, "It is never shown: it keeps what the address of the survey gives for it.")
        shared = maker.common(item)
        return Hidden(**{**shared, "links": ()}, source=Source.LINK, key=item.code[:200])
    return made


def _statement(item: Item, maker: Maker) -> Question:
    return Statement(**maker.common(item))


def _language(item: Item, maker: Maker) -> Question:
    maker.notes.changed(item.id, "NOT_ASKED", item.code, "Customers choose their language at the top of every page here; nothing is asked.")
    return NotAsked(**maker.common(item), was="language switch")


def _equation(item: Item, maker: Maker) -> Question:
    expression = without_scripts(item.setting("equation") or next(iter(item.texts.values()), ""))
    maker.notes.changed(item.id, "NOT_ASKED", expression, "Sums are not kept as answers here; conditions that use it were written out.")
    return NotAsked(**maker.common(item), was="calculated: equation", expression=expression.strip()[:20_000])


_KINDS: dict[str, Callable[[Item, Maker], Question]] = {
    **dict.fromkeys("STU", text),
    "N": number,
    **dict.fromkeys("KQ", fields),
    **dict.fromkeys("L!O", single),
    **dict.fromkeys("MP", multiple),
    "5": rating,
    "Y": yes_no,
    "G": gender,
    **dict.fromkeys("ABCEFH", array),
    "1": dual,
    **dict.fromkeys(":;", table),
    "R": ranking,
    "D": date_question,
    "|": file_question,
    "I": _language,
    "*": _equation,
    "X": _statement,
}
