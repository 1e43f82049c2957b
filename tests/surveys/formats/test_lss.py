"""What LimeSurvey's settings and conditions become."""

import pytest

from tests.surveys.formats.lss_file import document, lss, question
from voc.surveys.formats.imported import Imported
from voc.surveys.formats.lss import read_lss
from voc.surveys.parse import dump
from voc.surveys.questionnaire import Page
from voc.surveys.questions import Fields, InRows, Matrix, MultipleChoice, Number, Order, Question, Ranking, SingleChoice, Slider, Text

_YES_NO = {"A1": "Yes", "A2": "No", "A3": "Perhaps"}


def _codes(imported: Imported) -> list[tuple[str, str]]:
    return [(item.source_id, item.code) for item in imported.report]


def _last(data: bytes) -> Question:
    return list(read_lss(data).questionnaire.questions())[-1]


@pytest.mark.parametrize(
    ("relevance", "said"),
    [
        ('one.NAOK == "A1"', 'answers.one == "A1"'),
        ("((one.NAOK == 'A1'))", 'answers.one == "A1"'),
        ("9X1X1 != 'A2'", 'answers.one != "A2"'),
        ("one == 'A1' or one == 'A2'", 'answers.one == "A1" || answers.one == "A2"'),
        ("(one == 'A1' or one == 'A2') and age >= 18", '(answers.one == "A1" || answers.one == "A2") && answers.age >= 18'),
        ("is_empty(one)", "!has(answers.one)"),
        ("!is_empty(one.NAOK)", "has(answers.one)"),
        ("!(age > 6)", "(!has(answers.age) || answers.age <= 6)"),
        ('many_S1.NAOK == "Y"', '"S1" in answers.many'),
        ('many_S1 == ""', '!("S1" in answers.many)'),
        ("count(that.many.NAOK) > 1", '(("S1" in answers.many ? 1.0 : 0.0) + ("S2" in answers.many ? 1.0 : 0.0)) > 1'),
        ("rate_R1 >= 4", 'answers.rate_r1 in ["4", "5"]'),
        ("call == 'Y'", "answers.call == true"),
        ("call != 'Y'", "answers.call != true"),
        ("sum > 1", "(answers.age + 1.0) > 1"),
        ("one_other == 'x'", 'answers.one_oth == "x"'),
        ("regexMatch('/^a/', name)", 'answers.name.matches("/^a/")'),
    ],
)
def test_relevance_is_said_in_our_conditions(relevance: str, said: str) -> None:
    asked = (
        question("one", "L", answers=_YES_NO, other="Y"),
        question("age", "N"),
        question("many", "M", subs={"S1": "a", "S2": "b"}),
        question("rate", "A", subs={"R1": "a"}),
        question("call", "Y"),
        question("name", "S"),
        question("sum", "*", text="{age + 1}"),
    )

    assert _last(lss(*asked, question("last", relevance=relevance))).show_if == said


def test_a_name_that_lost_its_underscores_is_taken_and_reported() -> None:
    imported = read_lss(lss(question("Q1wantscall", "Y"), question("two", relevance="Q1_wants_call == 'Y'")))

    assert imported.questionnaire.question("two").show_if == "answers.q1wantscall == true"  # type: ignore[union-attr]
    assert ("2", "NAME_TAKEN") in _codes(imported)


def test_a_name_that_could_be_two_is_left_out() -> None:
    asked = question("a_bc", "Y"), question("ab_c", "Y"), question("last", relevance="abc == 'Y'")
    imported = read_lss(lss(*asked))

    assert imported.questionnaire.question("last").show_if == ""  # type: ignore[union-attr]
    assert ("3", "CONDITION_DROPPED") in _codes(imported)


@pytest.mark.parametrize(
    "relevance", ["nowhere == 'A1'", "one ==", "TOKEN:ATTRIBUTE_1 == 'x'", "rand(1, 2) == 1", "later == 'x'", "((((((", "one == 'A1' }"]
)
def test_what_cannot_be_said_is_left_out_and_reported(relevance: str) -> None:
    imported = read_lss(lss(question("one", "L", answers=_YES_NO), question("two", relevance=relevance), question("later", "S")))

    assert imported.questionnaire.question("two").show_if == ""  # type: ignore[union-attr]
    assert ("2", "CONDITION_DROPPED") in _codes(imported)


def test_the_conditions_table_joins_values_of_one_answer_with_or_and_scenarios_too() -> None:
    rows = [
        {"qid": "3", "cqid": "1", "cfieldname": "9X1X1", "method": "==", "value": "A1", "scenario": "1"},
        {"qid": "3", "cqid": "1", "cfieldname": "9X1X1", "method": "==", "value": "A2", "scenario": "1"},
        {"qid": "3", "cqid": "2", "cfieldname": "9X1X2", "method": ">", "value": "3", "scenario": "1"},
        {"qid": "3", "cqid": "2", "cfieldname": "9X1X2", "method": "==", "value": "", "scenario": "2"},
    ]

    asked = (question("one", "L", answers=_YES_NO), question("age", "N"), question("last"))

    said = _last(lss(*asked, conditions=rows)).show_if
    assert said == '(answers.one == "A1" || answers.one == "A2") && answers.age > 3 || !has(answers.age)'


def test_array_filters_show_rows_and_choices_that_were_chosen() -> None:
    many = question("many", "M", subs={"S1": "a", "S2": "b"})
    rows = question("rows", "F", answers=_YES_NO, subs={"S1": "a", "S9": "z"}, attributes={"array_filter": "many"})
    rest = question("rest", "M", subs={"S1": "a", "S2": "b"}, attributes={"array_filter_exclude": "many"})

    questionnaire = read_lss(lss(many, rows, rest)).questionnaire

    table, choices = questionnaire.question("rows"), questionnaire.question("rest")
    assert isinstance(table, InRows)
    assert isinstance(choices, MultipleChoice)
    assert [row.show_if for row in table.rows] == ['"S1" in answers.many', ""]
    assert (table.show_if, choices.show_if) == ("", '!("S1" in answers.many) || !("S2" in answers.many)')
    assert [choice.show_if for choice in choices.choices] == ['!("S1" in answers.many)', '!("S2" in answers.many)']


def test_relevance_of_a_subquestion_stands_at_its_row() -> None:
    table = _last(lss(question("age", "N"), question("rows", "F", answers=_YES_NO, subs={"S1": {"relevance": "age > 3"}, "S2": "b"})))

    assert isinstance(table, Matrix)
    assert [row.show_if for row in table.rows] == ["answers.age > 3", ""]


@pytest.mark.parametrize(
    ("mode", "pages"), [("G", [["a", "b"], ["c"]]), ("I", [["a", "b"], ["c"]]), ("S", [["a"], ["b"], ["c"]]), ("A", [["a", "b", "c"]])]
)
def test_pages_are_those_of_the_survey(mode: str, pages: list[list[str]]) -> None:
    groups = [{"gid": "2", "group_order": "1", "grelevance": "a == 'x'"}, {"gid": "1", "group_order": "0"}]

    made = read_lss(lss(question("a"), question("b"), question("c", group="2"), groups=groups, survey={"format": mode})).questionnaire.pages

    assert [[one.id for one in page.questions] for page in made] == pages
    shown: list[Page | Question] = [made[-1], made[-1].questions[-1]]
    assert [one.show_if for one in shown] == (["", 'answers.a == "x"'] if mode == "A" else ['answers.a == "x"', ""])


def test_groups_and_questions_in_random_order() -> None:
    groups = [{"gid": str(gid), "group_order": gid, "randomization_group": "g"} for gid in (1, 2)]
    shuffled = {"random_group": "x"}

    made = read_lss(lss(question("a", attributes=shuffled), question("b", attributes=shuffled), question("c", group="2"), groups=groups))

    assert made.questionnaire.shuffles[0].pages == ("g1", "g2")
    assert [page.order for page in made.questionnaire.pages] == [Order.RANDOM, Order.AS_WRITTEN]


def test_what_is_never_shown_stays_so() -> None:
    hidden = {"hidden": "1"}
    imported = read_lss(
        lss(question("fact", "S", attributes=hidden), question("one", "L", answers=_YES_NO, attributes=hidden), question("two"))
    )

    fact, one, two = imported.questionnaire.questions()
    assert [(made.kind, made.show_if) for made in (fact, one, two)] == [("hidden", ""), ("single_choice", "false"), ("text", "")]
    assert {("1", "HIDDEN"), ("2", "HIDDEN")} <= set(_codes(imported))


@pytest.mark.parametrize("relevance", ["nowhere == 1", "b == 'x'"])
def test_a_condition_of_a_group_that_goes_is_reported_at_its_questions(relevance: str) -> None:
    imported = read_lss(lss(question("a"), question("b"), groups=[{"gid": "1", "grelevance": relevance}]))

    assert imported.questionnaire.pages[0].show_if == ""
    assert {("1", "CONDITION_DROPPED"), ("2", "CONDITION_DROPPED")} <= set(_codes(imported))


def test_limits_come_along() -> None:
    number = _last(
        lss(question("n", "N", attributes={"min_num_value_n": "1", "max_num_value_n": "9.5", "suffix": "km", "num_value_int_only": "1"}))
    )
    text = _last(lss(question("t", "S", attributes={"maximum_chars": "50"}, preg="/^[A-Z]+$/i")))
    several = _last(lss(question("m", "M", subs=_YES_NO, attributes={"min_answers": "1", "max_answers": "2", "exclude_all_others": "A3"})))
    ranked = _last(lss(question("r", "R", answers=_YES_NO, attributes={"max_answers": "2"})))
    sliding = _last(lss(question("k", "K", subs=_YES_NO, attributes={"slider_layout": "1", "slider_min": "-5", "slider_max": "5"})))

    assert isinstance(number, Number)
    assert (number.lowest, number.highest, number.decimals, dict(number.unit)) == (1, 9.5, 0, {"en": "km"})
    assert isinstance(text, Text)
    assert (text.longest, text.pattern, text.long) == (50, "(?i)^[A-Z]+$", False)
    assert isinstance(several, MultipleChoice)
    assert (several.at_least, several.at_most, [one.exclusive for one in several.choices]) == (1, 2, [False, False, True])
    assert isinstance(ranked, Ranking)
    assert (ranked.at_least, ranked.at_most) == (1, 2)
    assert isinstance(sliding, Slider)
    assert (sliding.lowest, sliding.highest, len(sliding.rows)) == (-5, 5, 3)


def test_a_limit_that_is_reckoned_is_reported() -> None:
    imported = read_lss(lss(question("n", "N", attributes={"max_num_value_n": "other * 2", "em_validation_q": "n > 3"})))

    assert {("1", "LIMIT_DROPPED"), ("1", "VALIDATION_DROPPED")} <= set(_codes(imported))


def test_answers_are_filled_into_texts() -> None:
    text = "Dear {TOKEN:FIRSTNAME}, {one.shown} at {age} {TOKEN:ATTRIBUTE_1} {nowhere.shown} {sum(1, 2)}"
    imported = read_lss(lss(question("one", "L", answers=_YES_NO), question("age", "N"), question("last", text=text)))

    said = imported.questionnaire.question("last").text["en"]  # type: ignore[union-attr]
    assert said.startswith("Dear {customer.first_name|…}, {answers.one|…} at {answers.age|…} {TOKEN:ATTRIBUTE_1}")
    assert [item.what for item in imported.report if item.code == "PIPED_TEXT_KEPT"] == [
        "{TOKEN:ATTRIBUTE_1}",
        "{nowhere.shown}",
        "{sum(1, 2)}",
    ]


def test_names_that_meet_are_told_apart() -> None:
    imported = read_lss(
        lss(question("q", "Q", subs={"a": "A"}), question("q_a", "S"), question("Q", "S"), question("for", "S"), question("", "S"))
    )

    questions = list(imported.questionnaire.questions())
    assert [(one.id, one.code) for one in questions] == [("q", "q"), ("q_a_2", "q_a"), ("q_2", "Q"), ("for_2", "for"), ("q_3", "")]
    assert isinstance(questions[0], Fields)


def test_codes_that_come_twice_or_are_empty_are_changed_and_reported() -> None:
    rows = [{"aid": str(at), "qid": "1", "code": code, "sortorder": at} for at, code in enumerate(("a", "a", "", "it's <1>"))]
    imported = read_lss(lss(question("one", "L"), answers=rows))

    asked = imported.questionnaire.question("one")
    assert isinstance(asked, SingleChoice)
    assert asked.codes == ("a", "a_2", "3", "it's <1>")
    assert _codes(imported).count(("1", "CODE_CHANGED")) == 2


def test_scripts_never_survive() -> None:
    bad = "<p onclick='x()'>Hello <script>alert(1)</script><a href='javascript:x()'>there</a><img src='x' onerror='y()'></p>"
    imported = read_lss(
        lss(
            question("one", "L", text=bad, help=bad, answers={"a": bad}, attributes={"em_validation_q_tip": bad, "prefix": bad}),
            question("two", "*", text=bad),
            groups=[{"gid": "1", "group_name": bad, "description": bad, "language": "en"}],
        )
    )

    assert imported.questionnaire.question("one").text["en"] == "Hello there"  # type: ignore[union-attr]
    assert ("1", "SCRIPT_DROPPED") in _codes(imported)
    everything = str(dump(imported.questionnaire)) + str(imported.report)
    assert not [word for word in ("<script", "alert(", "onclick", "onerror", "javascript:") if word in everything]


def test_pictures_and_pages_are_linked() -> None:
    imported = read_lss(lss(question("one", text="See <img src='https://x.example/a b.png' alt='A map'> <a href='/local'>here</a>")))

    asked = imported.questionnaire.question("one")
    assert [(link.url, link.medium, dict(link.text)) for link in asked.links] == [("https://x.example/a%20b.png", "image", {"en": "A map"})]  # type: ignore[union-attr]
    assert ("1", "LINK_DROPPED") in _codes(imported)


def test_quotas_count_and_say_that_they_are_full() -> None:
    imported = read_lss(
        lss(
            question("one", "L", answers=_YES_NO),
            question("many", "M", subs={"S1": "a"}),
            quota=[{"id": "4", "qlimit": "20", "name": "Full"}, {"id": "5", "qlimit": "0", "name": "Never"}],
            quota_members=[{"quota_id": "4", "qid": "1", "code": "A1"}, {"quota_id": "4", "qid": "2", "code": "S1"}],
            quota_languagesettings=[{"quotals_quota_id": "4", "quotals_language": "en", "quotals_message": "We have enough."}],
        )
    )

    (quota,), (end, last) = imported.questionnaire.quotas, imported.questionnaire.end_pages
    assert (quota.limit, quota.when, quota.end_page) == (20, 'answers.one == "A1" && "S1" in answers.many', end.id)
    assert (end.title["en"], end.show_if, last.show_if) == ("We have enough.", "false", "")
    assert ("quota 5", "QUOTA_DROPPED") in _codes(imported)


def test_the_old_layout_repeats_its_rows_once_a_language() -> None:
    def rows(section: dict[str, str], **texts: tuple[str, str]) -> list[dict[str, str]]:
        languages = ("de-informal", "en")
        return [{**section, "language": one, **{name: said[at] for name, said in texts.items()}} for at, one in enumerate(languages)]

    asked = {"qid": "1", "gid": "1", "parent_qid": "0", "type": "F", "title": "one", "mandatory": "Y", "question_order": "0"}
    data = document(
        "Survey",
        {
            "surveys": [{"sid": "9", "language": "de-informal", "additional_languages": " en "}],
            "surveys_languagesettings": [{"surveyls_language": "en", "surveyls_title": "Own"}],
            "groups": rows({"gid": "1", "group_order": "0"}, group_name=("Über dich", "About you")),
            "questions": rows(asked, question=("Wie?", "How?"), help=("", "Say it")),
            "subquestions": rows({"qid": "2", "parent_qid": "1", "title": "S1", "scale_id": "0"}, question=("Preis", "Price")),
            "answers": [
                *rows({"qid": "1", "code": "B", "sortorder": "2", "scale_id": "0"}, answer=("Schlecht", "Bad")),
                *rows({"qid": "1", "code": "A", "sortorder": "1", "scale_id": "0"}, answer=("Gut", "Good")),
            ],
        },
    )

    questionnaire = read_lss(data).questionnaire

    (table,) = questionnaire.questions()
    assert isinstance(table, Matrix)
    assert (questionnaire.languages, questionnaire.origin.languages) == (("de", "en"), ("de-informal", "en"))  # type: ignore[union-attr]
    assert dict(table.text) == {"de": "Wie?", "en": "How?"}
    assert dict(table.help) == {"de": "Say it", "en": "Say it"}
    assert [(one.code, dict(one.text)) for one in table.columns] == [
        ("A", {"de": "Gut", "en": "Good"}),
        ("B", {"de": "Schlecht", "en": "Bad"}),
    ]
    assert [(one.code, dict(one.text)) for one in table.rows] == [("S1", {"de": "Preis", "en": "Price"})]
    assert (table.required, dict(questionnaire.pages[0].title)) == (True, {"de": "Über dich", "en": "About you"})
