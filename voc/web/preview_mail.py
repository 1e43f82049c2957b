"""A mail as a document of its own: it looks as mail programs show it, and holds no style that our policy would have to let in."""

import re

from voc.web.headers import hash_source
from voc.web.preview_face import Look

_INLINE = re.compile(r'style="([^"]*)"')
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def mail_page(html: str, look: Look) -> tuple[str, str]:
    """The page and its policy. Its links open nothing, for they were made for nobody.

    Mails carry a style on each element, because mail programs drop style sheets. Here each becomes a rule of the one style sheet.
    """
    rules: dict[str, int] = {}

    def named(found: re.Match[str]) -> str:
        return f'data-rule="{rules.setdefault(found[1], len(rules))}"'

    body = _INLINE.sub(named, html)
    own = "".join(f'[data-rule="{number}"]{{{rule}}}' for rule, number in rules.items())
    sheet = _STYLE.search(body)
    style = look.style(own + (sheet[1] if sheet else ""))
    page = _STYLE.sub(lambda _: f'<style>{style}</style>\n<base target="_blank">', body, count=1)
    policy = "; ".join(
        ("default-src 'none'", f"style-src {hash_source(style)}", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'self'")
    )
    return page, policy
