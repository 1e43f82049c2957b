"""What must hold between the answers of one question as it was shown: enough of them, sums, things that cannot go together. PURE."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from voc.responses.read_answer.typed import written
from voc.responses.read_answer.wrong import Wrong
from voc.surveys.flow import Walk
from voc.surveys.questions import (
    Asked,
    Cells,
    Choosing,
    Consent,
    ConstantSum,
    Fields,
    InRows,
    Matrix,
    MultipleChoice,
    Question,
    Ranking,
    Row,
    SideBySide,
)
from voc.surveys.shown_answers import cells_of

Answers = Mapping[str, object]


def wrong_in(question: Question, way: Walk, answers: Answers, language: str) -> Wrong | None:
    """Why the answers to a question will not do together; None where they do, or there are none."""
    if isinstance(question, MultipleChoice | Ranking) and isinstance(found := answers.get(question.id), list):
        return _chosen(question, way, found, language)
    if isinstance(question, ConstantSum):
        return _sum(question, way, answers) or _rows(question, way, answers, language)
    return _rows(question, way, answers, language) if isinstance(question, InRows) else None


def missing(question: Question, way: Walk, answers: Answers) -> list[str]:
    """The names of the answers that must be given and are not."""
    return _left_out(question, way, answers) if isinstance(question, Asked) and question.required else []


def is_put(question: Question, way: Walk, name: str) -> bool:
    """Whether an answer of a question is asked for: not where its row, its column or the choice it stands beside is not shown."""
    if isinstance(question, Choosing):
        beside = next((code for code, words in question.words_names.items() if words == name), None)
        return beside is None or any(choice.code == beside for choice in way.choices(question))
    if not isinstance(question, InRows):
        return True
    row, part, column = cells_of(question).get(name, ("", "", ""))
    if row and all(one.code != row for one in way.rows(question)):
        return False
    if not part or not isinstance(question, Matrix | SideBySide):
        return True
    offered = [one.code for one in way.columns(question, int(part) if part.isdecimal() else 0)]
    return column in offered if column else bool(offered)


def _chosen(question: MultipleChoice | Ranking, way: Walk, found: list[str], language: str) -> Wrong | None:
    offered = way.choices(question)
    alone = next((choice for choice in offered if choice.exclusive and choice.code in found), None)
    if alone:
        return Wrong("exclusive", exclusive=alone.text.say(language) or alone.code) if len(found) > 1 else None
    together = sum(not choice.exclusive for choice in offered)
    least, most = question.at_least or 1, question.at_most
    if isinstance(question, Ranking):
        least = min(question.at_least or together, most or together)
    if len(found) < min(least, together):
        return Wrong("too_few_choices", at_least=min(least, together))
    return Wrong("too_many_choices", at_most=most) if most and len(found) > most else None


def _sum(question: ConstantSum, way: Walk, answers: Answers) -> Wrong | None:
    given = [value for name in cells_by_row(question, way) for value in _numbers(answers, name[1])]
    total = sum(given, Decimal())
    if given and question.total and total != Decimal(str(question.total)):
        return Wrong("wrong_total", total=written(question.total), sum=written(float(total)))
    return None


def _numbers(answers: Answers, names: tuple[str, ...]) -> Iterator[Decimal]:
    for name in names:
        if isinstance(value := answers.get(name), int | float):
            yield Decimal(str(value))


def _rows(question: InRows, way: Walk, answers: Answers, language: str) -> Wrong | None:
    if not any(row.exclusive for row in question.rows):
        return None
    answered = [row for row, names in cells_by_row(question, way) if any(name in answers for name in names)]
    alone = next((row for row in answered if row.exclusive), None)
    if alone and len(answered) > 1:
        return Wrong("exclusive", exclusive=alone.text.say(language) or alone.code)
    return None


def _left_out(question: Asked, way: Walk, answers: Answers) -> list[str]:
    if isinstance(question, InRows) and question.rows:
        return _rows_left_out(question, way, answers)
    if isinstance(question, Fields):
        return [name for one, name in question.field_names() if not one.optional and name not in answers]
    if isinstance(question, Consent):
        return [] if answers.get(question.id) is True else [question.id]
    if isinstance(question, Choosing) and not way.choices(question):
        return []
    return [] if question.id in answers else [question.id]


def _rows_left_out(question: InRows, way: Walk, answers: Answers) -> list[str]:
    """The first name of each row that is missing; of questions side by side each answer of its own."""
    rows = cells_by_row(question, way)
    answered = [row for row, names in rows if any(name in answers for name in names)]
    if any(row.exclusive for row in answered):
        return []
    if isinstance(question, ConstantSum) and question.total:
        return [] if answered or not rows else [rows[0][1][0]]
    needed = [names for row, names in rows if not row.optional and not row.exclusive]
    if isinstance(question, SideBySide):
        return [name for names in needed for name in names if name not in answers]
    return [names[0] for names in needed if not any(name in answers for name in names)]


def cells_by_row(question: InRows, way: Walk) -> list[tuple[Row, tuple[str, ...]]]:
    """The rows that are asked about, each with the names of its answers; nothing can be answered where no column is offered."""
    names: dict[str, list[str]] = {}
    if isinstance(question, Matrix):
        columns = {column.code for column in way.columns(question)}
        for row, column, name in question.cell_names():
            if columns if column is None else column.code in columns:
                names.setdefault(row.code, []).append(name)
    elif isinstance(question, SideBySide):
        chosen = [(at, group.id) for at, group in enumerate(question.groups) if group.cells in (Cells.SINGLE, Cells.MULTIPLE)]
        closed = {group for at, group in chosen if not way.columns(question, at)}
        for row, group, name in question.cell_names():
            if group.id not in closed:
                names.setdefault(row.code, []).append(name)
    else:
        names = {row.code: [name] for row, name in question.row_names()}
    return [(row, tuple(names[row.code])) for row in way.rows(question) if row.code in names]
