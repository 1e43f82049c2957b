"""Which LimeSurvey files are read, and which are refused."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.surveys.formats.lss_file import document, lss, question
from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.lss import read_lss

_YES_NO = {"A1": "Yes", "A2": "No", "A3": "Perhaps"}


def test_a_group_and_a_question_alone_can_be_imported() -> None:
    rows = [{"qid": "1", "gid": "1", "parent_qid": "0", "type": "S", "title": "one", "question": "Who?", "language": "en"}]

    group = read_lss(document("Group", {"groups": [{"gid": "1", "group_name": "About", "language": "en"}], "questions": rows}))
    alone = read_lss(document("Question", {"questions": rows}))

    assert [one.text["en"] for made in (group, alone) for one in made.questionnaire.questions()] == ["Who?", "Who?"]
    assert group.questionnaire.name["en"] == "About"


def test_an_archive_is_opened() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("survey_9_tokens.lst", "<document/>")
        archive.writestr("survey_9.lss", lss(question("one")))

    assert [one.id for one in read_lss(packed.getvalue()).questionnaire.questions()] == ["one"]


def test_an_archive_that_blows_up_is_refused() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("survey_9.lss", b" " * 60_000_000)

    with pytest.raises(NotImportable, match="larger than 50 MB"):
        read_lss(packed.getvalue())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EMPTY"),
        (b"<document>", "NOT_XML"),
        (lss(question("one"))[:400], "NOT_XML"),
        (b"<survey/>", "NOT_LIMESURVEY"),
        (document("Label set", {}), "NOT_A_SURVEY"),
        (document("Survey", {}), "NO_QUESTIONS"),
        (b"<!DOCTYPE document [<!ENTITY a 'b'>]><document>&a;</document>", "DOCTYPE"),
        (b"<!DOCTYPE document SYSTEM 'http://x.example/a.dtd'><document/>", "DOCTYPE"),
        (b"PK\x03\x04nonsense", "BROKEN_ARCHIVE"),
    ],
)
def test_what_is_no_survey_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(NotImportable) as refusal:
        read_lss(data)

    assert refusal.value.code == code


_WORDS = st.text(max_size=12) | st.sampled_from(
    ["1", "0", "A1", "{one}", "one.NAOK == 'A1'", "<b>x</b>", "one", "-1", "99999999999", "§", "Y"]
)
_TYPES = st.sampled_from([*"STUNKQL!OMP5YGABCEFH1:;RD|IX*", "?", ""])
_SAFE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10)
_ATTRIBUTES = (
    "min_answers",
    "max_answers",
    "array_filter",
    "min_num_value_n",
    "max_num_value_n",
    "exclude_all_others",
    "date_min",
    "slider_layout",
    "hidden",
)


@given(
    st.lists(
        st.tuples(
            _SAFE,
            _TYPES,
            _SAFE | _WORDS,
            st.dictionaries(_SAFE, _SAFE, max_size=3),
            st.dictionaries(st.sampled_from(_ATTRIBUTES), _WORDS, max_size=3),
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_survey_is_read_or_refused(drawn: list[tuple[str, str, str, dict[str, str], dict[str, str]]]) -> None:
    asked = [
        question(code, type_, relevance=words, text=words, answers=parts, subs=parts, columns=parts, attributes=attributes)
        for code, type_, words, parts, attributes in drawn
    ]
    data = lss(*asked)
    try:
        imported = read_lss(data)
    except NotImportable:
        return
    assert [one.source_id for one in imported.questionnaire.questions()] == [str(at) for at, _ in enumerate(drawn, 1)]
    assert read_lss(data) == imported


@given(st.binary(max_size=200) | st.binary(max_size=100).map(lambda some: lss(question("one"))[:-50] + some))
@settings(max_examples=80, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(NotImportable):
        assert list(read_lss(data).questionnaire.questions())
