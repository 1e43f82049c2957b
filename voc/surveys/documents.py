"""Text to a plain object and back: YAML as people write it, or JSON, with the line of every part. PURE.

Only what a document needs is read: no anchors, tags or merges, no key twice, and `no` is a text, not false.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from voc.surveys.parse import dump, parse
from voc.surveys.questionnaire import Problem, Questionnaire, QuestionnaireError

MOST_BYTES = 5_000_000
DEEPEST = 30
HEADER = "# yaml-language-server: $schema=../schema/questionnaire.schema.json\n"
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]*([eE][-+][0-9]+)?")
_PLAIN: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class Document:
    """A plain object, and the line (from 1) where each path in it begins."""

    content: object
    lines: Mapping[str, int] = field(default_factory=dict, repr=False)

    def line_of(self, path: str) -> int:
        """The line of the path, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get(path, 1)


def read_text(text: str) -> Document:
    """The document in a YAML or JSON text. Raises QuestionnaireError for what is neither, or too large, or uses tricks."""
    if re.search("[\ud800-\udfff]", text):
        raise _refusal(1, "This is no text: half of a character stands alone. Save the file as UTF-8.")
    if len(text.encode()) > MOST_BYTES:
        raise _refusal(1, f"The document is larger than {MOST_BYTES // 1_000_000} MB. Split the survey.")
    return _read_json(text) if is_json(text) else _read_yaml(text.removeprefix("\ufeff"))


@lru_cache(maxsize=8)
def known_text(text: str) -> Document:
    """The same, kept for whoever reads that text again: nobody changes what it gives."""
    return read_text(text)


def read_value(text: str) -> object:
    """A single value in YAML, or JSON, which is YAML too: a text, a number, a list, a group of fields. Raises QuestionnaireError else."""
    return _read_yaml(text).content


def questionnaire_in(text: str) -> Questionnaire:
    """The questionnaire that a text describes; raises QuestionnaireError with every problem."""
    return parse(read_text(text).content)


def as_yaml(questionnaire: Questionnaire) -> str:
    """The questionnaire as a text that people can edit and `read_text` reads back."""
    return yaml_of(dump(questionnaire))


def yaml_of(content: Mapping[str, Any]) -> str:
    """A document as YAML, also one that is no questionnaire (yet)."""
    return HEADER + str(yaml.dump(dict(content), Dumper=_Writer, allow_unicode=True, sort_keys=False, width=140))


def as_json(questionnaire: Questionnaire) -> str:
    """The questionnaire as JSON."""
    return json_of(dump(questionnaire))


def json_of(content: Mapping[str, Any]) -> str:
    """A document as JSON, also one that is no questionnaire (yet)."""
    return json.dumps(content, ensure_ascii=False, indent=2)


def is_json(text: str) -> bool:
    """Whether a text is JSON rather than YAML, as it is read."""
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def _read_json(text: str) -> Document:
    try:
        return Document(json.loads(text.lstrip("\ufeff"), object_pairs_hook=_once, parse_constant=_no_constant))
    except json.JSONDecodeError as fault:
        raise _refusal(fault.lineno, f"This is not JSON: {fault.msg[0].lower()}{fault.msg[1:]} (column {fault.colno}).") from None
    except RecursionError:
        raise _refusal(1, f"The document is nested more than {DEEPEST} levels deep.") from None
    except ValueError as fault:
        raise _refusal(1, str(fault)) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"`{key}` stands twice in one group. Keep one.")
        found[key] = value
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number that can be used.")


def _read_yaml(text: str) -> Document:
    try:
        _refuse_tricks(text)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line, place = (mark.line + 1, f" (column {mark.column + 1})") if mark else (1, "")
        hint = "Put a text that begins with a sign, or has a colon in it, in quotes."
        raise _refusal(line, f"This is not YAML: {fault.problem or fault.context}{place}. {hint}") from None
    except yaml.YAMLError as fault:
        raise _refusal(1, f"This is not YAML: {str(fault).splitlines()[0]}.") from None
    lines: dict[str, int] = {}
    return Document(_plain(node, "", lines), lines) if node is not None else Document(None)


def _refuse_tricks(text: str) -> None:
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refusal(line, "Anchors and aliases (`&name`, `*name`) cannot be used. Write the part out, or put the text in quotes.")
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            raise _refusal(line, f"Tags such as `{event.tag}` cannot be used. Leave it out, or put the text in quotes.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if depth > DEEPEST:
            raise _refusal(line, f"The document is nested more than {DEEPEST} levels deep.")
        if documents > 1:
            raise _refusal(line, "There is a second document in this text (after `---`). Put it in a file of its own.")


def _plain(node: yaml.Node, path: str, lines: dict[str, int]) -> object:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, path, lines))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, f"{path}[{index}]", lines) for index, item in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    return node.value if node.style else _scalar(node.value)


def _pairs(node: yaml.MappingNode, path: str, lines: dict[str, int]) -> Iterator[tuple[str, object]]:
    seen: set[str] = set()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise _refusal(line, "A field name must be a plain word.")
        if key.value in seen:
            raise _refusal(line, f"`{key.value}` stands twice in one group. Keep one.")
        seen.add(key.value)
        here = f"{path}.{key.value}" if path else key.value
        yield key.value, _plain(value, here, lines)
        lines[here] = line


def _scalar(text: str) -> object:
    if text in _PLAIN:
        return _PLAIN[text]
    if _WHOLE.fullmatch(text):
        return int(text) if len(text) < 19 else float(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _refusal(line: int, message: str) -> QuestionnaireError:
    return QuestionnaireError((Problem("", "UNREADABLE", message, line=line),))


class _Writer(yaml.CSafeDumper):
    """Writes equal parts out instead of pointing from one to the other."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never point."""
        return True
