"""Updates that are not over are kept, in the order of their coming, until they are."""

from tests.store.house import ALICE, MINUTE, START, House
from tipbot.core.holdings import UPDATES_KEPT
from tipbot.store.base import KeptUpdate

FIRST, SECOND = KeptUpdate(7, ALICE.id, '{"update_id": 7}'), KeptUpdate(8, 2**50, "{}")


async def test_what_is_kept_is_there_until_it_is_dropped(house: House) -> None:
    await house.store.keep_updates([SECOND], START)
    await house.store.keep_updates([FIRST, SECOND], START)
    assert await house.store.kept_updates(START) == [FIRST, SECOND]
    await house.store.drop_updates([FIRST.number, 99])
    assert await house.store.kept_updates(START) == [SECOND]


async def test_a_number_that_comes_again_is_the_newer_update(house: House) -> None:
    await house.store.keep_updates([FIRST], START)
    newer = KeptUpdate(FIRST.number, 5, '{"of": "another bot"}')
    await house.store.keep_updates([newer], START)
    assert await house.store.kept_updates(START) == [newer]


async def test_what_was_never_over_is_let_go_of_after_a_day(house: House) -> None:
    await house.store.keep_updates([FIRST], START)
    await house.store.keep_updates([SECOND], START + MINUTE)
    later = START + UPDATES_KEPT + MINUTE / 2
    assert await house.store.kept_updates(later) == [SECOND]
    assert await house.store.kept_updates(START) == [SECOND]
