"""What stands around the questions of a step: heading, progress, the summary of what must be mended, where pictures may come from."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from markupsafe import Markup

from voc.core.errors import Fault
from voc.responses.read_answer import Value
from voc.surveys import flow
from voc.surveys.course import course_of
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.texts import Texts
from voc.web.questions.parts import QuestionView
from voc.web.wording import Words


def heading_of(questionnaire: Questionnaire, step_id: str, *, is_landing: bool) -> Texts:
    """The heading of the step's page, where it has one and the screen is the whole step."""
    here = (step.page.title for step in flow.cuts(questionnaire) if step.id == step_id and not is_landing)
    return next(here, Texts())


def ends_of(questionnaire: Questionnaire, answers: Mapping[str, Value], seed: int) -> tuple[str, str]:
    """The ids of the first and the last step that this customer may meet."""
    course = course_of(questionnaire)
    met, _ = course.order(seed, answers)
    ids = [step.id for at in met for page in course.pages[at] for step in course.steps[page.id]]
    return ids[0], ids[-1]


def progress_of(questionnaire: Questionnaire, step_id: str, answers: Mapping[str, Value], words: Words, seed: int) -> Markup | str:
    """How long it still takes and how many questions there are to go."""
    ahead = flow.progress(questionnaire, answers, step_id, seed=seed)
    if not ahead.questions_to_go:
        return ""
    minutes = words("minutes", count=max(1, ahead.minutes_to_go))
    return Markup("{} · {}").format(minutes, words("questions_to_go", count=ahead.questions_to_go))


def summary(views: Iterable[QuestionView], faults: Sequence[Fault]) -> list[dict[str, object]]:
    """Each fault with the input it leads to and what that is about."""
    places = {name: place for view in views for name, place in view.places().items()}
    return [
        {"at": places[fault.path][0], "question": places[fault.path][1], "message": fault.message}
        for fault in faults
        if fault.path in places
    ]


def image_policy(policy: str, views: Iterable[QuestionView]) -> str:
    """The policy of the page, with the origins of exactly the pictures it shows; without pictures nothing comes from elsewhere.

    A picture is the one thing that a designer may take from another host, over https only: whoever opens the page asks that host for it.
    """
    urls = [one.url for view in views for one in view.references if one.medium == "image"]
    urls += [option.image for view in views for option in view.options if option.image]
    origins = sorted({f"https://{parts.netloc}" for parts in map(urlsplit, urls) if parts.scheme == "https" and _is_plain(parts.netloc)})
    return policy.replace("img-src 'self' data:", " ".join(("img-src 'self' data:", *origins))) if origins else policy


def _is_plain(host: str) -> bool:
    """Whether a host can stand in a policy: letters, digits, dots, dashes and a port."""
    return bool(host) and host.isascii() and all(one.isalnum() or one in ".-:" for one in host)
