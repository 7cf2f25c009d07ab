"""The common pace of messages: one row, and the database's own clock.

The generic cell rate algorithm of ``delivery.meter``, for any number of processes at once.
"""

from datetime import timedelta
from typing import TypeAlias

from tipbot.core.pace import RECOVERY, SLOW_DOWN, SLOWEST
from tipbot.store.base import Places, PlacesWanted, StoreUnavailableError
from tipbot.store.database import Params, Row

Statement: TypeAlias = tuple[str, Params]

_MILLION = 1_000_000

# Microseconds by the database's clock. A turn further away than a minute was set before that clock
# was put back, by about as much as the turn is away: a pause is still as long. The pace grows again
# since the last flood, as in `delivery.budget.Tempo`.
NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS now"
_SEEN = f"""
WITH moment AS MATERIALIZED ({NOW}), kept AS (
    SELECT p.*, m.now,
        CASE WHEN p.turn_at > m.now + 60000000 THEN p.turn_at - m.now ELSE 0 END AS back
    FROM pace p CROSS JOIN moment m WHERE p.name = 'messages' FOR NO KEY UPDATE OF p
), seen AS (
    SELECT name, now, turn_at - back AS turn_at, paused_until - back AS paused_until,
        since - back AS since,
        LEAST(1000000, factor + :recovery *
            LEAST(1000, GREATEST(0, now - since + back) / 1000000)) AS factor
    FROM kept
)"""  # noqa: S608 - put together from constants
_RESERVE = f"""{_SEEN}, next AS (
    SELECT *, :interval * 1000000 / factor AS step,
        GREATEST(turn_at, paused_until, now + :lead) AS first FROM seen
), granted AS (
    SELECT *, CASE WHEN first > now + :horizon THEN 0
        ELSE LEAST(:count, (now + :horizon - first) / step + 1) END AS count FROM next
)
UPDATE pace SET
    turn_at = CASE WHEN g.count > 0 THEN g.first + g.count * g.step ELSE g.turn_at END,
    paused_until = g.paused_until, since = g.since
FROM granted g WHERE pace.name = g.name
RETURNING g.now, g.first, g.step, g.count, g.paused_until"""  # noqa: S608 - put together from constants - our own text
_FLOOD = f"""{_SEEN}, after AS (
    SELECT *, GREATEST(paused_until, now + :wait) AS until,
        CASE WHEN now - :age < paused_until THEN factor
        ELSE GREATEST(:slowest, factor * :slow_down / 1000000) END AS left_over FROM seen
)
UPDATE pace SET
    turn_at = a.turn_at, paused_until = a.until, since = a.until, factor = a.left_over
FROM after a WHERE pace.name = a.name
RETURNING a.now, a.until AS first, 1 AS step, 0 AS count, a.until AS paused_until"""  # noqa: S608 - put together from constants

_DURABLE = "SELECT set_config('synchronous_commit', 'on', true)"


def reserving(wanted: PlacesWanted) -> Statement:
    """Return what takes the next places; no two who ask ever get the same."""
    return _RESERVE, {
        "count": wanted.count,
        "interval": _micros(wanted.interval),
        "lead": _micros(wanted.lead),
        "horizon": _micros(wanted.horizon),
        "recovery": round(RECOVERY * _MILLION),
    }


def pausing(wait: timedelta, age: timedelta) -> tuple[Statement, Statement]:
    """Return what gives out no places for ``wait`` and slows down, once an incident.

    This outlasts a crash. What left, ``age`` ago, before the last pause was over belongs to that
    incident.
    """
    return (_DURABLE, {}), (
        _FLOOD,
        {
            "wait": _micros(wait),
            "age": _micros(age),
            "recovery": round(RECOVERY * _MILLION),
            "slow_down": round(SLOW_DOWN * _MILLION),
            "slowest": round(SLOWEST * _MILLION),
        },
    )


def places(row: Row | None) -> Places:
    """Return what came of either."""
    if row is None:
        message = "the common pace is not in the database"
        raise StoreUnavailableError(message)
    return Places(
        now=row["now"] / _MILLION,
        first=row["first"] / _MILLION,
        step=row["step"] / _MILLION,
        count=row["count"],
        paused_until=row["paused_until"] / _MILLION,
    )


def _micros(span: timedelta) -> int:
    return span // timedelta(microseconds=1)
