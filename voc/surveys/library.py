"""The ready questionnaires that come with the service, to take as they are or to begin from."""

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from voc.core.errors import NotFound
from voc.core.resources import folder
from voc.surveys.documents import questionnaire_in
from voc.surveys.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Ready:
    """One ready questionnaire: the text of its file, and what the text describes."""

    key: str
    text: str
    questionnaire: Questionnaire


def ready() -> tuple[Ready, ...]:
    """All of them, by key."""
    return tuple(_files().values())


def load(key: str) -> Ready:
    """The one with that key, or NotFound."""
    found = _files().get(key)
    if found is None:
        raise NotFound(f"There is no ready questionnaire `{key}`. There are {', '.join(_files())}.")
    return found


@lru_cache(maxsize=1)
def _files() -> MappingProxyType[str, Ready]:
    texts = {path.stem: path.read_text("utf-8") for path in sorted(folder("surveys").glob("*.yaml"))}
    return MappingProxyType({key: Ready(key, text, questionnaire_in(text)) for key, text in texts.items()})
