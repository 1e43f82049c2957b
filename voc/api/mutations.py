"""The one shape of every mutation: `<name>(input: <Name>Input!): <Name>Result`, problems as members of the result."""

from collections.abc import Callable
from typing import Annotated, Any, Optional, Union

import strawberry
from strawberry.extensions import FieldExtension

from voc.api.described import description_of
from voc.api.idempotency import once
from voc.api.problems import PROBLEMS

MUTATION = "mutation"  # metadata key: the result type, for the house tests


def mutation(success: type) -> Callable[[Callable[..., Any]], Any]:
    """A mutation that answers `<Name>Result = success | InvalidInput | Conflict | NotFound`.

    The resolver may return the row. An input with `idempotency_key` is done once for each key and credential.
    """

    def decorate(resolver: Callable[..., Any]) -> Any:
        name = _pascal(resolver.__name__)
        union = strawberry.union(
            f"{name}Result", description=f"What came of `{_camel(name)}`: the {success.__name__}, or a problem to mend."
        )
        return _mutation(resolver, Annotated[Union[(success, *PROBLEMS)], union])

    return decorate


def batch(payload: type) -> Callable[[Callable[..., Any]], Any]:
    """A mutation over many items that answers a payload with one result for each, in the order given.

    What is wrong with the request as a whole (too many items) is an error with code BAD_USER_INPUT.
    """
    return lambda resolver: _mutation(resolver, payload)


class _Fresh(FieldExtension):
    async def resolve_async(self, next_: Any, source: Any, info: Any, **kwargs: Any) -> Any:
        info.context.loaders.forget()
        outcome = await once(info, kwargs.get("input"), lambda: next_(source, info, **kwargs))
        info.context.loaders.forget()
        return outcome


def _mutation(resolver: Callable[..., Any], result: Any) -> Any:
    # Nullable, so that one refused field of a document does not hide what its siblings did.
    return strawberry.mutation(
        resolver=resolver,
        graphql_type=Optional[result],  # noqa: UP045 - of an Annotated union
        description=description_of(resolver, named=resolver.__name__),
        metadata={MUTATION: result},
        extensions=[_Fresh()],
    )


def _pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _camel(name: str) -> str:
    return name[0].lower() + name[1:]
