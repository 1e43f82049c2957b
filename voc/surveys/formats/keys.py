"""Names for programs out of names for people. PURE."""

import re
from unicodedata import normalize

LONGEST_KEY = 60
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER = re.compile(r"[^a-z0-9]+")


def words_apart(name: str) -> str:
    """`firstName` as `first_Name`, so that its words stay apart in an id."""
    return _HUMP.sub("_", name)


def as_key(title: str, otherwise: str = "imported") -> str:
    """A title as the key of a survey: small letters, digits and -."""
    plain = normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    found = _OTHER.sub("-", plain).strip("-")[:LONGEST_KEY].strip("-")
    return found if found[:1].isalpha() else f"survey-{found}".strip("-")[:LONGEST_KEY] if found else otherwise
