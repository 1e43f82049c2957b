"""Saved walks: part of the document, tried as tests, refused with the place where they leave."""

from typing import Any

import pytest

from tests.surveys.sample import document
from voc.core.errors import Invalid
from voc.surveys.check import check
from voc.surveys.differences import difference
from voc.surveys.documents import as_yaml, questionnaire_in
from voc.surveys.edits import Rename, SaveWalk, edited
from voc.surveys.parse import parse
from voc.surveys.walk_tests import tried

UNHAPPY = {
    "id": "unhappy",
    "name": "Somebody who waited tells us",
    "language": "nl",
    "answers": {"nps": 3, "cause": "wait", "why": "Nobody came."},
    "asked": ["nps", "cause", "why"],
    "end_page": "let_down",
}


def with_walk(**changes: Any) -> dict[str, Any]:
    found = document()
    found["walks"] = [{**UNHAPPY, **changes}]
    return found


def told(**changes: Any) -> list[tuple[str, str, str]]:
    text = as_yaml(parse(with_walk(**changes)))
    return [(one.path, one.code, one.message) for one in check(text).errors]


def test_a_walk_that_goes_as_it_is_written_is_kept_in_the_document_and_says_nothing() -> None:
    questionnaire = parse(with_walk())
    assert questionnaire_in(as_yaml(questionnaire)) == questionnaire
    assert told() == []
    assert [trial.is_as_written for trial in tried(questionnaire)] == [True]


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        ({"asked": ["nps", "cause"]}, "asked", "After `cause` it now asks `why` instead of ending on `let_down`."),
        ({"asked": ["nps", "why"]}, "asked[1]", "After `nps` it now asks `cause` instead of asking `why`."),
        ({"asked": ["why"]}, "asked[0]", "It now asks `nps` first instead of asking `why`."),
        ({"end_page": "thanks"}, "end_page", "After `why` it now ends on `let_down` instead of `thanks`."),
        ({"asked": [], "must_not_ask": ["cause"]}, "must_not_ask[0]", "It now asks `cause`, which it must not."),
        ({"answers": {"nps": 10}, "asked": [], "end_page": "", "must_ask": ["cause"]}, "must_ask[0]", "It no longer asks `cause`."),
    ],
)
def test_a_walk_that_goes_another_way_says_where_it_left(changes: dict[str, Any], path: str, message: str) -> None:
    assert told(**changes) == [(f"walks[0].{path}", "WALK_CHANGED", f"Walk `unhappy` goes another way. {message}")]


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        ({"answers": {"npps": 3}}, "answers.npps", "There is no question `npps` to answer. Perhaps `nps` is meant."),
        ({"answers": {"nps": 11}}, "answers.nps", "`11` is no answer to `nps`. It takes a whole number from 0 to 10."),
        ({"answers": {"cause": "rain"}}, "answers.cause", "`rain` is no answer to `cause`. It takes one of wait, answer, other."),
        ({"must_ask": ["zzz"]}, "must_ask[0]", "There is no question `zzz` to ask. Take it out of the walk."),
        ({"end_page": "gone"}, "end_page", "There is no end page `gone`. There are let_down, thanks."),
        ({"scores": {"effort": 2}}, "scores.effort", "There is no score `effort`. Take it out of the walk."),
        ({"language": "de"}, "language", "`de` is not among the languages of this document."),
    ],
)
def test_a_walk_that_fits_nothing_says_what(changes: dict[str, Any], path: str, message: str) -> None:
    assert told(**changes) == [(f"walks[0].{path}", "WALK_UNFIT", f"Walk `unhappy`: {message}")]


def test_a_renamed_question_is_renamed_in_walks() -> None:
    changed = edited(with_walk(answers={"nps": 3, "cause": "other", "cause_other": "Rain"}), (Rename("cause", "origin"),))
    assert changed["walks"][0]["answers"] == {"nps": 3, "origin": "other", "origin_other": "Rain"}
    assert changed["walks"][0]["asked"] == ["nps", "origin", "why"]


def test_a_kept_walk_takes_the_place_of_the_one_with_its_id_and_needs_a_name() -> None:
    other = {**UNHAPPY, "asked": ["nps"]}
    assert edited(document(), (SaveWalk(UNHAPPY),))["walks"] == [UNHAPPY]
    assert edited(with_walk(), (SaveWalk(other), SaveWalk({**other, "id": "second"})))["walks"] == [other, {**other, "id": "second"}]
    with pytest.raises(Invalid, match="cannot name a walk"):
        edited(document(), (SaveWalk({**UNHAPPY, "id": "Not a name"}),))


def test_walks_that_came_or_went_are_named_among_the_differences() -> None:
    without, within = parse(document()), parse(with_walk())
    assert [(one.code, one.name) for one in difference(without, within).changes] == [("WALK_ADDED", "unhappy")]
    assert [(one.code, one.name) for one in difference(within, without).changes] == [("WALK_REMOVED", "unhappy")]
    other = parse(with_walk(end_page="thanks"))
    assert [(one.code, one.name, one.path) for one in difference(within, other).changes] == [("WALK_CHANGED", "unhappy", "walks[0]")]
