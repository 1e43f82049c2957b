"""Counting the SQL statements of a piece of code, on either engine: how a test shows that there is no N+1."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass
class Statements:
    """The statements seen so far, in order."""

    texts: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many statements there were."""
        return len(self.texts)


_watching: ContextVar[tuple[Statements, ...]] = ContextVar("watching", default=())


@contextmanager
def count_statements() -> Iterator[Statements]:
    """Collect every SQL statement issued in this context and in tasks started within it.

    Model queries, `rows` and `execute` count one each; a bulk insert counts one per batch.
    BEGIN, COMMIT and SAVEPOINT do not count. May be nested: the outer one sees all.
    """
    seen = Statements()
    token = _watching.set((*_watching.get(), seen))
    try:
        yield seen
    finally:
        _watching.reset(token)


def note_statement(text: str) -> None:
    """Tell whoever is counting in this context; called by the engines."""
    for seen in _watching.get():
        seen.texts.append(text)
