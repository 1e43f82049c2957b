"""Answers that a scanner may have given: what speaks for that, the answer itself, and what a colleague said of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry import Parent

from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.exposed import computed, enum, field, shape, takes
from voc.api.global_ids import row_id
from voc.api.listings import SUSPECTS, Order
from voc.api.mutations import mutation
from voc.api.paging import Page, Paging
from voc.api.responses import Response
from voc.core.access import Action
from voc.outreach.models import LinkSeen, OddPress
from voc.responses import models
from voc.responses.judgements import Held, judge_suspect, judgements_of, suspects_visible_to, undo_judgement
from voc.responses.scanners import Sign

MOST_SHOWN = 20

enum(
    Held,
    "Where an answer that a scanner may have given stands.",
    name="SuspectState",
    WAITING="Held, and nobody has said yet whether it counts.",
    NOT_COUNTED="A colleague said that it does not count: it stays held.",
    COUNTED="A colleague said that it counts.",
)
enum(
    Sign,
    "Something that mail scanners do and people hardly ever. New values may be added: handle unknown ones.",
    name="ScannerSign",
    TOO_FAST="The button was pressed before anybody could have read the page.",
    ON_ARRIVAL="The page was opened at the moment the message arrived.",
    CONTRADICTION="It was sent, and said to be unwelcome, within a minute.",
    SEVERAL_SCORES="The links of several scores were opened one right after the other.",
)


@shape
class LinkOpening:
    """That a link was opened."""

    seen_at: datetime
    """When."""
    score: int | None
    """The score that the opened link carried, if any."""


@shape
class OddButtonPress:
    """A press of a button that bore signs of a scanner."""

    what: str
    """What it did: `sent`, `declined`, `stopped`, `chosen` or `erased`."""
    is_held: bool
    """Whether it was left without effect, or its answer held."""
    served_at: datetime | None
    """When the pressed page was served; null where it was no page of ours."""
    pressed_at: datetime
    """When it was pressed."""

    @computed
    def signs(row: OddPress) -> list[Sign]:  # noqa: N805 - the source is the row
        """The signs it bore."""
        return signs_in(row.signs)


@shape
class Judgement:
    """What a colleague said of a held answer."""

    by: str
    """Who said so."""
    at: datetime
    """When."""

    @computed
    def is_counted(row: models.Judgement) -> bool:  # noqa: N805 - the source is the row
        """Whether it counts."""
        return row.counts


@shape
class SuspectAnswer:
    """An answer that a scanner may have given, with everything that is known of it."""

    @field(Response)
    def response(row: Parent[models.Response]) -> models.Response:  # noqa: N805
        """The answer itself, as far as you may see it."""
        return row

    @field(list[Sign])
    async def signs(row: Parent[models.Response], info: Info) -> list[Sign]:  # noqa: N805
        """Why it was held."""
        said = await info.context.loaders.of(judgements_of, row.id)
        return signs_in(row.suspect or (said.signs if said else ""))

    @field(list[LinkOpening])
    async def openings(row: Parent[models.Response], info: Info) -> list[LinkSeen]:  # noqa: N805
        """When its link was opened, the first twenty times."""
        return (await info.context.loaders.of(_openings, row.invitation_id) or []) if row.invitation_id else []

    @field(list[OddButtonPress])
    async def presses(row: Parent[models.Response], info: Info) -> list[OddPress]:  # noqa: N805
        """The presses that bore a sign, in order, the first twenty."""
        return (await info.context.loaders.of(_presses, row.invitation_id) or []) if row.invitation_id else []

    @field(Judgement | None)
    async def judgement(row: Parent[models.Response], info: Info) -> models.Judgement | None:  # noqa: N805
        """What a colleague said; null while nobody did, and once it was taken back."""
        return await info.context.loaders.of(judgements_of, row.id)


@takes
class JudgeSuspectInput:
    """Whether a held answer counts."""

    response_id: strawberry.ID
    """The response."""
    is_counted: bool
    """Whether it does."""


@takes
class UndoJudgementInput:
    """A judgement to take back."""

    response_id: strawberry.ID
    """The response."""


@shape
class SuspectQueries:
    """Reads of held answers."""

    @field(Connection[SuspectAnswer] | None)
    async def suspect_answers(
        self,
        info: Info,
        state: Annotated[Held | None, strawberry.argument(description="Where they stand; those that wait when left out.")] = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: Annotated[Order | None, strawberry.argument(description="In which order; the newest first unless said.")] = None,
    ) -> Page:
        """Answers that a scanner may have given, as far as you may see them."""
        info.context.actor.must(Action.SEE_RESPONSES)
        return await SUSPECTS.page(
            suspects_visible_to(info.context.actor, state or Held.WAITING), Paging(first, after, last, before), order_by
        )


@shape
class SuspectMutations:
    """What becomes of held answers."""

    @mutation(Response)
    async def judge_suspect(self, info: Info, input: JudgeSuspectInput) -> models.Response:
        """Say that a held answer counts, and what follows an answer follows it now; or that it does not, and it stays held."""
        response_id = row_id(input.response_id, "Response", path="responseId")
        return await judge_suspect(info.context.actor, response_id, counts=input.is_counted)

    @mutation(Response)
    async def undo_judgement(self, info: Info, input: UndoJudgementInput) -> models.Response:
        """Take back what was said of an answer: it is held again. A Conflict where the customer has sent something since."""
        return await undo_judgement(info.context.actor, row_id(input.response_id, "Response", path="responseId"))


def signs_in(text: str) -> list[Sign]:
    """The signs in a text such as `too_fast, several_scores`; what is no sign any more is left out."""
    known = {sign.value: sign for sign in Sign}
    return [known[one] for one in text.split(", ") if one in known]


async def _openings(invitation_ids: Iterable[UUID]) -> dict[UUID, list[LinkSeen]]:
    found: dict[UUID, list[LinkSeen]] = {}
    for seen in await LinkSeen.filter(invitation_id__in=list(invitation_ids)).order_by("seen_at", "id"):
        if len(of := found.setdefault(seen.invitation_id, [])) < MOST_SHOWN:
            of.append(seen)
    return found


async def _presses(invitation_ids: Iterable[UUID]) -> dict[UUID, list[OddPress]]:
    found: dict[UUID, list[OddPress]] = {}
    for press in await OddPress.filter(invitation_id__in=list(invitation_ids)).order_by("pressed_at", "id"):
        if len(of := found.setdefault(press.invitation_id, [])) < MOST_SHOWN:
            of.append(press)
    return found
