"""One question of SurveyJS as one of ours, by its type. PURE."""

from collections.abc import Callable
from typing import Any

from voc.surveys.formats.surveyjs.grids import dynamic_grid, grid, matrix, several_fields
from voc.surveys.formats.surveyjs.items import choices_of, special_choices
from voc.surveys.formats.surveyjs.repeated import how_many
from voc.surveys.formats.surveyjs.scales import rating, slider
from voc.surveys.formats.surveyjs.setting import Setting
from voc.surveys.formats.surveyjs.typed import long_text, typed
from voc.surveys.formats.surveyjs.unknown import unknown
from voc.surveys.formats.values import Raw, first_of, flag_in, maps_in, number_in, text_in, whole_in
from voc.surveys.questions import (
    FileKind,
    FileUpload,
    Link,
    Look,
    Medium,
    MultipleChoice,
    NotAsked,
    Order,
    Question,
    Ranking,
    SingleChoice,
    Statement,
    Text,
    YesNo,
)

Shared = dict[str, Any]
Read = Callable[[Raw, Shared, Setting], Question]
OF_QUESTIONS = ("id", "code", "source_id", "text", "help", "links")


def question_of(kind: str, raw: Raw, shared: Shared, setting: Setting) -> Question:
    """The question; of a type that nobody knows what its name and members suggest, reported."""
    return _KINDS.get(kind, unknown)(raw, shared, setting)


def is_known(kind: str) -> bool:
    """Whether SurveyJS itself has this type."""
    return kind in _KINDS


def _single(raw: Raw, shared: Shared, setting: Setting) -> Question:
    choices = _choices(raw, shared, setting)
    if not choices:
        return _without_choices(raw, shared, setting)
    kind = text_in(raw.get("type"))
    look = Look.DROP_DOWN if kind == "dropdown" else Look.PICTURES if kind == "imagepicker" else Look.BUTTONS
    return SingleChoice(choices=choices, look=look, order=_order(raw, shared, setting), **shared)


def _several(raw: Raw, shared: Shared, setting: Setting) -> Question:
    choices = _choices(raw, shared, setting)
    if not choices:
        return _without_choices(raw, shared, setting)
    kind = text_in(raw.get("type"))
    look = Look.DROP_DOWN if kind == "tagbox" else Look.PICTURES if kind == "imagepicker" else Look.BUTTONS
    least, most = _how_many(raw, len(choices))
    return MultipleChoice(choices=choices, look=look, at_least=least, at_most=most, order=_order(raw, shared, setting), **shared)


def _pictures(raw: Raw, shared: Shared, setting: Setting) -> Question:
    return (_several if flag_in(raw.get("multiSelect")) else _single)(raw, shared, setting)


def _ranking(raw: Raw, shared: Shared, setting: Setting) -> Question:
    choices = _choices(raw, shared, setting)
    if not choices:
        return _without_choices(raw, shared, setting)
    least, most = _how_many(raw, len(choices))
    if flag_in(raw.get("selectToRankEnabled")) and least is None:
        least = 1
    return Ranking(choices=choices, at_least=least, at_most=most, order=_order(raw, shared, setting), **shared)


def _yes_no(raw: Raw, shared: Shared, setting: Setting) -> Question:
    source_id = shared["source_id"]
    for key, ours in (("valueTrue", "true"), ("valueFalse", "false")):
        if (value := raw.get(key)) is not None and text_in(value) != ours:
            why = f"The answer was stored as `{text_in(value)[:80]}`; here it is kept as {ours}. Conditions were changed with it."
            setting.notes.changed(source_id, "STORED_VALUE_CHANGED", f"{key}: {text_in(value)}", why)
    yes, no = (
        setting.spoken.texts(first_of(raw, f"label{word}", f"swapped{word}"), source_id, 300) if raw.get(f"label{word}") else None
        for word in ("True", "False")
    )
    words: Shared = {name: said for name, said in (("yes_text", yes), ("no_text", no)) if said}
    return YesNo(**words, **shared)


def _file(raw: Raw, shared: Shared, setting: Setting) -> Question:
    wanted = text_in(raw.get("acceptedTypes")).lower()
    accepts = tuple(kind for kind, marks in _FILE_KINDS.items() if any(mark in wanted for mark in marks))
    left_out = [
        one
        for one in wanted.replace(" ", "").split(",")
        if one and not any(mark in one for marks in _FILE_KINDS.values() for mark in marks)
    ]
    if left_out:
        why = "Only pictures, PDF, sound, video and plain text can be sent here."
        setting.notes.simplified(shared["source_id"], "FILE_TYPES_DROPPED", ", ".join(left_out), why)
    size = number_in(raw.get("maxSize"))
    megabytes = min(max(round(size / 1_048_576), 1), 100) if size else 10
    files = whole_in(raw.get("maxFiles"), 1, 20) or 5 if flag_in(raw.get("allowMultiple")) else 1
    chosen: Shared = {"accepts": accepts} if accepts else {}
    return FileUpload(most_files=files, most_megabytes=megabytes, **chosen, **shared)


_FILE_KINDS = {
    FileKind.IMAGE: ("image/", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic"),
    FileKind.PDF: ("pdf",),
    FileKind.AUDIO: ("audio/", ".mp3", ".wav", ".m4a"),
    FileKind.VIDEO: ("video/", ".mp4", ".mov", ".webm"),
    FileKind.TEXT: ("text/", ".txt", ".csv"),
}


def _signature(raw: Raw, shared: Shared, setting: Setting) -> Question:
    why = "A drawn signature cannot be asked for. Ask for consent with a box to tick, or for a name."
    setting.notes.dropped(shared["source_id"], "SIGNATURE_NOT_ASKED", "signaturepad", why)
    return NotAsked(was="signature (signaturepad)", **content(shared))


def _computed(raw: Raw, shared: Shared, setting: Setting) -> Question:
    expression = text_in(raw.get("expression"))[:20_000]
    why = "Nothing is reckoned here while customers answer. Conditions that read it hold the expression itself now."
    setting.notes.dropped(shared["source_id"], "CALCULATION_NOT_ASKED", expression, why)
    return NotAsked(was="calculated (expression)", expression=expression, **content(shared))


def _html(raw: Raw, shared: Shared, setting: Setting) -> Question:
    source_id, html = shared["source_id"], raw.get("html")
    said = {**content(shared), "links": setting.spoken.links(html, source_id)}
    text = setting.spoken.texts(html, source_id)
    return Statement(**{**said, "text": text or (shared["text"] if raw.get("title") else text)})


def _image(raw: Raw, shared: Shared, setting: Setting) -> Question:
    source_id, address = shared["source_id"], raw.get("imageLink")
    written = address if isinstance(address, str) else next(iter(address.values()), "") if isinstance(address, dict) else ""
    medium = {"video": Medium.VIDEO, "youtube": Medium.VIDEO}.get(text_in(raw.get("contentMode")), Medium.IMAGE)
    alt = setting.spoken.texts(raw.get("altText"), source_id, 300)
    links = setting.spoken.links(f'<img src="{written}">' if written else "", source_id)
    links = tuple(Link(url=link.url, medium=medium, text=alt) for link in links)
    text = shared["text"] if raw.get("title") else alt
    return Statement(**{**content(shared), "links": links, "text": text})


def _repeated(raw: Raw, shared: Shared, setting: Setting) -> Question:
    return how_many(raw, shared, content(shared), setting)


def content(shared: Shared) -> Shared:
    """What a text or a place without an answer keeps of a question."""
    return {name: shared[name] for name in OF_QUESTIONS if name in shared}


def _choices(raw: Raw, shared: Shared, setting: Setting) -> Any:
    return special_choices(raw, choices_of(raw.get("choices"), shared["source_id"], setting), shared["source_id"], setting)


def _without_choices(raw: Raw, shared: Shared, setting: Setting) -> Question:
    elsewhere = raw.get("choicesByUrl")
    what = text_in(elsewhere.get("url")) if isinstance(elsewhere, dict) else ""
    why = "The answers are not in the file, so it is asked in own words. Make it a choice and add them."
    setting.notes.simplified(shared["source_id"], "CHOICES_NOT_IN_FILE", what or "no choices", why)
    return Text(long=False, **shared)


def _how_many(raw: Raw, choices: int) -> tuple[int | None, int | None]:
    least = whole_in(first_of(raw, "minSelectedChoices"), 1, 500)
    most = whole_in(first_of(raw, "maxSelectedChoices"), 1, 500)
    for rule in maps_in(raw.get("validators")):
        if rule.get("type") in ("answercount", "answercountvalidator"):
            least, most = whole_in(rule.get("minCount"), 1, 500) or least, whole_in(rule.get("maxCount"), 1, 500) or most
    least = min(least, choices) if least else None
    most = min(most, choices) if most else None
    return least, max(most, least) if most and least else most


def _order(raw: Raw, shared: Shared, setting: Setting) -> Order:
    wanted = text_in(raw.get("choicesOrder")).lower()
    if wanted in ("asc", "desc"):
        setting.notes.simplified(shared["source_id"], "SORTED_NO_MORE", wanted, "The answers stand in the order of the file.")
    return Order.RANDOM if wanted == "random" else Order.AS_WRITTEN


_KINDS: dict[str, Read] = {
    **{"text": typed, "comment": long_text, "radiogroup": _single, "dropdown": _single, "buttongroup": _single, "checkbox": _several},
    **{"tagbox": _several, "imagepicker": _pictures, "ranking": _ranking, "boolean": _yes_no, "rating": rating, "slider": slider},
    **{"nouislider": slider, "file": _file, "signaturepad": _signature, "expression": _computed, "html": _html, "image": _image},
    **{"matrix": matrix, "matrixdropdown": grid, "matrixdynamic": dynamic_grid, "multipletext": several_fields, "paneldynamic": _repeated},
}
