"""Which system a file comes from, told by its content alone; and the one door through which every file is read. PURE."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZipFile

from voc.surveys.documents import questionnaire_in
from voc.surveys.formats import formbricks, lss, qsf, surveyjs, xlsform
from voc.surveys.formats.file_format import IN_WORDS, FileFormat
from voc.surveys.formats.formbricks.survey import survey_in as formbricks_survey
from voc.surveys.formats.imported import Imported, NotImportable
from voc.surveys.formats.packed import unbroken, unpacked
from voc.surveys.formats.surveyjs.literal import decoded, read_literal
from voc.surveys.formats.surveyjs.survey import survey_in as surveyjs_survey
from voc.surveys.questionnaire import QuestionnaireError

LARGEST = 20_000_000
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCK_FILE_SIZE = 165
_TABLE = re.compile(r"(?im)^[^\w\n]{0,20}(?:survey[^\w\n]{0,200}$|(?=[^\n]*\btype\b)(?=[^\n]*\bname\b)[^\n{]*[,;\t][^\n]*$)")


def read_file(data: bytes, name: str = "", format: FileFormat | None = None) -> Imported:
    """The questionnaire in a file, and the report of what could not come along as it was.

    The format is told from the content where none is given; `name` only helps to know what is no survey at all. A file may be packed
    with gzip. Raises NotImportable for everything that cannot be read.
    """
    data = unpacked(data, LARGEST)
    if len(data) > LARGEST:
        raise NotImportable("TOO_LARGE", f"The file is larger than {LARGEST // 1_000_000} MB. Split the survey.")
    chosen = format or detect(data, name)
    try:
        return _READERS[chosen](data)
    except RecursionError:
        raise NotImportable("TOO_DEEP", "The file is nested too deeply to be read. Save the survey again.") from None


def detect(data: bytes, name: str = "") -> FileFormat:
    """The format of a file. Raises NotImportable where it is none that we read, saying what it seems to be."""
    if not data.strip():
        raise NotImportable("EMPTY", "The file is empty. Save the survey again.")
    if name.rpartition("/")[2].startswith("~$") or (len(data) == _LOCK_FILE_SIZE and data[:1] < b" "):
        raise NotImportable("LOCK_FILE", "This is the lock file of a workbook that is open somewhere. Close it, and import the workbook.")
    if data.startswith(_ZIP):
        return _archive(data)
    if data.startswith(_OLD_OFFICE):
        return FileFormat.XLSFORM
    text = decoded(data)
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return _xml(start)
    if start[:1] in ("{", "["):
        return _object(read_literal(data))
    if "ImportId" in text[:200_000] and start[:1] not in "{[":
        raise NotImportable("RESPONSES", "These are responses, not a survey. Import the survey first, and then the responses onto it.")
    if re.search(r"(?m)^pages:", text) and re.search(r"(?m)^(?:key|languages):", text):
        return FileFormat.VOC
    if _TABLE.search(text[:20_000]):
        return FileFormat.XLSFORM
    return _object(read_literal(data)) if "{" in text else _refuse_unknown()


def _archive(data: bytes) -> FileFormat:
    with unbroken("BROKEN_ARCHIVE", "The archive or workbook is broken. Download or save it again."), ZipFile(BytesIO(data)) as archive:
        names = [member.filename.lower() for member in archive.infolist()[:10_000]]
    if any(name.startswith("xl/") for name in names):
        return FileFormat.XLSFORM
    if any(name.endswith((".lss", ".lsr", ".lst")) for name in names):
        return FileFormat.LSS
    if "content.xml" in names:
        raise NotImportable("UNKNOWN_FORMAT", "This is an OpenDocument file. Save it as .xlsx and import that.")
    raise NotImportable("UNKNOWN_FORMAT", f"There is no survey in this archive. Unpack it, and import the survey's own file. {_taken()}")


def _xml(text: str) -> FileFormat:
    head = text[:5000].lower()
    if "<!doctype html" in head or "<html" in head[:500]:
        raise NotImportable("UNKNOWN_FORMAT", f"This is a web page, not a survey file. {_taken()}")
    if "<!doctype" in head or "<!entity" in head:
        raise NotImportable("DOCTYPE", "The file declares a DOCTYPE or entities, which no survey needs. It was not read.")
    if "<document" in head or "limesurvey" in head:
        return FileFormat.LSS
    if "xforms" in head or "<h:" in head:
        raise NotImportable("UNKNOWN_FORMAT", "This is an XForm made from a workbook. Import the workbook itself.")
    raise NotImportable("UNKNOWN_FORMAT", f"This is XML, but no survey of LimeSurvey. {_taken()}")


def _object(found: object) -> FileFormat:
    if isinstance(found, Mapping):
        if "SurveyElements" in found or "SurveyEntry" in found:
            return FileFormat.QSF
        if "QuestionText" in found or isinstance(found.get("Payload"), Mapping) or {"kind", "text"} <= set(found):
            raise NotImportable("BARE_QUESTION", "This is one question, not a survey. Export the whole survey and import that.")
        if {"languages", "pages", "end_pages"} <= set(found) or {"key", "languages", "pages"} <= set(found):
            return FileFormat.VOC
    refusals = []
    for format, find in ((FileFormat.FORMBRICKS, formbricks_survey), (FileFormat.SURVEYJS, surveyjs_survey)):
        try:
            find(found)
        except NotImportable as refusal:
            refusals.append(refusal)
        else:
            return format
    told = next((refusal for refusal in refusals if refusal.code in ("BARE_QUESTION", "SEVERAL_SURVEYS")), None)
    if told:
        raise told
    raise NotImportable("UNKNOWN_FORMAT", f"This is JSON, but no survey that can be read here. {_taken()}")


def _refuse_unknown() -> FileFormat:
    raise NotImportable("UNKNOWN_FORMAT", f"This is no survey file. {_taken()}")


def _taken() -> str:
    return f"What can be imported: {', '.join(IN_WORDS.values())}."


def _own(data: bytes) -> Imported:
    try:
        return Imported(questionnaire_in(decoded(data)), ())
    except QuestionnaireError as refusal:
        first, more = refusal.problems[0], len(refusal.problems) - 1
        place = f"line {first.line}: " if first.line else f"{first.path}: " if first.path else ""
        rest = f" ({more} more; `voc surveys check` lists them all)" if more else ""
        raise NotImportable("NOT_A_QUESTIONNAIRE", f"{place}{first.message}{rest}") from None


_READERS: dict[FileFormat, Callable[[bytes], Imported]] = {
    FileFormat.QSF: qsf.read_qsf,
    FileFormat.LSS: lss.read_lss,
    FileFormat.SURVEYJS: surveyjs.read_surveyjs,
    FileFormat.XLSFORM: xlsform.read_xlsform,
    FileFormat.FORMBRICKS: formbricks.read_formbricks,
    FileFormat.VOC: _own,
}
