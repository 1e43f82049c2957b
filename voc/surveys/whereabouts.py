"""Where in a questionnaire each answer is given, so that nothing looks ahead. PURE."""

from voc.core.expression_words import is_name
from voc.core.expressions import Kind
from voc.surveys.questionnaire import Page, Questionnaire

AT_THE_END = 1_000_000


class Whereabouts:
    """Every answer by its name: what it is, and whether it is known at a place in the document (the number of a page and of a question).

    In a page that comes once for each of several answers, names are those of the document; everywhere else they are those of one turn.
    """

    def __init__(self, questionnaire: Questionnaire, pages: tuple[tuple[Page, ...], ...]) -> None:
        self.kinds: dict[str, Kind] = {}
        self.questions: set[str] = set()
        self._at: dict[str, tuple[int, int]] = {}
        self._looped: dict[str, int] = {}
        self._unit_of: dict[int, str] = {}
        self._known_from = self._ends_of_shuffles(questionnaire)
        for number, turns in enumerate(pages):
            for turn in turns:
                for at, question in enumerate(turn.questions):
                    self.questions.add(question.id)
                    self._note(question.names(), number, at)
        for number, (page, turns) in enumerate(zip(questionnaire.pages, pages, strict=True)):
            if turns != (page,):  # a loop
                for at, question in enumerate(page.questions):
                    self._looped |= dict.fromkeys(question.names(), number)
                    self._note(question.names(), number, at)

    def is_known(self, name: str, page: int, question: int) -> bool:
        """Whether everybody who comes to this place was past the question with this answer."""
        asked = self._at.get(name)
        if asked is None:
            return False
        if asked[0] == page:
            return asked[1] < question
        if asked[0] < page and self._unit_of.get(asked[0]) == self._unit_of.get(page, ""):
            return name not in self._looped
        return self._known_from[asked[0]] < page and name not in self._looped

    def why_unknown(self, name: str, page: int, question: int) -> str:
        """The sentence for an answer that is not known at a place."""
        asked = self._at[name][0]
        if name in self._looped and asked != page:
            return f"`{name}` is asked once for each answer of a loop. Name one of them: `{name}_…`, with the answer's code."
        if asked < page:
            return f"`{name}` may be asked later, for its page is shuffled. Take the page out of the shuffle, or leave this out."
        return f"`{name}` is asked later. A condition can only look back: move the question, or the condition."

    def _note(self, names: dict[str, Kind], number: int, at: int) -> None:
        for name, kind in names.items():
            if is_name(name):
                self.kinds.setdefault(name, kind)
                self._at.setdefault(name, (number, at))

    def _ends_of_shuffles(self, questionnaire: Questionnaire) -> list[int]:
        """For each page the number of the page after which it is sure to have been there."""
        number_of = {page.id: number for number, page in enumerate(questionnaire.pages)}
        known_from = list(range(len(questionnaire.pages)))
        for shuffle in questionnaire.shuffles:
            slots = [number_of[page] for entry in shuffle.pages for page in entry.split() if page in number_of]
            self._unit_of |= {number_of[page]: entry for entry in shuffle.pages for page in entry.split() if page in number_of}
            for slot in slots:
                known_from[slot] = max(slots)
        return known_from
