"""Which workbooks are read as forms, and which are refused."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.surveys.formats.workbook_file import workbook
from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.xlsform import read_xlsform

_CHOICES: list[list[object]] = [
    ["list_name", "name", "label", "state"],
    ["l", "a", "Apple", "x"],
    ["l", "b", "Pear", "y"],
    ["n", 1, "One", ""],
    ["n", 2, "Two", ""],
]
_HEADERS: list[object] = ["type", "name", "label", "relevant", "constraint", "required", "appearance", "parameters", "choice_filter"]


def form(*rows: list[object], headers: list[object] | None = None, settings: list[list[object]] | None = None) -> bytes:
    """A form in a workbook."""
    return workbook({"survey": [headers or _HEADERS, *rows], "choices": _CHOICES, "settings": settings or []})


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "", "EMPTY"),
        (b"\0" * 165, "", "EMPTY"),
        (form(["text", "one", "One"]), "~$form.xlsx", "LOCK_FILE"),
        (b"PK\x03\x04 nothing", "", "BROKEN_WORKBOOK"),
        (form(["text", "one", "One"])[:700], "", "BROKEN_WORKBOOK"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "", "NOT_A_WORKBOOK"),
        (b"\x05user\0\0\0", "", "NOT_A_WORKBOOK"),
        (workbook({"Sheet1": []}), "", "NOT_AN_XLSFORM"),
        (workbook({"survey": []}), "", "NOT_AN_XLSFORM"),
        (workbook({"survey": [["type", "name"]]}), "", "NO_QUESTIONS"),
        (b"just some words", "", "NOT_AN_XLSFORM"),
    ],
)
def test_what_is_no_form_is_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(NotImportable) as refusal:
        read_xlsform(data, name)

    assert refusal.value.code == code


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_blows_up_is_refused(part: str) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(part, b"<row" + b" " * 70_000_000)

    with pytest.raises(NotImportable) as refusal:
        read_xlsform(packed.getvalue())

    assert refusal.value.code in {"TOO_LARGE", "BROKEN_WORKBOOK"}


_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(
    ["${a}", "${a} = 'x'", ". > 3", "yes", "<b>x</b>", "label::fr", "a"]
)
_TYPES = st.sampled_from(
    [
        "text",
        "select_one l",
        "select_multiple l or_other",
        "rank n",
        "begin group",
        "end group",
        "begin repeat",
        "range",
        "note",
        "calculate",
        "?",
    ]
)


@given(
    st.lists(st.tuples(_TYPES, _WORDS, _WORDS, _WORDS, _WORDS, _WORDS, _WORDS, _WORDS, _WORDS), max_size=6), st.lists(_WORDS, max_size=3)
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_form_is_read_or_refused(rows: list[tuple[object, ...]], more: list[str]) -> None:
    data = form(*([*row] for row in rows), headers=[*_HEADERS, *more])
    with suppress(NotImportable):
        imported = read_xlsform(data)
        assert list(imported.questionnaire.questions())
        assert read_xlsform(data) == imported


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda some: f"survey\n,type,name\n,text,{some}".encode()))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(NotImportable):
        assert list(read_xlsform(data).questionnaire.questions())


@given(st.integers(0, 1500), st.binary(min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_a_workbook_with_a_hole_is_read_or_refused(at: int, hole: bytes) -> None:
    data = form(["text", "one", "One"])
    with suppress(NotImportable):
        assert list(read_xlsform(data[:at] + hole + data[at + len(hole) :]).questionnaire.questions())
