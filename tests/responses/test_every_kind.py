"""Every kind of question: what is kept of an answer, and why others will not do."""

from typing import Any

import pytest

from tests.surveys.sample import with_questions
from voc.responses.answers import check, kind_of

CODES = [{"code": code, "text": {"en": code.title()}} for code in ("a", "b", "c")]
ROWS = [{"code": "x", "text": {"en": "X"}}, {"code": "y", "text": {"en": "Y"}}]
TABLE = {"id": "q", "kind": "matrix", "rows": ROWS, "columns": CODES}
NONE = {"code": "none", "text": {"en": "None"}, "exclusive": True}
GROUPS = [{"id": "how", "columns": CODES}, {"id": "many", "cells": "number"}]


@pytest.mark.parametrize(
    ("question", "raw", "kept"),
    [
        (TABLE, {"q_x": "a", "q_y": ["b"]}, {"q_x": "a", "q_y": "b"}),
        ({**TABLE, "cells": "multiple"}, {"q_x": ["b", "a"], "q_y": "c"}, {"q_x": ["a", "b"], "q_y": ["c"]}),
        ({**TABLE, "cells": "text"}, {"q_x_a": " hi "}, {"q_x_a": "hi"}),
        ({**TABLE, "cells": "number"}, {"q_x_a": "2,5", "q_y_b": 3.0}, {"q_x_a": 2.5, "q_y_b": 3}),
        ({"kind": "side_by_side", "rows": ROWS, "groups": GROUPS}, {"q_x_how": "a", "q_y_many": "4"}, {"q_x_how": "a", "q_y_many": 4}),
        ({"kind": "ranking", "choices": CODES}, {"q": ["c", "a", "b"]}, {"q": ["c", "a", "b"]}),
        ({"kind": "constant_sum", "rows": ROWS}, {"q_x": "60", "q_y": 40}, {"q_x": 60, "q_y": 40}),
        ({"kind": "slider"}, {"q": "7"}, {"q": 7}),
        ({"kind": "slider", "rows": ROWS, "lowest": 0, "highest": 1, "step": 0.25}, {"q_x": "0.75"}, {"q_x": 0.75}),
        ({"kind": "time"}, {"q": "9.05"}, {"q": "09:05"}),
        ({"kind": "date_time"}, {"q": "31-1-2026 14:30:00"}, {"q": "2026-01-31T14:30"}),
        ({"kind": "date_time"}, {"q": "2026-01-31T14:30+02:00"}, {"q": "2026-01-31T14:30"}),
        ({"kind": "text", "format": "email"}, {"q": "Ann@EXAMPLE.com"}, {"q": "Ann@example.com"}),
        ({"kind": "text", "format": "phone"}, {"q": "06 12 34 56 78"}, {"q": "+31612345678"}),
        ({"kind": "text", "format": "url"}, {"q": "www.example.com/x"}, {"q": "https://www.example.com/x"}),
        ({"kind": "text", "pattern": r"\d{4} ?[A-Z]{2}"}, {"q": "1234 AB"}, {"q": "1234 AB"}),
        ({"kind": "fields", "fields": [{"code": "street"}, {"code": "nr", "format": "number"}]}, {"q_nr": "12"}, {"q_nr": 12}),
        ({"kind": "consent"}, {"q": "yes"}, {"q": True}),
        ({"kind": "call_me_back"}, {"q": "+31612345678", "q_window": "evening"}, {"q": "+31612345678", "q_window": "evening"}),
        ({"kind": "call_me_back"}, {"q_window": "evening"}, {}),
        ({"kind": "file"}, {"q": ["0123456789abcdef0123456789abcdef"]}, {"q": ["0123456789abcdef0123456789abcdef"]}),
        ({"kind": "hidden"}, {"q": 5}, {"q": "5"}),
        ({"kind": "yes_no", "comment": {"en": "Why?"}}, {"q": "no", "q_comment": "So."}, {"q": False, "q_comment": "So."}),
        ({"kind": "single_choice", "choices": [{**CODES[0], "own_words": True}]}, {"q": "a", "q_a": "mine"}, {"q": "a", "q_a": "mine"}),
    ],
)
def test_an_answer_is_kept_in_its_canonical_form(question: dict[str, Any], raw: dict[str, Any], kept: dict[str, Any]) -> None:
    asked = with_questions({"id": "q", **question})
    checked = check(asked, raw, "en", country="NL")
    assert (dict(checked.answers), checked.faults) == (kept, ())
    assert [type(value) for value in checked.answers.values()] == [type(value) for value in kept.values()]
    again = check(asked, checked.answers, "en")
    assert (dict(again.answers), again.faults) == (kept, ())


@pytest.mark.parametrize(
    ("question", "raw", "faults"),
    [
        ({**TABLE, "required": True}, {"q_x": "a"}, [("q_y", "MISSING")]),
        ({**TABLE, "required": True, "rows": [ROWS[0], {**ROWS[1], "optional": True}]}, {"q_x": "a"}, []),
        ({**TABLE, "rows": [*ROWS, {**NONE}]}, {"q_x": "a", "q_none": "b"}, [("q", "EXCLUSIVE")]),
        ({**TABLE, "required": True, "rows": [*ROWS, {**NONE}]}, {"q_none": "b"}, []),
        ({"kind": "multiple_choice", "choices": [*CODES, NONE]}, {"q": ["a", "none"]}, [("q", "EXCLUSIVE")]),
        ({"kind": "multiple_choice", "choices": [*CODES, NONE], "at_least": 2}, {"q": ["none"]}, []),
        ({"kind": "ranking", "choices": CODES}, {"q": ["c", "a"]}, [("q", "TOO_FEW_CHOICES")]),
        ({"kind": "ranking", "choices": CODES, "at_least": 2}, {"q": ["c", "a"]}, []),
        ({"kind": "ranking", "choices": CODES}, {"q": ["c", "c", "a"]}, [("q", "SAME_PLACE")]),
        ({"kind": "constant_sum", "rows": ROWS}, {"q_x": 60, "q_y": 39}, [("q", "WRONG_TOTAL")]),
        ({"kind": "constant_sum", "rows": ROWS, "total": 0}, {"q_x": 60}, []),
        ({"kind": "constant_sum", "rows": ROWS, "total": 0.3}, {"q_x": 0.1, "q_y": 0.2}, []),
        ({"kind": "constant_sum", "rows": ROWS, "required": True}, {}, [("q_x", "MISSING")]),
        ({"kind": "slider", "step": 5}, {"q": 7}, [("q", "NOT_A_STEP")]),
        ({"kind": "time", "earliest": "09:00"}, {"q": "08:59"}, [("q", "TIME_TOO_EARLY")]),
        ({"kind": "time"}, {"q": "25:00"}, [("q", "NOT_A_TIME")]),
        ({"kind": "date_time"}, {"q": "2026-01-31"}, [("q", "NOT_A_TIME")]),
        ({"kind": "text", "format": "email"}, {"q": "ann@"}, [("q", "NOT_AN_EMAIL")]),
        ({"kind": "text", "format": "phone"}, {"q": "12"}, [("q", "NOT_A_PHONE")]),
        ({"kind": "text", "format": "url"}, {"q": "javascript://x.y/%0aalert(1)"}, [("q", "NOT_A_URL")]),
        ({"kind": "text", "pattern": "(a+)+b"}, {"q": "a" * 2000}, [("q", "WRONG_PATTERN")]),
        ({"kind": "text", "shortest": 3}, {"q": "ab"}, [("q", "TOO_SHORT")]),
        ({"kind": "fields", "required": True, "fields": [{"code": "a"}, {"code": "b", "optional": True}]}, {}, [("q_a", "MISSING")]),
        ({"kind": "consent", "required": True}, {"q": False}, [("q", "MISSING")]),
        ({"kind": "file"}, {"q": ["0" * 32, "1" * 32]}, [("q", "TOO_MANY_FILES")]),
        ({"kind": "file"}, {"q": ["../../etc/passwd"]}, [("q", "NOT_A_FILE")]),
        ({"kind": "text", "wanted": True}, {}, []),
        ({"kind": "not_asked"}, {"q": "x"}, [("q", "UNKNOWN_QUESTION")]),
    ],
)
def test_why_an_answer_will_not_do(question: dict[str, Any], raw: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    checked = check(with_questions({"id": "q", **question}), raw, "en", country="NL")
    assert [(fault.path, fault.code) for fault in checked.faults] == faults
    assert bool(checked.missing) == any(code == "MISSING" for _, code in faults)


def test_a_designers_own_words_are_said() -> None:
    messages = {"missing": {"en": "Do tell."}, "wrong": {"en": "Four digits, please."}}
    asked = with_questions({"id": "q", "kind": "text", "pattern": r"\d{4}", "required": True, "messages": messages})
    assert [fault.message for fault in check(asked, {"q": "x"}, "en").faults] == ["Four digits, please."]
    assert [fault.message for fault in check(asked, {}, "en").faults] == ["Do tell."]


def test_answers_that_will_not_do_together_are_not_kept_and_what_depends_on_them_is_not_asked() -> None:
    asked = with_questions(
        {"id": "many", "kind": "multiple_choice", "choices": [*CODES, NONE], "comment": {"en": "Why?"}},
        {"id": "why", "kind": "text", "show_if": "'a' in answers.many"},
    )
    checked = check(asked, {"many": ["a", "none"], "many_comment": "Hm.", "why": "So."}, "en")
    assert dict(checked.answers) == {"many_comment": "Hm."}
    assert [(fault.path, fault.message) for fault in checked.faults] == [("many", "“None” cannot go with other answers.")]


def test_own_words_and_comments_are_stored_as_text_and_the_rest_as_their_question() -> None:
    asked = with_questions({**TABLE, "rows": [{**ROWS[0], "own_words": True}], "comment": {"en": "Why?"}})
    assert [kind_of(asked, name) for name in ("q_x", "q_x_text", "q_comment")] == ["matrix", "text", "text"]
