"""Qualtrics survey files, made by code."""

import json
from typing import Any

Payload = dict[str, Any]


def question(number: int | str, kind: str = "MC/SAVR/TX", text: str = "", **more: Any) -> Payload:
    """One question with two choices, where its type has such; `more` are fields of its payload."""
    question_id = number if isinstance(number, str) else f"QID{number}"
    parts = dict(zip(("QuestionType", "Selector", "SubSelector"), kind.split("/"), strict=False))
    choices = {"1": {"Display": "Yes"}, "2": {"Display": "No"}}
    own: Payload = {"Choices": choices, "ChoiceOrder": [1, 2]} if parts["QuestionType"] in {"MC", "Matrix", "RO", "Slider", "CS"} else {}
    if parts["QuestionType"] == "Matrix":
        own |= {"Answers": {"1": {"Display": "Good"}, "2": {"Display": "Bad"}}, "AnswerOrder": ["1", "2"]}
    said = {
        "QuestionText": text or f"What about {question_id}?",
        "DataExportTag": question_id.replace("QID", "Q"),
        "QuestionID": question_id,
    }
    return {**said, **parts, **own, "Language": [], "Validation": {"Settings": {"ForceResponse": "OFF", "Type": "None"}}, **more}


def block(number: int, *elements: str | Payload, kind: str = "Standard", **options: Any) -> Payload:
    """A block of question ids, `---` for a page break, or elements as they are."""
    written = [
        one if isinstance(one, dict) else {"Type": "Page Break"} if one == "---" else {"Type": "Question", "QuestionID": one}
        for one in elements
    ]
    return {"Type": kind, "ID": f"BL_{number}", "Description": f"Block {number}", "BlockElements": written, "Options": options}


def asked(*numbers: int) -> list[Payload]:
    """Flow nodes of blocks."""
    return [{"Type": "Standard", "ID": f"BL_{number}", "FlowID": f"FL_{number + 100}"} for number in numbers]


def document(questions: list[Payload], blocks: list[Payload] | None = None, flow: list[Payload] | None = None, **more: Any) -> Payload:
    """A whole survey; without blocks and flow all questions are on one page. `more` are payloads of other elements."""
    blocks = blocks if blocks is not None else [block(1, *(one["QuestionID"] for one in questions))]
    flow = flow if flow is not None else [{"Type": "Standard", "ID": one["ID"], "FlowID": f"FL_{one['ID']}"} for one in blocks]
    elements = [
        {"Element": "BL", "PrimaryAttribute": "Survey Blocks", "Payload": blocks},
        {"Element": "FL", "PrimaryAttribute": "Survey Flow", "Payload": {"Type": "Root", "FlowID": "FL_1", "Flow": flow}},
        *({"Element": kind, "PrimaryAttribute": kind, "Payload": payload} for kind, payload in more.items()),
        *({"Element": "SQ", "PrimaryAttribute": one["QuestionID"], "Payload": one} for one in questions),
    ]
    return {"SurveyEntry": {"SurveyID": "SV_1", "SurveyName": "A survey", "SurveyLanguage": "EN"}, "SurveyElements": elements}


def written(document: object) -> bytes:
    """A document as the file of it."""
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "surrogatepass")


def tree(*expressions: tuple[str, ...], joined_by: str = "And") -> Payload:
    """A logic tree of one set: each expression is `(locator, operator)` or `(locator, operator, value)`."""
    inner: Payload = {"Type": "If"}
    for place, (left, operator, *right) in enumerate(expressions):
        kind = "Question" if left.startswith("q://") else "EmbeddedField"
        one = {"LogicType": kind, "LeftOperand": left, "Operator": operator, "Description": f"{left} {operator}", "Conjuction": joined_by}
        inner[str(place)] = {**one, "RightOperand": right[0]} if right else one
    return {"0": inner, "Type": "BooleanExpression"}


def large(questions: int) -> bytes:
    """A survey of many questions of all usual types, on pages of ten, with conditions on what came before."""
    kinds = (
        "MC/SAVR/TX",
        "MC/MAVR/TX",
        "TE/SL",
        "DB/TB",
        "Matrix/Likert/SingleAnswer",
        "Slider/HSLIDER",
        "TE/ML",
        "MC/DL",
        "Timing/PageTimer",
    )
    made, elements = [], list[str]()
    for number in range(1, questions + 1):
        more = (
            {"DisplayLogic": tree((f"q://QID{number - number % 9 - 8}/SelectableChoice/1", "Selected"))}
            if number % 7 == 0 and number > 20
            else {}
        )
        made.append(
            question(number, kinds[(number - 1) % len(kinds)], f"<p>Question <b>{number}</b> &mdash; what do you think of it?</p>", **more)
        )
        elements += [f"QID{number}", *(["---"] if number % 10 == 0 else [])]
    blocks = [block(at, *elements[at * 550 : at * 550 + 550]) for at in range(len(elements) // 550 + 1)]
    return written(document(made, blocks, asked(*range(len(blocks)))))
