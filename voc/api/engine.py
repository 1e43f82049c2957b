"""From a request to its answer, the same for HTTP, streams, sockets and our own pages: find, check, price, run, tell."""

import asyncio
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import strawberry
from graphql import ExecutionResult, FieldNode, OperationDefinitionNode
from strawberry.execution import optimized_is_awaitable

from voc.api.context import Context, Credential
from voc.api.credentials import Caller
from voc.api.executor import FastExecutor
from voc.api.limits import too_complex
from voc.api.masking import formatted
from voc.api.persisted import text_of
from voc.api.refused import MOST_ERRORS, RefusedRequest, forbidden, sign_in_needed
from voc.api.requests import Asked, check_text
from voc.api.stored_documents import Document, Documents, is_mutation, is_subscription
from voc.api.throttle import HOLDS, Streams, Throttle
from voc.core import settings

READS_FILES = frozenset({"importSurvey", "importResponses"})
MORE_FOR_FILES = 6
_DEVELOPERS = (Credential.TOKEN, Credential.INSIDE)
_DENIALS = {"FORBIDDEN": 403, "UNAUTHENTICATED": 401}


@dataclass(slots=True)
class Prepared:
    """An operation that may run: valid, within all limits, its variables coerced, its cost taken from the bucket."""

    operation: OperationDefinitionNode
    executor: FastExecutor
    caller: Caller
    cost: int
    comes_in_parts: bool

    @property
    def context(self) -> Context:
        """The context its resolvers see."""
        context: Context = self.executor.context_value
        return context

    @property
    def is_mutation(self) -> bool:
        """Whether it changes something."""
        return is_mutation(self.operation)

    @property
    def is_subscription(self) -> bool:
        """Whether its answer is a stream."""
        return is_subscription(self.operation)

    @property
    def seconds(self) -> float:
        """The time it may take; an operation that reads a file has more."""
        fields = {one.name.value for one in self.operation.selection_set.selections if isinstance(one, FieldNode)}
        return settings.current().request_seconds * (MORE_FOR_FILES if fields & READS_FILES else 1)


@dataclass(frozen=True, slots=True)
class Answer:
    """A GraphQL response with its HTTP status."""

    status: int
    body: dict[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


class Engine:
    """Answers the operations of one schema."""

    def __init__(self, schema: strawberry.Schema, stored: Mapping[str, str] | None = None, throttle: Throttle | None = None) -> None:
        self.schema = schema
        self.documents = Documents(schema._schema, stored or {})
        self.throttle = throttle or Throttle(max(HOLDS, settings.current().query_cost))
        self.streams = Streams()

    def prepare(self, asked: Asked, caller: Caller) -> Prepared:
        """Everything that is done before an operation runs. Whatever forbids it is a RefusedRequest, and costs the caller a few points."""
        with self.at_risk(caller.key) if caller.credential is not Credential.INSIDE else nullcontext():
            return self._prepared(asked, caller)

    def at_risk(self, whose: str) -> AbstractContextManager[None]:
        """Where the caller pays for work that comes to nothing."""
        return self.throttle.at_risk(whose) if settings.current().rate_limits else nullcontext()

    def _prepared(self, asked: Asked, caller: Caller) -> Prepared:
        check_text(asked.variables)
        document = self._document(asked, caller)
        operation = document.operation(asked.operation_name)
        if caller.credential is Credential.NONE and not document.only_asks_meta_fields(operation):
            raise sign_in_needed()
        executor = FastExecutor.build(
            self.schema._schema,
            document.node,
            context_value=caller.context(),
            raw_variable_values=dict(asked.variables),
            operation_name=asked.operation_name,
            max_coercion_errors=MOST_ERRORS - 1,
            is_awaitable=optimized_is_awaitable,  # type: ignore[arg-type] # it is a guard in all but its annotation
            hide_suggestions=self._is_guarded(caller),
        )
        if isinstance(executor, list):
            raise RefusedRequest.of(422, "BAD_USER_INPUT", executor)
        assert isinstance(executor, FastExecutor)
        cost = document.plan(self.schema._schema, operation).cost(executor.variable_values.coerced)
        most = settings.current().query_cost
        if cost > most:
            raise too_complex(f"The operation may cost {cost:,} points, and {most:,} is the most: ask for smaller pages.")
        return Prepared(operation, executor, caller, cost, document.comes_in_parts(operation, executor.variable_values.coerced))

    def charge(self, prepared: Prepared) -> None:
        """Take the cost out of the caller's bucket, or refuse (THROTTLED)."""
        if settings.current().rate_limits and prepared.caller.credential is not Credential.INSIDE:
            self.throttle.take(prepared.caller.key, prepared.cost)

    async def answer(self, prepared: Prepared) -> Answer:
        """Run a query or mutation within the time a request may take (TIMEOUT). One that comes in parts has no single answer."""
        if prepared.comes_in_parts:
            raise RefusedRequest(406, "NOT_ACCEPTABLE", "An operation with @defer or @stream is asked for as multipart/mixed.")
        self.charge(prepared)
        try:
            async with asyncio.timeout(prepared.seconds):
                result = prepared.executor.execute_operation()
                if prepared.executor.is_awaitable(result):
                    result = await result
        except TimeoutError:
            raise too_slow(prepared.seconds) from None
        assert isinstance(result, ExecutionResult)
        self.throttle.give_back(prepared.caller.key, prepared.cost - prepared.context.objects - 1)
        return self._told(prepared, result)

    def _told(self, prepared: Prepared, result: ExecutionResult) -> Answer:
        body, extensions = body_of(result), self.extensions(prepared)
        codes = {error["extensions"]["code"] for error in body.get("errors", ())}
        if len(codes) == 1 and codes <= _DENIALS.keys() and not any(value is not None for value in (result.data or {}).values()):
            # Nothing at all was allowed: that is a request error, which has no data.
            return Answer(_DENIALS[codes.pop()], {"errors": body["errors"], "extensions": extensions})
        return Answer(294 if codes else 200, {**body, "extensions": extensions})

    def extensions(self, prepared: Prepared) -> dict[str, Any]:
        """What is said beside the data: the cost, and what resolvers noted."""
        cost = {
            "requestedQueryCost": prepared.cost,
            "actualQueryCost": prepared.context.objects + 1,
            "throttleStatus": self.throttle.status(prepared.caller.key),
        }
        return {"cost": cost, **prepared.context.notes}

    def _document(self, asked: Asked, caller: Caller) -> Document:
        text = text_of(asked, self.documents)
        guarded = self._is_guarded(caller)
        if guarded and not self.documents.is_stored(text):
            if caller.credential is Credential.NONE:
                raise sign_in_needed()
            raise forbidden("This service runs only its stored documents for browsers; other documents need an API token.")
        document = self.documents.read(text, hide_suggestions=guarded)
        if document.uses_introspection and guarded:
            raise RefusedRequest(
                422, "GRAPHQL_VALIDATION_FAILED", "Introspection is for developers with an API token; the schema is also at /api."
            )
        if "persistedQuery" in asked.extensions and asked.query is not None:
            self.documents.register(text)
        return document

    def _is_guarded(self, caller: Caller) -> bool:
        return settings.current().production and caller.credential not in _DEVELOPERS


def body_of(result: ExecutionResult) -> dict[str, Any]:
    """A GraphQL response of what execution gave; at most ten errors are told."""
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [formatted(error) for error in result.errors[:MOST_ERRORS]]
    return body


def too_slow(seconds: float) -> RefusedRequest:
    """An operation over its time."""
    return RefusedRequest(504, "TIMEOUT", f"The operation took longer than {seconds:g} s and was stopped: ask for less.")
