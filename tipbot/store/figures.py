"""Counts over all subscribers: who there is, and what came of a day's messages."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tipbot.core.figures import DayFigures, People, Tally, TipVotes
from tipbot.core.model import DeliveryState, TipId
from tipbot.store import columns
from tipbot.store.database import Params, Transaction, one
from tipbot.store.records import Records

_PEOPLE = """
SELECT presence, stage, CASE WHEN paused_until > :now THEN 1 ELSE 0 END AS paused,
    COUNT(*) AS n
FROM subscribers GROUP BY presence, stage, CASE WHEN paused_until > :now THEN 1 ELSE 0 END"""
_STATES = """
SELECT state, tip_number, COUNT(*) AS n FROM deliveries
WHERE due_at >= :start AND due_at < :until AND ready_at IS NULL AND sending_at IS NULL
GROUP BY state, tip_number"""
_JOINED = """
SELECT COUNT(*) AS n FROM subscribers WHERE created_at >= :start AND created_at < :until"""
# The plus sign keeps SQLite from walking all deliveries of all tips.
_VOTES = """
SELECT d.tip_number, r.reaction, COUNT(*) AS n FROM reactions r
JOIN deliveries d ON d.delivery_id = r.delivery_id
WHERE r.reacted_at >= :start AND r.reacted_at < :until
    AND r.reaction IN ('helpful', 'not_helpful') AND +d.tip_number IS NOT NULL
GROUP BY d.tip_number, r.reaction"""
_TITLES = """
SELECT number, tip_id, title FROM tips WHERE number IN :numbers"""

_ENDS = (
    DeliveryState.SENT,
    DeliveryState.FAILED,
    DeliveryState.UNKNOWN,
    DeliveryState.UNREACHABLE,
    DeliveryState.EXPIRED,
)


class FigureRecords(Records):
    """Implements ``base.Counted``."""

    async def people(self, now: datetime) -> People:
        """Return how many subscribers there are of each kind."""
        found = await self._database.read(
            lambda tx: tx.execute(_PEOPLE, {"now": columns.micros(now)})
        )
        counts: dict[str, int] = {}
        for row in found:
            kind = _kind(row["presence"], row["stage"], paused=bool(row["paused"]))
            counts[kind] = counts.get(kind, 0) + row["n"]
        return People(**counts)

    async def day_figures(self, start: datetime, end: datetime) -> DayFigures:
        """Return what came of all that was due, voted and joined between two moments."""
        params = {"start": columns.micros(start), "until": columns.micros(end)}
        return await self._database.read(lambda tx: _day(tx, params))

    async def name_votes(self, tallies: Mapping[int, Tally]) -> Sequence[TipVotes]:
        """Return tallies with their tips' ids and titles, in the order given."""
        if not tallies:
            return []
        numbers = {"numbers": tuple(tallies)}
        found = await self._database.read(lambda tx: tx.execute(_TITLES, numbers))
        tips = {row["number"]: row for row in found}
        return [
            TipVotes(
                number=number,
                id=TipId(tips[number]["tip_id"]),
                title=tips[number]["title"],
                tally=tally,
            )
            for number, tally in tallies.items()
            if number in tips
        ]


def _kind(presence: str, stage: str, *, paused: bool) -> str:
    if presence != "active":
        return presence
    if stage != "done":
        return "starting"
    return "paused" if paused else "active"


def _day(tx: Transaction, params: Params) -> DayFigures:
    ends, tips = dict.fromkeys(_ENDS, 0), {}
    for row in tx.execute(_STATES, params):
        state = DeliveryState(row["state"])
        ends[state] = ends.get(state, 0) + row["n"]
        if row["tip_number"] is not None and state is DeliveryState.SENT:
            tips[row["tip_number"]] = Tally(sent=row["n"])
    for row in tx.execute(_VOTES, params):
        votes = {row["reaction"]: row["n"]}
        tally = Tally(helpful=votes.get("helpful", 0), not_helpful=votes.get("not_helpful", 0))
        tips[row["tip_number"]] = tips.get(row["tip_number"], Tally()) + tally
    return DayFigures(
        joined=one(tx.execute(_JOINED, params))["n"],
        sent=ends[DeliveryState.SENT],
        failed=ends[DeliveryState.FAILED],
        unknown=ends[DeliveryState.UNKNOWN],
        unreachable=ends[DeliveryState.UNREACHABLE],
        expired=ends[DeliveryState.EXPIRED],
        tips=tips,
    )
