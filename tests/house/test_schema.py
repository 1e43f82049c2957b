"""The contract keeps its conventions: proven from the schema itself, so that no type can forget them."""

import re
from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    Undefined,
    build_schema,
    get_named_type,
    is_specified_scalar_type,
)
from strawberry.schema.schema_converter import GraphQLCoreConverter

from voc.api.building import described_things, own_types
from voc.api.current import house_schema
from voc.api.export import NAME, sdl
from voc.api.exposed import EXPOSED
from voc.core.resources import folder

SCHEMA = house_schema()._schema
# What begins with an underscore is named and shaped by the specification of federated graphs.
TYPES = [type_ for type_ in own_types(SCHEMA) if not type_.name.startswith("_")]
ROOTS = {"Query", "Mutation", "Subscription"}
PAGE_ARGUMENTS = {"first", "after", "last", "before"}
# Kept once by an outside key of the caller's own, so that they need no idempotency key.
OUTSIDE_KEYS = {"recordContact", "recordContacts", "upsertCustomer", "upsertCustomers", "upsertAccount", "upsertAccounts", "submitResponse"}
MAKING = re.compile(r"^(create|submit|send|record|add|raise|ask)[A-Z]")
# The value of an answer is named like the input that brings it (AnswerInput), not like a question about the answer.
NAMED_AFTER_INPUT = {"YesNoAnswer.yesNo"}
POSITIVE = re.compile(r"^(is|can|has|may|was|are|needs|must)[A-Z]")


def objects() -> list[GraphQLObjectType | GraphQLInterfaceType]:
    return [type_ for type_ in TYPES if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)]


def fields() -> Iterator[tuple[str, str, GraphQLField]]:
    for type_ in objects():
        yield from ((type_.name, name, field) for name, field in type_.fields.items() if not name.startswith("_"))


def arguments() -> Iterator[tuple[str, GraphQLArgument]]:
    for owner, name, field in fields():
        yield from ((f"{owner}.{name}({given}:)", argument) for given, argument in field.args.items())


def inputs() -> list[GraphQLInputObjectType]:
    return [type_ for type_ in TYPES if isinstance(type_, GraphQLInputObjectType)]


def mutations() -> dict[str, GraphQLField]:
    assert SCHEMA.mutation_type is not None
    found: dict[str, GraphQLField] = SCHEMA.mutation_type.fields
    return found


def test_the_committed_schema_is_the_schema() -> None:
    committed = (folder("schema") / NAME).read_text("utf-8")

    assert committed == sdl(), "The contract has changed: run `voc schema export`, and read the difference before you commit it."
    assert build_schema(committed).query_type is not None


def test_everything_has_a_description() -> None:
    assert [name for name, description in described_things(SCHEMA) if not description] == []


def test_descriptions_end_like_sentences() -> None:
    assert [name for name, description in described_things(SCHEMA) if description and description[-1] not in ".?!)`"] == []


def test_names_have_one_style() -> None:
    wrong = [type_.name for type_ in TYPES if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", type_.name)]
    wrong += [f"{owner}.{name}" for owner, name, _ in fields() if not re.fullmatch(r"[a-z][A-Za-z0-9]*", name)]
    wrong += [f"{type_.name}.{name}" for type_ in inputs() for name in type_.fields if not re.fullmatch(r"[a-z][A-Za-z0-9]*", name)]
    wrong += [
        f"{type_.name}.{name}"
        for type_ in TYPES
        if isinstance(type_, GraphQLEnumType)
        for name in type_.values
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", name)
    ]
    assert wrong == []


def test_no_field_says_get_list_or_all() -> None:
    assert [f"{owner}.{name}" for owner, name, _ in fields() if re.match(r"(get|list|all|fetch|find)[A-Z]", name)] == []


def test_booleans_are_asked_positively() -> None:
    booleans = [(f"{owner}.{name}", name) for owner, name, field in fields() if get_named_type(field.type).name == "Boolean"]
    assert [
        place
        for place, name in booleans
        if place not in NAMED_AFTER_INPUT and (not POSITIVE.match(name) or re.match(r"(is|has|can)(Not|No)[A-Z]", name))
    ] == []


def test_nothing_prints_a_null_default() -> None:
    wrong = [place for place, argument in arguments() if argument.default_value is None]
    wrong += [f"{type_.name}.{name}" for type_ in inputs() for name, field in type_.fields.items() if field.default_value is None]
    assert (wrong, re.findall(r".*= null.*", sdl())) == ([], [])


def test_no_scalar_says_anything_goes() -> None:
    scalars = [type_ for type_ in TYPES if isinstance(type_, GraphQLScalarType) and not is_specified_scalar_type(type_)]

    assert not {"JSON", "Any", "UUID"} & {scalar.name for scalar in scalars}
    assert [scalar.name for scalar in scalars if not scalar.specified_by_url] == []


def test_ids_are_ids_and_keys_of_others_are_not() -> None:
    assert [f"{owner}.{name}" for owner, name, field in fields() if name == "id" and str(field.type) != "ID!"] == []
    outside = ("crmId", "interactionId", "externalId", "agentKey")
    assert [f"{owner}.{name}" for owner, name, field in fields() if name in outside and get_named_type(field.type).name == "ID"] == []


def test_whatever_has_an_id_is_a_node_that_can_be_fetched() -> None:
    for type_ in objects():
        if isinstance(type_, GraphQLObjectType) and "id" in type_.fields:
            assert "Node" in {interface.name for interface in type_.interfaces}, f"{type_.name} has an id and is no Node."
            assert EXPOSED[type_.name].visible is not None, f"{type_.name} is a Node without `visible`: node(id:) would never find it."


def test_lists_and_their_items_are_never_null() -> None:
    lists = {f"{owner}.{name}": field.type for owner, name, field in fields() if "[" in str(field.type)}

    wrong = [place for place, type_ in lists.items() if not re.fullmatch(r"(\[\w+!\]!)", str(type_))]
    assert wrong == ["Query.nodes"]


def test_what_a_query_answers_may_be_null() -> None:
    wrong = []
    for owner, name, field in fields():
        if owner != "Query":
            continue
        is_object = isinstance(get_named_type(field.type), GraphQLObjectType | GraphQLInterfaceType)
        is_list = isinstance(field.type, GraphQLNonNull) and isinstance(field.type.of_type, GraphQLList)
        if is_object and isinstance(field.type, GraphQLNonNull) and not is_list:
            wrong.append(name)
    assert wrong == []


def test_connections_have_one_shape() -> None:
    connections = [type_ for type_ in objects() if type_.name.endswith("Connection")]
    assert connections
    for type_ in connections:
        assert list(type_.fields) == ["edges", "nodes", "pageInfo", "totalCount"], type_.name
        assert [str(type_.fields[name].type) for name in ("pageInfo", "totalCount")] == ["PageInfo!", "Int!"]
    for owner, name, field in fields():
        if get_named_type(field.type).name.endswith("Connection"):
            assert set(field.args) >= PAGE_ARGUMENTS, f"{owner}.{name}"
            assert name.endswith("s"), f"{owner}.{name} is a list and has a plural name"
            assert not any(isinstance(argument.type, GraphQLNonNull) for argument in field.args.values()), f"{owner}.{name}"


def test_every_mutation_takes_one_input_and_answers_one_result() -> None:
    for name, field in mutations().items():
        pascal = name[0].upper() + name[1:]
        assert {given: str(argument.type) for given, argument in field.args.items()} == {"input": f"{pascal}Input!"}, name
        result = get_named_type(field.type)
        assert result.name in (f"{pascal}Result", f"{pascal}Payload"), name
        assert not isinstance(field.type, GraphQLNonNull), f"{name}: a refused field must not hide what its siblings did"
        if isinstance(result, GraphQLUnionType):
            # A handler fires only for the exact type of its problem: an interface would never match.
            assert [member.name for member in result.types][1:] == ["InvalidInput", "Conflict", "NotFound"], name


def test_mutations_begin_with_a_verb() -> None:
    assert [name for name in mutations() if re.match(r".*(Create|Update|Delete|Add|Remove)$", name)] == []


def test_every_mutation_turns_refusals_into_problems() -> None:
    handlers = house_schema().schema_converter
    for name, field in mutations().items():
        if isinstance(get_named_type(field.type), GraphQLUnionType):
            found = handlers._get_field_exception_handlers(field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF])
            assert len(found) == 3, f"{name} has {len(found)} of the three handlers"


def test_what_makes_something_can_be_repeated_safely() -> None:
    wrong = []
    for name, field in mutations().items():
        given = get_named_type(field.args["input"].type)
        assert isinstance(given, GraphQLInputObjectType)
        if MAKING.match(name) and name not in OUTSIDE_KEYS and "idempotencyKey" not in given.fields:
            wrong.append(name)
    assert wrong == []


def test_problems_tell_what_to_mend() -> None:
    problem = SCHEMA.type_map["Problem"]
    assert isinstance(problem, GraphQLInterfaceType)
    assert {type_.name for type_ in SCHEMA.get_possible_types(problem)} == {"InvalidInput", "Conflict", "NotFound"}
    fault = SCHEMA.type_map["Fault"]
    assert isinstance(fault, GraphQLObjectType)
    assert {name: str(field.type) for name, field in fault.fields.items()} == {"path": "String!", "code": "String!", "message": "String!"}


def test_of_one_of_inputs_each_field_may_stand_alone() -> None:
    chosen = [type_ for type_ in inputs() if getattr(type_.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF), "is_one_of", False)]
    assert chosen
    for type_ in chosen:
        assert [
            name for name, field in type_.fields.items() if isinstance(field.type, GraphQLNonNull) or field.default_value is not Undefined
        ] == []
        assert f"input {type_.name} @oneOf" in sdl()


def test_a_subscription_tells_where_to_resume() -> None:
    assert SCHEMA.subscription_type is not None
    begins_anew = {"policyDryRun"}  # works something out and ends; nothing is kept of one that was cut off
    for name, field in SCHEMA.subscription_type.fields.items():
        if name in begins_anew:
            continue
        event = get_named_type(field.type)
        assert isinstance(event, GraphQLObjectType), name
        assert str(event.fields["cursor"].type) == "String!", name
        assert "after" in field.args, name


def test_no_field_awaits_a_relation_row_by_row() -> None:
    wrong = []
    for name, exposed in EXPOSED.items():
        type_ = SCHEMA.type_map.get(name)
        if isinstance(type_, GraphQLObjectType):
            relations = exposed.model._meta.fetch_fields
            for field in type_.fields.values():
                published = field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
                if published.base_resolver is None and published.python_name in relations:
                    wrong.append(f"{name}.{published.python_name}")
    assert wrong == []


def test_plain_fields_are_attributes_of_their_rows() -> None:
    wrong = []
    for name, exposed in EXPOSED.items():
        type_ = SCHEMA.type_map.get(name)
        if isinstance(type_, GraphQLObjectType):
            for field in type_.fields.values():
                published = field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
                if (
                    published.base_resolver is None
                    and published.python_name not in exposed.model._meta.fields_map
                    and not hasattr(exposed.model, published.python_name)
                ):
                    wrong.append(f"{name}.{published.python_name}")
    assert wrong == []


def test_what_is_deprecated_says_until_when() -> None:
    reasons = [(f"{owner}.{name}", field.deprecation_reason) for owner, name, field in fields() if field.deprecation_reason]
    assert [place for place, reason in reasons if not re.fullmatch(r"Use .+ instead\. Removed on \d{4}-\d\d-\d\d\.", reason)] == []


@pytest.mark.parametrize("name", sorted(ROOTS))
def test_the_roots_have_their_usual_names(name: str) -> None:
    assert name in SCHEMA.type_map
