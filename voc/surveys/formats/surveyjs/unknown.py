"""Questions of types that a site registered itself: read by what their name and members suggest. PURE."""

import re
from typing import Any

from voc.surveys.formats.surveyjs.items import choices_of, special_choices
from voc.surveys.formats.surveyjs.scales import rating
from voc.surveys.formats.surveyjs.setting import Setting
from voc.surveys.formats.values import Raw, first_of, text_in
from voc.surveys.questions import Consent, Date, Format, MultipleChoice, Number, Question, SingleChoice, Statement, Text, YesNo

_SHOWN = re.compile(r"info|help|note|message|header|heading|label|hint|faq|instruct|banner|divider|spacer|text_?title|html|video|image")
_PLAIN = ("id", "code", "source_id", "text", "help", "links")


def unknown(raw: Raw, shared: dict[str, Any], setting: Setting) -> Question:
    """What comes nearest; always reported."""
    kind = text_in(raw.get("type"))
    found = _nearest(kind.lower(), raw, shared, setting)
    why = (
        f"The site that the file comes from made this type itself. It is a question of the kind `{found.kind}` here: look whether it fits."
    )
    setting.notes.changed(shared["source_id"], "UNKNOWN_TYPE", kind or "no type", why)
    return found


def _nearest(kind: str, raw: Raw, shared: dict[str, Any], setting: Setting) -> Question:
    source_id = shared["source_id"]
    choices = special_choices(raw, choices_of(raw.get("choices"), source_id, setting), source_id, setting)
    if choices:
        several = re.search(r"check|multi|tag|several", kind)
        return MultipleChoice(choices=choices, **shared) if several else SingleChoice(choices=choices, **shared)
    if raw.get("rateValues") or raw.get("rateMax") or re.search(r"rating|stars?$|nps|smiley", kind):
        return rating(raw, shared, setting)
    if re.search(r"yes_?no|bool|toggle|switch", kind):
        return YesNo(**shared)
    if _SHOWN.search(kind) or first_of(raw, "body", "html"):
        return _shown(raw, shared, setting)
    if "date" in kind or kind.endswith(("dob", "birthday")):
        return Date(**shared)
    if re.search(r"number|integer|numeric|amount|age$", kind):
        return Number(decimals=2, **shared)
    kinds = ((r"mail", Format.EMAIL), (r"phone|tel$|mobile", Format.PHONE), (r"url|website|link", Format.URL))
    found = next((one for pattern, one in kinds if re.search(pattern, kind)), Format.WORDS)
    return Text(long=bool(re.search(r"comment|area|editor|essay|long", kind)), format=found, **shared)


def _shown(raw: Raw, shared: dict[str, Any], setting: Setting) -> Question:
    """Text alone; a box to tick, where it must be read."""
    source_id, body = shared["source_id"], first_of(raw, "body", "html", "content")
    help = setting.spoken.texts(body, source_id, 5000) if body else shared["help"]
    said = {**shared, "help": help, "links": (*shared["links"], *setting.spoken.links(body, source_id))}
    if shared["required"]:
        return Consent(**said)
    return Statement(**{name: said[name] for name in _PLAIN})
