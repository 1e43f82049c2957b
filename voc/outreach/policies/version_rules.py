"""The rules of a policy's version as its row has them; what is written there never changes, so each document is read once."""

from functools import lru_cache

import orjson

from voc.outreach.policies.rules import Rules
from voc.outreach.policies.rules_document import parse


def stored_rules(document: object) -> Rules:
    """The rules in a column `rules`, whose document either database gives as text or read already."""
    text = document if isinstance(document, str) else orjson.dumps(document).decode()
    return _read(text)


@lru_cache(maxsize=512)
def _read(text: str) -> Rules:
    return parse(orjson.loads(text))
