"""Documents: parsed, checked and validated once, then kept by their hash; and the stored ones, by hash and by name."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from voc.api.cost import Plan, Planner
from voc.api.deferring import comes_in_parts
from voc.api.limits import check_document, uses_introspection
from voc.api.parsing import parsed
from voc.api.refused import MOST_ERRORS, RefusedRequest

KEPT = 500
KEPT_CHARACTERS = 32_000
# Where an operation begins. Each is parsed when it first runs: to parse them all would be a twentieth of the start.
_OPERATION = re.compile(r"^(?:(?:query|mutation|subscription)\b *(\w*)|{)", re.MULTILINE)
_RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)


def document_hash(text: str) -> str:
    """The SHA-256 of a document's source text in UTF-8, as clients make it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True)
class Document:
    """A document that keeps all limits and is valid."""

    text: str
    node: DocumentNode
    uses_introspection: bool
    fragments: dict[str, FragmentDefinitionNode] = field(init=False)
    _plans: dict[str | None, Plan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fragments = {node.name.value: node for node in self.node.definitions if isinstance(node, FragmentDefinitionNode)}

    def comes_in_parts(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> bool:
        """Whether an operation asks for its answer in parts."""
        return ("@defer" in self.text or "@stream" in self.text) and comes_in_parts(operation, self.fragments, variables)

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation of that name, or the only one; anything else is OPERATION_RESOLUTION_FAILURE."""
        operations = [node for node in self.node.definitions if isinstance(node, OperationDefinitionNode)]
        if name is None:
            if len(operations) == 1:
                return operations[0]
            names = ", ".join(node.name.value for node in operations if node.name)
            raise _unresolved(
                f"Say with `operationName` which operation to run: {names}." if operations else "The document has no operation."
            )
        for node in operations:
            if node.name and node.name.value == name:
                return node
        raise _unresolved(f"The document has no operation named `{name[:60]}`.")

    def only_asks_meta_fields(self, operation: OperationDefinitionNode) -> bool:
        """Whether the root of the operation has nothing but `__typename`, `__schema` and `__type`."""
        waiting = [operation.selection_set]
        while waiting:
            for node in waiting.pop().selections:
                if isinstance(node, FieldNode):
                    if not node.name.value.startswith("__"):
                        return False
                elif isinstance(node, FragmentSpreadNode):
                    waiting.append(self.fragments[node.name.value].selection_set)
                elif isinstance(node, InlineFragmentNode):
                    waiting.append(node.selection_set)
        return True

    def plan(self, schema: GraphQLSchema, operation: OperationDefinitionNode) -> Plan:
        """The cost plan of one of its operations."""
        name = operation.name.value if operation.name else None
        if name not in self._plans:
            self._plans[name] = Planner(schema, self.fragments).plan(operation)
        return self._plans[name]


class Documents:
    """The documents of one schema. Stored ones stay for ever; of the others the last used are kept."""

    def __init__(self, schema: GraphQLSchema, stored: Mapping[str, str]) -> None:
        self._schema = schema
        self._stored = {document_hash(text): text for text in stored.values()}
        self._names = dict(stored)
        self._pinned: dict[str, Document] = {}
        self._kept: OrderedDict[tuple[str, bool], Document] = OrderedDict()
        self._registered: OrderedDict[str, str] = OrderedDict()

    def named(self, name: str) -> str:
        """The text of a stored operation; KeyError when there is none of that name."""
        return self._names[name]

    def all_named(self) -> dict[str, str]:
        """Every stored operation by name."""
        return dict(self._names)

    def is_stored(self, text: str) -> bool:
        """Whether this very text is a stored operation."""
        return document_hash(text) in self._stored

    def by_hash(self, digest: str) -> str | None:
        """The text with that hash, stored or registered by a client."""
        return self._stored.get(digest) or self._registered.get(digest)

    def register(self, text: str) -> None:
        """Keep a valid document that a client may name by its hash from now on."""
        if len(text) <= KEPT_CHARACTERS and not self.is_stored(text):
            self._registered[document_hash(text)] = text
            if len(self._registered) > KEPT:
                self._registered.popitem(last=False)

    def read(self, text: str, *, hide_suggestions: bool) -> Document:
        """Parse, check and validate a document, or find it again. What is wrong with it is refused."""
        digest = document_hash(text)
        if digest in self._pinned:
            return self._pinned[digest]
        key = (digest, hide_suggestions)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        made = self._made(text, hide_suggestions)
        if digest in self._stored:
            self._pinned[digest] = made
        elif len(text) <= KEPT_CHARACTERS:
            self._kept[key] = made
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def _made(self, text: str, hide_suggestions: bool) -> Document:
        node = parsed(text)
        check_document(node)
        errors = validate(self._schema, node, _RULES, max_errors=MOST_ERRORS - 1, hide_suggestions=hide_suggestions)
        if errors:
            raise RefusedRequest.of(422, "GRAPHQL_VALIDATION_FAILED", errors)
        return Document(text, node, uses_introspection(node))


def stored_operations(folder: Path) -> dict[str, str]:
    """The stored operations by name: one in each file, which is named after it. Anything else is a ValueError that says where."""
    found = {}
    for path in sorted(folder.glob("*.graphql")):
        text = path.read_text("utf-8")
        if [operation[1] for operation in _OPERATION.finditer(text)] != [path.stem]:
            raise ValueError(f"{path.name} must hold one operation, named {path.stem}.")
        found[path.stem] = text
    return found


def is_mutation(operation: OperationDefinitionNode) -> bool:
    """Whether it changes something."""
    return operation.operation is OperationType.MUTATION


def is_subscription(operation: OperationDefinitionNode) -> bool:
    """Whether it is a stream of events."""
    return operation.operation is OperationType.SUBSCRIPTION


def _unresolved(message: str) -> RefusedRequest:
    return RefusedRequest(422, "OPERATION_RESOLUTION_FAILURE", message)
