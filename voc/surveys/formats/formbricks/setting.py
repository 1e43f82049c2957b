"""What every part of one import needs: the languages, the report, the names that were given out. PURE."""

from dataclasses import dataclass
from typing import Any

from voc.surveys.formats.naming import Names
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.spoken import Spoken

Shared = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """One import under way. `pressed` are the buttons whose being pressed decides where to go."""

    spoken: Spoken
    notes: Notes
    names: Names
    pressed: frozenset[str] = frozenset()
