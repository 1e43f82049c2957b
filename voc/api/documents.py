"""The one scalar for questionnaires: they are documents, and their own JSON Schema says what may stand in them."""

from typing import NewType

import orjson
import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

QuestionnaireDocument = NewType("QuestionnaireDocument", object)
SPECIFICATION = "https://json-schema.org/draft-07/schema"


def text_of(document: object) -> str:
    """The document as text that the surveys room reads: YAML or JSON as it was written, a map as JSON."""
    return document if isinstance(document, str) else orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def _read(value: object) -> object:
    if isinstance(value, str | dict):
        return value
    raise GraphQLError("A QuestionnaireDocument is YAML or JSON text, or the same as a map.")


def _write(value: object) -> object:
    return value


SCALAR: dict[object, ScalarDefinition] = {
    QuestionnaireDocument: strawberry.scalar(
        name="QuestionnaireDocument",
        description="A questionnaire as a document: YAML or JSON text, or the same as a map. Published versions are given as a map, texts "
        "as they were written. What may stand in it is said by `questionnaire.schema.json`, a JSON Schema that comes with the service.",
        specified_by_url=SPECIFICATION,
        parse_value=_read,
        serialize=_write,
    )
}
