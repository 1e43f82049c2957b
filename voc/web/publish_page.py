"""Publishing (Q6): what the draft changes and does to every trend, in words, before anybody sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape
from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Forbidden, Invalid, NotFound
from voc.web.console import Desk, screen
from voc.web.designer_document import place_of, read_draft
from voc.web.faults import NO_FAULTS, Faults, FormFault, said
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for

ONE = f"{ADDRESS}/{{id}}"
BREAKING = ("BREAKS", "ENDS")
WORST_FIRST = (*BREAKING, "MAY_SHIFT", "BEGINS", "GOES_ON")
RENAMED = "QUESTION_RENAMED"


def routes() -> list[Route]:
    """The page of one questionnaire."""
    return [Route(f"{ONE}/publish", look, methods=["GET"]), Route(f"{ONE}/live", publish, methods=["POST"])]


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens to the trend of a question, in words."""

    question: str
    metric: str
    verdict: str
    sentence: Markup

    @property
    def is_breaking(self) -> bool:
        """Whether the trend does not go on."""
        return self.verdict in BREAKING


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed between two editions, in words; the trends that break come first."""

    changes: Sequence[Markup]
    effects: Sequence[Effect]
    renames: Sequence[Markup]

    @property
    def breaking(self) -> list[Effect]:
        """The trends that do not go on."""
        return [effect for effect in self.effects if effect.is_breaking]


@screen
async def look(desk: Desk) -> Response:
    """What publishing would change, and whether it can be done."""
    survey = await survey_of(desk)
    return await _page(desk, survey, await _to_live(desk, survey))


@screen
async def publish(desk: Desk) -> Response:
    """Publish the draft that was looked at, once everything that breaks was ticked as known."""
    if not desk.may(Action.PUBLISH_SURVEY):
        raise Forbidden
    survey = await survey_of(desk)
    words = words_for("publish", desk.me["language"])
    found = await _to_live(desk, survey)
    if faults := [*_looked_at(desk, survey), *_unticked(desk, found)]:
        return await _page(desk, survey, found, Faults(faults))
    answer = await desk.change("PublishSurvey", surveyId=survey["id"], confirmRenames=bool(desk.form.one("renames")))
    if answer.row is not None:
        return desk.go(f"{ADDRESS}/{survey['id']}/versions", "published", "publish", number=answer.row["number"])
    if answer.faults:
        told = [FormFault("checks", said(words, fault["code"], fault["message"])) for fault in answer.faults]
    else:
        told = [FormFault("", said(words, answer.code, answer.message))]
    return await _page(desk, survey, found, Faults(told), answer.status)


async def survey_of(desk: Desk) -> Mapping[str, Any]:
    """The questionnaire that the address names."""
    found: Mapping[str, Any] | None = (await desk.ask("Survey", id=desk.request.path_params["id"]))["survey"]
    if found is None:
        raise NotFound
    return found


async def differences(desk: Desk, survey_id: str, before: int, after: int | None) -> Differences | None:
    """What changed between two versions, or from one to the draft; None where one of them describes nothing."""
    numbers = {"from": before, "to": after}
    try:
        found = (await desk.ask("SurveyDiff", survey=survey_id, language=desk.me["language"], **numbers))["surveyDiff"]
    except (Invalid, NotFound):
        return None
    effects = [Effect(one["question"], one["metric"], one["verdict"], with_code(one["sentence"])) for one in found["effects"]]
    return Differences(
        changes=[with_code(one["sentence"]) for one in found["changes"]],
        effects=sorted(effects, key=lambda effect: WORST_FIRST.index(effect.verdict)),
        renames=[with_code(one["sentence"]) for one in found["changes"] if one["code"] == RENAMED],
    )


async def must_be_known(desk: Desk, survey: Mapping[str, Any], problems: Sequence[Mapping[str, Any]]) -> bool:
    """Whether publishing the draft, which has these problems, would end a trend or rename a question: then its page asks first."""
    if any(one["severity"] == "ERROR" for one in problems):
        return False
    found = await _to_live(desk, survey)
    return bool(found and (found.breaking or found.renames))


def with_code(sentence: str) -> Markup:
    """A sentence with what stands between backticks as code."""
    parts = sentence.split("`")
    if len(parts) % 2 == 0:
        return escape(sentence)
    return Markup().join(Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def _place(survey: Mapping[str, Any], problem: Mapping[str, Any]) -> str:
    """The panel of the designer where a problem is mended; the text where the draft cannot be read."""
    draft, home = read_draft(survey["draft"]), f"{ADDRESS}/{survey['id']}"
    if draft is None:
        return f"{home}/text#draft"
    return f"{home}?{urlencode({'at': place_of(draft.document, problem['path'])[0]})}#panel"


async def _to_live(desk: Desk, survey: Mapping[str, Any]) -> Differences | None:
    live = survey["currentVersion"]
    return await differences(desk, survey["id"], live["number"], None) if live else None


def _looked_at(desk: Desk, survey: Mapping[str, Any]) -> list[FormFault]:
    words, live = words_for("publish", desk.me["language"]), survey["currentVersion"]
    seen = (desk.form.one("revision"), desk.form.one("live"))
    now = (str(survey["draftRevision"]), str(live["number"] if live else 0))
    return [] if seen == now else [FormFault("differences", words("fault_LOOK_AGAIN"))]


def _unticked(desk: Desk, found: Differences | None) -> list[FormFault]:
    words, known = words_for("publish", desk.me["language"]), desk.form.many("knows")
    if found is None:
        return []
    faults = [
        FormFault(f"knows-{effect.question}", words("fault_NOT_KNOWN", metric=effect.metric, question=effect.question))
        for effect in found.breaking
        if effect.question not in known
    ]
    if found.renames and not desk.form.one("renames"):
        faults.append(FormFault("renames", words("fault_NOT_MEANT")))
    return faults


async def _page(
    desk: Desk, survey: Mapping[str, Any], found: Differences | None, faults: Faults = NO_FAULTS, status: int = 200
) -> Response:
    pauses = (await desk.ask("Pauses"))["pauses"] if desk.may(Action.SEE_OUTREACH) else []
    return desk.page(
        "console/publish.html",
        "publish",
        status=status,
        faults=faults,
        survey=survey,
        found=found,
        errors=[one for one in survey["draftProblems"] if one["severity"] == "ERROR"],
        advice=[one for one in survey["draftProblems"] if one["severity"] != "ERROR"],
        known=desk.form.many("knows"),
        meant=bool(desk.form.one("renames")),
        with_code=with_code,
        place=lambda problem: _place(survey, problem),
        is_paused=any(one["scope"] == "EVERYTHING" or (one["scope"], one["ref"]) == ("SURVEY", survey["key"]) for one in pauses),
        may_publish=desk.may(Action.PUBLISH_SURVEY),
        may_pause=desk.may(Action.PAUSE),
    )
