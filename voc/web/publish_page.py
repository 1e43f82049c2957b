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
from voc.web.faults import NO_FAULTS, Changed, Faults, FormFault, said
from voc.web.publish_form import TAKEN_OUT, Said, said_in
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for

ONE = f"{ADDRESS}/{{id}}"
BREAKING = ("BREAKS", "ENDS")
ENDED = ("REFUSED", "OVERTAKEN", "FAILED")
WORST_FIRST = (*BREAKING, "MAY_SHIFT", "BEGINS", "GOES_ON")


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

    @property
    def breaking(self) -> list[Effect]:
        """The trends that do not go on."""
        return [effect for effect in self.effects if effect.is_breaking]


@screen
async def look(desk: Desk) -> Response:
    """What publishing would change, and whether it can be done."""
    survey = await survey_of(desk)
    return await _page(desk, survey, await _checked(desk, survey))


@screen
async def publish(desk: Desk) -> Response:
    """Publish the draft that was looked at, or ask for it, once everything that breaks was ticked as known."""
    if not desk.may(Action.PUBLISH_SURVEY):
        raise Forbidden
    survey, said_here = await survey_of(desk), said_in(desk.form, desk.me["timeZone"])
    check = await _checked(desk, survey, said_here)
    if faults := [*_looked_at(desk, survey), *_unsaid(desk, check, said_here)]:
        return await _page(desk, survey, check, said_here, Faults(faults))
    given = {"surveyId": survey["id"], **said_here.decided}
    if check["isApprovalNeeded"] or said_here.publish_at:
        at = said_here.publish_at.isoformat() if said_here.publish_at else None
        answer = await desk.change("RequestPublish", publishAt=at, note=said_here.note, **given)
        if answer.row is not None:
            return desk.go(f"{ADDRESS}/{survey['id']}/publish", f"now_{answer.row['state']}", "publish")
    else:
        answer = await desk.change("PublishSurvey", **given)
        if answer.row is not None:
            return desk.go(f"{ADDRESS}/{survey['id']}/versions", "published", "publish", number=answer.row["number"])
    return await _page(desk, survey, check, said_here, _told(desk, answer), answer.status)


async def survey_of(desk: Desk) -> Mapping[str, Any]:
    """The questionnaire that the address names."""
    found: Mapping[str, Any] | None = (await desk.ask("Survey", id=desk.request.path_params["id"], language=desk.me["language"]))["survey"]
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
    return in_words(found)


def in_words(found: Mapping[str, Any]) -> Differences:
    """A difference of the API, the trends that break first."""
    effects = [Effect(one["question"], one["metric"], one["verdict"], with_code(one["sentence"])) for one in found["effects"]]
    return Differences(
        changes=[with_code(one["sentence"]) for one in found["changes"]],
        effects=sorted(effects, key=lambda effect: WORST_FIRST.index(effect.verdict)),
    )


async def must_be_known(desk: Desk, survey: Mapping[str, Any], problems: Sequence[Mapping[str, Any]]) -> bool:
    """Whether publishing the draft, which has these problems, takes more than a press: a trend ends, a question is lost, a second
    person must agree, or what waits for its moment would be overtaken. Then its page asks first."""
    if any(one["severity"] == "ERROR" for one in problems):
        return False
    check = await _checked(desk, survey)
    found = in_words(check["difference"]) if check["difference"] else None
    return bool(check["isApprovalNeeded"] or check["undecided"] or check["openRequest"] or (found and found.breaking))


def with_code(sentence: str) -> Markup:
    """A sentence with what stands between backticks as code."""
    parts = sentence.split("`")
    if len(parts) % 2 == 0:
        return escape(sentence)
    return Markup().join(Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def place_in(survey: Mapping[str, Any], problem: Mapping[str, Any]) -> str:
    """The panel of the designer where a problem is mended; the text where the draft cannot be read."""
    draft, home = read_draft(survey["draft"]), f"{ADDRESS}/{survey['id']}"
    if draft is None:
        return f"{home}/text#draft"
    return f"{home}?{urlencode({'at': place_of(draft.document, problem['path'])[0]})}#panel"


async def _checked(desk: Desk, survey: Mapping[str, Any], said_here: Said | None = None) -> Mapping[str, Any]:
    decided = said_here.decided if said_here else {}
    found: Mapping[str, Any] | None
    found = (await desk.ask("PublishCheck", survey=survey["id"], language=desk.me["language"], **decided))["publishCheck"]
    if found is None:
        raise NotFound
    return found


def _looked_at(desk: Desk, survey: Mapping[str, Any]) -> list[FormFault]:
    words, live = words_for("publish", desk.me["language"]), survey["currentVersion"]
    seen = (desk.form.one("revision"), desk.form.one("live"))
    now = (str(survey["draftRevision"]), str(live["number"] if live else 0))
    return [] if seen == now else [FormFault("differences", words("fault_LOOK_AGAIN"))]


def _unsaid(desk: Desk, check: Mapping[str, Any], said_here: Said) -> list[FormFault]:
    words = words_for("publish", desk.me["language"])
    open_ones = {one["question"] for one in check["lost"] if not said_here.became.get(one["question"])}
    faults = [FormFault(f"became-{name}", words("fault_NOT_CHOSEN", question=name)) for name in sorted(open_ones)]
    if said_here.moment and said_here.publish_at is None:
        faults.append(FormFault("moment", words("fault_NO_MOMENT")))
    if faults or check["difference"] is None:
        return faults
    return [
        FormFault(f"knows-{effect.question}", words("fault_NOT_KNOWN", metric=effect.metric, question=effect.question))
        for effect in in_words(check["difference"]).breaking
        if effect.question not in said_here.knows
    ]


def _told(desk: Desk, answer: Changed) -> Faults:
    words = words_for("publish", desk.me["language"])
    if not answer.faults:
        return Faults([FormFault("", said(words, answer.code, answer.message))])
    found = []
    for fault in answer.faults:
        is_moment = fault["path"].removeprefix("input.") == "publishAt"
        code = "NO_MOMENT" if is_moment else fault["code"]
        found.append(FormFault("moment" if is_moment else "checks", said(words, code, fault["message"])))
    return Faults(found)


async def _page(
    desk: Desk,
    survey: Mapping[str, Any],
    check: Mapping[str, Any],
    said_here: Said | None = None,
    faults: Faults = NO_FAULTS,
    status: int = 200,
) -> Response:
    waiting = check["openRequest"]
    ended = await desk.ask("PublishRequests", filter={"surveyId": survey["id"], "states": ENDED}, first=3)
    likely = {one["question"]: one["likely"] or "" for one in check["lost"]}
    return desk.page(
        "console/publish.html",
        "publish",
        status=status,
        faults=faults,
        survey=survey,
        check=check,
        found=in_words(check["difference"]) if check["difference"] else None,
        waiting=waiting,
        asked_for=in_words(waiting["difference"]) if waiting and waiting["difference"] else None,
        ended=ended["publishRequests"]["nodes"],
        errors=[one for one in check["problems"] if one["severity"] == "ERROR"],
        advice=[one for one in check["problems"] if one["severity"] != "ERROR"],
        said_here=said_here or Said(likely),
        reason=desk.form.one("reason"),
        taken_out=TAKEN_OUT,
        with_code=with_code,
        place=lambda problem: place_in(survey, problem),
        pauses=await pauses_of(desk, survey["key"]),
        may_publish=desk.may(Action.PUBLISH_SURVEY),
        may_pause=desk.may(Action.PAUSE),
    )


async def refused(desk: Desk, survey: Mapping[str, Any], faults: Faults, status: int) -> Response:
    """The page again, with what was refused."""
    return await _page(desk, survey, await _checked(desk, survey), None, faults, status)


async def pauses_of(desk: Desk, key: str) -> list[Mapping[str, Any]]:
    """The pauses under which nobody is asked with a survey: its own, and those of everything."""
    if not desk.may(Action.SEE_OUTREACH):
        return []
    pauses = (await desk.ask("Pauses"))["pauses"]
    return [one for one in pauses if one["scope"] == "EVERYTHING" or (one["scope"], one["ref"]) == ("SURVEY", key)]
