"""The expressions of a survey said in our conditions: what a question, a choice or a page is shown for. PURE."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from voc.surveys.formats.logic.saying import LookUp
from voc.surveys.formats.logic.terms import Condition, both
from voc.surveys.formats.logic.tree import Call, Literal, Name, Node, Operation, Unsayable
from voc.surveys.formats.surveyjs.expressions import condition
from voc.surveys.formats.surveyjs.known import Known
from voc.surveys.formats.surveyjs.parsing import names_in, read
from voc.surveys.formats.surveyjs.placing import Placed
from voc.surveys.formats.values import Raw, first_of, maps_in, text_in
from voc.surveys.questions import Choice, Choosing, MultipleChoice, Question, Ranking, Row, SingleChoice
from voc.surveys.questions.rows import InRows

NEVER = "false"
_OPERATORS = {
    **{"equal": "==", "notequal": "!=", "greater": ">", "less": "<", "greaterorequal": ">=", "lessorequal": "<="},
    **{"=": "==", "<>": "!=", "!=": "!=", ">": ">", "<": "<", ">=": ">=", "<=": "<="},
}


class Conditions:
    """Says expressions in CEL; what cannot be said is left out and reported."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._notes = known.setting.notes

    def of(self, texts: Iterable[str], source_id: str, scope: str = "", item: str | None = None) -> list[Condition]:
        """Each expression that can be said."""
        look_up = self._known.look_up(scope, item)
        found = (self._said(text, source_id, partial(_read, text, look_up)) for text in texts if text)
        return [one for one in found if one is not None]

    def shown(self, placed: Placed, more: Sequence[Condition] = ()) -> Placed:
        """The question with its own condition and those of its choices and rows."""
        source_id = placed.question.source_id
        found = self.of(placed.conditions, source_id, placed.scope)
        if placed.never and not more:
            why = "The file never shows it by itself; nor do we. Take the condition `false` away to ask it."
            self._notes.changed(source_id, "NEVER_SHOWN", "visible: false", why)
            found = [Condition(NEVER, "true"), *found]
        yes = both([*found, *more]).yes
        question = replace(placed.question, show_if="" if yes == "true" else yes)
        return replace(placed, question=self._parts(question, placed))

    def trigger(self, raw: Raw) -> Condition | None:
        """When a trigger fires; None, where that cannot be said."""
        what = text_in(raw.get("expression")) or f"{raw.get('name')} {raw.get('operator')} {raw.get('value')}"
        name = text_in(first_of(raw, "name", "gotoName", "setToName")) or text_in(raw.get("type"))
        look_up = self._known.look_up()
        return self._said(what, name, lambda: condition(_tree_of(raw), look_up))

    def _parts(self, question: Question, placed: Placed) -> Question:
        if isinstance(question, Choosing):
            say = partial(self._part, placed, texts=("choicesVisibleIf", "choicesEnableIf"), items=_items(placed.raw, "choices"))
            choices = tuple(replace(choice, show_if=say(choice)) for choice in question.choices)
            return replace(question, choices=choices)
        if isinstance(question, InRows):
            say = partial(self._part, placed, texts=("rowsVisibleIf", "rowsEnableIf"), items=_items(placed.raw, "rows"))
            return replace(question, rows=tuple(replace(row, show_if=say(row)) for row in question.rows))
        return question

    def _part(self, placed: Placed, part: Choice | Row, *, texts: tuple[str, ...], items: dict[str, Raw]) -> str:
        own = items.get(part.code, {})
        every = () if part.fixed else tuple(text_in(placed.raw.get(key)) for key in texts)
        said = (*every, text_in(own.get("visibleIf")), text_in(own.get("enableIf")))
        yes = both(self.of(said, placed.question.source_id, placed.scope, part.code)).yes
        return "" if yes == "true" else yes

    def _said(self, text: str, source_id: str, say: Callable[[], Condition]) -> Condition | None:
        try:
            return say()
        except (Unsayable, RecursionError, ValueError) as fault:
            why = f"This condition has no counterpart ({fault}). Without it, it is always so. Write the condition anew."
            self._notes.dropped(source_id, "CONDITION_DROPPED", text, why)
            return None


def _read(text: str, look_up: LookUp) -> Condition:
    return condition(read(text), look_up)


def trigger_names(raw: Raw) -> set[str]:
    """The questions whose answers a trigger reads."""
    try:
        return names_in(_tree_of(raw))
    except Unsayable:
        return set()


def carried_choices(placed: Sequence[Placed], known: Known) -> list[Placed]:
    """Questions that offer what another one offers, or what was chosen there, with those choices."""
    by_name = {name: one for one in placed for name in one.names}
    found = []
    for one in placed:
        source = by_name.get(text_in(one.raw.get("choicesFromQuestion")))
        if source is None or not isinstance(source.question, Choosing) or not text_in(one.raw.get("choicesFromQuestion")):
            found.append(one)
            continue
        found.append(replace(one, question=_carried(one, source.question, known)))
    return found


def _carried(one: Placed, source: Choosing, known: Known) -> Question:
    mode = text_in(one.raw.get("choicesFromQuestionMode")).lower()
    question = one.question if isinstance(one.question, Choosing) else None
    shared = {name: getattr(one.question, name) for name in ("id", "code", "source_id", "text", "help", "links")}
    own = question.choices if question else ()
    look_up = known.look_up(one.scope)
    choices = []
    for choice in source.choices:
        shown = ""
        if mode in ("selected", "unselected"):
            met = condition(Call("contains", (Name(text_in(one.raw["choicesFromQuestion"])), Literal(choice.code))), look_up)
            shown = met.yes if mode == "selected" else met.no
        choices.append(replace(choice, show_if=shown))
    taken = {choice.code for choice in own}
    every = (*(choice for choice in choices if choice.code not in taken), *own)
    if question:
        return replace(question, choices=every)
    return _kind_of(one)(choices=every, **shared)


def _kind_of(one: Placed) -> Callable[..., Question]:
    kind = text_in(one.raw.get("type")).lower()
    return Ranking if kind == "ranking" else MultipleChoice if kind in ("checkbox", "tagbox") else SingleChoice


def _items(raw: Raw, key: str) -> dict[str, Raw]:
    return {text_in(first_of(item, "value", "name")): item for item in maps_in(raw.get(key))}


def _tree_of(raw: Raw) -> Node:
    written = text_in(raw.get("expression"))
    if written:
        return read(written)
    name, operator = text_in(raw.get("name")), text_in(raw.get("operator")).lower() or "equal"
    if not name:
        raise Unsayable("it names no question")
    if operator in ("empty", "notempty"):
        return Call(operator, (Name(name),))
    value = raw.get("value")
    wanted: Node = Call("list", tuple(Literal(text_in(one)) for one in value)) if isinstance(value, list) else Literal(text_in(value))
    if operator in _OPERATORS:
        return Operation(_OPERATORS[operator], (Name(name), wanted))
    return Call(operator, (Name(name), wanted))
