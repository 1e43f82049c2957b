"""Every page of keeping house."""

from starlette.routing import Route

from voc.web import house_brands, house_health, house_people, house_reading, house_tokens, house_webhooks


def routes() -> list[Route]:
    """The addresses of all parts."""
    return [
        route for part in (house_health, house_people, house_brands, house_reading, house_tokens, house_webhooks) for route in part.routes()
    ]
