"""Each type of row as one of our kinds. PURE."""

import re
from dataclasses import dataclass
from typing import Any

from voc.surveys.described import ADDRESS
from voc.surveys.formats.logic.comparing import number
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.wording import Wording, shown_address, without_scripts
from voc.surveys.formats.xlsform.choices import choices_of
from voc.surveys.formats.xlsform.form import Entry, Form
from voc.surveys.formats.xlsform.types import SELECTS
from voc.surveys.questions import (
    Date,
    DateTime,
    FileKind,
    FileUpload,
    Format,
    Hidden,
    Link,
    Look,
    Medium,
    Messages,
    MultipleChoice,
    NotAsked,
    Number,
    Order,
    Question,
    Ranking,
    SingleChoice,
    Slider,
    Source,
    Statement,
    Text,
    Time,
    YesNo,
)

_YES = {"yes", "true", "true()", "1", "y", "required"}
_NO = {"", "no", "false", "false()", "0", "n"}
_META = {
    *(
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "subscriberid",
        "simserial",
        "audit",
        "instanceid",
        "start-geopoint",
        "csv-external",
    ),
    *("xml-external", "background-audio", "background-geopoint", "entity", "instance_name", "caseid", "comments", "text audit"),
}
_PLACES = {"geopoint", "geotrace", "geoshape", "osm"}
_TEXTS = {"text": Format.WORDS, "barcode": Format.WORDS, "phonenumber": Format.PHONE, "email": Format.EMAIL, "url": Format.URL}
_FILES = {
    "image": (FileKind.IMAGE,),
    "audio": (FileKind.AUDIO,),
    "video": (FileKind.VIDEO,),
    "file": (FileKind.IMAGE, FileKind.PDF, FileKind.TEXT),
}
_DAYS = {"date": Date, "datetime": DateTime, "time": Time}
_MEDIA = {"image": Medium.IMAGE, "big-image": Medium.IMAGE, "audio": Medium.AUDIO, "video": Medium.VIDEO}
_DROPPING = ("minimal", "autocomplete", "search", "select")


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes questions of rows."""

    form: Form
    wording: Wording
    notes: Notes

    def question(self, entry: Entry) -> Question:
        """The question; one of an unknown type becomes a text, with a note."""
        name = entry.type.name
        if name in SELECTS:
            return self._select(entry)
        if name in _META or name.startswith("uri:") or name in {"calculate", *_PLACES}:
            return self._not_asked(entry)
        if name == "hidden":
            return Hidden(**{**self._shared(entry), "links": ()}, **_fact(entry))
        if name == "note":
            return Statement(**self._shared(entry))
        return self._typed(entry)

    def _typed(self, entry: Entry) -> Question:
        name, asked = entry.type.name, self._asked(entry)
        appearance = entry.line.get("appearance").lower()
        if name in {"integer", "decimal"}:
            return Number(**asked, decimals=0 if name == "integer" else 6)
        if name == "range":
            return Slider(**asked, **self._range(entry))
        if name in _DAYS:
            made: Question = _DAYS[name](**asked)
            return made
        if name == "acknowledge":
            return YesNo(**asked)
        if name in _FILES:
            return FileUpload(**asked, accepts=_FILES[name])
        if name not in _TEXTS:
            self.notes.changed(entry.id, "UNKNOWN_TYPE", entry.line.get("type"), "Nobody knows this type here; it became a text.")
        format_ = Format.NUMBER if "numbers" in appearance else _TEXTS.get(name, Format.WORDS)
        return Text(**asked, long="multiline" in appearance, longest=20_000, format=format_)

    def _select(self, entry: Entry) -> Question:
        asked = {**self._asked(entry), "choices": choices_of(entry, self.form, self.wording, self.notes)}
        appearance = entry.line.get("appearance").lower()
        if "randomize=true" in entry.line.get("parameters").lower().replace(" ", ""):
            asked["order"] = Order.RANDOM
        if entry.type.name == "rank":
            return Ranking(**asked)
        look = Look.DROP_DOWN if appearance.startswith(_DROPPING) else Look.BUTTONS
        return (MultipleChoice if entry.type.name.startswith("select_multiple") else SingleChoice)(**asked, look=look)

    def _not_asked(self, entry: Entry) -> Question:
        name = entry.type.name
        expression = without_scripts(entry.line.get("calculation") or entry.line.get("default"))
        why = "Conditions that use it were written out." if name == "calculate" else "Customers are not asked for this here."
        self.notes.changed(entry.id, "NOT_ASKED", f"{name} {expression}".strip(), why)
        group = "calculated" if name == "calculate" else "geo" if name in _PLACES else "meta"
        return NotAsked(**self._shared(entry), was=f"{group}: {name}"[:100], expression=expression[:20_000])

    def _shared(self, entry: Entry) -> dict[str, Any]:
        line = entry.line
        return {
            "id": "q",
            "code": entry.name[:200],
            "source_id": entry.id[:200],
            "text": self.wording.texts(line.texts("label"), entry.id),
            "help": self.wording.texts(line.texts("hint"), entry.id, 5000),
            "links": (*self._media(entry), *self.wording.links({**line.texts("hint"), **line.texts("label")}, entry.id)),
        }

    def _asked(self, entry: Entry) -> dict[str, Any]:
        line = entry.line
        required = line.get("required").lower()
        if required not in _YES | _NO:
            self.notes.dropped(entry.id, "REQUIRED_IF_DROPPED", required, "An answer is required always or never here. Choose.")
        wrong = line.texts("constraint_message") if line.get("constraint") else {}
        messages = Messages(
            missing=self.wording.texts(line.texts("required_message"), entry.id, 300), wrong=self.wording.texts(wrong, entry.id, 300)
        )
        return {**self._shared(entry), "required": required in _YES, "messages": messages}

    def _range(self, entry: Entry) -> dict[str, Any]:
        written = dict(re.findall(r"(start|end|step)\s*=\s*(-?[\d.]+)", entry.line.get("parameters").lower()))
        start, end, step = (number(written.get(name, "")) for name in ("start", "end", "step"))
        lowest, highest = start if start is not None else 1.0, end if end is not None else 10.0
        if lowest > highest:
            lowest, highest = highest, lowest
        return {"lowest": lowest, "highest": highest if highest > lowest else lowest + 1, "step": step if step and step > 0 else 1.0}

    def _media(self, entry: Entry) -> tuple[Link, ...]:
        found: dict[str, Link] = {}
        for name, medium in _MEDIA.items():
            for address in entry.line.texts(name).values():
                if re.fullmatch(ADDRESS, address):
                    found.setdefault(address, Link(url=address, medium=medium))
                else:
                    why = "The file is not here. Put it on the web and give its address."
                    self.notes.dropped(entry.id, "MEDIA_DROPPED", f"{name}: {shown_address(address)}", why)
        return tuple(found.values())


def _fact(entry: Entry) -> dict[str, Any]:
    value = entry.line.get("default")[:2000]
    return {"source": Source.FIXED, "value": value} if value else {"source": Source.LINK, "key": entry.name[:200]}
