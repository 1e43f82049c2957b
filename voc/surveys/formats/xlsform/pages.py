"""Pages as a form shows them: a question each, except where a group says that it is one page. PURE."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from voc.surveys.formats.logic.tree import Unsayable
from voc.surveys.formats.naming import Names
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.wording import Wording
from voc.surveys.formats.xlsform.form import Entry, Frame
from voc.surveys.formats.xlsform.xpath import Answers
from voc.surveys.questionnaire import Page
from voc.surveys.questions import Hidden, NotAsked, Question
from voc.surveys.texts import Texts

Pair = tuple[Entry, Question]
_LEFT_OUT = "This condition could not be said here ({}), so it was left out. Write it by hand."


class Deciding:
    """Says relevance in CEL; what cannot be said is reported once, with the question or group that it stands at."""

    def __init__(self, answers: Answers, notes: Notes) -> None:
        self._answers = answers
        self._notes = notes
        self._said: dict[tuple[str, str], str] = {}

    def relevance(self, text: str, source_id: str, own: str = "") -> str:
        """The condition; "" where there is none or it cannot be said."""
        if not text.strip():
            return ""
        if (text, source_id) not in self._said:
            try:
                found = self._answers.condition(text, own).yes
            except Unsayable as fault:
                self._notes.dropped(source_id, "CONDITION_DROPPED", text, _LEFT_OUT.format(fault))
                found = ""
            self._said[text, source_id] = "" if found == "true" else found
        return self._said[text, source_id]

    def around(self, frames: Iterable[Frame], source_id: str) -> str:
        """What all these groups ask for; what cannot be said of them is also reported at the question inside."""
        listed = [frame for frame in frames if frame.line.get("relevant")]
        said = [self.relevance(frame.line.get("relevant"), frame.path) for frame in listed]
        for frame, one in zip(listed, said, strict=True):
            if not one and frame.line.get("relevant").strip() not in {"true()", "1"}:
                self._notes.dropped(
                    source_id, "CONDITION_DROPPED", frame.line.get("relevant"), "It stands at a group around this question."
                )
        return both(said)


@dataclass
class _Open:
    """A page while questions are added to it."""

    frames: tuple[Frame, ...]
    show_if: str
    questions: list[Question] = field(default_factory=list)


def pages_of(pairs: Iterable[Pair], deciding: Deciding, wording: Wording, notes: Notes) -> tuple[Page, ...]:
    """The pages in order. What is never shown stands on the page before it, or on the first."""
    pages: list[_Open] = []
    waiting: list[Question] = []
    for entry, question in pairs:
        outer, inner = _split(entry.frames)
        own = deciding.relevance(entry.line.get("relevant"), entry.id, entry.name)
        around = deciding.around(outer, entry.id)
        if isinstance(question, NotAsked | Hidden):
            silent = replace(question, show_if=both((around, deciding.around(inner, entry.id), own)))
            (pages[-1].questions if pages else waiting).append(silent)
            continue
        shown = replace(question, show_if=both((deciding.around(inner, entry.id), own, question.show_if)))
        is_same = bool(pages) and bool(outer) and outer[-1].is_one_page and pages[-1].frames == outer
        if not is_same:
            pages.append(_Open(outer, around))
        pages[-1].questions += [*waiting, shown]
        waiting = []
    if waiting:
        pages.append(_Open((), "", waiting))
    names = Names()
    return tuple(_closed(page, names, wording) for page in pages)


def note_repeats(pairs: Iterable[Pair], notes: Notes) -> None:
    """Questions in a repeat are asked once here."""
    for entry, _ in pairs:
        repeat = next((frame for frame in reversed(entry.frames) if frame.is_repeat), None)
        if repeat is not None:
            notes.simplified(entry.id, "REPEAT_ASKED_ONCE", repeat.path, "It was asked again and again; here it is asked once.")


def both(conditions: Iterable[str]) -> str:
    """Conditions that must all be met."""
    found = list(dict.fromkeys(one for one in conditions if one))
    return " && ".join(f"({one})" if "||" in one else one for one in found) if len(found) > 1 else "".join(found)


def _split(frames: tuple[Frame, ...]) -> tuple[tuple[Frame, ...], tuple[Frame, ...]]:
    """The groups around the page, and those inside it."""
    at = next((number for number, frame in enumerate(frames, 1) if frame.is_one_page), len(frames))
    return frames[:at], frames[at:]


def _closed(page: _Open, names: Names, wording: Wording) -> Page:
    shown = next((one for one in page.questions if not isinstance(one, NotAsked | Hidden)), page.questions[0])
    title, text = _said("label", page, wording, 2000), _said("hint", page, wording, 20_000)
    return Page(id=names.page(shown.id), title=title, text=text, show_if=page.show_if, questions=tuple(page.questions))


def _said(column: str, page: _Open, wording: Wording, longest: int) -> Texts:
    """What the innermost group around the page that says anything says."""
    said = (wording.texts(frame.line.texts(column), frame.path, longest) for frame in reversed(page.frames))
    return next((texts for texts in said if texts), Texts())
