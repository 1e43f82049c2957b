"""Ends of the survey, and what is said there. PURE."""

from dataclasses import replace

from voc.surveys.formats.filled_in import default_end_page
from voc.surveys.formats.logic.terms import ALWAYS, Condition
from voc.surveys.formats.plain_text import plain_text
from voc.surveys.formats.qsf.flow import Station, ending_quotas
from voc.surveys.formats.qsf.loose import Group, group, text, word
from voc.surveys.formats.qsf.pages import Assembly
from voc.surveys.questionnaire import EndPage
from voc.surveys.texts import Texts

_REDIRECT = "Customers stay on our last page. Put the address into its text where it matters."
_LIBRARY = "Its words are in a library of the old system and not in this file. Write them into the last page."


def end_here(assembly: Assembly, number: int, station: Station) -> EndPage | None:
    """End the survey at this place for those who reach it; gives an end page where the file has words for it."""
    if quotas := ending_quotas(station):
        why = "The quotas themselves end the survey here, when somebody sends who is one too many."
        assembly.logic.notes.changed(station.flow_id, "QUOTA_END", ", ".join(sorted(quotas)), why)
        return None
    condition = assembly.gate(station.gates, (station.flow_id,))
    options = group(station.node.get("Options"))
    _report(assembly, station.flow_id, options)
    is_last = number == len(assembly.flow.stations) - 1
    if station.gates and condition is None:
        why = "Its condition cannot be said here, so that nobody ends here. Set the end by hand."
        assembly.logic.notes.dropped(station.flow_id, "END_DROPPED", "an early end", why)
        return None
    if not (is_last and condition is None):
        _end_after(assembly, station, condition)
    said = _words(assembly, station.flow_id, options)
    if said is None or condition is None:
        return None
    return EndPage(id=assembly.page_id(f"end_{station.flow_id}"), show_if=condition.yes, title=said)


def end_pages(assembly: Assembly, special: list[EndPage], languages: tuple[str, ...]) -> tuple[EndPage, ...]:
    """The end pages; the last one thanks everybody else, in the words of the file where it has such."""
    options = assembly.source.options
    unconditional = next((one for one in reversed(assembly.flow.stations) if one.kind == "end" and not one.gates), None)
    own = _words(assembly, unconditional.flow_id, group(unconditional.node.get("Options"))) if unconditional else None
    own = own or _words(assembly, assembly.source.id, options)
    _report(assembly, assembly.source.id, options)
    last = default_end_page(languages)
    return (*special, replace(last, title=own, text=Texts()) if own else last)


def _end_after(assembly: Assembly, station: Station, condition: Condition | None) -> None:
    wanted = (condition or ALWAYS).yes
    if not assembly.pages:
        assembly.logic.notes.dropped(station.flow_id, "END_DROPPED", "an end before the first page", "Nothing is asked before it.")
        return
    *others, last = assembly.pages
    joined = f"({last.end_if}) || ({wanted})" if last.end_if and last.end_if != wanted else wanted
    assembly.pages[:] = [*others, replace(last, end_if=joined)]


def _words(assembly: Assembly, source_id: str, options: Group) -> Texts | None:
    message = text(options.get("EOSMessage"))
    if not message or message.startswith("MS_") or word(options.get("SurveyTermination")) == "Redirect":
        return None
    said = " ".join(plain_text(assembly.pipes.line(message, source_id)).split())[:300]
    return Texts({assembly.pipes.base: said}, assembly.pipes.fallback) if said else None


def _report(assembly: Assembly, source_id: str, options: Group) -> None:
    if word(options.get("SurveyTermination")) == "Redirect" or word(options.get("EndingType")) == "Redirect":
        assembly.logic.notes.dropped(source_id, "REDIRECT_DROPPED", text(options.get("EOSRedirectURL")), _REDIRECT)
    elif text(options.get("EOSMessage")).startswith("MS_"):
        assembly.logic.notes.dropped(source_id, "END_TEXT_DROPPED", text(options.get("EOSMessage")), _LIBRARY)
