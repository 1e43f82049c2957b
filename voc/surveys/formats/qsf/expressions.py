"""One comparison of the file in CEL. PURE."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from voc.core.expression_words import is_name
from voc.core.expressions import Kind
from voc.surveys.formats.logic.terms import ALWAYS, NEVER, Answer, Condition, both, either, given, negated, quoted
from voc.surveys.formats.logic.tree import Unsayable
from voc.surveys.formats.qsf.holding import SIGNS, compared_with_any, holds
from voc.surveys.formats.qsf.loose import Group, text, whole, word
from voc.surveys.formats.qsf.names import Locator, Names, cell_name, group_name, located, row_name, words_name
from voc.surveys.formats.qsf.options import Built
from voc.surveys.questions import Choosing, InRows, Ranking, SideBySide


@dataclass(slots=True)
class Shown:
    """Under which condition each question was shown, by its id in the file, and each choice that has a condition of its own."""

    questions: dict[str, Condition] = field(default_factory=dict)
    choices: dict[tuple[str, str], Condition] = field(default_factory=dict)


def said(expression: Group, names: Names, shown: Shown) -> Condition:
    """A comparison as a condition; Unsayable says why there is none."""
    kind = word(expression.get("LogicType"))
    if kind == "Question":
        return _about_question(expression, names, shown)
    if kind in {"EmbeddedField", "PanelData", "ContactList", "Panel"}:
        name = word(expression.get("LeftOperand"))
        if not name:
            raise Unsayable("it names no field")
        held = names.contact(name.split("://", 1)[1]) if name.startswith("m://") else names.field(_bare(name))
        return compared_with_any([Answer(one, Kind.TEXT) for one in held], expression)
    if kind == "BooleanValue":
        return ALWAYS if word(expression.get("LeftOperand")).lower() in {"true", "1"} else NEVER
    raise Unsayable(_NOT_OURS.get(kind, f"`{kind or 'nothing'}` is not known here"))


_NOT_OURS = {
    "DeviceType": "the kind of device is not known here",
    "GeoIP": "nobody is located here",
    "Quota": "whether a quota is full is not known inside a questionnaire",
}


def _about_question(expression: Group, names: Names, shown: Shown) -> Condition:
    locator = located(text(expression.get("LeftOperand")) or text(expression.get("ChoiceLocator")))
    if locator is None or locator.scheme != "q":
        raise Unsayable("it points at nothing")
    question_id, _, group = locator.id.partition("#")
    built = names.questions.get(question_id)
    if built is None:
        raise Unsayable(f"`{question_id}` is not asked")
    operator = word(expression.get("Operator"))
    if "Displayed" in operator or "Displayed" in (locator.parts or ("",))[0]:
        return _displayed(question_id, locator, operator, shown)
    what = locator.parts[0] if locator.parts else ""
    if operator in {"Selected", "NotSelected"}:
        found = _selected(built, group, what, locator.parts[1:])
        return negated(found) if operator == "NotSelected" else found
    if what in {"SelectedChoicesCount", "SelectedAnswerCount"}:
        return _counted(built, locator.parts[1:], expression)
    if isinstance(built.question, Ranking) and len(locator.parts) > 1:
        return _placed(built, locator.parts[1], expression)
    return compared_with_any(_answers(built, group, what, locator.parts[1:]), expression)


def _displayed(question_id: str, locator: Locator, operator: str, shown: Shown) -> Condition:
    if question_id not in shown.questions:
        raise Unsayable(f"`{question_id}` comes later")
    parts = [shown.questions[question_id]]
    if len(locator.parts) > 1 and (own := shown.choices.get((question_id, locator.parts[1]))):
        parts.append(own)
    return negated(both(parts)) if operator.startswith("Not") else both(parts)


def _selected(built: Built, group: str, what: str, ids: Sequence[str]) -> Condition:
    question = built.question
    if isinstance(question, SideBySide):
        inner = built.groups.get(group)
        if inner is None or not ids:
            raise Unsayable("that part of the question is not here")
        rows, column = ([ids[0]], ids[1]) if len(ids) > 1 else (list(built.rows), ids[0])
        return either(holds(_answer(question, group_name(built, group, row)), inner.choices.get(column)) for row in rows)
    if isinstance(question, InRows):
        if len(ids) > 1:
            return holds(_answer(question, row_name(built, ids[0])), built.choices.get(ids[1]))
        if what == "SelectableAnswer" and ids:
            return either(holds(_answer(question, row_name(built, row)), built.choices.get(ids[0])) for row in built.rows)
        if ids and (name := row_name(built, ids[0])):
            return given(_answer(question, name))
    elif ids:
        return holds(_answer(question, question.id), built.choices.get(ids[0]))
    raise Unsayable("that answer is not here")


def _counted(built: Built, ids: Sequence[str], expression: Group) -> Condition:
    name = row_name(built, ids[0]) if ids else built.question.id
    answer, wanted = _answer(built.question, name), whole(expression.get("RightOperand"))
    sign = SIGNS.get(word(expression.get("Operator")))
    if sign is None or wanted is None:
        raise Unsayable("a number of choices is compared with nothing")
    size = f"size({answer.cel})" if answer.kind is Kind.TEXTS else f"(has({answer.cel}) ? 1 : 0)"
    opposite = {"==": "!=", "!=": "==", ">": "<=", ">=": "<", "<": ">=", "<=": ">"}[sign]
    return Condition(f"{size} {sign} {wanted}", f"{size} {opposite} {wanted}")


def _placed(built: Built, option: str, expression: Group) -> Condition:
    """Which place something was given in an order."""
    code, place = built.choices.get(option), whole(expression.get("RightOperand"))
    operator, cel = word(expression.get("Operator")), f"answers.{built.question.id}"
    if code is None or place is None or not 1 <= place <= 100 or operator not in {"EqualTo", "LessThanOrEqual"}:
        raise Unsayable("a place in an order is compared in a way that we have not")
    places = [place] if operator == "EqualTo" else range(1, place + 1)
    found = " || ".join(f"(size({cel}) >= {one} && {cel}[{one - 1}] == {quoted(code)})" for one in places)
    return Condition(f"({found})", f"!({found})")


def _answers(built: Built, group: str, what: str, ids: Sequence[str]) -> list[Answer]:
    """The answers that something other than a choice stands for."""
    question = built.question
    if isinstance(question, SideBySide):
        return [_answer(question, group_name(built, group, ids[0] if ids else next(iter(built.rows), "")))]
    if what == "ChoiceTextEntryValue" and ids and (name := words_name(built, ids[0])):
        return [_answer(question, name)]
    if len(ids) > 1 and (name := cell_name(built, ids[0], ids[1])):
        return [_answer(question, name)]
    if ids and (name := row_name(built, ids[0])):
        return [_answer(question, name)]
    return [_answer(question, question.id)]


def _answer(question: Any, name: str) -> Answer:
    kind = question.names().get(name)
    if kind is None or not is_name(name):
        raise Unsayable("that answer is not kept here")
    codes = question.codes if isinstance(question, Choosing) and name == question.id else ()
    return Answer(name, kind, codes)


def _bare(name: str) -> str:
    return name.split("e://Field/", 1)[1] if name.startswith("e://Field/") else name
