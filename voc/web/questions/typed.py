"""Questions that are answered by typing: words, numbers, days and times, several lines, a number to call, files."""

from voc.responses.read_answer import WINDOWS
from voc.surveys.questions import CallMeBack, Date, DateTime, Fields, FileKind, FileUpload, Format, Number, Text, Time
from voc.web.questions.given import KNOWN, OTHER, Given, shown_phone
from voc.web.questions.parts import KeptFile, Option, Room

FORMATS: dict[Format, tuple[str, dict[str, str]]] = {
    Format.WORDS: ("text", {"autocomplete": "off"}),
    Format.EMAIL: ("email", {"autocomplete": "email"}),
    Format.PHONE: ("tel", {"autocomplete": "tel"}),
    Format.URL: ("url", {"autocomplete": "url"}),
    Format.NUMBER: ("text", {"autocomplete": "off", "inputmode": "decimal"}),
}
ACCEPTED = {
    FileKind.IMAGE: "image/*",
    FileKind.PDF: "application/pdf",
    FileKind.AUDIO: "audio/*",
    FileKind.VIDEO: "video/*",
    FileKind.TEXT: "text/plain",
}


def text(question: Text, given: Given) -> dict[str, object]:
    """A line, or room for several."""
    kind, attributes = FORMATS[question.format]
    return _alone(given.room(question.id, type=kind, lines=4 if question.long else 1, attributes=attributes))


def number(question: Number, given: Given) -> dict[str, object]:
    """A line with its unit: a field of type number would swallow what it does not understand."""
    attributes = {"inputmode": "decimal", "autocomplete": "off"}
    return _alone(given.room(question.id, unit=given.say(question.unit), attributes=attributes))


def date(question: Date, given: Given) -> dict[str, object]:
    """A day."""
    return _alone(given.room(question.id, type="date", attributes=_between(question.earliest, question.latest)))


def time(question: Time, given: Given) -> dict[str, object]:
    """A time of day."""
    return _alone(given.room(question.id, type="time", attributes=_between(question.earliest, question.latest)))


def date_time(question: DateTime, given: Given) -> dict[str, object]:
    """A day and a time on the customer's own clock."""
    first = f"{question.earliest}T00:00" if question.earliest else ""
    last = f"{question.latest}T23:59" if question.latest else ""
    return _alone(given.room(question.id, type="datetime-local", attributes=_between(first, last)))


def fields(question: Fields, given: Given) -> dict[str, object]:
    """Several lines, each with a name."""
    rooms = []
    for one, name in question.field_names():
        kind, attributes = FORMATS[one.format]
        optional = question.required and one.optional
        rooms.append(given.room(name, given.say(one.text) or one.code, type=kind, attributes=attributes, is_optional=optional))
    return {"shape": "fields", "rooms": tuple(rooms)}


def call_me_back(question: CallMeBack, given: Given) -> dict[str, object]:
    """A number, not asked again where we know it (it is shown masked), and when it suits."""
    where = given.values.get(f"{question.id}_where")
    typed = given.typed(question.id)
    is_known = bool(given.phone) and (where == KNOWN or (where is None and typed == given.phone))
    options: tuple[Option, ...] = ()
    if given.phone:
        options = (
            Option(f"{question.id}-{KNOWN}", KNOWN, given.word("call_known", phone=shown_phone(given.phone)), is_known),
            Option(f"{question.id}-{OTHER}", OTHER, given.word("call_other"), where == OTHER or (bool(typed) and not is_known)),
        )
    value = "" if is_known else typed
    kind, attributes = FORMATS[Format.PHONE]
    room = Room(question.id, value, given.word("call_number"), given.messages.get(question.id, ""), kind, attributes=attributes)
    chosen = given.chosen(question.window_name) or {WINDOWS[0]}
    windows = tuple(Option(f"{question.window_name}-{one}", one, given.word(f"call_{one}"), one in chosen) for one in WINDOWS)
    when = Room(question.window_name, label=given.word("call_when"), options=windows)
    return {"shape": "call", "options": options, "rooms": (room, when), "fault": ""}


def file(question: FileUpload, given: Given) -> dict[str, object]:
    """Files to send, and those that were sent before."""
    sent = tuple(KeptFile(one, name) for one in sorted(given.chosen(question.id)) if (name := given.files.get(one)))
    attributes = {"accept": ",".join(ACCEPTED[kind] for kind in question.accepts), **({"multiple": ""} if question.most_files > 1 else {})}
    limits = given.word("file_limits", count=question.most_files, megabytes=question.most_megabytes)
    return {"shape": "file", "rooms": (given.room(question.id, type="file", attributes=attributes),), "files": sent, "helps": (limits,)}


def _alone(room: Room) -> dict[str, object]:
    return {"shape": "typed", "rooms": (room,)}


def _between(first: object, last: object) -> dict[str, str]:
    return {name: str(value) for name, value in (("min", first), ("max", last)) if value}
