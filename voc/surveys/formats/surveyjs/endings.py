"""What a survey says at its end. PURE."""

from voc.surveys.formats.filled_in import default_end_page
from voc.surveys.formats.logic.terms import both
from voc.surveys.formats.surveyjs.conditions import Conditions
from voc.surveys.formats.surveyjs.setting import Setting
from voc.surveys.formats.values import Raw, first_of, maps_in, text_in
from voc.surveys.questionnaire import EndPage
from voc.surveys.questions import NOTHING
from voc.surveys.texts import Texts

LONGEST_TITLE = 150


def end_pages(raw: Raw, conditions: Conditions, setting: Setting) -> tuple[EndPage, ...]:
    """The end pages: those with a condition first, the one for everybody else last."""
    found = []
    for number, one in enumerate(maps_in(raw.get("completedHtmlOnCondition")), 1):
        source_id = f"completedHtmlOnCondition[{number - 1}]"
        met = both(conditions.of((text_in(one.get("expression")),), source_id)).yes
        if met == "true":
            setting.notes.dropped(
                source_id, "END_DROPPED", text_in(one.get("html")), "Without its condition this end would hide the others."
            )
            continue
        title, text = _split(setting.spoken.texts(first_of(one, "html"), source_id, 5000))
        end = default_end_page(setting.spoken.languages, title, text, f"end_{number}")
        found.append(EndPage(id=end.id, show_if=met, title=end.title, text=end.text))
    for key in ("navigateToUrl", "navigateToUrlOnCondition"):
        if raw.get(key):
            what = text_in(raw[key]) or ", ".join(text_in(one.get("url")) for one in maps_in(raw[key]))
            setting.notes.dropped("survey", "REDIRECT_DROPPED", what, "Customers end on our own page, not on another site.")
    title, text = _split(setting.spoken.texts(raw.get("completedHtml"), "completedHtml", 5000))
    return (*found, default_end_page(setting.spoken.languages, title, text))


def _split(said: Texts) -> tuple[Texts, Texts]:
    """A short first line as the title, the rest as the text; in all languages alike."""
    if not said:
        return NOTHING, NOTHING
    parts = {language: text.partition("\n") for language, text in said.items()}
    if any(len(first) > LONGEST_TITLE for first, _, _ in parts.values()):
        return NOTHING, said
    if not all(rest.strip() for _, _, rest in parts.values()):
        is_short = all(len(text) <= LONGEST_TITLE and "\n" not in text for text in said.values())
        return (said, NOTHING) if is_short else (NOTHING, said)
    return Texts({one: first for one, (first, _, _) in parts.items()}), Texts({one: rest.strip() for one, (_, _, rest) in parts.items()})
