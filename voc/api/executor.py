"""The executor: plain values are read from rows without ceremony, everything else goes graphql-core's own way.

A field takes the short path when Strawberry would only read an attribute, or call a function of the row (`computed`); it has no
arguments, and its type is a leaf. What fails there is run again on the usual way, so messages and paths are the same. It rests
on two internals of Strawberry (`_is_default` and `default_resolver`); a test compares its answers with those of the stock executor.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from graphql import GraphQLField, GraphQLNonNull, GraphQLObjectType, is_leaf_type
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.schema_converter import GraphQLCoreConverter

from voc.api.cost import weight
from voc.api.exposed import COMPUTED

_PLAN = "voc-plan"
_UNPLANNED = object()
Plan = tuple[Callable[[Any], Any], Callable[[Any], Any], bool]


class FastExecutor(StrawberryGraphQLCoreExecutionContext):
    """Executes one operation; counts the objects of the answer on the context, if that counts them."""

    def execute_fields(
        self, parent_type: GraphQLObjectType, source_value: Any, path: Any, grouped_field_set: Any, position_context: Any
    ) -> Any:
        """Read the plain fields at once, and leave the others to graphql-core; the order of the answer is that of the document."""
        if hasattr(self.context_value, "objects"):
            self.context_value.objects += weight(parent_type.name)
        results: dict[str, Any] = {}
        slow: dict[str, Any] = {}
        for name, details in grouped_field_set.items():
            field = parent_type.fields.get(details[0].node.name.value)
            plan = _plan_of(field) if field is not None else None
            if plan is None or not _read(plan, source_value, name, results):
                slow[name] = details
                results[name] = None
        if not slow:
            return results
        rest: Any = super().execute_fields(parent_type, source_value, path, slow, position_context)
        if self.is_awaitable(rest):
            return self._merged_later(results, rest, slow)
        return _merged(results, rest, slow)

    async def _merged_later(self, results: dict[str, Any], rest: Any, slow: dict[str, Any]) -> dict[str, Any]:
        return _merged(results, await rest, slow)


def _read(plan: Plan, source: Any, name: str, results: dict[str, Any]) -> bool:
    read, serialize, is_nullable = plan
    try:
        value = read(source)
        if value is not None:
            value = serialize(value)
    except Exception:
        return False
    if value is None and not is_nullable:
        return False
    results[name] = value
    return True


def _merged(results: dict[str, Any], rest: dict[str, Any], slow: dict[str, Any]) -> dict[str, Any]:
    for name in slow:
        if name in rest:
            results[name] = rest[name]
        else:
            del results[name]
    return results


def _plan_of(field: GraphQLField) -> Plan | None:
    plan: Any = field.extensions.get(_PLAN, _UNPLANNED)
    if plan is _UNPLANNED:
        plan = field.extensions[_PLAN] = _make_plan(field)
    return plan  # type: ignore[no-any-return]


def _make_plan(field: GraphQLField) -> Plan | None:
    is_nullable = not isinstance(field.type, GraphQLNonNull)
    leaf: Any = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    published = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if field.args or not is_leaf_type(leaf) or published is None or published.extensions:
        return None
    if COMPUTED in published.metadata:
        return published.metadata[COMPUTED], leaf.coerce_output_value, is_nullable
    if getattr(field.resolve, "_is_default", False) and published.default_resolver is getattr and published.base_resolver is None:
        return attrgetter(published.python_name), leaf.coerce_output_value, is_nullable
    return None
