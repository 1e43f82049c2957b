"""The pages of the demo's outbox: mails and texts, a mail with its text part, and the mail's own HTML in a frame that runs nothing."""

import base64
import hashlib
import re
from html import escape

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from voc.demo.mailbox import Mail, Mailbox
from voc.demo.telephones import Telephones, Text

_STYLE = (
    ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;margin:0 auto;padding:1.5rem 1rem;max-width:56rem}"
    "table{border-collapse:collapse;inline-size:100%}a{color:inherit}a,td,pre{overflow-wrap:anywhere}pre{white-space:pre-wrap}"
    "td,th{text-align:start;vertical-align:top;padding:.625rem .5rem;border-bottom:1px solid #8886}"
    "iframe{inline-size:100%;block-size:44rem;border:1px solid #8886;border-radius:8px;background:#fff}"
)
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_SHOWN = ("From", "To", "Reply-To", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post")


def mailbox_app(mailbox: Mailbox, telephones: Telephones) -> Starlette:
    """The application that takes texts, and shows them beside the mails."""

    async def show_list(request: Request) -> Response:
        return _page("Outbox of the demo", _list(mailbox) + _texts(list(telephones.texts.values())))

    async def show_mail(request: Request) -> Response:
        mail = mailbox.mails.get(request.path_params["number"])
        return (
            _page(mail.subject, _mail(mail)) if mail else _page("Gone", "<h1>This mail is gone</h1><p><a href='/'>All mails</a></p>", 404)
        )

    async def show_html(request: Request) -> Response:
        mail = mailbox.mails.get(request.path_params["number"])
        # A mail has to style itself inline, so this answer alone allows that; it is sandboxed and can load nothing.
        rules = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox"
        document = mail.part("html").replace("<head>", '<head><base target="_blank">', 1) if mail else ""
        return HTMLResponse(document, headers={"Content-Security-Policy": rules})

    return Starlette(
        routes=[
            Route("/", show_list),
            Route("/mail/{number:int}", show_mail),
            Route("/mail/{number:int}/html", show_html),
            *telephones.routes(),
        ],
    )


def _list(mailbox: Mailbox) -> str:
    rows = "".join(
        f'<tr><td><a href="/mail/{mail.number}">{escape(mail.subject)}</a></td><td>{escape(mail.to)}</td></tr>'
        for mail in reversed(mailbox.mails.values())
    )
    table = f"<table><thead><tr><th>Subject</th><th>To</th></tr></thead><tbody>{rows}</tbody></table>"
    intro = "<h1>Outbox of the demo</h1><p>Every mail that left, as the customer gets it. Open one and answer it.</p>"
    return intro + (table if rows else "<p>No mail yet. Wait a moment, then load this page again.</p>")


def _texts(texts: list[Text]) -> str:
    """The texts, the newest first, their links to be followed."""
    said = {one.number: re.sub(r"(https?://\S+)", r'<a href="\1">\1</a>', escape(one.text)) for one in texts}
    rows = "".join(f"<tr><td>{said[one.number]}</td><td>{escape(one.to)}</td></tr>" for one in reversed(texts))
    table = f"<table><thead><tr><th>Text</th><th>To</th></tr></thead><tbody>{rows}</tbody></table>"
    return f"<h2>Texts</h2>{table if rows else '<p>No text yet.</p>'}"


def _mail(mail: Mail) -> str:
    heads = "".join(f"<tr><th>{name}</th><td>{escape(str(mail.message[name]))}</td></tr>" for name in _SHOWN if mail.message[name])
    frame = f'<iframe title="The mail as the customer sees it" src="/mail/{mail.number}/html"></iframe>'
    text = f"<h2>Text part</h2><pre>{escape(mail.part('plain'))}</pre>"
    return f'<p><a href="/">All mails</a></p><h1>{escape(mail.subject)}</h1><table>{heads}</table>{frame}{text}'


def _page(title: str, body: str, status: int = 200) -> Response:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>'
    document = f'<!doctype html><html lang="en"><head>{head}<style>{_STYLE}</style></head><body><main>{body}</main></body></html>'
    rules = f"default-src 'none'; style-src 'sha256-{_HASH}'; frame-src 'self'"
    return HTMLResponse(document, status, headers={"Content-Security-Policy": rules})
