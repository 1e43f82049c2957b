"""Whether an operation asks for its answer in parts: `@defer` and `@stream`, where they are on."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)

_DIRECTIVES = ("defer", "stream")


def comes_in_parts(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode], variables: Mapping[str, Any]
) -> bool:
    """Whether the operation asks for parts, with these variables."""
    waiting: list[SelectionSetNode] = [operation.selection_set]
    seen: set[str] = set()
    while waiting:
        for node in waiting.pop().selections:
            if any(_is_on(directive, variables) for directive in node.directives or () if directive.name.value in _DIRECTIVES):
                return True
            inner = getattr(node, "selection_set", None)
            if isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                inner = fragments[node.name.value].selection_set
            if inner:
                waiting.append(inner)
    return False


def _is_on(directive: DirectiveNode, variables: Mapping[str, Any]) -> bool:
    for argument in directive.arguments or ():
        if argument.name.value == "if":
            if isinstance(argument.value, VariableNode):
                return bool(variables.get(argument.value.name.value, True))
            return not isinstance(argument.value, BooleanValueNode) or argument.value.value
    return True
