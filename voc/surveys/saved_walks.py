"""A walk that is kept with its questionnaire as a test: what somebody answers, and how it must go then. PURE."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voc.surveys.described import ID, LANGUAGE, said

MOST_WALKS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedWalk:
    """A way through the questionnaire that must stay as it is; publishing is refused when it goes another way."""

    id: str = field(metadata=said("A short name, unique among the walks.", pattern=ID))
    name: str = field(default="", metadata=said("What it shows, for colleagues.", longest=200))
    language: str = field(default="", metadata=said("The language it is answered in; the first one, where left out.", pattern=LANGUAGE))
    seed: int = field(
        default=0, metadata=said("Decides every random order; 0 is the order of the document.", lowest=0, highest=2_147_483_647)
    )
    answers: Mapping[str, object] = field(
        default_factory=dict, metadata=said("What is answered, by the names of the answers.", longest=20_000)
    )
    asked: tuple[str, ...] = field(
        default=(), metadata=said("The ids of all questions that must be asked, in this order; any, where left out.", longest=200)
    )
    must_ask: tuple[str, ...] = field(default=(), metadata=said("Questions that must be among those asked.", longest=200))
    must_not_ask: tuple[str, ...] = field(default=(), metadata=said("Questions that must not be asked.", longest=200))
    end_page: str = field(default="", metadata=said("The end page it must lead to; any, where left out.", longest=63))
    scores: Mapping[str, float] = field(default_factory=dict, metadata=said("What named scores must come to.", lowest=-1e9, highest=1e9))
