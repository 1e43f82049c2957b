"""Exports of responses from Qualtrics, onto the questionnaire of their survey."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.surveys.formats.qsf_files import block, document, question, written
from tests.surveys.formats.samples import sample
from voc.surveys.formats.exported import Exported, OutsideColumns
from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.qsf import read_qsf
from voc.surveys.formats.qualtrics_csv import read_qualtrics_csv
from voc.surveys.formats.qualtrics_csv.table import open_table
from voc.surveys.formats.qualtrics_csv.targets import Targets
from voc.surveys.questionnaire import Questionnaire

PAIRS = ("Better_Sample_Survey", "Notes_Survey", "Questions_with_Text_Entry_Components")


def questionnaire(*questions: dict[str, Any]) -> Questionnaire:
    """The questionnaire of a survey with these questions."""
    return read_qsf(written(document(list(questions)))).questionnaire


def table(*lines: list[str]) -> bytes:
    """A file with these rows."""
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def read(asked: Questionnaire, *lines: list[str], **more: str) -> Exported:
    """What comes of a file with these rows."""
    return read_whole(table(*lines), asked, OutsideColumns(**more))


def read_whole(data: bytes, asked: Questionnaire, outside: OutsideColumns | None = None) -> Exported:
    """What comes of a file, with all its responses read."""
    found = read_qualtrics_csv(data, asked, outside)
    return replace(found, responses=tuple(found.responses))


@pytest.mark.parametrize("name", PAIRS)
def test_the_columns_of_a_shared_export_find_the_question_they_belong_to(name: str) -> None:
    imported = read_qsf(sample(f"qsf/{name}.qsf")).questionnaire
    data = sample(f"responses/{name}.csv")

    found = read_whole(data, imported)

    asked = {each.source_id for each in imported.questions()}
    targets, columns = Targets(imported), open_table(data)
    belongs = {column.code: match[0] for column in columns.columns if (match := re.match(r"QID\d+", column.import_id))}
    met = {column.code: target.question.source_id for column in columns.columns if (target := targets.find(column.code, column.import_id))}
    print(f"\n{name}: {len(met)} of {sum(one in asked for one in belongs.values())} columns, {len(list(found.responses))} responses")
    assert met == {code: question_id for code, question_id in belongs.items() if question_id in asked}
    assert len(list(found.responses)) == len(list(columns.rows()))
    assert found.losses.counts == {}
    assert all(one.answers for one in found.responses)


def test_a_new_export_names_its_columns_with_import_ids() -> None:
    asked = questionnaire(question(1), question(2, "TE/SL"))

    found = read_whole(sample("responses/new_style_export.csv"), asked)

    (one,) = found.responses
    assert one.answers == {"q1": "2", "q2": "Hello World!"}
    assert (one.source_id, one.language, one.is_complete, one.is_test) == ("R_2YPOQ602ER1jkf1", "de", True, False)
    assert one.submitted_at == datetime(2017, 7, 18, 8, 28, 48, tzinfo=UTC)
    why = {each.column: each.why for each in found.not_used}
    assert why["IPAddress"].startswith("It holds an address")
    assert why["Q2 - Topics"] == "No question of the questionnaire has this code."


def test_every_kind_of_column_has_its_answer() -> None:
    bus = {"1": {"Display": "Bus"}, "2": {"Display": "Train", "TextEntry": "true"}}
    single = {"QuestionType": "Matrix", "Selector": "Likert", "SubSelector": "SingleAnswer", "Answers": {"1": {"Display": "Often"}}}
    asked = questionnaire(
        question(1, Choices=bus, RecodeValues={"1": "10", "2": "20"}),
        question(2, "MC/MAVR/TX", Choices=bus),
        question(3, "Matrix/Likert/SingleAnswer", ChoiceDataExportTags={"1": "speed", "2": "price"}),
        question(4, "Matrix/Likert/MultipleAnswer"),
        question(5, "Matrix/TE/Short"),
        question(6, "SBS/SBSMatrix", Choices=bus, ChoiceOrder=[1, 2], AdditionalQuestions={"1": single}),
        question(7, "Slider/HSLIDER"),
        question(8, "RO/DND/TX"),
        question(9, "TE/FORM", Choices={"4": {"Display": "Street"}}),
        question(10, "MC/NPS", Choices={}),
        question(11, "CS/HBAR/TX"),
    )
    cells = {
        "ResponseId": "R_1",
        **{"Q1": "20", "Q1_20_TEXT": "the tram", "Q2_1": "1", "Q2_2": "", "Q2_2_TEXT": "x"},
        **{"speed": "2", "Q3_price": "1", "Q4_1_1": "1", "Q4_1_2": "1", "Q4_2_1": "0", "Q5_1_2": "words"},
        **{"Q6#1_1": "1", "Q6_2_TEXT": "night train", "Q7_1": "55", "Q8_1": "2", "Q8_2": "1", "Q9_4": "Main Street"},
        **{"Q10": "9", "Q10_NPS_GROUP": "3", "Q11_1": "40", "Q8_DO_1": "2"},
    }

    found = read(asked, list(cells), list(cells), [f'{{"ImportId":"{code}"}}' for code in cells], list(cells.values()))

    assert next(iter(found.responses)).answers == {
        **{"q1": "20", "q1_20": "the tram", "q2": ["1"], "q2_2": "x", "q3_speed": "2", "q3_price": "1", "q4_1": ["1", "2"]},
        **{"q5_1_2": "words", "q6_1_g1": "1", "q6_2_text": "night train", "q7_1": "55", "q8": ["2", "1"], "q9_4": "Main Street"},
        **{"q10": "9", "q11_1": "40"},
    }
    assert {one.column for one in found.not_used} == {"Q10_NPS_GROUP", "Q8_DO_1"}


def test_answers_may_be_written_as_their_texts_in_any_language() -> None:
    said = {"NL": {"QuestionText": "?", "Choices": {"1": {"Display": "Ja, graag"}}}}
    asked = questionnaire(question(1, Language=said), question(2, "MC/MAVR/TX", Language=said))

    found = read(
        asked, ["ResponseId", "Q1", "Q2"], ["", "", ""], ["R_1", "ja, graag", "Ja, graag"], ["R_2", "No", "Yes,No"], ["R_3", "Maybe", ""]
    )

    assert [one.answers for one in found.responses] == [{"q1": "1", "q2": ["1"]}, {"q1": "2", "q2": ["1", "2"]}, {}]
    assert found.losses.counts == {"Q1": 1}


def test_a_tag_that_two_questions_share_is_told_apart_by_import_ids() -> None:
    asked = questionnaire(question(1, DataExportTag="Q"), question(2, DataExportTag="Q"))
    ids = ['{"ImportId":"QID2"}', '{"ImportId":"QID1"}', '{"ImportId":"_recordId"}']

    found = read(asked, ["Q", "Q", "Id"], ["", "", ""], ids, ["1", "2", "R_1"])

    assert [(one.source_id, one.answers) for one in found.responses] == [("R_1", {"q_x2": "1", "q": "2"})]


def test_columns_of_embedded_data_loops_and_outside_ids_are_found() -> None:
    loop: dict[str, Any] = {"Looping": "Static", "LoopingOptions": {"Static": {"1": {"1": "Bread"}, "2": {"1": "Milk"}}}}
    field: dict[str, Any] = {"Type": "EmbeddedData", "FlowID": "FL_9", "EmbeddedData": [{"Field": "Plan", "Type": "Recipient"}]}
    flow = [field, {"Type": "Standard", "ID": "BL_1", "FlowID": "FL_1"}]
    asked = read_qsf(written(document([question(1)], [block(1, "QID1", **loop)], flow))).questionnaire
    heads = ["ResponseId", "1_Q1", "2_Q1", "Plan", "ExternalReference", "CallNumber", "Finished", "Status"]

    found = read(asked, heads, heads, ["R_1", "1", "2", "gold", "c-1", "call-7", "0", "Survey Preview"], contact="callnumber")

    (one,) = found.responses
    assert one.answers == {"q1_1": "1", "q1_2": "2", "plan": "gold"}
    assert (one.customer, one.contact, one.is_complete, one.is_test) == ("c-1", "call-7", False, True)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("sign", [",", "\t"])
def test_encodings_signs_and_line_breaks_in_cells(codec: str, sign: str) -> None:
    asked = questionnaire(question(1, "TE/ML"))
    text = f'ResponseId{sign}Q1\r\n"Response ID"{sign}"What, about it?"\r\nR_1{sign}"Grüße,\nund ""mehr"""\r\n\r\n'

    found = read_whole(text.encode(codec), asked)

    assert [(one.source_id, one.answers) for one in found.responses] == [("R_1", {"q1": 'Grüße,\nund "mehr"'})]


def test_the_oldest_exports_have_two_rows_of_headings_and_numbered_columns() -> None:
    asked = questionnaire(question(1))
    heads = ["V1", "V2", "V7", "V8", "V9", "V10", "Q1"]
    texts = ["ResponseID", "ResponseSet", "Status", "StartDate", "EndDate", "Finished", "What?"]

    found = read(asked, heads, texts, ["R_abcdefg", "Default", "0", "2014-01-02 03:04:05", "2014-01-02 03:09:05", "1", "2"])

    (one,) = found.responses
    assert (one.source_id, one.answers, one.is_complete) == ("R_abcdefg", {"q1": "2"}, True)
    assert (one.begun_at, one.submitted_at) == (datetime(2014, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2014, 1, 2, 3, 9, 5, tzinfo=UTC))


def test_times_are_those_of_the_zone_of_the_export_and_rows_without_an_id_have_one_of_their_own() -> None:
    asked = questionnaire(question(1))
    ids = ['{"ImportId":"startDate","timeZone":"Europe/Amsterdam"}', '{"ImportId":"QID1"}']

    first = read(asked, ["StartDate", "Q1"], ["", ""], ids, ["2024-07-01 12:00:00", "1"], ["2024-07-01 12:00:00", "2"])
    again = read(asked, ["StartDate", "Q1"], ["", ""], ids, ["2024-07-01 12:00:00", "1"], ["2024-07-01 12:00:00", "2"])

    assert first == again
    assert next(iter(first.responses)).begun_at == datetime(2024, 7, 1, 10, 0, tzinfo=UTC)
    assert len({one.source_id for one in first.responses}) == 2


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"one column\n1\n", b'"a","b\n' + b"x" * 200_000])
def test_what_is_no_table_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(NotImportable) as refused:
        read_qualtrics_csv(data, questionnaire(question(1)))

    assert str(refused.value).endswith(".")


ASKED = questionnaire(question(1), question(2, "MC/MAVR/TX"), question(3, "Matrix/Likert/SingleAnswer"), question(4, "RO/DND/TX"))
HEADS = ["ResponseId", "StartDate", "Q1", "Q2_1", "Q2", "Q3_1", "Q4_1", "Finished"]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12) | st.sampled_from(["1", "2", "2024-01-01 00:00:00", "-99", "1e9"]), max_size=10), max_size=5))
def test_whatever_stands_in_the_cells_every_row_is_a_response(lines: list[list[str]]) -> None:
    rows = [[*row, "x"] for row in lines]

    found = read(ASKED, HEADS, HEADS, ['{"ImportId":"_recordId"}', *[""] * 7], *rows)

    assert len(list(found.responses)) == sum(any(cell.replace("\x00", "").strip() for cell in row) for row in rows)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_the_file_is_it_is_read_or_refused(data: bytes) -> None:
    try:
        found = read_whole(data, ASKED)
    except NotImportable:
        return
    assert isinstance(found, Exported)
