"""Choices, rows and columns of SurveyJS. PURE."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from voc.surveys.described import ADDRESS
from voc.surveys.formats.filled_in import in_languages
from voc.surveys.formats.naming import code, codes
from voc.surveys.formats.surveyjs.setting import Setting
from voc.surveys.formats.surveyjs.words import NONE, OTHER, REFUSED, UNKNOWN
from voc.surveys.formats.values import Raw, first_of, flag_in, items_in, text_in
from voc.surveys.questions import Choice, Row
from voc.surveys.texts import Texts


@dataclass(frozen=True, slots=True)
class Item:
    """One of a list of choices, rows or columns: its code, its text as the file has it, and the rest of what it says."""

    code: str
    text: object
    raw: Raw


def items_of(value: object) -> Iterator[Item]:
    """The items of a list: texts, numbers, `value|text`, or objects."""
    for one in items_in(value):
        if isinstance(one, Mapping):
            code = text_in(first_of(one, "value", "name", "id"))
            text = first_of(one, "text", "title", "label")
            if code or text:
                yield Item(code or _said(text), text if text not in (None, "", {}) else code, one)
        elif written := text_in(one):
            code, bar, text = written.partition("|")
            yield Item(code.strip() or text.strip(), text.strip() if bar and text.strip() else code.strip(), {})


def choices_of(value: object, source_id: str, setting: Setting) -> tuple[Choice, ...]:
    """A list as choices; codes used twice get a number, and conditions come later."""
    found, items = [], list(items_of(value))
    for item, kept in zip(items, codes(item.code for item in items), strict=True):
        if kept != item.code and code(item.code):
            why = f"The code is kept as `{kept}`: a code is one line, and used once."
            setting.notes.changed(source_id, "CODE_CHANGED", item.code, why)
        text = setting.spoken.texts(item.text, source_id, 5000, otherwise=item.code)
        image = text_in(first_of(item.raw, "imageLink", "image"))
        if image and not re.fullmatch(ADDRESS, image):
            setting.notes.dropped(source_id, "LINK_DROPPED", image[:200], "The picture has no address on the web, so it was left out.")
            image = ""
        elif image:
            setting.notes.simplified(
                source_id, "IMAGE_ELSEWHERE", image, "The picture stays where it is. Upload it where you want to keep it."
            )
        found.append(
            Choice(
                code=kept,
                text=text,
                exclusive=flag_in(item.raw.get("isExclusive")),
                own_words=flag_in(item.raw.get("showCommentArea")) or flag_in(item.raw.get("hasComment")),
                image=image,
            )
        )
    return tuple(found)


def special_choices(raw: Raw, known: tuple[Choice, ...], source_id: str, setting: Setting) -> tuple[Choice, ...]:
    """All choices: those of the list, and behind them "something else", "none" and what else can be switched on."""
    found = {choice.code: choice for choice in known}
    if flag_in(raw.get("hasOther")) or flag_in(raw.get("showOtherItem")):
        text = setting.spoken.texts(raw.get("otherText"), source_id, 5000) or _ours(OTHER, setting)
        before = found.get("other")
        found["other"] = Choice(code="other", text=before.text if before else text, own_words=True, fixed=True)
    for keys, kept, text_key, ours in _SPECIAL:
        if any(flag_in(raw.get(key)) for key in keys) and kept not in found:
            text = setting.spoken.texts(raw.get(text_key), source_id, 5000) or _ours(ours, setting)
            found[kept] = Choice(code=kept, text=text, exclusive=True, fixed=True)
    if flag_in(raw.get("hasSelectAll")) or flag_in(raw.get("showSelectAllItem")):
        why = "There is no button that ticks everything at once; every answer can still be ticked."
        setting.notes.dropped(source_id, "SELECT_ALL_DROPPED", "showSelectAllItem", why)
    return tuple(found.values())


_SPECIAL = (
    (("hasNone", "showNoneItem"), "none", "noneText", NONE),
    (("showRefuseItem",), "refused", "refuseText", REFUSED),
    (("showDontKnowItem",), "dontknow", "dontKnowText", UNKNOWN),
)


def rows_of(value: object, source_id: str, setting: Setting, *, optional: bool = False) -> tuple[Row, ...]:
    """A list as rows."""
    items = list(items_of(value))
    return tuple(
        Row(
            code=kept,
            text=setting.spoken.texts(item.text, source_id, 5000, otherwise=item.code),
            optional=optional,
        )
        for item, kept in zip(items, codes(item.code for item in items), strict=True)
    )


def _ours(words: Mapping[str, str], setting: Setting) -> Texts:
    return in_languages(words, setting.spoken.languages)


def _said(text: object) -> str:
    if isinstance(text, Mapping):
        return next((one for one in text.values() if isinstance(one, str) and one), "")
    return text_in(text)
