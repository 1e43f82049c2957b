"""One question of a questionnaire, with everything that a page needs to ask it."""

from enum import Enum

from strawberry import Parent

from voc.api.enums import Metric
from voc.api.exposed import computed, enum, field, shape
from voc.api.questionnaire_answers import AnswerName, QuestionLimits, limits_of, names_of
from voc.api.questionnaire_parts import (
    InLanguage,
    LanguageText,
    QuestionChoice,
    QuestionColumnGroup,
    QuestionField,
    QuestionLink,
    QuestionRow,
    choice_of,
    field_of,
    group_of,
    in_languages,
    link_of,
    row_of,
)
from voc.api.questionnaire_scales import MetricCutOffs, ScalePoint, cut_offs_of, labels_of
from voc.surveys.course import conditions_of
from voc.surveys.questions import (
    KINDS,
    Asked,
    Cells,
    Choosing,
    Fields,
    Hidden,
    InRows,
    Matrix,
    NotAsked,
    Order,
    Question,
    Scale,
    SideBySide,
    Text,
)
from voc.surveys.questions import (
    Metric as MetricQuestion,
)
from voc.surveys.questions.question import NOTHING
from voc.surveys.texts import Texts

QuestionKind = Enum("QuestionKind", {kind.upper(): kind for kind in KINDS})  # type: ignore[misc]
QuestionKind.__doc__ = "The kinds of question."
enum(
    QuestionKind,
    "The kinds of question. New values may be added: handle unknown ones.",
    **{kind.upper(): str(of.__doc__).strip().splitlines()[0] for kind, of in KINDS.items()},
)


@shape
class QuestionnaireQuestion:
    """Something that stands on a page. With a plain reading of it any frontend can ask it by itself."""

    show_if: str
    """The condition in CEL under which it is shown; empty is always."""
    code: str
    """Its name in exports, where that is not the key; as the file had it that it came from."""
    source_id: str
    """Its id in the file it came from; empty where it came from none."""

    @computed
    def key(question: Question) -> str:  # noqa: N805 - the source is the question
        """The name under which answers are kept."""
        return question.id

    @computed
    def kind(question: Question) -> QuestionKind:  # noqa: N805
        """What kind it is."""
        return QuestionKind(question.kind)

    @computed
    def metric(question: Question) -> Metric | None:  # noqa: N805
        """What it measures."""
        return Metric(question.kind) if isinstance(question, MetricQuestion) else None

    @computed
    def cut_offs(question: Question) -> MetricCutOffs | None:  # noqa: N805
        """From where a value counts as good or bad, as this questionnaire declares it; null where that is not declared."""
        return cut_offs_of(question)

    @computed
    def is_required(question: Question) -> bool:  # noqa: N805
        """Whether the customer must answer to go on."""
        return isinstance(question, Asked) and question.required

    @computed
    def is_wanted(question: Question) -> bool:  # noqa: N805
        """Whether it is asked once more where it was left out."""
        return isinstance(question, Asked) and question.wanted

    @computed
    def is_sensitive(question: Question) -> bool:  # noqa: N805
        """Whether the answer is personal: masked for colleagues who need not see it."""
        return isinstance(question, Asked) and question.sensitive

    @computed
    def has_logic(question: Question) -> bool:  # noqa: N805
        """Whether it, or a part of it, is shown under a condition."""
        return any(True for _ in conditions_of(question))

    @computed
    def is_in_random_order(question: Question) -> bool:  # noqa: N805
        """Whether its choices or rows come in random order."""
        return isinstance(question, Choosing | InRows) and question.order is Order.RANDOM

    @computed
    def is_bipolar(question: Question) -> bool:  # noqa: N805
        """Whether each row has a word at both ends, with : between."""
        return isinstance(question, Matrix) and question.bipolar

    @computed
    def look(question: Question) -> str:  # noqa: N805
        """How it is shown, such as `drop_down`, `pictures` or `stars`; empty where there is but one way."""
        return str(getattr(question, "look", ""))

    @computed
    def format(question: Question) -> str:  # noqa: N805
        """What is typed: words, email, phone or url; empty where nothing is."""
        return str(getattr(question, "format", ""))

    @computed
    def is_long(question: Question) -> bool:  # noqa: N805
        """Whether there is room for several lines of own words."""
        return isinstance(question, Text) and question.long

    @computed
    def source(question: Question) -> str:  # noqa: N805
        """Where a hidden fact comes from: link, contact, customer, channel or fixed; empty where it is asked."""
        return question.source.value if isinstance(question, Hidden) else ""

    @computed
    def source_key(question: Question) -> str:  # noqa: N805
        """Which attribute a hidden fact is, or which part of the link; empty where it goes by the key of the question."""
        return question.key if isinstance(question, Hidden) else ""

    @computed
    def value(question: Question) -> str:  # noqa: N805
        """What a hidden fact is where nothing else is known; empty where it is asked."""
        return question.value if isinstance(question, Hidden) else ""

    @computed
    def was(question: Question) -> str:  # noqa: N805
        """What another system did at this place and ours does not; empty for what is asked."""
        return question.was if isinstance(question, NotAsked) else ""

    @computed
    def expression(question: Question) -> str:  # noqa: N805
        """What another system reckoned at this place, in its own language; empty for what is asked."""
        return question.expression if isinstance(question, NotAsked) else ""

    @computed
    def points(question: Question) -> list[int]:  # noqa: N805
        """The numbers of its scale, in order; empty where it has none."""
        return list(question.points) if isinstance(question, Scale) else []

    @computed
    def cells(question: Question) -> Cells | None:  # noqa: N805
        """What is answered in the cells of its rows; null where it is no table."""
        return question.cells if isinstance(question, Matrix) else None

    @computed
    def limits(question: Question) -> QuestionLimits:  # noqa: N805
        """What an answer is held to."""
        return limits_of(question)

    @computed
    def answers(question: Question) -> list[AnswerName]:  # noqa: N805
        """Every answer it takes; empty where nothing is answered."""
        return names_of(question)

    @computed
    def texts(question: Question) -> list[LanguageText]:  # noqa: N805
        """The question in every language there is."""
        return in_languages(question.text)

    @computed
    def help_texts(question: Question) -> list[LanguageText]:  # noqa: N805
        """The line of help in every language there is."""
        return in_languages(question.help)

    @field(str)
    def text(question: Parent[Question], language: InLanguage = None) -> str:  # noqa: N805
        """The question as the customer reads it."""
        return question.text.say(language or "")

    @field(str)
    def help(question: Parent[Question], language: InLanguage = None) -> str:  # noqa: N805
        """The line of help under it; empty where there is none."""
        return question.help.say(language or "")

    @field(str)
    def low(question: Parent[Question], language: InLanguage = None) -> str:  # noqa: N805
        """What the lowest number means; empty where it has no scale."""
        return _texts(question, "low").say(language or "")

    @field(str)
    def high(question: Parent[Question], language: InLanguage = None) -> str:  # noqa: N805
        """What the highest number means; empty where it has no scale."""
        return _texts(question, "high").say(language or "")

    @field(str)
    def unit(question: Parent[Question], language: InLanguage = None) -> str:  # noqa: N805
        """What is counted or measured; empty where nothing is said."""
        return _texts(question, "unit").say(language or "")

    @field(str)
    def reason(question: Parent[Question], language: InLanguage = None) -> str:  # noqa: N805
        """Why we ask for something personal; empty where nothing is said."""
        return _texts(question, "reason").say(language or "")

    @field(str)
    def comment(question: Parent[Question], language: InLanguage = None) -> str:  # noqa: N805
        """What stands above the room for own words; empty where there is no such room."""
        return _texts(question, "comment").say(language or "")

    @field(list[QuestionChoice])
    def choices(question: Parent[Question], language: InLanguage = None) -> list[QuestionChoice]:  # noqa: N805
        """The answers to choose from, in order; empty where there are none."""
        return [choice_of(one, language or "") for one in question.all_choices] if isinstance(question, Choosing) else []

    @field(list[QuestionRow])
    def rows(question: Parent[Question], language: InLanguage = None) -> list[QuestionRow]:  # noqa: N805
        """What it asks about, in order; empty where it has no rows."""
        return [row_of(one, language or "") for one in question.rows] if isinstance(question, InRows) else []

    @field(list[QuestionChoice])
    def columns(question: Parent[Question], language: InLanguage = None) -> list[QuestionChoice]:  # noqa: N805
        """The columns of its table, in order; empty where it is none."""
        return [choice_of(one, language or "") for one in question.columns] if isinstance(question, Matrix) else []

    @field(list[QuestionColumnGroup])
    def groups(question: Parent[Question], language: InLanguage = None) -> list[QuestionColumnGroup]:  # noqa: N805
        """The questions that stand side by side; empty where it is one."""
        return [group_of(one, language or "") for one in question.groups] if isinstance(question, SideBySide) else []

    @field(list[QuestionField])
    def fields(question: Parent[Question], language: InLanguage = None) -> list[QuestionField]:  # noqa: N805
        """The short things to type, in order; empty where there are none."""
        return [field_of(one, language or "") for one in question.fields] if isinstance(question, Fields) else []

    @field(list[ScalePoint])
    def labels(question: Parent[Question], language: InLanguage = None) -> list[ScalePoint]:  # noqa: N805
        """Words for single points of a scale, or for yes and no; empty where the points say it themselves."""
        return labels_of(question, language or "")

    @field(list[QuestionLink])
    def links(question: Parent[Question], language: InLanguage = None) -> list[QuestionLink]:  # noqa: N805
        """Pictures and pages that belong to it."""
        return [link_of(one, language or "") for one in question.links]


def _texts(question: Question, name: str) -> Texts:
    found = getattr(question, name, NOTHING)
    return found if isinstance(found, Texts) else NOTHING
