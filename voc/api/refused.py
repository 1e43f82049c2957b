"""Requests that are not executed: each with its HTTP status, and errors that a program can branch on."""

from collections.abc import Iterable, Mapping
from typing import Any

from graphql import GraphQLError

MOST_ERRORS = 10


class RefusedRequest(Exception):
    """A request that is answered with errors and no `data`."""

    def __init__(self, status: int, code: str, message: str, *, headers: Mapping[str, str] | None = None, **extensions: Any) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.errors: list[dict[str, Any]] = [{"message": message, "extensions": {"code": code, **extensions}}]
        self.headers = dict(headers or {})
        self.extensions: dict[str, Any] = {}

    @classmethod
    def of(cls, status: int, code: str, errors: Iterable[GraphQLError]) -> "RefusedRequest":
        """A refusal for what graphql-core found: at most ten errors are told."""
        found = list(errors)[:MOST_ERRORS]
        refused = cls(status, code, found[0].message)
        refused.errors = [{**error.formatted, "extensions": {**(error.extensions or {}), "code": code}} for error in found]
        return refused

    @property
    def body(self) -> dict[str, Any]:
        """The GraphQL response."""
        return {"errors": self.errors, **({"extensions": self.extensions} if self.extensions else {})}


def sign_in_needed(message: str = "Sign in, or send a token in the Authorization header.") -> RefusedRequest:
    """Nobody known asks for what is not for everybody."""
    return RefusedRequest(401, "UNAUTHENTICATED", message, headers={"WWW-Authenticate": 'Bearer realm="voc"'})


def forbidden(message: str) -> RefusedRequest:
    """Not allowed at all."""
    return RefusedRequest(403, "FORBIDDEN", message)
