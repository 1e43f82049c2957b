"""What the columns, types and expressions of a form become."""

import pytest

from tests.surveys.formats.workbook_file import workbook
from voc.surveys.formats.imported import Imported
from voc.surveys.formats.xlsform import read_xlsform
from voc.surveys.parse import dump
from voc.surveys.questions import Choosing, Format, MultipleChoice, Number, Order, Question, Slider, Text

_CHOICES: list[list[object]] = [
    ["list_name", "name", "label", "state"],
    ["l", "a", "Apple", "x"],
    ["l", "b", "Pear", "y"],
    ["n", 1, "One", ""],
    ["n", 2, "Two", ""],
]
_HEADERS: list[object] = ["type", "name", "label", "relevant", "constraint", "required", "appearance", "parameters", "choice_filter"]


def form(*rows: list[object], headers: list[object] | None = None, settings: list[list[object]] | None = None) -> bytes:
    """A form in a workbook."""
    return workbook({"survey": [headers or _HEADERS, *rows], "choices": _CHOICES, "settings": settings or []})


def asked(*rows: list[object]) -> dict[str, Question]:
    """The questions of a form, by their names there."""
    return {one.code: one for one in read_xlsform(form(*rows)).questionnaire.questions()}


def _codes(imported: Imported) -> list[tuple[str, str]]:
    return [(item.source_id, item.code) for item in imported.report]


@pytest.mark.parametrize(
    ("relevant", "said"),
    [
        ("${one} = 'a'", 'answers.one == "a"'),
        ("${one} != 'a' and ${age} >= 18", 'answers.one != "a" && answers.age >= 18'),
        ("selected(${many}, 'a') or selected( ${many} , \"b\")", '"a" in answers.many || "b" in answers.many'),
        ("not(selected(${many}, 'a'))", '!("a" in answers.many)'),
        ("selected(${one}, 'a')", 'answers.one == "a"'),
        ("count-selected(${many}) > 1", "double(size(answers.many)) > 1"),
        ("${one} = ''", "!has(answers.one)"),
        ("string-length(${name}) > 3", "(has(answers.name) ? double(size(answers.name)) : 0.0) > 3"),
        ("${age} * 2 - 1 > 10 div 2", "((answers.age * 2.0) - 1.0) > (10.0 / 2.0)"),
        ("${rate} > 1", 'answers.rate == "2"'),
        ("${rate} = 1", 'answers.rate == "1"'),
        ("${day} < '2026-02-01'", 'answers.day < timestamp("2026-02-01T00:00:00Z")'),
        ("${day} <= today()", "answers.day <= now"),
        ("${sum} = 'yes'", "answers.age > 5"),
        ("regex(${name}, '^a')", 'answers.name.matches("^a")'),
        ("if(${age} > 1, ${one} = 'a', false())", 'answers.age > 1 && answers.one == "a"'),
        ("${ack} = 'OK'", "answers.ack == true"),
        ("true()", ""),
    ],
)
def test_relevance_is_said_in_our_conditions(relevant: str, said: str) -> None:
    rows: list[list[object]] = [
        ["select_one l", "one"],
        ["select_multiple l", "many"],
        ["select_one n", "rate"],
        ["integer", "age"],
        ["text", "name"],
        ["date", "day"],
        ["acknowledge", "ack"],
    ]
    headers: list[object] = ["type", "name", "label", "relevant", "calculation"]

    data = form(*rows, ["calculate", "sum", "", "", "if(${age} > 5, 'yes', 'no')"], ["text", "last", "Last", relevant], headers=headers)

    assert read_xlsform(data).questionnaire.question("last").show_if == said  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "relevant", ["${nowhere} = 1", "pulldata('a', 'b') = 1", "position(..) > 1", "/data/one = 'a'", "${one} =", "${late} = 'a'", "'"]
)
def test_what_cannot_be_said_is_left_out_and_reported(relevant: str) -> None:
    imported = read_xlsform(form(["text", "one", "One"], ["text", "two", "Two", relevant], ["text", "late", "Late"]))

    assert imported.questionnaire.question("two").show_if == ""  # type: ignore[union-attr]
    assert ("two", "CONDITION_DROPPED") in _codes(imported)


def test_groups_make_pages_and_give_their_condition_to_them() -> None:
    imported = read_xlsform(
        form(
            ["start", "start"],
            ["text", "one", "One"],
            ["begin_group", "g", "Group", "${one} = 'x'"],
            ["text", "two", "Two"],
            ["begin group", "h", "Inner", "", "", "", "field-list"],
            ["text", "three", "Three", "${two} = 'y'"],
            ["text", "four", "Four"],
            ["end group"],
            ["calculate", "sum"],
            ["end_group"],
            ["text", "five", "Five"],
        )
    )

    pages = imported.questionnaire.pages
    assert [[one.code for one in page.questions] for page in pages] == [["start", "one"], ["two"], ["three", "four", "sum"], ["five"]]
    assert [page.show_if for page in pages] == ["", 'answers.one == "x"', 'answers.one == "x"', ""]
    assert [page.title.get("en") for page in pages] == [None, "Group", "Inner", None]
    assert [one.source_id for page in pages for one in page.questions][3] == "g/h/three"
    assert imported.questionnaire.question("three").show_if == 'answers.two == "y"'  # type: ignore[union-attr]


def test_a_group_that_cannot_be_decided_is_reported_with_what_is_in_it() -> None:
    imported = read_xlsform(form(["begin group", "g", "G", "pulldata('x')"], ["text", "one", "One"], ["end group"]))

    assert {("g", "CONDITION_DROPPED"), ("g/one", "CONDITION_DROPPED")} <= set(_codes(imported))


def test_constraints_become_limits() -> None:
    found = asked(
        ["integer", "age", "Age", "", ". >= 18 and . < 100"],
        ["decimal", "part", "Part", "", "-1 <= . and . <= 1.5"],
        ["text", "name", "Name", "", "string-length(.) <= 20"],
        ["text", "mail", "Mail", "", r"regex(., '^[\w-\.]+@x$')"],
        ["select_multiple l", "many", "Many", "", "count-selected(.) <= 1"],
        ["range", "how", "How", "", "", "", "", "start=0 end=10 step=2"],
    )

    age, part, name, mail, many, how = found.values()
    assert isinstance(age, Number)
    assert isinstance(part, Number)
    assert (age.lowest, age.highest, part.lowest, part.highest) == (18, 99, -1, 1.5)
    assert isinstance(name, Text)
    assert isinstance(mail, Text)
    assert (name.longest, mail.pattern) == (20, r"^[\w\-\.]+@x$")
    assert isinstance(many, MultipleChoice)
    assert many.at_most == 1
    assert isinstance(how, Slider)
    assert (how.lowest, how.highest, how.step) == (0, 10, 2)


def test_a_constraint_without_counterpart_is_reported() -> None:
    imported = read_xlsform(form(["integer", "one", "One"], ["integer", "two", "Two", "", ". > ${one}"]))

    assert ("two", "VALIDATION_DROPPED") in _codes(imported)


def test_filters_decide_each_choice_and_other_is_added() -> None:
    found = asked(
        ["select_one l", "one", "One"],
        ["select_one l or_other", "two", "Two", "", "", "", "", "", "state = 'x'"],
        ["select_multiple l", "three", "Three", "", "", "", "minimal", "randomize=true", "name != ${one}"],
    )

    two, three = found["two"], found["three"]
    assert isinstance(two, Choosing)
    assert isinstance(three, MultipleChoice)
    assert [(one.code, one.show_if) for one in two.choices] == [("a", ""), ("b", "false"), ("other", "")]
    assert [one.show_if for one in three.choices] == ['answers.one != "a"', 'answers.one != "b"']
    assert (two.show_if, three.show_if) == ("", 'answers.one != "a" || answers.one != "b"')
    assert (three.order, three.look) == (Order.RANDOM, "drop_down")


def test_headers_are_read_by_all_their_names() -> None:
    headers: list[object] = [
        "Command",
        " NAME ",
        "label::English (en)",
        "label:Nederlands (nl)",
        "bind::relevant",
        "Hint",
        "media::image::English (en)",
    ]
    row: list[object] = ["q string", "one", "Who?", "Wie?", "", "Say it", "https://x.example/a.png"]

    imported = read_xlsform(form(row, ["note", "two", "", "Alleen"], headers=headers))

    one, two = imported.questionnaire.questions()
    assert (imported.questionnaire.languages, imported.questionnaire.fallback) == (("en", "nl"), ("en",))
    assert (dict(one.text), dict(one.help), one.links[0].url) == ({"en": "Who?", "nl": "Wie?"}, {"en": "Say it"}, "https://x.example/a.png")
    assert dict(two.text) == {"en": "Alleen", "nl": "Alleen"}
    assert imported.questionnaire.origin.languages == ("English (en)", "Nederlands (nl)")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("written", "required"), [("yes", True), (True, True), ("true()", True), (1, True), ("no", False), ("", False), ("${one} = 'a'", False)]
)
def test_required_is_said_in_many_ways(written: object, required: bool) -> None:
    imported = read_xlsform(form(["text", "one", "One"], ["text", "two", "Two", "", "", written]))

    assert imported.questionnaire.question("two").required is required  # type: ignore[union-attr]
    assert (("two", "REQUIRED_IF_DROPPED") in _codes(imported)) is (written == "${one} = 'a'")


def test_texts_are_filled_with_answers_that_were_given() -> None:
    imported = read_xlsform(form(["text", "one", "For ${two}"], ["phonenumber", "two", "Hello ${ one }, ${start}"], ["start", "start"]))

    first, second, _ = imported.questionnaire.questions()
    assert (first.text["en"], second.text["en"]) == ("For ${two}", "Hello {answers.one|…}, ${start}")
    assert isinstance(second, Text)
    assert second.format is Format.PHONE
    assert [code for _, code in _codes(imported)].count("PIPED_TEXT_KEPT") == 2


def test_a_repeat_is_asked_once_and_says_so() -> None:
    imported = read_xlsform(form(["begin repeat", "r", "Each"], ["text", "one", "One"], ["end repeat"]))

    assert ("r/one", "REPEAT_ASKED_ONCE") in _codes(imported)


def test_a_form_in_csv_is_read() -> None:
    survey = 'survey,,,\n,type,name,label\n,select_one l,one,"What, now?"\n'
    choices = "choices,,,\n,list_name,name,label\n,l,a,Apple\nsettings,,\n,form_title\n,Fruit\n"

    questionnaire = read_xlsform(f"{survey}{choices}".encode()).questionnaire

    (one,) = questionnaire.questions()
    assert isinstance(one, Choosing)
    assert (one.text["en"], one.codes, questionnaire.name["en"]) == ("What, now?", ("a",), "Fruit")


def test_a_sheet_with_rows_far_below_is_read_at_once() -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    sheets: dict[str, list[list[object]]] = {"survey": [["type", "name", "label"], ["text", "one", "One"]], "choices": _CHOICES}

    imported = read_xlsform(workbook(sheets, more='<row r="9" spans="1:3"><c r="A9" s="1"/></row>' * 1000 + far, at_row=3))

    assert [one.id for one in imported.questionnaire.questions()] == ["one"]


def test_scripts_never_survive() -> None:
    bad = "<p onclick='x()'>Hello <script>alert(1)</script></p>"
    headers: list[object] = ["type", "name", "label", "hint", "constraint_message", "constraint", "image", "calculation"]

    imported = read_xlsform(
        form(["text", "one", bad, bad, bad, ". > 1", "javascript:x()"], ["calculate", "two", *[bad] * 6], headers=headers)
    )

    everything = str(dump(imported.questionnaire)) + str(imported.report)
    assert imported.questionnaire.question("one").text["en"] == "Hello"  # type: ignore[union-attr]
    assert not [word for word in ("<script", "alert(", "onclick", "javascript:") if word in everything]
    assert ("one", "SCRIPT_DROPPED") in _codes(imported)
