"""Shapes that real Qualtrics files have beside the usual ones."""

from typing import Any

import pytest

from tests.surveys.formats.qsf_files import asked, block, document, question, tree, written
from tests.surveys.formats.samples import item_of
from voc.surveys.flow import walk
from voc.surveys.formats.imported import Imported
from voc.surveys.formats.qsf import read_qsf
from voc.surveys.questionnaire import Quota
from voc.surveys.questions import Cells, Matrix, SingleChoice


def imported(*args: Any, **more: Any) -> Imported:
    """What comes of a document."""
    return read_qsf(written(document(*args, **more)))


def test_questions_without_the_name_of_their_element_and_without_blocks_are_asked_in_the_order_of_the_file() -> None:
    elements = [{"Type": "Question", "Payload": question(number)} for number in (2, 1)]

    found = read_qsf(written({"SurveyElements": elements})).questionnaire

    assert [[each.id for each in page.questions] for page in found.pages] == [["q2", "q1"]]


def test_one_block_in_each_element_is_read() -> None:
    made = document([question(1), question(2)], [block(1, "QID1"), block(2, "QID2")])
    first = made["SurveyElements"][0]
    made["SurveyElements"][:1] = [{**first, "Payload": one} for one in first["Payload"]]

    assert [len(page.questions) for page in read_qsf(written(made)).questionnaire.pages] == [1, 1]


def test_blocks_with_numbers_as_keys_come_in_their_order() -> None:
    made = document([question(number) for number in range(12)], [block(number, f"QID{number}") for number in range(12)])
    made["SurveyElements"][0]["Payload"] = {str(key): one for key, one in enumerate(made["SurveyElements"][0]["Payload"])}
    made["SurveyElements"].pop(1)

    found = read_qsf(written(made))

    assert [each.source_id for each in found.questionnaire.questions()] == [f"QID{number}" for number in range(12)]
    assert item_of(found.report, "SV_1", "NO_FLOW").what == "no survey flow"


def test_a_table_whose_rows_have_answers_of_their_own_has_all_of_them() -> None:
    answers = {"1": {"1": {"Display": "cold"}, "2": {"Display": "hot"}}, "2": {"1": {"Display": "dry"}}}

    found = imported([question(1, "Matrix/Profile/SingleAnswer", Answers=answers)])

    table = found.questionnaire.question("q1")
    assert isinstance(table, Matrix)
    assert [column.text.say("en") for column in table.columns] == ["cold", "hot", "dry"]
    assert item_of(found.report, "QID1", "MATRIX_SIMPLIFIED").what == "Matrix/Profile/SingleAnswer"


def test_groups_to_drag_into_and_lists_in_steps_become_what_we_have() -> None:
    drilled = {"1": {"Display": "Afghanistan"}, "2": {"Display": "Albania"}}

    found = imported([question(1, "PGR/DragAndDrop", Choices=drilled, Groups=["Now", "Later"]), question(2, "DD/DL", Answers=drilled)])

    table, chosen = found.questionnaire.questions()
    assert isinstance(table, Matrix)
    assert table.cells is Cells.SINGLE
    assert [column.text.say("en") for column in table.columns] == ["Now", "Later"]
    assert isinstance(chosen, SingleChoice)
    assert [choice.text.say("en") for choice in chosen.choices] == ["Afghanistan", "Albania"]


@pytest.mark.parametrize(
    ("randomization", "code"), [({"Type": "SubSet", "TotalRandSubset": 1}, "CHOICES_SUBSET"), ({"Type": "ScaleReversal"}, "SCALE_REVERSAL")]
)
def test_orders_that_ours_has_not_are_reported(randomization: dict[str, Any], code: str) -> None:
    found = imported([question(1, Randomization=randomization)])

    assert item_of(found.report, "QID1", code).question_id == "q1"


def test_a_block_that_is_repeated_as_often_as_a_number_says() -> None:
    loop = {"Locator": "q://QID1/LoopAndMerge/MergeOnNumericResponse?v=3", "Static": {"1": [], "2": [], "3": []}}
    number = {"Settings": {"Type": "ContentType", "ContentType": "ValidNumber"}}
    blocks = [block(1, "QID1"), block(2, "QID2", Looping="Question", LoopingOptions=loop)]

    found = imported([question(1, "TE/SL", Validation=number), question(2)], blocks).questionnaire

    assert [[each.id for step in walk(found, {"q1": count}).steps[1:] for each in step.questions] for count in (0, 2)] == [
        [],
        ["q2_1", "q2_2"],
    ]


def test_a_loop_over_something_else_is_reported_and_its_questions_come_once() -> None:
    loop: dict[str, Any] = {"Looping": "Question", "LoopingOptions": {"Locator": "q://QID9/ChoiceGroup/SelectedChoices"}}

    found = imported([question(1)], [block(1, "QID1", **loop)])

    assert [each.id for each in found.questionnaire.questions()] == ["q1"]
    assert item_of(found.report, "QID1", "LOOP_DROPPED").what == "Question"


def test_what_the_flow_does_besides_asking_is_reported() -> None:
    service = {"Type": "WebService", "FlowID": "FL_5", "URL": "https://example.org", "ResponseMap": [{"key": "a", "value": "Found"}]}
    guard = {"Type": "Authenticator", "FlowID": "FL_6", "Flow": asked(1)}
    used = question(2, DisplayLogic=tree(("Found", "EqualTo", "yes")))

    found = imported([question(1), used], [block(1, "QID1"), block(2, "QID2")], [service, guard, *asked(2)])

    assert [each.id for step in walk(found.questionnaire, {}).steps for each in step.questions] == ["q1"]
    assert [each.id for step in walk(found.questionnaire, {"found": "yes"}).steps for each in step.questions] == ["q1", "q2"]
    assert item_of(found.report, "FL_5", "FLOW_DROPPED").what == "WebService https://example.org"
    assert item_of(found.report, "FL_6", "FLOW_DROPPED").what == "Authenticator"


def test_a_quota_that_only_counts_is_reported_and_one_that_a_branch_ends_on_ends_by_itself() -> None:
    on_quota = {"0": {"0": {"LogicType": "Quota", "LeftOperand": "qo://QO_1/QuotaCount", "Operator": "QuotaMet"}, "Type": "If"}}
    out = {"Type": "Branch", "FlowID": "FL_5", "BranchLogic": on_quota, "Flow": [{"Type": "EndSurvey", "FlowID": "FL_6"}]}
    quota = {"ID": "QO_1", "Name": "Enough", "Occurrences": 10, "QuotaAction": "ForBranching"}

    blocks = [block(1, "QID1"), block(2, "QID2")]

    counting = imported([question(1), question(2)], blocks, QO=quota)
    ending = imported([question(1), question(2)], blocks, [*asked(1), out, *asked(2)], QO=quota)

    assert counting.questionnaire.quotas == ()
    assert item_of(counting.report, "QO_1", "QUOTA_DROPPED").what == "Enough"
    assert ending.questionnaire.quotas == (Quota(id="enough", limit=10),)
    assert [page.end_if for page in ending.questionnaire.pages] == ["", ""]
    assert item_of(ending.report, "FL_6", "QUOTA_END").what == "QO_1"


def test_checks_and_extras_that_ours_has_not_are_reported() -> None:
    beside = {"1": {"Display": "Other", "TextEntry": "true", "TextEntryForceResponse": True}}
    ranked = {"Settings": {"Type": "ConsecutiveNumberRange"}}
    own = {"Settings": {"Type": "CustomValidation", "CustomValidation": {"Logic": {}}}}

    found = imported(
        [
            question(1, Choices=beside),
            question(2, "RO/DND/TX", Validation=ranked),
            question(3, Validation=own),
            question(4, "Slider/HSLIDER", Configuration={"NotApplicable": True, "NotApplicableText": "Don't know"}),
        ]
    )

    assert {(item.source_id, item.code) for item in found.report} == {
        ("QID1", "OWN_WORDS_FREE"),
        ("QID2", "VALIDATION_DROPPED"),
        ("QID3", "VALIDATION_DROPPED"),
        ("QID4", "NOT_APPLICABLE"),
    }


def test_languages_may_be_a_list() -> None:
    found = imported([question(1)], SO={"AvailableLanguages": ["EN", "DE", 7]}).questionnaire

    assert found.languages == ("en", "de", "qaa")


def test_braces_in_a_title_are_no_placeholder() -> None:
    made = document([question(1)])
    made["SurveyEntry"]["SurveyName"] = "Survey {customer.x} &lt;b&gt;2024&lt;/b&gt;"

    assert read_qsf(written(made)).questionnaire.name.say("en") == "Survey (customer.x) 2024"
