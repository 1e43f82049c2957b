"""Files are known by their content; what is none that we read is refused with a sentence that says what it seems to be."""

import gzip
import json
import random
import re
import time
from copy import deepcopy
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from tests.surveys.formats.samples import SAMPLES, sample
from voc.surveys.documents import as_json, as_yaml
from voc.surveys.formats.detect import LARGEST, detect, read_file
from voc.surveys.formats.file_format import FileFormat
from voc.surveys.formats.imported import NotImportable
from voc.surveys.library import load
from voc.surveys.parse import dump, parse

SURVEYJS = {"pages": [{"name": "p", "elements": [{"type": "text", "name": "q"}]}]}
FORMBRICKS = {"blocks": [{"id": "b", "elements": [{"id": "q", "type": "openText", "headline": {"default": "Q"}}]}]}
LSS = b"<?xml version='1.0'?><document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>"


def archive(*names: str) -> bytes:
    """An archive with empty files of these names."""
    target = BytesIO()
    with ZipFile(target, "w") as written:
        for name in names:
            written.writestr(name, "")
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (json.dumps(SURVEYJS).encode(), FileFormat.SURVEYJS),
        (b"\xef\xbb\xbf" + json.dumps(SURVEYJS).encode(), FileFormat.SURVEYJS),
        (json.dumps(SURVEYJS).encode("utf-16"), FileFormat.SURVEYJS),
        (b"// mine\nexport default { pages: [{ elements: [{ type: 'text', name: 'q', }] }] };", FileFormat.SURVEYJS),
        (json.dumps(FORMBRICKS).encode(), FileFormat.FORMBRICKS),
        (b'{"SurveyEntry": {}, "SurveyElements": []}', FileFormat.QSF),
        (LSS, FileFormat.LSS),
        (archive("survey_1.lss"), FileFormat.LSS),
        (archive("[Content_Types].xml", "xl/workbook.xml"), FileFormat.XLSFORM),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), FileFormat.XLSFORM),
        (b"type,name,label\ntext,q,Q\n", FileFormat.XLSFORM),
        (b"key: x\nlanguages: [en]\npages: []\n", FileFormat.VOC),
        (b'{"key": "x", "languages": ["en"], "pages": [], "end_pages": []}', FileFormat.VOC),
    ],
)
def test_a_file_is_known_by_its_content(data: bytes, format: FileFormat) -> None:
    assert detect(data) == format


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "", "EMPTY"),
        (b" \n", "", "EMPTY"),
        (b"hello", "", "UNKNOWN_FORMAT"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "x.qsf", "NOT_TEXT"),
        (b"<!DOCTYPE html><html></html>", "", "UNKNOWN_FORMAT"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><document/>", "", "DOCTYPE"),
        (b"<rss></rss>", "", "UNKNOWN_FORMAT"),
        (archive("readme.txt"), "", "UNKNOWN_FORMAT"),
        (archive("content.xml"), "", "UNKNOWN_FORMAT"),
        (b"PK\x03\x04 broken", "", "BROKEN_ARCHIVE"),
        (b"\x05Jan\x00" + b" " * 160, "~$form.xlsx", "LOCK_FILE"),
        (b"\x05Jan" + b" " * 161, "", "LOCK_FILE"),
        (json.dumps(SURVEYJS).encode()[:40], "", "CUT_OFF"),
        (b'{"type": "text", "name": "q"}', "", "BARE_QUESTION"),
        (b'{"QuestionText": "How?"}', "", "BARE_QUESTION"),
        (b'{"a": 1}', "", "UNKNOWN_FORMAT"),
        (b"[1, 2]", "", "UNKNOWN_FORMAT"),
        (b"\x00" * 20_000, "", "UNKNOWN_FORMAT"),
        (b'{"elements": [{"type": "text", "name": "a", "min": ' + b"9" * 5000 + b"}]}", "", "NOT_JSON"),
        (b"StartDate,Q1\nStart Date,How?\n" + b'"{""ImportId"":""startDate""}","{""ImportId"":""QID1""}"\n', "", "RESPONSES"),
    ],
)
def test_what_is_no_survey_is_refused_with_the_way_out(data: bytes, name: str, code: str) -> None:
    began = time.process_time()
    with pytest.raises(NotImportable) as refusal:
        read_file(data, name)
    assert refusal.value.code == code
    assert str(refusal.value).endswith(".")
    assert time.process_time() - began < 1


def test_a_packed_file_is_unpacked_within_bounds() -> None:
    assert read_file(gzip.compress(json.dumps(SURVEYJS).encode())).questionnaire.question("q") is not None
    for data, code in (
        (gzip.compress(b"x" * (LARGEST + 2)), "TOO_LARGE"),
        (gzip.compress(b"x" * 99)[:-9], "CUT_OFF"),
        (b"\x1f\x8b" + b"x" * 30, "BROKEN_ARCHIVE"),
    ):
        with pytest.raises(NotImportable) as refusal:
            read_file(data)
        assert refusal.value.code == code


def test_our_own_files_come_back_as_they_were() -> None:
    questionnaire = load("nps-relationship").questionnaire

    for text in (as_yaml(questionnaire), as_json(questionnaire)):
        imported = read_file(text.encode())
        assert imported.questionnaire == questionnaire
        assert imported.report == ()


def test_our_own_file_with_faults_is_refused_with_the_first() -> None:
    with pytest.raises(NotImportable, match="Add `name`") as refusal:
        read_file(b"key: x\nlanguages: 3\npages: []\n")
    assert refusal.value.code == "NOT_A_QUESTIONNAIRE"


@pytest.mark.parametrize("path", ["hostile/own_truncated.qsf", "hostile/own_entities.lss"])
def test_hostile_files_are_refused(path: str) -> None:
    with pytest.raises(NotImportable):
        read_file(sample(path))


def test_nothing_of_a_hostile_survey_can_run() -> None:
    imported = read_file(sample("hostile/own_hostile_html.qsf"))
    written = json.dumps(dump(imported.questionnaire)).lower()

    # `<script>` that a file spells out in entities is words, and is escaped wherever it is shown.
    assert re.search(r"\bon[a-z]+\s*=", written) is None
    assert "javascript:" not in written
    assert {item.code for item in imported.report} >= {"SCRIPT_DROPPED"}


def test_whatever_is_broken_in_a_file_nothing_but_a_refusal_is_raised() -> None:
    """Bytes turned over, cut off and put in twice, at random but the same each time."""
    files = [path for folder in ("surveyjs", "formbricks") for path in sorted((SAMPLES / folder).glob("*.json"))]
    if not files:
        pytest.skip(f"{SAMPLES} is not there: nothing was broken")
    chance, read, refused = random.Random(20261122), 0, 0
    for path in files:
        for _ in range(12):
            data = bytearray(path.read_bytes()[:30_000] if chance.random() < 0.1 else path.read_bytes())
            for _ in range(chance.randrange(1, 30)):
                at = chance.randrange(len(data))
                data[at : at + chance.randrange(0, 4)] = chance.choice(
                    [b"", b"{}", b"[]", b"null", b"0", b'"', b"true", b"\\", b"\xf0", b"{a}", b"[1]"]
                )
            try:
                imported = read_file(bytes(data))
            except NotImportable:
                refused += 1
            else:
                read += 1
                assert parse(dump(imported.questionnaire)) == imported.questionnaire
    assert refused > 20, read


@pytest.mark.parametrize("path", ["surveyjs/many_types_en_nl.json", "surveyjs/bcgov_background.json", "formbricks/own_delivery_en_nl.json"])
def test_whatever_stands_where_something_else_should_nothing_but_a_refusal_is_raised(path: str) -> None:
    """Every value of a survey in turn is something that nobody expects there, in a survey with little else."""
    whole = json.loads(sample(path))
    chance, places = random.Random(7), list(_places(whole))
    for place in chance.sample(places, min(len(places), 150)):
        broken, inside, (*steps, last) = _around(whole, place)
        for step in steps:
            inside = inside[step]
        inside[last] = chance.choice(
            [None, [], {}, 0, -1e300, "", "x" * 25_000, True, [[]], {"default": None}, ["|"], "{", "{a.b}", [{}], {"en": "x"}]
        )
        try:
            imported = read_file(json.dumps(broken).encode())
        except NotImportable:
            continue
        assert parse(dump(imported.questionnaire)) == imported.questionnaire


def _around(value: Any, place: tuple[str | int, ...]) -> tuple[Any, Any, tuple[str | int, ...]]:
    """A copy, twice, in which lists of objects hold only the object that the place is in; and the place there."""
    if not place:
        return (copied := deepcopy(value)), copied, place
    key, *rest = place
    inner, _, after = _around(value[key], tuple(rest))
    if isinstance(value, dict):
        found: Any = {**deepcopy(value), key: inner}
    elif all(isinstance(one, dict) for one in value):
        found, key = [inner], 0
    else:
        found = [*value[:key], inner, *value[key + 1 :]]  # type: ignore[operator]
    return found, found, (key, *after)


def _places(value: object, before: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, one in inside for place in ((*before, key), *_places(one, (*before, key)))]
