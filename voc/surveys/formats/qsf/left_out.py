"""What of a file is not asked at all. PURE."""

from voc.surveys.formats.plain_text import plain_text
from voc.surveys.formats.qsf.flow import Flow
from voc.surveys.formats.qsf.loose import text, word
from voc.surveys.formats.qsf.source import Source
from voc.surveys.formats.qsf.texts import TextReader

_OPTIONS = {
    "Header": "words above every page",
    "Footer": "words below every page",
    "PasswordProtection": "a password",
    "SurveyExpiration": "an end date",
    "QuestionsPerPage": "questions per page",
    "NextButton": "words on the next button",
    "PreviousButton": "words on the back button",
    "ProgressBarDisplay": "the progress bar",
    "Skin": "colours and look",
    "CustomStyles": "own styles",
}
_OFF = {"", "None", "No", "false", "0"}
_ELEMENTS = {
    "NT": "Notes of authors stay behind.",
    "TR": "What happened after an answer is a matter of follow-up rules here. Addresses in it were not read.",
}


def report_left_out(source: Source, flow: Flow, asked: set[str], reader: TextReader) -> None:
    """Questions in the bin or out of reach, blocks that are missing, settings and other elements: each reported once."""
    notes = reader.notes
    binned = {word(one.get("QuestionID")) for block in source.trash for one in block.elements} - asked
    for source_id, payload in source.questions.items():
        if source_id not in asked:
            what = plain_text(text(payload.get("QuestionText")))[:300] or word(payload.get("DataExportTag"))
            if source_id in binned:
                notes.dropped(source_id, "IN_BIN", what, "It was in the bin and is not asked.")
            else:
                notes.dropped(source_id, "UNREACHABLE", what, "No way of the survey flow leads to it, so that it is not asked.")
    for station in flow.stations:
        block_id = word(station.node.get("ID"))
        if station.kind == "block" and block_id not in source.blocks:
            notes.dropped(block_id or station.flow_id, "BLOCK_MISSING", "a block", "The flow names it, but the file does not have it.")
    for block in source.blocks.values():
        for element in block.elements:
            question = word(element.get("QuestionID"))
            if question and question not in source.questions:
                notes.dropped(question, "QUESTION_MISSING", "a question", "A block names it, but the file does not have it.")
    _settings(source, reader)


def _settings(source: Source, reader: TextReader) -> None:
    notes = reader.notes
    for name, what in _OPTIONS.items():
        value = source.options.get(name)
        said = text(value).strip()
        if (said and said not in _OFF) or (isinstance(value, dict) and value):
            shown = reader.plain(source.id, said, 2000) if name in {"Header", "Footer"} else ""
            notes.dropped(
                source.id, "SETTING_DROPPED", f"{what}: {shown}" if shown else what, "Look and settings are those of your house here."
            )
    counts: dict[str, int] = {}
    for kind, _ in source.others:
        counts[kind] = counts.get(kind, 0) + 1
    for kind, count in counts.items():
        notes.dropped(source.id, "ELEMENT_DROPPED", f"{count} × {kind or 'no name'}", _ELEMENTS.get(kind, "There is no such thing here."))
    for one in source.quota_groups:
        notes.dropped(word(one.get("ID")), "QUOTA_GROUP_DROPPED", text(one.get("Name")), "Each quota counts by itself here.")
