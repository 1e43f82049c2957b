"""Real LimeSurvey files come along whole."""

from typing import Any

import pytest

from tests.surveys.formats.measuring import figures, hostile, sample
from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.lss import read_lss
from voc.surveys.parse import dump, parse

_FILES = ["blank-survey", "builder_old_layout", "fossr_it", "own_all_types_en_nl", "rat_de_en", "survey-one-question-two-languages"]
_REPORTED_INSTEAD = {"fossr_it": {"logic_kept"}, "own_all_types_en_nl": {"logic_kept"}}


@pytest.mark.parametrize("name", _FILES)
def test_everything_in_a_real_file_comes_along(name: str) -> None:
    data, facts = sample("lss", f"{name}.lss")

    imported = read_lss(data)
    found: dict[str, Any] = figures(imported, facts)

    print(name, found)
    short = {figure for figure, share in found.items() if share < 0.99}
    assert short <= _REPORTED_INSTEAD.get(name, set()), found
    assert parse(dump(imported.questionnaire)) == imported.questionnaire
    assert read_lss(data) == imported


def test_a_file_with_entities_is_refused() -> None:
    with pytest.raises(NotImportable) as refusal:
        read_lss(hostile("own_entities.lss"))

    assert refusal.value.code == "DOCTYPE"
