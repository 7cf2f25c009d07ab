"""Announcements at rest: who gets one, once, and what becomes of it, on both databases."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from threading import current_thread

import pytest
from structlog.testing import capture_logs

from tests.store.house import HOUR, LEASE, MINUTE, SENT, START, House, act, new_delivery, plan
from tests.store.whole import connected
from tipbot.core.announcements import Announcement, AnnouncementState, Figures, due_for
from tipbot.core.audit import Deed
from tipbot.core.model import (
    FOREVER,
    NO_QUIET_HOURS,
    AnnouncementId,
    Delivery,
    DeliveryId,
    DeliveryState,
    Minute,
    Presence,
    QuietHours,
    Stage,
    Subscriber,
    SubscriberId,
    Topic,
)
from tipbot.core.outcomes import Verdict
from tipbot.core.schedule import allowed_now
from tipbot.store.database import Params, Rows
from tipbot.store.sqlite import SqliteTransaction

OLGA = Subscriber(id=SubscriberId(900), chat_id=900)
OTTO = Subscriber(id=SubscriberId(901), chat_id=901)
DAY = timedelta(days=1)


def somebody(number: int, **more: object) -> Subscriber:
    who = Subscriber(
        id=SubscriberId(number), chat_id=number, stage=Stage.DONE, quiet=NO_QUIET_HOURS
    )
    return replace(who, **more)  # type: ignore[arg-type] # by name


async def enrol(house: House, *people: Subscriber, topic: Topic = Topic.HYDRATION) -> None:
    for person in people:
        await house.enrol(person, plan(topic))


async def drafted(house: House, topic: Topic | None = None, key: str = "m1") -> AnnouncementId:
    return await house.store.save_draft("**Hello** all", topic, key, act(OLGA, Deed.ANNOUNCED))


async def started(house: House, topic: Topic | None = None, key: str = "m1") -> AnnouncementId:
    which = await drafted(house, topic, key)
    begun = await house.store.start_announcement(which, 70, act(OLGA, Deed.ANNOUNCED))
    assert begun is not None
    assert begun.state is AnnouncementState.RUNNING
    return which


async def tend(house: House, limit: int = 100) -> int:
    """Take announcements on until there is nothing more to do now; return the steps."""
    steps = 0
    now = house.clock()
    while await house.store.tend_announcements(now, limit, due_for):
        steps += 1
    return steps


async def stop(house: House, which: AnnouncementId) -> Announcement | None:
    return await house.store.stop_announcement(which, act(OTTO, Deed.STOPPED_ANNOUNCEMENT))


async def begin(house: House, now: datetime | None = None, worker: str = "a1") -> list[Delivery]:
    moment = now or house.clock()
    claimed = await house.store.claim_announced(worker, moment, 100, LEASE)
    ids = [each.id for each in claimed]
    return await house.store.begin_sending(
        worker, ids, moment, lambda each: allowed_now(each, moment)
    )


async def end(house: House, *which: DeliveryId, verdict: Verdict = SENT) -> None:
    await house.store.record([(each, verdict) for each in which], house.clock())


async def read(house: House, which: AnnouncementId) -> Announcement:
    found = await house.store.announcement(which)
    assert found is not None
    return found


async def test_everyone_who_can_be_reached_gets_one_delivery(house: House) -> None:
    await enrol(
        house,
        somebody(1),
        somebody(2, stage=Stage.PRESET),
        somebody(3, paused_until=START + HOUR),
        somebody(4, paused_until=FOREVER),
        somebody(5, paused_until=START - HOUR),
        somebody(6),
        somebody(7),
    )
    await house.store.mark_unreachable(SubscriberId(6))
    await house.store.revise(
        SubscriberId(7),
        lambda kept: replace(kept, subscriber=replace(kept.subscriber, presence=Presence.STOPPED)),
    )
    assert await house.store.count_audience(None, START) == 2
    which = await started(house)
    await tend(house)
    going = await begin(house)
    assert sorted(each.subscriber.id for each in going) == [1, 5]
    assert {each.notice and each.notice.body for each in going} == {"**Hello** all"}
    assert (await read(house, which)).figures == Figures(heads=2, waiting=2)


async def test_nobody_who_taps_waits_while_people_or_deliveries_are_counted(
    house: House, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted, written = [], []

    def execute(self: SqliteTransaction, sql: str, params: Params | None = None) -> Rows:
        if current_thread().name == "tipbot-writer":
            written.append(sql)
        if "COUNT(*)" in sql:
            counted.append(current_thread().name)
        return usual(self, sql, params)

    usual = SqliteTransaction.execute
    monkeypatch.setattr(SqliteTransaction, "execute", execute)
    await enrol(house, somebody(1), somebody(2))
    for topic in (None, Topic.HYDRATION):
        which = await started(house, topic, str(topic))
        await tend(house, 1)
        await end(house, *(each.id for each in await begin(house)))
        await tend(house)
        again = await house.store.start_announcement(which, 70, act(OLGA, Deed.ANNOUNCED))
        assert again == await stop(house, which) == await read(house, which)
        assert again.figures == Figures(heads=2, sent=2)
    if url.startswith("sqlite"):
        assert written
        assert len(counted) >= 4
        assert "tipbot-writer" not in counted


async def test_a_topics_announcement_is_for_those_who_have_it_switched_on(house: House) -> None:
    await enrol(house, somebody(1), somebody(2))
    await enrol(house, somebody(3), topic=Topic.SLEEP)
    await house.enrol(somebody(4), replace(plan(), enabled=False))
    assert await house.store.count_audience(Topic.HYDRATION, START) == 2
    await started(house, Topic.HYDRATION)
    await tend(house)
    assert sorted(each.subscriber.id for each in await begin(house)) == [1, 2]


async def test_batches_reach_everyone_once(house: House) -> None:
    await enrol(house, *map(somebody, range(1, 24)))
    which = await started(house)
    assert (await read(house, which)).preparing
    assert await tend(house, 5) == 5
    assert not (await read(house, which)).preparing
    got = Counter(each.subscriber.id for each in await begin(house))
    assert got == Counter(range(1, 24))


@pytest.mark.parametrize("spoilt", ["zone = 'Mars/Base'", "presence = 'asleep'"])
async def test_whose_row_does_not_read_is_left_out_and_nobody_else(
    url: str, house: House, spoilt: str
) -> None:
    await enrol(house, *map(somebody, range(1, 31)))
    which = await started(house)
    with connected(url) as db:
        db.execute(f"UPDATE subscribers SET {spoilt} WHERE subscriber_id = 7")  # noqa: S608 - ours
    with capture_logs() as logged:
        await tend(house, 7)
    assert [(line["event"], line["announcement"]) for line in logged] == [("left_out", which)]
    reached = {each.subscriber.id for each in await begin(house)}
    assert reached == set(range(1, 31)) - {7}


async def test_two_who_prepare_at_once_make_no_double(house: House) -> None:
    await enrol(house, *map(somebody, range(1, 31)))
    which = await started(house)
    await asyncio.gather(*(tend(house, 4) for _ in range(4)))
    await tend(house)
    assert (await read(house, which)).figures.waiting == 30
    assert len(await begin(house)) == 30


async def test_an_announcement_is_done_when_nothing_of_it_waits(house: House) -> None:
    await enrol(house, *map(somebody, range(1, 6)))
    which = await started(house)
    await tend(house)
    one, two, three, four, five = [each.id for each in await begin(house)]
    assert await tend(house) == 0
    await end(house, one, two)
    await end(house, three, verdict=Verdict(state=DeliveryState.UNREACHABLE))
    await end(house, four, verdict=Verdict(state=DeliveryState.FAILED))
    assert await tend(house) == 0
    assert (await read(house, which)).state is AnnouncementState.RUNNING
    await end(house, five, verdict=Verdict(state=DeliveryState.UNKNOWN))
    assert await tend(house) == 1
    over = await read(house, which)
    assert (over.state, over.ended_at, over.settled) == (AnnouncementState.DONE, START, True)
    assert over.figures == Figures(heads=5, sent=2, unreachable=1, failed=1, unknown=1)


async def test_the_figures_outlast_the_deliveries(house: House) -> None:
    await enrol(house, somebody(1))
    which = await started(house)
    await tend(house)
    await end(house, *[each.id for each in await begin(house)])
    await tend(house)
    await house.store.thin_records(START + 100 * DAY, START + 10 * DAY, 100)
    assert (await read(house, which)).figures == Figures(heads=1, sent=1)


async def test_nobody_at_all_is_an_announcement_that_is_done(house: House) -> None:
    which = await started(house)
    await tend(house)
    assert (await read(house, which)).state is AnnouncementState.DONE


async def test_a_stop_holds_for_everything_that_is_not_on_its_way(house: House) -> None:
    await enrol(house, *map(somebody, range(1, 31)))
    which = await started(house)
    await tend(house, 10)
    claimed = await house.store.claim_announced("a1", START, 4, LEASE)
    two = [each.id for each in claimed[:2]]
    await house.store.begin_sending("a1", two, START, lambda each: allowed_now(each, START))
    stopped = await stop(house, which)
    assert stopped is not None
    assert stopped.state is AnnouncementState.STOPPED
    rest = [each.id for each in claimed[2:]]
    assert (
        await house.store.begin_sending("a1", rest, START, lambda each: allowed_now(each, START))
        == []
    )
    await tend(house, 7)
    assert await begin(house) == []
    assert not (await read(house, which)).settled
    await end(house, *two)
    await tend(house)
    assert (await read(house, which)).figures == Figures(heads=30, sent=2, expired=28)


async def test_a_stop_while_it_is_prepared_prepares_no_more(house: House) -> None:
    await enrol(house, *map(somebody, range(1, 31)))
    which = await started(house)
    assert await house.store.tend_announcements(START, 5, due_for)
    await stop(house, which)
    await tend(house, 5)
    over = await read(house, which)
    assert over.settled
    assert over.figures == Figures(heads=30, expired=5)


async def test_stopping_twice_or_after_the_end_changes_nothing(house: House) -> None:
    which = await started(house)
    await tend(house)
    done = await read(house, which)
    assert await stop(house, which) == done
    assert await stop(house, AnnouncementId(99)) is None
    other = await started(house, key="m2")
    await stop(house, other)
    await stop(house, other)
    deeds = [entry.deed for entry in await house.store.acts(None, 9)]
    assert deeds == ["stopped_announcement", "announced", "announced"]


async def test_a_draft_is_started_once_and_by_its_author_alone(house: House) -> None:
    which = await drafted(house)
    by_otto = await house.store.start_announcement(which, 1, act(OTTO, Deed.ANNOUNCED))
    assert by_otto is None
    first = await house.store.start_announcement(which, 70, act(OLGA, Deed.ANNOUNCED))
    again = await house.store.start_announcement(which, 71, act(OLGA, Deed.ANNOUNCED, START + HOUR))
    assert again == first
    entries = await house.store.acts(None, 9)
    assert [(each.deed, each.thing, each.detail) for each in entries] == [
        ("announced", str(which), "all")
    ]


async def test_a_draft_can_be_started_for_a_day(house: House) -> None:
    which = await drafted(house)
    late = act(OLGA, Deed.ANNOUNCED, START + DAY)
    assert await house.store.start_announcement(which, 70, late) is None
    soon = act(OLGA, Deed.ANNOUNCED, START + DAY - MINUTE)
    assert await house.store.start_announcement(which, 70, soon) is not None


async def test_a_new_draft_takes_the_place_of_the_last(house: House) -> None:
    first, second = await drafted(house), await drafted(house, key="m2")
    assert await house.store.announcement(first) is None
    assert await drafted(house, key="m2") == second
    assert await house.store.drop_draft(second, OTTO.id) is False
    assert await house.store.drop_draft(second, OLGA.id)
    assert await house.store.announcement(second) is None


async def test_what_was_started_is_no_draft_any_more(house: House) -> None:
    which = await started(house)
    assert not await house.store.drop_draft(which, OLGA.id)
    assert await drafted(house) == which
    await drafted(house, key="m2")
    assert (await read(house, which)).state is AnnouncementState.RUNNING
    assert [each.id for each in await house.store.announcements(9)] == [which]
    assert await stop(house, AnnouncementId(which + 1)) is None


async def test_quiet_hours_are_waited_for(house: House) -> None:
    morning = START + 3 * HOUR
    night = QuietHours(Minute(8 * 60), Minute(12 * 60))
    await enrol(house, somebody(1), somebody(2, quiet=night))
    which = await started(house)
    await tend(house)
    assert [each.subscriber.id for each in await begin(house)] == [1]
    assert await begin(house, morning - MINUTE) == []
    assert [each.subscriber.id for each in await begin(house, morning)] == [2]
    assert (await read(house, which)).figures.waiting == 2


async def test_what_waits_longer_than_a_day_expires(house: House) -> None:
    night = QuietHours(Minute(8 * 60), Minute(12 * 60))
    await enrol(house, somebody(1, quiet=night))
    which = await started(house)
    await tend(house)
    assert await house.store.expire_deliveries(START + DAY, 100) == 1
    house.clock.move(DAY)
    await tend(house)
    assert (await read(house, which)).figures == Figures(heads=1, expired=1)


async def test_a_tip_is_never_behind_an_announcement(house: House) -> None:
    await house.stock()
    await enrol(house, *map(somebody, range(1, 11)))
    await started(house)
    await tend(house)
    kept = await house.store.enrolment(SubscriberId(3))
    assert kept is not None
    later = START + MINUTE
    assert await house.store.add_delivery(new_delivery(kept.plans[0], due=later))
    (tip,) = await house.store.claim_deliveries("w1", later, 10, LEASE)
    assert (tip.subscriber, tip.topic) == (3, Topic.HYDRATION)
    others = await house.store.claim_announced("a1", later, 100, LEASE)
    assert sorted(each.subscriber for each in others) == [1, 2, *range(4, 11)]
    assert {each.topic for each in others} == {None}


async def test_an_announcement_waits_for_a_tip_that_is_ready(house: House) -> None:
    await house.stock()
    await enrol(house, somebody(1))
    kept = await house.store.enrolment(SubscriberId(1))
    assert kept is not None
    await started(house)
    await tend(house)
    await house.store.add_delivery(new_delivery(kept.plans[0], due=START))
    assert await house.store.claim_announced("a1", START, 9, LEASE) == []
    (tip,) = await house.begin()
    assert await house.store.claim_announced("a1", START, 9, LEASE) == []
    await house.store.record([(tip.id, SENT)], START)
    assert len(await house.store.claim_announced("a1", START, 9, LEASE)) == 1


async def test_a_tip_waits_while_an_announcement_is_on_its_way_to_the_chat(house: House) -> None:
    await house.stock()
    await enrol(house, somebody(1))
    kept = await house.store.enrolment(SubscriberId(1))
    assert kept is not None
    await started(house)
    await tend(house)
    (going,) = await begin(house)
    await house.store.add_delivery(new_delivery(kept.plans[0], due=START))
    assert await house.store.claim_deliveries("w1", START, 9, LEASE) == []
    await end(house, going.id)
    assert len(await house.store.claim_deliveries("w1", START, 9, LEASE)) == 1


async def test_two_announcements_come_to_a_chat_in_their_order(house: House) -> None:
    await enrol(house, somebody(1))
    first, second = await started(house), await started(house, key="m2")
    await tend(house)
    (one,) = await begin(house)
    assert one.notice is not None
    assert one.notice.id == first
    assert await begin(house) == []
    await end(house, one.id)
    (two,) = await begin(house)
    assert two.notice is not None
    assert two.notice.id == second


async def test_whoever_is_forgotten_meanwhile_gets_nothing(house: House) -> None:
    await enrol(house, somebody(1), somebody(2))
    which = await started(house)
    await tend(house)
    await house.store.forget(SubscriberId(1))
    assert [each.subscriber.id for each in await begin(house)] == [2]
    assert (await read(house, which)).figures.waiting == 1


async def test_a_refusal_keeps_everything_from_a_person(house: House) -> None:
    await enrol(house, somebody(1))
    which = await started(house)
    await tend(house)
    (going,) = await begin(house)
    await end(house, going.id, verdict=Verdict(state=DeliveryState.UNREACHABLE))
    assert (await house.person(SubscriberId(1))).presence is Presence.BLOCKED
    await tend(house)
    assert (await read(house, which)).figures == Figures(heads=1, unreachable=1)


async def test_an_announcement_counts_as_no_unanswered_tip(house: House) -> None:
    await enrol(house, somebody(1))
    await started(house)
    await tend(house)
    await end(house, *[each.id for each in await begin(house)])
    assert (await house.person(SubscriberId(1))).unanswered == 0


async def test_figures_are_shown_at_most_so_often_and_until_the_last(house: House) -> None:
    which = await started(house)
    (running,) = await house.store.open_announcements()
    assert running.id == which
    five = timedelta(seconds=5)
    assert not await house.store.claim_showing(which, START, START - five)
    later = START + five
    took = await asyncio.gather(*(house.store.claim_showing(which, later, START) for _ in range(4)))
    assert sorted(took) == [False, False, False, True]
    await tend(house)
    assert [each.state for each in await house.store.open_announcements()] == ["done"]
    await house.store.close_announcement(which)
    assert await house.store.open_announcements() == []


async def test_figures_are_shown_where_their_author_has_them_in_sight(house: House) -> None:
    which, store = await started(house), house.store
    (begun,) = await store.open_announcements()
    assert begun.message_id
    await store.turn_progress(begun.message_id + 1, OLGA.id)
    await store.turn_progress(begun.message_id, SubscriberId(77))
    assert (await read(house, which)).message_id == begun.message_id
    await store.turn_progress(begun.message_id, OLGA.id)
    assert (await read(house, which)).message_id is None
    await store.turn_progress(5, SubscriberId(77), which)
    assert (await read(house, which)).message_id is None
    await store.turn_progress(5, OLGA.id, which)
    assert (await read(house, which)).message_id == 5
    await tend(house)
    await store.close_announcement(which)
    await store.turn_progress(6, OLGA.id, which)
    assert (await read(house, which)).message_id == 5


async def test_figures_that_a_clock_ahead_showed_are_shown_again_once_that_is_put_right(
    house: House,
) -> None:
    five = timedelta(seconds=5)
    await enrol(house, somebody(1))
    which = await started(house)
    assert await house.store.claim_showing(which, START + 9 * HOUR, START)
    took = [await house.store.claim_showing(which, START, START - five) for _ in range(2)]
    assert took == [True, False]


async def test_a_removed_author_leaves_the_announcement_to_others(house: House) -> None:
    await enrol(house, somebody(1))
    which = await started(house)
    await tend(house)
    await house.store.forget(OLGA.id)
    assert (await read(house, which)).author is None
    assert not await house.store.claim_showing(which, START + HOUR, START + MINUTE)
    assert await stop(house, which) is not None
    await tend(house)
    assert (await read(house, which)).settled


@pytest.mark.parametrize("which", [0, -1, 2**62])
async def test_a_forged_number_finds_nothing(house: House, which: int) -> None:
    forged = AnnouncementId(which)
    assert await house.store.announcement(forged) is None
    assert await stop(house, forged) is None
    assert await house.store.start_announcement(forged, 1, act(OLGA, Deed.ANNOUNCED)) is None
    assert not await house.store.drop_draft(forged, OLGA.id)


async def test_nothing_is_done_while_there_are_no_announcements(house: House, url: str) -> None:
    await enrol(house, somebody(1))
    assert await tend(house) == 0
    assert await house.store.open_announcements() == []
    with connected(url) as db:
        assert db.execute("SELECT count(*) FROM deliveries").fetchone()[0] == 0
