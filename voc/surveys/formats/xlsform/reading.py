"""An XLSForm, from bytes to a questionnaire with its report. PURE."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from voc.surveys.formats.filled_in import default_end_page, default_invitation
from voc.surveys.formats.imported import Imported, NotImportable
from voc.surveys.formats.languages import language_codes
from voc.surveys.formats.logic.terms import Answer
from voc.surveys.formats.logic.tree import Unsayable
from voc.surveys.formats.mended import mended
from voc.surveys.formats.naming import Names, places, slug
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.wording import Wording, harmless, missing_anywhere, with_texts
from voc.surveys.formats.xlsform.choices import filtered
from voc.surveys.formats.xlsform.form import Entry, Form, form_of
from voc.surveys.formats.xlsform.kinds import Maker
from voc.surveys.formats.xlsform.left_over import note_what_is_left
from voc.surveys.formats.xlsform.limits import limited
from voc.surveys.formats.xlsform.pages import Deciding, note_repeats, pages_of
from voc.surveys.formats.xlsform.workbook import MOST_ROWS, read_workbook
from voc.surveys.formats.xlsform.xpath import Answers
from voc.surveys.questionnaire import Origin, Questionnaire, texts_of
from voc.surveys.questions import NotAsked, Question
from voc.surveys.texts import Texts

_PIPE = re.compile(r"\$\{\s*([^{}\n]+?)\s*\}")
_WITHOUT_LANGUAGE = "en"


def read_xlsform(data: bytes, name: str = "") -> Imported:
    """The questionnaire in an XLSForm (.xlsx, .xls or .csv), and all that did not come along as it was.

    `name` is that of the file, for a form that has no title. Refuses with NotImportable what is no workbook, no form, unsafe or without
    a question, and the lock files that office programs leave behind. A form that names no language is taken for English.
    """
    if PurePath(name).name.startswith("~$"):
        raise NotImportable("LOCK_FILE", "This is the lock file of a workbook that is open somewhere. Send the workbook itself.")
    notes = Notes()
    sheets = read_workbook(data)
    for sheet, rows in sheets.items():
        if len(rows) >= MOST_ROWS:
            notes.dropped(sheet, "ROWS_DROPPED", sheet, f"Only the first {MOST_ROWS} rows that hold something were read.")
    form = form_of(sheets, notes)
    wording = Wording(_languages(form), notes)
    pairs = _questions(form, wording, notes)
    answers = Answers((entry.name, question) for entry, question in pairs)
    filler = _Filler(answers, [question for _, question in pairs], notes)
    filled = [
        (entry, filler.piped(filtered(question, entry, form, answers, notes), place)) for place, (entry, question) in enumerate(pairs)
    ]
    note_repeats(filled, notes)
    order = {question.id: place for place, (_, question) in enumerate(pairs)}
    pages = tuple(
        replace(page, title=with_texts(page.title, fill), text=with_texts(page.text, fill))
        for page in pages_of(filled, Deciding(answers, notes), wording, notes)
        for fill in (filler.at(f"page {page.id}", order[page.questions[0].id]),)
    )
    title = _title(form, name)
    questionnaire = Questionnaire(
        key=slug(title, "form").replace("_", "-")[:63].strip("-"),
        name=Texts({wording.languages[0]: title}),
        languages=wording.languages,
        pages=pages,
        end_pages=(default_end_page(wording.languages),),
        invitation=default_invitation(wording.languages),
        origin=Origin(format="xlsform", id=form.settings.get("form_id")[:200], languages=tuple(one[:100] for one in form.languages)),
    )
    if missing_anywhere((texts for path, texts in texts_of(questionnaire) if path != "name"), wording.languages):
        questionnaire = replace(questionnaire, fallback=wording.languages[:1])
    return mended(questionnaire, notes.report({entry.id: question.id for entry, question in pairs}, {}))


def _languages(form: Form) -> dict[str, str]:
    codes = language_codes(form.languages)
    if form.base not in codes or form.base == "default":
        free = _WITHOUT_LANGUAGE if _WITHOUT_LANGUAGE not in codes.values() else codes.get(form.base, "und")
        codes = {form.base: free, **{name: code for name, code in codes.items() if name != form.base}}
    return codes


def _questions(form: Form, wording: Wording, notes: Notes) -> list[tuple[Entry, Question]]:
    maker, names = Maker(form, wording, notes), Names()
    pairs = []
    for entry in form.entries:
        question = limited(maker.question(entry), entry, notes)
        pairs.append((entry, names.question(question, entry.name)))
    note_what_is_left(form, notes)
    return pairs


def _title(form: Form, name: str) -> str:
    stem = PurePath(name.replace("\\", "/")).stem
    found = form.settings.get("form_title") or form.settings.get("form_id") or stem or "XLSForm"
    return harmless(" ".join("".join(one for one in found if one.isprintable()).split())[:300].strip()) or "XLSForm"


class _Filler:
    """Writes texts anew with placeholders of ours; what cannot be filled in stays, and is reported."""

    def __init__(self, answers: Answers, asked: list[Question], notes: Notes) -> None:
        self._answers = answers
        self._places = places(asked)
        self._notes = notes

    def piped(self, question: Question, place: int) -> Question:
        """The question with its texts written anew."""
        if isinstance(question, NotAsked):
            return question
        made: Question = with_texts(question, self.at(question.source_id, place))
        return made

    def at(self, source_id: str, place: int) -> Callable[[str], str]:
        """What writes a text that stands at this place."""
        return lambda text: _PIPE.sub(lambda match: self._placeholder(match[0], source_id, place), harmless(text))

    def _placeholder(self, written: str, source_id: str, place: int) -> str:
        try:
            term = self._answers.term(written)
        except Unsayable:
            term = None
        if isinstance(term, Answer) and self._places.get(term.name, place) < place:
            return f"{{answers.{term.name}|…}}"
        self._notes.changed(source_id, "PIPED_TEXT_KEPT", written, "Nobody can fill this in here. Put other words in its place.")
        return written
