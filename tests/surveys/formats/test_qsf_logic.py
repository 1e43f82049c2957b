"""Qualtrics survey files: what becomes of their conditions, orders, loops and pipes."""

from typing import Any

from tests.surveys.formats.qsf_files import asked, block, document, question, tree, written
from tests.surveys.formats.samples import item_of
from voc.surveys.flow import walk
from voc.surveys.formats.imported import Fate, Imported
from voc.surveys.formats.qsf import read_qsf
from voc.surveys.parse import dump, parse
from voc.surveys.questionnaire import NamedScore, Quota, Shuffle
from voc.surveys.questions import (
    Hidden,
    Look,
    Matrix,
    Order,
    SingleChoice,
    Source,
)
from voc.surveys.texts import Texts


def imported(*args: Any, **more: Any) -> Imported:
    """What comes of a document; it parses, as every import must."""
    found = read_qsf(written(document(*args, **more)))
    assert parse(dump(found.questionnaire)) == found.questionnaire
    return found


def ids(found: Imported) -> list[list[str]]:
    """The ids of the questions, page by page."""
    return [[each.id for each in page.questions] for page in found.questionnaire.pages]


def asked_with(found: Imported, **answers: object) -> list[str]:
    """The ids of the questions that these answers lead past."""
    return [each.id for step in walk(found.questionnaire, answers).steps for each in step.questions]


def codes(found: Imported) -> set[tuple[str, str]]:
    """The report as source ids and codes."""
    return {(item.source_id, item.code) for item in found.report}


def test_conditions_on_choices_words_numbers_and_fields_are_kept() -> None:
    fields = {"Type": "EmbeddedData", "FlowID": "FL_9", "EmbeddedData": [{"Field": "Plan", "Type": "Recipient"}]}
    several = question(2, "MC/MAVR/TX")
    typed = question(3, "TE/SL")
    cases = {
        4: tree(("q://QID1/SelectableChoice/1", "Selected")),
        5: tree(("q://QID2/SelectableChoice/2", "NotSelected")),
        6: tree(("q://QID3/ChoiceTextEntryValue", "GreaterThanOrEqual", "18")),
        7: tree(("Plan", "EqualTo", "gold"), ("q://QID1/SelectableChoice/2", "Selected"), joined_by="Or"),
        8: tree(("q://QID2/SelectedChoicesCount", "GreaterThan", "1")),
        9: tree(("q://QID3/ChoiceTextEntryValue", "Empty")),
    }
    questions = [question(1), several, typed, *(question(number, DisplayLogic=logic) for number, logic in cases.items())]

    found = imported(questions, [block(1, "QID1", "QID2", "QID3"), block(2, *(f"QID{number}" for number in cases))], [fields, *asked(1, 2)])

    assert asked_with(found)[3:] == ["q5", "q9"]
    assert asked_with(found, q1="1", q2=["2"], q3="18")[3:] == ["q4", "q6"]
    assert asked_with(found, q1="2", q2=["1", "2"], q3="seventeen")[3:] == ["q7", "q8"]
    assert not [item for item in found.report if item.code == "LOGIC_DROPPED"]


def test_what_cannot_be_said_is_dropped_and_reported_and_the_rest_is_kept() -> None:
    geo = {
        "LogicType": "GeoIP",
        "LeftOperand": "loc://City",
        "Operator": "EqualTo",
        "RightOperand": "Ghent",
        "Description": "City is Ghent",
    }
    mixed = tree(("q://QID1/SelectableChoice/1", "Selected"))
    mixed["0"]["1"] = {**geo, "Conjuction": "And"}
    broken = tree(("q://undefined/undefined", "Selected"))
    ahead = tree(("q://QID4/SelectableChoice/1", "Selected"))

    found = imported(
        [question(1), question(2, DisplayLogic=mixed), question(3, DisplayLogic=broken), question(4), question(5, DisplayLogic=ahead)]
    )
    behind = imported([question(1, DisplayLogic=ahead), question(4)])

    assert [each.show_if for each in found.questionnaire.questions()] == ["", 'answers.q1 == "1"', "", "", 'answers.q4 == "1"']
    assert {item.source_id for item in found.report if item.code == "LOGIC_DROPPED"} == {"QID2", "QID3"}
    assert item_of(found.report, "QID2", "LOGIC_DROPPED").what == "City is Ghent"
    assert "ahead" in item_of(behind.report, "QID1", "LOGIC_DROPPED").why


def test_choices_and_rows_have_conditions_of_their_own() -> None:
    on_choice = {"1": {"Display": "A", "DisplayLogic": tree(("q://QID1/SelectableChoice/1", "Selected"))}, "2": {"Display": "B"}}

    found = imported(
        [question(1), question(2, Choices=on_choice), question(3, "Matrix/Likert/SingleAnswer", Choices=on_choice)]
    ).questionnaire

    choosing, table = found.question("q2"), found.question("q3")
    assert isinstance(choosing, SingleChoice)
    assert isinstance(table, Matrix)
    assert [choice.show_if for choice in choosing.choices] == ['answers.q1 == "1"', ""]
    assert [row.show_if for row in table.rows] == ['answers.q1 == "1"', ""]


def test_skips_become_conditions_of_what_they_skip() -> None:
    def skip(number: int, to: str) -> dict[str, Any]:
        rule = {"Locator": f"q://QID{number}/SelectableChoice/1", "Condition": "Selected", "SkipToDestination": to}
        return {"Type": "Question", "QuestionID": f"QID{number}", "SkipLogic": [rule]}

    blocks = [block(1, skip(1, "QID3"), "QID2", skip(3, "ENDOFBLOCK"), "---", "QID4"), block(2, skip(5, "ENDOFSURVEY"), "---", "QID6")]
    found = imported([question(number) for number in range(1, 7)], blocks)

    assert asked_with(found) == ["q1", "q2", "q3", "q4", "q5", "q6"]
    assert asked_with(found, q1="1") == ["q1", "q3", "q4", "q5", "q6"]
    assert asked_with(found, q3="1") == ["q1", "q2", "q3", "q5", "q6"]
    assert asked_with(found, q5="1") == ["q1", "q2", "q3", "q4", "q5"]


def test_branches_show_their_blocks_and_end_the_survey() -> None:
    yes = tree(("q://QID1/SelectableChoice/1", "Selected"))
    branch = {"Type": "Branch", "FlowID": "FL_5", "BranchLogic": yes, "Flow": asked(2)}
    end = {"Type": "EndSurvey", "FlowID": "FL_7", "Options": {"SurveyTermination": "DisplayMessage", "EOSMessage": "<b>Goodbye</b>"}}
    out = {"Type": "Branch", "FlowID": "FL_6", "BranchLogic": tree(("q://QID2/SelectableChoice/2", "Selected")), "Flow": [end]}
    blocks = [block(number, f"QID{number}") for number in range(1, 4)]

    found = imported([question(number) for number in range(1, 4)], blocks, [*asked(1), branch, out, *asked(3)])

    assert asked_with(found, q1="2") == ["q1", "q3"]
    assert asked_with(found, q1="1") == ["q1", "q2", "q3"]
    assert asked_with(found, q1="1", q2="2") == ["q1", "q2"]
    assert walk(found.questionnaire, {"q1": "1", "q2": "2"}).end_page.title.say("en") == "Goodbye"


def test_randomizers_shuffle_pages_and_embedded_data_is_hidden() -> None:
    def set_to(value: str, number: int) -> dict[str, Any]:
        entry = {"Field": "Arm", "Type": "Custom", "Value": value}
        return {"Type": "EmbeddedData", "FlowID": f"FL_{number}", "EmbeddedData": [entry]}

    arms = {"Type": "BlockRandomizer", "FlowID": "FL_4", "SubSet": 1, "Flow": [set_to("A", 5), set_to("B", 6)]}
    mixed = {"Type": "BlockRandomizer", "FlowID": "FL_7", "SubSet": 2, "Flow": asked(1, 2)}
    questions = [
        question(1),
        question(2),
        question(3),
        question(4, text="You are in ${e://Field/Arm} and ${q://QID1/ChoiceGroup/SelectedChoices}"),
    ]
    blocks = [block(1, "QID1", "---", "QID3"), block(2, "QID2"), block(3, "QID4")]

    found = imported(questions, blocks, [arms, mixed, *asked(3)]).questionnaire

    assert found.shuffles == (Shuffle(pages=("set_fl_5", "set_fl_6"), show=1), Shuffle(pages=("block_1 block_1_2", "block_2")))
    hidden = [each for each in found.questions() if isinstance(each, Hidden)]
    assert [(each.id, each.source, each.value) for each in hidden] == [("arm", Source.FIXED, "A"), ("arm", Source.FIXED, "B")]
    assert found.question("q4").text.say("en") == "You are in {answers.arm|} and {answers.q1|}"  # type: ignore[union-attr]


def test_a_pipe_that_nobody_can_fill_is_taken_out_and_reported() -> None:
    found = imported([question(1, text="Draw ${rand://int/1:9} now, ${m://FirstName}. {customer.password}")])

    assert [each.text.say("en") for each in found.questionnaire.questions()] == ["Draw  now, {customer.first_name|}. (customer.password)"]
    assert item_of(found.report, "QID1", "PIPE_DROPPED").what == "${rand://int/1:9}"


def test_loops_over_a_list_and_over_answers() -> None:
    over: dict[str, Any] = {"Looping": "Static", "LoopingOptions": {"Static": {"1": {"1": "Bread"}, "2": {"1": "Milk"}}}}
    chosen: dict[str, Any] = {"Looping": "Question", "LoopingOptions": {"Locator": "q://QID1/ChoiceGroup/SelectedChoices"}}
    questions = [question(1, "MC/MAVR/TX"), question(2, text="What of ${lm://Field/1}?"), question(3, text="And ${lm://Field/1}?")]

    found = imported(questions, [block(1, "QID1"), block(2, "QID2", **over), block(3, "QID3", **chosen)]).questionnaire

    assert [choice.text.say("en") for choice in found.pages[1].loop_over] == ["Bread", "Milk"]
    assert found.pages[2].loop == "q1"
    said = [each.text.say("en") for step in walk(found, {"q1": ["2"]}).steps for each in step.questions]
    assert said == ["What about QID1?", "What of Bread?", "What of Milk?", "And No?"]


def test_choices_carried_forward_are_offered_where_they_were_chosen() -> None:
    carry = {"Locator": "q://QID1/ChoiceGroup/SelectedChoices", "Type": "ChoiceGroup"}

    found = imported([question(1, "MC/MAVR/TX"), question(2, Choices=[], ChoiceOrder=[], DynamicChoices=carry)])

    carried = found.questionnaire.question("q2")
    assert isinstance(carried, SingleChoice)
    assert [(choice.code, choice.text.say("en"), choice.show_if) for choice in carried.choices] == [
        ("x1", "Yes", '"1" in answers.q1'),
        ("x2", "No", '"2" in answers.q1'),
    ]
    assert item_of(found.report, "QID2", "CARRIED").fate is Fate.CHANGED


def test_random_orders_drop_downs_points_and_quotas() -> None:
    grades = [{"ChoiceID": "1", "Grades": {"SC_0": "3"}}, {"ChoiceID": "2", "Grades": {"SC_0": 1}}]
    shuffled = {"Type": "Advanced", "Advanced": {"FixedOrder": ["{~Randomized~}", "2"]}}
    quota = {"ID": "QO_1", "Name": "Fifty yes", "Occurrences": 50, "QuotaAction": "EndCurrentSurvey"}

    found = imported(
        [question(1, "MC/DL", Randomization=shuffled, GradingData=grades)],
        SCO={"ScoringCategories": [{"ID": "SC_0", "Name": "Effort"}]},
        QO={**quota, "Logic": tree(("q://QID1/SelectableChoice/1", "Selected"))},
    ).questionnaire

    kept = found.question("q1")
    assert isinstance(kept, SingleChoice)
    assert (kept.order, kept.look) == (Order.RANDOM, Look.DROP_DOWN)
    assert [(choice.points, choice.fixed) for choice in kept.choices] == [(3, False), (1, True)]
    assert found.scores == (NamedScore(id="effort", name=Texts({"en": "Effort"}), questions=("q1",)),)
    assert found.quotas == (Quota(id="fifty_yes", limit=50, when='answers.q1 == "1"'),)


def test_a_block_that_stands_in_the_flow_twice_is_asked_once_if_either_place_is_reached() -> None:
    def branch(number: int, choice: int) -> dict[str, Any]:
        logic = tree((f"q://QID1/SelectableChoice/{choice}", "Selected"))
        return {"Type": "Branch", "FlowID": f"FL_{number}", "BranchLogic": logic, "Flow": asked(2)}

    three = {str(number): {"Display": str(number)} for number in range(1, 4)}
    blocks = [block(1, "QID1"), block(2, "QID2")]

    found = imported([question(1, Choices=three), question(2)], blocks, [*asked(1), branch(5, 1), branch(6, 3)])

    assert ids(found) == [["q1"], ["q2"]]
    assert [asked_with(found, q1=choice)[1:] for choice in ("1", "2", "3")] == [["q2"], [], ["q2"]]
    assert ("QID2", "BLOCK_REPEATED") in codes(found)


def test_a_random_part_inside_another_is_drawn_at_the_beginning() -> None:
    inner = {"Type": "BlockRandomizer", "FlowID": "FL_8", "SubSet": 1, "Flow": asked(1, 2)}
    outer = {"Type": "BlockRandomizer", "FlowID": "FL_9", "SubSet": "2", "Flow": [{"Type": "Group", "Flow": [inner]}, *asked(3)]}

    found = imported([question(number) for number in range(1, 4)], [block(number, f"QID{number}") for number in range(1, 4)], [outer])

    drawn, moved = found.questionnaire.shuffles
    assert (drawn.show, drawn.pages) == (1, ("draw_fl_8_1", "draw_fl_8_2"))
    assert moved == Shuffle(pages=("block_1 block_2", "block_3"))
    for seed in range(1, 9):
        seen = [each.id for step in walk(found.questionnaire, {}, seed=seed).steps for each in step.questions]
        assert len(set(seen) & {"q1", "q2"}) == 1
        assert "q3" in seen


def test_questions_of_a_block_in_random_order_of_which_some_are_shown() -> None:
    advanced = {"RandomSubSet": ["QID1", "QID2", "QID3"], "TotalRandSubset": 2}
    options: dict[str, Any] = {"RandomizeQuestions": "Advanced", "Randomization": {"Advanced": advanced}}

    found = imported([question(number) for number in range(1, 4)], [block(1, "QID1", "QID2", "QID3", **options)])

    page = found.questionnaire.pages[0]
    assert (page.order, page.show) == (Order.RANDOM, 2)
    assert {("QID1", "ORDER_RANDOM"), ("QID2", "ORDER_RANDOM"), ("QID3", "ORDER_RANDOM")} <= codes(found)
