"""The choices, rows and columns of a question: in which order, with which codes. PURE."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from voc.surveys.formats.plain_text import plain_text
from voc.surveys.formats.qsf.loose import Group, group, items, number, text, word, yes
from voc.surveys.formats.qsf.texts import TextReader, translations_of
from voc.surveys.questions import Choice, Question, Row
from voc.surveys.texts import Texts


@dataclass(frozen=True, slots=True)
class Option:
    """One choice, row or column of the file with the code that its answer has in exports."""

    id: str
    code: str
    html: str
    payload: Group
    translations: tuple[tuple[str, object], ...]

    @property
    def own_words(self) -> bool:
        """Whether there is a field beside it."""
        return yes(self.payload.get("TextEntry"))

    @property
    def exclusive(self) -> bool:
        """Whether nothing else can be chosen beside it."""
        return yes(self.payload.get("ExclusiveAnswer"))


@dataclass(frozen=True, slots=True)
class Built:
    """A question of ours, and for the ids of its choices, rows and groups in the file the codes they have here."""

    question: Question
    choices: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, "Built"] = field(default_factory=dict)

    def renamed(self, question_id: str) -> "Built":
        """The same under another id."""
        return replace(self, question=replace(self.question, id=question_id))


def options_of(payload: Group, what: str, order: str, coded_by: str, reader: TextReader, source_id: str) -> tuple[Option, ...]:
    """What stands under `what` (Choices or Answers) in the order of `order`, with the codes of `coded_by`.

    Ids that the order leaves out come last. A code that two options share stays with the first; the second gets one of its own, reported.
    """
    given = {str(key): item for key, item in group(payload.get(what)).items()}
    ordered = dict.fromkeys(word(one) for one in items(payload.get(order)))
    ids = [*(one for one in ordered if one in given), *(one for one in given if one not in ordered)]
    codes = group(payload.get(coded_by))
    translated = [(language, group(said.get(what))) for language, said in translations_of(payload)]
    taken: set[str] = set()
    found = []
    for one in ids:
        item = as_option(given[one])
        wanted = word(codes.get(one)) or word(one) or "0"
        code = _own_code(wanted, taken)
        if code != wanted:
            why = f"Two answers have the code `{wanted}`; here the second is `{code}`, so that they can be told apart."
            reader.notes.changed(source_id, "CODE_REPEATED", text(item.get("Display")) or one, why)
        taken.add(code)
        said = tuple((language, _display(texts.get(one))) for language, texts in translated if one in texts)
        found.append(Option(one, code, text(item.get("Display")), item, said))
    return tuple(found)


def as_option(value: object) -> Group:
    """A choice as a group of fields, also where the file has only its text."""
    return value if isinstance(value, dict) else {"Display": value}


def codes_of(options: Iterable[Option]) -> dict[str, str]:
    """The code of each option by its id in the file."""
    return {one.id: one.code for one in options}


def choices_of(
    options: Iterable[Option], reader: TextReader, source_id: str, points: Mapping[str, float], fixed: frozenset[str]
) -> tuple[Choice, ...]:
    """Our choices of the options."""
    return tuple(
        Choice(
            code=one.code,
            text=_words(one, reader, source_id),
            own_words=one.own_words,
            exclusive=one.exclusive,
            fixed=one.id in fixed,
            points=points.get(one.id),
            image=_image(one, reader, source_id),
        )
        for one in options
    )


def rows_of(options: Iterable[Option], reader: TextReader, source_id: str, fixed: frozenset[str]) -> tuple[Row, ...]:
    """Our rows of the options."""
    return tuple(
        Row(
            code=one.code,
            text=_words(one, reader, source_id),
            own_words=one.own_words,
            exclusive=one.exclusive,
            fixed=one.id in fixed,
        )
        for one in options
    )


def fixed_ids(payload: Group) -> frozenset[str]:
    """The ids of what keeps its place where the order is random."""
    order = items(group(group(payload.get("Randomization")).get("Advanced")).get("FixedOrder"))
    return frozenset(found for one in order if (found := word(one)) and not found.startswith("{"))


def is_random(payload: Group) -> bool:
    """Whether choices or rows come in an order of chance."""
    return word(group(payload.get("Randomization")).get("Type")) not in ("", "None", "false", "ScaleReversal")


def htmls_of(payload: Group) -> Iterator[object]:
    """Every HTML text of a question in its base language."""
    yield payload.get("QuestionText")
    for what in ("Choices", "Answers"):
        for item in group(payload.get(what)).values():
            yield item.get("Display") if isinstance(item, dict) else item


def points_of(payload: Group) -> dict[str, dict[str, float]]:
    """For each scoring category the points of each choice (of each column, in a table), by its id in the file."""
    found: dict[str, dict[str, float]] = {}
    has_answers = bool(payload.get("Answers"))
    for one in items(payload.get("GradingData")):
        if isinstance(one, dict):
            key = word(one.get("AnswerID") if has_answers and one.get("AnswerID") is not None else one.get("ChoiceID"))
            for category, grade in group(one.get("Grades")).items():
                if key and (points := number(grade)) is not None:
                    found.setdefault(str(category), {}).setdefault(key, points)
    return found


def _words(one: Option, reader: TextReader, source_id: str) -> Texts:
    return reader.several(source_id, one.html, one.translations, longest=5000)


def _image(one: Option, reader: TextReader, source_id: str) -> str:
    image = group(one.payload.get("Image"))
    if not image:
        return ""
    named = text(image.get("Display")) or word(image.get("ImageLocation")) or one.id
    why = "Pictures of choices are kept by the old host under an id of its own. Add the picture by hand."
    reader.notes.dropped(source_id, "IMAGE_DROPPED", plain_text(named), why)
    return ""


def _display(value: object) -> object:
    return value.get("Display") if isinstance(value, dict) else value


def _own_code(wanted: str, taken: set[str]) -> str:
    number, found = 1, wanted
    while found in taken:
        number += 1
        found = f"{wanted[:190]}~{number}"
    return found
