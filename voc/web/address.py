"""Whose request it is, for the limits."""

from starlette.requests import Request

from voc.core.limit import network_of


def address_of(request: Request) -> str:
    """The network that the request came from."""
    return network_of(request.client.host if request.client else "")
