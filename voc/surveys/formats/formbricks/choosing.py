"""Choices, pictures, rankings and tables of Formbricks. PURE."""

from voc.surveys.formats.formbricks.setting import Setting, Shared
from voc.surveys.formats.naming import codes
from voc.surveys.formats.values import Raw, flag_in, items_in, maps_in, number_in, text_in, whole_in
from voc.surveys.questions import Choice, Look, Matrix, MultipleChoice, Order, Question, Ranking, Row, SingleChoice, Text
from voc.surveys.texts import Texts


def choices_of(raw: Raw, shared: Shared, setting: Setting) -> tuple[Choice, ...]:
    """The choices; the one for something else and the last one keep their place."""
    items = items_of(raw.get("choices"))
    random = text_in(raw.get("shuffleOption"))
    found = []
    for number, ((wanted, label, item), kept) in enumerate(zip(items, codes(code for code, _, _ in items), strict=True), 1):
        image = setting.spoken.links(f'<img src="{text_in(item.get("imageUrl"))}">', shared["source_id"]) if item.get("imageUrl") else ()
        is_last = number == len(items)
        found.append(
            Choice(
                code=kept,
                text=setting.spoken.texts(label, shared["source_id"], 5000, otherwise="" if image else wanted),
                own_words=wanted == "other",
                exclusive=wanted == "none",
                fixed=wanted in ("other", "none") or (random == "exceptLast" and is_last),
                image=image[0].url if image else "",
            )
        )
    return tuple(found)


def items_of(value: object) -> list[tuple[str, object, Raw]]:
    """Choices, rows or columns as code, label and the rest; old files have labels alone."""
    found: list[tuple[str, object, Raw]] = []
    for one in items_in(value):
        if isinstance(one, dict) and ("id" in one or "label" in one):
            label = one.get("label")
            found.append((text_in(one.get("id")) or _said(label), label, one))
        elif said := _said(one):
            found.append((said, one, {}))
    return found


def _said(label: object) -> str:
    if isinstance(label, dict):
        return text_in(label.get("default")) or next((text_in(one) for one in label.values() if text_in(one)), "")
    return text_in(label)


def single(raw: Raw, shared: Shared, setting: Setting) -> Question:
    """One of several."""
    choices = choices_of(raw, shared, setting)
    if not choices:
        return without_choices(shared, setting)
    return SingleChoice(choices=choices, look=_look(raw), order=_order(raw), **shared)


def several(raw: Raw, shared: Shared, setting: Setting) -> Question:
    """Any number of several."""
    choices = choices_of(raw, shared, setting)
    if not choices:
        return without_choices(shared, setting)
    rules = rules_of(raw)
    least, most = (whole_in(rules.get(name), 1, len(choices)) for name in ("minSelections", "maxSelections"))
    most = most if not least or not most or most >= least else None
    return MultipleChoice(choices=choices, look=_look(raw), order=_order(raw), at_least=least, at_most=most, **shared)


def pictures(raw: Raw, shared: Shared, setting: Setting) -> Question:
    """Pictures to choose from."""
    return (several if flag_in(raw.get("allowMulti")) or flag_in(raw.get("allowMultiple")) else single)(raw, shared, setting)


def ranking(raw: Raw, shared: Shared, setting: Setting) -> Question:
    """Several put in order."""
    choices = choices_of(raw, shared, setting)
    return Ranking(choices=choices, order=_order(raw), **shared) if choices else without_choices(shared, setting)


def without_choices(shared: Shared, setting: Setting) -> Question:
    """Own words, where the file has no answers to choose from; reported."""
    why = "The answers are not in the file, so it is asked in own words. Make it a choice and add them."
    setting.notes.simplified(shared["source_id"], "CHOICES_NOT_IN_FILE", "no choices", why)
    return Text(long=False, **shared)


def _order(raw: Raw) -> Order:
    return Order.RANDOM if text_in(raw.get("shuffleOption")) in ("all", "exceptLast") else Order.AS_WRITTEN


def matrix(raw: Raw, shared: Shared, setting: Setting) -> Question:
    """A table with one column a row."""
    rows, columns = (items_of(raw.get(name)) for name in ("rows", "columns"))
    source_id = shared["source_id"]
    if not rows or not columns:
        return without_choices(shared, setting)
    said = [setting.spoken.texts(label, source_id, 5000, otherwise=code) for code, label, _ in (*rows, *columns)]
    kept = [*codes(code for code, _, _ in rows), *codes(code for code, _, _ in columns)]
    return Matrix(
        rows=tuple(Row(code=code, text=text) for code, text in zip(kept[: len(rows)], said[: len(rows)], strict=True)),
        columns=tuple(Choice(code=code, text=text) for code, text in zip(kept[len(rows) :], said[len(rows) :], strict=True)),
        order=_order(raw),
        **shared,
    )


def rules_of(raw: Raw) -> dict[str, float]:
    """The limits in the rules of an element, by the name of the rule."""
    rules = raw.get("validation")
    found = {}
    for rule in maps_in(rules.get("rules") if isinstance(rules, dict) else None):
        parameters = rule.get("params")
        values = list(parameters.values()) if isinstance(parameters, dict) else [rule.get("value")]
        number = number_in(values[0]) if values else None
        if number is not None:
            found[text_in(rule.get("type"))] = number
    return found


def words_of(texts: Texts) -> set[str]:
    """A text in all its languages, for finding a choice by what it says."""
    return {text.strip() for text in texts.values()}


def _look(raw: Raw) -> Look:
    if text_in(raw.get("displayType")) == "dropdown":
        return Look.DROP_DOWN
    return Look.PICTURES if raw.get("type") == "pictureSelection" else Look.BUTTONS
