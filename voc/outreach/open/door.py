"""What stands behind an open link, and coming in: each visitor who answers gets an invitation of their own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from voc.core import clock, settings
from voc.core.access import Action, Actor
from voc.core.db import as_json, as_moment, as_uuid, execute, marks, rows
from voc.core.errors import Conflict, NotFound
from voc.core.ids import secret_hash, signed
from voc.core.verb import verb
from voc.customers.models import Channel
from voc.outreach.links import KEY_VERSION, secret_of
from voc.outreach.models import InvitationState, PauseScope
from voc.outreach.open.kinds import OpenLinkKind, OpenLinkState, state_of

ANSWER_WITHIN = timedelta(hours=24)
FULL = "FULL"


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """An open link as whoever opens it meets it; `version_id` is None before the survey's first publication."""

    id: UUID
    survey_id: UUID
    survey_key: str
    version_id: UUID | None
    kind: OpenLinkKind
    name: str
    place: str
    campaign: str
    language: str | None
    cap: int | None
    used: int
    closes_at: datetime | None
    revoked_at: datetime | None
    allowed_origins: Sequence[str]
    pin_hash: str | None
    key_version: int
    is_paused: bool

    @property
    def channel(self) -> Channel:
        """The channel of answers that come over it: a kiosk stands where customers come, all else is on the web."""
        return channel_of(self.kind)

    def state(self, now: datetime) -> OpenLinkState:
        """Whether somebody can begin now, as far as the link goes."""
        return state_of(revoked_at=self.revoked_at, closes_at=self.closes_at, cap=self.cap, used=self.used, now=now)


def channel_of(kind: OpenLinkKind) -> Channel:
    """The channel of answers over an open link."""
    return Channel.VISIT if kind is OpenLinkKind.KIOSK else Channel.WEB


async def open_door(secret: str) -> OpenDoor | None:
    """The open link with this secret, whatever its state, or None; one statement, found by the secret's hash."""
    found = await rows(_DOOR, PauseScope.EVERYTHING, PauseScope.SURVEY, secret_hash(secret))
    if not found:
        return None
    row = found[0]
    row.update({name: as_uuid(row[name]) for name in ("id", "survey_id", "version_id")})
    row.update({name: as_moment(row[name]) for name in ("closes_at", "revoked_at")})
    row["kind"], row["is_paused"] = OpenLinkKind(row["kind"]), bool(row["is_paused"])
    row["allowed_origins"] = as_json(row["allowed_origins"]) or []
    return OpenDoor(**row)


@verb(Action.ANSWER)
async def come_in(actor: Actor, door: OpenDoor, invitation_id: UUID, version_id: UUID, language: str, visitor: str | None) -> None:
    """Make the invitation of a visitor who answers now, with an id that was drawn for them; again changes nothing.

    It takes answers for a day. `visitor` is a `visitor_hash`, None where it would say nothing.
    """
    if actor.id != invitation_id:
        raise NotFound
    now = clock.now()
    row = {
        "id": invitation_id,
        "survey_id": door.survey_id,
        "version_id": version_id,
        "open_link_id": door.id,
        "visitor_hash": visitor,
        "channel": door.channel,
        "language": language,
        "state": InvitationState.SENT,
        "state_reason": "",
        "secret_hash": secret_hash(secret_of(invitation_id)),
        "key_version": KEY_VERSION,
        "is_test": False,
        "send_at": now,
        "sent_at": now,
        "delivered_at": now,
        "variant": "",
        "reminders": 0,
        "expires_at": now + ANSWER_WITHIN,
        "created_at": now,
    }
    await execute(f"INSERT INTO invitation ({', '.join(row)}) VALUES ({marks(row)}) ON CONFLICT (id) DO NOTHING", *row.values())


async def take_place(open_link_id: UUID) -> None:
    """Count a response that is begun, within its verb; a Conflict (FULL) when the cap is reached. Of two at once the second waits."""
    taken = await execute("UPDATE open_link SET used = used + 1 WHERE id = ? AND (cap IS NULL OR used < cap)", open_link_id)
    if not taken:
        raise Conflict(FULL, "There are as many answers as were asked for.")


async def give_back_places(invitation_ids: Collection[UUID]) -> None:
    """Free the places of responses that were left, or not begun after all, within the verb that ends them."""
    if not invitation_ids:
        return
    found = await rows(
        f"""SELECT open_link_id, COUNT(*) AS n FROM invitation WHERE open_link_id IS NOT NULL AND id IN ({marks(invitation_ids)})
            GROUP BY open_link_id ORDER BY open_link_id""",
        *invitation_ids,
    )
    for row in found:
        await execute("UPDATE open_link SET used = used - ? WHERE id = ? AND used >= ?", row["n"], row["open_link_id"], row["n"])


def visitor_hash(open_link_id: UUID, network: str, browser: str) -> str:
    """What is kept of network and browser for a while: enough to know both again on the same link, nothing on any other."""
    return signed(settings.current().key(), "visitor", open_link_id, network, browser).hex()


_DOOR = """
    SELECT o.id, o.survey_id, s.key AS survey_key, v.id AS version_id, o.kind, o.name, o.place, o.campaign, o.language, o.cap, o.used,
        o.closes_at, o.revoked_at, o.allowed_origins, o.pin_hash, o.key_version, EXISTS (
            SELECT 1 FROM pause p WHERE p.ended_at IS NULL AND (p.scope = ? OR (p.scope = ? AND p.ref = s.key))) AS is_paused
    FROM open_link o JOIN survey s ON s.id = o.survey_id
        LEFT JOIN survey_version v ON v.survey_id = s.id AND v.number = s.last_number
    WHERE o.secret_hash = ?"""
