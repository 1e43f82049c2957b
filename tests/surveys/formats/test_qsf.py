"""Qualtrics survey files: what becomes of each part."""

from typing import Any

import pytest

from tests.surveys.formats.qsf_files import asked, block, document, question, written
from tests.surveys.formats.samples import item_of
from voc.surveys.formats.imported import Fate, Imported
from voc.surveys.formats.qsf import read_qsf
from voc.surveys.parse import dump, parse
from voc.surveys.questions import (
    Cells,
    Choice,
    ConstantSum,
    Date,
    Fields,
    Link,
    Matrix,
    Medium,
    MultipleChoice,
    NotAsked,
    Nps,
    Number,
    Ranking,
    Row,
    ShortField,
    SideBySide,
    SingleChoice,
    Slider,
    Statement,
    Text,
)
from voc.surveys.texts import Texts


def imported(*args: Any, **more: Any) -> Imported:
    """What comes of a document; it parses, as every import must."""
    found = read_qsf(written(document(*args, **more)))
    assert parse(dump(found.questionnaire)) == found.questionnaire
    return found


def one(**more: Any) -> Any:
    """What comes of a survey of one question."""
    return imported([question(1, **more)]).questionnaire.question("q1")


def ids(found: Imported) -> list[list[str]]:
    """The ids of the questions, page by page."""
    return [[each.id for each in page.questions] for page in found.questionnaire.pages]


def codes(found: Imported) -> set[tuple[str, str]]:
    """The report as source ids and codes."""
    return {(item.source_id, item.code) for item in found.report}


@pytest.mark.parametrize(
    ("kind", "more", "wanted"),
    [
        ("MC/SAHR/TX", {}, SingleChoice),
        ("MC/DL", {}, SingleChoice),
        ("MC/MACOL/TX", {}, MultipleChoice),
        ("RO/DND/TX", {}, Ranking),
        ("CS/VRTL/TX", {}, ConstantSum),
        ("Slider/HSLIDER", {}, Slider),
        ("Matrix/Likert/DL", {}, Matrix),
        ("TE/SL", {}, Text),
        ("TE/FORM", {"Choices": {"1": {"Display": "Street"}}}, Fields),
        ("TE/SL", {"Validation": {"Settings": {"Type": "ContentType", "ContentType": "ValidNumber"}}}, Number),
        ("TE/SL", {"Validation": {"Settings": {"Type": "ContentType", "ContentType": "ValidDate"}}}, Date),
        ("MC/NPS", {"Choices": {str(n): {"Display": str(n)} for n in range(11)}, "ChoiceOrder": list(range(11))}, Nps),
        ("DB/TB", {}, Statement),
        ("Timing/PageTimer", {}, NotAsked),
        ("Captcha/V2", {}, NotAsked),
        ("HotSpot/OnOff", {}, NotAsked),
    ],
)
def test_each_type_has_its_kind(kind: str, more: dict[str, Any], wanted: type) -> None:
    assert type(one(kind=kind, **more)) is wanted


def test_choices_come_in_their_order_with_their_stored_codes() -> None:
    found = one(
        Choices={"1": {"Display": "One"}, "2": {"Display": "Two", "TextEntry": "on"}, "9": {"Display": "None", "ExclusiveAnswer": True}},
        ChoiceOrder=["2", 1],
        RecodeValues={"1": "10", "2": 20},
        kind="MC/MAVR/TX",
    )

    assert found.choices == (
        Choice(code="20", text=Texts({"en": "Two"}), own_words=True),
        Choice(code="10", text=Texts({"en": "One"})),
        Choice(code="9", text=Texts({"en": "None"}), exclusive=True),
    )


def test_a_list_of_choices_is_numbered_from_zero_and_a_code_used_twice_is_told_apart() -> None:
    found = imported([question(1, Choices=[{"Display": "A"}, {"Display": "B"}], ChoiceOrder=[], RecodeValues={"0": 5, "1": 5})])

    assert [choice.code for choice in found.questionnaire.question("q1").choices] == ["5", "5~2"]  # type: ignore[union-attr]
    assert item_of(found.report, "QID1", "CODE_REPEATED").fate is Fate.CHANGED


def test_tables_have_rows_with_their_tags_and_columns_with_their_codes() -> None:
    found = one(kind="Matrix/Likert/MultipleAnswer", ChoiceDataExportTags={"1": "speed", "2": "price"}, RecodeValues={"1": "5", "2": "1"})

    assert found.rows == (Row(code="speed", text=Texts({"en": "Yes"})), Row(code="price", text=Texts({"en": "No"})))
    assert [column.code for column in found.columns] == ["5", "1"]
    assert found.cells is Cells.MULTIPLE


def test_a_side_by_side_keeps_its_groups() -> None:
    inner = {
        "QuestionText": "How often?",
        "QuestionType": "Matrix",
        "Selector": "Likert",
        "SubSelector": "DL",
        "Answers": {"1": {"Display": "Often"}},
    }
    typed = {
        "QuestionText": "Why?",
        "QuestionType": "Matrix",
        "Selector": "TE",
        "SubSelector": "Short",
        "Answers": {"1": {"Display": "Say"}},
    }
    choices = {"1": {"Display": "Bus"}}

    found = one(kind="SBS/SBSMatrix", Choices=choices, ChoiceOrder=["1"], AdditionalQuestions={"1": inner, "2": typed})

    assert isinstance(found, SideBySide)
    assert [(group.id, group.cells, group.text.say("en")) for group in found.groups] == [
        ("g1", Cells.SINGLE, "How often?"),
        ("g2", Cells.TEXT, "Why?"),
    ]


def test_sliders_sums_forms_and_numbers_keep_their_limits() -> None:
    slider = one(kind="Slider/HSLIDER", Configuration={"CSSliderMin": -5, "CSSliderMax": "5", "NumDecimals": "1"})
    total = one(kind="CS/HBAR/TX", Validation={"Settings": {"Type": "ChoicesTotal", "ChoiceTotal": "10"}})
    number = {"Type": "ContentType", "ContentType": "ValidNumber", "ValidNumber": {"Min": "18", "Max": "120", "NumDecimals": "0"}}
    age = one(kind="TE/SL", Validation={"Settings": number})
    form = one(kind="TE/FORM", Choices={"1": {"Display": "Street"}, "2": {"Display": "Town"}}, ChoiceOrder=["2", "1"])

    assert (slider.lowest, slider.highest, slider.step) == (-5, 5, 0.1)
    assert total.total == 10
    assert (age.lowest, age.highest, age.decimals) == (18, 120, 0)
    assert form.fields == (ShortField(code="2", text=Texts({"en": "Town"})), ShortField(code="1", text=Texts({"en": "Street"})))


@pytest.mark.parametrize(
    ("force", "how", "required", "wanted"),
    [
        ("ON", "ON", True, False),
        ("ON", None, True, False),
        ("OFF", "ON", False, False),
        ("RequestResponse", "RequestResponse", False, True),
    ],
)
def test_an_answer_is_required_wanted_or_neither(force: str, how: str | None, required: bool, wanted: bool) -> None:
    found = one(Validation={"Settings": {"ForceResponse": force, **({"ForceResponseType": how} if how else {}), "Type": "None"}})

    assert (found.required, found.wanted) == (required, wanted)


def test_limits_of_choosing_and_typing_are_kept() -> None:
    several = one(kind="MC/MAVR/TX", Validation={"Settings": {"Type": "MaxChoices", "MaxChoices": "1"}})
    typed = one(kind="TE/ML", Validation={"Settings": {"Type": "CharRange", "MinChars": "5", "MaxChars": "50"}})
    mail = one(kind="TE/SL", Validation={"Settings": {"Type": "ContentType", "ContentType": "ValidEmail"}})

    assert (several.at_least, several.at_most) == (None, 1)
    assert (typed.shortest, typed.longest, typed.long) == (5, 50, True)
    assert mail.format == "email"


def test_html_becomes_plain_text_and_pictures_become_links() -> None:
    text = '<h2>Hello &amp; welcome</h2><script>alert(1)</script><p>Look:<br><img src="https://example.org/a.png" alt="A cat"></p>'
    found = imported([question(1, text=text, QuestionJS="alert(2)")])

    kept = found.questionnaire.question("q1")
    assert kept is not None
    assert kept.text == Texts({"en": "Hello & welcome\n\nLook:"})
    assert kept.links == (Link(url="https://example.org/a.png", medium=Medium.IMAGE, text=Texts({"en": "A cat"})),)
    assert codes(found) == {("QID1", "SCRIPT_DROPPED"), ("QID1", "FORMATTING_DROPPED"), ("QID1", "LINK_KEPT")}
    assert "alert" not in str(found.questionnaire)


def test_languages_fall_back_where_a_text_is_missing() -> None:
    said = {"NL": {"QuestionText": "Hoe gaat het?", "Choices": {"1": {"Display": "Goed"}}}, "ZH-S": {"QuestionText": "你好吗"}}
    found = imported([question(1, Language=said), question(2)]).questionnaire

    assert found.languages == ("en", "nl", "zh-Hans")
    assert found.origin is not None
    assert found.origin.languages == ("EN", "NL", "ZH-S")
    first, second = found.questions()
    assert isinstance(first, SingleChoice)
    assert [first.text.say(language) for language in found.languages] == ["What about QID1?", "Hoe gaat het?", "你好吗"]
    assert [choice.text.say("nl") for choice in first.choices] == ["Goed", "No"]
    assert second.text.say("nl") == "What about QID2?"


def test_pages_begin_with_blocks_and_at_page_breaks_in_the_order_of_the_flow() -> None:
    blocks = [block(1, "QID1", "---", "QID2"), block(2, "QID3", "QID4"), block(3, "QID5", kind="Trash"), block(4, "QID6")]

    found = imported([question(number) for number in range(1, 8)], blocks, asked(2, 1))

    assert ids(found) == [["q3", "q4"], ["q1"], ["q2"]]
    assert {("QID5", "IN_BIN"), ("QID6", "UNREACHABLE"), ("QID7", "UNREACHABLE")} <= codes(found)


def test_questions_with_one_tag_get_ids_of_their_own_and_keep_the_tag() -> None:
    found = imported([question(1, DataExportTag="Q1"), question(2, DataExportTag="Q1"), question(3, DataExportTag="1.P(D1|N=0)")])

    assert [(each.id, each.code, each.source_id) for each in found.questionnaire.questions()] == [
        ("q1", "Q1", "QID1"),
        ("q1_x2", "Q1", "QID2"),
        ("q_1_p_d1_n_0", "1.P(D1|N=0)", "QID3"),
    ]
