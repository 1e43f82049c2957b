"""Translations go out as a table and come in again, and nothing that a translator wrote is taken for what it is not."""

import pytest

from tests.surveys.sample import document
from voc.surveys.parse import dump, parse
from voc.surveys.questionnaire import Questionnaire, QuestionnaireError
from voc.surveys.translations.as_csv import csv_of, entries_in_csv
from voc.surveys.translations.as_xliff import entries_in_xliff, xliff_of
from voc.surveys.translations.table import Entry, changes, lines, progress, with_changes


@pytest.fixture
def questionnaire() -> Questionnaire:
    return parse(document())


def codes(questionnaire: Questionnaire, *entries: Entry) -> list[str]:
    return [change.code for change in changes(questionnaire, entries)]


def test_every_text_has_a_key_that_stays_when_its_question_moves(questionnaire: Questionnaire) -> None:
    keys = [line.key for line in lines(questionnaire)]
    assert len(keys) == len(set(keys))
    assert {"nps.text", "cause.choices.wait.text", "end_pages.let_down.apology", "invitation.subject", "pages.second.title"} <= set(keys)
    moved = document()
    moved["pages"].reverse()
    moved["pages"][1]["questions"].append(moved["pages"][0]["questions"].pop())
    moved["pages"].pop(0)
    assert set(keys) - {"pages.second.title"} == {line.key for line in lines(parse(moved))}


def test_progress_counts_texts_and_the_words_that_we_do_not_have(questionnaire: Questionnaire) -> None:
    total = len(lines(questionnaire))
    assert [(one.language, one.done, one.total) for one in progress(questionnaire)] == [("en", total, total), ("nl", total, total)]
    found = document() | {"languages": ["en", "nl", "fy"], "fallback": ["nl"]}
    frisian = progress(parse(found))[2]
    assert (frisian.language, frisian.done) == ("fy", 0)
    assert frisian.total > total


@pytest.mark.parametrize("language", ["nl", "fy"])
def test_a_table_goes_out_and_comes_in_without_a_change(questionnaire: Questionnaire, language: str) -> None:
    for entries in (entries_in_csv(csv_of(questionnaire)), entries_in_xliff(xliff_of(questionnaire, language))):
        found = changes(questionnaire, entries)
        assert {change.code for change in found} <= {"SAME"}
        assert parse(with_changes(questionnaire, dump(questionnaire), found)) == questionnaire


def test_a_new_language_comes_in_by_either_way(questionnaire: Questionnaire) -> None:
    empty = xliff_of(questionnaire, "fy")
    assert 'state="new"' in empty
    filled = empty.replace('<target state="new" />', '<target state="translated">Wurden</target>', 1)
    (change,) = changes(questionnaire, entries_in_xliff(filled))
    assert change.code == "NEW"
    head, first, *_ = csv_of(questionnaire, ("fy",)).splitlines()
    assert head == "key,en,fy"
    assert [entry.text for entry in entries_in_csv(f"{head}\n{first}Wurden\n") if entry.language == "fy"] == ["Wurden"]
    found = parse(with_changes(questionnaire, dump(questionnaire), (change,)))
    assert found.languages == ("en", "nl", "fy")
    assert found.name["fy"] == "Wurden"


def test_what_was_made_from_an_older_text_is_stale(questionnaire: Questionnaire) -> None:
    text = questionnaire.question("why").text["en"]  # type: ignore[union-attr]
    assert codes(questionnaire, Entry("why.text", "nl", "Waarom precies?", text)) == ["CHANGED"]
    assert codes(questionnaire, Entry("why.text", "nl", "Waarom precies?", "Why that score?")) == ["STALE"]
    assert codes(questionnaire, Entry("why.text", "nl", "Waarom precies?")) == ["CHANGED"]


def test_a_placeholder_may_not_get_lost_or_be_made_up(questionnaire: Questionnaire) -> None:
    assert codes(questionnaire, Entry("invitation.greeting", "nl", "Hallo,")) == ["PLACEHOLDER"]
    assert codes(questionnaire, Entry("invitation.greeting", "nl", "Hallo {customer.first_name|daar},")) == ["CHANGED"]
    assert codes(questionnaire, Entry("why.text", "nl", "Waarom, {customer.first_name|u}?")) == ["PLACEHOLDER"]


def test_what_is_gone_is_named_and_left_alone(questionnaire: Questionnaire) -> None:
    (change,) = changes(questionnaire, (Entry("gone.text", "nl", "Weg"),))
    assert change.code == "UNKNOWN_KEY"
    assert parse(with_changes(questionnaire, dump(questionnaire), (change,))) == questionnaire


def test_a_text_that_cannot_stand_in_its_place_is_refused_by_its_key(questionnaire: Questionnaire) -> None:
    found = changes(questionnaire, (Entry("cause.other", "nl", "x" * 201),))
    with pytest.raises(QuestionnaireError) as refused:
        parse(with_changes(questionnaire, dump(questionnaire), found))
    assert [(problem.path, problem.code) for problem in refused.value.problems] == [("cause.other.nl", "TOO_LONG")]


@pytest.mark.parametrize(
    "text",
    ["", "a,b\r\n", "key\r\n", 'key,en\r\n"open', "key,en\r\na,b,c\r\n", "\x00"],
    ids=["empty", "other", "no-language", "cut", "wide", "nul"],
)
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(QuestionnaireError):
        entries_in_csv(text)


@pytest.mark.parametrize(
    "text",
    ["", "<a/>", '<!DOCTYPE x [<!ENTITY e "boom">]><x>&e;</x>', '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2"><file/></xliff>'],
)
def test_what_is_no_xliff_is_refused(text: str) -> None:
    with pytest.raises(QuestionnaireError):
        entries_in_xliff(text)


def test_a_spreadsheet_runs_no_cell_and_a_semicolon_does_as_well() -> None:
    found = document()
    found["pages"][1]["questions"][0]["text"]["nl"] = "=1+1"
    questionnaire = parse(found)
    table = csv_of(questionnaire)
    assert "'=1+1" in table
    assert {change.code for change in changes(questionnaire, entries_in_csv(table))} == {"SAME"}
    (entry, other) = entries_in_csv("key;en;nl\nwhy.text;Why?;Waarom?\n")
    assert (entry.source, other.source, other.text) == (None, "Why?", "Waarom?")
