"""Multiple choice, rank order and drill down. PURE."""

from typing import Any

from voc.surveys.formats.qsf.asking import Asking
from voc.surveys.formats.qsf.loose import groups, word
from voc.surveys.formats.qsf.options import Built, Option, choices_of, codes_of, fixed_ids, options_of, points_of
from voc.surveys.questions import Look, MultipleChoice, NotAsked, Nps, Ranking, SingleChoice

_SEVERAL = {"MAVR", "MAHR", "MACOL", "MSB", "MATX"}
_DROP_DOWN = {"DL", "SB", "MSB"}


def multiple_choice(asking: Asking) -> Built:
    """One or several of the choices, or the 0 to 10 of an NPS."""
    options = _options(asking)
    if asking.selector == "NPS" and [one.code for one in options] in ([str(point) for point in range(11)], []):
        return Built(Nps(**asking.asked(), **_ends(asking)), codes_of(options) or {str(point): str(point) for point in range(11)})
    if not options:
        why = "It has no choices of its own. Add the question by hand."
        asking.dropped("NO_CHOICES", asking.type, why)
        return Built(NotAsked(**asking.shared(), was=asking.type))
    if asking.selector in _SEVERAL:
        return Built(MultipleChoice(**_choosing(asking, options), **_room(asking, len(options))), codes_of(options))
    return Built(SingleChoice(**_choosing(asking, options)), codes_of(options))


def rank_order(asking: Asking) -> Built:
    """Everything put in order."""
    options = _options(asking)
    if not options:
        asking.dropped("NO_CHOICES", asking.type, "It has nothing to put in order. Add the question by hand.")
        return Built(NotAsked(**asking.shared(), was=asking.type))
    fields = {**_choosing(asking, options)}
    fields.pop("look")
    return Built(Ranking(**fields, **_room(asking, len(options))), codes_of(options))


def drill_down(asking: Asking) -> Built:
    """A choice in several steps becomes one list to choose from."""
    options = options_of(asking.payload, "Answers", "AnswerOrder", "RecodeValues", asking.reader, asking.source_id) or _options(asking)
    if not options:
        asking.dropped("NO_CHOICES", asking.type, "It has no choices of its own. Add the question by hand.")
        return Built(NotAsked(**asking.shared(), was=asking.type))
    asking.simplified("DRILL_DOWN", asking.type, "Its lists that depend on each other became one list with all of their entries.")
    return Built(SingleChoice(**{**_choosing(asking, options), "look": Look.DROP_DOWN}), codes_of(options))


def _options(asking: Asking) -> tuple[Option, ...]:
    return options_of(asking.payload, "Choices", "ChoiceOrder", "RecodeValues", asking.reader, asking.source_id)


def _choosing(asking: Asking, options: tuple[Option, ...]) -> dict[str, Any]:
    points = points_of(asking.payload)
    if len(points) > 1:
        asking.simplified("POINTS_OF_SEVERAL_SCORES", ", ".join(points), "A choice has points once; those of the first score were kept.")
    first = next(iter(points.values()), {})
    fixed = fixed_ids(asking.payload) if asking.order == "random" else frozenset()
    return {
        **asking.asked(),
        "choices": choices_of(options, asking.reader, asking.source_id, first, fixed),
        "order": asking.order,
        "look": Look.DROP_DOWN if asking.selector in _DROP_DOWN else Look.BUTTONS,
    }


def _room(asking: Asking, choices: int) -> dict[str, Any]:
    """How many may be chosen, within what there is."""
    if word(asking.settings.get("Type")) not in {"MinChoices", "MaxChoices", "ChoiceRange", "MinMaxChoices", "NumChoices", "MinMaxAnswers"}:
        return {}
    found: dict[str, Any] = {}
    least, most = asking.setting("MinChoices", "MinAnswers"), asking.setting("MaxChoices", "MaxAnswers")
    exact = asking.setting("NumChoices")
    least, most = (exact, exact) if exact is not None and least is None and most is None else (least, most)
    if least is not None and 1 <= least <= choices:
        found["at_least"] = int(least)
    if most is not None and max(1.0, least or 1) <= most <= choices:
        found["at_most"] = int(most)
    return found


def _ends(asking: Asking) -> dict[str, Any]:
    labels = [asking.reader.several(asking.source_id, one.get("Display"), (), 300) for one in groups(asking.payload.get("ColumnLabels"))]
    if len(labels) < 2:
        labels = [asking.reader.several(asking.source_id, said, told, 300) for _, said, told in asking.labels()]
    return {"low": labels[0], "high": labels[-1]} if len(labels) > 1 else {}
