"""The one family of refusals, translated once for GraphQL, once for pages and once for jobs. Anything else is a bug and is masked."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: `path` is the place in the input (`contacts[3].endedAt`), `message` names the thing and the way out."""

    path: str
    code: str
    message: str


class Refusal(Exception):
    """What a person or program asked cannot be done, and why; `code` is for programs, the message for people."""

    code = "REFUSED"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Invalid(Refusal):
    """The input has faults; all of them are listed, not only the first."""

    code = "INVALID_INPUT"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults[0].message if len(self.faults) == 1 else f"{len(self.faults)} things in the input need mending.")

    @classmethod
    def at(cls, path: str, code: str, message: str) -> "Invalid":
        """A refusal with a single fault."""
        return cls([Fault(path, code, message)])


class Conflict(Refusal):
    """The input is fine, but the state of things is not what the caller believed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class NotFound(Refusal):
    """There is no such thing, or the actor may not see it: the answer is the same."""

    code = "NOT_FOUND"

    def __init__(self, message: str = "There is no such thing, or you may not see it.") -> None:
        super().__init__(message)


class Forbidden(Refusal):
    """The actor is known and may not do this."""

    code = "FORBIDDEN"

    def __init__(self, message: str = "Your roles do not allow this.") -> None:
        super().__init__(message)


class SignInNeeded(Refusal):
    """The actor is not known."""

    code = "UNAUTHENTICATED"

    def __init__(self, message: str = "Sign in, or send a token in the Authorization header.") -> None:
        super().__init__(message)
