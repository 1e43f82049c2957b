"""The table of translations as CSV: a key, then a column for each language, the first one the source. PURE."""

import csv
import io

from voc.core.formulas import guarded, unguarded
from voc.surveys.questionnaire import Problem, Questionnaire, QuestionnaireError
from voc.surveys.translations.table import Entry, lines

KEY = "key"


def csv_of(questionnaire: Questionnaire, languages: tuple[str, ...] = ()) -> str:
    """The table with these languages, or with all; the source comes first. Cells that a spreadsheet would run are guarded."""
    first = questionnaire.default_language
    columns = (first, *(language for language in languages or questionnaire.languages if language != first))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((KEY, *columns))
    for line in lines(questionnaire):
        writer.writerow((line.key, *(guarded(line.texts.get(language, "")) for language in columns)))
    return out.getvalue()


def entries_in_csv(text: str) -> tuple[Entry, ...]:
    """What stands in such a table; empty cells say nothing. `,` or `;` between the cells, as spreadsheets write them.

    Raises QuestionnaireError where it is no such table.
    """
    text = text.removeprefix("\ufeff")
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True)
    try:
        rows = list(reader)
    except csv.Error as fault:
        raise _refusal(f"This is not CSV: {fault}.", reader.line_num) from None
    if not rows or rows[0][:1] != [KEY] or len(rows[0]) < 2:
        raise _refusal("The first line must read `key`, then the languages, such as `key,en,nl`. Take a table out first and fill it in.", 1)
    return tuple(_entries(rows))


def _entries(rows: list[list[str]]) -> list[Entry]:
    languages = [name.strip() for name in rows[0][1:]]
    found = []
    for number, row in enumerate(rows[1:], 2):
        if not any(row):
            continue
        if len(row) > len(rows[0]):
            raise _refusal(f"Row {number} has more cells than the first line has languages. Put texts with a comma in quotes.", number)
        cells = [unguarded(cell).strip() for cell in row[1:]]
        source = cells[0] if cells else ""
        found += [
            Entry(row[0].strip(), language, cell, None if language == languages[0] else source)
            for language, cell in zip(languages, cells, strict=False)
            if cell
        ]
    return found


def _refusal(message: str, line: int) -> QuestionnaireError:
    return QuestionnaireError((Problem("", "UNREADABLE", message, line=line),))
