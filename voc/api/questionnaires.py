"""The parsed questionnaire: what is asked, page by page, in a language of choice."""

from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.documents import QuestionnaireDocument
from voc.api.enums import Severity
from voc.api.exposed import computed, field, shape
from voc.api.questionnaire_parts import InLanguage, LanguageText, QuestionChoice, QuestionnaireText, choice_of, in_languages
from voc.api.questionnaire_questions import QuestionKind, QuestionnaireQuestion
from voc.api.saved_walks import QuestionnaireWalk
from voc.surveys import questionnaire as documents
from voc.surveys.check import Checked
from voc.surveys.flow import minutes
from voc.surveys.parse import dump
from voc.surveys.questions import Choosing, Order

__all__ = ["InLanguage", "QuestionKind", "Questionnaire", "QuestionnaireCheck", "QuestionnaireProblem", "label_of"]

InWords = Annotated[str | None, strawberry.argument(description="The language of the sentence: en or nl; English unless said.")]


@shape
class QuestionnaireProblem:
    """One thing to mend in a questionnaire."""

    path: str
    """Where: `pages[0].questions[2].text.nl`."""
    code: str
    """What is wrong, for programs; new codes may be added."""
    severity: Severity
    """Whether it keeps the questionnaire from being published."""
    line: int | None
    """The line of the text, from 1."""

    @field(str)
    def message(problem: Parent[documents.Problem], language: InWords = None) -> str:  # noqa: N805 - the source is the problem
        """What is wrong and the way out, for a person: in Dutch where we have it and it is asked for, else in English."""
        return problem.said(language or "en")

    @field(str)
    def message_language(problem: Parent[documents.Problem], language: InWords = None) -> str:  # noqa: N805
        """The language in which `message` answers, en or nl, so that a page can mark it."""
        return problem.language_for(language or "en")


@shape
class QuestionnairePage:
    """Questions that belong together."""

    show_if: str
    """The condition in CEL under which it is shown; empty is always."""
    questions: list[QuestionnaireQuestion]
    """What is asked, in order."""
    end_if: str
    """The condition in CEL under which nothing more is asked after it; empty is never."""
    loop: str
    """The key of the question for each of whose chosen answers it comes again; empty where it comes once."""
    show: int | None
    """How many of its questions one customer sees, drawn at random; null for all."""

    @computed
    def key(page: documents.Page) -> str:  # noqa: N805
        """Its short name."""
        return page.id

    @computed
    def is_in_random_order(page: documents.Page) -> bool:  # noqa: N805
        """Whether its questions come in random order."""
        return page.order is Order.RANDOM

    @computed
    def titles(page: documents.Page) -> list[LanguageText]:  # noqa: N805
        """The heading in every language there is."""
        return in_languages(page.title)

    @field(str)
    def text(page: Parent[documents.Page], language: InLanguage = None) -> str:  # noqa: N805
        """Words under the heading; empty where there are none."""
        return page.text.say(language or "")

    @field(list[QuestionChoice])
    def loop_over(page: Parent[documents.Page], language: InLanguage = None) -> list[QuestionChoice]:  # noqa: N805
        """What it comes again for, where that is a fixed list."""
        return [choice_of(one, language or "") for one in page.loop_over]

    @field(str)
    def title(page: Parent[documents.Page], language: InLanguage = None) -> str:  # noqa: N805
        """The heading above the questions; empty where there is none."""
        return page.title.say(language or "")


@shape
class QuestionnaireEndPage:
    """What the customer reads after sending."""

    show_if: str
    """The condition in CEL under which it is shown; the last one has none."""

    @computed
    def key(page: documents.EndPage) -> str:  # noqa: N805
        """Its short name."""
        return page.id

    @computed
    def titles(page: documents.EndPage) -> list[LanguageText]:  # noqa: N805
        """The thanks in every language there is."""
        return in_languages(page.title)

    @field(str)
    def apology(page: Parent[documents.EndPage], language: InLanguage = None) -> str:  # noqa: N805
        """A sentence for somebody who was let down; empty where nothing is said."""
        return page.apology.say(language or "")

    @computed
    def is_call_back_offered(page: documents.EndPage) -> bool:  # noqa: N805
        """Whether it asks if we may call back."""
        return page.offer_call_back

    @field(str)
    def title(page: Parent[documents.EndPage], language: InLanguage = None) -> str:  # noqa: N805
        """The thanks, as a heading."""
        return page.title.say(language or "")

    @field(str)
    def text(page: Parent[documents.EndPage], language: InLanguage = None) -> str:  # noqa: N805
        """What happens with the answer now; empty where nothing is said."""
        return page.text.say(language or "")


@shape
class QuestionnaireShuffle:
    """Pages that take each other's places at random."""

    pages: list[str]
    """The keys of the pages; several in one entry, with spaces between, go together."""
    show: int | None
    """How many of them one customer sees; null for all."""


@shape
class QuestionnaireQuota:
    """How many complete responses of one sort are wanted."""

    limit: int
    """How many."""
    when: str
    """The condition in CEL over the answers that count; empty for all."""
    end_page: str
    """The key of the end page for those who come too late; empty for the last one."""

    @computed
    def key(quota: documents.Quota) -> str:  # noqa: N805
        """Its short name."""
        return quota.id


@shape
class QuestionnaireScore:
    """A sum or mean of the points of answers."""

    questions: list[str]
    """The keys of the questions that count."""

    @computed
    def key(score: documents.NamedScore) -> str:  # noqa: N805
        """Its short name."""
        return score.id

    @computed
    def is_mean(score: documents.NamedScore) -> bool:  # noqa: N805
        """Whether points are averaged, not added up."""
        return score.reckon is documents.Reckoning.MEAN

    @field(str)
    def name(score: Parent[documents.NamedScore], language: InLanguage = None) -> str:  # noqa: N805
        """The name for colleagues; empty where it has none."""
        return score.name.say(language or "")


@shape
class QuestionnaireOrigin:
    """Where an imported questionnaire came from."""

    format: str
    """The format of the file: qsf, lss, surveyjs, xlsform or formbricks."""
    languages: list[str]
    """Its languages as the file names them, in the order of the questionnaire's."""

    @computed
    def source_id(origin: documents.Origin) -> str:  # noqa: N805
        """Its id there; empty where it had none."""
        return origin.id


@shape
class Questionnaire:
    """What a survey asks."""

    key: str
    """The name for programs and files."""
    languages: list[str]
    """Its languages; readers of any other get the first."""
    source: str
    """The published method it follows; empty where none is named."""
    pages: list[QuestionnairePage]
    """What is asked."""
    end_pages: list[QuestionnaireEndPage]
    """What is said after sending."""
    fallback: list[str]
    """The languages to read in order where a text is missing."""
    shuffles: list[QuestionnaireShuffle]
    """Groups of pages in random order."""
    quotas: list[QuestionnaireQuota]
    """How many answers of which sort are wanted."""
    scores: list[QuestionnaireScore]
    """Sums and means of points."""
    walks: list[QuestionnaireWalk]
    """Saved walks, which publishing tries as tests."""
    origin: QuestionnaireOrigin | None
    """The file it was imported from; null where it was written here."""

    @computed
    def document(document: documents.Questionnaire) -> QuestionnaireDocument:  # noqa: N805
        """The whole of it as a map, from which it can be shown without anything else."""
        return QuestionnaireDocument(dump(document))

    @computed
    def texts(document: documents.Questionnaire) -> list[QuestionnaireText]:  # noqa: N805
        """Every text in every language, with its place: all that is said, for renderers and translators alike."""
        return [
            QuestionnaireText(path=path, language=language, text=text)
            for path, texts in documents.texts_of(document)
            for language, text in texts.items()
        ]

    @computed
    def names(document: documents.Questionnaire) -> list[LanguageText]:  # noqa: N805
        """The name for colleagues in every language there is."""
        return in_languages(document.name)

    @computed
    def minutes(document: documents.Questionnaire) -> int:  # noqa: N805
        """How long answering takes, in minutes."""
        return minutes(document)

    @computed
    def declared_minutes(document: documents.Questionnaire) -> int | None:  # noqa: N805
        """How long answering takes as its writer says; null where it is estimated."""
        return document.minutes

    @field(str)
    def name(document: Parent[documents.Questionnaire], language: InLanguage = None) -> str:  # noqa: N805
        """The name for colleagues."""
        return document.name.say(language or "")

    @field(str)
    def intro(document: Parent[documents.Questionnaire], language: InLanguage = None) -> str:  # noqa: N805
        """What we ask about and why; empty where nothing is said."""
        return document.intro.say(language or "")


@shape
class QuestionnaireCheck:
    """A document judged as a whole."""

    problems: list[QuestionnaireProblem]
    """Everything to mend, by line."""
    questionnaire: Questionnaire | None
    """What the document describes; null where it describes none."""

    @computed
    def is_sound(found: Checked) -> bool:  # noqa: N805
        """Whether it could be published."""
        return found.questionnaire is not None and not found.errors


def label_of(question: Choosing, code: str, language: str) -> str:
    """What the customer reads beside a code; the code itself where the question has no such answer."""
    texts = {choice.code: choice.text for choice in question.choices}
    found = texts.get(code, question.other if code in question.codes else None)
    return found.say(language) if found else code
