"""Which workbooks are read as forms, and which are refused."""

from contextlib import suppress
from io import BytesIO
from struct import pack
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
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_form_is_read_or_refused(rows: list[tuple[object, ...]], more: list[str]) -> None:
    data = form(*([*row] for row in rows), headers=[*_HEADERS, *more])
    with suppress(NotImportable):
        imported = read_xlsform(data)
        assert list(imported.questionnaire.questions())
        assert read_xlsform(data) == imported


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda some: f"survey\n,type,name\n,text,{some}".encode()))
@settings(max_examples=80, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(NotImportable):
        assert list(read_xlsform(data).questionnaire.questions())


@given(st.integers(0, 1500), st.binary(min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_a_workbook_with_a_hole_is_read_or_refused(at: int, hole: bytes) -> None:
    data = form(["text", "one", "One"])
    with suppress(NotImportable):
        assert list(read_xlsform(data[:at] + hole + data[at + len(hole) :]).questionnaire.questions())


def _old_workbook(records: bytes) -> bytes:
    """An .xls with these records in its stream, and as little else as there can be."""
    stream = records.ljust(4096, b"\0")
    sectors = len(stream) // 512
    steps = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(10)
    head += pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * 432
    table = b"".join(pack("<I", step) for step in steps).ljust(512, b"\xff")
    name = (
        "Workbook".encode("utf-16-le").ljust(64, b"\0")
        + pack("<HBB", 18, 2, 1)
        + b"\xff" * 12
        + bytes(36)
        + pack("<III", 2, len(stream), 0)
    )
    return head + table + (bytes(128) + name).ljust(512, b"\0") + stream


def test_an_old_workbook_that_claims_too_many_cells_is_refused_before_it_is_opened() -> None:
    far = b"".join(pack("<HHHHHd", 0x0203, 14, row, column, 0, 1.0) for row, column in ((0, 0), (65_535, 255)))
    begin, end = pack("<HHHH", 0x0809, 4, 0x0600, 0x0010), pack("<HH", 0x000A, 0)

    with pytest.raises(NotImportable, match="claims 16,777,216 cells"):
        read_xlsform(_old_workbook(begin + far + end))
    with pytest.raises(NotImportable, match="claims 281,474,976,645,120 cells"):
        read_xlsform(_old_workbook(begin + pack("<HHIIHHH", 0x0200, 14, 0, 0xFFFFFFFE, 0, 0xFFFF, 0) + end))


@given(st.integers(0, 5600), st.binary(min_size=1, max_size=16))
@settings(max_examples=100, deadline=None)
def test_an_old_workbook_with_a_hole_is_read_or_refused(at: int, hole: bytes) -> None:
    data = _old_workbook(pack("<HHHH", 0x0809, 4, 0x0600, 0x0005) + pack("<HH", 0x000A, 0))
    with suppress(NotImportable):
        assert list(read_xlsform(data[:at] + hole + data[at + len(hole) :]).questionnaire.questions())
