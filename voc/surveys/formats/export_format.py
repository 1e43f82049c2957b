"""The formats that a questionnaire can be given in. PURE."""

from enum import StrEnum


class ExportFormat(StrEnum):
    """The formats that a questionnaire can be given in."""

    YAML = "yaml"
    JSON = "json"
    SURVEYJS = "surveyjs"
    QSF = "qsf"
    HTML = "html"


ENDINGS = {
    ExportFormat.YAML: "yaml",
    ExportFormat.JSON: "json",
    ExportFormat.SURVEYJS: "surveyjs.json",
    ExportFormat.QSF: "qsf",
    ExportFormat.HTML: "html",
}
MEDIA_TYPES = {
    ExportFormat.YAML: "application/yaml",
    ExportFormat.JSON: "application/json",
    ExportFormat.SURVEYJS: "application/json",
    ExportFormat.QSF: "application/json",
    ExportFormat.HTML: "text/html; charset=utf-8",
}
