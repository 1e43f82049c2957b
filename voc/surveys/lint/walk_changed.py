"""Every saved walk still goes as it is written. PURE."""

from collections.abc import Iterator

from voc.surveys.lint.rule import Finding, Rule
from voc.surveys.questionnaire import Questionnaire, Severity
from voc.surveys.walk_tests import tried


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    for number, trial in enumerate(tried(questionnaire)):
        for left in trial.left:
            yield Finding(f"walks[{number}].{left.path}", f"Walk `{trial.walk.id}` goes another way. {left.message}")


_SOLVED = {"id": "solved", "kind": "yes_no", "text": {"en": "Solved?"}}
_WHY = {"id": "why", "kind": "text", "text": {"en": "What is missing?"}, "show_if": "answers.solved == false"}


def _with(**walk: object) -> dict[str, object]:
    return {"questions": [_SOLVED, _WHY], "walks": [{"id": "glad", "answers": {"solved": True}, **walk}]}


RULE = Rule(
    "WALK_CHANGED",
    Severity.ERROR,
    _find,
    good=(_with(asked=["solved"], must_not_ask=["why"], end_page="thanks"),),
    bad=(_with(asked=["solved", "why"]), _with(must_ask=["why"]), _with(must_not_ask=["solved"])),
)
