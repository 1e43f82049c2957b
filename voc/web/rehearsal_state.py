"""What a rehearsal carries from press to press: the draft, the answers so far, and as whom they are given."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from voc.core import settings
from voc.responses.answers import Checked, check
from voc.surveys.check import check as judge
from voc.surveys.course import course_of
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Asked
from voc.surveys.walk_tests import fits
from voc.web.console import Desk
from voc.web.visit import spoken_language

LONGEST = 200_000
LONGEST_FACT = 200
MOST_SEED = 2_147_483_647
SOMEBODY = ("channel", "touchpoint", "team", "queue", "segment")


@dataclass(frozen=True)
class State:
    """One rehearsal: `known` are the answers so far, `somebody` the facts of whom it is answered as."""

    survey: Mapping[str, Any]
    questionnaire: Questionnaire
    language: str
    seed: int
    known: Mapping[str, object]
    somebody: Mapping[str, str]

    def checked(self, answers: Mapping[str, object], asked: Collection[str] = ()) -> Checked:
        """What these answers are worth on the way they make."""
        return check(self.questionnaire, answers, self.language, asked=asked, seed=self.seed, country=settings.current().default_country)

    @cached_property
    def asked(self) -> frozenset[str]:
        """The ids of what is really asked, statements left out."""
        return frozenset(one.id for one in course_of(self.questionnaire).questions.values() if isinstance(one, Asked))

    @property
    def carried(self) -> str:
        """The answers as the form carries them."""
        return orjson.dumps(dict(self.known)).decode()

    def as_input(self) -> list[dict[str, Any]]:
        """The answers as the API takes them."""
        return [{"question": name, "value": _value(value)} for name, value in self.known.items()]

    def somebody_input(self) -> dict[str, Any]:
        """The facts as the API takes them."""
        found: dict[str, Any] = {name: self.somebody[name] for name in SOMEBODY if self.somebody.get(name)}
        try:
            return found | ({"value": float(self.somebody["value"].replace(",", "."))} if self.somebody.get("value") else {})
        except ValueError:
            return found


def state_of(desk: Desk, survey: Mapping[str, Any]) -> State | None:
    """The rehearsal that a form carries, or a fresh one as the address wishes; None while the draft describes nothing."""
    questionnaire = judge(survey["draft"]).questionnaire
    if questionnaire is None:
        return None
    form, asked = desk.form, desk.request.query_params
    saved = next((one for one in questionnaire.walks if one.id == asked.get("walk")), None)
    language = form.one("_language") or asked.get("language") or (saved.language if saved else "") or desk.me["language"]
    seed = form.one("_seed") or asked.get("seed", "") or (str(saved.seed) if saved else "")
    known = _carried(form.one("_answers")) if not saved else {}
    if saved:
        course = course_of(questionnaire)
        known = {name: value for name, value in saved.answers.items() if name in course.owners and fits(course, name, value)}
    return State(
        survey=survey,
        questionnaire=questionnaire,
        language=spoken_language(questionnaire, language),
        seed=min(int(seed), MOST_SEED) if seed.isdecimal() and len(seed) < 12 else 0,
        known=known,
        somebody={name: form.one(f"_{name}").strip()[:LONGEST_FACT] for name in (*SOMEBODY, "value")},
    )


def _value(value: object) -> dict[str, object]:
    if isinstance(value, bool):
        return {"yesNo": value}
    if isinstance(value, int | float):
        return {"number": value}
    return {"choices": list(value)} if isinstance(value, list | tuple) else {"text": value}


def _carried(text: str) -> dict[str, object]:
    """What the form carried; nothing where somebody wrote something else into it."""
    try:
        known = orjson.loads(text) if 0 < len(text) <= LONGEST else {}
    except orjson.JSONDecodeError:
        return {}
    return known if isinstance(known, dict) else {}
