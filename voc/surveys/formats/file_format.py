"""The formats of files that can be imported. PURE."""

from enum import StrEnum


class FileFormat(StrEnum):
    """The formats that can be imported."""

    QSF = "qsf"
    LSS = "lss"
    SURVEYJS = "surveyjs"
    XLSFORM = "xlsform"
    FORMBRICKS = "formbricks"
    VOC = "voc"


IN_WORDS = {
    FileFormat.QSF: "Qualtrics (.qsf)",
    FileFormat.LSS: "LimeSurvey (.lss, .lsg, .lsa)",
    FileFormat.SURVEYJS: "SurveyJS (JSON)",
    FileFormat.XLSFORM: "XLSForm (.xlsx, .xls, .csv)",
    FileFormat.FORMBRICKS: "Formbricks (JSON)",
    FileFormat.VOC: "our own YAML or JSON",
}
