"""The map of a questionnaire: its questions in a row, and an arc from each answer to what depends on it. PURE."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voc.core.expression_words import names_read
from voc.surveys.course import course_of
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.rules.listing import Decides, rules_in

MOST_STOPS = 60
LINE = 28
LEFT, TOP = 16, 18


@dataclass(frozen=True, slots=True)
class Stop:
    """A question or an end page on the map."""

    name: str
    y: int
    is_end: bool
    is_conditional: bool


@dataclass(frozen=True, slots=True)
class Arc:
    """From an answer to what depends on it; `reach` is how far it bends."""

    start: int
    end: int
    reach: int


@dataclass(frozen=True, slots=True)
class Map:
    """What is drawn, with its size; `is_cut` where it is too long to be drawn whole."""

    stops: Sequence[Stop]
    arcs: Sequence[Arc]
    height: int
    bend: int
    is_cut: bool


def map_of(questionnaire: Questionnaire) -> Map:
    """The map; of a long questionnaire the first sixty stops."""
    course = course_of(questionnaire)
    first_on = {page.id: page.questions[0].id for page in questionnaire.pages if page.questions}
    names = [one.id for one in questionnaire.questions() if one.id] + [end.id for end in questionnaire.end_pages]
    rules = [one for one in rules_in(questionnaire) if one.decides not in (Decides.QUOTA, Decides.STOP)]
    conditional = {one.name for one in rules if one.decides is not Decides.PART}
    ends = {end.id for end in questionnaire.end_pages}
    listed = [(name, name in ends) for name in dict.fromkeys(names[:MOST_STOPS])]
    stops = [Stop(name, TOP + LINE * at, is_end, name in conditional) for at, (name, is_end) in enumerate(listed)]
    at = {stop.name: stop.y for stop in stops}
    arcs: dict[tuple[int, int], Arc] = {}
    owners = {name: question.id for name, question in course.owners.items()}
    for one in rules:
        target = at.get(first_on.get(one.name, "") if one.decides is Decides.PAGE else one.name)
        for source in _sources(one.condition, owners):
            if target is not None and source in at and at[source] != target:
                arcs[at[source], target] = Arc(at[source], target, min(150, 18 + abs(target - at[source]) // 3))
    bend = max((arc.reach for arc in arcs.values()), default=0)
    return Map(stops, list(arcs.values()), TOP + LINE * len(stops), bend, len(names) > MOST_STOPS)


def _sources(condition: str, owners: Mapping[str, str]) -> set[str]:
    return {owners[field] for _, field in names_read(condition, ("answers",)) if field in owners}
