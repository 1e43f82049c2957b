"""Trees of SurveyJS said in CEL. PURE."""

from functools import partial
from typing import TypeGuard

from voc.core.expressions import Kind
from voc.surveys.formats.logic.comparing import compared
from voc.surveys.formats.logic.saying import Function, LookUp, chosen_if, has_chosen, said, sum_of, term_of
from voc.surveys.formats.logic.terms import (
    Answer,
    Condition,
    Constant,
    Either,
    Reckoned,
    Several,
    Term,
    both,
    either,
    given,
    negated,
    quoted,
)
from voc.surveys.formats.logic.tree import Call, Literal, Name, Node, Operation, Unsayable

_YES = {"y", "yes", "true", "1", "on", "ja", "oui", "si", "sí"}


def condition(tree: Node, look_up: LookUp) -> Condition:
    """The expression as a condition of ours; Unsayable names the part that has no counterpart."""
    return said(_adapted(tree, look_up), look_up, FUNCTIONS)


def _adapted(tree: Node, look_up: LookUp) -> Node:
    """A box that was ticked counts as a number above 0 there, and as yes here."""
    if isinstance(tree, Call):
        return Call(tree.name, tuple(_adapted(one, look_up) for one in tree.arguments))
    if not isinstance(tree, Operation):
        return tree
    if tree.operator in {"==", "!="} and isinstance(tree.operands[1], Call) and tree.operands[1].name == "list":
        same = Call("exactly", tree.operands)
        return same if tree.operator == "==" else Operation("not", (same,))
    if tree.operator in {">", ">="} and isinstance(tree.operands[0], Name) and isinstance(tree.operands[1], Literal):
        term = look_up(tree.operands[0].text)
        if isinstance(term, Answer) and term.kind is Kind.YES_NO:
            return Operation("==", (tree.operands[0], Literal("true")))
    if tree.operator in {"==", "!="} and isinstance(tree.operands[0], Name) and isinstance(tree.operands[1], Literal):
        term = look_up(tree.operands[0].text)
        if _is_yes_no(term):
            return Operation(tree.operator, (tree.operands[0], Literal(_yes_or_no(term, tree.operands[1].value))))
    return Operation(tree.operator, tuple(_adapted(one, look_up) for one in tree.operands))


def _is_yes_no(term: Term) -> TypeGuard[Answer | Either]:
    return _is_yes_no(term.then) if isinstance(term, Either) else isinstance(term, Answer) and term.kind is Kind.YES_NO


def _yes_or_no(term: Answer | Either, value: str | float) -> str:
    """`y`, `Yes`, 1, or whatever the file stores for yes, as `true`; all else as `false`."""
    first = term.then if isinstance(term, Either) else term
    marks = first.marks if isinstance(first, Answer) else ("true", "false")
    return "true" if value == 1.0 or str(value).lower() in {*_YES, marks[0].lower()} - {marks[1].lower()} else "false"


def _terms(look_up: LookUp, nodes: tuple[Node, ...]) -> list[Term]:
    return [term_of(one, look_up, FUNCTIONS) for one in nodes]


def _one(look_up: LookUp, nodes: tuple[Node, ...]) -> Term:
    if not nodes:
        raise Unsayable("a function lacks something")
    return term_of(nodes[0], look_up, FUNCTIONS)


def _is_given(look_up: LookUp, nodes: tuple[Node, ...]) -> Term:
    return given(_one(look_up, nodes))


def _is_empty(look_up: LookUp, nodes: tuple[Node, ...]) -> Term:
    return negated(given(_one(look_up, nodes)))


def _has(look_up: LookUp, nodes: tuple[Node, ...]) -> Condition:
    """`contains`: a code among several, or a part of a text; `contains` of a list means all of it."""
    left, right = _terms(look_up, nodes)
    wanted = right.terms if isinstance(right, Several) else (right,)
    return both(_holds_one(left, one) for one in wanted)


def _holds_one(left: Term, wanted: Term) -> Condition:
    if isinstance(left, Answer) and left.kind is Kind.TEXT and not left.codes and isinstance(wanted, Constant):
        found = f"{left.cel}.contains({quoted(str(wanted.value))})"
        return Condition(found, f"(!has({left.cel}) || !{found})")
    if isinstance(left, Several):
        return either(_holds_one(one, wanted) for one in left.terms)
    return has_chosen(left, wanted) if isinstance(left, Answer) and left.kind is Kind.TEXTS else compared("==", left, wanted)


def _among(look_up: LookUp, nodes: tuple[Node, ...], join: object = either, *, opposite: bool = False) -> Term:
    left, right = _terms(look_up, nodes)
    wanted = right.terms if isinstance(right, Several) else (right,)
    found = (both if join is both else either)(_holds_one(left, one) for one in wanted)
    return negated(found) if opposite else found


def _exactly(look_up: LookUp, nodes: tuple[Node, ...]) -> Term:
    left, right = _terms(look_up, nodes)
    wanted = right.terms if isinstance(right, Several) else (right,)
    if not isinstance(left, Answer) or left.kind is not Kind.TEXTS:
        raise Unsayable("a list can only be compared with several choices")
    size = len(wanted)
    many = Condition(f"size({left.cel}) == {size}", f"size({left.cel}) != {size}")
    return both([many, *(has_chosen(left, one) for one in wanted)])


def _listing(look_up: LookUp, nodes: tuple[Node, ...]) -> Term:
    return Several(tuple(_terms(look_up, nodes)))


def _now(_: LookUp, nodes: tuple[Node, ...]) -> Term:
    if nodes:
        raise Unsayable("a day that is reckoned has no counterpart")
    return Reckoned("now")


FUNCTIONS: dict[str, Function] = {
    "empty": _is_empty,
    "notempty": _is_given,
    "contains": _has,
    "notcontains": lambda look_up, nodes: negated(_has(look_up, nodes)),
    "anyof": _among,
    "allof": partial(_among, join=both),
    "noneof": partial(_among, opposite=True),
    "exactly": _exactly,
    "list": _listing,
    "iif": lambda look_up, nodes: chosen_if(_terms(look_up, nodes)),
    "sum": lambda look_up, nodes: sum_of(_terms(look_up, nodes)),
    "today": _now,
    "currentdate": _now,
}
