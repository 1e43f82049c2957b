"""Both layouts of LimeSurvey's file as one: texts in rows that come once a language, or beside rows that come once. PURE."""

from collections.abc import Iterable, Mapping

from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.lss.document import Document, Row
from voc.surveys.formats.lss.source import Group, Item, Option, Raw, Source


def source_of(document: Document) -> Source:
    """The survey of a document. Raises NotImportable where there is no question in it."""
    settings = next(iter(document.rows("surveys")), {})
    languages = _languages(document, settings)
    words = {row.get("surveyls_language", ""): row for row in document.rows("surveys_languagesettings")}
    groups = _groups(document, languages)
    items = _items(document, languages)
    if not items:
        raise NotImportable("NO_QUESTIONS", "There is no question in this file.")
    known = {group.id for group in groups}
    for item in items:
        if item.group not in known:
            known.add(item.group)
            groups = (*groups, Group(item.group, {}, {}, "", ""))
    return Source(settings, languages, words, groups, items, document)


def _languages(document: Document, settings: Row) -> tuple[str, ...]:
    base = settings.get("language", "").strip()
    wanted = [*([base] if base else []), *settings.get("additional_languages", "").split()]
    return tuple(dict.fromkeys(wanted)) or tuple(dict.fromkeys(document.languages)) or ("en",)


def _number(row: Row, name: str) -> float:
    try:
        return float(row.get(name) or 0)
    except ValueError:
        return 0.0


def _in_order(rows: Iterable[Row], name: str) -> list[Row]:
    return sorted(rows, key=lambda row: _number(row, name))


def _merged(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    """Rows that are one thing in several languages, by its id."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.get(key, "").strip(), []).append(row)
    return found


class _Words:
    """The texts of one section of the new layout, or of the rows themselves in the old."""

    def __init__(self, document: Document, section: str, key: str, base: str) -> None:
        self._by_id = _merged(document.rows(section), key)
        self._base = base

    def of(self, own_id: str, rows: list[Row], name: str) -> dict[str, str]:
        """A text by language."""
        found = {row.get("language", "") or self._base: row[name] for row in rows if row.get(name)}
        return {**found, **{row.get("language", "") or self._base: row.get(name, "") for row in self._by_id.get(own_id, ())}}


def _groups(document: Document, languages: tuple[str, ...]) -> tuple[Group, ...]:
    words = _Words(document, "group_l10ns", "gid", languages[0])
    merged = _merged(_in_order(document.rows("groups"), "group_order"), "gid")
    return tuple(
        Group(
            own_id,
            words.of(own_id, rows, "group_name"),
            words.of(own_id, rows, "description"),
            rows[0].get("grelevance", ""),
            rows[0].get("randomization_group", ""),
        )
        for own_id, rows in merged.items()
    )


def _items(document: Document, languages: tuple[str, ...]) -> tuple[Item, ...]:
    rows = _in_order((*document.rows("questions"), *document.rows("subquestions")), "question_order")
    words = _Words(document, "question_l10ns", "qid", languages[0])
    above = {own_id: found for own_id, found in _merged(rows, "qid").items() if found[0].get("parent_qid", "").strip() in {"", "0"}}
    below = _merged([row for row in rows if row.get("parent_qid", "").strip() not in {"", "0"}], "parent_qid")
    answers = _merged(_in_order(document.rows("answers"), "sortorder"), "qid")
    texts = _Words(document, "answer_l10ns", "aid", languages[0])
    attributes = _attributes(document)
    order = {group: at for at, group in enumerate(_merged(_in_order(document.rows("groups"), "group_order"), "gid"))}
    items = [
        _item(
            own_id, found, words, attributes.get(own_id, {}), _subs(below.get(own_id, []), words), _answers(answers.get(own_id, []), texts)
        )
        for own_id, found in above.items()
    ]
    return tuple(sorted(items, key=lambda item: order.get(item.group, len(order))))


def _item(
    own_id: str, rows: list[Row], words: _Words, attributes: Mapping[str, Raw], subs: tuple[Option, ...], answers: tuple[Option, ...]
) -> Item:
    first = rows[0]
    return Item(
        id=own_id,
        group=first.get("gid", "").strip(),
        type=first.get("type", "").strip() or "T",
        code=first.get("title", "").strip(),
        mandatory=first.get("mandatory", "").strip().upper(),
        other=first.get("other", "").strip().upper() == "Y",
        relevance=first.get("relevance", ""),
        pattern=first.get("preg", ""),
        texts=words.of(own_id, rows, "question"),
        helps=words.of(own_id, rows, "help"),
        scripts=words.of(own_id, rows, "script"),
        attributes=attributes,
        subs=subs,
        answers=answers,
    )


def _subs(rows: list[Row], words: _Words) -> tuple[Option, ...]:
    return tuple(
        Option(
            own_id,
            found[0].get("title", ""),
            found[0].get("scale_id", "") or "0",
            words.of(own_id, found, "question"),
            relevance=found[0].get("relevance", ""),
        )
        for own_id, found in _merged(rows, "qid").items()
    )


def _answers(rows: list[Row], words: _Words) -> tuple[Option, ...]:
    merged: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        own = row.get("aid", "") or row.get("code", "")
        merged.setdefault((own, row.get("scale_id", "") or "0"), []).append(row)
    return tuple(
        Option(own, found[0].get("code", ""), scale, words.of(own, found, "answer"), points=found[0].get("assessment_value", ""))
        for (own, scale), found in merged.items()
    )


def _attributes(document: Document) -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in document.rows("question_attributes"):
        values = found.setdefault(row.get("qid", "").strip(), {}).setdefault(row.get("attribute", "").strip(), {})
        values[row.get("language", "").strip()] = row.get("value", "")
    return found
