"""The pages of a survey, with their questions, conditions, jumps and ends. PURE."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.keys import words_apart
from voc.surveys.formats.logic.terms import Condition, both, either, negated
from voc.surveys.formats.surveyjs.conditions import Conditions, carried_choices, trigger_names
from voc.surveys.formats.surveyjs.known import Known
from voc.surveys.formats.surveyjs.members import report_members
from voc.surveys.formats.surveyjs.placing import Around, Placed, elements_of, placed_in
from voc.surveys.formats.surveyjs.repeated import is_counted, length_expression
from voc.surveys.formats.surveyjs.setting import Setting
from voc.surveys.formats.values import Raw, items_in, maps_in, text_in
from voc.surveys.formats.wording import harmless, with_texts
from voc.surveys.questionnaire import Page, Questionnaire
from voc.surveys.questions import Order

_PIPED = re.compile(r"\{([^{}|]{1,200})\}")
_ONE_PAGE = {"singlepage": "all on one page", "questionperpage": "one question a page", "inputperpage": "one field a page"}


@dataclass(frozen=True, slots=True)
class Read:
    """The pages, and what is needed for the rest of the survey."""

    pages: tuple[Page, ...]
    conditions: Conditions
    known: Known
    scopes: dict[str, str]

    def with_answers_in_texts(self, questionnaire: Questionnaire) -> Questionnaire:
        """The questionnaire with `{name}` in its texts as answers; what is not known any more stands in square brackets."""
        pages = tuple(self._page(page) for page in questionnaire.pages)
        rest = {name: with_texts(getattr(questionnaire, name), self._rewrite("")) for name in ("name", "intro", "end_pages")}
        outside = tuple(self.known.outside.values())
        if outside and pages[0].show_if:
            pages = (Page(id=self.known.setting.names.page("facts"), questions=outside), *pages)
        elif outside:
            pages = (replace(pages[0], questions=(*outside, *pages[0].questions)), *pages[1:])
        return replace(questionnaire, pages=pages, **rest)

    def _page(self, page: Page) -> Page:
        questions = tuple(with_texts(question, self._rewrite(self.scopes.get(question.id, ""))) for question in page.questions)
        title, text = (with_texts(said, self._rewrite("")) for said in (page.title, page.text))
        return replace(page, questions=questions, title=title, text=text)

    def _rewrite(self, scope: str) -> Callable[[str], str]:
        def rewritten(text: str) -> str:
            return _PIPED.sub(lambda match: self._answer(match, scope), text) if "{" in text else text

        return rewritten

    def _answer(self, match: re.Match[str], scope: str) -> str:
        name = self.known.answer_name(match[1].strip(), scope)
        return f"{{answers.{name}|…}}" if name else harmless(match[0])


def read_pages(raw: Raw, setting: Setting) -> Read:
    """Every page with something on it."""
    written = maps_in(raw.get("pages"))
    loose = elements_of(raw)
    if loose:
        written = [*written, {"name": "", "elements": loose, "questionsOrder": raw.get("questionsOrder")}]
    mode = _ONE_PAGE.get(text_in(raw.get("questionsOnPageMode")).lower())
    if mode:
        setting.notes.simplified("survey", "PAGES_KEPT", mode, "The questions stand on the pages of the file.")
    placed = [list(_placed(page, setting)) for page in written]
    if not any(placed):
        raise NotImportable("NO_QUESTIONS", "There is no question in this survey. Save it again with its pages.")
    reckoned = {text_in(one.get("name")): text_in(one.get("expression")) for one in maps_in(raw.get("calculatedValues"))}
    known = Known(setting, _reckoned(reckoned, placed, setting))
    placed = _carried(placed, setting)
    for one in (one for page in placed for one in page):
        known.add(one.names, one.question, (text_in(one.raw.get("valueTrue")) or "true", text_in(one.raw.get("valueFalse")) or "false"))
    conditions = Conditions(known)
    triggers = _Triggers(raw, conditions, placed, setting)
    pages = [
        _page(number, page, questions, conditions, triggers, raw, setting)
        for number, (page, questions) in enumerate(zip(written, placed, strict=True))
        if questions
    ]
    scopes = {one.question.id: one.scope for page in placed for one in page}
    return Read(tuple(pages), conditions, known, scopes)


def _placed(page: Raw, setting: Setting) -> list[Placed]:
    name = text_in(page.get("name"))
    report_members(page, "page", name, setting)
    found = list(placed_in(page, setting, Around()))
    if not found:
        setting.notes.dropped(name, "PAGE_EMPTY", name, "There is nothing on this page, so it was left out.")
    return found


def _reckoned(values: dict[str, str], placed: Sequence[Sequence[Placed]], setting: Setting) -> dict[str, str]:
    for name, expression in values.items():
        why = "Nothing is reckoned here while customers answer. Conditions that read it hold the expression itself now."
        setting.notes.dropped(name, "CALCULATION_DROPPED", expression, why)
    asked = {
        name: text_in(one.raw.get("expression"))
        for page in placed
        for one in page
        for name in one.names
        if one.question.kind == "not_asked"
    }
    counted = {
        name: length_expression(name)
        for page in placed
        for one in page
        if is_counted(one.raw, one.question)
        for name in (length.removesuffix(".length") for length in one.names)
    }
    return {name: text for name, text in {**counted, **asked, **values}.items() if name and text}


def _carried(placed: list[list[Placed]], setting: Setting) -> list[list[Placed]]:
    flat = [one for page in placed for one in page]
    if not any(one.raw.get("choicesFromQuestion") for one in flat):
        return placed
    scratch = Known(setting)
    for one in flat:
        scratch.add(one.names, one.question)
    after = iter(carried_choices(flat, scratch))
    return [[next(after) for _ in page] for page in placed]


class _Triggers:
    """What triggers do to questions and pages: show them, jump over them, end the survey."""

    def __init__(self, raw: Raw, conditions: Conditions, placed: list[list[Placed]], setting: Setting) -> None:
        self.shows: dict[str, list[Condition]] = {}
        self.skips: dict[str, list[Condition]] = {}
        self.ends: dict[int, list[Condition]] = {}
        self._placed = placed
        for trigger in maps_in(raw.get("triggers")):
            kind = text_in(trigger.get("type")).lower().removesuffix("trigger")
            if kind not in ("visible", "skip", "complete"):
                what = text_in(trigger.get("expression")) or kind
                name = text_in(trigger.get("setToName")) or kind
                setting.notes.dropped(name, "TRIGGER_DROPPED", f"{kind}: {what}", "Nothing is set or run here while customers answer.")
            elif (met := conditions.trigger(trigger)) is not None:
                {"visible": self._show, "skip": self._skip, "complete": self._end}[kind](trigger, met)
                why = "What the trigger did is said by conditions of questions and pages now."
                for name in sorted(trigger_names(trigger)):
                    setting.notes.changed(name, "TRIGGER_IS_CONDITION", f"{kind}: {text_in(trigger.get('expression'))}", why)

    def _show(self, trigger: Raw, met: Condition) -> None:
        for name in (*items_in(trigger.get("questions")), *items_in(trigger.get("pages"))):
            self.shows.setdefault(text_in(name), []).append(met)

    def _skip(self, trigger: Raw, met: Condition) -> None:
        flat = [one for page in self._placed for one in page]
        target = text_in(trigger.get("gotoName"))
        ends = next((at for at, one in enumerate(flat) if target in one.names), 0)
        begins = self._last(trigger, flat)
        for one in flat[begins + 1 : ends] if begins >= 0 else ():
            self.skips.setdefault(one.question.id, []).append(negated(met))

    def _end(self, trigger: Raw, met: Condition) -> None:
        read = trigger_names(trigger)
        pages = [at for at, page in enumerate(self._placed) for one in page if read & set(one.names)]
        self.ends.setdefault(max(pages, default=len(self._placed) - 1), []).append(met)

    def _last(self, trigger: Raw, flat: list[Placed]) -> int:
        read = trigger_names(trigger)
        return max((at for at, one in enumerate(flat) if read & set(one.names)), default=-1)

    def of(self, placed: Placed) -> list[Condition]:
        """The conditions that triggers put on a question."""
        shown = [met for name in (*placed.names, *placed.panels) for met in self.shows.get(name, ())]
        return [*([either(shown)] if shown else []), *self.skips.get(placed.question.id, ())]


def _page(number: int, page: Raw, placed: list[Placed], conditions: Conditions, triggers: _Triggers, raw: Raw, setting: Setting) -> Page:
    name = text_in(page.get("name"))
    texts = (text_in(page.get("visibleIf")), text_in(page.get("enableIf")))
    met = conditions.of(texts, name)
    if triggers.shows.get(name):
        met.append(either(triggers.shows[name]))
    elif page.get("visible") is False and not texts[0]:
        met.append(Condition("false", "true"))
        setting.notes.changed(name, "NEVER_SHOWN", "visible: false", "The file never shows this page by itself; nor do we.")
    shown, ends = both(met).yes, either(triggers.ends.get(number, ())).yes
    order = text_in(page.get("questionsOrder")).lower()
    if order in ("", "default"):
        order = text_in(raw.get("questionsOrder")).lower()
    return Page(
        id=setting.names.page(words_apart(name) or f"page{number + 1}"),
        title=setting.spoken.texts(page.get("title"), name, 2000),
        text=setting.spoken.texts(page.get("description"), name),
        show_if="" if shown == "true" else shown,
        end_if="" if ends == "false" else ends,
        order=Order.RANDOM if order == "random" else Order.AS_WRITTEN,
        questions=tuple(conditions.shown(one, triggers.of(one)).question for one in placed),
    )
