"""Every field of the contract is used by a stored operation, or says here why not."""

from fnmatch import fnmatchcase

from graphql import (
    FieldNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    parse,
    validate,
    visit,
)

from voc.api.building import own_types
from voc.api.current import house_schema
from voc.api.stored_documents import stored_operations
from voc.core.resources import folder

SCHEMA = house_schema()._schema
OPERATIONS = stored_operations(folder("schema") / "operations")
UNUSED = {
    "*Connection.edges": "clients that follow Relay page by edges; ours page by nodes and pageInfo",
    "*Edge.*": "clients that follow Relay page by edges; ours page by nodes and pageInfo",
    "*Connection.totalCount": "a count of a long list costs as much as the list: the console counts nothing it need not",
    "HookDeliveryConnection.pageInfo": "the console shows the newest twenty deliveries of a webhook",
    "HookDelivery.webhook": "for whoever comes from a delivery's id",
    "Customer.contacts": "a frontend that pages deeper than the timeline",
    "Customer.responses": "a frontend that pages deeper than the timeline",
    "Customer.tasks": "a frontend that pages deeper than the timeline",
    "Task.readings": "a frontend that shows every text of a response in its inbox",
    "Survey.importReports": "a frontend that shows where a survey came from",
    "Question*.texts": "a renderer that carries all languages at once",
    "Question*.helpTexts": "a renderer that carries all languages at once",
    "Question*.titles": "a renderer that carries all languages at once",
    "Questionnaire.names": "a renderer that carries all languages at once",
    "ScalePoint.texts": "a renderer that carries all languages at once",
    "SurveyVersion.questionnaire": "an app that renders a published survey by itself",
    "Query._entities": "a gateway that joins our graph to others",
    "Query._service": "a gateway that joins our graph to others",
    "_Service.sdl": "a gateway that joins our graph to others",
    "NotFound.code": "always NOT_FOUND: the type says it already",
}


class _Used(Visitor):
    def __init__(self, types: TypeInfo, found: set[str]) -> None:
        super().__init__()
        self.types, self.found = types, found

    def enter_field(self, node: FieldNode, *_: object) -> None:
        parent = self.types.get_parent_type()
        if parent is not None:
            self.found.add(f"{parent.name}.{node.name.value}")


def test_every_stored_operation_fits_the_schema() -> None:
    assert {name: errors for name, text in OPERATIONS.items() if (errors := validate(SCHEMA, parse(text)))} == {}


def test_every_field_is_used_by_a_stored_operation_or_says_why_not() -> None:
    unused = published() - used()

    assert {place for place in unused if not any(fnmatchcase(place, pattern) for pattern in UNUSED)} == set()


def test_no_reason_outlives_its_field() -> None:
    unused = published() - used()

    assert [pattern for pattern in UNUSED if not any(fnmatchcase(place, pattern) for place in unused)] == []


def published() -> set[str]:
    """Every field of the schema, by its coordinate."""
    types = [type_ for type_ in own_types(SCHEMA) if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)]
    return {f"{type_.name}.{name}" for type_ in types for name in type_.fields}


def used() -> set[str]:
    """Every field that a stored operation selects; through an interface it is selected on all who implement it."""
    found: set[str] = set()
    for text in OPERATIONS.values():
        types = TypeInfo(SCHEMA)
        visit(parse(text), TypeInfoVisitor(types, _Used(types, found)))
    for type_ in own_types(SCHEMA):
        if isinstance(type_, GraphQLObjectType):
            through = {name for interface in type_.interfaces for name in interface.fields if f"{interface.name}.{name}" in found}
            found |= {f"{type_.name}.{name}" for name in through}
    return found
