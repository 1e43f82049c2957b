"""Answers and customer facts that LimeSurvey fills into texts, as our placeholders. PURE."""

import re
from collections.abc import Callable, Iterable

from voc.surveys.formats.logic.terms import Answer
from voc.surveys.formats.logic.tree import Unsayable
from voc.surveys.formats.lss.answers import Answers
from voc.surveys.formats.naming import places
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.wording import harmless
from voc.surveys.questions import Question

_PIPE = re.compile(r"\{(?P<inner>[A-Za-z0-9_][^{}\n]*)\}")
_SGQA = re.compile(r"INSERTANS:(\w+)", re.IGNORECASE)
_KNOWN = {
    "TOKEN:FIRSTNAME": "{customer.first_name|…}",
    "FIRSTNAME": "{customer.first_name|…}",
    "TOKEN:NAME": "{customer.name|…}",
}
_KEPT = "Nobody can fill this in here. Put other words in its place before customers see it."


class Pipes:
    """Rewrites texts."""

    def __init__(self, answers: Answers, asked: Iterable[Question], notes: Notes) -> None:
        self._places = places(asked)
        self._answers = answers
        self._notes = notes

    def of(self, source_id: str, place: int) -> Callable[[str], str]:
        """What writes a text that stands at this question anew: with placeholders of ours; what cannot be filled in is reported."""
        return lambda text: _PIPE.sub(lambda match: self._placeholder(match["inner"].strip(), match[0], source_id, place), text)

    def _placeholder(self, inner: str, whole: str, source_id: str, place: int) -> str:
        if inner.upper() in _KNOWN:
            return _KNOWN[inner.upper()]
        name = match[1] if (match := _SGQA.fullmatch(inner)) else inner
        try:
            term = self._answers.term(name.removesuffix(".shown")) if re.fullmatch(r"[\w.#]+", name) else None
        except Unsayable:
            term = None
        if isinstance(term, Answer) and self._places.get(term.name, place) < place:
            return f"{{answers.{term.name}|…}}"
        if re.match(r"[A-Za-z_][\w.]*\Z|[A-Z]+:|\w+\(|.*\.(?:shown|NAOK|code|value)\b", inner):
            self._notes.changed(source_id, "PIPED_TEXT_KEPT", whole, _KEPT)
        return harmless(whole)
