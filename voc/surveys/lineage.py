"""The names a question had over the versions of its survey, so that a trend finds all of its answers. PURE.

Each version says which names of the one before go on under another (`renamed`); any other name means what it meant before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Edition:
    """A version as lineage sees it; `renamed` maps names of the version before to its own."""

    id: UUID
    number: int
    renamed: Mapping[str, str]


def onward(editions: Sequence[Edition], since: int, until: int) -> dict[str, str]:
    """What names of version `since` are called in version `until`, where that differs; for an older version, what they were called."""
    if since > until:
        return {new: old for old, new in onward(editions, until, since).items()}
    names: dict[str, str] = {}
    for edition in sorted(editions, key=lambda one: one.number):
        if since < edition.number <= until:
            names = _then(names, edition.renamed)
    return {old: new for old, new in names.items() if old != new}


def former_names(editions: Sequence[Edition], names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What names of the newest version were called before, the latest first; those that were never called otherwise are left out."""
    found = {}
    for name in names:
        called = dict.fromkeys(one for one, _ in _backwards(editions, name) if one != name)
        if called:
            found[name] = tuple(called)
    return found


def lineage(editions: Sequence[Edition], name: str) -> dict[str, tuple[UUID, ...]]:
    """Under which names the question that the newest version calls `name` was asked, each with the versions in which it means that."""
    found: dict[str, list[UUID]] = {}
    for called, edition in _backwards(editions, name):
        found.setdefault(called, []).append(edition.id)
    return {called: tuple(ids) for called, ids in found.items()}


def newest_name(editions: Sequence[Edition], name: str) -> str:
    """What a name that is no longer used became in the end; itself where it never became anything."""
    last = max((one.number for one in editions if name in one.renamed), default=0)
    newest = max((one.number for one in editions), default=0)
    return onward(editions, last - 1, newest).get(name, name) if last else name


def _backwards(editions: Sequence[Edition], name: str) -> Iterable[tuple[str, Edition]]:
    """The question's name in each version from the newest back to the one in which it began."""
    for edition in sorted(editions, key=lambda one: -one.number):
        yield name, edition
        earlier = next((old for old, new in edition.renamed.items() if new == name), None)
        if earlier is None and name in edition.renamed:
            return
        name = earlier or name


def _then(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    names = {old: second.get(new, new) for old, new in first.items()}
    return names | {old: new for old, new in second.items() if old not in first and old not in first.values()}
