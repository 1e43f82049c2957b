"""The rows of a LimeSurvey file, read without trusting it: no DOCTYPE, no entities, no archive that blows up. PURE."""

import re
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.packed import unbroken

LARGEST = 50_000_000
_MOST_MEMBERS = 2000
_ILLEGAL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_KINDS = {"survey": "Survey", "group": "Group", "question": "Question"}

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """A survey, a group or a question of LimeSurvey: rows by section, and the languages in no particular order."""

    kind: str
    languages: tuple[str, ...]
    sections: dict[str, tuple[Row, ...]]

    def rows(self, section: str) -> tuple[Row, ...]:
        """The rows of a section; none where it is not there."""
        return self.sections.get(section, ())


def read_document(data: bytes) -> Document:
    """The document in an .lss, .lsg or .lsq file, or in an .lsa archive. Raises NotImportable."""
    if data[:4] == b"PK\x03\x04":
        data = _survey_in(data)
    root = _root(data)
    if root.tag != "document":
        raise NotImportable("NOT_LIMESURVEY", f"The file holds <{root.tag[:40]}> where a LimeSurvey file has <document>.")
    kind = _text(root.find("LimeSurveyDocType")).strip()
    if kind.lower() not in _KINDS:
        raise NotImportable(
            "NOT_A_SURVEY", f"This is a LimeSurvey file of the kind `{kind[:40]}`. Export the survey structure (.lss) instead."
        )
    languages = tuple(text for one in root.iterfind("languages/language") if (text := _text(one).strip()))
    sections = {section.tag: _rows(section) for section in root if section.find("rows") is not None}
    return Document(_KINDS[kind.lower()], languages, sections)


def _survey_in(data: bytes) -> bytes:
    refusal = "The archive is broken or locked. Export it anew, without a password."
    with unbroken("BROKEN_ARCHIVE", refusal), ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise NotImportable("TOO_LARGE", f"The archive holds {len(members)} files; at most {_MOST_MEMBERS} are looked at.")
        found = next((one for one in members if one.filename.lower().endswith(".lss")), None)
        if found is None:
            raise NotImportable("NO_SURVEY", "There is no .lss file in this archive. Export the survey archive (.lsa) anew.")
        if found.file_size > LARGEST:
            raise NotImportable("TOO_LARGE", f"{found.filename[:80]} is larger than {LARGEST // 1_000_000} MB.")
        with archive.open(found) as opened:
            return opened.read(LARGEST)


def _root(data: bytes) -> Element:
    if len(data) > LARGEST:
        raise NotImportable("TOO_LARGE", f"The file is larger than {LARGEST // 1_000_000} MB.")
    if not data.strip():
        raise NotImportable("EMPTY", "The file is empty.")
    if data[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        data = _ILLEGAL.sub(b"", data).removeprefix(b"\xef\xbb\xbf").lstrip()
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise NotImportable("DOCTYPE", "The file declares a DOCTYPE or entities, which no LimeSurvey file does. It was not read.") from None
    except ParseError as fault:
        line, column = fault.position
        raise NotImportable(
            "NOT_XML", f"The file is no whole XML: it breaks off at line {line}, column {column}. Export it anew."
        ) from None
    except (ValueError, LookupError, RecursionError):
        raise NotImportable("NOT_XML", "The file cannot be read as XML. Export it anew.") from None
    return root


def _rows(section: Element) -> tuple[Row, ...]:
    return tuple({field.tag: _text(field) for field in row} for row in section.iterfind("rows/row"))


def _text(element: Element | None) -> str:
    return (element.text or "") if element is not None else ""
