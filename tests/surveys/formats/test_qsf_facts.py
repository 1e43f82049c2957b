"""Every shared Qualtrics file against what an independent reader finds in it."""

import time

import pytest

from tests.surveys.formats.facts import SAMPLES, facts, facts_of, figures, sample, silent_losses
from voc.surveys.formats.qsf import read_qsf
from voc.surveys.parse import dump, parse

FILES = (
    *("Better_Sample_Survey", "Long_Exhaustive_Sample_Survey", "No_Basis_for_Evaluation", "Notes_Survey", "many_question_types"),
    *("Questions_with_Text_Entry_Components", "Survey_Logic_EVERYWHERE", "moral_decisions_randomizer", "porter_sliders_and_skip"),
    *("ranking_and_matrix", "trustAMAs_qualtrics_CN", "trustAMAs_qualtrics_DE"),
)
PATHS = (*(f"qsf/{name}.qsf" for name in FILES), "hostile/own_hostile_html.qsf")
BAR = {
    **dict.fromkeys(("question_recall", "text_fidelity", "choice_recall", "row_recall", "choice_order", "row_order"), 0.995),
    **dict.fromkeys(("choice_codes", "row_codes", "page_breaks", "language_recall", "translation_fidelity"), 0.99),
    **dict.fromkeys(("required_recall", "order"), 0.995),
    **dict.fromkeys(("required_not_false", "soft_required", "logic_kept_or_reported"), 1.0),
    "kind_fidelity": 0.97,
}


@pytest.mark.parametrize("path", PATHS)
def test_a_file_is_imported_as_an_independent_reader_reads_it(path: str) -> None:
    data, wanted = sample(path), facts(path)
    began = time.process_time()

    imported = read_qsf(data)

    took = time.process_time() - began
    found = figures(facts_of(imported), wanted)
    print(f"\n{path}: {found}  {took:.2f} s\n  " + "\n  ".join(found.short[:40]))
    assert {name: found.share(name) for name, least in BAR.items() if found.share(name) < least} == {}
    assert silent_losses(imported, wanted) == []
    assert parse(dump(imported.questionnaire)) == imported.questionnaire
    assert took < 1


@pytest.mark.parametrize("path", PATHS)
def test_a_second_import_gives_the_same(path: str) -> None:
    data = sample(path)

    assert read_qsf(data) == read_qsf(data)


def test_every_shared_file_is_compared() -> None:
    sample("SOURCES.md")

    assert {f"qsf/{file.name}" for file in (SAMPLES / "qsf").glob("*.qsf")} == set(PATHS[:-1])
