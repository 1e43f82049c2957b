"""Exports of responses from Qualtrics, CSV or TSV."""

from voc.surveys.formats.qualtrics_csv.reading import read_qualtrics_csv

__all__ = ["read_qualtrics_csv"]
