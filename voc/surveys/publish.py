"""Publishing: a text becomes a version that never changes."""

from uuid import UUID

from voc.core import clock, settings
from voc.core.access import Action, Actor, Role
from voc.core.errors import Conflict
from voc.core.events import emit
from voc.core.find import one
from voc.core.verb import verb
from voc.surveys.events import SurveyPublished
from voc.surveys.models import PublishRequest, PublishState, Survey, SurveyVersion
from voc.surveys.publication import NOTHING_DECIDED, Decided, Publication, publication
from voc.surveys.queries import surveys_visible_to

OPEN = (PublishState.WAITING, PublishState.SCHEDULED)


@verb(Action.PUBLISH_SURVEY)
async def publish_survey(actor: Actor, survey_id: UUID, decided: Decided = NOTHING_DECIDED) -> SurveyVersion:
    """Freeze the draft as the version customers will see from now on; invitations that are out keep the one they were sent with.

    Refuses what `publication` refuses. Where a second person must agree, it is a Conflict: ask for it with `request_publish`.
    """
    survey = await one(surveys_visible_to(actor), survey_id)
    if needs_second_person(actor):
        message = "Here a second person agrees to every version. Ask for it, and a colleague who may publish will see it."
        raise Conflict("APPROVAL_NEEDED", message)
    found = await publication(survey, survey.draft, decided)
    # Of two publishers at once, or a publisher and a designer who saves, the second gets a Conflict.
    mine = await Survey.filter(id=survey.id, draft_revision=survey.draft_revision, last_number=survey.last_number).update(
        updated_at=clock.now()
    )
    if not mine:
        raise Conflict("DRAFT_CHANGED", "Somebody saved or published this survey at the same moment. Look at it again.")
    return await release(survey, found, published_by=actor.name)


async def release(survey: Survey, found: Publication, *, published_by: str, approved_by: str | None = None) -> SurveyVersion:
    """Make it the next version, in the running transaction; whatever else waited to be published for this survey is overtaken."""
    number = survey.last_number + 1
    mine = await Survey.filter(id=survey.id, last_number=survey.last_number).update(
        last_number=number, name=found.name, updated_at=clock.now()
    )
    if not mine:
        raise Conflict("DRAFT_CHANGED", "Somebody published this survey at the same moment. Look at it again.")
    version = await SurveyVersion.create(
        survey=survey,
        number=number,
        document=found.document,
        published_by=published_by,
        approved_by=approved_by,
        renamed=dict(found.renamed),
    )
    reason = f"{published_by} published version {number} in the meantime."
    await PublishRequest.filter(survey_id=survey.id, state__in=OPEN).update(
        state=PublishState.OVERTAKEN, decided_at=clock.now(), reason=reason
    )
    await emit(SurveyPublished(version.id))
    return version


def needs_second_person(actor: Actor) -> bool:
    """Whether what the actor publishes needs a colleague's leave. The command line does not: whoever runs it holds the database."""
    return settings.current().publish_approval == "second_person" and not actor.has(Role.SYSTEM)
