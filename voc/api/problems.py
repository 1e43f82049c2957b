"""What a person can mend is data: problems in the result of a mutation. The rest of the family of refusals goes to `errors`."""

from typing import Any

import strawberry

from voc.api.exposed import interface, shape
from voc.core import errors


@interface
class Problem:
    """Something that keeps a mutation from being done, and that the caller can mend. New kinds may be added: handle unknown ones."""

    message: str
    """What is wrong and the way out, for a person."""


@shape
class Fault:
    """One thing to mend in an input."""

    path: str
    """The place in the input: `contacts[3].endedAt`."""
    code: str
    """What is wrong, for programs; new codes may be added."""
    message: str
    """What is wrong and the way out, for a person."""


@shape
class InvalidInput(Problem):
    """The input has faults; all of them are listed. Nothing was changed."""

    faults: list[Fault]
    """Everything to mend, at least one."""


@shape
class Conflict(Problem):
    """The input is fine, but things are not as the caller believed: somebody was faster, or the state forbids it. Nothing was changed."""

    code: str
    """Which conflict, for programs; new codes may be added."""


@shape
class NotFound(Problem):
    """What the input names does not exist, or you may not see it: the answer is the same. Nothing was changed."""

    code: str
    """Always NOT_FOUND."""


PROBLEMS = (InvalidInput, Conflict, NotFound)


class _OfInvalid(strawberry.ExceptionHandler[errors.Invalid, InvalidInput]):
    def handle(self, exception: errors.Invalid, *, field: Any, info: Any) -> InvalidInput:
        faults = [Fault(path=fault.path, code=fault.code, message=fault.message) for fault in exception.faults]
        return InvalidInput(message=exception.message, faults=faults)


class _OfConflict(strawberry.ExceptionHandler[errors.Conflict, Conflict]):
    def handle(self, exception: errors.Conflict, *, field: Any, info: Any) -> Conflict:
        return Conflict(message=exception.message, code=exception.code)


class _OfNotFound(strawberry.ExceptionHandler[errors.NotFound, NotFound]):
    def handle(self, exception: errors.NotFound, *, field: Any, info: Any) -> NotFound:
        return NotFound(message=exception.message, code=exception.code)


HANDLERS = (_OfInvalid(), _OfConflict(), _OfNotFound())
