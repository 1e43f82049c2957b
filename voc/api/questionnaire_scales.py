"""What the points of a scale are called, and from where a metric counts as good or bad."""

from voc.api.enums import Convention
from voc.api.exposed import shape
from voc.api.questionnaire_parts import LanguageText, in_languages
from voc.surveys.questions import Ces, Csat, Question, Rating, Slider, YesNo
from voc.surveys.texts import Texts


@shape
class ScalePoint:
    """The words for one point of a scale, or for yes and no."""

    value: str
    """The number, or `yes` and `no`."""
    text: str
    """What it means."""
    texts: list[LanguageText]
    """The same in every language there is."""


@shape
class MetricCutOffs:
    """From where a value of a metric counts as good or bad. An NPS has none to declare: they are the same everywhere."""

    top_boxes: int | None
    """How many of the highest numbers count as satisfied."""
    bottom_boxes: int | None
    """How many of the lowest numbers count as dissatisfied."""
    convention: Convention | None
    """How a CES is reckoned."""


def cut_offs_of(question: Question) -> MetricCutOffs | None:
    """What a questionnaire declares of a metric; None where it declares nothing."""
    if isinstance(question, Csat):
        return MetricCutOffs(top_boxes=question.top_boxes, bottom_boxes=question.bottom_boxes, convention=None)
    return MetricCutOffs(top_boxes=None, bottom_boxes=None, convention=question.convention) if isinstance(question, Ces) else None


def labels_of(question: Question, language: str) -> list[ScalePoint]:
    """Words for points of a scale, along a slider, or for yes and no."""
    return [ScalePoint(value=value, text=texts.say(language), texts=in_languages(texts)) for value, texts in _labels(question)]


def _labels(question: Question) -> list[tuple[str, Texts]]:
    if isinstance(question, Rating):
        return [(str(point.value), point.text) for point in question.labels]
    if isinstance(question, Slider):
        return [(str(number), texts) for number, texts in enumerate(question.labels)]
    if isinstance(question, YesNo):
        return [(value, texts) for value, texts in (("yes", question.yes_text), ("no", question.no_text)) if texts]
    return []
