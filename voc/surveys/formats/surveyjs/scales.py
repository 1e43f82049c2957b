"""Scales of numbers and sliders. PURE."""

from itertools import pairwise
from typing import Any

from voc.surveys.formats.filled_in import in_languages
from voc.surveys.formats.surveyjs.items import Item, choices_of, items_of
from voc.surveys.formats.surveyjs.setting import Setting
from voc.surveys.formats.surveyjs.words import FROM, UP_TO
from voc.surveys.formats.values import Raw, first_of, number_in, text_in, whole_in
from voc.surveys.questions import Choice, Nps, Point, Question, Rating, Row, ScaleLook, SingleChoice, Slider
from voc.surveys.texts import Texts

MOST_POINTS = 101


def rating(raw: Raw, shared: dict[str, Any], setting: Setting) -> Question:
    """Numbers in a row; 0 to 10 is an NPS; what has codes of its own is a single choice."""
    source_id = shared["source_id"]
    ends: dict[str, Any] = {
        "low": setting.spoken.texts(first_of(raw, "minRateDescription", "mininumRateDescription"), source_id, 300),
        "high": setting.spoken.texts(first_of(raw, "maxRateDescription", "maximumRateDescription"), source_id, 300),
    }
    items = list(items_of(raw.get("rateValues")))
    numbers = _numbers(raw, items)
    if numbers is None:
        return _as_choice(raw, items, ends, shared, setting)
    lowest, highest = numbers
    labels = tuple(
        Point(value=int(item.code), text=setting.spoken.texts(item.text, source_id, 300, otherwise=item.code))
        for item in items
        if text_in(item.text) != item.code
    )
    if (lowest, highest) == (0, 10) and not labels:
        why = "A scale from 0 to 10 counts as an NPS. Make it a rating if it does not ask whether people recommend you."
        setting.notes.changed(source_id, "SCALE_IS_NPS", "rating 0 to 10", why)
        return Nps(**ends, **shared)
    kind = text_in(first_of(raw, "rateType", "rateDisplayMode")).lower()
    look = ScaleLook.STARS if kind.startswith("star") else ScaleLook.FACES if kind.startswith("smile") else ScaleLook.NUMBERS
    return Rating(lowest=lowest, highest=highest, look=look, labels=labels, **ends, **shared)


def slider(raw: Raw, shared: dict[str, Any], setting: Setting) -> Slider:
    """A number between two ends; two numbers, where a range was asked for."""
    source_id = shared["source_id"]
    lowest = number_in(first_of(raw, "min", "rangeMin"))
    highest = number_in(first_of(raw, "max", "rangeMax"))
    lowest, highest = 0 if lowest is None else lowest, 100 if highest is None else highest
    if highest <= lowest:
        lowest, highest = (highest, lowest) if highest < lowest else (lowest, lowest + 100)
    step = number_in(raw.get("step")) or 1
    rows: tuple[Row, ...] = ()
    if text_in(raw.get("sliderType")) == "range":
        why = "One slider for both ends of a range is two sliders here."
        setting.notes.simplified(source_id, "RANGE_IS_TWO_SLIDERS", "sliderType: range", why)
        rows = tuple(
            Row(code=code, text=in_languages(words, setting.spoken.languages)) for code, words in (("from", FROM), ("up_to", UP_TO))
        )
    low, high, labels = _labels(raw, lowest, highest, source_id, setting)
    return Slider(
        lowest=lowest,
        highest=highest,
        step=step if 0.000001 <= step <= highest - lowest else 1,
        rows=rows,
        low=low,
        high=high,
        labels=labels,
        **shared,
    )


def _labels(raw: Raw, lowest: float, highest: float, source_id: str, setting: Setting) -> tuple[Texts, Texts, tuple[Texts, ...]]:
    items = list(items_of(first_of(raw, "valueLabels", "customLabels", "pipsLabels")))
    said = [(number_in(item.code), setting.spoken.texts(_own(item), source_id, 300)) for item in items]
    said = [(at, text) for at, text in said if text and at is not None]
    inside = [(at, text) for at, text in said if at is not None and lowest < at < highest]
    if inside:
        apart = {round(after - before, 6) for (before, _), (after, _) in pairwise(said) if before is not None and after is not None}
        if len(apart) == 1 and said[0][0] == lowest and said[-1][0] == highest:
            return Texts(), Texts(), tuple(text for _, text in said)
        why = "Words along the scale stand evenly spread here, so only those at the ends came along."
        setting.notes.simplified(source_id, "SCALE_LABELS_DROPPED", ", ".join(text.say("") for _, text in inside), why)
    ends = dict(said)
    return ends.get(lowest, Texts()), ends.get(highest, Texts()), ()


def _own(item: Item) -> object:
    return "" if item.text == item.code else item.text


def _numbers(raw: Raw, items: list[Item]) -> tuple[int, int] | None:
    """The lowest and highest of a scale of whole numbers without gaps."""
    if items:
        codes = [number_in(item.code) for item in items]
        whole = [int(code) for code in codes if code is not None and code.is_integer() and -100 <= code <= 100]
        is_row = len(whole) == len(items) > 1 and whole == list(range(whole[0], whole[0] + len(whole)))
        return (
            (whole[0], whole[-1]) if is_row and all(str(number) == item.code for number, item in zip(whole, items, strict=True)) else None
        )
    lowest = whole_in(first_of(raw, "rateMin"), -100, 99)
    lowest = 1 if lowest is None and raw.get("rateMin") is None else lowest
    count, step = whole_in(raw.get("rateCount"), 2, 100), number_in(raw.get("rateStep")) or 1
    highest = whole_in(raw.get("rateMax"), -99, 100)
    if highest is None and lowest is not None and raw.get("rateMax") is None:
        highest = lowest + count - 1 if count else max(5, lowest + 1)
    if lowest is None or highest is None or highest <= lowest or step != 1:
        return None
    return lowest, highest


def _as_choice(raw: Raw, items: list[Item], ends: dict[str, Any], shared: dict[str, Any], setting: Setting) -> Question:
    source_id = shared["source_id"]
    choices = choices_of(raw.get("rateValues"), source_id, setting) if items else _stepped(raw, setting)
    if not choices:
        why = "The scale could not be read; it goes from 1 to 5 here."
        setting.notes.changed(source_id, "SCALE_CHANGED", text_in(raw.get("rateMax")), why)
        return Rating(**ends, **shared)
    why = "A scale whose values are no whole numbers in a row is a single choice here; its codes stay as they were."
    setting.notes.changed(source_id, "SCALE_IS_CHOICE", ", ".join(choice.code for choice in choices), why)
    for name, text in ends.items():
        if text:
            setting.notes.dropped(source_id, "SCALE_LABELS_DROPPED", text.say(""), f"A single choice has no word at its {name} end.")
    return SingleChoice(choices=choices, **shared)


def _stepped(raw: Raw, setting: Setting) -> tuple[Choice, ...]:
    lowest, highest, step = (number_in(first_of(raw, key)) for key in ("rateMin", "rateMax", "rateStep"))
    lowest, highest, step = 1 if lowest is None else lowest, 5 if highest is None else highest, step or 1
    if step <= 0 or not 1 <= (highest - lowest) / step < MOST_POINTS:
        return ()
    codes = [text_in(round(lowest + number * step, 6)) for number in range(int((highest - lowest) / step + 1e-9) + 1)]
    return tuple(Choice(code=code, text=Texts({setting.spoken.base: code})) for code in codes)
