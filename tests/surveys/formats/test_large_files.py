"""Large files are read within the time that the import bar gives them, counted in the time of one processor."""

import time
import tracemalloc

from tests.surveys.formats.lss_file import lss, question
from tests.surveys.formats.workbook_file import workbook
from voc.surveys.formats.lss import read_lss
from voc.surveys.formats.xlsform import read_xlsform

_ANSWERS = {f"A{number}": f"Answer {number}" for number in range(5)}
_ROWS = {f"S{number}": f"Row {number}" for number in range(6)}


def test_a_limesurvey_file_of_1555_questions() -> None:
    asked = [question("q0", "L", answers=_ANSWERS)]
    for number in range(1, 1555):
        table = {"type_": "F", "subs": _ROWS} if number % 3 == 0 else {"type_": "L"}
        relevance = f"q{number - 1} == 'A1' or q0 == 'A2'" if number % 3 == 2 else "1"
        asked.append(
            question(
                f"q{number}", answers=_ANSWERS, relevance=relevance, text=f"<b>{number}</b> {{q0.shown}}", group=str(number // 20), **table
            )
        )
    data = lss(*asked, groups=[{"gid": str(number), "group_order": number} for number in range(78)])
    began = time.process_time()

    imported = read_lss(data)

    assert len(list(imported.questionnaire.questions())) == 1555
    assert len(imported.questionnaire.pages) == 78
    assert time.process_time() - began < 10


def test_a_form_of_2029_questions() -> None:
    rows: list[list[object]] = [["type", "name", "label", "relevant"]]
    rows += [["select_one l", f"q{number}", f"Question {number}", f"${{q{number - 1}}} = 'a'" if number else ""] for number in range(2029)]
    choices: list[list[object]] = [["list_name", "name", "label"]]
    choices += [["l", code, code.upper()] for code in "abcdef"]
    data = workbook({"survey": rows, "choices": choices})
    began = time.process_time()

    imported = read_xlsform(data)

    assert [question.show_if for question in imported.questionnaire.questions()][-1] == 'answers.q2027 == "a"'
    assert time.process_time() - began < 10


def test_a_sheet_of_a_million_rows_takes_little_time_and_room() -> None:
    empty = '<row spans="1:3"><c s="1"/><c s="1"/></row>' * 1_048_570
    data = workbook({"survey": [["type", "name", "label"], ["text", "one", "One"]], "choices": [["list_name", "name"]]}, more=empty)
    tracemalloc.start()
    began = time.process_time()

    imported = read_xlsform(data)

    took, (_, most) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [question.id for question in imported.questionnaire.questions()] == ["one"]
    assert most < 64_000_000
    assert took < 10
