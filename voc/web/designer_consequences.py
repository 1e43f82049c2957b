"""What a deed in the designer would do beyond the draft, in sentences: shown before it is done."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from voc.core.errors import Invalid
from voc.web.console import Desk
from voc.web.designer_edits import Operation
from voc.web.publish_page import with_code
from voc.web.wording import Words, words_for


async def consequences(desk: Desk, survey: Mapping[str, Any], operations: Sequence[Operation]) -> list[Markup]:
    """Why operations should not be done without a second thought; empty for those that can be undone and touch nothing else."""
    if not any(_touches_more(one) for one in operations):
        return []
    try:
        asked = await desk.ask("DraftConsequences", survey=survey["id"], operations=operations, language=desk.me["language"])
    except Invalid:
        return []  # doing them says why they cannot be done
    return list(_told(asked["draftConsequences"], words_for("designer", desk.me["language"])))


def _touches_more(operation: Operation) -> bool:
    """Whether an operation may lose something: a kind, a name, a code."""
    path: str = operation.get("put", {}).get("path", "")
    return bool({"changeKind", "rename"} & operation.keys()) or path.endswith(("/code", "/id"))


def _told(found: Mapping[str, Any], words: Words) -> Iterator[Markup]:
    fields = [words.plain(f"field_{name}") if f"field_{name}" in words.keys() else name for name in _names(found["lost"])]  # noqa: SIM118
    if fields:
        yield words("lost_fields", count=len(fields), fields=", ".join(fields))
    for one in found["lost"]:
        if one["isStored"]:
            yield words("lost_code", code=one["name"], question=one["question"])
    for effect in found["effects"]:
        yield with_code(effect["sentence"])


def _names(lost: Sequence[Mapping[str, Any]]) -> list[str]:
    return [one["name"].rpartition(".")[2] for one in lost if not one["isStored"]]
