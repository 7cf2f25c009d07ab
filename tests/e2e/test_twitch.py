"""One tap logs a twitch: stored before it is answered, once, whatever happens around it."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import aiohttp
import pytest

from tests.e2e.world import TOKEN, TWITCH, World, labels_of, tap_like, until, who
from tests.store.flushes import hold_flushes
from tipbot.core.model import CheckIn
from tipbot.sandbox import Person
from tipbot.sandbox.errors import Json
from tipbot.sandbox.faults import Fault, FaultKind
from tipbot.sandbox.queries import Query


async def entries(world: World, person: Person) -> list[CheckIn]:
    today = world.clock().date()
    found = await world.running.store.check_ins(who(person), today, today)
    return [each for each in found if not each.undone]


def rows_on_disk(world: World, table: str) -> int:
    """Count what another program would find in the file."""
    with closing(sqlite3.connect(f"{world.file.as_uri()}?mode=ro", uri=True)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - the name stands in the test


async def test_a_twitch_is_on_disk_before_its_tap_is_answered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = await world.with_a_tip("Bob")
    queries, kept_at_answer = world.sandbox.api.queries, []
    answer = queries.answer

    def watched(query_id: str, said: Json) -> Query:
        kept_at_answer.append(rows_on_disk(world, "check_ins"))
        return answer(query_id, said)

    monkeypatch.setattr(queries, "answer", watched)
    said = await bob.taps(TWITCH)
    assert said["text"].startswith("Logged 10:")
    assert kept_at_answer == [1]


async def test_a_slow_disk_delays_no_answer_and_telegram_keeps_the_tap_until_it_is_done(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = await world.with_a_tip("Bob")
    updates = world.sandbox.api.updates
    await until(lambda: not updates.waiting(), "all before is confirmed")

    free = hold_flushes(monkeypatch)
    said = await bob.taps(TWITCH)
    assert said["text"].startswith("Logged 10:")
    assert rows_on_disk(world, "check_ins") == 1
    await asyncio.sleep(0.3)
    assert len(updates.waiting()) == 1, "the power could still be lost"
    free.set()
    await until(lambda: not updates.waiting(), "it is confirmed")


async def test_a_double_tap_makes_one_entry_and_both_taps_are_answered(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    taps = [bob.taps_at_once(TWITCH) for _ in range(3)]
    async with asyncio.timeout(10):
        for tap in taps:
            await tap.answered.wait()
    assert len(await entries(world, bob)) == 1


async def test_a_tap_is_undone_put_back_and_detailed(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    await bob.taps(TWITCH)
    assert "Taken back" in (await tap_like(bob, "Undo"))["text"]
    assert await entries(world, bob) == []
    assert "Put back" in (await tap_like(bob, "Put back"))["text"]
    await tap_like(bob, "Details")
    details = await bob.reads("Twitch, ")
    for words in ("3 strong", "left", "eyelid", "stress"):
        await tap_like(bob, words)
    await tap_like(bob, "Note")
    bob.says("- after a long day <b>")
    await bob.reads("Your note is kept")
    (entry,) = await entries(world, bob)
    assert (entry.strength, entry.side, entry.place) == (3, "left", "eyelid")
    assert (set(entry.triggers), entry.note) == ({"stress"}, "- after a long day <b>")
    shown = next(m for m in bob.from_bot if m["message_id"] == details["message_id"])
    assert "after a long day <b>" in shown["text"]


async def test_a_second_twitch_takes_side_and_place_from_the_first(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    await bob.taps(TWITCH)
    await tap_like(bob, "Details")
    for words in ("right", "cheek"):
        await tap_like(bob, words)
    world.travel(minutes=5)
    said = await bob.asks("/twitch")
    assert "right cheek" in said["text"]


async def test_warning_signs_are_answered_with_the_card_at_once(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    await bob.taps(TWITCH)
    await tap_like(bob, "Details")
    await tap_like(bob, "weakness")
    card = await bob.reads("Call your emergency number now")
    assert "You ticked: weak or drooping" in card["text"]


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Hold the database as another program might: nobody else can write."""
    with closing(sqlite3.connect(world.file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def make_impatient(world: World) -> None:
    """Let the program give up on a held database after 50 ms instead of 5 s."""
    measured = world.running.store._database  # type: ignore[attr-defined]  # behind the port
    writer = measured._database._writer
    writer._connection.execute("PRAGMA busy_timeout = 50")


async def test_a_store_that_is_away_for_a_moment_loses_no_tap(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    make_impatient(world)
    with locked(world):
        tap = bob.taps_at_once(TWITCH)
        said = bob.says("/twitch")
        await asyncio.sleep(0.4)
        assert not tap.answered.is_set()
    async with asyncio.timeout(10):
        await tap.answered.wait()
    assert "Logged" in str(tap.answer)
    await bob.reads("Logged", after=said["message_id"])
    assert len(await entries(world, bob)) == 2


async def test_a_tap_that_meets_a_store_away_survives_a_restart(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    make_impatient(world)
    with locked(world):
        tap = bob.taps_at_once(TWITCH)
        await asyncio.sleep(0.2)
        await world.stop()
        assert not tap.answered.is_set()
    await world.start()
    async with asyncio.timeout(10):
        await tap.answered.wait()
    assert len(await entries(world, bob)) == 1


@pytest.mark.parametrize("kind", ["error", "drop_before", "drop_after"])
async def test_an_answer_that_fails_leaves_one_entry_and_no_tap_unanswered(
    world: World, kind: FaultKind
) -> None:
    bob = await world.with_a_tip("Bob")
    world.sandbox.faults.add(Fault(kind=kind, method="answerCallbackQuery"))
    assert "Logged" in (await bob.taps(TWITCH))["text"]
    assert len(await entries(world, bob)) == 1


async def test_words_that_nobody_asked_for_are_answered_kindly(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    answer = await bob.asks("my face is at it again")
    assert "I did not understand that" in answer["text"]
    assert TWITCH in labels_of(answer)
    picture = bob.sends_document("diary.txt", b"words")
    answer = await bob.reads("I can only read text", after=picture["message_id"])
    assert "/nonsense" in (await bob.asks("/nonsense"))["text"]
    assert rows_on_disk(world, "check_ins") == 0


@pytest.mark.parametrize("data", ["tw:-:!", "zz:1", "\U0001f600", "de:zz:0", "tw", "pr:none"])
async def test_a_button_that_is_old_broken_or_forged_says_so(world: World, data: str) -> None:
    bob = await world.with_a_tip("Bob")
    button = {"text": "Old", "callback_data": data}
    message = {
        "chat_id": bob.id,
        "text": "From long ago",
        "reply_markup": {"inline_keyboard": [[button]]},
    }
    url = f"{world.sandbox.url}/bot{TOKEN}/sendMessage"
    async with aiohttp.ClientSession() as session, session.post(url, json=message) as sent:
        assert sent.status == 200
    answer = await bob.taps("Old")
    assert answer["show_alert"]
    assert "expired" in answer["text"]
    assert rows_on_disk(world, "check_ins") == 0


async def test_nobody_touches_what_is_another_persons(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    await bob.taps(TWITCH)
    await until(lambda: len(labels_of(bob.last)) > 7, "the entry's buttons are shown")
    theirs = [
        button
        for row in bob.last["reply_markup"]["inline_keyboard"]
        for button in row
        if button["text"] != TWITCH
    ]
    alice = await world.enrolled("Alice")
    forged = {"chat_id": alice.id, "text": "x", "reply_markup": {"inline_keyboard": [theirs]}}
    url = f"{world.sandbox.url}/bot{TOKEN}/sendMessage"
    async with aiohttp.ClientSession() as session, session.post(url, json=forged) as sent:
        assert sent.status == 200
    for button in theirs:
        assert "expired" in (await alice.taps(button["text"]))["text"]
    assert len(await entries(world, bob)) == 1
