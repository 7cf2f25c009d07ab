"""Owners and editors, and the invitations by which editors come in."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from tipbot.core.audit import Act
from tipbot.core.model import SubscriberId
from tipbot.core.roles import ActorId, Invite, InviteId, Member
from tipbot.store import columns, notices
from tipbot.store.audit import actor_of, record
from tipbot.store.base import Joining
from tipbot.store.database import Row, Transaction, one
from tipbot.store.records import Records

_IS_EDITOR = """
SELECT 1 AS yes FROM staff WHERE subscriber_id = :who AND editor_since IS NOT NULL"""
_MEMBER = "SELECT * FROM staff WHERE subscriber_id = :who"
_MEMBERS = "SELECT * FROM staff WHERE subscriber_id IS NOT NULL ORDER BY editor_since, actor_id"
_EDITORS = """
SELECT * FROM staff WHERE editor_since IS NOT NULL ORDER BY editor_since, actor_id"""
_ADMIT = "UPDATE staff SET editor_since = :now WHERE actor_id = :actor"
_DISMISS = """
UPDATE staff SET editor_since = NULL
WHERE actor_id = :actor AND editor_since IS NOT NULL RETURNING subscriber_id"""
_CLOSE = "DELETE FROM dialogs WHERE subscriber_id = :who"
_NO_DRAFT = "DELETE FROM drafts WHERE subscriber_id = :who"
_NO_NOTICES = "DELETE FROM notices WHERE subscriber_id = :who"

_FORGET_OLD = """
DELETE FROM invites WHERE invite_id IN (
    WITH batch AS MATERIALIZED (
        SELECT invite_id FROM invites WHERE expires_at <= :now FOR UPDATE SKIP LOCKED
    ) SELECT invite_id FROM batch
)"""
# The same tap handed over again makes the same invitation with a new token: the first is unknown.
_INVITE = """
INSERT INTO invites (subscriber_id, token_hash, tap_key, created_at, expires_at)
VALUES (:who, :token_hash, :tap_key, :now, :expires_at)
ON CONFLICT (subscriber_id, tap_key) DO UPDATE
SET token_hash = excluded.token_hash, expires_at = excluded.expires_at
RETURNING invite_id"""
_MADE = "SELECT 1 AS yes FROM invites WHERE subscriber_id = :who AND tap_key = :tap_key"
_INVITES = "SELECT * FROM invites WHERE expires_at > :now ORDER BY invite_id"
_WITHDRAW = "DELETE FROM invites WHERE invite_id = :which"
_MAKER = """
SELECT subscriber_id FROM invites WHERE token_hash = :token_hash AND expires_at > :now"""
_OPEN = """
DELETE FROM invites WHERE token_hash = :token_hash AND expires_at > :now
RETURNING invite_id, subscriber_id"""


class StaffRecords(Records):
    """Implements ``base.Staff``."""

    async def is_editor(self, who: SubscriberId) -> bool:
        """Tell whether somebody is an editor at this moment."""
        found = await self._database.read(lambda tx: tx.execute(_IS_EDITOR, {"who": who}).found)
        return bool(found)

    async def member(self, who: SubscriberId) -> Member | None:
        """Return what is kept of an owner or editor who acted, None for anyone else."""
        row = await self._database.read(lambda tx: tx.execute(_MEMBER, {"who": who}).first())
        return None if row is None else _member(row)

    async def members(self) -> list[Member]:
        """Return everyone who is or was an owner or editor and whose data was not removed."""
        return [_member(r) for r in await self._database.read(lambda tx: tx.execute(_MEMBERS))]

    async def editors(self) -> list[Member]:
        """Return the editors, the longest-serving first."""
        return [_member(r) for r in await self._database.read(lambda tx: tx.execute(_EDITORS))]

    async def invite(
        self, token_hash: str, tap_key: str, expires_at: datetime, act: Act
    ) -> InviteId:
        """Keep an invitation; the same tap makes one, to which the newest token leads."""
        params = {
            "who": act.by,
            "token_hash": token_hash,
            "tap_key": tap_key,
            "now": columns.micros(act.at),
            "expires_at": columns.micros(expires_at),
        }

        def body(tx: Transaction) -> InviteId:
            tx.execute(_FORGET_OLD, params)
            again = tx.execute(_MADE, params).found
            which = InviteId(one(tx.execute(_INVITE, params))["invite_id"])
            if not again:
                record(tx, replace(act, thing=str(which)))
            return which

        return await self._database.write(body)

    async def invites(self, now: datetime) -> list[Invite]:
        """Return the invitations that can still be opened, oldest first."""
        params = {"now": columns.micros(now)}
        rows = await self._database.read(lambda tx: tx.execute(_INVITES, params))
        return [_invite(row) for row in rows]

    async def withdraw_invite(self, which: InviteId, act: Act) -> bool:
        """Let an invitation lead nowhere any more; False if it did so already."""

        def body(tx: Transaction) -> bool:
            gone = tx.execute(_WITHDRAW, {"which": which}).changed > 0
            if gone:
                record(tx, replace(act, thing=str(which)))
            return gone

        return await self._database.write(body)

    async def join(self, token_hash: str, act: Act, owners: Collection[int]) -> Joining:
        """Let whoever opens an invitation first be an editor; see ``base.Staff``."""
        params = {"token_hash": token_hash, "now": columns.micros(act.at), "who": act.by}

        def body(tx: Transaction) -> Joining:
            if tx.execute(_IS_EDITOR, params).found:
                return Joining.ALREADY
            made = tx.execute(_MAKER, params).first()
            if made is None or made["subscriber_id"] not in owners:
                return Joining.NO_INVITE
            opened = tx.execute(_OPEN, params).first()
            if opened is None:
                return Joining.NO_INVITE
            actor = actor_of(tx, act)
            tx.execute(_ADMIT, {"actor": actor, "now": params["now"]})
            record(tx, replace(act, thing=str(opened["invite_id"])))
            notices.no_removal(tx, act.by)
            notices.tell_owner(tx, SubscriberId(opened["subscriber_id"]), actor, act.at)
            return Joining.DONE

        return await self._database.write(body)

    async def remove_editor(self, which: ActorId, act: Act) -> SubscriberId | None:
        """End somebody's being an editor, and the question they were asked; see ``base.Staff``."""

        def body(tx: Transaction) -> SubscriberId | None:
            gone = tx.execute(_DISMISS, {"actor": which}).first()
            if gone is None:
                return None
            who = SubscriberId(gone["subscriber_id"])
            tx.execute(_CLOSE, {"who": who})
            tx.execute(_NO_DRAFT, {"who": who})
            tx.execute(_NO_NOTICES, {"who": who})
            notices.tell_removed(tx, who, act.at)
            record(tx, replace(act, about=who))
            return who

        return await self._database.write(body)


def _member(row: Row) -> Member:
    who = row["subscriber_id"]
    return Member(
        actor=ActorId(row["actor_id"]),
        id=None if who is None else SubscriberId(who),
        name=row["name"],
        editor_since=columns.maybe_moment(row["editor_since"]),
        language=row["language"],
    )


def _invite(row: Row) -> Invite:
    return Invite(
        id=InviteId(row["invite_id"]),
        by=SubscriberId(row["subscriber_id"]),
        created_at=columns.moment(row["created_at"]),
        expires_at=columns.moment(row["expires_at"]),
    )
