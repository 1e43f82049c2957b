"""A survey of Formbricks, whole. PURE."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from voc.surveys.formats.filled_in import default_invitation
from voc.surveys.formats.formbricks.elements import question_of
from voc.surveys.formats.formbricks.flow import Block, flow_of
from voc.surveys.formats.formbricks.logic import Conditions, pressed_buttons
from voc.surveys.formats.formbricks.setting import Setting
from voc.surveys.formats.imported import Imported, NotImportable
from voc.surveys.formats.keys import as_key
from voc.surveys.formats.mended import mended
from voc.surveys.formats.naming import Names
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.spoken import Spoken, other_languages
from voc.surveys.formats.surveyjs.literal import read_literal
from voc.surveys.formats.values import Raw, first_of, flag_in, items_in, maps_in, text_in, walk
from voc.surveys.formats.wording import harmless, joined, missing_anywhere, with_texts
from voc.surveys.questionnaire import Origin, Questionnaire, texts_of
from voc.surveys.questions import Asked, Choosing, Hidden, Question, Source
from voc.surveys.texts import Texts

_WRITTEN = re.compile(r"#recall:([^/#{}|]{1,200})/fallback:([^#]*)#")
_RECALL = re.compile(r"\{recall ([^{}|]+)\|([^{}|]*)\}")
_TEXTS = ("headline", "subheader", "html", "label", "lowerLabel", "upperLabel", "buttonLabel", "placeholder", "dismissButtonLabel")
_READ = frozenset(
    {
        *("id", "name", "languages", "welcomeCard", "blocks", "questions", "endings", "thankYouCard", "hiddenFields", "variables", "type"),
        *("createdAt", "updatedAt", "createdBy", "environmentId", "creator", "status", "showLanguageSwitch", "workspaceId"),
    }
)


def read_formbricks(data: bytes | Raw) -> Imported:
    """The questionnaire in the JSON of a survey of Formbricks. Raises NotImportable for anything else."""
    raw = survey_in(read_literal(data) if isinstance(data, bytes) else data)
    notes = Notes()
    spoken = _spoken(raw, notes)
    blocks = _blocks(raw)
    if not blocks:
        raise NotImportable("NO_QUESTIONS", "There is no question in this survey. Save it again with its blocks.")
    setting = Setting(spoken, notes, Names(), pressed_buttons([block for block, _ in blocks]))
    read = [Block(text_in(block.get("id")), block, tuple(question_of(one, setting) for one in elements)) for block, elements in blocks]
    hidden = _hidden(raw, setting)
    _report(raw, notes)
    questions = {question.source_id: question for block in read for question in block.questions}
    conditions = Conditions({**questions, **{one.source_id: one for one in hidden}}, notes)
    pages, ends = flow_of(read, raw, conditions, setting)
    pages = (replace(pages[0], questions=(*hidden, *pages[0].questions)), *pages[1:])
    title = spoken.texts(raw.get("name"), "survey", 300)
    card = raw.get("welcomeCard")
    card = card if isinstance(card, Mapping) and flag_in(card.get("enabled", True)) else {}
    intro = joined(spoken.texts(card.get("headline"), "welcomeCard"), spoken.texts(first_of(card, "subheader", "html"), "welcomeCard"))
    questionnaire = Questionnaire(
        key=as_key(title.say("") or "survey", "survey"),
        name=title or Texts({spoken.base: "Survey"}),
        languages=spoken.languages,
        intro=intro,
        pages=pages,
        end_pages=ends,
        invitation=default_invitation(spoken.languages),
        origin=Origin(format="formbricks", id=text_in(raw.get("id"))[:200], languages=spoken.names),
    )
    questionnaire = _recalled(questionnaire, conditions.questions, notes)
    if missing_anywhere((texts for _, texts in texts_of(questionnaire)), spoken.languages):
        questionnaire = replace(questionnaire, fallback=(spoken.base,))
    ids = {question.source_id: question.id for question in questionnaire.questions() if question.source_id}
    return mended(questionnaire, notes.report(ids, {}))


def survey_in(found: object, depth: int = 0) -> Raw:
    """The survey in what was read: as it is, or inside an answer of the API or a template."""
    if isinstance(found, list) and len(found) > 1 and all(isinstance(one, Mapping) and is_survey(one) for one in found):
        raise NotImportable("SEVERAL_SURVEYS", f"There are {len(found)} surveys in this file. Import one at a time.")
    if isinstance(found, list) and len(found) == 1 and depth < 4:
        return survey_in(found[0], depth + 1)
    if isinstance(found, Mapping):
        if is_survey(found):
            return found
        for name in ("data", "survey", "preset", "surveys", "template"):
            if isinstance(found.get(name), Mapping | list) and depth < 4:
                return survey_in(found[name], depth + 1)
        if "headline" in found and "type" in found:
            raise NotImportable("BARE_QUESTION", "This is one question, not a survey. Put it into `blocks` of a survey and import that.")
    raise NotImportable("NOT_FORMBRICKS", "This is no survey of Formbricks: it has neither `blocks` nor `questions`.")


def is_survey(found: Raw) -> bool:
    """Whether an object looks like a survey of Formbricks: blocks of elements, or questions with a headline."""
    elements = [one for block in maps_in(found.get("blocks")) for one in maps_in(block.get("elements"))]
    return bool(elements) or any("headline" in one for one in maps_in(found.get("questions")))


def _spoken(raw: Raw, notes: Notes) -> Spoken:
    declared = [(text_in(_map(one.get("language")).get("code")), one) for one in maps_in(raw.get("languages"))]
    base = next((code for code, one in declared if code and flag_in(one.get("default"))), "") or "en"
    said = other_languages((one.get(member) for one in walk(raw) for member in _TEXTS), base)
    others = dict.fromkeys(code for code, _ in declared if code and code != base)
    for code, one in declared:
        if code and not flag_in(one.get("enabled", True)):
            notes.changed(
                code, "LANGUAGE_SWITCHED_OFF", code, "This language was switched off; it came along. Take it out if it is not ready."
            )
    return Spoken(base, (*others, *(name for name in said if name not in others)), notes, _in_braces)


def _in_braces(text: str) -> str:
    """`#recall:…#` in braces, where the answers of other texts stand too."""
    return (
        _WRITTEN.sub(lambda match: f"{{recall {match[1]}|{re.sub('[{}|]', ' ', match[2])}}}", harmless(text))
        if "#" in text
        else harmless(text)
    )


def _map(value: object) -> Raw:
    return value if isinstance(value, Mapping) else {}


def _blocks(raw: Raw) -> list[tuple[Raw, list[Raw]]]:
    blocks = [(block, maps_in(block.get("elements"))) for block in maps_in(raw.get("blocks"))]
    flat = [(question, [question]) for question in maps_in(raw.get("questions"))]
    return [(block, elements) for block, elements in (blocks or flat) if elements]


def _hidden(raw: Raw, setting: Setting) -> tuple[Hidden, ...]:
    fields = raw.get("hiddenFields")
    names = items_in(fields.get("fieldIds")) if isinstance(fields, Mapping) else []
    found = []
    for name in dict.fromkeys(text_in(one)[:200] for one in names):
        if name:
            fact = Hidden(id="x", code=name, source_id=name, source=Source.LINK, key=name)
            found.append(setting.names.question(fact, name))
    for variable in maps_in(raw.get("variables")):
        name = text_in(first_of(variable, "name", "id"))
        setting.notes.dropped(
            text_in(variable.get("id")) or name, "VARIABLE_DROPPED", name, "Nothing is reckoned while customers answer here."
        )
    return tuple(found)


def _recalled(questionnaire: Questionnaire, questions: Mapping[str, Question], notes: Notes) -> Questionnaire:
    """The questionnaire with `#recall:…#` in its texts as answers."""

    def said(match: re.Match[str]) -> str:
        fallback = match[2].replace("nbsp", " ").strip()
        question = questions.get(match[1])
        name = question.id if question is not None and question.id in question.names() else ""
        if isinstance(question, Asked) and not isinstance(question, Choosing) and not name:
            name = next(iter(question.names()), "")
        if not name:
            notes.simplified(
                match[1], "RECALL_DROPPED", match[0], "This is not known here; the words for when it is missing stand there now."
            )
        return f"{{answers.{name}|{fallback or '…'}}}" if name else fallback or "…"

    def rewrite(text: str) -> str:
        return _RECALL.sub(said, text)

    rest: dict[str, object] = {name: _rewritten(getattr(questionnaire, name), rewrite) for name in ("name", "intro", "end_pages", "pages")}
    return replace(questionnaire, **rest)  # type: ignore[arg-type]


def _rewritten(value: object, rewrite: Callable[[str], str]) -> object:
    return with_texts(value, rewrite)


def _report(raw: Raw, notes: Notes) -> None:
    left = [key for key, value in raw.items() if key not in _READ and value not in (None, "", [], {}, False)]
    if left:
        why = "When and to whom it is shown is said by a policy here, how it looks by a brand."
        notes.simplified("survey", "SETTINGS_DROPPED", ", ".join(left), why)
