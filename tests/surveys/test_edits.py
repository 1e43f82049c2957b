"""Small edits of a document: each does one thing, or says why not, and none of a set is done when one cannot be."""

from copy import deepcopy
from typing import Any

import pytest

from tests.surveys.sample import document
from voc.core.errors import Invalid
from voc.surveys.changed_places import changed_places
from voc.surveys.consequences import consequences
from voc.surveys.edits import Add, ChangeKind, Copy, Edit, Move, Put, Rename, edited, value_at
from voc.surveys.parse import parse

STORE = {"code": "store", "text": {"en": "The store", "nl": "De winkel"}}
SHORT = {"id": "hurry", "kind": "yes_no", "text": {"en": "In a hurry?", "nl": "Haast?"}}


def after(*edits: Edit) -> dict[str, Any]:
    before = document()
    kept = deepcopy(before)
    changed = edited(before, edits)
    assert before == kept
    return changed


@pytest.mark.parametrize(
    ("edit", "path", "value"),
    [
        (Put("questions/nps/text/en", "How likely?"), "questions/nps/text/en", "How likely?"),
        (Put("questions/why/help/en", "In a few words."), "questions/why/help", {"en": "In a few words."}),
        (Put("questions/why/help", None), "questions/why/help", None),
        (Put("pages/second/title/nl", "Zelf"), "pages/second/title/nl", "Zelf"),
        (Put("languages/1", "de"), "languages", ["en", "de"]),
        (Put("questions/cause/choices/wait", None), "questions/cause/choices", [document()["pages"][0]["questions"][1]["choices"][1]]),
        (Add("questions/cause/choices", STORE, before="answer"), "questions/cause/choices/1", STORE),
        (Add("pages/second/questions", SHORT), "questions/hurry", SHORT),
        (Move("questions/why", "pages/first/questions", before="nps"), "pages/first/questions/0/id", "why"),
        (Move("pages/second", before="first"), "pages/0/id", "second"),
        (Copy("questions/why", "why_more"), "pages/second/questions/1/id", "why_more"),
    ],
)
def test_an_edit_does_one_thing(edit: Edit, path: str, value: object) -> None:
    assert value_at(after(edit), path) == value


def test_a_renamed_question_is_renamed_wherever_it_is_spoken_of() -> None:
    found = document()
    found["pages"][1]["show_if"] = "answers.cause == 'cause' && has(answers.cause_other)"
    found["pages"][1]["questions"][0]["text"]["en"] = "Why {answers.cause|that}, and {answers.cause_other|so}?"
    found["pages"][1]["questions"].append(SHORT | {"id": "cause_two", "show_if": "answers.cause_two_more == 1"})
    changed = edited(found, (Rename("cause", "origin"), Rename("nps", "score")))
    assert changed["pages"][1]["show_if"] == "answers.origin == 'cause' && has(answers.origin_other)"
    assert changed["pages"][1]["questions"][0]["text"]["en"] == "Why {answers.origin|that}, and {answers.origin_other|so}?"
    assert changed["pages"][1]["questions"][1]["id"] == "cause_two"
    assert changed["pages"][1]["questions"][1]["show_if"] == "answers.cause_two_more == 1"
    assert [end.get("show_if") for end in changed["end_pages"]] == ["answers.score <= 6", None]
    changed["pages"][1]["questions"].pop()
    parse(changed)


def test_a_copied_page_has_questions_of_its_own_that_speak_of_each_other() -> None:
    found = document()
    found["pages"][0]["questions"][1]["show_if"] = "answers.nps <= 6"
    found["pages"][0]["questions"][1]["text"]["en"] = "You said {answers.nps|that}. Why?"
    found["pages"][1]["show_if"] = "answers.nps <= 6"
    changed = edited(found, (Copy("pages/first", "first_2"),))
    assert [page["id"] for page in changed["pages"]] == ["first", "first_2", "second"]
    copied = changed["pages"][1]["questions"]
    assert [one["id"] for one in copied] == ["nps_2", "cause_2"]
    assert (copied[1]["show_if"], copied[1]["text"]["en"]) == ("answers.nps_2 <= 6", "You said {answers.nps_2|that}. Why?")
    assert (changed["pages"][0], changed["pages"][2]) == (found["pages"][0], found["pages"][1])
    assert [end.get("show_if") for end in changed["end_pages"]] == [end.get("show_if") for end in found["end_pages"]]
    parse(changed)


def test_a_changed_kind_keeps_what_it_can_hold_wherever_it_stands() -> None:
    found = document()
    before = found["pages"][0]["questions"][1]
    changed = edited(found, (ChangeKind("cause", "ranking"),))
    assert changed["pages"][0]["questions"][1] == before | {"kind": "ranking"}
    assert {key: value for key, value in changed.items() if key != "pages"} == {
        key: value for key, value in found.items() if key != "pages"
    }


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (Put("questions/gone/text/en", "x"), "NOT_THERE"),
        (Put("questions/nps/id", "score"), "WRONG_PLACE"),
        (Put("questions", "x"), "WRONG_PLACE"),
        (Put("name/en/deep/deeper", "x"), "WRONG_PLACE"),
        (Put("pages/9", None), "NOT_THERE"),
        (Put("pages/²", None), "NOT_THERE"),
        (Put(f"pages/{'9' * 5000}", None), "NOT_THERE"),
        (Add("questions/cause/choices", STORE | {"code": "wait"}), "USED_TWICE"),
        (Add("questions/cause/choices", STORE, before="gone"), "NOT_THERE"),
        (Add("name", STORE), "WRONG_PLACE"),
        (Move("name/en"), "WRONG_PLACE"),
        (Copy("name", "x"), "WRONG_PLACE"),
        (Copy("questions/why", "why"), "USED_TWICE"),
        (ChangeKind("gone", "text"), "NOT_THERE"),
        (ChangeKind("why", "poem"), "WRONG_VALUE"),
        (Rename("gone", "x"), "NOT_THERE"),
        (Rename("why", "nps"), "USED_TWICE"),
        (Rename("why", "Why not"), "WRONG_VALUE"),
        (Rename("why", "in"), "WRONG_VALUE"),
    ],
)
def test_an_edit_that_cannot_be_done_is_named_and_nothing_is(edit: Edit, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        after(Put("questions/nps/text/en", "How likely?"), edit)
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("operations[1]", code)]


def test_a_name_with_a_slash_is_written_with_a_tilde() -> None:
    changed = edited(
        after(Add("questions/cause/choices", {"code": "a/b", "text": {"en": "x"}})), (Put("questions/cause/choices/a~1b/text/en", "y"),)
    )
    assert value_at(changed, "questions/cause/choices/2/text/en") == "y"


def test_what_is_no_list_yet_keeps_nobody_from_editing_the_rest() -> None:
    half: dict[str, Any] = {"pages": [*document()["pages"], {"id": "third", "questions": 5}]}
    half["pages"][0]["questions"][1]["choices"] = 7
    half |= {"scores": [{"id": "effort", "questions": 1.5}]}
    half["pages"][1]["loop"] = ["cause"]
    edits = (ChangeKind("nps", "csat"),)
    assert [one.is_stored for one in consequences(half, edits, parse(document())).lost] == []
    assert changed_places(half, edited(half, edits)) == ("questions/nps",)
    with pytest.raises(Invalid):
        edited(half, (Rename("gone", "x"),))
    changed = edited(half, (Rename("why", "reason"), Copy("pages/second", "again")))
    assert [one["id"] for one in changed["pages"][2]["questions"]][:1] == ["reason_2"]
    assert (changed["scores"], changed["pages"][2]["loop"]) == (half["scores"], ["cause"])


def test_no_edits_at_all_are_refused() -> None:
    with pytest.raises(Invalid):
        edited(document(), ())
