"""A saved walk speaks of questions, answers and end pages that there are. PURE."""

from collections.abc import Iterator

from voc.surveys.lint.rule import Finding, Rule
from voc.surveys.questionnaire import Questionnaire, Severity
from voc.surveys.saved_walks import MOST_WALKS
from voc.surveys.walk_tests import tried


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, saved in enumerate(questionnaire.walks):
        if saved.id in seen:
            dutch = f"`{saved.id}` komt twee keer voor onder de wandelingen. Geef er één een andere naam."
            yield Finding(f"walks[{number}].id", f"`{saved.id}` is used twice among the walks. Rename one.", dutch)
        seen.add(saved.id)
    if len(questionnaire.walks) > MOST_WALKS:
        dutch = f"Er zijn {len(questionnaire.walks)} bewaarde wandelingen; er passen er {MOST_WALKS}. Haal er een paar weg."
        yield Finding("walks", f"There are {len(questionnaire.walks)} saved walks; at most {MOST_WALKS} fit. Take some out.", dutch)
    for number, trial in enumerate(tried(questionnaire)):
        yield from (Finding(f"walks[{number}].{unfit.path}", f"Walk `{trial.walk.id}`: {unfit.message}") for unfit in trial.unfit)


_SOLVED = {"id": "solved", "kind": "yes_no", "text": {"en": "Solved?"}}

RULE = Rule(
    "WALK_UNFIT",
    Severity.ERROR,
    _find,
    good=({"questions": [_SOLVED], "walks": [{"id": "glad", "answers": {"solved": True}, "asked": ["solved"], "end_page": "thanks"}]},),
    bad=(
        {"questions": [_SOLVED], "walks": [{"id": "glad", "answers": {"solvd": True}}]},
        {"questions": [_SOLVED], "walks": [{"id": "glad", "answers": {"solved": "yes"}}]},
        {"questions": [_SOLVED], "walks": [{"id": "glad", "end_page": "sorry"}]},
        {"questions": [_SOLVED], "walks": [{"id": "glad"}, {"id": "glad"}]},
    ),
)
