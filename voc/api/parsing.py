"""Source text to syntax tree, within the limits that hold before anything else is looked at."""

from graphql import DocumentNode, GraphQLSyntaxError, StringValueNode, Visitor, parse, visit

from voc.api.limits import MOST_CHARACTERS, MOST_TOKENS, too_complex
from voc.api.refused import RefusedRequest


def parsed(text: str) -> DocumentNode:
    """The syntax tree of a document within the limits of length and tokens."""
    if len(text) > MOST_CHARACTERS:
        raise too_complex(f"The document has {len(text):,} characters, and {MOST_CHARACTERS:,} is the most: put values into variables.")
    try:
        node = parse(text, max_tokens=MOST_TOKENS)
        if "\\u" in text:
            visit(node, _NoNul())
        return node
    except GraphQLSyntaxError as error:
        if "more than" in error.message and "tokens" in error.message:
            raise too_complex(f"The document has more than {MOST_TOKENS} tokens.") from None
        raise RefusedRequest.of(400, "GRAPHQL_PARSE_FAILED", [error]) from None


class _NoNul(Visitor):
    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        if "\0" in node.value:
            raise RefusedRequest(422, "BAD_USER_INPUT", "The document holds a NUL character, which no text has.")
