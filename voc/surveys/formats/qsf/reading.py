"""A QSF file to a questionnaire of ours. PURE."""

from voc.surveys.formats.filled_in import default_invitation
from voc.surveys.formats.imported import Imported, NotImportable
from voc.surveys.formats.languages import language_codes
from voc.surveys.formats.qsf.asking import Asking
from voc.surveys.formats.qsf.blocks import pages_of
from voc.surveys.formats.qsf.carried import with_carried
from voc.surveys.formats.qsf.counting import quotas_of, scores_of
from voc.surveys.formats.qsf.endings import end_here, end_pages
from voc.surveys.formats.qsf.fields import announce_fields, outside_page, set_fields
from voc.surveys.formats.qsf.flow import Flow, walk_flow
from voc.surveys.formats.qsf.left_out import report_left_out
from voc.surveys.formats.qsf.logic import Logic
from voc.surveys.formats.qsf.loose import Group, group, word
from voc.surveys.formats.qsf.names import Names, plain_id
from voc.surveys.formats.qsf.pages import Assembly
from voc.surveys.formats.qsf.piping import Pipes
from voc.surveys.formats.qsf.questions import build
from voc.surveys.formats.qsf.report import Notes
from voc.surveys.formats.qsf.settle import settled
from voc.surveys.formats.qsf.shuffles import draw_ahead, fields_left_out, shuffles_of
from voc.surveys.formats.qsf.source import Source, open_source
from voc.surveys.formats.qsf.texts import TextReader, shown_title, translations_of
from voc.surveys.questionnaire import EndPage, Origin, Page, Questionnaire
from voc.surveys.questions import NotAsked, slugs
from voc.surveys.texts import Texts


def read_qsf(data: bytes) -> Imported:
    """The questionnaire in a Qualtrics survey file, with a report of everything that is not as it was there.

    Questions come in the order of the flow; those in the bin, and those that no way leads to, are reported and left out.
    Raises NotImportable for what is no such file; never anything else.
    """
    source, notes = open_source(data), Notes()
    languages = _languages(source)
    reader = TextReader(languages, source.language, notes)
    flow = walk_flow(source, notes)
    names, payloads = _questions(source, flow, reader)
    if not names.questions:
        raise NotImportable(
            "NOTHING_ASKED", "No question of this survey stands in its flow. Put blocks into the survey flow and export it again."
        )
    announce_fields(flow.stations, names)
    logic = Logic(names, notes)
    assembly = Assembly(source, flow, logic, Pipes(logic, payloads, reader), repeated=flow.repeated())
    drawn = draw_ahead(assembly)
    special = _along(assembly)
    quotas, scores = quotas_of(assembly), scores_of(assembly, names)
    spoken = tuple(languages.values())
    title = shown_title(source.title) or source.id or "Imported survey"
    ends = end_pages(assembly, special, spoken)
    outside_page(assembly)
    shuffles = (*drawn, *shuffles_of(assembly))
    report_left_out(source, flow, set(names.questions), reader)
    draft = Questionnaire(
        key=_key(title),
        name=Texts({reader.base: title[:300]}, reader.fallback),
        languages=spoken,
        fallback=reader.fallback,
        pages=tuple(assembly.pages) or (Page(id="nothing", questions=(NotAsked(id="nothing"),)),),
        shuffles=shuffles,
        quotas=quotas,
        scores=scores,
        end_pages=ends,
        invitation=default_invitation(spoken),
        origin=Origin(format="qsf", id=source.id, languages=tuple(languages)),
    )
    notes.named((question.source_id, question.id) for question in draft.questions() if question.source_id)
    questionnaire = settled(draft, notes)
    return Imported(questionnaire, notes.report())


def _languages(source: Source) -> dict[str, str]:
    """The names of the languages in the file, the base first, with our codes."""
    available = source.options.get("AvailableLanguages")
    named = [source.language, *(word(name) for name in (available if isinstance(available, list) else group(available)))]
    for payload in source.questions.values():
        named += [language for language, _ in translations_of(payload)]
    found = language_codes(name[:100] for name in dict.fromkeys(named) if name)
    return found if source.language in found else {source.language: "en", **found}


def _questions(source: Source, flow: Flow, reader: TextReader) -> tuple[Names, dict[str, Group]]:
    """Every question that the flow leads to, in order, under a name of its own."""
    names, payloads = Names(), dict[str, Group]()
    for station in flow.stations:
        block = source.blocks.get(word(station.node.get("ID"))) if station.kind == "block" else None
        for draft in pages_of(block) if block else ():
            for source_id in draft.questions:
                if source_id in source.questions and source_id not in payloads:
                    payload = with_carried(source_id, source.questions[source_id], payloads, reader.notes)
                    payloads[source_id] = payload
                    wanted = plain_id(word(payload.get("DataExportTag")) or source_id)
                    names.keep(source_id, build(Asking(source_id, wanted, payload, reader)))
    return names, payloads


def _along(assembly: Assembly) -> list[EndPage]:
    """The pages, station by station; gives the end pages that have words of their own."""
    special, left_out = [], fields_left_out(assembly)
    for number, station in enumerate(assembly.flow.stations):
        if station.kind == "block":
            assembly.block(number, station)
        elif station.kind == "fields" and number in left_out:
            why = "It was set between blocks that change places at random. Set it by hand where it matters."
            assembly.logic.notes.dropped(station.flow_id, "FIELD_DROPPED", "embedded data", why)
        elif station.kind == "fields":
            set_fields(assembly, number, station)
        elif found := end_here(assembly, number, station):
            special.append(found)
    return special


def _key(title: str) -> str:
    slug = next(slugs([title])).replace("_", "-")
    return slug if slug[0].isascii() and slug[0].isalpha() else f"survey-{slug}"
