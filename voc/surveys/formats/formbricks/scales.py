"""Scales of Formbricks: NPS, CSAT and CES say themselves what they measure. PURE."""

from voc.surveys.formats.formbricks.setting import Setting, Shared
from voc.surveys.formats.values import Raw, text_in, whole_in
from voc.surveys.questions import Ces, Csat, Nps, Question, Rating, ScaleLook

_LOOKS = {"star": ScaleLook.STARS, "smiley": ScaleLook.FACES}


def _ends(raw: Raw, shared: Shared, setting: Setting) -> Shared:
    said = {
        name: setting.spoken.texts(raw.get(key), shared["source_id"], 300) for name, key in (("low", "lowerLabel"), ("high", "upperLabel"))
    }
    return {**shared, **{name: text for name, text in said.items() if text}}


def nps(raw: Raw, shared: Shared, setting: Setting) -> Question:
    """How likely to recommend."""
    return Nps(**_ends(raw, shared, setting))


def rating(raw: Raw, shared: Shared, setting: Setting) -> Question:
    """A scale that is no metric."""
    highest = whole_in(raw.get("range"), 2, 100) or 5
    return Rating(highest=highest, look=_LOOKS.get(text_in(raw.get("scale")), ScaleLook.NUMBERS), **_ends(raw, shared, setting))


def csat(raw: Raw, shared: Shared, setting: Setting) -> Question:
    """How satisfied."""
    highest = whole_in(raw.get("range"), 2, 10) or 5
    boxes = 2 if highest >= 4 else 1
    return Csat(highest=highest, top_boxes=boxes, bottom_boxes=boxes, **_ends(raw, shared, setting))


def ces(raw: Raw, shared: Shared, setting: Setting) -> Question:
    """How easy it was; a rating, where the scale is not 1 to 7."""
    if (whole_in(raw.get("range"), 2, 100) or 7) == 7:
        return Ces(**_ends(raw, shared, setting))
    why = "A CES is asked from 1 to 7 here. On another scale it is a rating, without a score."
    setting.notes.changed(shared["source_id"], "CES_IS_RATING", f"ces from 1 to {raw.get('range')}", why)
    return rating(raw, shared, setting)
