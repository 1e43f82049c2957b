"""A small draft, and how somebody without scripts works on it in the designer."""

from typing import Any

from tests.web.visitor import Seen, Visitor
from voc.surveys.documents import read_text
from voc.surveys.models import Survey

SMALL: dict[str, Any] = {
    "key": "csat-after-call",
    "name": {"en": "Calls"},
    "languages": ["en", "nl"],
    "pages": [
        {
            "id": "first",
            "questions": [
                {"id": "nps", "kind": "nps", "text": {"en": "How likely?", "nl": "Hoe waarschijnlijk?"}},
                {
                    "id": "cause",
                    "kind": "single_choice",
                    "text": {"en": "Why?", "nl": "Waarom?"},
                    "show_if": "answers.nps <= 6",
                    "choices": [
                        {"code": "wait", "text": {"en": "The wait", "nl": "Het wachten"}},
                        {"code": "a/b", "text": {"en": "The call", "nl": "Het gesprek"}},
                    ],
                },
            ],
        },
        {"id": "second", "questions": [{"id": "more", "kind": "text", "text": {"en": "Anything else?", "nl": "Nog iets?"}}]},
    ],
    "end_pages": [{"id": "thanks", "title": {"en": "Thank you", "nl": "Dank u"}}],
    "invitation": {
        "subject": {"en": "Your call", "nl": "Uw gesprek"},
        "greeting": {"en": "Hello", "nl": "Dag"},
        "why": {"en": "You called.", "nl": "U belde."},
        "use": {"en": "We read it.", "nl": "We lezen het."},
    },
}


async def open_at(browser: Visitor, at: str) -> Seen:
    """The panel of a place."""
    page = await browser.go("/console/questionnaires")
    address = next(href for href in page.links.values() if href.startswith("/console/questionnaires/") and not href.endswith("/new"))
    return await browser.go(f"{address}?at={at}" if at else address)


async def save(browser: Visitor, typed: dict[str, str], button: str = "Save") -> Seen:
    """Type into boxes by their names as they are, and press."""
    form = browser.seen.form(button)
    fields = [(name, value) for name, value in form.fields if name not in typed] + list(typed.items())
    return await browser.post(form.action, [*fields, ("deed", form.buttons[button]["value"])])


async def content(survey: Survey) -> Any:
    """The draft as it is now."""
    return read_text((await Survey.get(id=survey.id)).draft).content


async def asked(survey: Survey) -> list[list[str]]:
    """The ids of the questions, page by page."""
    return [[one["id"] for one in page["questions"]] for page in (await content(survey))["pages"]]
