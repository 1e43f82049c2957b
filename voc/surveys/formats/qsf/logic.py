"""Logic trees of the file to conditions of ours. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from voc.core.expression_words import names_read
from voc.core.expressions import LONGEST
from voc.surveys.formats.logic.terms import ALWAYS, Condition, both, either
from voc.surveys.formats.logic.tree import Unsayable
from voc.surveys.formats.plain_text import plain_text
from voc.surveys.formats.qsf.expressions import Shown, said
from voc.surveys.formats.qsf.loose import Group, group, text, word
from voc.surveys.formats.qsf.names import Names
from voc.surveys.formats.qsf.report import Notes


@dataclass(slots=True)
class Logic:
    """Says trees in CEL. `asked` are the answers that come before the place at which a condition stands."""

    names: Names
    notes: Notes
    shown: Shown = field(default_factory=Shown)
    asked: set[str] = field(default_factory=set)

    def condition(self, tree: object, source_ids: tuple[str, ...]) -> Condition | None:
        """The tree as a condition; None where nothing of it can be said. What is lost is reported under each of the source ids."""
        sets = [(word(one.get("Type")), self._set(one, source_ids)) for one in _numbered(group(tree))]
        whole = _joined([("or" if kind in {"ElseIf", "OrIf"} else "and", found) for kind, found in sets])
        if whole is not None and len(whole.yes) + len(whole.no) > 2 * LONGEST:
            for source_id in source_ids:
                why = "This condition is too long for us. Set a shorter one by hand where it matters."
                self.notes.dropped(source_id, "LOGIC_DROPPED", " ".join(_described(tree)), why)
            return None
        if whole != ALWAYS:
            return whole
        for source_id in source_ids:
            why = "This condition is always met here, so that it was left out."
            self.notes.changed(source_id, "LOGIC_ALWAYS", " ".join(_described(tree)), why)
        return None

    def expression(self, expression: Group, source_ids: tuple[str, ...]) -> Condition | None:
        """One comparison as a condition."""
        try:
            found = said(expression, self.names, self.shown)
            if len(found.yes) + len(found.no) > LONGEST:
                raise Unsayable("it is too long")
            ahead = sorted(name for _, name in names_read(f"{found.yes} {found.no}", ("answers",)) if not self._is_known(name))
            if ahead:
                raise Unsayable(f"it looks ahead at `{ahead[0]}`")
            return found
        except Unsayable as reason:
            what = _in_words(expression)
            for source_id in source_ids:
                why = f"This condition cannot be said here: {reason}. Set it by hand where it matters."
                self.notes.dropped(source_id, "LOGIC_DROPPED", what, why)
            return None

    def _is_known(self, name: str) -> bool:
        return not name or name in self.asked or name in self.names.outside

    def _set(self, one: Group, source_ids: tuple[str, ...]) -> Condition | None:
        expressions = [
            (word(each.get("Conjuction") or each.get("Conjunction")), self.expression(each, source_ids)) for each in _numbered(one)
        ]
        return _joined([("or" if kind.lower() == "or" else "and", found) for kind, found in expressions])


def _described(tree: object) -> Iterator[str]:
    return (_in_words(each) for one in _numbered(group(tree)) for each in _numbered(one))


def _in_words(expression: Group) -> str:
    return plain_text(text(expression.get("Description"))) or f"{word(expression.get('LeftOperand'))} {word(expression.get('Operator'))}"


def holds_something(tree: object) -> bool:
    """Whether there is any condition in a tree."""
    return any(True for one in _numbered(group(tree)) for _ in _numbered(one))


def _numbered(tree: Group) -> Iterator[Group]:
    keys = sorted((key for key in tree if str(key).isdecimal() and len(str(key)) < 9), key=int)
    return (found for key in keys if isinstance(found := tree[key], dict))


def _joined(parts: list[tuple[str, Condition | None]]) -> Condition | None:
    """Alternatives of what must hold together. Of those together, what can be said stays; an alternative that is lost loses all."""
    alternatives: list[list[Condition | None]] = [[]]
    for joined_by, condition in parts:
        if joined_by == "or" and alternatives[-1]:
            alternatives.append([])
        alternatives[-1].append(condition)
    found = []
    for together in alternatives:
        sayable = [one for one in together if one is not None]
        if not sayable:
            return None
        found.append(both(sayable))
    return either(found)
