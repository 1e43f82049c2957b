"""A constraint (`. >= 18 and . <= 120`) as limits of ours, as far as it is made of such. PURE."""

from dataclasses import replace

from voc.surveys.formats.logic.tree import Call, Literal, Name, Node, Operation, Unsayable
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.patterns import whole_pattern
from voc.surveys.formats.xlsform.form import Entry
from voc.surveys.formats.xlsform.xpath import tree
from voc.surveys.questions import MultipleChoice, Number, Question, Text

_SELF = Name(".")
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


def limited(question: Question, entry: Entry, notes: Notes) -> Question:
    """The question held to its constraint; the parts that have no counterpart are reported."""
    written = entry.line.get("constraint")
    if not written:
        return question
    try:
        parts = _parts(tree(written))
    except Unsayable:
        parts = []
    left = not parts
    for part in parts:
        held = _held(question, part)
        left = left or held is None
        question = held or question
    if left:
        why = "This check has no counterpart here. See whether a limit or a pattern of ours does it."
        notes.dropped(entry.id, "VALIDATION_DROPPED", f"constraint: {written}", why)
    return question


def _parts(node: Node) -> list[Node]:
    if isinstance(node, Operation) and node.operator == "and":
        return [part for one in node.operands for part in _parts(one)]
    return [node]


def _held(question: Question, part: Node) -> Question | None:
    """The question with one limit more; None where the part is no such limit."""
    if isinstance(part, Call) and part.name == "regex" and len(part.arguments) == 2:
        return _patterned(question, part)
    if not isinstance(part, Operation) or len(part.operands) != 2:
        return None
    sign, (left, right) = part.operator, part.operands
    if _number(left) is not None:
        left, right, sign = right, left, _MIRRORED.get(sign, "")
    limit = _number(right)
    if limit is None or sign not in _MIRRORED:
        return None
    if left == _SELF and isinstance(question, Number):
        return _ranged(question, sign, limit)
    if isinstance(left, Call) and left.arguments == (_SELF,) and limit.is_integer():
        least = int(limit) + (sign == ">") if sign in {">", ">=", "=="} else None
        most = int(limit) - (sign == "<") if sign in {"<", "<=", "=="} else None
        return _sized(question, left.name, least, most)
    return None


def _number(node: Node) -> float | None:
    if isinstance(node, Operation) and node.operator == "negative" and (found := _number(node.operands[0])) is not None:
        return -found
    return node.value if isinstance(node, Literal) and isinstance(node.value, float) else None


def _ranged(question: Number, sign: str, limit: float) -> Question | None:
    step = 10.0**-question.decimals
    least = limit + step * (sign == ">") if sign in {">", ">=", "=="} else question.lowest
    most = limit - step * (sign == "<") if sign in {"<", "<=", "=="} else question.highest
    crossed = least is not None and most is not None and least > most
    return None if crossed else replace(question, lowest=least, highest=most)


def _sized(question: Question, function: str, least: int | None, most: int | None) -> Question | None:
    if function == "string-length" and isinstance(question, Text):
        shortest, longest = least if least is not None else question.shortest, most if most is not None else question.longest
        return replace(question, shortest=shortest, longest=longest) if 0 <= shortest <= min(longest, 10_000) and longest else None
    if function == "count-selected" and isinstance(question, MultipleChoice):
        there = len(question.codes)
        at_least, at_most = least or question.at_least, most if most is not None else question.at_most
        fits = 1 <= (at_least or 1) <= (at_most if at_most is not None else there) <= there
        return replace(question, at_least=at_least, at_most=at_most) if fits else None
    return None


def _patterned(question: Question, part: Call) -> Question | None:
    subject, pattern = part.arguments
    if subject != _SELF or not isinstance(question, Text) or question.pattern or not isinstance(pattern, Literal):
        return None
    found = whole_pattern(str(pattern.value))
    return replace(question, pattern=found) if found else None
