import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count, repeat
from typing import Any

import pytest

from tests.store.house import (
    ALICE,
    BOB,
    HOUR,
    MINUTE,
    START,
    STRANGER,
    TODAY,
    House,
    new_delivery,
    plan,
    tap,
    with_person,
)
from tests.store.test_many import database_of
from tipbot.core.checkins import DOUBLE_TAP
from tipbot.core.model import (
    CheckIn,
    CheckInId,
    CheckInKind,
    DayContext,
    Duration,
    Flag,
    Place,
    Relief,
    Side,
    Subscriber,
    SubscriberId,
    Tap,
    Trigger,
)
from tipbot.store.base import Logged, Slice
from tipbot.store.database import Transaction
from tipbot.store.deliveries import delivery_params, insert_deliveries

DAY = timedelta(days=1)
_KEPT_TAPS = """
SELECT t.tap_key, c.subscriber_id AS who, c.check_in_id AS which
FROM taps t JOIN check_ins c ON c.check_in_id = t.check_in_id
WHERE t.subscriber_id = c.subscriber_id"""


@pytest.fixture(autouse=True)
async def _people(house: House) -> None:
    await house.store.enrol(ALICE)
    await house.store.enrol(BOB)


async def log(house: House, tap: Tap, who: SubscriberId = ALICE.id) -> Logged:
    logged = await house.store.log_twitch(who, tap)
    assert logged is not None
    return logged


async def entries(house: House) -> list[CheckIn]:
    return await house.store.check_ins(ALICE.id, TODAY - 9 * DAY, TODAY + 9 * DAY)


def write_before(
    house: House, elsewhere: Callable[[Transaction], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let each transaction that writes do something ``elsewhere`` first."""
    database = database_of(house)
    write = database.write

    async def write_both(body: Callable[[Transaction], Any], **how: bool) -> Any:
        def both(tx: Transaction) -> Any:
            elsewhere(tx)
            return body(tx)

        return await write(both, **how)

    monkeypatch.setattr(database, "write", write_both)


async def kept_taps(house: House) -> dict[str, tuple[int, int]]:
    """Return whose entry, and which, each tap was kept under, as long as it is the tapper's own."""

    def read(tx: Transaction) -> dict[str, tuple[int, int]]:
        return {row["tap_key"]: (row["who"], row["which"]) for row in tx.execute(_KEPT_TAPS)}

    return await database_of(house).read(read)


def undo(entry: CheckIn) -> CheckIn:
    return replace(entry, undone=True)


async def test_one_tap_logs_a_twitch_on_the_persons_own_date(house: House) -> None:
    late = START + 4 * HOUR  # 13:00 UTC on 2 March is 02:00 on 3 March in Auckland
    logged = await log(house, tap(at=late))
    assert logged.fresh
    assert logged.entry == CheckIn(
        id=logged.entry.id,
        subscriber=ALICE.id,
        kind=CheckInKind.TWITCH,
        at=late,
        local_date=TODAY + DAY,
        zone=ALICE.zone,
        logged_at=late,
    )
    assert await house.store.check_in(logged.entry.id, ALICE.id) == logged.entry


async def test_a_strangers_tap_is_kept_nowhere(house: House) -> None:
    assert await house.store.log_twitch(STRANGER, tap()) is None
    assert await house.store.rate_day(STRANGER, TODAY, 1, tap()) is None
    same = await house.store.edit_day_context(STRANGER, TODAY, lambda context: context)
    assert same is None


async def test_whoever_may_not_logs_nothing(house: House) -> None:
    asked = []

    def may(person: Subscriber) -> bool:
        asked.append(person.id)
        return False

    assert await house.store.log_twitch(ALICE.id, tap(), may) is None
    assert asked == [ALICE.id]
    assert await entries(house) == []


async def test_an_entry_comes_with_whose_it_is(house: House) -> None:
    logged = await log(house, tap())
    assert logged.person == await house.store.subscriber(ALICE.id)
    assert (await log(house, tap())).person == logged.person, "and so when it is handed over again"


async def test_the_same_tap_handed_over_again_makes_no_second_entry(house: House) -> None:
    first = await log(house, tap("k"))
    again = await log(house, tap("k", START + DAY, message_id=5, nonce=9))
    assert (again.entry, again.fresh) == (first.entry, False)
    assert await entries(house) == [first.entry]


async def test_a_double_tap_makes_one_entry(house: House) -> None:
    first = await log(house, tap("a"))
    second = await log(house, tap("b", START + DOUBLE_TAP - timedelta(microseconds=1)))
    assert (second.entry, second.fresh) == (first.entry, False)
    third = await log(house, tap("c", START + DOUBLE_TAP))
    assert third.fresh
    assert len(await entries(house)) == 2


async def test_the_second_of_a_double_tap_stays_one_when_handed_over_later(house: House) -> None:
    first = await log(house, tap("a"))
    await log(house, tap("b", START + timedelta(seconds=1)))
    replayed = await log(house, tap("b", START + HOUR))
    assert (replayed.entry, replayed.fresh) == (first.entry, False)
    assert len(await entries(house)) == 1


async def test_presses_in_a_row_do_not_stretch_the_double_tap(house: House) -> None:
    step = DOUBLE_TAP * 0.6
    fresh = [(await log(house, tap(f"k{n}", START + n * step))).fresh for n in range(5)]
    assert fresh == [True, False, True, False, True]


@pytest.mark.parametrize("days", [count(1), repeat(0)], ids=["new", "conflict"])
async def test_a_tap_is_kept_under_its_own_entry_whatever_its_connection_wrote_before(
    house: House, days: Iterator[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of the entry is what the database gave out last: a row elsewhere must not be it.

    For a row that is there already, PostgreSQL takes a number as well, and gives it to nothing.
    """
    await house.stock()
    (mine,) = await house.enrol(ALICE, plan())
    assert await house.store.add_delivery(new_delivery(mine))

    def write_elsewhere(tx: Transaction) -> None:
        insert_deliveries(tx, [delivery_params(new_delivery(mine, next(days)))])

    write_before(house, write_elsewhere, monkeypatch)
    made: dict[str, tuple[int, int]] = {}
    for number, who in enumerate((ALICE.id, BOB.id, BOB.id, ALICE.id)):
        at = START + number * MINUTE
        first = await log(house, tap(f"{number}", at, nonce=number), who)
        twice = await log(house, tap(f"{number}, twice", at, nonce=number), who)
        assert (first.fresh, twice.fresh, twice.entry) == (True, False, first.entry)
        made |= dict.fromkeys((f"{number}", f"{number}, twice"), (who, first.entry.id))
    for who in (ALICE.id, BOB.id):
        rated = await house.store.rate_day(who, TODAY, 2, tap(f"day of {who}"))
        assert rated is not None
        made[f"day of {who}"] = (who, rated.entry.id)
    assert await kept_taps(house) == made


async def test_another_button_is_another_wish(house: House) -> None:
    for message_id, nonce in ((1, 1), (1, 2), (2, 1)):
        assert (await log(house, tap(f"{message_id}/{nonce}", START, message_id, nonce))).fresh
    assert (await log(house, tap("theirs", START, 1, 1), BOB.id)).fresh
    assert len(await entries(house)) == 3


async def test_a_tap_drawn_again_after_a_later_one_gives_the_button_no_old_number(
    house: House,
) -> None:
    for number in (1, 2, 3):
        logged = await log(house, tap(f"k{number}", START, nonce=number))
        assert logged.next_nonce == number + 1
    replayed = await log(house, tap("k1", START, nonce=1))
    assert replayed.next_nonce == 4


async def test_a_press_after_an_undo_makes_a_new_entry(house: House) -> None:
    first = await log(house, tap("a"))
    await house.store.edit_check_in(first.entry.id, ALICE.id, undo)
    second = await log(house, tap("b", START + timedelta(seconds=2)))
    assert second.fresh
    assert await entries(house) == [second.entry]
    redelivered = await log(house, tap("a", START + timedelta(seconds=3)))
    assert (redelivered.entry, redelivered.fresh) == (undo(first.entry), False)


async def test_a_crowd_of_equal_taps_at_once_makes_one_entry(house: House) -> None:
    taps = [tap(f"k{n % 3}", START + timedelta(milliseconds=n)) for n in range(12)]
    logged = await asyncio.gather(*(log(house, each) for each in taps))
    assert sum(each.fresh for each in logged) == 1
    assert len({each.entry.id for each in logged}) == 1


async def test_side_and_place_are_those_of_last_time(house: House) -> None:
    first = await log(house, tap("a", START - HOUR))
    await house.store.edit_check_in(
        first.entry.id,
        ALICE.id,
        lambda entry: replace(entry, side=Side.LEFT, place=Place.EYELID, strength=3),
    )
    await house.store.rate_day(ALICE.id, TODAY, 2, tap("day", START - MINUTE))
    second = (await log(house, tap("b", START))).entry
    assert (second.side, second.place, second.strength) == (Side.LEFT, Place.EYELID, None)

    await house.store.edit_check_in(
        second.id, ALICE.id, lambda entry: replace(entry, side=Side.RIGHT, undone=True)
    )
    assert (await log(house, tap("c", START + HOUR))).entry.side is Side.LEFT
    assert (await log(house, tap("d", START + HOUR), BOB.id)).entry.side is None


async def test_every_detail_of_an_entry_is_kept(house: House) -> None:
    entry = (await log(house, tap())).entry
    full = replace(
        entry,
        strength=4,
        side=Side.BOTH,
        place=Place.WHOLE_SIDE,
        duration=Duration.ON_AND_OFF,
        ended_at=START + HOUR,
        triggers=frozenset({Trigger.STRESS, Trigger.LITTLE_SLEEP}),
        helped=frozenset(Relief),
        flags=frozenset({Flag.SIGHT}),
        note="worse than ÷ \N{CRYING FACE} 'quoted' %s :name",
    )
    assert await house.store.edit_check_in(entry.id, ALICE.id, lambda _: full) == full
    assert await house.store.check_in(entry.id, ALICE.id) == full


async def test_a_note_that_no_database_can_hold_is_kept_without_the_offence(house: House) -> None:
    entry = (await log(house, tap())).entry
    hostile = replace(entry, note="a\0b\ud800c")
    edited = await house.store.edit_check_in(entry.id, ALICE.id, lambda _: hostile)
    assert edited == replace(entry, note="ab?c")
    assert await house.store.check_in(entry.id, ALICE.id) == edited


async def test_a_forged_entry_id_finds_nothing(house: House) -> None:
    entry = (await log(house, tap())).entry
    for which, who in ((entry.id, BOB.id), (CheckInId(10**9), ALICE.id), (entry.id, STRANGER)):
        assert await house.store.check_in(which, who) is None
        assert await house.store.edit_check_in(which, who, undo) is None
    assert await entries(house) == [entry]


async def test_an_edit_cannot_give_an_entry_to_someone_else(house: House) -> None:
    entry = (await log(house, tap())).entry
    with pytest.raises(ValueError, match="whose it is"):
        await house.store.edit_check_in(
            entry.id, ALICE.id, lambda each: replace(each, subscriber=BOB.id)
        )
    assert await entries(house) == [entry]


async def test_a_day_has_one_rating_which_the_last_tap_sets(house: House) -> None:
    first = await house.store.rate_day(ALICE.id, TODAY, 3, tap("a"))
    second = await house.store.rate_day(ALICE.id, TODAY, 0, tap("b", START + MINUTE))
    assert first is not None
    assert second is not None
    assert (first.fresh, second.fresh) == (True, False)
    assert second.entry.id == first.entry.id
    assert await entries(house) == [second.entry]
    assert (second.entry.strength, second.entry.kind) == (0, CheckInKind.DAY)

    replayed = await house.store.rate_day(ALICE.id, TODAY, 3, tap("a", START + HOUR))
    assert replayed is not None
    assert (replayed.entry, replayed.fresh) == (second.entry, False)
    other = await house.store.rate_day(ALICE.id, TODAY + DAY, 1, tap("c"))
    assert other is not None
    assert other.fresh


async def test_rating_a_day_again_takes_back_its_undo(house: House) -> None:
    first = await house.store.rate_day(ALICE.id, TODAY, 3, tap("a"))
    assert first is not None
    await house.store.edit_check_in(first.entry.id, ALICE.id, undo)
    assert await entries(house) == []
    second = await house.store.rate_day(ALICE.id, TODAY, 2, tap("b"))
    assert second is not None
    assert await entries(house) == [second.entry]


async def test_entries_are_listed_by_local_date_oldest_first_without_undone_ones(
    house: House,
) -> None:
    later = (await log(house, tap("a", START + HOUR, nonce=1))).entry
    early = (await log(house, tap("b", START, nonce=2))).entry
    gone = (await log(house, tap("c", START, nonce=3))).entry
    tomorrow = (await log(house, tap("d", START + DAY, nonce=4))).entry
    await house.store.edit_check_in(gone.id, ALICE.id, undo)
    rated = await house.store.rate_day(ALICE.id, TODAY, 1, tap("e", START + 2 * HOUR))
    assert rated is not None

    assert await house.store.check_ins(ALICE.id, TODAY, TODAY) == [early, later, rated.entry]
    assert await house.store.check_ins(ALICE.id, TODAY, TODAY + DAY, CheckInKind.TWITCH) == [
        early,
        later,
        tomorrow,
    ]
    assert await house.store.check_ins(ALICE.id, TODAY + DAY, TODAY) == []
    assert await house.store.check_ins(BOB.id, TODAY, TODAY) == []


async def test_entries_are_counted_and_read_by_the_page_newest_first(house: House) -> None:
    for number in range(7):
        await log(house, tap(f"k{number}", START + number * HOUR, nonce=number))
    gone = (await log(house, tap("gone", START + 7 * HOUR, nonce=9))).entry
    await house.store.edit_check_in(gone.id, ALICE.id, undo)
    await log(house, tap("bob", START), BOB.id)
    first, last = TODAY, TODAY + DAY
    everything = await house.store.check_ins(ALICE.id, first, last)
    assert await house.store.count_check_ins(ALICE.id, first, last) == len(everything) == 7
    pages = [
        await house.store.newest_check_ins(ALICE.id, first, last, Slice(skip, 3))
        for skip in (0, 3, 6, 9)
    ]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert [entry for page in pages for entry in page] == everything[::-1]
    assert (
        await house.store.newest_check_ins(ALICE.id, first - 9 * DAY, first - DAY, Slice(0, 9))
        == []
    )


async def test_an_entry_keeps_the_zone_it_was_logged_in(house: House) -> None:
    first = (await log(house, tap("a"))).entry
    await house.store.revise(ALICE.id, with_person(zone="America/Lima"))
    second = (await log(house, tap("b", START + DAY))).entry
    assert [first.zone, second.zone] == ["Pacific/Auckland", "America/Lima"]
    assert await entries(house) == [first, second]


async def test_what_is_said_about_a_day_is_kept(house: House) -> None:
    assert await house.store.day_context(ALICE.id, TODAY) is None
    full = DayContext(
        subscriber=ALICE.id,
        local_date=TODAY,
        sleep_hours=7,
        coffees=0,
        screen_hours=9,
        water=2,
        stress=1,
    )

    def sleep_alone(context: DayContext) -> DayContext:
        return replace(context, sleep_hours=7)

    def rest(context: DayContext) -> DayContext:
        return replace(full, sleep_hours=context.sleep_hours)

    await house.store.edit_day_context(ALICE.id, TODAY, sleep_alone)
    assert await house.store.edit_day_context(ALICE.id, TODAY, rest) == full
    assert await house.store.day_context(ALICE.id, TODAY) == full
    assert await house.store.day_context(ALICE.id, TODAY + DAY) is None
    assert await house.store.day_context(BOB.id, TODAY) is None


async def test_the_contexts_of_some_days_come_in_order_and_from_one_person(house: House) -> None:
    def calm(context: DayContext) -> DayContext:
        return replace(context, stress=0)

    for who, day in ((ALICE, 2), (ALICE, 0), (ALICE, 5), (BOB, 1)):
        await house.store.edit_day_context(who.id, TODAY + day * DAY, calm)
    found = await house.store.day_contexts(ALICE.id, TODAY, TODAY + 4 * DAY)
    assert [context.local_date for context in found] == [TODAY, TODAY + 2 * DAY]
    assert all(context.stress == 0 for context in found)


async def test_taps_on_a_days_context_at_once_are_all_kept(house: House) -> None:
    def one_more(context: DayContext) -> DayContext:
        return replace(context, coffees=(context.coffees or 0) + 1)

    await asyncio.gather(
        *(house.store.edit_day_context(ALICE.id, TODAY, one_more) for _ in range(10))
    )
    context = await house.store.day_context(ALICE.id, TODAY)
    assert context is not None
    assert context.coffees == 10


async def test_what_is_said_about_a_day_stays_with_its_person(house: House) -> None:
    with pytest.raises(ValueError, match="whose day"):
        await house.store.edit_day_context(
            ALICE.id, TODAY, lambda context: replace(context, subscriber=BOB.id)
        )
