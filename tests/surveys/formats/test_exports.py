"""Questionnaires go out and come back: kinds, codes and words are the same, and nothing in them can run."""

import json
import re

import pytest

from tests.surveys.formats.samples import sample
from voc.surveys.course import conditions_of
from voc.surveys.documents import questionnaire_in
from voc.surveys.formats.detect import detect, read_file
from voc.surveys.formats.export import ExportFormat, export
from voc.surveys.formats.export_html import export_html
from voc.surveys.formats.export_surveyjs import export_surveyjs
from voc.surveys.formats.file_format import FileFormat
from voc.surveys.library import load, ready
from voc.surveys.parse import parse
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Choosing, Fields, InRows, Question

# What the other system does not have comes back as what is nearest there.
NEAREST = {
    FileFormat.SURVEYJS: {"csat": "rating", "ces": "rating", "consent": "yes_no", "call_me_back": "text", "constant_sum": "fields"},
    FileFormat.QSF: {"rating": "single_choice", "csat": "single_choice", "ces": "single_choice", "yes_no": "single_choice"}
    | {"consent": "multiple_choice", "call_me_back": "text", "date_time": "date", "time": "text", "not_asked": "statement"},
}
SAMPLES = (
    "surveyjs/many_types_en_nl.json",
    "qsf/many_question_types.qsf",
    "lss/own_all_types_en_nl.lss",
    "formbricks/own_delivery_en_nl.json",
)


def codes_of(question: Question) -> list[str]:
    """The codes of choices, rows or fields."""
    if isinstance(question, Choosing):
        return [choice.code for choice in question.all_choices]
    parts = question.rows if isinstance(question, InRows) else question.fields if isinstance(question, Fields) else ()
    return [one.code for one in parts]


def differences(before: Questionnaire, after: Questionnaire, format: FileFormat) -> list[str]:
    """What did not come back, by the name that the file gave it."""
    found = {question.code or question.id: question for question in after.questions()}
    lost = []
    for question in before.questions():
        # One slider without rows is one with a row that says nothing elsewhere.
        if question.kind == "hidden" or (question.kind == "slider" and not codes_of(question)):
            continue
        back = found.get(question.code or question.id)
        if back is None:
            lost.append(f"{question.id} is gone")
        elif back.kind != question.kind and back.kind != NEAREST[format].get(question.kind):
            lost.append(f"{question.id}: {question.kind} came back as {back.kind}")
        elif back.kind == question.kind and codes_of(question) != codes_of(back):
            lost.append(f"{question.id}: {codes_of(question)} came back as {codes_of(back)}")
        elif not question.help and _words(question) - _words(back):
            lost.append(f"{question.id}: {_words(question)} came back as {_words(back)}")
    return lost


def _words(question: Question) -> set[str]:
    return {" ".join(re.sub(r"\$?\{[^{}]*\}", " ", text).split()) for text in question.text.values()}


@pytest.mark.parametrize("key", [one.key for one in ready()])
@pytest.mark.parametrize("format", [ExportFormat.SURVEYJS, ExportFormat.QSF])
def test_a_ready_questionnaire_comes_back_from_another_system(key: str, format: ExportFormat) -> None:
    before = load(key).questionnaire
    file = export(before, format)
    theirs = FileFormat(format.value)

    assert detect(file.text.encode()) == theirs
    assert differences(before, read_file(file.text.encode()).questionnaire, theirs) == []


@pytest.mark.parametrize("path", SAMPLES)
def test_an_imported_survey_comes_back_from_surveyjs(path: str) -> None:
    before = read_file(sample(path)).questionnaire
    after = read_file(export(before, ExportFormat.SURVEYJS).text.encode()).questionnaire
    lost = [
        one for one in differences(before, after, FileFormat.SURVEYJS) if "came back as fields" not in one and "matrix came back" not in one
    ]

    assert lost == []


def test_conditions_come_back_from_surveyjs() -> None:
    met = 0
    for one in ready():
        after = read_file(json.dumps(export_surveyjs(one.questionnaire)).encode()).questionnaire
        conditions = {question.id: question.show_if for question in one.questionnaire.questions()}
        back = {question.code: question.show_if for question in after.questions() if question.kind != "hidden"}
        # `x in ["a", "b"]` comes back as `x == "a" || x == "b"`.
        assert {name for name, met_when in back.items() if met_when} == {name for name, met_when in conditions.items() if met_when}
        assert [bool(end.show_if) for end in after.end_pages] == [bool(end.show_if) for end in one.questionnaire.end_pages]
        met += sum(map(bool, back.values()))
    assert met > 5


def test_every_condition_is_in_the_file_or_said_to_be_left_behind() -> None:
    for one in ready():
        conditions = {
            f"pages[{number}].questions[{at}].{end}": condition
            for number, page in enumerate(one.questionnaire.pages)
            for at, question in enumerate(page.questions)
            for end, condition in conditions_of(question)
        }
        surveyjs, qsf = (export(one.questionnaire, format).left_behind for format in (ExportFormat.SURVEYJS, ExportFormat.QSF))
        assert conditions.keys() <= {lost.path for lost in qsf}
        assert not conditions.keys() & {lost.path for lost in surveyjs}
        assert export(one.questionnaire, ExportFormat.JSON).left_behind == ()


def test_what_another_system_does_not_have_is_said() -> None:
    document = {
        "key": "x",
        "name": {"en": "X"},
        "languages": ["en"],
        "intro": {"en": "Hello"},
        "pages": [
            {"id": "p", "questions": [{"id": "q", "kind": "text", "text": {"en": "Q?"}}]},
            {
                "id": "r",
                "show_if": "answers.q.startsWith('a')",
                "loop_over": [{"code": "1", "text": {"en": "One"}}],
                "questions": [{"id": "s", "kind": "text", "text": {"en": "S?"}}],
            },
        ],
        "quotas": [{"id": "full", "limit": 5}],
        "end_pages": [{"id": "e", "title": {"en": "Thanks"}}],
        "invitation": {name: {"en": "x"} for name in ("subject", "greeting", "why", "use")},
    }
    found = {format: export(parse(document), format).left_behind for format in ExportFormat}

    paths = {format: [one.path for one in lost] for format, lost in found.items()}
    assert paths[ExportFormat.SURVEYJS] == ["pages[1].show_if", "pages[1].loop", "quotas", "invitation"]
    assert paths[ExportFormat.QSF] == ["pages[1].show_if", "pages[1].loop", "intro", "end_pages", "quotas", "invitation"]
    assert paths[ExportFormat.YAML] == paths[ExportFormat.HTML] == []
    assert found[ExportFormat.QSF][0].what == "Write this condition anew there: answers.q.startsWith('a')"


@pytest.mark.parametrize("format", [ExportFormat.YAML, ExportFormat.JSON])
def test_our_own_files_lose_nothing(format: ExportFormat) -> None:
    for one in ready():
        file = export(one.questionnaire, format)
        assert questionnaire_in(file.text) == one.questionnaire
        assert file.file_name == f"{one.key}.{format.value}"


def test_paper_is_in_the_language_asked_for_and_nothing_on_it_can_run() -> None:
    document = {
        "key": "x",
        "name": {"en": "<script>alert(1)</script>", "ar": "استبيان"},
        "languages": ["en", "ar"],
        "pages": [
            {
                "id": "p",
                "questions": [
                    {
                        "id": "q",
                        "kind": "single_choice",
                        "required": True,
                        "text": {"en": 'Why {customer.first_name|you} "<b>"?', "ar": "لماذا؟"},
                        "choices": [
                            {"code": "a", "text": {"en": "<img src=x onerror=alert(1)>", "ar": "أ"}},
                            {"code": "b", "text": {"en": "B", "ar": "ب"}},
                        ],
                    }
                ],
            }
        ],
        "end_pages": [{"id": "e", "title": {"en": "Thanks", "ar": "شكراً"}}],
        "invitation": {name: {"en": "x", "ar": "x"} for name in ("subject", "greeting", "why", "use")},
    }
    questionnaire = parse(document)

    page = export_html(questionnaire)
    assert "1. Why you &quot;&lt;b&gt;&quot;? *" in page
    assert "<script" not in page
    assert "<img" not in page
    assert "<li>○ B</li>" in page
    assert 'lang="ar" dir="rtl"' in export_html(questionnaire, "ar")
    assert "لماذا؟" in export_html(questionnaire, "ar")
