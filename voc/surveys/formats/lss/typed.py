"""Questions of LimeSurvey that are answered by typing, sliding or sending. PURE."""

from datetime import date

from voc.surveys.formats.lss.making import Maker
from voc.surveys.formats.lss.source import Item
from voc.surveys.questions import Date, DateTime, Fields, FileKind, FileUpload, Format, Number, Question, ShortField, Slider, Text, Time

_ROOM = {"S": 2000, "T": 20_000, "U": 100_000}
_FILES = {
    FileKind.IMAGE: {"png", "gif", "jpg", "jpeg", "webp", "bmp", "tif", "tiff", "heic"},
    FileKind.PDF: {"pdf"},
    FileKind.AUDIO: {"mp3", "wav", "ogg", "m4a", "aac"},
    FileKind.VIDEO: {"mp4", "mov", "avi", "webm", "mkv"},
    FileKind.TEXT: {"txt", "csv"},
}


def text(item: Item, maker: Maker) -> Question:
    """Short, long and huge text (S, T, U), and what nobody knows."""
    room = maker.whole(item, "maximum_chars", 1, 100_000)
    return Text(
        **maker.asked(item),
        long=item.type != "S",
        format=Format.NUMBER if item.is_set("numbers_only") else Format.WORDS,
        longest=room or _ROOM.get(item.type, 2000),
        pattern=maker.pattern(item),
    )


def number(item: Item, maker: Maker) -> Question:
    """One number (N)."""
    least, most = maker.decimal(item, "min_num_value_n", "min_num_value"), maker.decimal(item, "max_num_value_n", "max_num_value")
    if least is not None and most is not None and least > most:
        maker.notes.dropped(item.id, "LIMIT_DROPPED", f"{least} … {most}", "The smallest number is above the largest. Set them by hand.")
        least = most = None
    return Number(
        **maker.asked(item),
        lowest=least,
        highest=most,
        decimals=0 if item.is_set("num_value_int_only") else 6,
        unit=maker.texts(item.words("suffix", maker.wording.theirs), item, 60),
    )


def fields(item: Item, maker: Maker) -> Question:
    """Several numbers or short texts (K, Q)."""
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


def date_question(item: Item, maker: Maker) -> Question:
    """A day, with or without a time, or a time alone (D)."""
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


def file_question(item: Item, maker: Maker) -> Question:
    """Files (|)."""
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
