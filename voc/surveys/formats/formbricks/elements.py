"""One element of Formbricks as one question of ours, by its type. PURE."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from voc.surveys.formats.filled_in import in_languages
from voc.surveys.formats.formbricks.choosing import matrix, pictures, ranking, rules_of, several, single
from voc.surveys.formats.formbricks.scales import ces, csat, nps, rating
from voc.surveys.formats.formbricks.setting import Setting, Shared
from voc.surveys.formats.formbricks.words import FIELDS
from voc.surveys.formats.values import Raw, first_of, flag_in, items_in, maps_in, number_in, text_in, whole_in
from voc.surveys.questions import (
    Consent,
    Date,
    Fields,
    FileKind,
    FileUpload,
    Format,
    Link,
    Medium,
    NotAsked,
    Number,
    Question,
    ShortField,
    Statement,
    Text,
    YesNo,
)

Read = Callable[[Raw, Shared, Setting], Question]
_FORMATS = {"email": Format.EMAIL, "url": Format.URL, "phone": Format.PHONE, "tel": Format.PHONE}
_READ = frozenset(
    {
        *("id", "type", "headline", "subheader", "html", "required", "choices", "shuffleOption", "scale", "range", "lowerLabel", "rows"),
        *("upperLabel", "columns", "inputType", "longAnswer", "charLimit", "label", "logic", "logicFallback", "otherOptionPlaceholder"),
        *("allowMulti", "allowMultiple", "allowMultipleFiles", "allowedFileExtensions", "maxSizeInMB", "imageUrl", "videoUrl", "buttonUrl"),
        *("buttonExternal", "addressLine1", "addressLine2", "city", "state", "zip", "country", "firstName", "lastName", "email", "phone"),
        *("company", "displayType", "validation", "isDraft", "ctaButtonLabel"),
    }
)
_LAYOUT = frozenset(
    {
        "placeholder",
        "buttonLabel",
        "backButtonLabel",
        "dismissButtonLabel",
        "isColorCodingEnabled",
        "format",
        "autoFocus",
        "insightsEnabled",
    }
)
_PLAIN = ("id", "code", "source_id", "text", "help", "links")


def question_of(raw: Raw, setting: Setting) -> Question:
    """The question; one of a type that nobody knows is asked in own words, and reported."""
    source_id = text_in(raw.get("id"))[:200]
    kind = text_in(raw.get("type"))
    _report(raw, source_id, setting)
    help = first_of(raw, "subheader", "html")
    links = (
        *setting.spoken.links(raw.get("headline"), source_id),
        *setting.spoken.links(help, source_id),
        *_media(raw, source_id, setting),
    )
    shared: Shared = {
        "id": "x",
        "code": source_id,
        "source_id": source_id,
        "text": setting.spoken.texts(raw.get("headline"), source_id),
        "help": setting.spoken.texts(help, source_id, 5000),
        "links": tuple(dict.fromkeys(links)),
        "required": flag_in(raw.get("required")),
    }
    question = _KINDS.get(kind, _unknown)(raw, shared, setting)
    return setting.names.question(question, source_id or question.text.say(""))


def _media(raw: Raw, source_id: str, setting: Setting) -> Iterator[Link]:
    for key, medium in (("imageUrl", Medium.IMAGE), ("videoUrl", Medium.VIDEO), ("buttonUrl", Medium.PAGE)):
        if written := text_in(raw.get(key)):
            for link in setting.spoken.links(f'<img src="{written.replace(chr(34), "")}">', source_id):
                yield replace(link, medium=medium)


def _report(raw: Raw, source_id: str, setting: Setting) -> None:
    for key, value in raw.items():
        if key in _READ or key in _LAYOUT or value in (None, "", [], {}, False):
            continue
        setting.notes.dropped(source_id, "SETTING_DROPPED", f"{key}: {str(value)[:200]}", "There is no such setting here.")
    rules = raw.get("validation")
    for rule in maps_in(rules.get("rules") if isinstance(rules, dict) else None):
        if text_in(rule.get("type")) not in (
            "minLength",
            "maxLength",
            "email",
            "url",
            "phone",
            "minValue",
            "maxValue",
            "minSelections",
            "maxSelections",
        ):
            why = "Answers are not held to this rule. Check them when you read them."
            setting.notes.dropped(source_id, "VALIDATION_DROPPED", str(dict(rule))[:300], why)


def _typed(raw: Raw, shared: Shared, setting: Setting) -> Question:
    kind, rules = text_in(raw.get("inputType")), rules_of(raw)
    if kind == "number":
        lowest, highest = rules.get("minValue"), rules.get("maxValue")
        return Number(
            lowest=lowest, highest=highest if lowest is None or highest is None or highest >= lowest else None, decimals=2, **shared
        )
    limit = raw.get("charLimit")
    limit = limit if isinstance(limit, dict) and flag_in(limit.get("enabled")) else {}
    shortest = whole_in(first_of(limit, "min") or rules.get("minLength"), 1, 10_000) or 0
    longest = whole_in(first_of(limit, "max") or rules.get("maxLength"), 1, 100_000) or 2000
    is_long = flag_in(raw.get("longAnswer")) if "longAnswer" in raw else kind in ("", "text")
    return Text(long=is_long, format=_FORMATS.get(kind, Format.WORDS), shortest=min(shortest, longest), longest=longest, **shared)


def _button(raw: Raw, shared: Shared, setting: Setting) -> Question:
    source_id = shared["source_id"]
    yes, no = (
        setting.spoken.texts(first_of(raw, *keys), source_id, 300) for keys in (("ctaButtonLabel", "buttonLabel"), ("dismissButtonLabel",))
    )
    if source_id in setting.pressed:
        why = "Whether the button was pressed decides what follows, so it is a question with yes and no here."
        setting.notes.changed(source_id, "BUTTON_IS_QUESTION", yes.say(""), why)
        return YesNo(**shared, yes_text=yes, no_text=no)
    if shared["required"] or raw.get("buttonUrl"):
        setting.notes.simplified(source_id, "BUTTON_IS_TEXT", yes.say(""), "The button is gone; its text and its link stay.")
    return Statement(**{name: shared[name] for name in _PLAIN})


def _consent(raw: Raw, shared: Shared, setting: Setting) -> Question:
    return Consent(agree=setting.spoken.texts(raw.get("label"), shared["source_id"], 2000), **shared)


def _date(raw: Raw, shared: Shared, setting: Setting) -> Question:
    return Date(**shared)


def _file(raw: Raw, shared: Shared, setting: Setting) -> Question:
    wanted = {text_in(one).lower().lstrip(".") for one in items_in(raw.get("allowedFileExtensions"))}
    accepts = tuple(kind for kind, endings in _FILE_KINDS.items() if wanted & endings)
    if left := sorted(wanted - set().union(*_FILE_KINDS.values())):
        why = "Only pictures, PDF, sound, video and plain text can be sent here."
        setting.notes.simplified(shared["source_id"], "FILE_TYPES_DROPPED", ", ".join(left), why)
    size = number_in(raw.get("maxSizeInMB"))
    chosen: Shared = {"accepts": accepts} if accepts else {}
    most = 5 if flag_in(raw.get("allowMultipleFiles")) else 1
    return FileUpload(most_files=most, most_megabytes=min(max(round(size), 1), 100) if size else 10, **chosen, **shared)


_FILE_KINDS = {
    FileKind.IMAGE: {"png", "jpg", "jpeg", "gif", "webp", "heic"},
    FileKind.PDF: {"pdf"},
    FileKind.AUDIO: {"mp3", "wav", "m4a"},
    FileKind.VIDEO: {"mp4", "mov", "webm", "avi", "mkv"},
    FileKind.TEXT: {"txt", "csv", "plain"},
}


def _booking(raw: Raw, shared: Shared, setting: Setting) -> Question:
    why = "An appointment cannot be booked inside a survey here. Put a link into a text, or ask for a call back."
    setting.notes.dropped(shared["source_id"], "BOOKING_NOT_ASKED", "cal", why)
    return NotAsked(was="cal", **{name: shared[name] for name in _PLAIN})


def _fields(raw: Raw, shared: Shared, setting: Setting) -> Question:
    found = []
    for key, words in FIELDS.items():
        field = raw.get(key)
        if not isinstance(field, dict) or not flag_in(field.get("show", True)):
            continue
        text = setting.spoken.texts(field.get("placeholder"), shared["source_id"], 2000) or in_languages(words, setting.spoken.languages)
        kind = Format.EMAIL if key == "email" else Format.PHONE if key == "phone" else Format.WORDS
        found.append(ShortField(code=key, text=text, format=kind, optional=not flag_in(field.get("required"))))
    if not found:
        return Text(**shared)
    return Fields(fields=tuple(found), **{**shared, "required": shared["required"] or any(not one.optional for one in found)})


def _unknown(raw: Raw, shared: Shared, setting: Setting) -> Question:
    kind = text_in(raw.get("type")) or "no type"
    why = "Nobody here knows this type. It is asked in own words: look whether that fits."
    setting.notes.changed(shared["source_id"], "UNKNOWN_TYPE", kind, why)
    return single(raw, shared, setting) if maps_in(raw.get("choices")) else Text(long=False, **shared)


_KINDS: dict[str, Read] = {
    **{"openText": _typed, "multipleChoiceSingle": single, "multipleChoiceMulti": several, "nps": nps, "rating": rating, "csat": csat},
    **{
        "ces": ces,
        "cta": _button,
        "consent": _consent,
        "pictureSelection": pictures,
        "date": _date,
        "fileUpload": _file,
        "cal": _booking,
    },
    **{"matrix": matrix, "ranking": ranking, "address": _fields, "contactInfo": _fields},
}
