"""Which updates were answered is known to every process, for as long as Telegram keeps them."""

from tests.store.house import MINUTE, START, House
from tipbot.core.holdings import ANSWERS_KEPT, RECORDS_KEPT

KEY, LARGEST = 77, 2**63 - 1


async def test_an_answered_update_is_known_and_no_other(house: House) -> None:
    for key in (KEY, KEY, LARGEST):
        await house.store.mark_answered([key], START)
    known = [await house.store.was_answered(key) for key in (KEY, LARGEST, KEY + 1)]
    assert known == [True, True, False]


async def test_it_is_forgotten_once_telegram_can_no_longer_hand_it_over(house: House) -> None:
    await house.store.mark_answered([KEY], START)
    await house.store.mark_answered([KEY + 1], START + MINUTE)
    now = START + ANSWERS_KEPT + MINUTE
    thinned = await house.store.thin_records(now, now - RECORDS_KEPT, 10)
    assert thinned.answers == 1
    assert not await house.store.was_answered(KEY)
    assert await house.store.was_answered(KEY + 1)


async def test_the_newest_answered_update_has_the_highest_key(house: House) -> None:
    assert await house.store.newest_answered() == -1
    await house.store.mark_answered([KEY, LARGEST, KEY + 1], START)
    assert await house.store.newest_answered() == LARGEST
