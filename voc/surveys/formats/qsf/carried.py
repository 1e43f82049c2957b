"""Choices that a question takes over from another one ("carry forward"). PURE."""

from voc.surveys.formats.qsf.loose import Group, group, items, text, word
from voc.surveys.formats.qsf.names import located
from voc.surveys.formats.qsf.options import as_option
from voc.surveys.formats.qsf.report import Notes
from voc.surveys.formats.qsf.texts import translations_of

_WHEN = {"SelectedChoices": "Selected", "UnselectedChoices": "NotSelected", "DisplayedChoices": "Displayed"}
_ALL = {"AllChoices", "Choices", "DisplayedChoices"}


def with_carried(source_id: str, payload: Group, earlier: dict[str, Group], notes: Notes) -> Group:
    """The question with the choices of the other one written out, each under the condition that it was chosen there."""
    asked_for = payload.get("DynamicChoices")
    if payload.get("DynamicAnswers"):
        notes.dropped(source_id, "CARRY_DROPPED", "columns of another question", "Only rows and choices are taken over. Write them in.")
    if not isinstance(asked_for, dict) or not asked_for:
        return payload
    locator = located(text(asked_for.get("Locator")))
    source = earlier.get(locator.id) if locator else None
    if locator is None or source is None:
        why = "The question that it takes its choices from is not asked before it. Write them in."
        notes.dropped(source_id, "CARRY_DROPPED", text(asked_for.get("Locator")), why)
        return payload
    which = locator.parts[-1].partition("?")[0] if locator.parts else ""
    operator = _WHEN.get(which)
    if operator is None and which not in _ALL:
        notes.simplified(source_id, "CARRY_SIMPLIFIED", which, "All of the other question's choices are offered here.")
    else:
        notes.changed(source_id, "CARRIED", which, "The choices of the other question stand here in full, each under its condition.")
    return _joined(payload, source, locator.id, operator)


def _joined(payload: Group, source: Group, source_question: str, operator: str | None) -> Group:
    own, theirs = group(payload.get("Choices")), group(source.get("Choices"))
    ids = [one for one in (word(each) for each in items(source.get("ChoiceOrder"))) if one in theirs]
    carried = {}
    for one in [*ids, *(each for each in theirs if each not in ids)]:
        carried[f"x{one}"] = {**as_option(theirs[one]), **_condition(source_question, one, operator)}
    order = [word(one) for one in items(payload.get("ChoiceOrder"))]
    told = {**dict(translations_of(payload))}
    for language, said in translations_of(source):
        mine = group(told.get(language))
        given = {f"x{one}": item for one, item in group(said.get("Choices")).items()}
        told[language] = {**mine, "Choices": {**given, **group(mine.get("Choices"))}}
    # What the file says of a choice that was taken over goes before what the other question says.
    merged = {**carried, **{key: ({**carried.get(key, {}), **item} if isinstance(item, dict) else item) for key, item in own.items()}}
    order = [*(one for one in order if one in merged), *(one for one in carried if one not in order)]
    return {**payload, "Choices": merged, "ChoiceOrder": order, "Language": told}


def _condition(question: str, choice: str, operator: str | None) -> Group:
    if operator is None:
        return {}
    left = f"q://{question}/{'ChoiceDisplayed' if operator == 'Displayed' else 'SelectableChoice'}/{choice}"
    one = {"LogicType": "Question", "LeftOperand": left, "Operator": operator, "Description": f"{choice} {operator}"}
    return {"DisplayLogic": {"0": {"0": one, "Type": "If"}, "Type": "BooleanExpression"}}
