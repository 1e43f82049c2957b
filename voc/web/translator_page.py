"""The page of a translator from outside: the texts of one survey in one language, by a link and without signing in; nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voc.core import settings
from voc.core.access import Actor
from voc.core.errors import Invalid, NotFound
from voc.core.limit import Limit
from voc.surveys.editions import draft_edition
from voc.surveys.models import TranslatorLink
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.translations.table import Entry, changes, lines
from voc.surveys.translator_links import link_named_by, open_link, translate_by_link
from voc.web.address import address_of
from voc.web.dead_ends import too_often
from voc.web.faults import NO_FAULTS, Faults, FormFault, said
from voc.web.pages import page, see_other
from voc.web.posted_form import PostedForm, posted_form
from voc.web.translated import Row, rows_of, shown, with_typed
from voc.web.wording import Words, catalogues, language_of, words_for

PER_PAGE = 50
SHOWS = ("missing", "all")
# Somebody who types reaches neither; whoever tries links, or sends texts by program, does.
PER_ADDRESS = Limit("translator pages", 120)
PER_LINK = Limit("translator link", 60)

Reasons = dict[str, str | Markup]


def routes() -> list[Route]:
    """The texts, and saving them."""
    return [Route("/t/{secret}", show, methods=["GET"]), Route("/t/{secret}", save, methods=["POST"])]


@dataclass(frozen=True, slots=True)
class Work:
    """A translator at work: the link, what the draft describes, and which part of its texts they look at."""

    request: Request
    link: TranslatorLink
    questionnaire: Questionnaire
    words: Words
    show: str = "missing"
    number: int = 1

    def rows(self) -> list[Row]:
        """Every text beside its translation."""
        told = [
            {"key": one.key, "isOurs": one.is_ours, "texts": [{"language": code, "text": text} for code, text in one.texts.items()]}
            for one in lines(self.questionnaire)
        ]
        return rows_of({"languages": self.questionnaire.languages, "lines": told}, self.link.language)

    def address(self, number: int, row: Row | None = None) -> str:
        """Where a page of the texts is; with a row, the box of that one."""
        asked: dict[str, object] = {"show": self.show, **({"page": number} if number > 1 else {})}
        return f"{self.request.url.path}?{urlencode(asked)}" + (f"#{row.id}" if row else "")


async def show(request: Request) -> Response:
    """The texts that are missing, or all."""
    work = await _work(request, request.query_params)
    return work if isinstance(work, Response) else _page(work, work.rows())


async def save(request: Request) -> Response:
    """Save what was typed, as a step of the draft with the translator's name. What cannot be taken stays in its box, with the reason."""
    form = await posted_form(request)
    work = await _work(request, {name: form.one(name) for name in ("show", "page")})
    if isinstance(work, Response):
        return work
    rows = _typed(work, form)
    reasons: Reasons = {row.key: work.words(f"fault_{code}") for row in rows if (code := _too_late(row, form))}
    mine = [row for row in rows if row.typed != row.kept and row.key not in reasons]
    await _save(work, mine, reasons)
    fresh = await _work(request, {"show": work.show, "page": str(work.number)})
    if isinstance(fresh, Response):
        return fresh
    if not reasons:
        return see_other(_onward(fresh, form))
    told = [replace(row, fault=reasons.get(row.key, "")) for row in _typed(fresh, form)]
    return _page(fresh, told, Faults([FormFault(row.id, Markup("{}: {}").format(row.key, row.fault)) for row in told if row.fault]))


async def _work(request: Request, asked: Mapping[str, str]) -> Work | Response:
    """What the link opens; a page that says why it opens nothing."""
    wait = PER_ADDRESS.seconds_to_wait(address_of(request)) or PER_LINK.seconds_to_wait(request.path_params["secret"][:64])
    if wait:
        return too_often(request, wait)
    wishes = request.headers.get("accept-language", "")
    words = words_for("translations", language_of(wishes, catalogues()["translations"], settings.current().default_language))
    link_id = link_named_by(request.path_params["secret"])
    link = await open_link(link_id) if link_id else None
    if link is None:
        return page(request, "console/translator.html", words, status=410, closed="by_link_closed", faults=NO_FAULTS)
    try:
        questionnaire = draft_edition(link.survey)
    except Invalid:
        return page(request, "console/translator.html", words, status=409, closed="by_link_cannot", faults=NO_FAULTS)
    if link.language == questionnaire.default_language:
        return page(request, "console/translator.html", words, status=410, closed="by_link_closed", faults=NO_FAULTS)
    number = asked.get("page") or ""
    chosen = asked.get("show") or ""
    at = max(1, int(number)) if number.isdecimal() and len(number) < 5 else 1
    return Work(request, link, questionnaire, words, chosen if chosen in SHOWS else "missing", at)


def _typed(work: Work, form: PostedForm) -> list[Row]:
    texts = {name[5:]: value.replace("\r\n", "\n").strip() for name, value in form.pairs() if name.startswith("text:")}
    return with_typed(work.rows(), texts, {name[4:]: value for name, value in form.pairs() if name.startswith("was:")})


def _too_late(row: Row, form: PostedForm) -> str:
    """Why what was typed is shown once more before it is taken: its source, or the translation, was changed meanwhile."""
    if row.typed == row.kept:
        return ""
    if not row.typed:
        return "EMPTY"
    seen = form.one(f"of:{row.key}")
    return "SOURCE_CHANGED" if seen and seen != row.source_mark else "THEIRS" if row.theirs else ""


async def _save(work: Work, rows: Sequence[Row], reasons: Reasons) -> None:
    """Save what can be taken, and note why the rest cannot."""
    entries = {row.key: Entry(row.key, work.link.language, row.typed) for row in rows}
    for change in changes(work.questionnaire, tuple(entries.values())):
        if not change.is_taken and change.code != "SAME":
            reasons[change.key] = work.words(f"fault_{change.code}")
            del entries[change.key]
    actor = Actor.translator(work.link.id, work.link.translator, work.words.reader)
    while entries:
        try:
            await translate_by_link(actor, work.link.id, tuple(entries.values()))
            break
        except NotFound:
            return
        except Invalid as refused:
            wrong = {fault.path.removesuffix(f".{work.link.language}"): fault for fault in refused.faults}
            # What is wrong with the draft as a whole, such as its size, is said beside all that was typed.
            for key in wrong.keys() & entries.keys() or set(entries):
                fault = wrong.get(key) or refused.faults[0]
                reasons[key] = said(work.words, fault.code, fault.message)
                del entries[key]


def _onward(work: Work, form: PostedForm) -> str:
    """Where one was, or at the next text that is missing."""
    missing = shown(work.rows(), "missing")
    if form.one("deed") != "next" or not missing:
        return work.address(work.number)
    number = form.one("from")
    passed = int(number) if number.isdecimal() and len(number) < 7 else 0
    at = next((at for at, row in enumerate(missing) if row.number > passed), 0)
    return replace(work, show="missing").address(at // PER_PAGE + 1, missing[at])


def _page(work: Work, rows: Sequence[Row], faults: Faults = NO_FAULTS) -> Response:
    found = sorted(shown(rows, work.show), key=lambda row: not row.fault) if faults else shown(rows, work.show)
    pages = max(1, -(-len(found) // PER_PAGE))
    return page(
        work.request,
        "console/translator.html",
        work.words,
        status=422 if faults else 200,
        closed="",
        faults=faults,
        work=work,
        survey_name=work.questionnaire.name.say(work.link.language),
        brand=work.link.survey.brand.name,
        source=work.questionnaire.default_language,
        rows=found[(work.number - 1) * PER_PAGE : work.number * PER_PAGE],
        views=[(one, replace(work, show=one).address(1), len(shown(rows, one))) for one in SHOWS],
        done=sum(not row.is_missing for row in rows),
        total=len(rows),
        before=work.address(work.number - 1) if work.number > 1 else "",
        after=work.address(work.number + 1) if work.number < pages else "",
        pages=pages,
    )
