"""What owners and editors are still to be told: rows that stand until they are taken to be sent."""

from collections.abc import Collection, Sequence
from datetime import datetime

from tipbot.core.audit import Actor
from tipbot.core.model import SubscriberId
from tipbot.core.notices import Notice, NoticeKind
from tipbot.core.proposals import Proposal, ProposalId
from tipbot.core.roles import ActorId
from tipbot.store import columns, revisions
from tipbot.store.database import Row, Transaction, one
from tipbot.store.records import Records

_ADD = """
INSERT INTO notices (subscriber_id, kind, proposal_id, about_actor, made_at)
VALUES (:who, :kind, :proposal, :about, :now)"""
_TELL_PROPOSER = """
INSERT INTO notices (subscriber_id, kind, proposal_id, made_at)
SELECT subscriber_id, 'settled', :proposal, :now FROM staff
WHERE actor_id = :actor AND subscriber_id IS NOT NULL"""

_UNCALLED = "SELECT 1 AS yes FROM proposals WHERE outcome = 'open' AND called_at IS NULL LIMIT 1"
# Of two who call at once, the second finds nothing left to call for.
_CALL = """
UPDATE proposals SET called_at = :now
WHERE proposal_id IN (
    WITH batch AS MATERIALIZED (
        SELECT proposal_id FROM proposals WHERE outcome = 'open' AND called_at IS NULL
        FOR NO KEY UPDATE SKIP LOCKED
    ) SELECT proposal_id FROM batch
)
RETURNING proposal_id, actor_id"""
_STAFF = "SELECT actor_id, subscriber_id, editor_since FROM staff WHERE subscriber_id IS NOT NULL"
# What a newer version has to tell is left to it, and keeps nothing else from being told.
_WAITED_FOR = """
SELECT subscriber_id FROM notices WHERE kind IN :kinds
GROUP BY subscriber_id ORDER BY MIN(notice_id)"""
_FIRST = """
SELECT notice_id, kind FROM notices WHERE subscriber_id = :who AND kind IN :kinds
ORDER BY notice_id LIMIT 1"""
_KINDS = {"kinds": tuple(kind.value for kind in NoticeKind)}
_TAKE_ONE = "DELETE FROM notices WHERE notice_id = :which RETURNING *"
_TAKE_WAITS = "DELETE FROM notices WHERE subscriber_id = :who AND kind = 'waits' RETURNING *"
_BACK = "DELETE FROM notices WHERE subscriber_id = :who AND kind = 'removed'"
_NAME = "SELECT name FROM staff WHERE actor_id = :actor"


class NoticeRecords(Records):
    """Implements ``base.Notices``."""

    async def call_for_review(self, owners: Collection[int], now: datetime) -> None:
        """Let everybody who may approve a waiting change be told of it, each change once."""
        if await self._database.read(lambda tx: tx.execute(_UNCALLED).found):
            await self._database.write(lambda tx: _call(tx, owners, now))

    async def whom_to_tell(self) -> Sequence[SubscriberId]:
        """Return for whom there are notices, whoever waits longest first."""
        found = await self._database.read(lambda tx: tx.execute(_WAITED_FOR, _KINDS).found)
        return [SubscriberId(row["subscriber_id"]) for row in found]

    async def take_notices(self, who: SubscriberId) -> Sequence[Notice]:
        """Take out one thing to tell somebody, or all changes that wait for them."""

        def body(tx: Transaction) -> Sequence[Notice]:
            first = tx.execute(_FIRST, {**_KINDS, "who": who}).first()
            if first is None:
                return []
            sql = _TAKE_WAITS if first["kind"] == NoticeKind.WAITS else _TAKE_ONE
            taken = tx.execute(sql, {"who": who, "which": first["notice_id"]}).found
            return [_notice(tx, row) for row in sorted(taken, key=lambda row: row["notice_id"])]

        return await self._database.write(body)

    async def put_notices_back(self, notices: Sequence[Notice]) -> None:
        """Keep notices that could not be sent yet."""

        def body(tx: Transaction) -> None:
            for each in notices:
                change = None if each.proposal is None else each.proposal.id
                about = None if each.about is None else each.about.number
                _add(tx, each.to, each.kind, each.made_at, proposal=change, about=about)

        await self._database.write(body)


def tell_owner(tx: Transaction, owner: SubscriberId, editor: ActorId, now: datetime) -> None:
    """Let an owner be told who opened their invitation."""
    _add(tx, owner, NoticeKind.JOINED, now, about=editor)


def tell_removed(tx: Transaction, editor: SubscriberId, now: datetime) -> None:
    """Let somebody be told that they are an editor no more."""
    _add(tx, editor, NoticeKind.REMOVED, now)


def no_removal(tx: Transaction, editor: SubscriberId) -> None:
    """Let nobody be told that they are an editor no more who is one again."""
    tx.execute(_BACK, {"who": editor})


def tell_proposer(tx: Transaction, proposal: Proposal, now: datetime) -> None:
    """Let whoever proposed a change be told what became of it, unless their data was removed."""
    params = {
        "proposal": proposal.id,
        "actor": proposal.by.number,
        "now": columns.micros(now),
    }
    tx.execute(_TELL_PROPOSER, params)


def _call(tx: Transaction, owners: Collection[int], now: datetime) -> None:
    called = tx.execute(_CALL, {"now": columns.micros(now)}).found
    staff = tx.execute(_STAFF).found if called else ()
    who_is = {row["actor_id"]: row["subscriber_id"] for row in staff}
    desk = {row["subscriber_id"] for row in staff if row["editor_since"] is not None}
    for row in sorted(called, key=lambda row: row["proposal_id"]):
        for person in sorted((desk | set(owners)) - {who_is.get(row["actor_id"])}):
            _add(tx, person, NoticeKind.WAITS, now, proposal=row["proposal_id"])


def _add(  # noqa: PLR0913 - the columns
    tx: Transaction,
    who: int,
    kind: NoticeKind,
    now: datetime,
    *,
    proposal: int | None = None,
    about: int | None = None,
) -> None:
    params = {
        "who": who,
        "kind": kind.value,
        "proposal": proposal,
        "about": about,
        "now": columns.micros(now),
    }
    tx.execute(_ADD, params)


def _notice(tx: Transaction, row: Row) -> Notice:
    which, about = row["proposal_id"], row["about_actor"]
    name = "" if about is None else one(tx.execute(_NAME, {"actor": about}))["name"]
    return Notice(
        to=SubscriberId(row["subscriber_id"]),
        kind=NoticeKind(row["kind"]),
        made_at=columns.moment(row["made_at"]),
        proposal=None if which is None else revisions.proposal(tx, ProposalId(which)),
        about=None if about is None else Actor(ActorId(about), name),
    )
