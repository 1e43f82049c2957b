"""Surveys of Formbricks (the JSON of its API) read into questionnaires of ours. PURE."""

from voc.surveys.formats.formbricks.survey import read_formbricks

__all__ = ["read_formbricks"]
