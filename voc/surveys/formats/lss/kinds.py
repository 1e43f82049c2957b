"""Each of LimeSurvey's types of question as one of our kinds. PURE."""

from collections.abc import Callable
from datetime import date

from voc.surveys.formats.lss.making import Maker
from voc.surveys.formats.lss.source import Item
from voc.surveys.questions import (
    NOTHING,
    Cells,
    Choice,
    ColumnGroup,
    Date,
    DateTime,
    Fields,
    FileKind,
    FileUpload,
    Format,
    Hidden,
    Look,
    Matrix,
    MultipleChoice,
    NotAsked,
    Number,
    Question,
    Ranking,
    Rating,
    ScaleLook,
    ShortField,
    SideBySide,
    SingleChoice,
    Slider,
    Source,
    Statement,
    Text,
    Time,
    YesNo,
)

_ROOM = {"S": 2000, "T": 20_000, "U": 100_000}
_FILES = {
    FileKind.IMAGE: {"png", "gif", "jpg", "jpeg", "webp", "bmp", "tif", "tiff", "heic"},
    FileKind.PDF: {"pdf"},
    FileKind.AUDIO: {"mp3", "wav", "ogg", "m4a", "aac"},
    FileKind.VIDEO: {"mp4", "mov", "avi", "webm", "mkv"},
    FileKind.TEXT: {"txt", "csv"},
}


def question_of(item: Item, maker: Maker) -> Question:
    """The question; one of an unknown type becomes a text, with a note."""
    make = _KINDS.get(item.type)
    if make is None:
        maker.notes.changed(item.id, "UNKNOWN_TYPE", item.type, "Nobody knows this type of question here; it became a text.")
        make = _text
    made = make(item, maker)
    if item.is_set("hidden") and isinstance(made, Text | Number):
        maker.notes.changed(item.id, "HIDDEN", item.code, "It is never shown: it keeps what the address of the survey gives for it.")
        shared = maker.common(item)
        return Hidden(**{**shared, "links": ()}, source=Source.LINK, key=item.code[:200])
    return made


def _text(item: Item, maker: Maker) -> Question:
    room = maker.whole(item, "maximum_chars", 1, 100_000)
    return Text(
        **maker.asked(item),
        long=item.type != "S",
        format=Format.NUMBER if item.is_set("numbers_only") else Format.WORDS,
        longest=room or _ROOM.get(item.type, 2000),
        pattern=maker.pattern(item),
    )


def _number(item: Item, maker: Maker) -> Question:
    least, most = maker.decimal(item, "min_num_value_n", "min_num_value"), maker.decimal(item, "max_num_value_n", "max_num_value")
    if least is not None and most is not None and least > most:
        maker.notes.dropped(item.id, "LIMIT_DROPPED", f"{least} … {most}", "The smallest number is above the largest. Set them by hand.")
        least = most = None
    return Number(
        **maker.asked(item),
        lowest=least,
        highest=most,
        decimals=0 if item.is_set("num_value_int_only") else 6,
        unit=maker.texts(item.words("suffix", item.texts), item, 60),
    )


def _fields(item: Item, maker: Maker) -> Question:
    if item.type == "K" and item.is_set("slider_layout"):
        return _slider(item, maker)
    is_number = item.type == "K" or item.is_set("numbers_only")
    room = maker.whole(item, "maximum_chars", 1, 10_000)
    made = tuple(
        ShortField(
            code=row.code,
            text=row.text,
            format=Format.NUMBER if is_number else Format.WORDS,
            longest=room or (300 if is_number else 1000),
        )
        for row in maker.rows(item)
    )
    return Fields(**maker.asked(item), fields=made)


def _slider(item: Item, maker: Maker) -> Question:
    lowest = maker.decimal(item, "slider_min")
    highest = maker.decimal(item, "slider_max")
    step = maker.decimal(item, "slider_accuracy")
    least, most = lowest if lowest is not None else 0.0, highest if highest is not None else 100.0
    return Slider(
        **maker.asked(item),
        rows=maker.rows(item),
        lowest=least,
        highest=most if most > least else least + 100,
        step=step if step and step > 0 else 1,
    )


def _single(item: Item, maker: Maker) -> Question:
    return SingleChoice(
        **maker.asked(item),
        choices=_choices(item, maker),
        order=maker.order(item, "answer_order"),
        look=Look.DROP_DOWN if item.type == "!" else Look.BUTTONS,
        comment=maker.comment() if item.type == "O" else NOTHING,
    )


def _choices(item: Item, maker: Maker) -> tuple[Choice, ...]:
    """The answers to choose from; where there is none yet, one stands in, for a question to choose from needs one."""
    options = (*item.options(), *item.options("1")) or (item.rows() if item.type == "R" else ())
    return maker.choices(item, options) or _stand_in(item, maker)


def _stand_in(item: Item, maker: Maker) -> tuple[Choice, ...]:
    maker.notes.changed(item.id, "CHOICE_ADDED", item.code, "It has no answers to choose from, so it got one. Write the answers.")
    return (Choice(code="1"),)


def _multiple(item: Item, maker: Maker) -> Question:
    choices = maker.choices(item, item.subs, own_words=item.type == "P") or _stand_in(item, maker)
    at_least, at_most = _least_and_most(item, maker, len(choices))
    return MultipleChoice(
        **maker.asked(item), choices=choices, order=maker.order(item, "subquestion_order"), at_least=at_least, at_most=at_most
    )


def _least_and_most(item: Item, maker: Maker, there: int) -> tuple[int | None, int | None]:
    least, most = maker.whole(item, "min_answers", 1, 500), maker.whole(item, "max_answers", 1, 500)
    if least and least > there:
        maker.notes.dropped(item.id, "LIMIT_DROPPED", f"min_answers={least}", "There are not so many answers. Set the limit by hand.")
        least = None
    most = most if most and most < there else None
    return least, max(most, least or 1) if most else None


def _ranking(item: Item, maker: Maker) -> Question:
    choices = _choices(item, maker)
    at_least, at_most = _least_and_most(item, maker, len(choices))
    asked = {**maker.asked(item)}
    partly = None if asked["required"] else 1
    order = maker.order(item, "answer_order")
    return Ranking(**asked, choices=choices, order=order, at_least=at_least or partly, at_most=at_most)


def _rating(item: Item, maker: Maker) -> Question:
    look = {"1": ScaleLook.STARS, "2": ScaleLook.FACES}.get(item.setting("slider_rating"), ScaleLook.NUMBERS)
    return Rating(**maker.asked(item), lowest=1, highest=5, look=look)


def _yes_no(item: Item, maker: Maker) -> Question:
    return YesNo(**maker.asked(item))


def _gender(item: Item, maker: Maker) -> Question:
    return SingleChoice(**maker.asked(item), choices=maker.built_in("G"))


def _array(item: Item, maker: Maker) -> Question:
    columns = maker.built_in(item.type) if item.type in "ABCE" else maker.choices(item, (*item.options(), *item.options("1")))
    return Matrix(
        **maker.asked(item),
        rows=maker.rows(item),
        columns=columns or _stand_in(item, maker),
        order=maker.order(item, "subquestion_order"),
    )


def _table(item: Item, maker: Maker) -> Question:
    cells = Cells.TEXT if item.type == ";" else Cells.NUMBER
    if item.type == ":" and item.is_set("multiflexible_checkbox"):
        cells = Cells.MULTIPLE
    elif item.is_set("numbers_only"):
        cells = Cells.NUMBER
    return Matrix(
        **maker.asked(item),
        rows=maker.rows(item),
        columns=maker.choices(item, item.rows("1")) or _stand_in(item, maker),
        cells=cells,
        order=maker.order(item, "subquestion_order"),
    )


def _dual(item: Item, maker: Maker) -> Question:
    groups = tuple(
        ColumnGroup(
            id=f"s{scale}",
            text=maker.texts(item.words(header, item.texts), item, 2000),
            columns=maker.choices(item, item.options(scale)) or _stand_in(item, maker),
        )
        for scale, header in (("0", "dualscale_headerA"), ("1", "dualscale_headerB"))
    )
    return SideBySide(**maker.asked(item), rows=maker.rows(item), groups=groups, order=maker.order(item, "subquestion_order"))


def _date(item: Item, maker: Maker) -> Question:
    format_ = item.setting("date_format")
    asked = maker.asked(item)
    has_time = "H" in format_ or "MM" in format_
    if has_time and not any(letter in format_ for letter in "dmyY"):
        return Time(**asked)
    earliest, latest = _day(item, maker, "date_min"), _day(item, maker, "date_max")
    if earliest and latest and earliest > latest:
        earliest = latest = None
    return (DateTime if has_time else Date)(**asked, earliest=earliest, latest=latest)


def _day(item: Item, maker: Maker, name: str) -> date | None:
    written = item.setting(name).strip()
    if not written:
        return None
    try:
        return date.fromisoformat(written[:10]) if len(written) > 4 else date(int(written), 1 if name == "date_min" else 12, 1)
    except ValueError:
        maker.notes.dropped(
            item.id, "LIMIT_DROPPED", f"{name}={written}", "A day that is reckoned has no counterpart here. Set one by hand."
        )
        return None


def _file(item: Item, maker: Maker) -> Question:
    endings = {ending.strip().strip(".").lower() for ending in item.setting("allowed_filetypes").split(",")} - {""}
    accepts = tuple(kind for kind, known in _FILES.items() if known & endings)
    unknown = endings - set().union(*_FILES.values())
    if unknown:
        maker.notes.dropped(item.id, "FILE_TYPE_DROPPED", ", ".join(sorted(unknown)), "Files of these types cannot be sent here.")
    size = maker.decimal(item, "max_filesize")
    return FileUpload(
        **maker.asked(item),
        accepts=accepts or (FileKind.IMAGE, FileKind.PDF),
        most_files=maker.whole(item, "max_num_of_files", 1, 20) or 1,
        most_megabytes=min(max(round(size / 1024), 1), 100) if size else 10,
    )


def _statement(item: Item, maker: Maker) -> Question:
    return Statement(**maker.common(item))


def _language(item: Item, maker: Maker) -> Question:
    maker.notes.changed(item.id, "NOT_ASKED", item.code, "Customers choose their language at the top of every page here; nothing is asked.")
    return NotAsked(**maker.common(item), was="language switch")


def _equation(item: Item, maker: Maker) -> Question:
    expression = item.setting("equation") or next(iter(item.texts.values()), "")
    maker.notes.changed(item.id, "NOT_ASKED", expression, "Sums are not kept as answers here; conditions that use it were written out.")
    return NotAsked(**maker.common(item), was="equation", expression=expression.strip()[:20_000])


_KINDS: dict[str, Callable[[Item, Maker], Question]] = {
    **dict.fromkeys("STU", _text),
    "N": _number,
    **dict.fromkeys("KQ", _fields),
    **dict.fromkeys("L!O", _single),
    **dict.fromkeys("MP", _multiple),
    "5": _rating,
    "Y": _yes_no,
    "G": _gender,
    **dict.fromkeys("ABCEFH", _array),
    "1": _dual,
    **dict.fromkeys(":;", _table),
    "R": _ranking,
    "D": _date,
    "|": _file,
    "I": _language,
    "*": _equation,
    "X": _statement,
}
