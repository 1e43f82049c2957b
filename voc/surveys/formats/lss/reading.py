"""A LimeSurvey file, from bytes to a questionnaire with its report. PURE."""

from dataclasses import replace

from voc.surveys.formats.filled_in import default_invitation
from voc.surveys.formats.imported import Imported
from voc.surveys.formats.languages import language_codes
from voc.surveys.formats.lss.answers import Answers
from voc.surveys.formats.lss.deciding import Deciding
from voc.surveys.formats.lss.document import read_document
from voc.surveys.formats.lss.ending import end_page_of, quotas_of, scores_of
from voc.surveys.formats.lss.kinds import question_of
from voc.surveys.formats.lss.layouts import source_of
from voc.surveys.formats.lss.left_over import note_defaults, note_what_is_left
from voc.surveys.formats.lss.making import Maker
from voc.surveys.formats.lss.pages import Paging
from voc.surveys.formats.lss.pipes import Pipes
from voc.surveys.formats.lss.source import Item, Source
from voc.surveys.formats.mended import mended
from voc.surveys.formats.naming import Names, slug
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.wording import Wording, joined, missing_anywhere, with_texts
from voc.surveys.questionnaire import Origin, Questionnaire, texts_of
from voc.surveys.questions import NotAsked, Question
from voc.surveys.texts import Texts

_WELCOME = 9000
_NAVIGATION = (
    *("allowprev", "allowsave", "autoredirect", "navigationdelay", "questionindex", "printanswers", "publicstatistics", "usecaptcha"),
    *("usecookie", "alloweditaftercompletion", "tokenanswerspersistence", "savetimings", "datestamp", "ipaddr", "refurl", "template"),
)
_USUAL = {"", "N", "0", "-1", "I", "E", "INHERIT"}


def read_lss(data: bytes) -> Imported:
    """The questionnaire in a LimeSurvey file, and all that did not come along as it was.

    Takes a survey (.lss), an archive of one (.lsa), a group (.lsg) or a question (.lsq), in the layouts of all versions.
    Refuses with NotImportable what is none of these, broken, unsafe, or without a question. Mail addresses and mails are not read.
    """
    source = source_of(read_document(data))
    notes = Notes()
    languages = language_codes(source.languages)
    wording = Wording(languages, notes)
    pairs = _questions(source, Maker(wording, notes))
    answers = Answers(pairs, source.settings.get("sid", "").strip())
    deciding = Deciding(pairs, answers, source.document.rows("conditions"), notes)
    pipes = Pipes(answers, (question for _, question in pairs), notes)
    decided = [(item, _piped(deciding.decided(item, question), pipes, place)) for place, (item, question) in enumerate(pairs)]
    order = {question.id: place for place, (_, question) in enumerate(pairs)}
    paging = Paging(source, wording, deciding, notes)
    pages = tuple(
        replace(page, title=with_texts(page.title, fill), text=with_texts(page.text, fill))
        for page in paging.pages(decided)
        for fill in (pipes.of(f"page {page.id}", order[page.questions[0].id]),)
    )
    quotas, quota_ends = quotas_of(source, answers, wording, notes)
    last = with_texts(end_page_of(source, wording, notes), pipes.of("survey", len(pairs)))
    questionnaire = Questionnaire(
        key=_key(source),
        name=_name(source, wording),
        languages=wording.languages,
        intro=with_texts(_intro(source, wording), pipes.of("survey", 0)),
        pages=pages,
        shuffles=paging.shuffles(),
        quotas=quotas,
        scores=scores_of(pairs, source, notes),
        end_pages=(*quota_ends, last),
        invitation=default_invitation(wording.languages),
        origin=Origin(format="lss", id=source.settings.get("sid", "")[:200], languages=tuple(one[:100] for one in languages)),
    )
    _note_the_rest(source, notes)
    if missing_anywhere((texts for _, texts in texts_of(questionnaire)), wording.languages):
        questionnaire = replace(questionnaire, fallback=wording.languages[:1])
    return mended(questionnaire, notes.report({item.id: question.id for item, question in pairs}, {}))


def _questions(source: Source, maker: Maker) -> list[tuple[Item, Question]]:
    names = Names()
    pairs = []
    for item in source.items:
        pairs.append((item, names.question(question_of(item, maker), item.code)))
        note_what_is_left(item, maker.notes)
    return pairs


def _piped(question: Question, pipes: Pipes, place: int) -> Question:
    if isinstance(question, NotAsked):
        return question
    made: Question = with_texts(question, pipes.of(question.source_id, place))
    return made


def _key(source: Source) -> str:
    title = next((title for title in source.said("surveyls_title").values() if title.strip()), "")
    return slug(title, "survey").replace("_", "-")[:63].strip("-")


def _name(source: Source, wording: Wording) -> Texts:
    group = source.groups[0]
    named = wording.texts(source.said("surveyls_title"), "survey", 300) or wording.texts(group.titles, f"group {group.id}", 300)
    return named or Texts({wording.languages[0]: source.items[0].code[:300].strip() or "LimeSurvey"})


def _intro(source: Source, wording: Wording) -> Texts:
    description = wording.texts(source.said("surveyls_description"), "survey", _WELCOME)
    return joined(description, wording.texts(source.said("surveyls_welcometext"), "survey", _WELCOME))


def _note_the_rest(source: Source, notes: Notes) -> None:
    settings = source.settings
    note_defaults([row.get("qid", "") for row in source.document.rows("defaultvalues")], notes)
    for name, why in (
        ("startdate", "Set the first day where the survey is sent."),
        ("expires", "Set the last day where the survey is sent."),
    ):
        if settings.get(name, "").strip():
            notes.dropped("survey", "SETTING_DROPPED", f"{name}={settings[name]}", why)
    if settings.get("anonymized", "").strip().upper() == "Y":
        notes.dropped(
            "survey", "SETTING_DROPPED", "anonymized=Y", "Choose where the survey is sent whether answers are kept with the customer."
        )
    kept = [f"{name}={settings[name]}" for name in _NAVIGATION if settings.get(name, "").strip().upper() not in _USUAL]
    if kept:
        notes.dropped(
            "survey", "SETTING_DROPPED", ", ".join(kept), "These settings belong to the pages of LimeSurvey; ours go their own way."
        )
    for policy in source.said("surveyls_policy_notice").values():
        if policy.strip():
            notes.dropped(
                "survey",
                "POLICY_DROPPED",
                policy,
                "The privacy notice of the sender is shown. Put this text into the first page if you need it.",
            )
    if any(value.strip() for row in source.words.values() for name, value in row.items() if name.startswith(("surveyls_email", "email_"))):
        notes.dropped("survey", "MAILS_NOT_IMPORTED", "mail texts", "Mails are written anew here, and addresses in them are none of ours.")
