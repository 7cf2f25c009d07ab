"""The log of what owners and editors did: written beside each act, read page by page."""

from collections.abc import Callable, Iterator

from tipbot.core.audit import Act, ActId, Actor, Entry
from tipbot.core.roles import ActorId
from tipbot.store import columns
from tipbot.store.base_staff import NoEditorError
from tipbot.store.database import Row, Transaction, one
from tipbot.store.records import Records
from tipbot.store.unhurried import unhurried

PAGE = 500
"""Rows read at a time."""
_END = 2**63 - 1
"""Above every number in the log."""

_ACTOR = """
INSERT INTO staff (subscriber_id, name, language) VALUES (:who, :name, :language)
ON CONFLICT (subscriber_id) DO UPDATE SET name = excluded.name,
    language = CASE WHEN excluded.language = '' THEN staff.language ELSE excluded.language END
RETURNING actor_id, editor_since"""
_KNOWN = "SELECT actor_id FROM staff WHERE subscriber_id = :who"
_WRITE = """
INSERT INTO audit_log (actor_id, about_actor, at, deed, thing, detail)
VALUES (:actor, :about, :at, :deed, :thing, :detail)"""
_ENTRY = """
l.act_id, l.actor_id, l.about_actor, l.at, l.deed, l.thing, l.detail,
    s.name, a.name AS about_name, t.title
FROM audit_log l
JOIN staff s ON s.actor_id = l.actor_id
LEFT JOIN staff a ON a.actor_id = l.about_actor
LEFT JOIN tips t ON t.tip_id = l.thing"""
_NEWEST = f"""
SELECT {_ENTRY}
WHERE l.act_id < :before ORDER BY l.act_id DESC LIMIT :limit"""
_OLDEST = f"""
SELECT {_ENTRY}
WHERE l.act_id > :after ORDER BY l.act_id LIMIT :limit"""


def record(tx: Transaction, act: Act) -> ActorId:
    """Write an act into the log, in the transaction of the act itself; return who acted.

    The one way into the log: every use case of an owner or editor that changes something calls it,
    and only if it did change something. Raises ``NoEditorError``.
    """
    actor = actor_of(tx, act)
    known = None if act.about is None else tx.execute(_KNOWN, {"who": act.about}).first()
    params = {
        "actor": actor,
        "about": None if known is None else known["actor_id"],
        "at": columns.micros(act.at),
        "deed": act.deed.value,
        "thing": columns.storable(act.thing),
        "detail": columns.storable(act.detail),
    }
    tx.execute(_WRITE, params)
    return actor


def actor_of(tx: Transaction, act: Act) -> ActorId:
    """Return the number of whoever acts, a new one if they never did.

    Raises ``NoEditorError`` if they act as an editor and are none; until the transaction ends
    nobody can remove them.
    """
    params = {
        "who": act.by,
        "name": columns.storable(act.name),
        "language": columns.storable(act.language),
    }
    row = one(tx.execute(_ACTOR, params))
    if act.as_editor and row["editor_since"] is None:
        raise NoEditorError
    return ActorId(row["actor_id"])


class AuditRecords(Records):
    """Implements ``base.Audit``."""

    async def acts(self, before: ActId | None, limit: int) -> list[Entry]:
        """Return up to ``limit`` acts that are older than ``before``, newest first."""
        params = {"before": _END if before is None else before, "limit": limit}
        return [
            _entry(r) for r in await self._database.read(lambda tx: tx.execute(_NEWEST, params))
        ]

    async def note_act(self, act: Act) -> None:
        """Write an act into the log that changes nothing else."""
        await self._database.write(lambda tx: record(tx, act))

    async def read_acts(self, take: Callable[[Iterator[Entry]], None]) -> None:
        """Hand the whole log, oldest first, to ``take`` on a thread of the store's."""
        await self._database.read(lambda tx: take(unhurried(_all(tx))))


def _all(tx: Transaction) -> Iterator[Entry]:
    after = 0
    while True:
        found = tx.execute(_OLDEST, {"after": after, "limit": PAGE}).found
        yield from map(_entry, found)
        if len(found) < PAGE:
            return
        after = found[-1]["act_id"]


def _entry(row: Row) -> Entry:
    about = row["about_actor"]
    return Entry(
        id=ActId(row["act_id"]),
        at=columns.moment(row["at"]),
        by=Actor(ActorId(row["actor_id"]), row["name"]),
        deed=row["deed"],
        thing=row["thing"],
        detail=row["detail"],
        about=None if about is None else Actor(ActorId(about), row["about_name"]),
        title=row["title"] or "",
    )
