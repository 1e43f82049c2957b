"""A customer with a link in the hand: what they may do, in which language, and what they answered so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from voc.core import clock, settings
from voc.core.access import Actor
from voc.core.errors import NotFound
from voc.outreach.links import Purpose, secret_for
from voc.outreach.wishes.odd_presses import was_declined_oddly
from voc.responses.answers import Checked, check
from voc.responses.around import Around, around, around_survey
from voc.responses.link import Link, Standing, link_by_secret
from voc.responses.queries import questionnaire_by_version, values_of
from voc.responses.quotas import full_for
from voc.responses.read_answer import Value
from voc.responses.scanners import A_MINUTE
from voc.surveys.questionnaire import Questionnaire
from voc.web.dead_ends import closed_link, unknown_link
from voc.web.face import Face, face_of, fills_of
from voc.web.pages import let_frame
from voc.web.voice import Voice
from voc.web.wording import Words, words_for

DEAD = (Standing.EXPIRED, Standing.WITHDRAWN, Standing.ANSWERED, Standing.ERASED)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request over a link that takes answers.

    `arrival` is the mark of a visitor on an open link whose invitation is not made yet; `posts_to` is where the form goes, the page's
    own address unless said.
    """

    request: Request
    secret: str
    link: Link
    questionnaire: Questionnaire
    language: str
    arrival: str = ""
    posts_to: str = ""

    @property
    def actor(self) -> Actor:
        """The holder of the link."""
        return Actor.respondent(self.link.invitation_id, self.language)

    @property
    def was_sent(self) -> bool:
        """Whether the response was sent before and can still be changed."""
        return self.link.standing(clock.now()) is Standing.CHANGEABLE

    @property
    def is_untold(self) -> bool:
        """Whether what was sent over the link is held: whoever comes to it anew is met as if nothing had been."""
        return bool(self.link.suspect)

    @property
    def messages(self) -> str:
        """The address of what its holder may say about being asked; empty where nobody was asked in person."""
        return "" if self.link.open_link_id else f"/m/{secret_for(Purpose.MESSAGES, self.link.invitation_id)}"

    def address(self, rest: str = "") -> str:
        """An address of this survey."""
        return f"/s/{self.secret}{rest}"

    async def answers(self) -> dict[str, Value]:
        """What was answered so far."""
        if self.link.response_id is None:
            return {}
        return (await values_of([self.link.response_id]))[self.link.response_id]

    async def checked(self, answers: Mapping[str, object], language: str) -> Checked:
        """What these answers are worth on the way of this customer, without saying what must still be answered."""
        full = await full_for(self.questionnaire, self.link)
        country = settings.current().default_country
        return check(self.questionnaire, answers, language, asked=(), seed=self.link.seed, full=full, country=country)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page of a visit is dressed in."""

    around: Around
    face: Face
    words: Words
    voice: Voice


async def meet(request: Request, *, language: str = "", even_declined: bool = False) -> Visit | Response:
    """The visit behind a request, or the page that says why there is none. `language` is a wish, kept where the survey speaks it."""
    secret = request.path_params["secret"]
    link = await link_by_secret(secret)
    if link is None:
        return unknown_link(request)
    let_frame(request, link.framed_by)
    standing = link.standing(clock.now())
    is_declined = standing is Standing.DECLINED and not even_declined
    if standing in DEAD or (is_declined and not await _comes_after_scanner(link)):
        return await closed_link(request, link, standing)
    questionnaire = await questionnaire_by_version(link.version_id)
    return Visit(request, secret, link, questionnaire, spoken_language(questionnaire, language or link.reads_in))


async def _comes_after_scanner(link: Link) -> bool:
    """Whether a scanner may have declined, and somebody else opens the link now: who declined is told so for a minute."""
    now = clock.now()
    return bool(link.declined_at and now - link.declined_at >= A_MINUTE and await was_declined_oddly(link.invitation_id))


async def dress(visit: Visit, language: str = "") -> Surroundings:
    """Face, words and voice for a page of the visit."""
    spoken, link = language or visit.language, visit.link
    found = await around_survey(link.survey_id, spoken, link.channel) if visit.arrival else await around(link.invitation_id)
    if found is None:
        raise NotFound
    words = words_for("survey", spoken)
    return Surroundings(found, face_of(found, spoken), words, Voice(visit.questionnaire, spoken, fills_of(found, words)))


def spoken_language(questionnaire: Questionnaire, wish: str) -> str:
    """The wished language, or its base, where the survey speaks it; else the survey's first."""
    return next((one for one in (wish, wish.split("-", 1)[0]) if one in questionnaire.languages), questionnaire.default_language)
