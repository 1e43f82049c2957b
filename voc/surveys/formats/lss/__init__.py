"""LimeSurvey's own files (.lss, .lsa, .lsg, .lsq) as questionnaires of ours. PURE."""

from voc.surveys.formats.lss.reading import read_lss

__all__ = ["read_lss"]
