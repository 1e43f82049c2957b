"""Our conditions and placeholders as SurveyJS writes them, where it can say them. PURE."""

import re

from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Asked, Choosing, Fields, Matrix, Question, SideBySide
from voc.surveys.questions.rows import InRows

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
      | (?P<name>(?:!?has\(\s*answers\.[a-z0-9_]+\s*\))|answers\.[a-z0-9_]+)
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<word>true|false|in)(?!\w)
      | (?P<sign>&&|\|\||==|!=|<=|>=|[<>!()\[\],+\-*/]))""",
    re.VERBOSE,
)
_PLACEHOLDER = re.compile(r"\{\s*answers\.([a-z0-9_]+)\s*(?:\|[^{}]*)?\}")
_SIGNS = {"&&": " and ", "||": " or ", "==": " = ", "!=": " <> ", "<": " < ", "<=": " <= ", ">": " > ", ">=": " >= "}


class Said:
    """Says conditions and texts of one questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._names = {name: path for question in questionnaire.questions() for name, path in _paths(question)}

    def text(self, text: str) -> str:
        """A text with its placeholders in braces; other placeholders of ours stay as they are."""
        return _PLACEHOLDER.sub(lambda match: f"{{{self._names.get(match[1], match[1])}}}", text)

    def condition(self, cel: str) -> str:
        """The condition; "" where SurveyJS has no way to say it."""
        if not cel:
            return ""
        parts: list[str] = []
        at = 0
        while cel[at:].strip():
            match = _TOKEN.match(cel, at)
            if match is None:
                return ""
            parts.append(self._part(match))
            at = match.end()
        return _without_in("".join(parts).strip())

    def _part(self, match: re.Match[str]) -> str:
        text = match[0].strip()
        if match["text"]:
            inner = re.sub(r"\\(.)", r"\1", text[1:-1])
            return f"'{inner}'" if "'" not in inner else f'"{inner}"'
        if match["name"]:
            name = self._names.get(re.search(r"answers\.([a-z0-9_]+)", text)[1], "")  # type: ignore[index]
            return f"{{{name}}} {'empty' if text[0] == '!' else 'notempty'}" if "has(" in text else f"{{{name}}}"
        return " in " if match["word"] == "in" else _SIGNS.get(text, text)


def _without_in(said: str) -> str:
    """`'a' in {q}` as `{q} contains 'a'`, and `{q} in ['a']` as `{q} anyof ['a']`."""
    said = re.sub(r"""('[^']*'|"[^"]*") in (\{[^{}]*\})""", r"\2 contains \1", said)
    said = re.sub(r"(\{[^{}]*\}) in \[", r"\1 anyof [", said)
    return "" if " in " in re.sub(r"""'[^']*'|"[^"]*\"""", "", said) or "{}" in said else said


def _paths(question: Question) -> list[tuple[str, str]]:
    """The names of the answers, with what SurveyJS calls them."""
    found = [(question.id, question.id)]
    if isinstance(question, Choosing):
        found += [(name, f"{question.id}-Comment") for name in question.words_names.values()]
    elif isinstance(question, Fields):
        found += [(name, f"{question.id}.{one.code}") for one, name in question.field_names()]
    elif isinstance(question, Matrix):
        found += [
            (name, f"{question.id}.{row.code}" + (f".{column.code}" if column else "")) for row, column, name in question.cell_names()
        ]
    elif isinstance(question, SideBySide):
        found += [(name, f"{question.id}.{row.code}.{group.id}") for row, group, name in question.cell_names()]
    elif isinstance(question, InRows):
        found += [(name, f"{question.id}.{row.code}") for row, name in question.row_names()]
    if isinstance(question, Asked) and question.comment:
        found.append((question.comment_name, f"{question.id}-Comment"))
    return found
