"""Saved walks tried as tests: whether each still goes as it is written, and where it leaves. PURE."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from math import isclose

from voc.core.expressions import Kind
from voc.surveys.course import Course, course_of
from voc.surveys.fills import texts_of_codes
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Asked, Scale
from voc.surveys.saved_walks import MOST_WALKS, SavedWalk
from voc.surveys.walking import Walk, walk


@dataclass(frozen=True, slots=True)
class Left:
    """Where a walk goes another way, or something in it that fits nothing: the end of its path, and the sentence."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One saved walk, tried. `unfit` are its parts that fit nothing in the questionnaire; then it cannot be walked."""

    walk: SavedWalk
    unfit: tuple[Left, ...]
    left: tuple[Left, ...]

    @property
    def is_as_written(self) -> bool:
        """Whether it goes as it is written."""
        return not self.unfit and not self.left


def tried(questionnaire: Questionnaire) -> Iterator[Trial]:
    """Each saved walk with where it leaves; the questionnaire must be one that `parse` gave."""
    course = course_of(questionnaire)
    for saved in questionnaire.walks[:MOST_WALKS]:
        unfit = tuple(_unfit(course, saved))
        way = None if unfit else walk(questionnaire, saved.answers, seed=saved.seed)
        yield Trial(saved, unfit, tuple(_left(saved, way)) if way else ())


def asked_in(way: Walk) -> list[str]:
    """The ids of the questions that are asked on a way, in order."""
    return [question.id for step in way.steps for question in step.questions if isinstance(question, Asked)]


def fits(course: Course, name: str, value: object) -> bool:
    """Whether a value can be the answer of this name: its kind, and one of the codes or points where there are such."""
    question, kind = course.owners[name], course.kinds[name]
    if isinstance(question, Scale) and name == question.id:
        return type(value) is int and value in question.points
    codes = texts_of_codes(question, name, "")
    if kind is Kind.TEXTS:
        return isinstance(value, list) and bool(value) and (not codes or set(value) <= set(codes))
    if kind is Kind.YES_NO:
        return isinstance(value, bool)
    if kind is Kind.NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str) and (not codes or value in codes)


def _unfit(course: Course, saved: SavedWalk) -> Iterator[Left]:
    for name, value in saved.answers.items():
        if name not in course.owners:
            yield Left(f"answers.{name}", f"There is no question `{name}` to answer.{_near(name, course.owners)}")
        elif not fits(course, name, value):
            yield Left(f"answers.{name}", f"{_shown(value)} is no answer to `{name}`.{_possible(course, name)}")
    asked = {question.id for question in course.questions.values() if isinstance(question, Asked)}
    for field in ("asked", "must_ask", "must_not_ask"):
        for number, name in enumerate(getattr(saved, field)):
            if name not in asked:
                yield Left(f"{field}[{number}]", f"There is no question `{name}` to ask.{_near(name, asked)}")
    ends = [end.id for end in course.questionnaire.end_pages]
    if saved.end_page and saved.end_page not in ends:
        yield Left("end_page", f"There is no end page `{saved.end_page}`. There are {', '.join(ends)}.")
    scores = {score.id for score in course.questionnaire.scores}
    for name in saved.scores:
        if name not in scores:
            yield Left(f"scores.{name}", f"There is no score `{name}`.{_near(name, scores)}")
    if saved.language and saved.language not in course.questionnaire.languages:
        yield Left("language", f"`{saved.language}` is not among the languages of this document.")


def _left(saved: SavedWalk, way: Walk) -> Iterator[Left]:
    met = asked_in(way)
    departure = _departure(saved, way, met)
    if departure:
        yield departure
    elif saved.end_page and way.end_page.id != saved.end_page:
        after = f"After `{met[-1]}` it" if met else "It"
        yield Left("end_page", f"{after} now ends on `{way.end_page.id}` instead of `{saved.end_page}`.")
    for number, name in enumerate(saved.must_ask):
        if name not in met:
            yield Left(f"must_ask[{number}]", f"It no longer asks `{name}`.")
    for number, name in enumerate(saved.must_not_ask):
        if name in met:
            yield Left(f"must_not_ask[{number}]", f"It now asks `{name}`, which it must not.")
    for name, wanted in saved.scores.items():
        reached = way.scores.get(name)
        if reached is None:
            yield Left(f"scores.{name}", f"`{name}` has no value now; it must come to {wanted:g}.")
        elif not isclose(reached, wanted, abs_tol=0.005):
            yield Left(f"scores.{name}", f"`{name}` now comes to {reached:g} instead of {wanted:g}.")


def _departure(saved: SavedWalk, way: Walk, met: list[str]) -> Left | None:
    """The first question at which the walk goes another way."""
    wanted = list(saved.asked)
    if not wanted or met == wanted:
        return None
    at = next((n for n, (one, other) in enumerate(zip(met, wanted, strict=False)) if one != other), min(len(met), len(wanted)))
    begins = f"After `{met[at - 1]}` it now" if at else "It now"
    now = f"asks `{met[at]}` {'' if at else 'first '}" if at < len(met) else f"ends on `{way.end_page.id}` "
    before = f"asking `{wanted[at]}`" if at < len(wanted) else f"ending on `{saved.end_page or way.end_page.id}`"
    return Left(f"asked[{at}]" if at < len(wanted) else "asked", f"{begins} {now}instead of {before}.")


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1)
    return f" Perhaps `{near[0]}` is meant." if near else " Take it out of the walk."


def _possible(course: Course, name: str) -> str:
    question, kind = course.owners[name], course.kinds[name]
    if isinstance(question, Scale) and name == question.id:
        return " It takes a whole number from {} to {}.".format(*question.ends)
    codes = list(texts_of_codes(question, name, ""))
    listed = f"{', '.join(codes[:12])}{', …' if len(codes) > 12 else ''}"
    if kind is Kind.TEXTS:
        return f" It takes a list of codes: {listed}." if codes else " It takes a list."
    if codes:
        return f" It takes one of {listed}."
    return {Kind.YES_NO: " It takes true or false.", Kind.NUMBER: " It takes a number."}.get(kind, " It takes a text.")


def _shown(value: object) -> str:
    said = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{said[:80]}`"
