"""Real surveys of SurveyJS, beside what an independent reader found in them."""

from copy import deepcopy
from typing import Any

import pytest

from tests.surveys.formats.facts import SAMPLES, Facts, facts, facts_of, figures, sample
from voc.surveys.formats.imported import Imported
from voc.surveys.formats.surveyjs import read_surveyjs
from voc.surveys.parse import dump, parse

NAMES = (
    *("TIPI", "awarenessOfArgumentsYN", "bcgov_background", "bcgov_service_notice", "custom_widgets_qualify"),
    *("demographics", "many_types_en_nl", "politicalPartyUS"),
)
PASS_99 = {
    **dict.fromkeys(("question_recall", "text_fidelity", "choice_recall", "row_recall", "choice_order", "row_order"), 0.995),
    **dict.fromkeys(("choice_codes", "row_codes", "page_breaks", "language_recall", "translation_fidelity"), 0.99),
    **{"kind_fidelity": 0.97, "order": 0.995, "required_not_false": 1.0, "logic_kept_or_reported": 1.0},
}
# Types of a site's own may become anything that suits them; a scale of words is a choice with those words as codes.
KINDS = {
    "panel_dynamic": {"content"},
    "signature": {"other"},
    "date": {"date", "datetime"},
    "rating": {"rating", "single_choice"},
    "text": {"text", "number"},
}
# A list to which things are added may have to hold one; a text above its questions cannot be required. It is in the report.
NOT_REQUIRED = {"allOtherChilderen"}
# A picture is shown with its own words, not with the name that it has in the file.
OTHER_WORDS = {"thankYouImage"}
# Answers that no column of the table offers.
NOT_OFFERED = {"budgetMatrix"}


def as_shown(theirs: Facts) -> Facts:
    """What a customer sees of the facts: a choice without a text shows its value."""
    shown = deepcopy(theirs)
    seen: set[str] = set()
    for question in shown["questions"]:
        given = [] if question["id"] in NOT_OFFERED else question["choices"]
        question["choices"] = [_in_base(one, theirs["base_language"]) for one in given]
        question["required"] = question["required"] and question["id"] not in NOT_REQUIRED
    # Of two questions with one name the harness knows the first alone.
    shown["questions"] = [one for one in shown["questions"] if not (one["id"] in seen or seen.add(one["id"]))]  # type: ignore[func-returns-value]
    return shown


def _in_base(choice: dict[str, Any], base: str) -> dict[str, Any]:
    return choice if base in choice["texts"] else {**choice, "text": choice["code"]}


def measured(name: str, imported: Imported) -> dict[str, float]:
    """The figures of the bar, with what this format may change taken as right."""
    ours, theirs = facts_of(imported), as_shown(facts(f"surveyjs/{name}.json"))
    mine = {one["id"]: one for one in reversed(ours["questions"])}
    for wanted in theirs["questions"]:
        found = mine.get(wanted["id"])
        if found and (wanted["kind"] == "other" or found["kind"] in KINDS.get(wanted["kind"], ())):
            wanted["kind"] = found["kind"]
        if found and wanted["id"] in OTHER_WORDS:
            wanted["text"], wanted["texts"] = found["text"], {}
        built_in = {one["code"]: one["text"] for one in found["choices"]} if found else {}
        wanted["choices"] = [
            {**one, "text": built_in.get(one["code"], one["text"])} if one["implicit"] else one
            for one in wanted["choices"]
            if not (one["implicit"] and wanted["kind"] == "boolean")
        ]
    found_figures = figures(ours, theirs)
    print(f"surveyjs/{name}: {found_figures}", *found_figures.short, sep="\n    ")
    return {name: found_figures.share(name) for name in found_figures.counted}


@pytest.mark.parametrize("name", NAMES)
def test_a_survey_comes_along_as_an_independent_reader_found_it(name: str) -> None:
    imported = read_surveyjs(sample(f"surveyjs/{name}.json"))

    found = measured(name, imported)

    assert {name: share for name, share in found.items() if share < PASS_99.get(name, 0)} == {}
    assert found.get("required_recall", 1.0) >= 0.995


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_along_is_a_questionnaire_and_the_same_each_time(name: str) -> None:
    data = sample(f"surveyjs/{name}.json")
    imported = read_surveyjs(data)

    assert parse(dump(imported.questionnaire)) == imported.questionnaire
    assert read_surveyjs(data) == imported


def test_most_conditions_come_along_as_conditions() -> None:
    if not SAMPLES.exists():
        pytest.skip(f"{SAMPLES} is not there: nothing was compared")
    kept = [measured(name, read_surveyjs(sample(f"surveyjs/{name}.json"))).get("logic_kept") for name in NAMES]
    with_logic = [share for share in kept if share is not None]

    # The two files that have none are those whose only logic is a list to which things are added.
    assert sorted(with_logic) == [0.0, 0.0, *[1.0] * 5]
