"""Reading a document says everything that is wrong with it, each with its place and the way out."""

from typing import Any

import pytest

from tests.surveys.sample import document, question, with_questions
from voc.surveys.parse import dump, parse
from voc.surveys.questionnaire import QuestionnaireError
from voc.surveys.questions import Band, Ces, Csat, Metric, Nps
from voc.surveys.words import WORDS


def refused(changed: object) -> list[tuple[str, str, str]]:
    with pytest.raises(QuestionnaireError) as error:
        parse(changed)
    return [(problem.path, problem.code, problem.message) for problem in error.value.problems]


def changed(path: str, value: Any) -> dict[str, Any]:
    found = document()
    *way, last = path.replace("]", "").replace("[", ".").split(".")
    part: Any = found
    for step in way:
        part = part[int(step) if step.isdigit() else step]
    if value is None:
        del part[last]
    else:
        part[int(last) if last.isdigit() else last] = value
    return found


def test_a_sound_document_is_read_whole() -> None:
    questionnaire = parse(document())
    assert [found.id for found in questionnaire.questions()] == ["nps", "cause", "why"]
    assert questionnaire.metrics() == (questionnaire.question("nps"),)
    assert list(questionnaire.answer_kinds()) == ["nps", "cause", "cause_other", "why"]
    assert questionnaire.default_language == "en"
    assert dump(questionnaire) == document()


@pytest.mark.parametrize(
    ("path", "value", "code", "message"),
    [
        ("key", None, "MISSING", "Add `key`: the name for programs and files."),
        (
            "key",
            "After Call",
            "WRONG_VALUE",
            "`After Call` cannot be used here. Begin with a small letter; go on with small letters, digits or - (at most 63).",
        ),
        ("name", "After a call", "WRONG_TYPE", "Write `name` once per language, such as `en: …`."),
        ("name.en", 7, "WRONG_TYPE", "`en` must be text, not a number. Put it in quotes."),
        ("name.en", "x" * 301, "TOO_LONG", "`en` has 301 characters; at most 300 fit."),
        ("name.en", "   ", "EMPTY", "`en` is empty. Fill it in, or leave it out."),
        ("name.en", "a\x00b", "WRONG_VALUE", "`en` holds a character that cannot be shown. Type it again without it."),
        (
            "title",
            "x",
            "UNKNOWN_FIELD",
            "There is no field `title` here. There can be `key`, `name`, `when`, `source`, `languages`, `minutes`, `intro`, `fallback`, "
            "`pages`, `shuffles`, `quotas`, `scores`, `end_pages`, `invitation`, `words`, `walks` or `origin`.",
        ),
        ("minutes", 0, "WRONG_VALUE", "`minutes` must be from 1 to 60."),
        ("minutes", True, "WRONG_TYPE", "`minutes` must be a whole number, not true or false."),
        ("languages", "en", "WRONG_TYPE", "`languages` must be a list, not text."),
        ("languages", [], "TOO_FEW", "`languages` needs at least 1."),
        ("pages[1].questions", [], "TOO_FEW", "`questions` needs at least 1."),
        (
            "pages[1].questions[0].kind",
            "essay",
            "UNKNOWN_KIND",
            "This question has the unknown kind `essay`. Choose `nps`, `csat`, `ces`, `rating`, `single_choice`, `multiple_choice`, "
            "`matrix`, `side_by_side`, `ranking`, `constant_sum`, `slider`, `text`, `number`, `date`, `time`, `date_time`, `fields`, "
            "`yes_no`, `consent`, `call_me_back`, `file`, `hidden`, `statement` or `not_asked`.",
        ),
        ("pages[0].questions[1].choises", [], "UNKNOWN_FIELD", "There is no field `choises` here. Did you mean `choices`?"),
        ("pages[0].questions[0].required", "yes", "WRONG_TYPE", "`required` must be true or false, not text."),
        (
            "pages[0].questions[1].choices[1].code",
            "wait",
            "USED_TWICE",
            "`wait` is used twice among the choices: also at pages[0].questions[1].choices[0].code. Rename one.",
        ),
        (
            "pages[1].questions[0].id",
            "nps",
            "USED_TWICE",
            "`nps` is used twice among the questions: also at pages[0].questions[0].id. Rename one.",
        ),
        (
            "pages[1].questions[0].id",
            "cause_other",
            "USED_TWICE",
            "`cause_other` is used twice among the questions: also at pages[0].questions[1].id. Rename one.",
        ),
        ("pages[1].questions[0].id", "in", "WRONG_VALUE", "`in` is a word of the condition language. Choose another id."),
        ("pages[1].id", "first", "USED_TWICE", "`first` is used twice among the pages: also at pages[0].id. Rename one."),
        (
            "pages[1].title.de",
            "Eigene Worte",
            "UNKNOWN_LANGUAGE",
            "`de` is not among the languages of this document. Add it to `languages`, or remove this text.",
        ),
        (
            "invitation.why.en",
            "You called {brand.nam}.",
            "UNKNOWN_PLACEHOLDER",
            "Nobody can fill in `{brand.nam}`. There are brand.name, contact.agent_name, contact.ended_on, contact.touchpoint, "
            "customer.first_name, customer.name, and answers as `{answers.…}`.",
        ),
        (
            "invitation.why.en",
            "You, {customer.name}!",
            "NO_FALLBACK",
            "`{customer.name}` is not always known. Add a fallback after a bar: `{customer.name|…}`.",
        ),
        (
            "pages[0].questions[1].show_if",
            "answers.npss <= 6",
            "CONDITION",
            "`answers` has no `npss`. Did you mean `answers.nps`? (at column 8 of `answers.npss <= 6`)",
        ),
        (
            "pages[0].questions[1].show_if",
            "answers.nps <=\n 'a'",
            "CONDITION",
            "`<=` cannot put a number beside text. (at line 1, column 13 of `answers.nps <=\n 'a'`)",
        ),
        (
            "pages[0].questions[1].show_if",
            "has(answers.why)",
            "LATER_QUESTION",
            "`why` is asked later. A condition can only look back: move the question, or the condition.",
        ),
        (
            "pages[0].show_if",
            "answers.nps > 3",
            "LATER_QUESTION",
            "`nps` is asked later. A condition can only look back: move the question, or the condition.",
        ),
        (
            "end_pages[1].show_if",
            "answers.nps > 6",
            "NO_FALLBACK",
            "The last end page must have no condition, so that every customer gets one.",
        ),
        (
            "end_pages[0].show_if",
            None,
            "UNREACHABLE",
            "End page `let_down` has no condition, so the ones after it are never seen. Give it one, or move it to the end.",
        ),
    ],
)
def test_a_fault_is_named_at_its_place_with_the_way_out(path: str, value: Any, code: str, message: str) -> None:
    assert refused(changed(path, value)) == [(path, code, message)]


@pytest.mark.parametrize(
    ("path", "value", "place", "code", "message"),
    [
        (
            "pages[0].questions[1].choices[1].code",
            "other",
            "pages[0].questions[1].other",
            "USED_TWICE",
            "`other` is used twice among the choices: also at pages[0].questions[1].choices[1].code. Rename one.",
        ),
        (
            "words",
            {"nekst": {"en": "On", "nl": "Door"}},
            "words.nekst",
            "UNKNOWN_FIELD",
            f"There is no word `nekst`. There are {', '.join(sorted(WORDS))}.",
        ),
    ],
)
def test_a_fault_between_parts_is_named_where_it_is_mended(path: str, value: Any, place: str, code: str, message: str) -> None:
    assert refused(changed(path, value)) == [(place, code, message)]


@pytest.mark.parametrize(
    ("fields", "path", "message"),
    [
        (
            {"kind": "csat", "lowest": 1, "highest": 3},
            "top_boxes",
            "`top_boxes` and `bottom_boxes` overlap. Together they fit in the scale.",
        ),
        ({"kind": "rating", "lowest": 1, "highest": 101}, "highest", "`highest` must be from -99 to 100."),
        ({"kind": "number", "lowest": 3, "highest": 2.5}, "highest", "`highest` must not be below `lowest`."),
        ({"kind": "date", "earliest": "2026-02-30"}, "earliest", "`earliest` must be a day such as `2026-01-31`."),
        ({"kind": "date", "earliest": "2026-02-02", "latest": "2026-02-01"}, "latest", "`latest` must not be before `earliest`."),
        ({"kind": "ces", "convention": "top2"}, "convention", "`convention` must be `mean`, `top3` or `index`."),
        (
            {"kind": "multiple_choice", "at_least": 3, "choices": [{"code": code, "text": {"en": code}} for code in "ab"]},
            "at_least",
            "`at_least` and `at_most` must leave room: there are 2 choices.",
        ),
    ],
)
def test_limits_that_leave_no_room_are_refused(fields: dict[str, Any], path: str, message: str) -> None:
    with pytest.raises(QuestionnaireError) as error:
        with_questions({"id": "q", **fields})
    (problem,) = error.value.problems
    assert (problem.path, problem.message) == (f"pages[0].questions[0].{path}", message)


def test_all_faults_are_told_at_once() -> None:
    found = document()
    found["key"] = "Wrong Key"
    found["pages"][0]["questions"][0]["kind"] = "npz"
    found["pages"][0]["questions"][1]["choices"] = []
    found["pages"][1]["questions"][0]["show_if"] = "answers.missing == 'x'"
    found["end_pages"][1]["colour"] = "red"
    assert [(path, code) for path, code, _ in refused(found)] == [
        ("key", "WRONG_VALUE"),
        ("pages[0].questions[0].kind", "UNKNOWN_KIND"),
        ("pages[0].questions[1].choices", "TOO_FEW"),
        ("end_pages[1].colour", "UNKNOWN_FIELD"),
        ("pages[1].questions[0].show_if", "CONDITION"),
    ]


@pytest.mark.parametrize("nothing", [None, "text", 3, [], [1]])
def test_what_is_no_document_at_all_is_refused_in_words(nothing: object) -> None:
    path, code, message = refused(nothing)[0]
    assert (path, code) == ("", "WRONG_TYPE")
    assert message.startswith("The document must be a group of fields, not ")


def test_texts_fall_back_to_the_first_language_and_say_so() -> None:
    texts = parse(changed("pages[1].title.nl", None)).pages[1].title
    assert (texts.say("nl"), texts.language_for("nl")) == ("In your words", "en")
    title = parse(document()).pages[1].title
    assert (title.say("nl-BE"), title.language_for("nl-BE")) == ("In uw woorden", "nl")
    assert title.say("fr") == "In your words"


@pytest.mark.parametrize(
    ("fields", "bands"),
    [
        ({"kind": "nps"}, {0: "detractor", 6: "detractor", 6.5: "detractor", 7: "passive", 8.9: "passive", 9: "promoter", 10: "promoter"}),
        ({"kind": "csat"}, {1: "dissatisfied", 2.5: "dissatisfied", 3: "neutral", 3.9: "neutral", 4: "satisfied", 5: "satisfied"}),
        (
            {"kind": "csat", "highest": 4, "top_boxes": 2, "bottom_boxes": 2},
            {1: "dissatisfied", 2: "dissatisfied", 2.9: "dissatisfied", 3: "satisfied", 4: "satisfied"},
        ),
        (
            {"kind": "csat", "lowest": 0, "highest": 10, "top_boxes": 3, "bottom_boxes": 5},
            {4: "dissatisfied", 5: "neutral", 8: "satisfied"},
        ),
        ({"kind": "ces"}, {1: "hard", 3.9: "hard", 4: "neutral", 4.9: "neutral", 5: "easy", 7: "easy"}),
        ({"kind": "ces", "convention": "index"}, {3: "hard", 4: "neutral", 5.5: "neutral", 6: "easy"}),
    ],
)
def test_bands_partition_the_scale(fields: dict[str, Any], bands: dict[float, str]) -> None:
    (metric,) = with_questions({"id": "q", **fields}).metrics()
    assert {value: metric.band(value) for value in bands} == {value: Band(name) for value, name in bands.items()}


def test_bands_follow_each_other_without_gap_over_the_whole_scale() -> None:
    order = [Band.DETRACTOR, Band.PASSIVE, Band.PROMOTER, Band.DISSATISFIED, Band.HARD, Band.NEUTRAL, Band.SATISFIED, Band.EASY]
    for kind in (Nps, Csat, Ces):
        (metric,) = with_questions({"id": "q", "kind": kind.kind}).metrics()
        assert isinstance(metric, Metric)
        lowest, highest = metric.ends
        places = [order.index(metric.band(lowest + step / 10)) for step in range((highest - lowest) * 10 + 1)]
        assert places == sorted(places)
        assert len(set(places)) == 3


def test_a_choice_with_room_for_other_words_knows_its_codes_and_where_the_words_go() -> None:
    cause = document()["pages"][0]["questions"][1]
    questionnaire = parse(document())
    found = questionnaire.question("cause")
    assert found is not None
    assert (found.codes, found.other_id) == (("wait", "answer", "other"), "cause_other")  # type: ignore[attr-defined]
    without = parse(question(1, {"other": None})).question("cause")
    assert (without.codes, without.other_id) == (("wait", "answer"), "")  # type: ignore[union-attr]
    assert cause["other"]
