"""Quotas, scores and the pages at the end. PURE."""

from collections.abc import Mapping

from voc.surveys.formats.filled_in import default_end_page
from voc.surveys.formats.logic.comparing import compared, number
from voc.surveys.formats.logic.terms import Condition, Constant, both, either, given
from voc.surveys.formats.logic.tree import Unsayable
from voc.surveys.formats.lss.answers import Answers
from voc.surveys.formats.lss.source import Item, Source
from voc.surveys.formats.naming import Names
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.wording import Wording
from voc.surveys.questionnaire import EndPage, NamedScore, Quota
from voc.surveys.questions import Matrix, Question, SideBySide


def quotas_of(source: Source, answers: Answers, wording: Wording, notes: Notes) -> tuple[tuple[Quota, ...], tuple[EndPage, ...]]:
    """The quotas with an end page for each that has a message; what cannot be counted is reported."""
    quotas, ends, names = [], [], Names()
    for row in source.document.rows("quota"):
        source_id, name = f"quota {row.get('id', '')}", row.get("name", "")
        limit = number(row.get("qlimit", "")) or 0
        if row.get("active", "1") == "0" or not 1 <= limit <= 10_000_000:
            notes.dropped(
                source_id, "QUOTA_DROPPED", name, "It is switched off or has no limit that can be kept. Add it again if you need it."
            )
            continue
        try:
            when = _members(row.get("id", ""), source, answers)
        except Unsayable as fault:
            notes.dropped(source_id, "QUOTA_DROPPED", name, f"What it counts could not be said here ({fault}). Add it again.")
            continue
        quota = Quota(id=names.page(f"quota_{row.get('id', '')}"), limit=int(limit), when="" if when == "true" else when)
        end = _quota_end(row.get("id", ""), quota.id, source, wording)
        quotas.append(Quota(id=quota.id, limit=quota.limit, when=quota.when, end_page=end.id if end else ""))
        ends += [end] if end else []
    return tuple(quotas), tuple(ends)


def end_page_of(source: Source, wording: Wording, notes: Notes) -> EndPage:
    """The page that thanks."""
    for language, url in source.said("surveyls_url").items():
        if url.strip():
            notes.dropped(
                "survey", "END_LINK_DROPPED", f"{language}: {url}", "Customers stay on the page that thanks. Put the link into its text."
            )
    return default_end_page(wording.languages, text=wording.texts(source.said("surveyls_endtext"), "survey", 5000))


def scores_of(pairs: list[tuple[Item, Question]], source: Source, notes: Notes) -> tuple[NamedScore, ...]:
    """The sum of the points, where the survey reckons with them; its messages are reported."""
    for row in source.document.rows("assessments"):
        what = f"{row.get('name', '')}: {row.get('minimum', '')} – {row.get('maximum', '')}"
        notes.dropped(f"assessment {row.get('id', '')}", "ASSESSMENT_DROPPED", what, "Write an end page with a condition instead.")
    if source.settings.get("assessments", "").strip().upper() != "Y":
        return ()
    scored = tuple(question.id for _, question in pairs if _has_points(question))
    return (NamedScore(id="total", questions=scored),) if scored else ()


def _has_points(question: Question) -> bool:
    groups = [group.columns for group in question.groups] if isinstance(question, SideBySide) else []
    choices = question.columns if isinstance(question, Matrix) else getattr(question, "choices", ())
    return any(one.points is not None for listed in (choices, *groups) for one in listed)


def _members(quota_id: str, source: Source, answers: Answers) -> str:
    by_question: dict[str, list[Condition]] = {}
    codes: Mapping[str, Item] = {item.id: item for item in source.items}
    for row in source.document.rows("quota_members"):
        if row.get("quota_id", "") == quota_id:
            item = codes.get(row.get("qid", ""))
            if item is None:
                raise Unsayable("a question is not there")
            by_question.setdefault(item.id, []).append(_member(item, row.get("code", ""), answers))
    return both(either(found) for found in by_question.values()).yes


def _member(item: Item, code: str, answers: Answers) -> Condition:
    if item.type in "MP":
        return given(answers.term(f"{item.code}_{code}"))
    if item.type in "ABCEFH" and "-" in code:
        row, _, column = code.partition("-")
        return compared("==", answers.term(f"{item.code}_{row}"), Constant(column))
    return compared("==", answers.term(item.code), Constant(code))


def _quota_end(quota_id: str, own_id: str, source: Source, wording: Wording) -> EndPage | None:
    rows = [row for row in source.document.rows("quota_languagesettings") if row.get("quotals_quota_id", "") == quota_id]
    said = wording.texts({row.get("quotals_language", ""): row.get("quotals_message", "") for row in rows}, f"quota {quota_id}", 5000)
    if not said:
        return None
    short = all(len(text) <= 300 and "\n" not in text for text in said.values())
    page = (
        default_end_page(wording.languages, title=said, page_id=own_id)
        if short
        else default_end_page(wording.languages, text=said, page_id=own_id)
    )
    return EndPage(id=page.id, title=page.title, text=page.text, show_if="false")
