"""Qualtrics files that are broken, made up or meant ill: refused with a reason, or cleaned; nothing else ever happens."""

import copy
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.surveys.formats.qsf_files import asked, block, document, large, question, tree, written
from tests.surveys.formats.samples import sample
from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.qsf import read_qsf
from voc.surveys.parse import dump, parse
from voc.surveys.questionnaire import Questionnaire

ILL = "<img src=x onerror=alert(1)><script>alert(2)</script><a href='javascript:alert(3)'>click</a><svg/onload=alert(4)>words"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "BROKEN_JSON"),
        (b'{"SurveyEntry": {"SurveyID": "SV_1"}, "SurveyEl', "BROKEN_JSON"),
        (b"\x00\x01\x02\xff\xfe", "NOT_TEXT"),
        (b"[1, 2, 3]", "NOT_QSF"),
        (b'"a text"', "NOT_QSF"),
        (b"null", "NOT_QSF"),
        (b'{"title": "a SurveyJS form", "pages": []}', "NOT_QSF"),
        (b'{"SurveyElements": [{"Element": null, "Payload": null}]}', "NO_QUESTIONS"),
        (b"[" * 10_000 + b"]" * 10_000, "TOO_DEEP"),
        (b'{"a":' * 500 + b"1" + b"}" * 500, "TOO_DEEP"),
        (b"9" * 10_000, "BROKEN_JSON"),
    ],
)
def test_what_is_no_survey_is_refused_with_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(NotImportable) as refused:
        read_qsf(data)

    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_a_survey_in_which_nothing_can_be_asked_is_refused() -> None:
    with pytest.raises(NotImportable) as refused:
        read_qsf(written(document([question(1)], [block(1, "QID1", kind="Trash")])))

    assert refused.value.code == "NOTHING_ASKED"


@pytest.mark.parametrize("name", ["own_truncated.qsf"])
def test_the_shared_broken_files_are_refused(name: str) -> None:
    data = sample(f"hostile/{name}")

    with pytest.raises(NotImportable):
        read_qsf(data)


def test_no_script_of_any_text_survives() -> None:
    choices = {"1": {"Display": ILL, "TextEntry": "true"}, "2": {"Display": ILL}}
    telling = {"NL": {"QuestionText": ILL, "Choices": choices}, "'><script>": {"QuestionText": ILL}}
    end = {"Type": "EndSurvey", "FlowID": ILL, "Options": {"EOSMessage": ILL, "EOSRedirectURL": "javascript:alert(1)"}}
    field = {"Type": "EmbeddedData", "FlowID": "FL_2", "EmbeddedData": [{"Field": ILL, "Type": "Custom", "Value": ILL}]}
    asking = question(1, text=ILL, Choices=choices, QuestionJS="alert(9)", Language=telling, DataExportTag=ILL)
    made = document([asking], flow=[field, *asked(1), end], blocks=[block(1, "QID1")], SO={"Header": ILL})
    made["SurveyEntry"]["SurveyName"] = ILL

    found = read_qsf(written(made))

    said = [text for _, text in _texts(dump(found.questionnaire)) if not _.endswith((".code", ".key", ".languages"))]
    assert not [text for text in said if "<" in text or "alert(" in text]
    assert not [item for item in found.report if "<" in item.what]


def test_a_byte_order_mark_and_utf_16_are_read() -> None:
    plain = written(document([question(1, text="Grüße 你好")]))

    assert read_qsf(b"\xef\xbb\xbf" + plain) == read_qsf(plain) == read_qsf(plain.decode().encode("utf-16"))


def test_half_characters_and_control_characters_do_no_harm() -> None:
    asking = question(1, text="half \ud83d and \x00 bell \x07", DataExportTag="tag \udc00", RecodeValues={"1": "a\nb", "2": "\x00"})

    found = read_qsf(json.dumps(document([asking])).encode())

    assert parse(dump(found.questionnaire)) == found.questionnaire


def test_names_and_ids_may_be_huge() -> None:
    choices = {"9" * 300: {"Display": "long"}, "x" * 300: {"Display": "longer"}}
    asking = question(
        "QID" + "9" * 500, kind="Matrix/TE/Short", Choices=choices, ChoiceOrder=[10**40], Answers=choices, DataExportTag="t" * 5000
    )

    found = read_qsf(written(document([asking, question(2, text="w" * 50_000)])))

    assert [len(each.id) <= 63 and len(each.text.say("en")) <= 20_000 for each in found.questionnaire.questions()] == [True, True]
    assert "TEXT_SHORTENED" in {item.code for item in found.report}


def test_logic_nested_and_repeated_beyond_reason_is_dropped_and_reported() -> None:
    many = tree(*[("q://QID1/SelectableChoice/1", "Selected"), ("q://QID1/ChoiceTextEntryValue", "Contains", "x" * 900)] * 60)

    found = read_qsf(written(document([question(1), question(2, DisplayLogic=many)])))

    assert parse(dump(found.questionnaire)) == found.questionnaire


def test_two_thousand_questions_are_read_within_ten_seconds() -> None:
    data = large(2029)
    began = time.process_time()

    found = read_qsf(data)

    assert time.process_time() - began < 10
    assert sum(1 for _ in found.questionnaire.questions()) == 2029


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _texts(item, path if isinstance(value, list) else f"{path}.{key}")


def _whole() -> dict[str, Any]:
    """A survey with something of everything, to be spoilt."""
    yes = tree(("q://QID1/SelectableChoice/1", "Selected"), ("Plan", "EqualTo", "gold"), joined_by="Or")
    rule = {"Locator": "q://QID1/SelectableChoice/1", "Condition": "Selected", "SkipToDestination": "QID4"}
    skip = {"Type": "Question", "QuestionID": "QID1", "SkipLogic": [rule]}
    questions = [
        question(1, Language={"NL": {"QuestionText": "Ja?", "Choices": {"1": {"Display": "Ja"}}}}, RecodeValues={"1": "9"}),
        question(2, "MC/MAVR/TX", GradingData=[{"ChoiceID": "1", "Grades": {"SC_0": "3"}}], Randomization={"Type": "All"}),
        question(3, "Matrix/Likert/SingleAnswer", DisplayLogic=yes, ChoiceDataExportTags={"1": "row"}),
        question(4, "Slider/HSLIDER", Configuration={"CSSliderMin": 0, "CSSliderMax": 10}, Labels={"1": {"Display": "low"}}),
        question(5, "TE/FORM", Choices={"1": {"Display": "Street"}}),
        question(6, "SBS/SBSMatrix", Choices={"1": {"Display": "Bus"}}, AdditionalQuestions={"1": question(61, "Matrix/Likert/DL")}),
        question(7, "MC/SAVR/TX", DynamicChoices={"Locator": "q://QID2/ChoiceGroup/SelectedChoices"}, text="${q://QID1/QuestionText}"),
        question(8, "RO/DND/TX"),
        question(9, "CS/HBAR/TX", Validation={"Settings": {"Type": "ChoicesTotal", "ChoiceTotal": 10}}),
        question(10, "MC/NPS", ColumnLabels=[{"Display": "bad"}, {"Display": "good"}]),
    ]
    loop: dict[str, Any] = {
        "Looping": "Static",
        "LoopingOptions": {"Static": {"1": {"1": "Bread"}}},
        "RandomizeQuestions": "RandomWithXPerPage",
    }
    blocks = [
        block(1, skip, "QID2", "---", "QID3", "QID4"),
        block(2, "QID5", "QID6", **loop),
        block(3, "QID7", "QID8"),
        block(4, "QID9", "QID10"),
    ]
    flow = [
        {"Type": "EmbeddedData", "FlowID": "FL_2", "EmbeddedData": [{"Field": "Plan", "Type": "Custom", "Value": "${e://Field/x}"}]},
        *asked(1),
        {"Type": "Branch", "FlowID": "FL_3", "BranchLogic": yes, "Flow": [*asked(2), {"Type": "EndSurvey", "FlowID": "FL_4"}]},
        {"Type": "BlockRandomizer", "FlowID": "FL_5", "SubSet": 1, "Flow": asked(3, 4)},
    ]
    quota = {"ID": "QO_1", "Name": "Full", "Occurrences": 5, "QuotaAction": "EndCurrentSurvey", "Logic": yes}
    more = {"SO": {"AvailableLanguages": {"EN": [], "NL": []}}, "SCO": {"ScoringCategories": [{"ID": "SC_0", "Name": "S"}]}, "QO": quota}
    return document(questions, blocks, flow, **more)


WHOLE = _whole()
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "1", ILL, "${q://QID1/ChoiceGroup/SelectedChoices}", "{answers.q1}", "q://QID2/SelectableChoice/1", "\ud800"])
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["1", "2", "Display", "Choices", "x"]), inner, max_size=3),
    max_leaves=6,
)


def _read(data: bytes) -> Questionnaire | str:
    try:
        return read_qsf(data).questionnaire
    except NotImportable as refused:
        return "refused" if refused.code != "UNUSABLE" else str(refused)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from _places(value[key])


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(st.tuples(st.integers(0, 10**6), JUNK), min_size=1, max_size=8))
def test_whatever_stands_in_a_file_it_is_read_or_refused(spoilt: list[tuple[int, Any]]) -> None:
    made = copy.deepcopy(WHOLE)
    for place, junk in spoilt:
        places = list(_places(made))
        holder, key = places[place % len(places)]
        holder[key] = junk
    found = _read(json.dumps(made).encode())
    assert found == "refused" or (isinstance(found, Questionnaire) and parse(dump(found)) == found)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | JUNK.map(lambda junk: json.dumps(junk).encode()))
def test_whatever_a_file_holds_it_is_refused(data: bytes) -> None:
    with pytest.raises(NotImportable):
        read_qsf(data)
