"""What every part of one import needs: the languages, the report, the names that were given out. PURE."""

from dataclasses import dataclass, field

from voc.surveys.formats.naming import Names
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.spoken import Spoken


@dataclass(frozen=True, slots=True)
class Setting:
    """One import under way."""

    spoken: Spoken
    notes: Notes
    names: Names = field(default_factory=Names)
    layout: dict[str, None] = field(default_factory=dict)
