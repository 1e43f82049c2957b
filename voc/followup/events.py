"""What happens in the follow-up room that others follow."""

from dataclasses import dataclass

from voc.core.events import Event


@dataclass(frozen=True, slots=True)
class TaskRaised(Event):
    """There is a new task; `ref` is the task."""


@dataclass(frozen=True, slots=True)
class TaskChanged(Event):
    """A task was taken, given, noted, closed or changed in any other way; `ref` is the task."""
