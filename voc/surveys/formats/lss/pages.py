"""Groups of LimeSurvey as pages, as the survey shows them: a page a group, a page a question, or all on one. PURE."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from voc.surveys.formats.lss.deciding import Deciding
from voc.surveys.formats.lss.source import Group, Item, Source
from voc.surveys.formats.naming import Names
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.wording import Wording
from voc.surveys.questionnaire import Page, Shuffle
from voc.surveys.questions import NOTHING, Link, Order, Question
from voc.surveys.texts import Texts

Pair = tuple[Item, Question]


@dataclass(frozen=True, slots=True)
class _Part:
    """A group with its questions, its words and its condition."""

    group: Group
    pairs: tuple[Pair, ...]
    title: Texts
    text: Texts
    links: tuple[Link, ...]
    show_if: str


class Paging:
    """Makes pages and the groups of them that take each other's places."""

    def __init__(self, source: Source, wording: Wording, deciding: Deciding, notes: Notes) -> None:
        self._mode = source.settings.get("format", "G").strip().upper() or "G"
        self._source = source
        self._wording = wording
        self._deciding = deciding
        self._notes = notes
        self._names = Names()
        self._of_group: dict[str, list[str]] = {}

    def pages(self, pairs: Iterable[Pair]) -> tuple[Page, ...]:
        """The pages in order; a group without questions gives none."""
        listed = list(pairs)
        parts = [self._part(group, tuple(pair for pair in listed if pair[0].group == group.id)) for group in self._source.groups]
        shown = [part for part in parts if part.pairs]
        if self._mode == "A":
            return (self._all_on_one(shown),)
        return tuple(page for part in shown for page in (self._one_each(part) if self._mode == "S" else (self._one(part),)))

    def shuffles(self) -> tuple[Shuffle, ...]:
        """Groups in random order; call it after `pages`."""
        found = {group.shuffled_with: None for group in self._source.groups if group.shuffled_with.strip()}
        made = []
        for name in found:
            groups = [group for group in self._source.groups if group.shuffled_with == name and group.id in self._of_group]
            if len(groups) > 1:
                made.append(Shuffle(pages=tuple(" ".join(self._of_group[group.id]) for group in groups)))
            else:
                self._notes.dropped(f"group {name}", "ORDER_DROPPED", f"randomization_group={name}", "The order stays as written here.")
        return tuple(made)

    def _part(self, group: Group, pairs: tuple[Pair, ...]) -> _Part:
        source_id = f"group {group.id}"
        title = self._wording.texts(group.titles, source_id, 2000)
        text = self._wording.texts(group.descriptions, source_id)
        links = self._wording.links(group.descriptions, source_id)
        if not pairs and (title or text):
            self._notes.dropped(source_id, "EMPTY_GROUP_DROPPED", next(iter(title.values()), ""), "There is no question in this group.")
        show_if = self._deciding.relevance(group.relevance, source_id)
        if not show_if and group.relevance.strip() not in {"", "1"}:
            for item, _ in pairs:
                self._notes.dropped(
                    item.id, "CONDITION_DROPPED", group.relevance, "It stands at the group of this question. Write it by hand."
                )
        return _Part(group, pairs, title, text, links, show_if)

    def _one(self, part: _Part) -> Page:
        page = Page(
            id=self._names.page(f"g{part.group.id}"),
            title=part.title,
            text=part.text,
            show_if=part.show_if,
            questions=self._with_links(part),
            order=self._order(part),
        )
        self._of_group[part.group.id] = [page.id]
        return page

    def _one_each(self, part: _Part) -> tuple[Page, ...]:
        pages = tuple(
            Page(
                id=self._names.page(question.id),
                title=part.title,
                text=NOTHING if number else part.text,
                show_if=part.show_if,
                questions=(question,),
            )
            for number, question in enumerate(self._with_links(part))
        )
        self._of_group[part.group.id] = [page.id for page in pages]
        return pages

    def _all_on_one(self, parts: list[_Part]) -> Page:
        questions: list[Question] = []
        for part in parts:
            if (part.title or part.text) and len(parts) > 1:
                said = next(iter((part.title or part.text).values()))
                self._notes.dropped(
                    f"group {part.group.id}", "GROUP_TITLE_DROPPED", said, "All questions are on one page, which has one title."
                )
            for question in self._with_links(part):
                both = " && ".join(f"({one})" if "||" in one else one for one in (part.show_if, question.show_if) if one)
                questions.append(replace(question, show_if=both))
        title, text = (parts[0].title, parts[0].text) if len(parts) == 1 else (NOTHING, NOTHING)
        return Page(id="all", title=title, text=text, questions=tuple(questions))

    def _with_links(self, part: _Part) -> tuple[Question, ...]:
        """The questions; what a group's description links to stands with the first of them."""
        first, *rest = (question for _, question in part.pairs)
        return (replace(first, links=(*part.links, *first.links)) if part.links else first, *rest)

    def _order(self, part: _Part) -> Order:
        names = {item.setting("random_group").strip() for item, _ in part.pairs}
        if len(names) == 1 and "" not in names and len(part.pairs) > 1:
            return Order.RANDOM
        for item, _ in part.pairs:
            if item.setting("random_group").strip():
                self._notes.dropped(
                    item.id, "ORDER_DROPPED", f"random_group={item.setting('random_group')}", "The order stays as written here."
                )
        return Order.AS_WRITTEN
