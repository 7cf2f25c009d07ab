"""The last flood, kept for the next life of a program that has its pace to itself."""

from datetime import timedelta

from structlog.testing import capture_logs

from tests.store.house import MINUTE, START, House
from tests.store.whole import connected
from tipbot.core.pace import Flood

SECOND = timedelta(seconds=1)


async def test_before_any_flood_there_is_none(house: House) -> None:
    assert await house.store.last_flood() is None


async def test_of_several_floods_the_last_is_kept(house: House) -> None:
    first = Flood(heard_at=START, until=START + MINUTE, factor=0.7)
    second = Flood(heard_at=START + SECOND, until=START + 7 * SECOND, factor=0.49)
    for flood in (first, second):
        await house.store.keep_flood(flood)
        assert await house.store.last_flood() == flood


async def test_a_spoilt_row_tells_of_no_flood(url: str, house: House) -> None:
    await house.store.keep_flood(Flood(heard_at=START, until=START + MINUTE, factor=0.7))
    with connected(url) as db:
        db.execute("UPDATE pace SET turn_at = 9000000000000000000 WHERE name = 'alone'")
    with capture_logs() as logs:
        assert await house.store.last_flood() is None
    assert [each["event"] for each in logs] == ["flood_spoilt"]
