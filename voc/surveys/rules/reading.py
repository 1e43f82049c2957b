"""A condition in CEL read as a rule, where it is a simple one. PURE.

Simple are comparisons of an answer or a named score with values, `in`, `has`, yes-and-no answers by themselves, and these joined by
`&&` and `||`. A denial of more than one of these is not simple: "not, or not answered" is another thing than "not".
"""

import json
import re
from functools import lru_cache

from voc.surveys.formats.logic.tree import Call, Grammar, Literal, Name, Node, Operation, Unsayable, read
from voc.surveys.rules.rule import Comparison, How, Rule, Sign, Value, joined

_GRAMMAR = Grammar(
    re.compile(
        r"""(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')
          | (?P<name>(?:answers|scores)\s*\.\s*[a-z][a-z0-9_]*(?![\w.(])|has(?=\s*\()|true(?!\w)|false(?!\w)|in(?!\w))
          | (?P<number>\d+(?:\.\d+)?(?![\w.]))
          | (?P<sign>&&|\|\||==|!=|<=|>=|[<>!()\[\],-])""",
        re.VERBOSE,
    ),
    {"&&": "and", "||": "or", "!": "not", "in": "in", "-": "-", **{sign: sign for sign in ("==", "!=", "<", "<=", ">", ">=")}},
)
_SIGNS = {"==": Sign.IS, "!=": Sign.IS_NOT, "<": Sign.BELOW, "<=": Sign.AT_MOST, ">": Sign.ABOVE, ">=": Sign.AT_LEAST}
_TURNED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_DENIED = {Sign.ONE_OF: Sign.NONE_OF, Sign.CHOSEN: Sign.NOT_CHOSEN, Sign.ANSWERED: Sign.NOT_ANSWERED}


@lru_cache(maxsize=4096)
def rule_of(condition: str) -> Rule | None:
    """The rule that a condition says; None where it says more than a rule can."""
    try:
        return _rule(read(condition, _GRAMMAR))
    except (Unsayable, ValueError):
        return None


def _rule(node: Node) -> Rule:
    if isinstance(node, Operation) and node.operator in ("and", "or"):
        return joined(How.ALL if node.operator == "and" else How.ANY, (_rule(one) for one in node.operands))
    if isinstance(node, Operation) and node.operator == "not":
        return _denied(node.operands[0])
    if isinstance(node, Operation):
        return _compared(node)
    if isinstance(node, Call) and node.name == "has" and len(node.arguments) == 1:
        return Comparison(_name(node.arguments[0]), Sign.ANSWERED)
    return Comparison(_name(node), Sign.IS, (True,))


def _denied(node: Node) -> Rule:
    if isinstance(node, Name):
        return Comparison(_name(node), Sign.IS, (False,))
    inner = _rule(node)
    if isinstance(inner, Comparison) and inner.sign in _DENIED:
        return Comparison(inner.name, _DENIED[inner.sign], inner.values)
    raise Unsayable("this denial is not simple")


def _compared(node: Operation) -> Comparison:
    left, right = node.operands[0], node.operands[-1]
    if node.operator == "in" and isinstance(right, Call) and right.name == "list" and right.arguments:
        return Comparison(_name(left), Sign.ONE_OF, tuple(_value(one) for one in right.arguments))
    if node.operator == "in":
        return Comparison(_name(right), Sign.CHOSEN, (_value(left),))
    if node.operator not in _SIGNS or len(node.operands) < 2:
        raise Unsayable("this is no comparison")
    if _is_value(left):
        return Comparison(_name(right), _SIGNS[_TURNED[node.operator]], (_value(left),))
    return Comparison(_name(left), _SIGNS[node.operator], (_value(right),))


def _is_value(node: Node) -> bool:
    return isinstance(node, Literal) or (isinstance(node, Name) and node.text in ("true", "false"))


def _name(node: Node) -> str:
    if isinstance(node, Name) and "." in node.text:
        return re.sub(r"\s", "", node.text)
    raise Unsayable("this is no answer")


def _value(node: Node) -> Value:
    if isinstance(node, Literal):
        return _unquoted(node.value) if isinstance(node.value, str) else node.value
    if isinstance(node, Name) and node.text in ("true", "false"):
        return node.text == "true"
    if isinstance(node, Operation) and node.operator == "negative" and isinstance(found := _value(node.operands[0]), float):
        return -found
    raise Unsayable("this is no value")


def _unquoted(text: str) -> str:
    inner = text[1:-1]
    if text[0] == "'":
        inner = inner.replace("\\'", "'").replace('"', '\\"')
    return str(json.loads(f'"{inner}"', strict=False))
