"""Limits that a document must keep before graphql-core validates it, which takes time that grows with its square."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from voc.api.refused import RefusedRequest

MOST_CHARACTERS = 200_000
MOST_TOKENS = 5000
DEEPEST = 15
DEEPEST_INTROSPECTION = 25
MOST_ALIASES = 60
MOST_FIELDS = 400
MOST_VARIABLES = 100
_INTROSPECTION = ("__schema", "__type")


@dataclass(slots=True)
class Measure:
    """What a selection comes to with its fragments written out."""

    depth: int = 0
    introspection_depth: int = 0
    fields: int = 0


def check_document(document: DocumentNode) -> None:
    """Refuse a document over a limit (QUERY_TOO_COMPLEX), naming the limit and how far it is exceeded."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    variables = sum(len(node.variable_definitions or ()) for node in document.definitions if isinstance(node, OperationDefinitionNode))
    if variables > MOST_VARIABLES:
        raise too_complex(f"The document declares {variables} variables, and {MOST_VARIABLES} is the most.")
    aliases = sum(
        _aliases(node.selection_set) for node in document.definitions if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode)
    )
    if aliases > MOST_ALIASES:
        raise too_complex(f"The document has {aliases} aliases, and {MOST_ALIASES} is the most.")
    walk = _Walk(fragments)
    try:
        for node in document.definitions:
            if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode):
                _check(walk.measure(node.selection_set, 1), is_of_schema=_is_of_schema(node))
    except RecursionError:
        raise too_complex("The document nests fragments too deeply.") from None


def uses_introspection(document: DocumentNode) -> bool:
    """Whether the document asks for the schema itself."""
    return any(
        field.name.value in _INTROSPECTION
        for node in document.definitions
        if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode)
        for field in _all_fields(node.selection_set)
    )


def too_complex(message: str) -> RefusedRequest:
    """A document over a limit."""
    return RefusedRequest(422, "QUERY_TOO_COMPLEX", message)


def _check(found: Measure, *, is_of_schema: bool) -> None:
    deepest = DEEPEST_INTROSPECTION if is_of_schema else DEEPEST
    if found.depth > deepest:
        raise too_complex(f"The document is nested {found.depth} levels deep, and {deepest} is the most.")
    if found.introspection_depth > DEEPEST_INTROSPECTION:
        raise too_complex(f"The introspection is nested {found.introspection_depth} levels deep, and {DEEPEST_INTROSPECTION} is the most.")
    if found.fields > MOST_FIELDS:
        raise too_complex(f"The document selects {found.fields} fields with its fragments written out, and {MOST_FIELDS} is the most.")


def _is_of_schema(node: OperationDefinitionNode | FragmentDefinitionNode) -> bool:
    return isinstance(node, FragmentDefinitionNode) and node.type_condition.name.value.startswith("__")


class _Walk:
    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._measured: dict[str, Measure | None] = {}

    def measure(self, selections: SelectionSetNode, level: int) -> Measure:
        """Each fragment is measured once, so that fragments of fragments cost no more than they are long."""
        total = Measure()
        for node in selections.selections:
            if isinstance(node, FieldNode):
                self._add_field(total, node, level)
            elif isinstance(node, FragmentSpreadNode):
                _add(total, self._fragment(node.name.value, level), 0)
            else:
                _add(total, self.measure(node.selection_set, level), 0)  # type: ignore[attr-defined]
        return total

    def _add_field(self, total: Measure, node: FieldNode, level: int) -> None:
        if level > DEEPEST_INTROSPECTION:
            raise too_complex(f"The document is nested more than {DEEPEST_INTROSPECTION} levels deep, and {DEEPEST} is the most.")
        total.fields += 1
        inside = self.measure(node.selection_set, level + 1) if node.selection_set else Measure()
        if node.name.value in _INTROSPECTION:
            inside = Measure(introspection_depth=max(inside.depth, inside.introspection_depth), fields=inside.fields)
            total.introspection_depth = max(total.introspection_depth, inside.introspection_depth + 1)
            total.fields += inside.fields
            return
        _add(total, inside, 1)

    def _fragment(self, name: str, level: int) -> Measure:
        if name not in self._measured:
            self._measured[name] = None  # a cycle counts nothing here: validation names it
            fragment = self._fragments.get(name)
            self._measured[name] = self.measure(fragment.selection_set, level) if fragment else Measure()
        return self._measured[name] or Measure()


def _add(total: Measure, inside: Measure, levels: int) -> None:
    total.depth = max(total.depth, inside.depth + levels)
    total.introspection_depth = max(total.introspection_depth, inside.introspection_depth)
    total.fields += inside.fields


def _aliases(selections: SelectionSetNode) -> int:
    return sum(1 for field in _all_fields(selections) if field.alias)


def _all_fields(selections: SelectionSetNode) -> Iterator[FieldNode]:
    waiting = [selections]
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FieldNode):
                yield node
            inner = getattr(node, "selection_set", None)
            if inner:
                waiting.append(inner)
