"""Responses that LimeSurvey exported find their questions."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.surveys.formats.lss_file import lss, question
from tests.surveys.formats.samples import sample
from voc.surveys.formats.exported import OutsideColumns
from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.limesurvey_csv import read_limesurvey_csv
from voc.surveys.formats.lss import read_lss
from voc.surveys.questionnaire import Questionnaire


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    answers = {"A1": "Good", "A2": "Bad"}
    rows = {"R1": "Price", "R2": "Service"}
    asked = (
        question("one", "L", answers=answers, other="Y"),
        question("many", "P", subs=rows, other="Y"),
        question("table", "F", answers=answers, subs=rows),
        question("cells", ":", subs=rows, columns={"C1": "Now", "C2": "Then"}),
        question("ticks", ":", subs=rows, columns={"C1": "Now", "C2": "Then"}, attributes={"multiflexible_checkbox": "1"}),
        question("order", "R", answers=answers),
        question("age", "N"),
        question("call", "Y"),
        question("day", "D"),
        question("where", "Q", subs={"CITY": "City"}),
        question("list", "O", answers=answers),
        question("stars", "5"),
    )
    return read_lss(lss(*asked)).questionnaire


def test_a_whole_row_is_read(questionnaire: Questionnaire) -> None:
    cells = {
        **{"id": "7", "submitdate": "2026-03-01 12:00:00", "startdate": "2026-03-01 11:55:00", "startlanguage": "en", "token": "abc"},
        **{"one": "-oth-", "one[other]": "Fine", "many[R1]": "Y", "many[R1comment]": "too high", "many[R2]": "", "many[other]": "more"},
        **{
            "table[R1]": "A1",
            "table[R2]": "",
            "cells[R1_C1]": "3",
            "ticks[R1_C1]": "1",
            "ticks[R1_C2]": "1",
            "order[1]": "A2",
            "order[2]": "A1",
        },
        **{
            "age": "41.5",
            "call": "N",
            "day": "2026-01-31 00:00:00",
            "where[CITY]": "Ede",
            "list": "A1",
            "list[comment]": "why",
            "stars": "4",
        },
        **{"ipaddr": "192.0.2.1", "unknown": "x"},
    }
    table = ";".join(f'"{name}"' for name in cells) + "\n" + ";".join(f'"{value}"' for value in cells.values()) + "\n"

    read = read_limesurvey_csv(table.encode("utf-8-sig"), questionnaire, zone=ZoneInfo("Europe/Amsterdam"))

    (response,) = read.responses
    assert response.answers == {
        **{
            "one": "-oth-",
            "one_oth": "Fine",
            "many": ["R1"],
            "many_r1": "too high",
            "many_oth": "more",
            "table_r1": "A1",
            "cells_r1_c1": 3.0,
        },
        **{"ticks_r1": ["C1", "C2"], "order": ["A2", "A1"], "age": 41.5, "call": False, "day": "2026-01-31", "where_city": "Ede"},
        **{"list": "A1", "list_comment": "why", "stars": 4.0},
    }
    assert (response.source_id, response.customer, response.language, response.line) == ("9:7", "abc", "en", 2)
    assert response.submitted_at == datetime(2026, 3, 1, 11, tzinfo=UTC)
    assert [one.column for one in read.not_used] == ["unknown"]
    assert read.used["many[R1]"] == "many"


def test_headers_may_hold_the_question_and_answers_their_words(questionnaire: Questionnaire) -> None:
    table = (
        '"id. Response ID","one. How was it?","many[R1]. Which? [Price]","call. May we call?"\n"1","Bad","Yes","Yes"\n\n"2","","No",""\n'
    )

    read = read_limesurvey_csv(table.encode(), questionnaire)

    assert [(one.source_id, one.line, one.answers) for one in read.responses] == [
        ("9:1", 2, {"one": "A2", "many": ["R1"], "call": True}),
        ("9:2", 4, {}),
    ]
    assert read.not_used == ()


def test_ids_of_customers_and_contacts_are_taken_from_their_columns(questionnaire: Questionnaire) -> None:
    table = "id,token,attribute_1. Customer,call id,age\n1,abc,C9,K7,3\n"

    read = read_limesurvey_csv(table.encode(), questionnaire, outside=OutsideColumns(customer="attribute_1", contact="Call ID"))
    (plain,) = read_limesurvey_csv(table.encode(), questionnaire).responses

    assert [(one.customer, one.contact) for one in read.responses] == [("C9", "K7")]
    assert (plain.customer, plain.contact, read.not_used) == ("abc", "", ())
    with pytest.raises(NotImportable) as refusal:
        read_limesurvey_csv(table.encode(), questionnaire, OutsideColumns(contact="calls"))
    assert str(refusal.value) == "There is no column `calls` in this file. Write it as in its first row."


def test_responses_without_an_id_are_told_apart_by_what_they_say(questionnaire: Questionnaire) -> None:
    first, again = (list(read_limesurvey_csv(b"age\n1\n2\n", questionnaire).responses) for _ in range(2))

    assert len({one.source_id for one in first}) == 2
    assert first == again


def test_a_response_that_was_never_sent_has_no_date(questionnaire: Questionnaire) -> None:
    table = "id,submitdate,startdate,age\n1,,1980-01-01 00:00:00,3\n"

    (response,) = read_limesurvey_csv(table.encode("utf-16"), questionnaire).responses

    assert (response.submitted_at, response.begun_at, response.answers) == (None, None, {"age": 3.0})


@pytest.mark.parametrize(("data", "code"), [(b"", "EMPTY"), (b"a,b\n1,2\n", "NO_COLUMNS"), (b'age\n"' + b"x" * 200_000, "NOT_A_TABLE")])
def test_what_is_no_export_of_this_survey_is_refused(data: bytes, code: str, questionnaire: Questionnaire) -> None:
    with pytest.raises(NotImportable) as refusal:
        read_limesurvey_csv(data, questionnaire)

    assert refusal.value.code == code


def test_every_column_of_a_real_survey_finds_its_question() -> None:
    questionnaire = read_lss(sample("lss/own_all_types_en_nl.lss")).questionnaire
    headers = [
        *(
            "sat",
            "channel",
            "channel[other]",
            "why",
            "reasons[SQ001]",
            "reasons[other]",
            "reasonsc[SQ001]",
            "reasonsc[SQ001comment]",
            "stars",
        ),
        *(
            "listc",
            "listc[comment]",
            "m5[SQ001]",
            "mflex[SQ003]",
            "mdual[SQ001][0]",
            "mdual[SQ001][1]",
            "mnum[SQ001_SC1]",
            "mchk[SQ001_SC2]",
        ),
        *("mtext[SQ002_SC1]", "rank[1]", "age", "spend[SQ001]", "contact[CITY]", "mail", "when", "gender", "callback", "photo"),
    ]

    read = read_limesurvey_csv((";".join(headers) + "\n").encode(), questionnaire)

    assert read.not_used == ()
    assert list(read.used) == headers
