"""The doors of this room, as routes for the application."""

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from voc.connect import gateway_door, mail_reports
from voc.connect.door import TooOften, refusal, whoever_knocks
from voc.connect.export import Which, export_responses
from voc.connect.ingest import ingest_contacts
from voc.core.access import Action
from voc.core.errors import Invalid, Refusal
from voc.customers import values
from voc.customers.values import Unreadable
from voc.surveys.queries import survey_by_key


def routes() -> list[Route]:
    """Where programs bring and fetch."""
    return [
        Route("/ingest/contacts", ingest_contacts, methods=["POST"]),
        Route("/export/responses.csv", responses_csv, methods=["GET"]),
        *gateway_door.routes(),
        *mail_reports.routes(),
    ]


async def responses_csv(request: Request) -> Response:
    """The responses as CSV: of `?survey=` (a key) or of all, from `?since=` and before `?until=` where they are given."""
    try:
        actor = await whoever_knocks(request, Action.EXPORT)
        which = await _which(request)
    except (Refusal, TooOften) as error:
        return refusal(error)
    named = {"Content-Disposition": 'attachment; filename="responses.csv"'}
    return StreamingResponse(export_responses(actor, which), media_type="text/csv", headers=named)


async def _which(request: Request) -> Which:
    asked = request.query_params
    key = asked.get("survey")
    survey = await survey_by_key(key) if key else None
    if key and survey is None:
        raise Invalid.at("survey", "NOT_FOUND", f"There is no survey `{key}`.")
    moments = {}
    for name in ("since", "until"):
        try:
            moments[name] = values.moment(asked[name]) if asked.get(name) else None
        except Unreadable as unreadable:
            raise Invalid.at(name, unreadable.code, f"`{name}` {unreadable.message}") from None
    return Which(survey.id if survey else None, **moments)
