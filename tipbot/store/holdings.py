"""Everything that is kept of a person, read out as an export shows it.

The modules beside this one say, column by column, where each kind of holding stands in the
database. A test walks the schema of both: every column of every table about a person is read by a
field there, or is left out with a reason.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tipbot.core.holdings import Fact, Holding, Record
from tipbot.store import holdings_diary, holdings_library, holdings_people, holdings_staff
from tipbot.store.database import Row, Transaction
from tipbot.store.holdings_people import REACTIONS
from tipbot.store.holdings_read import Reading
from tipbot.store.holdings_source import Source

_ZONE = "SELECT zone FROM subscribers WHERE subscriber_id = :who"
_TIP_IDS = "SELECT number, tip_id FROM tips"

SOURCES: Mapping[Holding, Source] = {
    **holdings_people.SOURCES,
    **holdings_diary.SOURCES,
    **holdings_staff.SOURCES,
    **holdings_library.SOURCES,
}
"""Every kind of holding and its table."""

_TITLE, _ANSWERS = "tip_title", "reactions"


def keys(kind: Holding) -> tuple[str, ...]:
    """Return the keys of a kind's records, in order."""
    own = tuple(each.key for each in SOURCES[kind].fields)
    return (*own, _TITLE, _ANSWERS) if kind is Holding.DELIVERIES else own


def records(tx: Transaction, who: int, kind: Holding) -> Iterator[Record]:
    """Yield everything of one kind that is kept of a person."""
    source, params = SOURCES[kind], {"who": who}
    home = _reading(tx, params)
    for page in source.pages(tx, params):
        answers = _answers(tx, who, page, home) if kind is Holding.DELIVERIES else {}
        for row in page:
            if kind is Holding.CHECK_INS:
                yield source.record(row, Reading(_zone(row["zone"])))
            elif kind is Holding.DELIVERIES:
                found = answers.get(row["delivery_id"], [])
                yield source.record(row, home) | {_TITLE: _title(row), _ANSWERS: found}
            else:
                yield source.record(row, home)


def _reading(tx: Transaction, params: Mapping[str, Any]) -> Reading:
    row = tx.execute(_ZONE, params).first()
    tip_ids = {tip["number"]: tip["tip_id"] for tip in tx.execute(_TIP_IDS)}
    return Reading(UTC if row is None else _zone(row["zone"]), tip_ids)


def _zone(name: str) -> tzinfo:
    """Return a zone; one that the machine no longer knows keeps nobody from their data."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _answers(
    tx: Transaction, who: int, page: Sequence[Row], reading: Reading
) -> dict[int, list[Fact]]:
    ids = tuple(row["delivery_id"] for row in page)
    found: dict[int, list[Fact]] = {}
    for row in tx.execute(REACTIONS.sql, {"ids": ids, "who": who}):
        found.setdefault(row["delivery_id"], []).append(REACTIONS.record(row, reading))
    return found


def _title(row: Row) -> str | None:
    return None if row["content"] is None else str(json.loads(row["content"])["title"])
