"""Forms in workbooks (XLSForm: .xlsx, .xls, .csv) as questionnaires of ours. PURE."""

from voc.surveys.formats.xlsform.reading import read_xlsform

__all__ = ["read_xlsform"]
