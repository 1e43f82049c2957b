"""The face of a page that is looked at before customers meet it: light or dark whatever the device wishes, and with larger text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

from voc.web.face import Face
from voc.web.headers import content_policy, framed_by, hash_source

LARGER = "200"
OFF = "off"
SCHEMES = ("light", "dark")
_DARK = "(prefers-color-scheme:dark)"
_EITHER = "color-scheme:light dark"


@dataclass(frozen=True, slots=True)
class Look:
    """How a preview is looked at: the scheme of the device where none is said, text as usual or twice as large, with its script or not."""

    scheme: str = ""
    text: str = ""
    script: str = ""

    @property
    def has_script(self) -> bool:
        """Whether the script of the page runs."""
        return self.script != OFF

    @classmethod
    def asked(cls, values: Mapping[str, str]) -> "Look":
        """What an address asks for; anything unknown is left out."""
        wishes = (("scheme", SCHEMES), ("text", (LARGER,)), ("script", (OFF,)))
        return cls(*(said if (said := values.get(name, "")) in known else "" for name, known in wishes))

    def query(self, **more: str) -> str:
        """The same for another address; empty where nothing is said."""
        said = {name: value for name, value in {"scheme": self.scheme, "text": self.text, "script": self.script, **more}.items() if value}
        return f"?{urlencode(said)}" if said else ""

    def style(self, style: str) -> str:
        """A style sheet as it applies under this look."""
        if self.scheme:
            wished = "all" if self.scheme == "dark" else "not all"
            style = style.replace(f"@media {_DARK}", f"@media {wished}").replace(_EITHER, f"color-scheme:{self.scheme}")
        return style + ("html{font-size:200%}" if self.text else "")


def preview_face(face: Face, look: Look) -> Face:
    """The face under a look, which pages of ours may frame."""
    style, policy = _styled(face.style, look)
    return replace(face, style=style, policy=policy)


@lru_cache(maxsize=64)
def _styled(style: str, look: Look) -> tuple[str, str]:
    seen = look.style(style)
    return seen, framed_by(content_policy(styles=hash_source(seen)), "'self'")
