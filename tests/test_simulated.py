from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import mean

from tests.store.house import ALICE
from tipbot.core.model import SubscriberId, Tap
from tipbot.simulated import DAYS, NOTE, Lived, live_a_month, simulated_month
from tipbot.store.connect import connect

TODAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def test_the_month_is_the_same_for_the_same_person_and_day_and_has_gaps() -> None:
    month = simulated_month(SubscriberId(1), TODAY)
    assert month == simulated_month(SubscriberId(1), TODAY)
    assert month != simulated_month(SubscriberId(2), TODAY)
    assert 14 <= len(month) < DAYS
    assert all(TODAY - timedelta(days=DAYS) <= day.day < TODAY for day in month)


def test_its_truth_is_that_little_sleep_brings_more_twitches() -> None:
    days = [day for who in range(200) for day in simulated_month(SubscriberId(who), TODAY)]
    short = mean(len(day.twitches) for day in days if day.sleep_hours <= 5)
    long = mean(len(day.twitches) for day in days if day.sleep_hours > 5)
    assert short - long > 1.5


async def test_the_diary_holds_it_once_and_says_that_it_is_simulated(tmp_path: Path) -> None:
    store = connect(f"sqlite:///{tmp_path / 'store.db'}")
    await store.open()
    await store.enrol(ALICE)
    lived = await live_a_month(store, ALICE, NOON)
    assert lived.twitches > 10
    assert await live_a_month(store, ALICE, NOON) == Lived((), None)
    entries = await store.check_ins(ALICE.id, TODAY - timedelta(days=DAYS), TODAY)
    (mark,) = await store.treatments(ALICE.id)
    await store.close()
    kinds = Counter(entry.kind for entry in entries)
    assert kinds == {"twitch": lived.twitches, "day": len(lived.days)}
    assert {entry.note for entry in entries} == {mark.note} == {NOTE}
    assert mark.local_date == lived.injection
    assert {entry.side for entry in entries if entry.kind == "twitch"} == {"left", "right"}


async def test_days_with_something_in_the_diary_stay_as_they_are(tmp_path: Path) -> None:
    store = connect(f"sqlite:///{tmp_path / 'store.db'}")
    await store.open()
    await store.enrol(ALICE)
    rated, slept = (day.day for day in simulated_month(ALICE.id, TODAY)[-2:])
    await store.rate_day(ALICE.id, rated, 3, Tap(key="own", message_id=1, nonce=0, at=NOON))
    await store.edit_day_context(ALICE.id, slept, lambda said: replace(said, coffees=9))
    lived = await live_a_month(store, ALICE, NOON)
    assert {rated, slept}.isdisjoint(day.day for day in lived.days)
    (entry,) = await store.check_ins(ALICE.id, rated, slept)
    assert (entry.strength, entry.note) == (3, "")
    context = await store.day_context(ALICE.id, slept)
    assert context is not None
    assert (context.coffees, context.sleep_hours) == (9, None)
    await store.close()


def test_a_day_is_the_same_seen_from_a_week_later() -> None:
    later = TODAY + timedelta(days=7)
    here, there = (simulated_month(SubscriberId(1), day) for day in (TODAY, later))
    first = later - timedelta(days=DAYS)
    assert [day for day in here if day.day >= first] == [day for day in there if day.day < TODAY]


def test_a_face_twitches_mostly_on_one_side_and_on_the_other_too() -> None:
    sides = Counter(
        twitch.side for day in simulated_month(SubscriberId(1), TODAY) for twitch in day.twitches
    )
    (_, most), (_, least) = sides.most_common()
    assert most > 2 * least > 0
