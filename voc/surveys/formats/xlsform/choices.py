"""The choices of a select, with their pictures, and who is offered which. PURE."""

from dataclasses import replace

from voc.surveys.formats.filled_in import in_languages
from voc.surveys.formats.logic.parts import asked_with_parts
from voc.surveys.formats.logic.tree import Unsayable
from voc.surveys.formats.naming import codes
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.wording import Wording, shown_address
from voc.surveys.formats.xlsform.form import Entry, Form
from voc.surveys.formats.xlsform.table import Line
from voc.surveys.formats.xlsform.xpath import Answers
from voc.surveys.questions import OTHER, Choice, Choosing, Question

_OTHER = {"en": "Other", "nl": "Anders", "de": "Sonstiges", "fr": "Autre", "es": "Otro", "ar": "أخرى"}
_ADDRESSES = ("http://", "https://")


def choices_of(entry: Entry, form: Form, wording: Wording, notes: Notes) -> tuple[Choice, ...]:
    """The choices in order; a list that is not there gives one choice that stands in, with a note."""
    lines = lines_of(entry, form)
    if not lines:
        what = entry.type.choices or entry.line.get("type")
        notes.changed(entry.id, "CHOICE_ADDED", what, "This list is not in the file, so one choice stands in. Write the answers.")
        found = [Choice(code="1")]
    else:
        found = [_choice(line, code, entry, wording, notes) for line, code in zip(lines, _codes(lines, entry, notes), strict=True)]
    if entry.type.has_other and all(one.code != OTHER for one in found):
        found.append(Choice(code=OTHER, text=in_languages(_OTHER, wording.languages), own_words=True, fixed=True))
    return tuple(found)


def lines_of(entry: Entry, form: Form) -> tuple[Line, ...]:
    """The rows of the list that a select chooses from."""
    lists = form.external if entry.type.name == "select_one_external" else form.lists
    return lists.get(entry.type.choices) or form.lists.get(entry.type.choices) or ()


def filtered(question: Question, entry: Entry, form: Form, answers: Answers, notes: Notes) -> Question:
    """The question with its choices offered as its filter says."""
    written = entry.line.get("choice_filter")
    if not written or not isinstance(question, Choosing):
        return question
    made = []
    try:
        for choice, line in zip(question.choices, lines_of(entry, form), strict=False):
            said = answers.condition(written, entry.name, {**dict.fromkeys(_columns(form), ""), **line.cells}).yes
            made.append(choice if said == "true" else replace(choice, show_if=said))
    except Unsayable as fault:
        why = f"This filter could not be said here ({fault}), so all choices are offered. Write conditions by hand."
        notes.dropped(entry.id, "FILTER_DROPPED", f"choice_filter: {written}", why)
        return question
    choices = (*made, *question.choices[len(made) :])
    return replace(question, choices=choices, show_if=asked_with_parts(question.show_if, choices))


def _columns(form: Form) -> set[str]:
    return {name for lines in (*form.lists.values(), *form.external.values()) for line in lines[:1] for name in line.cells}


def _codes(lines: tuple[Line, ...], entry: Entry, notes: Notes) -> list[str]:
    written = [line.get("name") for line in lines]
    found = codes(written)
    for theirs, ours in zip(written, found, strict=True):
        if theirs != ours:
            notes.changed(entry.id, "CODE_CHANGED", f"{theirs} → {ours}", "Codes are not empty and used once, so this one changed.")
    return found


def _choice(line: Line, code: str, entry: Entry, wording: Wording, notes: Notes) -> Choice:
    images = [address for address in line.texts("image").values() if address]
    image = next((address for address in images if address.startswith(_ADDRESSES)), "")
    for medium in ("image", "audio", "video"):
        for address in line.texts(medium).values():
            if address != image:
                notes.dropped(
                    entry.id,
                    "MEDIA_DROPPED",
                    f"{code}: {shown_address(address)}",
                    "The file is not here. Put it on the web and give its address.",
                )
    return Choice(code=code, text=wording.texts(line.texts("label"), entry.id, 5000), image=image.replace(" ", "%20"))
