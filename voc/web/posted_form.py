"""Reading what a form posted, within limits."""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

LARGEST = 256 * 1024
MOST_FIELDS = 1000


class PostedForm:
    """The fields of a form, in the order in which they came; a field may come several times."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self._fields = fields

    def one(self, name: str) -> str:
        """The last value of a field; empty where it did not come."""
        return self._fields.get(name, [""])[-1]

    def many(self, name: str) -> list[str]:
        """All values of a field."""
        return self._fields.get(name, [])

    def pairs(self) -> list[tuple[str, str]]:
        """Every field with each of its values."""
        return [(name, value) for name, values in self._fields.items() for value in values]

    def values(self, names: Iterable[str]) -> dict[str, object]:
        """The named fields that came: a text, or several texts where several came."""
        return {name: found if len(found) > 1 else found[0] for name in names if (found := self._fields.get(name))}


async def posted_form(request: Request) -> PostedForm:
    """The form of a POST. Too large is 413; what is no form has no fields."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return PostedForm({})
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise HTTPException(413)
    fields: dict[str, list[str]] = {}
    try:
        for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS):
            fields.setdefault(name, []).append(value)
    except ValueError:
        raise HTTPException(413) from None
    return PostedForm(fields)
