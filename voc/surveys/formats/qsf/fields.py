"""Embedded data: fields that the flow sets, as hidden questions on pages of their own. PURE."""

from voc.surveys.formats.plain_text import plain_text
from voc.surveys.formats.qsf.flow import Station
from voc.surveys.formats.qsf.loose import Group, groups, text, word
from voc.surveys.formats.qsf.names import Names
from voc.surveys.formats.qsf.pages import Assembly
from voc.surveys.questionnaire import Page
from voc.surveys.questions import Hidden, Source

_LONGEST = 2000


def announce_fields(stations: list[Station], names: Names) -> None:
    """Give every field that the flow sets a name; one that is set several times has one name."""
    for station in stations:
        if station.kind == "fields":
            for entry in groups(station.node.get("EmbeddedData")):
                field = word(entry.get("Field"))
                if field and field not in names.fields:
                    names.fields[field] = [names.new_name(field)]


def set_fields(assembly: Assembly, number: int, station: Station) -> None:
    """A page that nobody sees, on which the fields get their values."""
    condition = assembly.gate(station.gates, (station.flow_id,))
    hidden: dict[str, Hidden] = {}
    for entry in groups(station.node.get("EmbeddedData")):
        if field := word(entry.get("Field")):
            one = _hidden(field, entry, station, assembly)
            hidden[one.id] = one
    if not hidden:
        return
    page_id = assembly.page_id(f"set_{station.flow_id or 'fields'}")
    assembly.pages.append(Page(id=page_id, show_if=condition.yes if condition else "", questions=tuple(hidden.values())))
    assembly.made.setdefault(number, []).append(page_id)
    assembly.logic.asked |= set(hidden)


def outside_page(assembly: Assembly) -> None:
    """The first page: what comes with the address of the survey or is known of the customer."""
    outside = assembly.logic.names.outside
    if outside:
        page_id = assembly.page_id("from_outside")
        assembly.pages.insert(0, Page(id=page_id, questions=tuple(outside.values())))


def _hidden(field: str, entry: Group, station: Station, assembly: Assembly) -> Hidden:
    names, notes = assembly.logic.names, assembly.logic.notes
    value = plain_text(text(entry.get("Value")))
    if "${" in value:
        value = assembly.pipes.line(value, station.flow_id)
    if len(value) > _LONGEST:
        notes.simplified(station.flow_id, "TEXT_SHORTENED", field, f"Its value was cut at {_LONGEST} characters.")
        value = value[:_LONGEST]
    is_fixed = word(entry.get("Type")) == "Custom"
    return Hidden(
        id=names.fields[field][0],
        code=field,
        source_id=station.flow_id,
        source=Source.FIXED if is_fixed else Source.LINK,
        key="" if is_fixed else field,
        value=value,
    )
