"""A survey of SurveyJS, whole. PURE."""

from collections.abc import Mapping
from dataclasses import replace

from voc.surveys.formats.filled_in import default_end_page, default_invitation
from voc.surveys.formats.imported import Imported, NotImportable
from voc.surveys.formats.keys import as_key
from voc.surveys.formats.mended import mended
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.spoken import Spoken, other_languages
from voc.surveys.formats.surveyjs.endings import end_pages
from voc.surveys.formats.surveyjs.literal import read_literal
from voc.surveys.formats.surveyjs.members import report_survey
from voc.surveys.formats.surveyjs.pages import read_pages
from voc.surveys.formats.surveyjs.setting import Setting
from voc.surveys.formats.surveyjs.words import TEXT_MEMBERS
from voc.surveys.formats.values import Raw, items_in, maps_in, text_in, walk
from voc.surveys.formats.wording import missing_anywhere
from voc.surveys.questionnaire import Origin, Questionnaire, texts_of
from voc.surveys.texts import Texts

_READ = frozenset(
    {
        *("title", "description", "locale", "pages", "elements", "questions", "completedHtml", "completedHtmlOnCondition", "triggers"),
        *("calculatedValues", "navigateToUrl", "navigateToUrlOnCondition", "questionsOrder", "firstPageIsStarted", "firstPageIsStartPage"),
    }
)
_WRAPPED = ("json", "surveyJson", "surveyJSON", "survey", "schema", "content", "definition", "jsonObj")


def read_surveyjs(data: bytes | Raw) -> Imported:
    """The questionnaire in a file of SurveyJS: JSON, or a JavaScript literal. Raises NotImportable for anything else."""
    raw = survey_in(read_literal(data) if isinstance(data, bytes) else data)
    notes = Notes()
    base = text_in(raw.get("locale")) or "en"
    said = (one.get(member) for one in walk(raw) for member in TEXT_MEMBERS)
    spoken = Spoken(base, other_languages(said, base), notes)
    setting = Setting(spoken, notes)
    title = spoken.texts(raw.get("title"), "survey", 300)
    read = read_pages(raw, setting)
    ends = end_pages(raw, read.conditions, setting)
    report_survey(raw, _READ, setting)
    key = as_key(text_in(raw.get("id")) or title.say("") or "survey", "survey")
    intro = spoken.texts(raw.get("description"), "survey") or title
    questionnaire = Questionnaire(
        key=key,
        name=title or Texts({spoken.base: "Survey"}),
        languages=spoken.languages,
        intro=intro,
        pages=read.pages,
        end_pages=ends or (default_end_page(spoken.languages),),
        invitation=default_invitation(spoken.languages),
        origin=Origin(format="surveyjs", id=text_in(raw.get("surveyId"))[:200], languages=spoken.names),
    )
    questionnaire = read.with_answers_in_texts(questionnaire)
    if missing_anywhere((texts for _, texts in texts_of(questionnaire)), spoken.languages):
        questionnaire = _falling_back(questionnaire)
    ids = {question.source_id: question.id for question in reversed(list(questionnaire.questions())) if question.source_id}
    return mended(questionnaire, notes.report(ids, {}))


def survey_in(found: object) -> Raw:
    """The survey in what was read: as it is, or one level down; a bare question and whatever else it may be are refused."""
    if isinstance(found, Mapping):
        if is_survey(found):
            return found
        for name in _WRAPPED:
            inner = found.get(name)
            if isinstance(inner, str) and inner.lstrip().startswith("{"):
                inner = read_literal(inner.encode())
            if isinstance(inner, Mapping) and is_survey(inner):
                return inner
        if "type" in found and ("name" in found or "title" in found):
            raise NotImportable("BARE_QUESTION", "This is one question, not a survey. Put it into `pages` of a survey and import that.")
    raise NotImportable("NOT_SURVEYJS", "This is no survey of SurveyJS: it has neither `pages` nor `elements` nor `questions`.")


def is_survey(found: Raw) -> bool:
    """Whether an object looks like a survey of SurveyJS: pages or elements that have a type or a name."""
    pages = maps_in(found.get("pages"))
    if pages and any({"elements", "questions", "name", "title"} & set(page) for page in pages):
        return True
    inside = [*maps_in(found.get("elements")), *maps_in(found.get("questions"))]
    return bool(inside) and any("type" in one and "name" in one for one in inside) and not items_in(found.get("blocks"))


def _falling_back(questionnaire: Questionnaire) -> Questionnaire:

    return replace(questionnaire, fallback=(questionnaire.languages[0],))
