"""Updates are confirmed to Telegram only once they are finished."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs
from telegram import Bot, CallbackQuery, Message, Update, User
from telegram import Chat as TelegramChat
from telegram.error import InvalidToken

from tipbot.bot.application import is_unhurried, is_urgent
from tipbot.bot.buttons.report import TypePeriod
from tipbot.bot.buttons.tips import DidIt
from tipbot.bot.callbacks import pack
from tipbot.bot.fetching import Pace
from tipbot.bot.incoming import ALLOWED_UPDATES
from tipbot.bot.order import CROWD, Crowds
from tipbot.bot.receive import Poller
from tipbot.bot.request import ApiRequest
from tipbot.bot.timeouts import Timeouts
from tipbot.core.model import DeliveryId
from tipbot.core.pages import Paper
from tipbot.store.base import StoreUnavailableError

QUICK = Pace(long_poll=5, idle=0.05, backoff=0.01, longest_backoff=0.05, retry=0.01, finish=1.0)
ALICE, BOB = 11, 22


class Telegram:
    """A Bot API server that forgets an update only when a higher offset was asked for."""

    def __init__(self) -> None:
        self.waiting: list[dict[str, Any]] = []
        self.calls: list[dict[str, str]] = []
        self.webhook_calls: list[dict[str, str]] = []
        self.refusals: list[tuple[int, dict[str, Any]]] = []
        self.break_connections = 0
        self.arrived = asyncio.Event()
        self.withheld = ""
        """Calls with this field are answered once that is ``given``."""
        self.given = asyncio.Event()
        self.next_id = 100

    def receive(self, chat: int, text: str = "hi", **changes: Any) -> int:
        update = {
            "update_id": self.next_id,
            "message": {
                "message_id": self.next_id,
                "date": 0,
                "text": text,
                "chat": {"id": chat, "type": "private", "first_name": "P"},
                "from": {"id": chat, "is_bot": False, "first_name": "P"},
            },
        }
        self.waiting.append(update | changes)
        self.next_id += 1
        self.arrived.set()
        return self.next_id - 1

    async def handle(self, request: web.Request) -> web.Response:
        form = {key: str(value) for key, value in (await request.post()).items()}
        if request.path.endswith("/deleteWebhook"):
            self.webhook_calls.append(form)
            return web.json_response({"ok": True, "result": True})
        self.calls.append(form)
        if self.withheld in form:
            await self.given.wait()
        if self.break_connections:
            self.break_connections -= 1
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if self.refusals:
            status, body = self.refusals.pop(0)
            return web.json_response({"ok": False, "error_code": status} | body, status=status)
        return web.json_response({"ok": True, "result": await self.updates(form)})

    async def updates(self, form: dict[str, str]) -> list[dict[str, Any]]:
        offset = int(form.get("offset", "0"))
        self.waiting = [each for each in self.waiting if each["update_id"] >= offset]
        self.arrived.clear()
        if not self.waiting:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.arrived.wait(), float(form.get("timeout", "0")))
        return self.waiting[: int(form.get("limit", "100"))]


@pytest.fixture
async def telegram() -> AsyncIterator[tuple[Telegram, Bot]]:
    telegram, app = Telegram(), web.Application()
    app.router.add_route("*", "/{tail:.*}", telegram.handle)
    async with TestServer(app) as server:
        url = str(server.make_url("/bot"))
        requests = ApiRequest(4, Timeouts(read=2)), ApiRequest(4, Timeouts(read=2))
        bot = Bot("1:T", base_url=url, request=requests[0], get_updates_request=requests[1])
        async with requests[0], requests[1]:
            yield telegram, bot


@asynccontextmanager
async def polling(poller: Poller) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(poller.run())
    try:
        yield task
    finally:
        poller.stop()
        await asyncio.wait_for(task, 10)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - what is waited for happens behind HTTP
            await asyncio.sleep(0.005)


def ids(telegram: Telegram) -> list[int]:
    return [each["update_id"] for each in telegram.waiting]


def recorder(into: list[int]) -> Callable[[Update], Awaitable[None]]:
    async def process(update: Update) -> None:
        into.append(update.update_id)

    return process


Served = tuple[Telegram, Bot]


async def test_each_update_is_processed_once_and_confirmed(telegram: Served) -> None:
    server, bot = telegram
    seen: list[int] = []
    expected = [server.receive(chat) for chat in (ALICE, BOB, ALICE)]
    async with polling(Poller(bot, recorder(seen), pace=QUICK)):
        await until(lambda: not server.waiting)
        expected.append(server.receive(BOB))
        await until(lambda: not server.waiting)
    assert sorted(seen) == expected
    assert "offset" not in server.calls[0]
    assert server.calls[0]["allowed_updates"] == str(list(ALLOWED_UPDATES)).replace("'", '"')


async def test_a_webhook_is_removed_and_what_waits_for_it_is_kept(telegram: Served) -> None:
    server, bot = telegram
    async with polling(Poller(bot, recorder([]), pace=QUICK)):
        await until(lambda: bool(server.calls))
    assert server.webhook_calls == [{"drop_pending_updates": "false"}]


async def test_an_update_is_not_confirmed_before_its_effect(telegram: Served) -> None:
    server, bot = telegram
    commit, seen = asyncio.Event(), []

    async def process(update: Update) -> None:
        seen.append(update.update_id)
        if update.update_id == slow:
            await commit.wait()

    slow, other = server.receive(ALICE), server.receive(BOB)
    async with polling(Poller(bot, process, pace=QUICK)):
        await until(lambda: len(server.calls) >= 4)
        third = server.receive(BOB)
        await until(lambda: third in seen)
        assert ids(server) == [slow, other, third]
        commit.set()
        await until(lambda: not server.waiting)
    assert seen == [slow, other, third]


async def test_what_is_urgent_does_not_wait_behind_its_chat(telegram: Served) -> None:
    server, bot = telegram
    seen: list[int] = []
    commit = asyncio.Event()

    async def process(update: Update) -> None:
        if update.update_id == slow:
            await commit.wait()
        seen.append(update.update_id)

    slow, usual = server.receive(ALICE), server.receive(ALICE)
    urgent = server.receive(ALICE, "/signs")
    async with polling(Poller(bot, process, urgent=is_urgent, pace=QUICK)):
        await until(lambda: seen == [urgent])
        commit.set()
        await until(lambda: not server.waiting)
    assert seen == [urgent, slow, usual]


async def test_a_flood_from_one_chat_is_told_while_it_lasts(telegram: Served) -> None:
    server, bot = telegram
    commit, crowds = asyncio.Event(), Crowds()

    async def process(_: Update) -> None:
        await commit.wait()

    server.receive(BOB)
    for _ in range(CROWD + 1):
        server.receive(ALICE)
    async with polling(Poller(bot, process, crowds=crowds, pace=QUICK)):
        await until(lambda: crowds.here(ALICE))
        assert not crowds.here(BOB)
        commit.set()
        await until(lambda: not server.waiting)
    assert not crowds.here(ALICE)


def _said(text: str | None) -> Update:
    chat, date = TelegramChat(ALICE, "private"), datetime(2026, 3, 2, tzinfo=UTC)
    return Update(1, message=Message(1, date, chat, text=text))


@pytest.mark.parametrize("text", ["/signs", "/Signs@tip_bot now"])
def test_a_command_that_needs_no_store_is_urgent(text: str) -> None:
    assert is_urgent(_said(text))


@pytest.mark.parametrize("text", ["/sign", "/twitch", "signs", "/", "/ signs", "", None])
def test_nothing_else_is_urgent(text: str | None) -> None:
    assert not is_urgent(_said(text))
    assert not is_urgent(Update(1))


def _tapped(button: Any) -> Update:
    query = CallbackQuery("1", User(ALICE, "A", is_bot=False), "c", data=pack(button))
    return Update(1, callback_query=query)


def test_what_waits_for_a_turn_is_known_to_take_long() -> None:
    for each in (_said("/report"), _said("/Diary now"), _said("/export@a_bot")):
        assert is_unhurried(each)
    assert is_unhurried(_tapped(TypePeriod(Paper.A4, notes=False)))
    for other in (_said("/signs"), _said("report"), _said(None), _tapped(DidIt(DeliveryId(1)))):
        assert not is_unhurried(other)
    assert not is_unhurried(Update(1))


async def test_an_unfinished_update_does_not_make_it_poll_without_a_break(telegram: Served) -> None:
    server, bot = telegram
    commit = asyncio.Event()

    async def process(_: Update) -> None:
        await commit.wait()

    server.receive(ALICE)
    async with polling(Poller(bot, process, pace=QUICK)):
        await until(lambda: len(server.calls) >= 2)
        before = len(server.calls)
        await asyncio.sleep(0.4)
        assert len(server.calls) - before <= 0.4 / QUICK.idle + 4
        commit.set()


async def test_a_crash_before_the_commit_brings_the_update_again(telegram: Served) -> None:
    server, bot = telegram
    seen: list[int] = []

    async def die(_: Update) -> None:
        await asyncio.Event().wait()

    lost = server.receive(ALICE)
    crashing = asyncio.create_task(Poller(bot, die, pace=QUICK).run())
    await until(lambda: len(server.calls) >= 2)
    crashing.cancel()
    await asyncio.gather(crashing, return_exceptions=True)
    async with polling(Poller(bot, recorder(seen), pace=QUICK)):
        await until(lambda: not server.waiting)
    assert seen == [lost]


@pytest.mark.parametrize("told_by", ["exception", "callback"])
async def test_a_store_that_is_away_is_tried_again_while_others_go_on(
    telegram: Served, told_by: str
) -> None:
    server, bot = telegram
    seen: list[tuple[int, str]] = []
    failing = {server.receive(ALICE): 3}
    first = next(iter(failing))
    second, third = server.receive(ALICE), server.receive(BOB)
    wanted: set[int] = set()

    async def process(update: Update) -> None:
        if failing.get(update.update_id, 0):
            failing[update.update_id] -= 1
            seen.append((update.update_id, "away"))
            if told_by == "exception":
                raise StoreUnavailableError
            wanted.add(update.update_id)
            return
        wanted.discard(update.update_id)
        seen.append((update.update_id, "done"))

    async with polling(Poller(bot, process, retry_wanted=wanted.__contains__, pace=QUICK)):
        await until(lambda: not server.waiting)
    of_alice = [each for each in seen if each[0] != third]
    assert of_alice == [(first, "away")] * 3 + [(first, "done"), (second, "done")]
    assert seen.index((third, "done")) < seen.index((first, "done"))


async def test_any_other_failure_counts_as_handled_and_its_text_is_not_logged(
    telegram: Served,
) -> None:
    server, bot = telegram

    async def process(_: Update) -> None:
        message = "my eyelid"
        raise RuntimeError(message)

    with capture_logs() as logs:
        number = server.receive(ALICE, "my eyelid")
        async with polling(Poller(bot, process, pace=QUICK)):
            await until(lambda: not server.waiting)
    assert {"event": "update_failed", "update": number, "error": "RuntimeError"}.items() <= next(
        each for each in logs if each["event"] == "update_failed"
    ).items()
    assert "eyelid" not in str(logs)


async def test_a_handler_that_cancels_itself_does_not_hold_back_the_offset(
    telegram: Served,
) -> None:
    server, bot = telegram

    async def process(_: Update) -> None:
        raise asyncio.CancelledError

    server.receive(ALICE)
    async with polling(Poller(bot, process, pace=QUICK)):
        await until(lambda: not server.waiting)


async def test_an_unreadable_update_does_not_block_the_rest(telegram: Served) -> None:
    server, bot = telegram
    seen: list[int] = []
    broken = server.receive(ALICE, message={"text": "my eyelid"})
    good = server.receive(BOB)
    with capture_logs() as logs:
        async with polling(Poller(bot, recorder(seen), pace=QUICK)):
            await until(lambda: not server.waiting)
    assert seen == [good]
    assert [each["update"] for each in logs if each["event"] == "update_unreadable"] == [broken]
    assert "eyelid" not in str(logs)


async def test_stopping_finishes_what_is_in_flight_and_confirms_it(telegram: Served) -> None:
    server, bot = telegram
    begun, commit, done = asyncio.Event(), asyncio.Event(), []

    async def process(update: Update) -> None:
        begun.set()
        await commit.wait()
        done.append(update.update_id)

    server.receive(ALICE)
    poller = Poller(bot, process, pace=QUICK)
    running = asyncio.create_task(poller.run())
    await begun.wait()
    poller.stop()
    await asyncio.sleep(0.02)
    later = server.receive(BOB)
    commit.set()
    await asyncio.wait_for(running, 5)
    assert done == [100]
    assert ids(server) == [later], "what arrives while stopping is left for the next start"
    assert server.calls[-1]["timeout"] == "0"
    assert server.calls[-1]["limit"] == "1"


async def test_stopping_interrupts_a_long_poll_at_once(telegram: Served) -> None:
    server, bot = telegram
    poller = Poller(bot, recorder([]), pace=QUICK)
    running = asyncio.create_task(poller.run())
    await until(lambda: bool(server.calls))
    poller.stop()
    await asyncio.sleep(0)
    poller.stop()  # as whoever is impatient does
    await asyncio.wait_for(running, 1)


async def test_stopping_while_the_store_is_away_leaves_the_chat_for_the_next_start(
    telegram: Served,
) -> None:
    server, bot = telegram
    tried: list[int] = []

    async def process(update: Update) -> None:
        tried.append(update.update_id)
        if update.update_id == first:
            raise StoreUnavailableError

    first, second = server.receive(ALICE), server.receive(ALICE)
    poller = Poller(bot, process, pace=QUICK)
    running = asyncio.create_task(poller.run())
    await until(lambda: len(tried) >= 2)
    poller.stop()
    await asyncio.wait_for(running, 5)
    assert second not in tried
    assert ids(server) == [first, second]


async def test_what_takes_too_long_to_stop_stays_unconfirmed(telegram: Served) -> None:
    server, bot = telegram
    begun = asyncio.Event()

    async def process(_: Update) -> None:
        begun.set()
        await asyncio.Event().wait()

    stuck = server.receive(ALICE)
    poller = Poller(bot, process, pace=Pace(finish=0.05))
    running = asyncio.create_task(poller.run())
    await begun.wait()
    poller.stop()
    await asyncio.wait_for(running, 5)
    assert ids(server) == [stuck]


async def test_a_second_poller_is_told_once_and_polling_goes_on(telegram: Served) -> None:
    server, bot = telegram
    told: list[str] = []
    conflict = {"description": "Conflict: terminated by other getUpdates request"}
    server.refusals = [(409, conflict)] * 3
    seen: list[int] = []
    with capture_logs() as logs:
        poller = Poller(bot, recorder(seen), on_conflict=lambda: told.append("!"), pace=QUICK)
        async with polling(poller):
            await until(lambda: not server.refusals)
            server.receive(ALICE)
            await until(lambda: not server.waiting)
            assert poller.connected
    assert told == ["!"]
    assert [each["event"] for each in logs].count("second_poller") == 1
    assert seen == [100]


async def hears_alice_once_it_failed(telegram: Served) -> None:
    server, bot = telegram
    seen: list[int] = []
    poller = Poller(bot, recorder(seen), pace=QUICK)
    async with polling(poller):
        await until(lambda: not poller.connected)
        server.receive(ALICE)
        await until(lambda: not server.waiting)
    assert seen == [100]


async def test_a_broken_network_is_outlived(telegram: Served) -> None:
    telegram[0].break_connections = 4
    await hears_alice_once_it_failed(telegram)


@pytest.mark.parametrize("result", [None, True, 7, "updates", {"update_id": 100}])
async def test_an_answer_that_is_no_list_of_updates_is_outlived(
    telegram: Served, result: object
) -> None:
    telegram[0].refusals = [(200, {"ok": True, "result": result})]
    await hears_alice_once_it_failed(telegram)


async def test_a_flood_wait_is_honoured(telegram: Served) -> None:
    server, bot = telegram
    server.refusals = [(429, {"description": "Too Many", "parameters": {"retry_after": 1}})]
    async with polling(Poller(bot, recorder([]), pace=QUICK)):
        await until(lambda: not server.refusals)
        await asyncio.sleep(0.5)
        assert len(server.calls) == 1
        await until(lambda: len(server.calls) == 2)


@pytest.mark.parametrize("status", [401, 404])
async def test_a_token_that_telegram_goes_on_refusing_ends_the_polling(
    telegram: Served, status: int
) -> None:
    server, bot = telegram
    server.refusals = [(status, {"description": "Unauthorized"})] * 1000
    with pytest.raises(InvalidToken):
        await asyncio.wait_for(Poller(bot, recorder([]), pace=replace(QUICK, doubt=0.2)).run(), 5)
    assert len(server.refusals) < 1000 - 2


@pytest.mark.parametrize("status", [401, 404])
async def test_a_refusal_that_passes_ends_nothing(telegram: Served, status: int) -> None:
    server, bot = telegram
    server.refusals = [(status, {"description": "Unauthorized"})] * 3
    server.receive(ALICE)
    async with polling(Poller(bot, recorder([]), pace=QUICK)):
        await until(lambda: not server.waiting)
    assert not server.refusals


async def test_a_hundred_updates_and_more_come_through_in_order_a_chat(telegram: Served) -> None:
    server, bot = telegram
    seen: list[tuple[int, int]] = []

    async def process(update: Update) -> None:
        assert update.effective_chat is not None
        await asyncio.sleep(0.001 * (update.update_id % 3))
        seen.append((update.effective_chat.id, update.update_id))

    for number in range(250):
        server.receive(1 + number % 7)
    async with polling(Poller(bot, process, pace=QUICK)):
        await until(lambda: not server.waiting)
    assert len(seen) == len(set(seen)) == 250
    for chat in range(1, 8):
        mine = [number for each, number in seen if each == chat]
        assert mine == sorted(mine)
