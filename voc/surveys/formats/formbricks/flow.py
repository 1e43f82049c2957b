"""The way through a survey of Formbricks: pages, what jumps lead past, and the ends. PURE."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from voc.surveys.formats.filled_in import default_end_page
from voc.surveys.formats.formbricks.logic import Conditions
from voc.surveys.formats.formbricks.setting import Setting
from voc.surveys.formats.logic.terms import Condition, both, either, negated
from voc.surveys.formats.values import Raw, first_of, maps_in, text_in
from voc.surveys.questionnaire import EndPage, Page
from voc.surveys.questions import Question


@dataclass(frozen=True, slots=True)
class Block:
    """Questions that make one page, with the id that jumps name."""

    id: str
    raw: Raw
    questions: tuple[Question, ...]


def flow_of(blocks: Sequence[Block], raw: Raw, conditions: Conditions, setting: Setting) -> tuple[tuple[Page, ...], tuple[EndPage, ...]]:
    """The pages with the conditions that jumps make, and the ends with theirs."""
    at = {block.id: number for number, block in enumerate(blocks)}
    at |= {question.source_id: number for number, block in enumerate(blocks) for question in block.questions}
    endings = maps_in(raw.get("endings")) or ([raw["thankYouCard"]] if isinstance(raw.get("thankYouCard"), Mapping) else [])
    ending_ids = [text_in(one.get("id")) for one in endings]
    skipped: list[list[Condition]] = [[] for _ in blocks]
    over: list[list[Condition]] = [[] for _ in blocks]
    ended: dict[str, list[Condition]] = {}
    for number, block in enumerate(blocks):
        shown = both(skipped[number])
        jumps = conditions.jumps(block.raw, block.id) + [
            jump
            for question in block.questions
            if block.raw.get("elements")
            for jump in conditions.jumps(_element(block, question), question.source_id)
        ]
        for jump in jumps:
            met = both((shown, jump.met)) if "!" in jump.met.yes else jump.met
            if jump.target in at and at[jump.target] > number:
                _note_jump(block, jump.target, setting)
                for between in range(number + 1, at[jump.target]):
                    skipped[between].append(negated(met))
            elif jump.target in ending_ids or jump.target in ("end", ""):
                _note_jump(block, jump.target, setting)
                over[number].append(jump.met)
                ended.setdefault(jump.target, []).append(met)
            else:
                why = "It leads back, or to something that is not there. Customers go on to the next page."
                setting.notes.dropped(block.id, "JUMP_DROPPED", jump.target, why)
    pages = []
    for number, block in enumerate(blocks):
        show_if, end_if = both(skipped[number]).yes, either(over[number]).yes
        pages.append(
            Page(
                id=setting.names.page(f"page_{number + 1}"),
                questions=block.questions,
                show_if="" if show_if == "true" else show_if,
                end_if="" if end_if == "false" else end_if,
            )
        )
    return tuple(pages), _ends(endings, ended, setting)


def _note_jump(block: Block, target: str, setting: Setting) -> None:
    why = "Pages that the jump leads past have a condition now; so has the end, where it leads there."
    for question in block.questions:
        setting.notes.changed(question.source_id, "JUMP_IS_CONDITION", f"to {target or 'the end'}", why)


def _element(block: Block, question: Question) -> Raw:
    return next((one for one in maps_in(block.raw.get("elements")) if text_in(one.get("id")) == question.source_id), {})


def _ends(endings: list[Raw], ended: Mapping[str, list[Condition]], setting: Setting) -> tuple[EndPage, ...]:
    """The first ending is for everybody whom no jump leads to another."""
    found: list[EndPage] = []
    spoken = setting.spoken
    for number, one in enumerate(endings):
        source_id = text_in(one.get("id")) or f"ending {number + 1}"
        title = spoken.texts(one.get("headline"), source_id, 300)
        text = spoken.texts(first_of(one, "subheader", "html"), source_id, 5000)
        for key in ("url", "buttonLink"):
            if one.get(key):
                setting.notes.dropped(
                    source_id, "REDIRECT_DROPPED", text_in(one[key]), "Customers end on our own page, not on another site."
                )
        page = default_end_page(spoken.languages, title, text, "thanks" if not number else f"end_{number + 1}")
        met = either(ended.get(text_in(one.get("id")), ())).yes
        if not number:
            found.append(page)
        elif met in ("false", "true"):
            setting.notes.dropped(source_id, "END_NEVER_SHOWN", page.title.say(""), "No jump leads to this end, so nobody would see it.")
        else:
            found.insert(-1, replace(page, show_if=met))
    return tuple(found) or (default_end_page(spoken.languages),)
