"""A questionnaire as a file, in the format asked for. PURE."""

import json
from dataclasses import dataclass

from voc.surveys.documents import as_json, as_yaml
from voc.surveys.formats.export_format import ENDINGS, MEDIA_TYPES, ExportFormat
from voc.surveys.formats.export_html import export_html
from voc.surveys.formats.export_qsf import export_qsf
from voc.surveys.formats.export_surveyjs import export_surveyjs
from voc.surveys.formats.left_behind import LeftBehind, left_behind
from voc.surveys.questionnaire import Questionnaire

__all__ = ["ExportFormat", "Exported", "export"]


@dataclass(frozen=True, slots=True)
class Exported:
    """A questionnaire as a file, and what is not in it."""

    text: str
    file_name: str
    media_type: str
    left_behind: tuple[LeftBehind, ...] = ()


def export(questionnaire: Questionnaire, format: ExportFormat, language: str = "") -> Exported:
    """The file. YAML and JSON hold everything; the others what those systems, or paper, can hold. `language` is for paper alone."""
    if format is ExportFormat.YAML:
        text = as_yaml(questionnaire)
    elif format is ExportFormat.JSON:
        text = as_json(questionnaire)
    elif format is ExportFormat.HTML:
        text = export_html(questionnaire, language)
    else:
        document = export_surveyjs(questionnaire) if format is ExportFormat.SURVEYJS else export_qsf(questionnaire)
        text = json.dumps(document, ensure_ascii=False, indent=2)
    return Exported(text, f"{questionnaire.key}.{ENDINGS[format]}", MEDIA_TYPES[format], left_behind(questionnaire, format))
