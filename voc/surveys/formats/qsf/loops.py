"""Blocks that are repeated: for each entry of a list, or for each answer that was chosen. PURE."""

from dataclasses import dataclass, field

from voc.surveys.formats.qsf.logic import Logic
from voc.surveys.formats.qsf.loose import Group, group, items, text, word
from voc.surveys.formats.qsf.names import located
from voc.surveys.formats.qsf.options import Built
from voc.surveys.formats.qsf.piping import Pipes
from voc.surveys.formats.qsf.source import Block
from voc.surveys.questions import Choice, MultipleChoice
from voc.surveys.texts import Texts

_MOST = 500


@dataclass(frozen=True, slots=True)
class Loop:
    """What a page is repeated for: the answers to a question of ours, or the entries of a list."""

    question: str = ""
    over: tuple[Choice, ...] = field(default=())


def loop_of(block: Block, logic: Logic, pipes: Pipes, source_ids: tuple[str, ...]) -> Loop | None:
    """The loop of a block; one that cannot be had here is reported, and the block comes once."""
    kind, options = word(block.options.get("Looping")), group(block.options.get("LoopingOptions"))
    if kind in {"", "None", "false", "0"}:
        return None
    found = (
        _over_list(block, options, logic, pipes) if kind == "Static" else _over_answers(options, logic) or _so_often(options, logic, pipes)
    )
    if found is None:
        for source_id in (block.id, *source_ids):
            why = "It was repeated for something that ours cannot repeat pages for. It comes once."
            logic.notes.dropped(source_id, "LOOP_DROPPED", kind, why)
    elif word(options.get("Randomization")) not in {"", "None", "false"} or options.get("RandomizationSubSet"):
        logic.notes.simplified(block.id, "LOOP_ORDER", "a loop in random order", "Its turns come in the order of the list, all of them.")
    return found


def _over_list(block: Block, options: Group, logic: Logic, pipes: Pipes) -> Loop | None:
    entries = list(group(options.get("Static")).items())
    over: list[Choice] = []
    for key, entry in entries[:_MOST]:
        columns = group(entry) if isinstance(entry, dict | list) else {"1": entry}
        said = pipes.line(text(columns.get("1", next(iter(columns.values()), ""))), block.id)
        shown = pipes.plain(block.id, said) or word(key)
        over.append(Choice(code=word(key) or str(len(over) + 1), text=Texts({pipes.base: shown}, pipes.fallback)))
        if len(columns) > 1:
            logic.notes.simplified(
                block.id, "LOOP_FIELDS", ", ".join(map(text, columns.values())), "Only the first field of a loop is kept."
            )
    if len(entries) > _MOST:
        logic.notes.simplified(block.id, "LOOP_SHORTENED", f"{len(entries)} turns", f"Only the first {_MOST} are kept.")
    return Loop(over=tuple({one.code: one for one in over}.values())) if over else None


def _over_answers(options: Group, logic: Logic) -> Loop | None:
    for address in (text(options.get("Locator")), *(text(one) for one in items(options))):
        locator = located(address)
        built = logic.names.questions.get(locator.id) if locator else _by_id(word(options.get("QID")), logic)
        if built and isinstance(built.question, MultipleChoice) and built.question.id in logic.asked:
            return Loop(question=built.question.id)
    return None


def _so_often(options: Group, logic: Logic, pipes: Pipes) -> Loop | None:
    """As often as the number that was answered says."""
    address = text(options.get("Locator")) or text(options.get("ChoiceGroupLocator"))
    locator = located(address)
    built = logic.names.questions.get(locator.id) if locator and "MergeOnNumericResponse" in address else None
    keys = [key for key in group(options.get("Static")) if key.isdecimal()][:_MOST]
    if built is None or not keys or built.question.id not in logic.asked:
        return None
    over = []
    for key in keys:
        expression = {"LogicType": "Question", "LeftOperand": f"q://{built.question.source_id}/ChoiceTextEntryValue"}
        met = logic.expression({**expression, "Operator": "GreaterThanOrEqual", "RightOperand": key}, (built.question.source_id,))
        if met is None:
            return None
        over.append(Choice(code=key, text=Texts({pipes.base: key}, pipes.fallback), show_if=met.yes))
    return Loop(over=tuple(over))


def _by_id(question_id: str, logic: Logic) -> Built | None:
    return logic.names.questions.get(question_id)
