"""The doors of this room, as routes for the application."""

from starlette.routing import Route

from voc.connect.ingest import ingest_contacts


def routes() -> list[Route]:
    """Where programs bring and fetch."""
    return [Route("/ingest/contacts", ingest_contacts, methods=["POST"])]
