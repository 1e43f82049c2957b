"""Agreeing to what a colleague wants published, refusing it, taking it back; stopping a questionnaire and letting it go on."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Forbidden
from voc.web.console import Desk, screen
from voc.web.faults import Changed, Faults, FormFault, form_faults, said
from voc.web.publish_page import ONE, refused, survey_of
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for


def routes() -> list[Route]:
    """The buttons of the publish page beside publishing itself."""
    deeds = {"agree": agree, "refuse": refuse, "withdraw": withdraw, "pause": pause, "resume": resume}
    return [Route(f"{ONE}/{name}", deed, methods=["POST"]) for name, deed in deeds.items()]


@screen
async def agree(desk: Desk) -> Response:
    """Agree: what was asked for is published, now or at its moment."""
    survey = await _may_publish(desk)
    answer = await desk.change("ApprovePublish", requestId=desk.form.one("request"))
    return await _after(desk, survey, answer)


@screen
async def refuse(desk: Desk) -> Response:
    """Say no, and why."""
    survey = await _may_publish(desk)
    answer = await desk.change("RefusePublish", requestId=desk.form.one("request"), reason=desk.form.one("reason").strip())
    if answer.faults:
        words = words_for("publish", desk.me["language"])
        return await refused(desk, survey, Faults([FormFault("reason", words("fault_NO_REASON"))]), answer.status)
    return await _after(desk, survey, answer)


@screen
async def withdraw(desk: Desk) -> Response:
    """Take back what waits."""
    survey = await _may_publish(desk)
    return await _after(desk, survey, await desk.change("WithdrawPublish", requestId=desk.form.one("request")))


@screen
async def pause(desk: Desk) -> Response:
    """Ask nobody with it from now on."""
    survey = await survey_of(desk)
    answer = await desk.change("PauseSending", scope="SURVEY", ref=survey["key"], reason=desk.form.one("why").strip())
    if not answer.is_done:
        return await refused(desk, survey, form_faults(answer, words_for("publish", desk.me["language"])), answer.status)
    return desk.go(f"{ADDRESS}/{survey['id']}/publish", "now_paused", "publish")


@screen
async def resume(desk: Desk) -> Response:
    """Let it be asked again."""
    survey = await survey_of(desk)
    answer = await desk.change("ResumeSending", pauseId=desk.form.one("pause"))
    return desk.go(f"{ADDRESS}/{survey['id']}/publish", "now_going_on" if answer.is_done else "went_on_already", "publish")


async def _may_publish(desk: Desk) -> Mapping[str, Any]:
    if not desk.may(Action.PUBLISH_SURVEY):
        raise Forbidden
    return await survey_of(desk)


async def _after(desk: Desk, survey: Mapping[str, Any], answer: Changed) -> Response:
    words = words_for("publish", desk.me["language"])
    if answer.row is None:
        # What keeps the frozen text from being published is told in full: its draft may have changed since.
        told = [FormFault("", fault["message"]) for fault in answer.faults] or [FormFault("", said(words, answer.code, answer.message))]
        return await refused(desk, survey, Faults(told), answer.status)
    if answer.row["state"] == "DONE":
        return desk.go(f"{ADDRESS}/{survey['id']}/versions", "published", "publish", number=answer.row["number"])
    return desk.go(f"{ADDRESS}/{survey['id']}/publish", f"now_{answer.row['state']}", "publish")
