"""Who is asked what: relevance, the conditions table and array filters as conditions of ours; what cannot be said is reported. PURE."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from voc.surveys.formats.logic.comparing import compared
from voc.surveys.formats.logic.parts import asked_with_parts
from voc.surveys.formats.logic.saying import matching
from voc.surveys.formats.logic.terms import Condition, Constant, Term, both, either, given, negated
from voc.surveys.formats.logic.tree import Unsayable
from voc.surveys.formats.lss.answers import Answers, tables
from voc.surveys.formats.lss.document import Row
from voc.surveys.formats.lss.source import Item
from voc.surveys.formats.notes import Notes
from voc.surveys.questions import Choice, Hidden, InRows, MultipleChoice, NotAsked, Question
from voc.surveys.questions import Row as TableRow

Part = TypeVar("Part", Choice, TableRow)
_LEFT_OUT = "This condition could not be said here ({}), so it was left out. Write it by hand."


class Deciding:
    """Gives questions their conditions."""

    def __init__(self, pairs: list[tuple[Item, Question]], answers: Answers, conditions: Iterable[Row], notes: Notes) -> None:
        self._by_code = {item.code: (item, question) for item, question in reversed(pairs)}
        self._answers = answers
        self._notes = notes
        self._conditions: dict[str, list[Row]] = {}
        for row in conditions:
            self._conditions.setdefault(row.get("qid", "").strip(), []).append(row)

    def relevance(self, text: str, source_id: str, own: str = "") -> str:
        """A relevance expression in CEL; "" where it always holds or cannot be said."""
        if text.strip() in {"", "1"}:
            return ""
        try:
            found = self._said(text, source_id, own)
        except Unsayable as fault:
            self._notes.dropped(source_id, "CONDITION_DROPPED", text, _LEFT_OUT.format(fault))
            return ""
        return "" if found == "true" else found

    def _said(self, text: str, source_id: str, own: str) -> str:
        found = self._answers.condition(text, own).yes
        for name, taken in self._answers.nearly.items():
            if name in text:
                why = f"No question is called so; `{taken}` is, but for its underscores, and was taken. Look whether that is meant."
                self._notes.changed(source_id, "NAME_TAKEN", name, why)
        return found

    def decided(self, item: Item, question: Question) -> Question:
        """The question with its own condition, and with those of its rows and choices."""
        question = replace(question, show_if=self._own(item))
        if item.is_set("hidden") and not isinstance(question, Hidden | NotAsked):
            self._notes.changed(item.id, "HIDDEN", item.code, "It was never shown, and is not here: its condition is never met.")
            question = replace(question, show_if="false")
        filters = [self._filter(item, name) for name in ("array_filter", "array_filter_exclude")]
        relevances = {one.code.strip(): self.relevance(one.relevance, item.id, item.code) for one in item.rows()}
        if isinstance(question, MultipleChoice):
            choices = tuple(self._part(one, filters, relevances) for one in question.choices)
            return replace(question, choices=choices, show_if=asked_with_parts(question.show_if, choices))
        if isinstance(question, InRows):
            rows = tuple(self._part(one, filters, relevances) for one in question.rows)
            return replace(question, rows=rows, show_if=asked_with_parts(question.show_if, rows))
        if any(relevances.values()) or any(filters):
            self._notes.dropped(item.id, "CONDITION_DROPPED", item.code, _LEFT_OUT.format("it is about a part of the question"))
        return question

    def _own(self, item: Item) -> str:
        rows = self._conditions.get(item.id, [])
        if item.relevance.strip() not in {"", "1"}:
            before = len(rows)
            try:
                found = self._said(item.relevance, item.id, item.code)
                return "" if found == "true" else found
            except Unsayable as fault:
                if not before:
                    self._notes.dropped(item.id, "CONDITION_DROPPED", item.relevance, _LEFT_OUT.format(fault))
                    return ""
        return self._from_table(item, rows)

    def _from_table(self, item: Item, rows: list[Row]) -> str:
        """Scenarios are alternatives; inside one, several values of one answer are alternatives and different answers go together."""
        scenarios: dict[str, dict[tuple[str, bool], list[Condition]]] = {}
        for row in rows:
            field, method = row.get("cfieldname", "").strip(), row.get("method", "").strip()
            try:
                found = self._row(field, method, row.get("value", ""))
            except Unsayable as fault:
                shown = f"{field} {method} {row.get('value', '')}"
                self._notes.dropped(item.id, "CONDITION_DROPPED", shown, _LEFT_OUT.format(fault))
                continue
            answers = scenarios.setdefault(row.get("scenario", "1"), {})
            answers.setdefault((row.get("cqid", "") or field, method == "=="), []).append(found)
        ways = [both(either(found) if is_same else both(found) for (_, is_same), found in one.items()) for one in scenarios.values()]
        said = either(ways).yes if ways else ""
        return "" if said == "true" else said

    def _row(self, field: str, method: str, value: str) -> Condition:
        term = self._answers.term(field.removeprefix("+"))
        if method.upper() == "RX":
            return matching(Constant(value), term)
        if value.startswith("@") and value.endswith("@"):
            return compared(method, term, self._answers.term(value.strip("@")))
        if method not in {"==", "!=", "<", "<=", ">", ">="}:
            raise Unsayable(f"`{method[:10]}` is no comparison")
        whole = self._member(field, value)
        if whole is not None and method in {"==", "!="}:
            return given(whole) if method == "==" else negated(given(whole))
        return compared(method, term, Constant(value.strip()))

    def _member(self, field: str, value: str) -> Term | None:
        """One answer of a multiple choice that is named by its code."""
        try:
            return self._answers.term(f"{field}{value}") if value.strip() else None
        except Unsayable:
            return None

    def _filter(self, item: Item, name: str) -> tuple[list[Mapping[str, Term]], bool] | None:
        codes = [code.strip() for code in item.setting(name).split(";") if code.strip()]
        known = [tables(self._by_code[code][1]) for code in codes if code in self._by_code]
        if len(known) < len(codes):
            missing = ", ".join(code for code in codes if code not in self._by_code)
            self._notes.dropped(
                item.id, "FILTER_DROPPED", f"{name}={missing}", "There is no question with this code. Write the condition by hand."
            )
        return (known, name.endswith("exclude")) if known else None

    def _part(self, part: Part, filters: list[tuple[list[Mapping[str, Term]], bool] | None], relevances: Mapping[str, str]) -> Part:
        """A row or choice with what its own relevance and the filters ask for."""
        wanted = [Condition(own, f"!({own})")] if (own := relevances.get(part.code, "")) else []
        for one in filters:
            if one is not None:
                known, is_excluding = one
                wanted += [negated(found) if is_excluding else found for table in known if (found := self._answered(table, part.code))]
        said = both(wanted).yes if wanted else ""
        return replace(part, show_if=said) if said else part

    def _answered(self, table: Mapping[str, Term], code: str) -> Condition | None:
        term = table.get(code) or table.get("other" if code == "-oth-" else code)
        return given(term) if term is not None else None
