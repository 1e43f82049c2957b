"""What every answer tells the browser to refuse."""

import base64
import hashlib

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_UNFRAMED = "frame-ancestors 'none'"
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"default-src 'none'; {_UNFRAMED}; base-uri 'none'; form-action 'none'",
}


def content_policy(*, styles: str = "'self'", scripts: str = "'self'", connect: str = "'none'", trusted_types: str = "'none'") -> str:
    """A Content-Security-Policy for a page: everything from elsewhere is refused, and nothing inline runs unless its hash is named."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {styles}",
            f"script-src {scripts}",
            f"connect-src {connect}",
            "img-src 'self' data:",
            "form-action 'self'",
            _UNFRAMED,
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
            f"trusted-types {trusted_types}",
        )
    )


def framed_by(policy: str, origins: str) -> str:
    """The same policy for a page that may stand in a frame of these origins, such as `'self'`."""
    return policy.replace(_UNFRAMED, f"frame-ancestors {origins}")


def hash_source(inline: str) -> str:
    """The source expression that allows exactly this inline text."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode() + "'"


class GuardHeaders:
    """Adds the headers that an answer did not set itself; `secure` also asks browsers to stay with HTTPS.

    An answer stands in no frame unless its own policy names who may frame it.
    """

    def __init__(self, app: ASGIApp, *, secure: bool = False) -> None:
        self.app = app
        self.headers = {**_ALWAYS, **({"Strict-Transport-Security": "max-age=31536000"} if secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; only the start of an HTTP answer is touched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if "frame-ancestors" not in (policy := headers["Content-Security-Policy"]) or _UNFRAMED in policy:
                    headers.setdefault("X-Frame-Options", "DENY")
            await send(message)

        await self.app(scope, receive, guarded)
