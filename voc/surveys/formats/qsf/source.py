"""A QSF file opened: its elements sorted out, nothing understood yet. PURE."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.qsf.loose import Group, group, groups, text, word

_DEEPEST = 150
_LARGEST = 64_000_000
_IGNORED = {"QC", "RS", "STAT", "PROJ", "PL", "BR", "QGO"}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of questions as the file has it."""

    id: str
    kind: str
    name: str
    elements: tuple[Group, ...]
    options: Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The parts of a file by their kind; questions by their id in the order of the file."""

    id: str
    title: str
    language: str
    questions: dict[str, Group]
    blocks: dict[str, Block]
    trash: tuple[Block, ...]
    flow: Group | None
    options: Group
    scoring: tuple[Group, ...]
    quotas: tuple[Group, ...]
    quota_groups: tuple[Group, ...]
    others: tuple[tuple[str, str], ...] = field(default=())


def open_source(data: bytes) -> Source:
    """The parts of a QSF file. Raises NotImportable for anything that is none, is cut off, or is nested beyond reason."""
    document = group(_json(data))
    entry, elements = group(document.get("SurveyEntry")), list(groups(document.get("SurveyElements")))
    if not elements:
        raise NotImportable(
            "NOT_QSF", "This is no Qualtrics survey: it has no SurveyElements. Export it again: Tools, Import/Export, Export Survey."
        )
    payloads = [(_kind(one), one.get("Payload"), word(one.get("PrimaryAttribute"))) for one in elements]
    questions: dict[str, Group] = {}
    for kind, payload, primary in payloads:
        if kind == "SQ" and isinstance(payload, dict):
            question_id = word(payload.get("QuestionID")) or primary
            if question_id:
                questions.setdefault(question_id, payload)
    if not questions:
        raise NotImportable("NO_QUESTIONS", "This Qualtrics survey has no questions. Export one that has.")
    given = [block for kind, payload, _ in payloads if kind == "BL" for block in _blocks(payload)]
    blocks = given or [_one_block(questions)]
    options = next((group(payload) for kind, payload, _ in payloads if kind == "SO" and payload), {})
    return Source(
        id=word(entry.get("SurveyID")),
        title=text(entry.get("SurveyName")),
        language=word(entry.get("SurveyLanguage")) or "EN",
        questions=questions,
        blocks={block.id: block for block in reversed(blocks) if block.kind != "Trash"},
        trash=tuple(block for block in blocks if block.kind == "Trash"),
        flow=next((group(payload) for kind, payload, _ in payloads if given and kind == "FL" and isinstance(payload, dict | list)), None),
        options=options,
        scoring=tuple(one for kind, payload, _ in payloads if kind == "SCO" for one in groups(group(payload).get("ScoringCategories"))),
        quotas=tuple(group(payload) for kind, payload, _ in payloads if kind == "QO" and isinstance(payload, dict)),
        quota_groups=tuple(group(payload) for kind, payload, _ in payloads if kind == "QG" and isinstance(payload, dict)),
        others=tuple((kind, primary) for kind, payload, primary in payloads if kind not in _IGNORED | _READ and payload),
    )


_READ = {"SQ", "BL", "FL", "SO", "SCO", "QO", "QG"}


def _kind(element: Group) -> str:
    """The kind of an element; a question tells by itself that it is one."""
    payload = element.get("Payload")
    is_question = isinstance(payload, dict) and "QuestionType" in payload
    return word(element.get("Element")) or ("SQ" if is_question else "")


def _one_block(questions: dict[str, Group]) -> Block:
    """All questions in the order of the file, where it has no blocks."""
    return Block("all", "Default", "Questions", tuple({"Type": "Question", "QuestionID": one} for one in questions), {})


def _blocks(payload: object) -> Iterator[Block]:
    for one in [payload] if isinstance(payload, dict) and "BlockElements" in payload else groups(payload):
        elements = tuple(groups(one.get("BlockElements")))
        block_id = word(one.get("ID"))
        if block_id or elements:
            yield Block(block_id, word(one.get("Type")), text(one.get("Description")), elements, group(one.get("Options")))


def _json(data: bytes) -> object:
    if len(data) > _LARGEST:
        raise NotImportable("TOO_LARGE", f"This file is larger than {_LARGEST // 1_000_000} MB. Split the survey and import the parts.")
    try:
        written = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        found = json.loads(written, parse_constant=lambda _: None)
    except UnicodeError:
        raise NotImportable("NOT_TEXT", "This file is no text in UTF-8. Export the survey from Qualtrics again.") from None
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as fault:
        place = f"line {fault.lineno}, column {fault.colno}"
        raise NotImportable(
            "BROKEN_JSON", f"This file stops being readable at {place}: it may be cut off. Export the survey again."
        ) from None
    except ValueError:
        raise NotImportable("BROKEN_JSON", "This file holds a number that nobody can read. Export the survey again.") from None
    _refuse_depth(found)
    return _without_halves(found)


def _refuse_depth(found: object) -> None:
    level = [found]
    for _ in range(_DEEPEST):
        level = [item for one in level for item in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())]
        if not level:
            return
    raise _too_deep()


def _without_halves(found: object) -> object:
    """Half a surrogate pair is a legal escape in JSON and no character: it becomes a question mark."""
    written = json.dumps(found, ensure_ascii=False)
    try:
        written.encode()
    except UnicodeError:
        return json.loads(written.encode("utf-8", "replace"))
    return found


def _too_deep() -> NotImportable:
    return NotImportable("TOO_DEEP", f"This file is nested more than {_DEEPEST} levels deep; no survey is. Export it from Qualtrics again.")
