"""The words of conditions: which names a text reads, which names it may not use, and the compiler's remarks said for people."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

NAME = re.compile(r"[a-z][a-z0-9_]{0,199}\Z")
KEYWORDS = frozenset(
    {
        *("as", "break", "const", "continue", "else", "false", "for", "function", "has", "if", "import", "in"),
        *("let", "loop", "namespace", "null", "package", "return", "true", "var", "void", "while"),
    }
)
_TOKEN = re.compile(
    r"""(?P<skip>//[^\n]*
      | [rRbB]{0,2}(?:\"\"\"(?:\\.|.)*?\"\"\"|'''(?:\\.|.)*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))
      | (?P<path>(?<![\w.])[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)?)""",
    re.VERBOSE | re.DOTALL,
)
_OPERANDS = re.compile(r"found no matching overload for '(?P<name>[^']+)' applied to '\(?(?P<types>.*?)\)?'\Z")
_FIELD = re.compile(r"undefined field '(?P<field>[^']+)' not found in struct '(?:.*\.)?(?P<root>[^'.]+)'")
_UNKNOWN = re.compile(r"undeclared reference to '(?P<name>[^']+)'")
_TYPES = {
    "double": "a number",
    "int": "a number",
    "string": "text",
    "bool": "yes or no",
    "google.protobuf.Timestamp": "a moment",
    "timestamp": "a moment",
    "google.protobuf.Duration": "a length of time",
    "duration": "a length of time",
    "null": "nothing",
    "null_type": "nothing",
}

_HINTS = {
    "error at: '= ": "A single `=` does not compare. Write `==`.",
    "input 'and'": "Write `&&` for and.",
    "input 'or'": "Write `||` for or.",
    "input 'not'": "Write `!` for not.",
    "'<EOF>'": "The condition stops in the middle. Finish it.",
}


def is_name(text: str) -> bool:
    """Whether conditions can speak of something by this name."""
    return bool(NAME.match(text)) and text not in KEYWORDS


def names_read(text: str, variables: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Every `(variable, field)` of the variables that a condition mentions; the field is empty where a variable stands alone."""
    known = frozenset(variables)
    paths = (re.sub(r"\s", "", match["path"]).partition(".") for match in _TOKEN.finditer(text) if match["path"])
    return frozenset((variable, field) for variable, _, field in paths if variable in known)


def with_names(text: str, variable: str, names: Mapping[str, str]) -> str:
    """The condition with fields of a variable called by other names; what stands in quotes is left alone."""

    def renamed(match: re.Match[str]) -> str:
        root, _, field = re.sub(r"\s", "", match["path"] or "").partition(".")
        return f"{root}.{names[field]}" if root == variable and field in names else match[0]

    return _TOKEN.sub(renamed, text)


def said_for_people(remark: str, fields: Mapping[str, Iterable[str]]) -> str:
    """One remark of the compiler as a sentence that names the thing and the way out."""
    remark = remark.strip()
    if match := _FIELD.search(remark):
        return _no_such_field(match["root"], match["field"], tuple(fields.get(match["root"], ())))
    if match := _UNKNOWN.search(remark):
        return _no_such_variable(match["name"].split(".")[0], tuple(sorted(fields)))
    if match := _OPERANDS.search(remark):
        return _mismatch(match["name"], [type_in_words(part) for part in _split(match["types"])])
    if "recursion" in remark:
        return "This condition is nested too deeply. Split it, or leave out brackets."
    if remark.startswith("Syntax error:"):
        return _unreadable(remark.removeprefix("Syntax error:").split(" expecting")[0].strip())
    return f"This condition cannot be used: {remark}."


def type_in_words(name: str) -> str:
    """A type of the compiler in the words of this house."""
    name = name.strip()
    if name.startswith("wrapper("):
        name = name[len("wrapper(") : -1]
    if name.endswith(".Moment"):
        return "a moment"
    if name.startswith("list"):
        return "a list"
    return "a group of values" if name.startswith("map") or ("." in name and name not in _TYPES) else _TYPES.get(name, name)


def _no_such_field(variable: str, field: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(field, known, n=1)
    if near:
        return f"`{variable}` has no `{field}`. Did you mean `{variable}.{near[0]}`?"
    return f"`{variable}` has no `{field}`. It has {_listed(known)}."


def _no_such_variable(variable: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(variable, known, n=1)
    if near:
        return f"Nothing is called `{variable}` here. Did you mean `{near[0]}`?"
    return f"Nothing is called `{variable}` here. A condition can speak of {_listed(known)}."


def _unreadable(complaint: str) -> str:
    for sign, hint in _HINTS.items():
        if sign in complaint:
            return hint
    return f"This cannot be read as a condition ({complaint})."


def _mismatch(name: str, operands: list[str]) -> str:
    symbol = name.strip("_@").replace("_", " ").strip() or name
    if name in {"_&&_", "_||_", "!_"}:
        return f"`{symbol}` joins conditions, not {' and '.join(operands)}."
    if name == "_?_:_":
        return "Both outcomes of `? :` must be of the same kind."
    if name in {"_==_", "_!=_"} and operands == ["a moment", "a moment"]:
        return "Moments are hardly ever the same to the second. Compare them with <, <=, > or >=."
    if len(operands) == 2 and (name.startswith("_") or name == "@in"):
        return f"`{symbol}` cannot put {operands[0]} beside {operands[1]}."
    return f"`{symbol}` does not work on {' and '.join(operands) or 'nothing'}."


def _split(types: str) -> list[str]:
    parts, depth = [""], 0
    for letter in types:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in parts if part.strip()]


def _listed(names: Iterable[str]) -> str:
    shown = [f"`{name}`" for name in names]
    if len(shown) > 12:
        shown = [*shown[:12], "…"]
    return ", ".join(shown) or "nothing"
