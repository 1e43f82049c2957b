"""Real XLSForms come along whole."""

from typing import Any

import pytest

from tests.surveys.formats.measuring import figures, sample
from voc.surveys.formats.xlsform import read_xlsform
from voc.surveys.parse import dump, parse

_FILES = ["all_types", "application_form_de_en", "attribute_columns_test", "or_other"]
_PAGES_ARE_OURS = {"page_breaks"}


@pytest.mark.parametrize("name", _FILES)
def test_everything_in_a_real_form_comes_along(name: str) -> None:
    data, facts = sample("xlsform", f"{name}.xlsx")

    imported = read_xlsform(data, f"{name}.xlsx")
    found: dict[str, Any] = figures(imported, facts)

    print(name, found)
    assert {figure for figure, share in found.items() if share < 0.99} <= _PAGES_ARE_OURS, found
    assert parse(dump(imported.questionnaire)) == imported.questionnaire
    assert read_xlsform(data, f"{name}.xlsx") == imported
