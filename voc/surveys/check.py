"""A draft's text judged as a whole: what it describes, and every problem with its line. PURE."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from voc.core.errors import Fault
from voc.surveys.documents import Document, known_text
from voc.surveys.lint import lint, lint_sender
from voc.surveys.lint.rule import Sender
from voc.surveys.parse import parse
from voc.surveys.questionnaire import Problem, Questionnaire, QuestionnaireError, Severity


@dataclass(frozen=True, slots=True)
class Checked:
    """The questionnaire, where the text describes one, and the problems in the order of their lines."""

    questionnaire: Questionnaire | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from being published."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def faults(self) -> list[Fault]:
        """The same as faults of an input, each with its line."""
        return [Fault(problem.path, problem.code, f"Line {problem.line}: {problem.message}") for problem in self.errors]


def check(text: str, sender: Sender | None = None) -> Checked:
    """Read, parse and lint a text, as it is asked by this sender; never raises."""
    found, document = _judged(text)
    if found.questionnaire is None:
        return found
    return Checked(found.questionnaire, _sorted([*found.problems, *_placed(lint_sender(found.questionnaire, sender), document)]))


@lru_cache(maxsize=8)
def _judged(text: str) -> tuple[Checked, Document]:
    """The text whoever asks. The last few are kept, for one page asks for them several times."""
    found = Document(None)
    try:
        found = known_text(text)
        questionnaire = parse(found.content)
    except QuestionnaireError as refused:
        return Checked(None, _sorted(_placed(refused.problems, found))), found
    return Checked(questionnaire, _sorted(_placed(lint(questionnaire), found))), found


def _placed(problems: Iterable[Problem], found: Document) -> list[Problem]:
    return [problem if problem.line else replace(problem, line=found.line_of(problem.path)) for problem in problems]


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line or 1))


def as_line(file: str, problem: Problem) -> str:
    """A problem as compilers print it: `file:line: severity CODE path: message`."""
    place = f" {problem.path}" if problem.path else ""
    return f"{file}:{problem.line or 1}: {problem.severity} {problem.code}{place}: {problem.message}"
