"""The words of the type column, of all the years, as one word each. PURE."""

import re
from dataclasses import dataclass

_PLAIN = {
    **{
        "string": "text",
        "q string": "text",
        "add text prompt": "text",
        "int": "integer",
        "q int": "integer",
        "add integer prompt": "integer",
    },
    **{"q decimal": "decimal", "add decimal prompt": "decimal", "add date prompt": "date", "q date": "date", "date time": "datetime"},
    **{"add date time prompt": "datetime", "datetime": "datetime", "date_time": "datetime", "add note prompt": "note", "q note": "note"},
    **{
        "add image prompt": "image",
        "photo": "image",
        "q image": "image",
        "picture": "image",
        "add audio prompt": "audio",
        "q audio": "audio",
    },
    **{"add video prompt": "video", "q video": "video", "add file prompt": "file", "q geopoint": "geopoint", "location": "geopoint"},
    **{
        "gps": "geopoint",
        "add location prompt": "geopoint",
        "q barcode": "barcode",
        "add barcode prompt": "barcode",
        "trigger": "acknowledge",
    },
    **{
        "add acknowledge prompt": "acknowledge",
        "q acknowledge": "acknowledge",
        "q calculate": "calculate",
        "add calculate prompt": "calculate",
    },
    **{"phone number": "phonenumber", "start time": "start", "end time": "end", "get start time": "start", "get end time": "end"},
    **{"get today": "today", "get device id": "deviceid", "device id": "deviceid", "imei": "deviceid", "get phone number": "phonenumber"},
}
_SELECTS = (
    (r"(?:select[_ ]one[_ ]external)", "select_one_external"),
    (r"(?:select[_ ]one[_ ]from[_ ]file|select[_ ]one[_ ]from[_ ]map)", "select_one_from_file"),
    (r"(?:select[_ ]multiple[_ ]from[_ ]file)", "select_multiple_from_file"),
    (r"(?:add select one prompt using|select one from|select[_ ]one|select1)", "select_one"),
    (r"(?:add select multiple prompt using|select all that apply from|select all that apply|select[_ ]multiple|select)", "select_multiple"),
    (r"(?:rank|odk:rank)", "rank"),
)
_OTHER = re.compile(r"\s+(?:or_other|or other|or specify other)\Z", re.IGNORECASE)
_FRAME = re.compile(r"(begin|end)[\s_]+(group|repeat|lgroup|looped group|loop)\b", re.IGNORECASE)
SELECTS = {name for _, name in _SELECTS}


@dataclass(frozen=True, slots=True)
class Type:
    """What a row is: `group`, `repeat` and `close` frame others; a select names its list."""

    name: str
    choices: str = ""
    has_other: bool = False


def type_of(written: str) -> Type:
    """The type that a cell of the type column means; an unknown word stays as it is."""
    plain = " ".join(written.split())
    if frame := _FRAME.match(plain):
        if frame[1].lower() == "end":
            return Type("close")
        return Type("group" if frame[2].lower() == "group" else "repeat")
    low = plain.lower()
    if low in {"group", "repeat"}:
        return Type(low)
    bare = _OTHER.sub("", plain)
    for pattern, name in _SELECTS:
        if match := re.match(rf"{pattern}(?:\s+(.*))?\Z", bare, re.IGNORECASE):
            return Type(name, (match[1] or "").strip(), bare != plain)
    return Type(_PLAIN.get(low, _PLAIN.get(low.replace("_", " "), low)))
