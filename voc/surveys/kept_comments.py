"""Comments of a YAML draft, put back beside what they spoke of when the draft is written anew. PURE."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from voc.surveys.documents import HEADER, known_text, read_text
from voc.surveys.edit_places import name_of
from voc.surveys.questionnaire import QuestionnaireError

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: what it is about, as a path in which items of lists go by their names, and whether it stands behind it or above."""

    about: str
    text: str
    is_behind: bool


def with_comments(before: str, after: str) -> str:
    """The text after an edit, with the comments of the text before it; those of parts that are gone are gone with them.

    `after` as it is where it could not be read as the same any more.
    """
    if "#" not in before.removeprefix(HEADER):
        return after
    try:
        found = list(_comments(before.removeprefix(HEADER)))
        written = _put_back(after, found) if found else after
        return written if read_text(written).content == known_text(after).content else after
    except (QuestionnaireError, yaml.YAMLError):
        return after


def _comments(text: str) -> Iterator[Comment]:
    lines = text.split("\n")
    inside, spans = _scalars(text, lines)
    places = _places(text)
    waiting: list[str] = []
    for number, line in enumerate(lines):
        start = None if number in inside else _start(line, spans.get(number, ()))
        if start is not None and not line[:start].strip():
            waiting.append(line.strip())
            continue
        here = places.get(number, ())
        if here and waiting:
            yield Comment(min(here, key=len), "\n".join(waiting), False)
            waiting = []
        if here and start is not None:
            yield Comment(max(here, key=len), line[start:].rstrip(), True)
    if waiting:
        yield Comment("", "\n".join(waiting), False)


def _put_back(text: str, comments: Sequence[Comment]) -> str:
    lines = text.removeprefix(HEADER).split("\n")
    where = {place: number for number, here in _places(text.removeprefix(HEADER)).items() for place in here}
    ends = _scalars("\n".join(lines), lines)[0]
    above: dict[int, list[str]] = {}
    last: list[str] = []
    for comment in comments:
        number = where.get(comment.about)
        if not comment.about:
            last += comment.text.split("\n")
        elif number is not None and comment.is_behind and number + 1 not in ends:
            lines[number] = f"{lines[number]}  {comment.text}"
        elif number is not None:
            above.setdefault(number, []).extend(comment.text.split("\n"))
    written = []
    for number, line in enumerate(lines):
        indent = line[: len(line) - len(line.lstrip())]
        written += [*(f"{indent}{one}" for one in above.get(number, ())), line]
    return HEADER + "\n".join(written) + ("\n".join([*last, ""]) if last else "")


def _scalars(text: str, lines: Sequence[str]) -> tuple[set[int], dict[int, list[Span]]]:
    """The lines that lie within a text, and where texts stand on the others."""
    inside: set[int] = set()
    spans: dict[int, list[Span]] = {}
    for node in _nodes(yaml.compose(text, Loader=yaml.CSafeLoader)):
        first, end = node.start_mark, node.end_mark
        if first.line == end.line:
            spans.setdefault(first.line, []).append((first.column, end.column))
            continue
        spans.setdefault(first.line, []).append((first.column, len(lines[first.line])))
        within = range(first.line + 1, end.line + (1 if end.column else 0))
        shown = next((len(line) - len(line.lstrip()) for line in (lines[at] for at in within) if line.strip()), 0)
        inside |= {at for at in within if not (lines[at].lstrip().startswith("#") and len(lines[at]) - len(lines[at].lstrip()) < shown)}
    return inside, spans


def _nodes(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _nodes(item)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _nodes(key)
            yield from _nodes(value)


def _start(line: str, spans: Sequence[Span]) -> int | None:
    """Where a comment begins on a line, of which the spans of texts are in order."""
    for found in re.finditer(r"(?:^|(?<=\s))#", line):
        before = bisect_right(spans, found.start(), key=lambda span: span[0])
        if not before or spans[before - 1][1] <= found.start():
            return found.start()
    return None


def _places(text: str) -> dict[int, list[str]]:
    """What begins on each line, from 0, items of lists by their names."""
    document = read_text(text)
    found: dict[int, list[str]] = {}
    for path, name in _named(document.content, "", ""):
        if path in document.lines:
            found.setdefault(document.lines[path] - 1, []).append(name)
    return found


def _named(value: Any, path: str, name: str) -> Iterator[tuple[str, str]]:
    if path:
        yield path, name
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _named(one, f"{path}.{key}" if path else str(key), f"{name}/{key}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            own = name_of(one) if isinstance(one, Mapping) else str(number)
            # A question is itself on whichever page it stands.
            here = f"/questions/{own}" if path.endswith(".questions") and own else f"{name}/{own or number}"
            yield from _named(one, f"{path}[{number}]", here)
