"""A question that is called otherwise: who must say what became of it, and how its trend is found over the versions."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.surveys.sample import document
from voc.surveys.difference_words import change_in_words, effect_in_words
from voc.surveys.differences import TrendVerdict, difference
from voc.surveys.lineage import Edition, former_names, lineage, newest_name, onward
from voc.surveys.parse import parse
from voc.surveys.publication import asking
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.renames import Past, answer_names, likely_renames, lost_questions, settle

BEFORE = parse(document())


def after(edit: Callable[[dict[str, Any]], object]) -> Questionnaire:
    changed = document()
    edit(changed)
    return parse(changed)


def called(old: str, new: str) -> Questionnaire:
    """The sample with a question called otherwise, in its conditions too."""

    def edit(found: dict[str, Any]) -> None:
        for page in found["pages"]:
            for question in page["questions"]:
                question["id"] = new if question["id"] == old else question["id"]
                if "show_if" in question:
                    question["show_if"] = question["show_if"].replace(f"answers.{old}", f"answers.{new}")
        for page in found["end_pages"]:
            if "show_if" in page:
                page["show_if"] = page["show_if"].replace(f"answers.{old}", f"answers.{new}")

    return after(edit)


def other_text(found: dict[str, Any]) -> None:
    found["pages"][1]["questions"][0] = {"id": "wish", "kind": "text", "text": {"en": "Any wishes?", "nl": "Nog wensen?"}}


def test_a_lost_question_is_asked_about_only_while_one_of_its_kind_is_new() -> None:
    assert lost_questions(BEFORE, after(lambda found: found["pages"].pop(1))) == ()
    (lost,) = lost_questions(BEFORE, after(other_text))
    assert (lost.name, [one.id for one in lost.candidates], lost.likely) == ("why", ["wish"], "")
    (alike,) = lost_questions(BEFORE, called("why", "reason"))
    assert (alike.name, alike.likely, alike.known) == ("why", "reason", "")


def test_of_very_many_lost_questions_only_those_that_read_the_same_are_likely_and_the_refusal_stays_short() -> None:
    def many(prefix: str, last: str) -> Questionnaire:
        def edit(found: dict[str, Any]) -> None:
            asked = [f"Tell us what you think about matter number {number} of ours" for number in range(149)]
            found["pages"][1]["questions"] = [
                {"id": f"{prefix}{number}", "kind": "text", "text": {"en": text, "nl": text}} for number, text in enumerate([*asked, last])
            ]

        return after(edit)

    lost = lost_questions(many("old_", "Anything else to tell us"), many("new_", "Anything more to tell us"))
    assert [one.likely for one in lost] == [*(f"new_{number}" for number in range(149)), ""]
    assert len(asking(lost)) < 2000


def test_what_became_of_it_is_said_and_must_be_possible() -> None:
    lost = lost_questions(BEFORE, called("why", "reason"))
    assert settle(lost, {}).undecided == lost
    assert settle(lost, {"why": "reason"}).renamed == {"why": "reason"}
    taken_out = settle(lost, {}, ["why"])
    assert (taken_out.renamed, taken_out.undecided, taken_out.faults) == ({}, (), ())
    faults = settle(lost, {"nps": "reason", "why": "cause"}, ["why"]).faults
    assert [(fault.path, fault.code) for fault in faults] == [("renames[0].from", "NOT_LOST"), ("renames[1].from", "USED_TWICE")]
    assert settle(lost, {"why": "nps"}).faults[0].message == (
        "`why` cannot have become `nps`: it must be new and of the same kind. Choose reason."
    )


def test_an_id_that_had_answers_of_its_own_takes_over_no_others_but_a_former_name_comes_back_by_itself() -> None:
    back = called("why", "reason")
    assert lost_questions(BEFORE, back, Past(used=frozenset({"reason"}))) == ()
    lost = lost_questions(BEFORE, back, Past(frozenset({"reason"}), {"why": ("reason",)}))
    assert settle(lost, {}).renamed == {"why": "reason"}
    assert settle(lost, {}, ["why"]).renamed == {}


def test_a_renamed_metric_is_the_same_one_wherever_it_is_spoken_of() -> None:
    renamed = called("nps", "recommend")
    found = difference(BEFORE, renamed)
    assert [change.code for change in found.changes] == ["QUESTION_RENAMED"]
    (effect,) = found.effects
    assert (effect.question, effect.verdict) == ("recommend", TrendVerdict.GOES_ON)
    assert effect_in_words(effect, "en") == (
        "NPS of `recommend`: the trend goes on. `nps` is now called `recommend`: its earlier answers count with it."
    )
    apart = difference(BEFORE, renamed, {})
    assert [(one.question, one.verdict) for one in apart.effects] == [("recommend", TrendVerdict.BEGINS), ("nps", TrendVerdict.ENDS)]


def test_answers_of_a_question_go_along_with_it() -> None:
    renamed = called("cause", "reason")
    assert likely_renames(lost_questions(BEFORE, renamed)) == {"cause": "reason"}
    assert answer_names(BEFORE, renamed, {"cause": "reason"}) == {"cause": "reason", "cause_other": "reason_other"}


def test_a_turn_of_a_loop_that_is_called_otherwise_is_another_name_of_its_score() -> None:
    def looping(code: str) -> Questionnaire:
        def edit(found: dict[str, Any]) -> None:
            found["pages"][0]["loop_over"] = [{"code": "south", "text": {"en": "South", "nl": "Zuid"}}]
            found["pages"][0]["loop_over"].append({"code": code, "text": {"en": "North", "nl": "Noord"}})
            found["pages"][0]["questions"] = found["pages"][0]["questions"][:1]
            del found["end_pages"][0]["show_if"]
            found["end_pages"].pop(0)

        return after(edit)

    (lost,) = lost_questions(looping("north"), looping("upper"))
    assert (lost.name, lost.likely) == ("nps_north", "nps_upper")
    assert answer_names(looping("north"), looping("upper"), {"nps_north": "nps_upper"}) == {"nps_north": "nps_upper"}


def test_the_names_of_a_question_are_followed_over_versions_there_and_back() -> None:
    one, two, three, four = (UUID(int=number) for number in range(1, 5))
    versions = [Edition(one, 1, {}), Edition(two, 2, {"a": "b"}), Edition(three, 3, {}), Edition(four, 4, {"b": "c"})]
    assert lineage(versions, "c") == {"c": (four,), "b": (three, two), "a": (one,)}
    assert lineage(versions, "a") == {"a": (four, three, two)}, "from version 2 on `a` is a question of its own"
    assert (newest_name(versions, "a"), newest_name(versions, "b"), newest_name(versions, "x")) == ("c", "c", "x")
    assert onward(versions, 1, 4) == {"a": "c"}
    assert onward(versions, 4, 2) == {"c": "b"}
    assert former_names(versions, ["c", "x"]) == {"c": ("b", "a")}
    back = [*versions, Edition(UUID(int=5), 5, {"c": "a"})]
    assert lineage(back, "a") == {"a": (UUID(int=5), one), "c": (four,), "b": (three, two)}
    assert onward(back, 1, 5) == {}


def test_translations_that_came_are_one_line_for_each_language() -> None:
    def without_dutch(found: dict[str, Any]) -> None:
        found["fallback"] = ["en"]
        for question in found["pages"][0]["questions"]:
            del question["text"]["nl"]

    before = after(without_dutch)
    found = difference(before, after(lambda found: found.update(fallback=["en"])))
    assert [change_in_words(change, "en") for change in found.changes] == ["Texts in Dutch were added: 2."]
    assert [change_in_words(change, "nl") for change in found.changes] == ["Er kwamen teksten in het Nederlands bij: 2."]
    assert [effect.verdict for effect in found.effects] == [TrendVerdict.MAY_SHIFT]
    (gone,) = difference(after(lambda found: found.update(fallback=["en"])), before).changes
    assert change_in_words(gone, "en") == "Texts in Dutch were taken out: 2."
