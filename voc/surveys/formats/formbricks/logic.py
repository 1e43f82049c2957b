"""Conditions and jumps of Formbricks said in our conditions: what lies between a jump and its target is not shown. PURE."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voc.core.expressions import Kind
from voc.surveys.formats.formbricks.choosing import words_of
from voc.surveys.formats.logic.comparing import compared
from voc.surveys.formats.logic.saying import has_chosen
from voc.surveys.formats.logic.terms import Answer, Condition, Constant, Several, Term, both, either, given, negated, quoted
from voc.surveys.formats.logic.tree import Unsayable
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.values import Raw, maps_in, text_in
from voc.surveys.questions import Choosing, Matrix, Question
from voc.surveys.questions.rows import CELL_KINDS

DEEPEST = 20
_COMPARISONS = {
    **{"equals": "==", "doesNotEqual": "!=", "notEquals": "!=", "isGreaterThan": ">", "isLessThan": "<", "isGreaterThanOrEqual": ">="},
    **{
        "isLessThanOrEqual": "<=",
        "lessThan": "<",
        "lessEqual": "<=",
        "greaterThan": ">",
        "greaterEqual": ">=",
        "isBefore": "<",
        "isAfter": ">",
    },
}
_GIVEN = {
    "isSubmitted",
    "submitted",
    "isSet",
    "isNotEmpty",
    "isPartiallySubmitted",
    "uploaded",
    "isCompletelySubmitted",
    "isBooked",
    "booked",
}
_MISSING = {"isSkipped", "skipped", "isNotSet", "isEmpty", "notUploaded"}
_PRESSED = {"isClicked": "true", "clicked": "true", "isAccepted": "true", "accepted": "true", "isNotClicked": "false"}
_PARTS = {"contains": "contains", "startsWith": "startsWith", "endsWith": "endsWith"}
JUMPS = {"jumpToBlock", "jumpToQuestion"}


@dataclass(frozen=True, slots=True)
class Jump:
    """Where to go when something is met; `met` is None where that cannot be said."""

    target: str
    met: Condition


@dataclass(slots=True)
class Conditions:
    """Says conditions in CEL."""

    questions: Mapping[str, Question]
    notes: Notes
    unsaid: set[str] = field(default_factory=set)

    def jumps(self, raw: Raw, source_id: str) -> list[Jump]:
        """The jumps of a block or question, each only where none before it was made."""
        before: list[Condition] = []
        found: list[Jump] = []
        for rule in maps_in(raw.get("logic")):
            met = self._met(rule, source_id)
            if met is None:
                return found
            for target in self._targets(rule, source_id):
                found.append(Jump(target, both([met, *before])))
            if len(found) > len(before):
                before.append(negated(met))
        if (fallback := text_in(raw.get("logicFallback"))) and maps_in(raw.get("logic")):
            found.append(Jump(fallback, both(before)))
        return found

    def _met(self, rule: Raw, source_id: str) -> Condition | None:
        try:
            if "conditions" in rule:
                return self._group(rule["conditions"], 0)
            return self._leaf(
                {"leftOperand": {"value": source_id}, "operator": rule.get("condition"), "rightOperand": {"value": rule.get("value")}}
            )
        except (Unsayable, ValueError) as fault:
            why = f"This jump has no counterpart ({fault}), nor have the ones after it. Write a condition on the pages it leads past."
            self.notes.dropped(source_id, "JUMP_DROPPED", str(rule)[:400], why)
            return None

    def _targets(self, rule: Raw, source_id: str) -> list[str]:
        targets = [text_in(rule["destination"])] if rule.get("destination") else []
        for action in maps_in(rule.get("actions")):
            objective = text_in(action.get("objective"))
            if objective in JUMPS:
                targets.append(text_in(action.get("target")))
            else:
                why = "Nothing is reckoned or made required while customers answer here."
                self.notes.dropped(source_id, "ACTION_DROPPED", f"{objective} {text_in(action.get('target'))}", why)
        return [target for target in targets if target][:1]

    def _group(self, raw: object, depth: int) -> Condition:
        if depth > DEEPEST or not isinstance(raw, Mapping):
            raise Unsayable("it cannot be read")
        if "conditions" not in raw:
            return self._leaf(raw)
        inner = [self._group(one, depth + 1) for one in maps_in(raw.get("conditions"))]
        if not inner:
            raise Unsayable("it is empty")
        return (either if text_in(raw.get("connector")) == "or" else both)(inner)

    def _leaf(self, raw: Raw) -> Condition:
        left = raw.get("leftOperand")
        left = left if isinstance(left, Mapping) else {"value": left}
        name, operator = text_in(left.get("value")), text_in(raw.get("operator"))
        question = self.questions.get(name)
        if question is None:
            raise Unsayable(f"`{name}` is no question")
        term = self._row(question, left) or _term_of(question)
        if operator in _PRESSED:
            return compared("==", term, Constant(_PRESSED[operator]))
        if operator in _GIVEN:
            return given(term)
        if operator in _MISSING:
            is_yes_no = isinstance(term, Answer) and term.kind is Kind.YES_NO
            return either((negated(given(term)), compared("==", term, Constant("false")))) if is_yes_no else negated(given(term))
        return self._with(term, operator, self._wanted(question, raw))

    def _with(self, term: Term, operator: str, wanted: list[Term]) -> Condition:
        if not wanted:
            raise Unsayable("it compares with nothing")
        plain = operator.replace("doesNot", "").replace("doesnot", "")
        opposite = plain != operator and operator not in _COMPARISONS
        plain = plain[:1].lower() + plain[1:]
        if operator in _COMPARISONS:
            if isinstance(term, Answer) and term.kind is Kind.TEXTS:
                met = both(has_chosen(term, one) for one in wanted)
                return negated(met) if _COMPARISONS[operator] == "!=" else met
            return compared(_COMPARISONS[operator], term, wanted[0])
        if plain in ("equalsOneOf", "isAnyOf", "includesOneOf", "includeOneOf", "includesOne"):
            met = either(has_chosen(term, one) for one in wanted)
        elif plain in ("includesAllOf", "includeAllOf", "includesAll"):
            met = both(has_chosen(term, one) for one in wanted)
        elif plain.rstrip("s") in {part.rstrip("s") for part in _PARTS} or plain in ("contain", "startWith", "endWith"):
            met = _within(term, {"contain": "contains", "startWith": "startsWith", "endWith": "endsWith"}.get(plain, plain), wanted[0])
        else:
            raise Unsayable(f"`{operator}` is not known")
        return negated(met) if opposite else met

    def _row(self, question: Question, left: Raw) -> Term | None:
        meta = left.get("meta")
        row = text_in(meta.get("row")) if isinstance(meta, Mapping) else ""
        if not row or not isinstance(question, Matrix):
            return None
        for number, (one, _, name) in enumerate(question.cell_names()):
            if row in (one.code, str(number)):
                return Answer(name, CELL_KINDS[question.cells], tuple(column.code for column in question.columns))
        raise Unsayable(f"there is no row `{row}`")

    def _wanted(self, question: Question, raw: Raw) -> list[Term]:
        right = raw.get("rightOperand")
        right = right if isinstance(right, Mapping) else {"value": right}
        value = right.get("value")
        kind = text_in(right.get("type"))
        if kind in ("element", "question", "hiddenField"):
            other = self.questions.get(text_in(value))
            if other is None:
                raise Unsayable(f"`{text_in(value)}` is no question")
            return [_term_of(other)]
        if kind == "variable":
            raise Unsayable("it compares with a variable")
        values = value if isinstance(value, list) else [value]
        return [Constant(_code(question, text_in(one))) for one in values if text_in(one)]


def _term_of(question: Question) -> Term:
    if isinstance(question, Choosing):
        return Answer(question.id, Kind.TEXTS if question.answer is Kind.TEXTS else Kind.TEXT, question.codes)
    if isinstance(question, Matrix):
        codes = tuple(column.code for column in question.columns)
        return Several(tuple(Answer(name, CELL_KINDS[question.cells], codes) for _, _, name in question.cell_names()))
    names = question.names()
    if question.id in names:
        return Answer(question.id, names[question.id], marks=("true", "false"))
    if not names:
        raise Unsayable(f"`{question.source_id}` takes no answer")
    return Several(tuple(Answer(name, kind) for name, kind in names.items()))


def _code(question: Question, value: str) -> str:
    """A choice by its code, or by what it says: old files name it so."""
    choices = question.choices if isinstance(question, Choosing) else question.columns if isinstance(question, Matrix) else ()
    if any(choice.code == value for choice in choices):
        return value
    return next((choice.code for choice in choices if value in words_of(choice.text)), value)


def _within(term: Term, word: str, wanted: Term) -> Condition:
    if isinstance(term, Answer) and term.kind is Kind.TEXT and isinstance(wanted, Constant):
        found = f"{term.cel}.{word}({quoted(str(wanted.value))})"
        return Condition(found, f"(!has({term.cel}) || !{found})")
    return has_chosen(term, wanted)


def pressed_buttons(blocks: list[Raw]) -> frozenset[str]:
    """The buttons that a condition asks about."""
    found: set[str] = set()
    waiting: list[object] = [block.get("logic") for block in blocks]
    for block in blocks:
        own = text_in(block.get("id"))
        if any(text_in(rule.get("condition")) in {*_PRESSED, *_MISSING} for rule in maps_in(block.get("logic"))):
            found.add(own)
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, Mapping):
            left = one.get("leftOperand")
            if isinstance(left, Mapping) and text_in(one.get("operator")) in {*_PRESSED, *_MISSING}:
                found.add(text_in(left.get("value")))
            waiting += [one.get("conditions")] if "conditions" in one else []
    return frozenset(found)
