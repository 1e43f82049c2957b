"""Randomizers of the flow to shuffles of pages. PURE."""

from voc.surveys.formats.logic.terms import Condition, quoted
from voc.surveys.formats.qsf.flow import Randomizer
from voc.surveys.formats.qsf.loose import word
from voc.surveys.formats.qsf.names import plain_id
from voc.surveys.formats.qsf.pages import Assembly
from voc.surveys.questionnaire import Page, Shuffle
from voc.surveys.questions import Hidden, Source


def draw_ahead(assembly: Assembly) -> list[Shuffle]:
    """Randomizers inside others draw at the very beginning: a hidden answer is drawn for each, and its parts depend on those."""
    shuffles = []
    for one in assembly.flow.randomizers:
        if one.show < len(one.members) and _outer(assembly, one) and not _repeats(assembly, one):
            pages = []
            for place in range(1, len(one.members) + 1):
                answer = assembly.logic.names.new_name(f"draw_{plain_id(one.flow_id)}_{place}")
                hidden = Hidden(id=answer, source_id=one.flow_id, source=Source.FIXED, value="yes")
                pages.append(Page(id=assembly.page_id(answer), questions=(hidden,)))
                cel = f"answers.{answer}"
                assembly.drawn[f"{one.flow_id}:{place}"] = Condition(f"{cel} == {quoted('yes')}", f"{cel} != {quoted('yes')}")
                assembly.logic.asked.add(answer)
            assembly.pages += pages
            shuffles.append(Shuffle(pages=tuple(page.id for page in pages), show=one.show))
            why = "Its parts are drawn at the beginning. Where several are shown, their order is that of the file."
            assembly.logic.notes.changed(one.flow_id, "RANDOM_DRAWN", f"{one.show} of {len(one.members)} parts", why)
    return shuffles


def shuffles_of(assembly: Assembly) -> list[Shuffle]:
    """The outermost randomizers as shuffles; what cannot be shuffled stays in the order of the file and is reported."""
    shuffles = []
    for one in assembly.flow.randomizers:
        if f"{one.flow_id}:1" in assembly.drawn:
            continue
        units = _units(assembly, one)
        usable = [unit for unit in units if unit]
        if _outer(assembly, one) or len(usable) < 2 or any(len(set(unit)) != len(unit) for unit in usable):
            _say_lost(
                assembly, one, "It stands inside another random part." if _outer(assembly, one) else "Its parts hold too little to shuffle."
            )
            continue
        show = one.show if len(usable) == len(one.members) and not _repeats(assembly, one) else len(usable)
        if show != one.show:
            _say_lost(assembly, one, "Blocks stand in several of its parts: each is asked, in an order of chance.")
        shuffles.append(Shuffle(pages=tuple(" ".join(unit) for unit in usable), show=show if show < len(usable) else None))
    return shuffles


def fields_left_out(assembly: Assembly) -> frozenset[int]:
    """Stations whose fields are left out: in randomizers whose parts hold the same blocks they would stand between the pages."""
    return frozenset(number for one in assembly.flow.randomizers if _repeats(assembly, one) for number in one.whole)


def _units(assembly: Assembly, one: Randomizer) -> list[list[str]]:
    """The pages of each part; of each station, where the parts repeat each other's blocks."""
    if _repeats(assembly, one):
        return [assembly.made[number] for member in one.members for number in member if number in assembly.made]
    return [[page for number in member for page in assembly.made.get(number, [])] for member in one.members]


def _repeats(assembly: Assembly, one: Randomizer) -> bool:
    return any(assembly.flow.block_at(number) in assembly.repeated for number in one.whole)


def _outer(assembly: Assembly, one: Randomizer) -> bool:
    inner = one.whole
    return any(
        other is not one and other.whole.start <= inner.start and inner.stop <= other.whole.stop and len(other.whole) > len(inner)
        for other in assembly.flow.randomizers
    )


def _say_lost(assembly: Assembly, one: Randomizer, why: str) -> None:
    members = [number for member in one.members for number in member]
    blocks = [assembly.source.blocks.get(assembly.flow.block_at(number)) for number in members]
    ids = [word(each.get("QuestionID")) for block in blocks if block for each in block.elements if each.get("QuestionID")]
    for source_id in (one.flow_id, *dict.fromkeys(ids)):
        assembly.logic.notes.simplified(source_id, "RANDOM_SIMPLIFIED", f"{one.show} of {len(one.members)} parts", why)
