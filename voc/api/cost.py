"""What an operation may cost, known before it runs: 1 for each object, times the size of the lists it stands in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_list_type,
)

from voc.api.paging import DEFAULT, MOST

LIST_ITEMS = 10  # what a list that is not paged is taken to hold
# The parts of one question are in memory with it: its texts, choices and rows cost nothing beside it.
_PARTS = frozenset(
    (
        *("AnswerName", "LanguageText", "ScalePoint", "QuestionChoice", "QuestionRow"),
        *("QuestionColumnGroup", "QuestionField", "QuestionLink", "QuestionLimits", "MetricCutOffs", "QuestionnaireText"),
        "QuestionnaireWalk",
    )
)


@cache
def weight(type_name: str) -> int:
    """What one object of a type costs: nothing for roots, the paper around pages and the schema itself, 1 for anything else."""
    is_paper = type_name == "PageInfo" or type_name.endswith("Edge") or type_name.startswith("__")
    return 0 if is_paper or type_name in _PARTS or type_name in ("Query", "Mutation", "Subscription") else 1


@dataclass(frozen=True, slots=True)
class Plan:
    """One selected object field: what it costs itself, how many of it there are, and what is selected inside."""

    own: int
    sizes: tuple[int | str, ...]  # the first that is given counts; a text is the name of a variable
    inside: tuple["Plan", ...]

    def cost(self, variables: Mapping[str, Any]) -> int:
        """What it comes to with these variables."""
        each = self.own + sum(plan.cost(variables) for plan in self.inside)
        return each * self._size(variables) if self.sizes else each

    def _size(self, variables: Mapping[str, Any]) -> int:
        for size in self.sizes:
            found = variables.get(size) if isinstance(size, str) else size
            if isinstance(found, list):
                return len(found)
            if isinstance(found, int):
                return min(max(found, 0), MOST)
        return DEFAULT


class Planner:
    """Makes the cost plan of an operation of one schema; done once for each document."""

    def __init__(self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._schema = schema
        self._fragments = fragments

    def plan(self, operation: OperationDefinitionNode) -> Plan:
        """The plan of a validated operation; its root costs 1."""
        root = self._schema.get_root_type(operation.operation)
        assert root is not None  # validated
        return Plan(1, (), self._inside(root, operation.selection_set, ()))

    def _inside(self, parent: object, selections: SelectionSetNode, page: tuple[int | str, ...]) -> tuple[Plan, ...]:
        plans: list[Plan] = []
        for node in selections.selections:
            if isinstance(node, FieldNode):
                plans += self._of_field(parent, node, page)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self._fragments[node.name.value]
                plans += self._inside(self._named(fragment.type_condition.name.value), fragment.selection_set, page)
            else:
                condition = node.type_condition  # type: ignore[attr-defined]
                plans += self._inside(self._named(condition.name.value) if condition else parent, node.selection_set, page)  # type: ignore[attr-defined]
        return tuple(plans)

    def _of_field(self, parent: object, node: FieldNode, page: tuple[int | str, ...]) -> list[Plan]:
        field = parent.fields.get(node.name.value) if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType) else None
        named = get_named_type(field.type) if field else None
        if (
            field is None
            or node.selection_set is None
            or not isinstance(named, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType)
        ):
            return []
        if named.name.endswith("Connection"):
            return [Plan(1, (), self._inside(named, node.selection_set, _asked(node, ("first", "last")) or (DEFAULT,)))]
        in_page = isinstance(parent, GraphQLObjectType) and parent.name.endswith("Connection")
        sizes = (
            page
            if in_page and _is_list(field.type)
            else (_asked(node, ("ids", "representations")) or (LIST_ITEMS,))
            if _is_list(field.type)
            else ()
        )
        return [Plan(weight(named.name), sizes, self._inside(named, node.selection_set, ()))]

    def _named(self, name: str) -> object:
        return self._schema.type_map.get(name)


def _asked(node: FieldNode, names: Sequence[str]) -> tuple[int | str, ...]:
    sizes: list[int | str] = []
    for argument in node.arguments or ():
        if argument.name.value in names:
            value = argument.value
            if isinstance(value, VariableNode):
                sizes.append(value.name.value)
            elif isinstance(value, IntValueNode):
                sizes.append(int(value.value))
            elif isinstance(value, ListValueNode):
                sizes.append(len(value.values))
    return tuple(sizes)


def _is_list(of: GraphQLOutputType) -> bool:
    return is_list_type(of.of_type if isinstance(of, GraphQLNonNull) else of)
