"""What happens in the insight room that others follow."""

from dataclasses import dataclass

from voc.core.events import Event


@dataclass(frozen=True, slots=True)
class ResponseTagged(Event):
    """Every text of the response has its reading and every metric its score, also where there were none; `ref` is the response."""
