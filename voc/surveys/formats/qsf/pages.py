"""The pages of the questionnaire, put together along the flow. PURE."""

from dataclasses import dataclass, field, replace
from typing import Any

from voc.surveys.formats.logic.terms import ALWAYS, Condition, both, either
from voc.surveys.formats.plain_text import plain_text
from voc.surveys.formats.qsf.blocks import Draft, Skip, chance_of, pages_of, skips_of
from voc.surveys.formats.qsf.flow import Branching, Flow, Gate, Station
from voc.surveys.formats.qsf.logic import Logic, holds_something
from voc.surveys.formats.qsf.loops import Loop, loop_of
from voc.surveys.formats.qsf.loose import word
from voc.surveys.formats.qsf.names import plain_id
from voc.surveys.formats.qsf.options import Built
from voc.surveys.formats.qsf.parts import with_conditions
from voc.surveys.formats.qsf.piping import Pipes
from voc.surveys.formats.qsf.source import Block, Source
from voc.surveys.questionnaire import Page
from voc.surveys.questions import Order, Question


@dataclass(slots=True)
class Assembly:
    """Makes pages. `made` says which pages came of which station, `ends` under which conditions the survey ends early."""

    source: Source
    flow: Flow
    logic: Logic
    pipes: Pipes
    pages: list[Page] = field(default_factory=list)
    made: dict[int, list[str]] = field(default_factory=dict)
    drawn: dict[str, Condition] = field(default_factory=dict)
    repeated: frozenset[str] = frozenset()
    _taken: set[str] = field(default_factory=set)
    _placed: set[str] = field(default_factory=set)
    _skips: list[tuple[Skip, Condition]] = field(default_factory=list)

    def block(self, number: int, station: Station) -> None:
        """The pages of a block where it comes first; it is shown when any of its places in the flow is reached."""
        block = self.source.blocks.get(word(station.node.get("ID")))
        if block is None or block.id in self._taken:
            return
        self._taken.add(block.id)
        drafts = pages_of(block)
        ids = tuple(question for draft in drafts for question in draft.questions if question in self.logic.names.questions)
        condition = self._any_place(block.id, number, ids)
        loop = loop_of(block, self.logic, self.pipes, ids)
        skips = list(skips_of(block))
        for place, draft in enumerate(drafts, 1):
            self._page(number, block, draft, place, condition, loop, skips)
        self._skips = [(skip, found) for skip, found in self._skips if skip.to not in {"ENDOFBLOCK", "ENDOFSURVEY"}]
        if len(drafts) > 1 and loop:
            self.logic.notes.simplified(block.id, "LOOP_BY_PAGE", block.name, "Each page is repeated by itself, not the block as a whole.")

    def gate(self, gates: tuple[Gate, ...], source_ids: tuple[str, ...]) -> Condition | None:
        """What must hold on the way to a place; None where there is nothing, or nothing that can be said."""
        found = []
        for one in gates:
            if isinstance(one, Branching):
                if holds_something(one.tree) and (said := self.logic.condition(one.tree, (one.flow_id, *source_ids))):
                    found.append(said)
            elif (drawn := self.drawn.get(f"{one.randomizer}:{one.place}")) is not None:
                found.append(drawn)
        return both(found) if found else None

    def page_id(self, wanted: str) -> str:
        """An id that no page has yet."""
        plain, number = plain_id(wanted)[:40], 1
        found = plain
        while found in self._placed:
            number += 1
            found = f"{plain}_{number}"
        self._placed.add(found)
        return found

    def _any_place(self, block_id: str, first: int, ids: tuple[str, ...]) -> Condition | None:
        at = range(len(self.flow.stations)) if block_id in self.repeated else [first]
        places = [self.flow.stations[number] for number in at if self.flow.block_at(number) == block_id]
        conditions = [self.gate(one.gates, ids) for one in places]
        if len(places) > 1:
            for source_id in (block_id, *ids):
                why = "It stood in the flow more than once. It is asked once, where it came first, if any of those places is reached."
                self.logic.notes.simplified(source_id, "BLOCK_REPEATED", f"{len(places)} times in the flow", why)
        whole = either(one or ALWAYS for one in conditions)
        return None if whole.yes == "true" else whole

    def _page(
        self, number: int, block: Block, draft: Draft, place: int, condition: Condition | None, loop: Loop | None, skips: list[Skip]
    ) -> None:
        before = set(self.logic.asked)
        asked: list[Question] = []
        end_if: list[Condition] = []
        for source_id in draft.questions:
            built = self.logic.names.questions.get(source_id)
            if built is None or source_id in self._placed:
                continue
            self._placed.add(source_id)
            asked.append(self._question(source_id, built, condition, loop))
            end_if += self._after(source_id, skips, draft)
        if not asked:
            return
        chance = chance_of(block)
        page: dict[str, Any] = {
            "id": self.page_id(plain_text(block.name) or block.id),
            "show_if": condition.yes if condition else "",
            "end_if": either(end_if).yes if end_if else "",
            "order": Order.RANDOM if chance.random else Order.AS_WRITTEN,
        }
        if chance.random and chance.show and chance.show < len(asked):
            page["show"] = min(chance.show, 500)
        if loop:
            page |= {"loop": loop.question, "loop_over": loop.over}
            self.logic.asked = before
        self.pages.append(Page(**page, questions=tuple(asked)))
        self.made.setdefault(number, []).append(page["id"])
        if chance.random and place == 1:
            self._say_chance(block, chance.show, chance.pages_apart)

    def _question(self, source_id: str, built: Built, around: Condition | None, loop: Loop | None) -> Question:
        payload = self.pipes.payloads[source_id]
        conditions = [found for _, found in self._skips_over(source_id)]
        for name in ("DisplayLogic", "InPageDisplayLogic"):
            if holds_something(payload.get(name)) and (found := self.logic.condition(payload[name], (source_id,))):
                conditions.append(found)
        own = both(conditions) if conditions else None
        question = with_conditions(built, payload, self.logic, source_id)
        question = self.pipes.question(question, loop is not None)
        if own and own.yes != "true":
            question = replace(question, show_if=own.yes)
        self.logic.shown.questions[source_id] = both(one for one in (around, own) if one)
        self.logic.asked |= set(question.names())
        return question

    def _skips_over(self, source_id: str) -> list[tuple[Skip, Condition]]:
        self._skips = [(skip, found) for skip, found in self._skips if skip.to != source_id]
        return self._skips

    def _after(self, source_id: str, skips: list[Skip], draft: Draft) -> list[Condition]:
        """Take up the skips of a question; gives the conditions under which the survey ends after its page."""
        ends = []
        for skip in skips:
            if skip.question != source_id:
                continue
            found = self.logic.expression(skip.expression, (source_id,))
            if found is None:
                continue
            why = "It skipped questions; the ones that it skipped have the opposite as their condition."
            self.logic.notes.changed(source_id, "SKIP_CHANGED", f"to {skip.to or 'nowhere'}", why)
            if skip.to == "ENDOFSURVEY":
                ends.append(found)
            self._skips.append((skip, Condition(found.no, found.yes)))
        return ends

    def _say_chance(self, block: Block, show: int | None, pages_apart: bool) -> None:
        for source_id in (block.id, *(word(one.get("QuestionID")) for one in block.elements if one.get("QuestionID"))):
            what = f"random order{f', {show} of them' if show else ''}"
            why = "The order of its questions is random here as well" + (", on one page." if pages_apart else ".")
            self.logic.notes.simplified(source_id, "ORDER_RANDOM", what, why)
