"""The running bot's life where Telegram is difficult, at the start and while it runs."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr
from telegram.error import RetryAfter

from tests.e2e.process import free_port
from tests.e2e.world import TOKEN, until
from tests.store.flushes import hold_flushes, refuse_flushes
from tipbot.app import built_program
from tipbot.bot.fetching import Pace
from tipbot.clock import system_clock
from tipbot.core.model import Stage, Subscriber, SubscriberId
from tipbot.parts import worker_name
from tipbot.program.half import Half
from tipbot.program.program import Program
from tipbot.program.starting import NOT_ACCEPTED, StartError
from tipbot.sandbox import Person, Sandbox
from tipbot.sandbox.faults import Fault
from tipbot.settings import Settings
from tipbot.store.base import KeptUpdate, StoreUnavailableError
from tipbot.web.server import SECRET_HEADER

Building = Callable[..., AbstractAsyncContextManager[Program]]
EVE = {"id": 5, "is_bot": False, "first_name": "Eve"}
CHAT = {"id": 5, "type": "private", "first_name": "Eve"}
WORDS = {"message_id": 1, "date": 1, "text": "Hello", "from": EVE, "chat": CHAT}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(token=TOKEN, clock=system_clock) as running:
        yield running


@pytest.fixture
def building(sandbox: Sandbox, tmp_path: Path) -> Building:
    """Return what builds the program against the sandbox, with settings of the test's own."""

    def build(**own: Any) -> AbstractAsyncContextManager[Program]:
        known: dict[str, Any] = {
            "token": SecretStr(TOKEN),
            "database": SecretStr(f"sqlite:///{tmp_path / 'tipbot.db'}"),
            "api_url": sandbox.url,
            "listen": "127.0.0.1:0",
        }
        return built_program(Settings(**known | own), say=lambda _: None)

    return build


@asynccontextmanager
async def serving(program: Program) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(program.serve())
    yield task
    program.stop()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_token_is_needed(building: Building) -> None:
    with pytest.raises(StartError, match="TIPBOT_TOKEN"):
        async with building(token=None):
            pass


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"tips": Path("no-such-folder")}, "The tip library in no-such-folder has faults"),
        ({"database": SecretStr("sqlite:////no/such/place/x.db")}, "The database cannot be opened"),
    ],
)
async def test_what_is_not_in_order_is_said_before_anything_starts(
    building: Building, own: dict[str, Any], said: str
) -> None:
    with pytest.raises(StartError, match=said):
        async with building(**own):
            pass


async def test_a_damaged_database_is_told_before_anything_starts(
    building: Building, tmp_path: Path
) -> None:
    async with building():
        pass
    file = tmp_path / "tipbot.db"
    with closing(sqlite3.connect(file)) as database:
        (size,) = database.execute("PRAGMA page_size").fetchone()
        where = "SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = 'tips'"
        (page,) = database.execute(where).fetchone()
    with file.open("r+b") as damaged:
        damaged.seek((page - 1) * size)
        damaged.write(b"\xff" * size)
    with pytest.raises(StartError, match="The database cannot be used"):
        async with building():
            pass


async def test_a_token_that_is_taken_back_while_it_runs_ends_it(
    building: Building, sandbox: Sandbox
) -> None:
    async with building() as program, serving(program) as task:
        program.receiver.polling = Pace(doubt=0.1)
        await until(lambda: bool(sandbox.calls.of("setMyShortDescription")), "it is up")
        sandbox._server.token = "1:" + "x" * 35
        sandbox.api.updates.release()
        with pytest.raises(StartError) as caught:
            await asyncio.wait_for(task, 10)
    assert str(caught.value) == NOT_ACCEPTED


async def test_a_start_that_is_flooded_waits_as_long_as_it_is_told(
    building: Building, sandbox: Sandbox
) -> None:
    sandbox.faults.add(Fault(kind="flood", method="getMe", seconds=1))
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with building() as program, serving(program):
        await until(lambda: len(sandbox.calls.of("getMe")) == 2, "it tried again")
    assert loop.time() - began >= 1


async def test_a_menu_that_is_refused_keeps_nobody_waiting(
    building: Building, sandbox: Sandbox
) -> None:
    sandbox.faults.add(Fault(kind="error", method="setMyCommands", times=None))
    async with building() as program, serving(program):
        answer = await sandbox.person("Alice").asks("/help")
    assert "What I can do" in answer["text"]


async def test_an_address_that_telegram_refuses_is_told_once_and_tried_again(
    building: Building, sandbox: Sandbox
) -> None:
    said: list[str] = []
    own = {"webhook_url": "https://bot.example", "webhook_secret": SecretStr("s")}
    async with building(**own) as program:
        program.receiver.say = said.append
        async with serving(program):
            await until(lambda: len(sandbox.calls.of("setWebhook")) == 2, "it tried again")
    (told,) = said
    assert "TIPBOT_WEBHOOK_URL" in told
    assert "Bad webhook" in told


async def test_a_webhook_update_that_met_a_store_away_is_asked_for_again(
    building: Building, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    url, headers = f"http://127.0.0.1:{port}/hook", {SECRET_HEADER: "s"}
    update = {"update_id": 9, "message": WORDS}

    async def away(_: object) -> None:
        raise StoreUnavailableError

    async with (
        building(
            listen=f"127.0.0.1:{port}", webhook_url=url, webhook_secret=SecretStr("s")
        ) as program,
        serving(program),
        aiohttp.ClientSession() as session,
    ):
        await until(lambda: _listens(port), "it listens")
        program.receiver.patience = 0
        with monkeypatch.context() as moment:
            moment.setattr(program.store, "subscriber", away)
            async with session.post(url, json=update, headers=headers) as answer:
                assert answer.status == 503
        async with session.post(url, json=update, headers=headers) as answer:
            assert answer.status == 200


async def test_a_webhook_request_waits_for_a_store_that_comes_back(
    building: Building, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/hook"
    tries: list[object] = []

    async def away(who: object) -> None:
        tries.append(who)
        raise StoreUnavailableError

    async with (
        building(
            listen=f"127.0.0.1:{port}", webhook_url=url, webhook_secret=SecretStr("s")
        ) as program,
        serving(program),
        aiohttp.ClientSession(headers={SECRET_HEADER: "s"}) as session,
    ):
        await until(lambda: _listens(port), "it listens")
        with monkeypatch.context() as moment:
            moment.setattr(program.store, "subscriber", away)
            posts = [
                asyncio.create_task(session.post(url, json={"update_id": n, "message": WORDS}))
                for n in (9, 10)
            ]
            await until(lambda: len(tries) >= 2, "it was tried again")
        answers = [await post for post in posts]
        assert [answer.status for answer in answers] == [200, 200]
        for answer in answers:
            answer.release()


@pytest.mark.parametrize("half", [Half.RECEIVE, Half.DELIVER])
async def test_halves_are_refused_on_sqlite(sandbox: Sandbox, tmp_path: Path, half: Half) -> None:
    file = tmp_path / "tipbot.db"
    settings = Settings(
        token=SecretStr(TOKEN), database=SecretStr(f"sqlite:///{file}"), api_url=sandbox.url
    )
    with pytest.raises(StartError, match=f"`{half.value}` shares one database"):
        async with built_program(settings, half=half):
            pass
    assert not file.exists()


async def test_a_pause_that_telegram_asked_for_outlives_the_program(
    building: Building, sandbox: Sandbox
) -> None:
    sandbox.faults.add(Fault(kind="flood", method="sendMessage", seconds=300))
    for _ in range(2):
        async with receiving(building) as program:
            with pytest.raises(RetryAfter):
                await program.bot.send_message(sandbox.person("Alice").id, "Hello")
    assert len(sandbox.calls.of("sendMessage")) == 1


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


def test_no_two_workers_share_a_name() -> None:
    assert len({worker_name() for _ in range(100)}) == 100


def asking(person: Person, command: str) -> dict[str, Any]:
    whose = {"from": EVE | {"id": person.id}, "chat": CHAT | {"id": person.id}}
    what = {"entities": [{"type": "bot_command", "offset": 0, "length": len(command)}]}
    return {"update_id": 7, "message": WORDS | {"text": command} | what | whose}


@asynccontextmanager
async def receiving(building: Building) -> AsyncIterator[Program]:
    """Build a program and make it ready to answer updates; it polls for none."""
    async with building() as program:
        await program.bot.initialize()
        await program.application.initialize()
        yield program
        await program.application.shutdown()


async def test_what_was_answered_before_a_kill_is_not_answered_again(
    building: Building, sandbox: Sandbox
) -> None:
    raw = asking(sandbox.person("Alice"), "/pad")
    for life in range(2):
        async with receiving(building) as program:
            await program.receiver.take_webhook(raw)
        assert len(sandbox.calls.of("sendMessage")) == 1, f"life {life + 1}"


async def test_a_webhook_request_is_answered_once_its_effect_is_on_disk(
    building: Building, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = sandbox.person("Alice")
    raw = asking(alice, "/twitch")

    async with receiving(building) as program:
        await program.store.enrol(
            Subscriber(id=SubscriberId(alice.id), chat_id=alice.id, stage=Stage.DONE)
        )
        free = hold_flushes(monkeypatch)
        request = asyncio.create_task(program.receiver.take_webhook(raw))
        await until(lambda: bool(sandbox.calls.of("sendMessage")), "it is said")
        done, _ = await asyncio.wait((request,), timeout=0.3)
        assert not done
        free.set()
        await asyncio.wait_for(request, 5)


async def test_an_update_whose_effect_the_disk_refuses_comes_again(
    building: Building, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = sandbox.person("Alice")
    raw = asking(alice, "/twitch")

    async with receiving(building) as program:
        who = SubscriberId(alice.id)
        await program.store.enrol(Subscriber(id=who, chat_id=alice.id, stage=Stage.DONE))
        program.receiver.patience = 0
        with monkeypatch.context() as moment:
            refuse_flushes(moment)
            with pytest.raises(StoreUnavailableError):
                await program.receiver.take_webhook(raw)
        await program.receiver.take_webhook(raw)
        today = system_clock().date()
        day = timedelta(days=1)
        assert len(await program.store.check_ins(who, today - day, today + day)) == 1


async def test_what_a_poller_left_over_is_answered_by_webhook_too(
    building: Building, sandbox: Sandbox
) -> None:
    alice = sandbox.person("Alice")
    left = KeptUpdate(7, alice.id, json.dumps(asking(alice, "/pad")))
    async with receiving(building) as program:
        await program.store.keep_updates([left], system_clock())
        await program.receiver.take_up()
        assert await program.store.kept_updates(system_clock()) == []
    assert len(sandbox.calls.of("sendMessage")) == 1


async def test_a_question_in_a_group_is_answered_and_never_stands_on_disk(
    building: Building, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even for the time that Telegram takes to answer, in which others' updates do."""
    alice = sandbox.person("Alice")
    group = sandbox.new_group(-500, "Eye club", [alice])
    here = alice.in_group(group.id)
    async with building() as program, serving(program):
        await until(lambda: len(here.from_bot) == 1, "the group is greeted")
        kept: list[str] = []
        keep = program.store.keep_updates

        async def look(updates: Collection[KeptUpdate], now: datetime) -> None:
            kept.extend(each.payload for each in updates)
            await keep(updates, now)

        monkeypatch.setattr(program.store, "keep_updates", look)
        sandbox.faults.add(Fault(kind="slow", method="sendMessage", seconds=0.3))
        question = here.says("/signs@sandbox_bot")
        await until(lambda: len(here.from_bot) == 2, "the group is shown the signs")
        await asyncio.sleep(0.5)
        assert here.from_bot[-1]["reply_to_message"]["message_id"] == question["message_id"]
        assert "reply_markup" not in here.from_bot[-1]
        assert not [words for words in kept if "/signs" in words]
