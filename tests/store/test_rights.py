from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlite_utils
from sqlite_utils.migrations import Migrations

from tests.store.house import (
    ALICE,
    BOB,
    HOUR,
    LEASE,
    MINUTE,
    SENT,
    START,
    STRANGER,
    TODAY,
    House,
    allow_all,
    decide_daily,
    new_delivery,
    plan,
    tap,
    with_person,
)
from tests.store.whole import NOTE, fill, read_out
from tipbot.core.checkins import undone
from tipbot.core.holdings import RECORDS_KEPT, Holding
from tipbot.core.model import (
    FOREVER,
    CheckInId,
    DeliveryState,
    Dialog,
    Every,
    Minute,
    Reaction,
    Topic,
)
from tipbot.store import holdings_source
from tipbot.store.base import Thinned
from tipbot.store.connect import connect
from tipbot.store.holdings_read import WEEKDAYS
from tipbot.store.migrations import HISTORY

AUCKLAND = ZoneInfo("Pacific/Auckland")
LATER = START + RECORDS_KEPT + MINUTE
NOTHING = Thinned(deliveries=0, taps=0, questions=0, answers=0)


async def thin(house: House, now: datetime = LATER, limit: int = 100) -> Thinned:
    return await house.store.thin_records(now, now - RECORDS_KEPT, limit)


async def test_an_export_holds_all_that_was_said_in_words_and_local_times(house: House) -> None:
    await fill(house)
    found = await read_out(house)
    (settings,), (entry,) = found[Holding.SETTINGS], found[Holding.CHECK_INS]
    assert settings["time_zone"] == "Pacific/Auckland"
    assert settings["quiet_hours_start"] == "22:00"
    assert settings["last_export_at"] == START.astimezone(AUCKLAND)
    assert entry["note"] == NOTE
    assert entry["possible_triggers"] == ["stress"]
    assert (entry["at"], entry["local_date"]) == (START.astimezone(AUCKLAND), TODAY)
    assert str(entry["at"]) == "2026-03-02 22:00:00+13:00"
    (day,) = found[Holding.DAYS]
    assert (day["local_date"], day["coffees"], day["stress"]) == (TODAY, 2, None)


async def test_an_export_names_tips_and_puts_reactions_with_them(house: House) -> None:
    await fill(house)
    found = await read_out(house)
    (delivery,), (mine,) = found[Holding.DELIVERIES], found[Holding.PLANS]
    assert (delivery["tip"], delivery["tip_title"]) == ("sip", "Sip")
    assert (delivery["state"], delivery["message_id"]) == ("sent", 700)
    assert delivery["reactions"] == [{"reaction": "helpful", "at": START.astimezone(AUCKLAND)}]
    assert mine["tips_seen"] == ["sip", "glass"]
    assert mine["schedule"] == {"at": ["09:00"]}
    assert mine["days"] == list(WEEKDAYS)
    (press,), (question,) = found[Holding.TAPS], found[Holding.QUESTION]
    assert (press["tap"], press["at"]) == ("k1", START.astimezone(AUCKLAND))
    assert (question["kind"], question["about"]) == ("note", "7")


async def test_an_export_reads_an_interval_and_an_open_pause(house: House) -> None:
    await house.stock()
    often = replace(plan(), schedule=Every(120, Minute(540), Minute(1020)), days=frozenset({0, 4}))
    await house.enrol(replace(ALICE, zone="Europe/Berlin"), often)
    await house.store.revise(ALICE.id, with_person(paused_until=FOREVER))
    found = await read_out(house)
    assert found[Holding.PLANS][0]["schedule"] == {
        "every_minutes": 120,
        "from": "09:00",
        "to": "17:00",
    }
    assert found[Holding.PLANS][0]["days"] == ["Monday", "Friday"]
    assert found[Holding.SETTINGS][0]["paused_until"] == "until you go on"


async def test_an_entry_is_in_the_zone_in_which_it_was_logged(house: House) -> None:
    await fill(house)
    await house.store.revise(ALICE.id, with_person(zone="Europe/Berlin"))
    found = await read_out(house)
    assert str(found[Holding.CHECK_INS][0]["at"]) == "2026-03-02 22:00:00+13:00"
    assert str(found[Holding.TAPS][0]["at"]) == "2026-03-02 10:00:00+01:00"


async def test_an_export_holds_what_was_taken_back(house: House) -> None:
    await house.enrol(ALICE)
    logged = await house.store.log_twitch(ALICE.id, tap())
    assert logged is not None
    await house.store.edit_check_in(logged.entry.id, ALICE.id, undone)
    (entry,) = (await read_out(house))[Holding.CHECK_INS]
    assert entry["taken_back"] is True


async def test_an_export_holds_nothing_of_anybody_else(house: House) -> None:
    await fill(house)
    before = await read_out(house)
    await fill(house, BOB)
    assert await read_out(house) == before


async def test_nothing_is_read_of_a_stranger(house: House) -> None:
    await fill(house)
    assert await read_out(house, replace(ALICE, id=STRANGER)) == {kind: [] for kind in Holding}
    assert await house.store.exported_at(STRANGER) is None


async def test_many_pages_hold_each_record_once_in_order(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holdings_source, "PAGE", 2)
    mine = await house.alice_hydrated()
    for n in range(5):
        late = START + n * HOUR
        await house.store.log_twitch(ALICE.id, tap(f"k{n}", late, message_id=n + 1))
        await house.store.edit_day_context(ALICE.id, TODAY + timedelta(days=n), lambda day: day)
        await house.sent(new_delivery(mine, n, due=late))
    found = await read_out(house)
    assert [entry["check_in_id"] for entry in found[Holding.CHECK_INS]] == [1, 2, 3, 4, 5]
    assert [day["local_date"] for day in found[Holding.DAYS]] == [
        date(2026, 3, day) for day in range(2, 7)
    ]
    assert [each["delivery_id"] for each in found[Holding.DELIVERIES]] == [1, 2, 3, 4, 5]
    assert [press["tap"] for press in found[Holding.TAPS]] == ["k0", "k1", "k2", "k3", "k4"]


async def test_a_zone_that_the_machine_forgot_keeps_nobody_from_their_data(house: House) -> None:
    await house.enrol(replace(ALICE, zone="Mars/Olympus"))
    (settings,) = (await read_out(house))[Holding.SETTINGS]
    assert settings["joined_at"] == datetime(2000, 1, 1, tzinfo=UTC)


async def test_whoever_takes_an_export_may_give_up(house: House) -> None:
    await fill(house)

    def take(*_: object) -> None:
        raise OverflowError

    with pytest.raises(OverflowError):
        await house.store.read_out(ALICE.id, take)
    assert (await house.person()).id == ALICE.id


async def test_an_export_is_marked_for_its_person_alone(house: House) -> None:
    await house.enrol(ALICE)
    await house.enrol(BOB)
    await house.store.mark_exported(ALICE.id, START)
    await house.store.mark_exported(STRANGER, START)
    assert await house.store.exported_at(ALICE.id) == START
    assert await house.store.exported_at(BOB.id) is None
    await house.store.revise(ALICE.id, with_person(silent=True))
    assert await house.store.exported_at(ALICE.id) == START


async def test_whoever_is_forgotten_is_a_stranger(house: House) -> None:
    sent = await fill(house)
    assert await house.store.forget(ALICE.id)
    store = house.store
    assert await store.subscriber(ALICE.id) is None
    assert await store.enrolment(ALICE.id) is None
    assert await store.dialog(ALICE.id, START) is None
    assert await store.delivery(sent, ALICE.id) is None
    assert await store.react(sent, ALICE.id, Reaction.DONE, START) is None
    assert await store.log_twitch(ALICE.id, tap("new")) is None
    assert await store.edit_check_in(CheckInId(1), ALICE.id, lambda entry: entry) is None
    assert await store.edit_day_context(ALICE.id, TODAY, lambda day: day) is None
    assert await store.check_ins(ALICE.id, TODAY, TODAY) == []


async def test_forgetting_twice_is_harmless(house: House) -> None:
    await fill(house)
    assert await house.store.forget(ALICE.id)
    assert not await house.store.forget(ALICE.id)
    assert not await house.store.forget(STRANGER)


async def test_forgetting_one_touches_nobody_else(house: House) -> None:
    await fill(house)
    await fill(house, BOB)
    before = await read_out(house, BOB)
    await house.store.forget(ALICE.id)
    assert await read_out(house, BOB) == before


async def test_the_question_of_someone_who_is_no_subscriber_is_forgotten_too(house: House) -> None:
    question = Dialog(subscriber=STRANGER, kind="note", payload="", expires_at=START + HOUR)
    await house.store.open_dialog(question)
    assert not await house.store.forget(STRANGER)
    assert await house.store.dialog(STRANGER, START) is None


async def test_whoever_is_forgotten_gets_nothing_any_more(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    await house.store.forget(ALICE.id)
    assert await house.store.next_due() is None
    assert await house.store.plan_due(START + HOUR, 10, decide_daily) == 0
    assert await house.store.claim_deliveries("w1", START + HOUR, 10, LEASE) == []
    assert not await house.store.send_next_tip(ALICE.id, START, decide_daily)
    assert sum((await house.store.counts()).values()) == 0


async def test_what_was_claimed_for_someone_forgotten_is_not_sent(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (claimed,) = await house.store.claim_deliveries("w1", START, 10, LEASE)
    await house.store.forget(ALICE.id)
    assert await house.store.begin_sending("w1", [claimed.id], START, allow_all) == []


@pytest.mark.parametrize("state", list(DeliveryState))
async def test_a_send_in_flight_brings_nobody_back(house: House, state: DeliveryState) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    (going,) = await house.begin()
    await house.store.forget(ALICE.id)
    await house.store.record([(going.id, replace(SENT, state=state))], START)
    await house.store.mark_unreachable(ALICE.id)
    assert await house.store.release("w1") == 0
    assert await house.store.subscriber(ALICE.id) is None
    assert sum((await house.store.counts()).values()) == 0


async def test_whoever_comes_back_begins_anew(house: House) -> None:
    await fill(house)
    await house.store.forget(ALICE.id)
    await house.store.enrol(replace(ALICE, language="de"))
    kept = await house.store.enrolment(ALICE.id)
    assert kept is not None
    assert (kept.subscriber.language, kept.plans) == ("de", ())
    assert await house.store.exported_at(ALICE.id) is None
    # The same tap as before: it was forgotten too.
    logged = await house.store.log_twitch(ALICE.id, tap())
    assert logged is not None
    assert logged.fresh
    assert logged.entry.note == ""


async def test_old_records_go_and_what_was_logged_stays(house: House) -> None:
    sent = await fill(house)
    before = await read_out(house)
    assert await thin(house) == Thinned(deliveries=1, taps=1, questions=1, answers=1)
    assert await thin(house) == NOTHING
    assert await house.store.delivery(sent, ALICE.id) is None
    gone = (Holding.DELIVERIES, Holding.TAPS, Holding.QUESTION, Holding.DRAFT)
    assert await read_out(house) == before | {kind: [] for kind in gone}


async def test_records_stay_for_ninety_days(house: House) -> None:
    sent = await fill(house)
    assert (await thin(house, START + RECORDS_KEPT)).most == 1  # the question and the answer
    assert await house.state(sent) is DeliveryState.SENT
    assert len((await read_out(house))[Holding.TAPS]) == 1


async def test_thinning_goes_by_the_oldest_first_in_batches(house: House) -> None:
    mine = await house.alice_hydrated()
    for n in range(5):
        late = START + n * HOUR
        await house.sent(new_delivery(mine, n, due=late))
        await house.store.log_twitch(ALICE.id, tap(f"k{n}", late, message_id=n + 1))
    now = LATER + 5 * HOUR
    assert await thin(house, now, 2) == Thinned(deliveries=2, taps=2, questions=0, answers=0)
    found = await read_out(house)
    assert [each["delivery_id"] for each in found[Holding.DELIVERIES]] == [3, 4, 5]
    assert [press["tap"] for press in found[Holding.TAPS]] == ["k2", "k3", "k4"]
    assert (await thin(house, now, 2)).most == 2
    assert (await thin(house, now, 2)).most == 1
    assert await thin(house, now, 2) == NOTHING


async def test_taps_of_one_moment_go_in_batches_too(house: House) -> None:
    await house.enrol(ALICE)
    for n in range(3):
        await house.store.log_twitch(ALICE.id, tap(f"k{n}", message_id=n + 1))
    await house.store.log_twitch(ALICE.id, tap("later", START + MINUTE, message_id=9))
    assert (await thin(house, LATER + MINUTE, 2)).taps == 2
    assert (await thin(house, LATER + MINUTE, 9)).taps == 2


async def test_what_waits_or_is_on_its_way_is_never_thinned(house: House) -> None:
    mine = await house.alice_hydrated()
    await house.store.add_delivery(new_delivery(mine))
    assert await thin(house) == NOTHING
    await house.store.claim_deliveries("w1", START, 10, LEASE)
    assert await thin(house) == NOTHING
    (going,) = await house.begin("w2", START + HOUR)
    assert await thin(house) == NOTHING
    await house.store.record([(going.id, SENT)], START)
    assert (await thin(house)).deliveries == 1


async def test_a_plan_goes_on_with_its_bag_after_thinning(house: House) -> None:
    await house.alice_hydrated()
    assert await house.store.plan_due(START, 10, decide_daily) == 1
    (going,) = await house.begin()
    await house.store.record([(going.id, SENT)], START)
    await thin(house)
    kept = await house.store.enrolment(ALICE.id)
    assert kept is not None
    assert kept.plan(Topic.HYDRATION).bag == (1,)
    assert await house.store.plan_due(LATER, 10, decide_daily) == 1
    assert len(await house.begin(now=LATER)) == 1


async def test_a_file_of_the_first_version_is_brought_forward(sqlite_path: Path) -> None:
    first = Migrations("tipbot")
    first(name=HISTORY[0].name)(HISTORY[0].sqlite)
    old = sqlite_utils.Database(sqlite_path)
    first.apply(old)
    old.execute(
        "INSERT INTO subscribers VALUES"
        " (1, 1, 'en', 'UTC', 'done', 'active', 0, 0, 0, 0, NULL, 0, 0, 0, NULL, 0, NULL)"
    )
    old.conn.commit()
    old.close()
    store = connect(f"sqlite:///{sqlite_path}")
    await store.open()
    assert await store.subscriber(ALICE.id) is not None
    assert await store.exported_at(ALICE.id) is None
    assert await store.thin_records(LATER, START, 9) == NOTHING
    await store.close()
