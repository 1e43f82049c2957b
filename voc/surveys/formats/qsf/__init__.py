"""Qualtrics survey files (QSF)."""

from voc.surveys.formats.qsf.reading import read_qsf

__all__ = ["read_qsf"]
