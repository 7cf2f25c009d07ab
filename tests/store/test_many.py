"""A list of rows in one statement, on both databases."""

import re

import pytest

from tests.store.house import House
from tipbot.store.database import Database, Transaction
from tipbot.store.many import MOST, ForEach, with_values
from tipbot.store.store import DatabaseStore

SET = ForEach(
    """
UPDATE counters SET value = counters.value + v.more
FROM json_to_recordset(CAST(:rows AS json)) AS v (name TEXT, more BIGINT)
WHERE counters.name = v.name""",
    ("counters.name", "name"),
)
ADD = ForEach("""
INSERT INTO counters (name, value)
SELECT name, value FROM json_to_recordset(CAST(:rows AS json)) AS v (name TEXT, value BIGINT)
WHERE true
ON CONFLICT (name) DO NOTHING""")
COUNTERS = "SELECT name, value FROM counters WHERE name LIKE 'n%'"


def database_of(house: House) -> Database:
    assert isinstance(house.store, DatabaseStore)
    return house.store._database


async def counters(house: House) -> list[tuple[str, int]]:
    def read(tx: Transaction) -> list[tuple[str, int]]:
        return [(row["name"], row["value"]) for row in tx.execute(COUNTERS)]

    return sorted(await database_of(house).read(read))


@pytest.mark.parametrize("count", [0, 1, 3, MOST, MOST + 25])
async def test_each_row_is_changed_by_its_own_values(house: House, count: int) -> None:
    rows = [{"name": f"n{number}", "value": number} for number in range(count)]
    more = [{"name": f"n{number}", "more": 1000 * number} for number in range(0, count + 3, 2)]

    def body(tx: Transaction) -> tuple[int, int, int]:
        return ADD.run(tx, rows), ADD.run(tx, rows), SET.run(tx, more)

    added, again, changed = await database_of(house).write(body)
    assert (added, again, changed) == (count, 0, (count + 1) // 2)
    assert await counters(house) == sorted(
        (f"n{number}", number + (1000 * number if number % 2 == 0 else 0))
        for number in range(count)
    )


def test_each_value_stands_where_its_column_is() -> None:
    text, columns, names = with_values(SET.sql, 3)
    assert columns == ("name", "more")
    assert re.findall(r":(\w+)", text) == [*names]
    assert len(names) == 6


def test_a_statement_that_takes_no_rows_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="takes no rows"):
        with_values("UPDATE counters SET value = 1", 2)
