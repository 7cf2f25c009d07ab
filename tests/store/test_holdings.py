"""Whatever the schema holds of a person, /export shows and /delete_me removes."""

import re
from collections.abc import Mapping

from tests.store.house import ALICE, House
from tests.store.whole import connected, count, fill, read_out, tables
from tipbot.core.holdings import Holding
from tipbot.store.holdings import SOURCES
from tipbot.store.holdings_people import REACTIONS
from tipbot.store.holdings_source import Source

PERSONAL = re.compile(
    r"(^|_)(subscriber|chat|user|person|who|editor|owner|author|actor|telegram|phone|email)(_|$)"
    r"|_by$|(^|_)message_id$|^(note|latitude|longitude|first_name|last_name|username)$"
)
"""Columns that are about a person, by name."""
EXEMPT: Mapping[str, str] = {}
"""Tables with such a column that neither export nor deletion covers, each with its reason."""

NO_SOURCE = (
    "table {} is about people ({}), but /export leaves it out: give it a Source in one of"
    " tipbot/store/holdings_*.py"
)
NO_FIELD = (
    "column {}.{} is not in /export: give it a Field in tipbot/store/holdings_*.py, or leave it out"
    " there with a reason"
)

EVERY = {source.table: source for source in (*SOURCES.values(), REACTIONS)}


def personal(url: str) -> dict[str, set[str]]:
    """Return the tables with a personal column, and all of their columns."""
    return {
        table: columns
        for table, columns in tables(url).items()
        if table not in EXEMPT and any(map(PERSONAL.search, columns))
    }


def left_out(url: str) -> list[str]:
    """Say what the schema holds of people that an export does not."""
    return [
        fault
        for table, columns in sorted(personal(url).items())
        for fault in _unread(table, columns, EVERY.get(table))
    ]


def _unread(table: str, columns: set[str], source: Source | None) -> list[str]:
    if source is None:
        return [NO_SOURCE.format(table, ", ".join(sorted(columns)))]
    return [NO_FIELD.format(table, column) for column in sorted(columns - source.columns)]


def kept(url: str, who: int) -> dict[str, int]:
    """Count the rows of a person in each table that has a column with a subscriber's id."""
    return {
        table: count(url, table, "subscriber_id", who)
        for table, columns in personal(url).items()
        if "subscriber_id" in columns
    }


async def test_every_column_about_a_person_is_in_the_export(house: House, url: str) -> None:
    await house.store.ping()
    faults = left_out(url)
    assert faults == [], "\n".join(faults)


async def test_every_column_that_the_export_names_is_there(house: House, url: str) -> None:
    await house.store.ping()
    found = tables(url)
    for table, source in EVERY.items():
        assert source.columns == found[table]


async def test_everything_of_a_person_is_removed_from_every_table(house: House, url: str) -> None:
    await fill(house)
    before = kept(url, ALICE.id)
    empty = sorted(table for table, rows in before.items() if not rows)
    assert not empty, f"tests/store/whole.py puts nothing in {empty}: let fill() do so"
    await house.store.forget(ALICE.id)
    stays = sorted(table for table, rows in kept(url, ALICE.id).items() if rows)
    assert not stays, f"/delete_me leaves rows in {stays}: see tipbot/store/rights.py"


async def test_a_personal_table_always_says_whose_it_is(house: House, url: str) -> None:
    """An actor's number leads to a person as long as ``staff`` names one."""
    await house.store.ping()
    whose = {"subscriber_id", "actor_id"}
    assert all(columns & whose for columns in personal(url).values())


async def test_a_table_or_column_that_nobody_thought_of_is_found(house: House, url: str) -> None:
    await house.store.ping()
    with connected(url) as db:
        db.execute("CREATE TABLE moods (subscriber_id BIGINT, mood TEXT)")
        db.execute("ALTER TABLE plans ADD COLUMN secret TEXT")
    try:
        assert left_out(url) == [
            NO_SOURCE.format("moods", "mood, subscriber_id"),
            NO_FIELD.format("plans", "secret"),
        ]
    finally:
        with connected(url) as db:
            db.execute("DROP TABLE moods")
            db.execute("ALTER TABLE plans DROP COLUMN secret")


async def test_every_kind_of_holding_has_its_own_table(house: House) -> None:
    assert SOURCES.keys() == set(Holding)
    assert len({source.table for source in EVERY.values()}) == len(Holding) + 1
    await fill(house)
    assert all((await read_out(house)).values())
