"""Surveys of SurveyJS (JSON, or JavaScript as people keep it) read into questionnaires of ours. PURE."""

from voc.surveys.formats.surveyjs.survey import read_surveyjs

__all__ = ["read_surveyjs"]
