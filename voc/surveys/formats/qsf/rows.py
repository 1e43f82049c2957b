"""Tables, sliders, sums and side by side. PURE."""

from dataclasses import replace
from typing import Any

from voc.surveys.formats.qsf.asking import Asking
from voc.surveys.formats.qsf.loose import Group, group, items, word, yes
from voc.surveys.formats.qsf.options import (
    Built,
    Option,
    choices_of,
    codes_of,
    fixed_ids,
    options_of,
    points_of,
    rows_of,
)
from voc.surveys.formats.qsf.texts import translations_of
from voc.surveys.questions import Cells, Choice, ColumnGroup, ConstantSum, Matrix, NotAsked, SideBySide, Slider

_CELLS = {"MultipleAnswer": Cells.MULTIPLE}
_SIMPLIFIED = {
    "RO": "Ranking within a table became a table of numbers.",
    "MaxDiff": "Best and worst became a table with one answer in each row.",
    "Profile": "Its rows had answers of their own; all rows have all of them now.",
}


def matrix(asking: Asking) -> Built:
    """A table: the choices of the file are the rows, its answers the columns."""
    rows = row_options(asking)
    columns = _columns(_with_all_answers(asking) if asking.selector == "Profile" else asking)
    if not rows:
        return _nothing(asking)
    cells = _cells(asking)
    if asking.selector in _SIMPLIFIED:
        asking.simplified("MATRIX_SIMPLIFIED", asking.type, _SIMPLIFIED[asking.selector])
    shown = choices_of(columns, asking.reader, asking.source_id, _points(asking), frozenset()) or (Choice(code="1"),)
    built = Matrix(**_in_rows(asking, rows), columns=shown, cells=cells, bipolar=asking.selector == "Bipolar")
    return Built(built, codes_of(columns), codes_of(rows))


def slider(asking: Asking) -> Built:
    """A number between two ends for each item."""
    rows = row_options(asking)
    lowest, highest = _ends(asking)
    labels = tuple(found for _, said, told in asking.labels() if (found := asking.reader.several(asking.source_id, said, told, 300)))
    built = Slider(**_in_rows(asking, rows), lowest=lowest, highest=highest, step=_step(asking, lowest, highest), labels=labels)
    return Built(built, {}, codes_of(rows))


def constant_sum(asking: Asking) -> Built:
    """An amount divided over the items."""
    rows = row_options(asking)
    if not rows:
        return _nothing(asking)
    total = asking.setting("ChoiceTotal") if word(asking.settings.get("Type")) == "ChoicesTotal" else None
    usable = total if total is not None and 0 <= total <= 1_000_000 else 0
    return Built(ConstantSum(**_in_rows(asking, rows), total=usable), {}, codes_of(rows))


def groups_of_items(asking: Asking) -> Built:
    """Items dragged into groups: a table with the groups as columns."""
    rows = row_options(asking)
    columns = [word(one) for one in items(asking.payload.get("Groups"))]
    if not rows or not any(columns):
        return _nothing(asking)
    asking.simplified(
        "GROUPS", asking.type, "Items to drag into groups became a table with a column for each group; their rank is not asked."
    )
    texts = [asking.reader.several(asking.source_id, one, (), 5000) for one in columns]
    shown = tuple(Choice(code=str(place), text=said) for place, said in enumerate(texts))
    return Built(Matrix(**_in_rows(asking, rows), columns=shown), {str(place): str(place) for place in range(len(shown))}, codes_of(rows))


def side_by_side(asking: Asking) -> Built:
    """Several tables about the same rows."""
    rows = row_options(asking)
    inner = {key: one for key, one in group(asking.payload.get("AdditionalQuestions")).items() if isinstance(one, dict)}
    if not rows or not inner:
        return _nothing(asking)
    groups: list[ColumnGroup] = []
    known: dict[str, Built] = {}
    for key, payload in inner.items():
        part = replace(asking, payload=_with_translations(asking, key, payload))
        columns, cells = _columns(part), _cells(part)
        text = part.shared()["text"]
        if cells in (Cells.SINGLE, Cells.MULTIPLE) and columns:
            shown = choices_of(columns, part.reader, part.source_id, {}, frozenset())
            groups.append(ColumnGroup(id=_group_id(key), text=text, cells=cells, columns=shown))
        elif len(columns) <= 1:
            groups.append(
                ColumnGroup(id=_group_id(key), text=text, cells=cells if not columns or cells is not Cells.SINGLE else Cells.TEXT)
            )
        else:
            groups += [_column(key, one, cells, part) for one in columns]
        known[key] = Built(Matrix(id=_group_id(key), rows=(), columns=(), cells=cells), codes_of(columns), codes_of(rows))
    return Built(SideBySide(**_in_rows(asking, rows), groups=tuple(groups)), {}, codes_of(rows), known)


def row_options(asking: Asking) -> tuple[Option, ...]:
    """The rows; their codes are the tags of the rows where those have such."""
    return options_of(asking.payload, "Choices", "ChoiceOrder", "ChoiceDataExportTags", asking.reader, asking.source_id)


def _column(key: str, one: Option, cells: Cells, part: Asking) -> ColumnGroup:
    text = part.reader.several(part.source_id, one.html, one.translations, 2000)
    return ColumnGroup(id=f"{_group_id(key)}_{one.id.lower()}"[:63], text=text, cells=cells)


def _with_all_answers(asking: Asking) -> Asking:
    """A table in which each row has answers of its own, with the answers of all rows as its columns."""
    answers: Group = {}
    for row, own in group(asking.payload.get("Answers")).items():
        if isinstance(own, dict) and "Display" in own:
            answers.setdefault(row, own)
        else:
            answers |= {f"{row}.{one}": item for one, item in group(own).items()}
    return replace(asking, payload={**asking.payload, "Answers": answers, "AnswerOrder": []})


def _columns(asking: Asking) -> tuple[Option, ...]:
    return options_of(asking.payload, "Answers", "AnswerOrder", "RecodeValues", asking.reader, asking.source_id)


def _cells(asking: Asking) -> Cells:
    if asking.selector in {"TE", "FORM"} or asking.question_type == "TE":
        is_number = word(asking.settings.get("ContentType")) == "ValidNumber" and word(asking.settings.get("Type")) == "ContentType"
        return Cells.NUMBER if is_number else Cells.TEXT
    if asking.selector in {"CS", "RO"}:
        return Cells.NUMBER
    return _CELLS.get(asking.sub_selector, Cells.SINGLE)


def _points(asking: Asking) -> dict[str, float]:
    return next(iter(points_of(asking.payload).values()), {})


def _in_rows(asking: Asking, rows: tuple[Option, ...]) -> dict[str, Any]:
    fixed = fixed_ids(asking.payload) if asking.order == "random" else frozenset()
    return {**asking.asked(), "rows": rows_of(rows, asking.reader, asking.source_id, fixed), "order": asking.order}


def _ends(asking: Asking) -> tuple[float, float]:
    from_file = asking.configuration
    if asking.selector == "STAR":
        return 0, max(1.0, _number(from_file, "StarCount", 5))
    lowest, highest = _number(from_file, "CSSliderMin", 0), _number(from_file, "CSSliderMax", 100)
    return (lowest, highest) if highest > lowest else (0, 100)


def _step(asking: Asking, lowest: float, highest: float) -> float:
    lines = _number(asking.configuration, "GridLines", 0)
    if yes(asking.configuration.get("SnapToGrid")) and 1 <= lines <= 1000:
        return max((highest - lowest) / lines, 0.000001)
    decimals = int(_number(asking.configuration, "NumDecimals", 0))
    return float(10 ** -min(max(decimals, 0), 6))


def _number(fields: Group, name: str, otherwise: float) -> float:
    value = fields.get(name)
    try:
        found = float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else otherwise
    except (ValueError, OverflowError):
        return otherwise
    return found if abs(found) < 1e9 else otherwise


def _group_id(key: str) -> str:
    plain = "".join(one for one in key.lower() if one.isascii() and one.isalnum())[:20]
    return f"g{plain}"


def _with_translations(asking: Asking, key: str, payload: Group) -> Group:
    told = {
        language: inner
        for language, said in translations_of(asking.payload)
        if (inner := group(group(said.get("AdditionalQuestions")).get(key)))
    }
    return {**payload, "Language": told} if told else payload


def _nothing(asking: Asking) -> Built:
    asking.dropped("NO_ROWS", asking.type, "It has no rows to ask about. Add the question by hand.")
    return Built(NotAsked(**asking.shared(), was=asking.type))
