"""One tap logs a twitch: stored, then answered, then shown."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram.error import BadRequest

from tests.bot.chat import Person
from tests.bot.telegram import Telegram, Wire
from tipbot.bot.buttons.entry import LogTwitch, PutBack, Undo
from tipbot.bot.views.checkin import where
from tipbot.core.model import CheckIn, DeliveryId, Place, Presence, Side
from tipbot.texts import load_texts

PAD = DeliveryId(0)
LONG_AGO, FAR_AHEAD = date(2020, 1, 1), date(2030, 1, 1)


async def entries(person: Person) -> list[CheckIn]:
    return await person.chat.store.check_ins(person.who, LONG_AGO, FAR_AHEAD)


async def place_known(person: Person) -> None:
    """Let the newest entry say where."""
    await person.taps_value(LogTwitch(0, PAD))
    entry = (await entries(person))[-1]
    await person.chat.store.edit_check_in(
        entry.id, person.who, lambda e: replace(e, side=Side.LEFT, place=Place.EYELID)
    )
    person.waits(minutes=5)


async def test_a_tap_is_on_disk_before_it_is_answered(
    alice: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_disk: list[int] = []
    answer = Telegram._answerCallbackQuery

    def look_first(self: Telegram, **params: Any) -> Any:
        with sqlite3.connect(tmp_path / "chat.db") as other:
            on_disk.append(other.execute("SELECT count(*) FROM check_ins").fetchone()[0])
        other.close()
        return answer(self, **params)

    monkeypatch.setattr(Telegram, "_answerCallbackQuery", look_first)
    await alice.sends("/pad")
    await alice.taps("Twitch now")
    assert on_disk == [1]


async def test_a_tap_is_answered_before_the_message_changes(alice: Person) -> None:
    await alice.sends("/pad")
    before = len(alice.chat.telegram.calls)
    await alice.taps("Twitch now")
    methods = [call.method for call in alice.chat.telegram.calls[before:]]
    assert methods == ["answerCallbackQuery", "editMessageText"]


async def test_who_is_to_stop_waits_for_no_answer_of_telegrams(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a flood: both calls of a tap stand still when the program ends."""
    await alice.sends("/pad")
    begun: list[str] = []

    async def wait_for_ever(_: Wire, url: str, *__: Any, **___: Any) -> None:
        begun.append(url.rpartition("/")[2])
        await asyncio.Event().wait()

    monkeypatch.setattr(Wire, "do_request", wait_for_ever)
    tap = asyncio.create_task(alice.taps("Twitch now"))
    async with asyncio.timeout(20):
        while len(begun) < 2:  # noqa: ASYNC110 - the store has a thread of its own
            await asyncio.sleep(0.005)
        tap.cancel()
        await asyncio.wait((tap,))
    assert begun == ["answerCallbackQuery", "editMessageText"]
    assert tap.cancelled()
    assert len(await entries(alice)) == 1


async def test_a_tap_that_is_stopped_ends_so_even_if_its_entry_could_not_be_shown(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await alice.sends("/pad")
    shown = asyncio.Event()

    async def wait_or_refuse(_: Wire, url: str, *__: Any, **___: Any) -> None:
        if url.endswith("/answerCallbackQuery"):
            await asyncio.Event().wait()
        shown.set()
        message = "no such chat"
        raise BadRequest(message)

    monkeypatch.setattr(Wire, "do_request", wait_or_refuse)
    tap = asyncio.create_task(alice.taps("Twitch now"))
    await asyncio.wait_for(shown.wait(), 20)
    await asyncio.sleep(0)
    tap.cancel()
    await asyncio.wait((tap,))
    assert tap.cancelled()


async def test_the_toast_says_when_and_where(alice: Person) -> None:
    await alice.sends("/pad")
    await place_known(alice)
    await alice.taps("Twitch now")
    assert alice.toast == "Logged 10:12\u202fpm, left eyelid"
    assert "Last: 10:12\u202fpm, left eyelid" in alice.screen
    assert (await entries(alice))[-1].side is Side.LEFT


async def test_a_double_tap_makes_one_entry_and_one_edit(alice: Person) -> None:
    await alice.sends("/pad")
    pad = alice.screen_message
    assert pad is not None
    data = pad.data[0]
    await alice.taps_data(data, pad)
    first = alice.toast
    alice.waits(seconds=1)
    await alice.taps_data(data, pad)
    assert alice.toast == first
    assert len(await entries(alice)) == 1
    assert len(alice.chat.telegram.made("editMessageText")) == 1


LOST = (None, "the connection dropped")
FLOOD = (429, "Too Many Requests: retry after 60")


@pytest.mark.parametrize("fault", [LOST, FLOOD])
async def test_a_button_that_was_not_seen_to_change_changes_with_the_second_tap(
    alice: Person, fault: tuple[int | None, str]
) -> None:
    """Or every further tap within a minute would look like the same one, and be no entry."""
    await alice.sends("/pad")
    pad = alice.screen_message
    assert pad is not None
    old = pad.data[0]
    telegram = alice.chat.telegram
    telegram.refusals.extend([("editMessageText", *fault)] * (3 if fault is LOST else 1))
    await alice.taps_data(old, pad)
    assert not telegram.refusals
    assert pad.data[0] == old
    alice.waits(seconds=10)
    await alice.taps_data(old, pad)
    assert len(await entries(alice)) == 1
    alice.waits(seconds=10)
    await alice.taps("Twitch now")
    assert len(await entries(alice)) == 2


async def test_the_next_twitch_is_a_new_entry_at_once(alice: Person) -> None:
    await alice.sends("/pad")
    await alice.taps("Twitch now")
    alice.waits(seconds=2)
    await alice.taps("Twitch now")
    assert len(await entries(alice)) == 2


async def test_a_tap_handed_over_again_after_a_crash_is_one_entry(alice: Person) -> None:
    await alice.sends("/pad")
    chat = alice.chat
    chat.telegram.refusals.append(("editMessageText", None, "the connection dropped"))
    chat.faults_expected = True
    await alice.taps("Twitch now")
    alice.chat = await chat.restart()
    alice.waits(hours=1)
    await alice.repeats()
    (entry,) = await entries(alice)
    assert entry.at == alice.chat.clock() - timedelta(hours=1)
    assert "Undo" in " ".join(alice.labels), "the picture is mended"


async def test_a_tap_is_not_answered_while_the_store_is_away(alice: Person) -> None:
    await alice.sends("/pad")
    answers = len(alice.chat.telegram.toasts)
    alice.chat.switch.away = True
    await alice.taps("Twitch now")
    assert len(alice.chat.telegram.toasts) == answers
    assert alice.chat.put_off == [alice.chat.updates]
    alice.chat.switch.away = False
    await alice.repeats()
    assert alice.toast == "Logged 10:07\u202fpm"
    assert len(await entries(alice)) == 1


async def test_an_entry_is_taken_back_and_put_back(alice: Person) -> None:
    await alice.sends("/pad")
    await alice.taps("Twitch now")
    await alice.taps("Undo")
    assert alice.toast == "Taken back: 10:07\u202fpm"
    assert await entries(alice) == []
    assert "Taken back: 10:07" in alice.screen
    await alice.taps("Put back")
    assert alice.toast == "Put back: 10:07\u202fpm"
    assert len(await entries(alice)) == 1
    assert "Undo" in " ".join(alice.labels)


async def test_undo_pressed_twice_is_one_undo(alice: Person) -> None:
    await alice.sends("/pad")
    await alice.taps("Twitch now")
    entry = (await entries(alice))[0]
    await alice.taps("Undo")
    await alice.taps_value(Undo(entry.id, 1, PAD))
    await alice.repeats()
    assert await entries(alice) == []
    assert alice.labels == ["⚡ Twitch now", "↪️ Put back"]


async def test_a_twitch_after_an_undo_is_a_new_entry(alice: Person) -> None:
    await alice.sends("/pad")
    await alice.taps("Twitch now")
    await alice.taps("Undo")
    await alice.taps("Twitch now")
    assert len(await entries(alice)) == 1


async def test_the_command_logs_at_once_and_once(alice: Person) -> None:
    await alice.sends("/twitch")
    assert "Logged 10:07" in alice.screen
    alice.chat = await alice.chat.restart()
    alice.waits(minutes=30)
    await alice.repeats()
    assert len(await entries(alice)) == 1


async def test_the_button_below_the_command_s_answer_logs_the_next_one(alice: Person) -> None:
    await alice.sends("/twitch")
    alice.waits(seconds=5)
    await alice.taps("Twitch now")
    assert len(await entries(alice)) == 2
    await alice.taps("Undo")
    assert len(await entries(alice)) == 1


async def test_nobody_takes_back_what_another_logged(alice: Person, bob: Person) -> None:
    await bob.sends("/twitch")
    (entry,) = await entries(bob)
    await alice.taps_value(Undo(entry.id, 1, PAD))
    assert alice.alerted
    assert "expired" in (alice.toast or "")
    assert await entries(bob) == [entry]
    await bob.taps("Undo")
    await alice.taps_value(PutBack(entry.id, 1, PAD))
    assert alice.alerted
    assert await entries(bob) == []


async def test_a_stranger_is_asked_to_begin_and_nothing_is_kept(newcomer: Person) -> None:
    await newcomer.sends("/twitch")
    assert "I keep nothing before you agree" in newcomer.screen
    await newcomer.taps_value(LogTwitch(0, PAD))
    assert newcomer.chat.telegram.toasts
    assert "Logged" not in newcomer.everything
    assert not await newcomer.known()


async def test_the_pad_is_pinned_without_a_sound_and_replaces_the_old_one(alice: Person) -> None:
    telegram = alice.chat.telegram
    await alice.sends("/pad")
    first = alice.screen_message
    assert first is not None
    assert telegram.made("pinChatMessage")[-1]["disable_notification"] is True
    assert (await alice.subscriber()).pad_message_id == first.message_id
    await alice.sends("/pad")
    assert telegram.made("unpinChatMessage")[-1]["message_id"] == first.message_id
    assert (await alice.subscriber()).pad_message_id == telegram.pinned[alice.id]


async def test_a_refused_pin_harms_nothing(alice: Person) -> None:
    for method in ("pinChatMessage", "unpinChatMessage"):
        alice.chat.telegram.refusals.append((method, 400, "Bad Request: not enough rights"))
    await alice.sends("/pad")
    await alice.sends("/pad")
    await alice.taps("Twitch now")
    assert len(await entries(alice)) == 1


async def test_the_pad_tells_of_the_last_twitch(alice: Person) -> None:
    await alice.sends("/twitch")
    alice.waits(days=1)
    await alice.sends("/pad")
    assert "Last: Mon, 2 Mar, 10:07" in alice.screen


async def test_no_log_line_tells_of_a_twitch(alice: Person) -> None:
    await alice.sends("/pad")
    await place_known(alice)
    with capture_logs() as lines:
        await alice.taps("Twitch now")
        await alice.taps("Undo")
    assert "eyelid" not in str(lines)


@pytest.mark.parametrize("nonce", [-2, 2**62])
async def test_a_forged_number_does_no_harm(alice: Person, nonce: int) -> None:
    await alice.sends("/pad")
    await alice.taps_value(LogTwitch(nonce, PAD))
    assert len(await entries(alice)) == 1


@pytest.mark.parametrize("side", [None, *Side])
@pytest.mark.parametrize("place", [None, *Place])
def test_every_spot_has_words(side: Side | None, place: Place | None) -> None:
    words = where(load_texts().speak("en"), side, place)
    assert bool(words) is (side is not None or place is not None)
    assert "_" not in words


async def test_a_tap_brings_back_whoever_had_blocked_the_bot(alice: Person) -> None:
    await alice.sends("/pad")
    await alice.chat.store.mark_unreachable(alice.who)
    await alice.taps("Twitch now")
    assert len(await entries(alice)) == 1
    assert (await alice.subscriber()).presence is Presence.ACTIVE


async def test_whoever_has_a_question_to_answer_first_logs_nothing(newcomer: Person) -> None:
    await newcomer.sends("/start")
    await newcomer.taps("I agree, start")
    await newcomer.taps_value(LogTwitch(0, PAD))
    assert newcomer.alerted
    assert "Logged" not in newcomer.everything
    assert await entries(newcomer) == []
