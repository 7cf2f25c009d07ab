from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.sandbox.conftest import TOKEN, MovedClock
from tests.sandbox.pictures import png
from tipbot.sandbox import PanelAction, Person, Sandbox

MARKUP = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])


class Control:
    """The control API as an outside test would use it."""

    def __init__(self, session: aiohttp.ClientSession, root: str) -> None:
        self.session = session
        self.root = root

    async def call(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        async with self.session.request(method, self.root + path, **options) as answer:
            return answer.status, await answer.json()

    async def get(self, path: str) -> Any:
        status, body = await self.call("GET", path)
        assert status == 200, body
        return body

    async def post(self, path: str, **body: Any) -> Any:
        status, answer = await self.call("POST", path, json=body)
        assert status in {200, 201}, answer
        return answer

    async def refused(self, path: str, **body: Any) -> str:
        status, answer = await self.call("POST", path, json=body)
        assert status in {400, 404, 409}
        return str(answer["error"])


@pytest.fixture
async def control(sandbox: Sandbox) -> AsyncIterator[Control]:
    async with aiohttp.ClientSession() as session:
        yield Control(session, f"{sandbox.url}/sandbox/api")


async def test_people_are_listed_and_added(control: Control) -> None:
    people = await control.get("/people")
    assert [(p["id"], p["first_name"], p["note"]) for p in people] == [
        (1001, "Alice", "Subscriber"),
        (1002, "Bob", "Subscriber"),
        (1003, "Erik", "Editor"),
        (1004, "Olga", "Owner"),
    ]
    added = await control.post("/people", first_name="Dora", language_code="de")
    assert added["id"] == 1005
    assert "first name" in await control.refused("/people", first_name=" ")
    assert "taken" in await control.refused("/people", first_name="Eve", id=1001)
    assert (await control.call("GET", "/people/77"))[0] == 404


async def test_a_conversation(control: Control, bot: Bot) -> None:
    said = await control.post("/people/1001/messages", text="/start")
    assert said["entities"][0]["type"] == "bot_command"
    sent = await bot.send_message(1001, "Hello", reply_markup=MARKUP)
    view = await control.get("/people/1001")
    assert [m["text"] for m in view["messages"]] == ["/start", "Hello"]
    tap = await control.post("/people/1001/taps", message_id=sent.message_id, label="Go")
    assert (await control.get(f"/queries/{tap['id']}"))["answer"] is None
    await bot.answer_callback_query(tap["id"], "Done")
    answer = (await control.get(f"/queries/{tap['id']}"))["answer"]
    assert answer == {"text": "Done", "show_alert": False}
    await control.post("/people/1001/reactions", message_id=sent.message_id, emoji="🔥")
    await control.post("/people/1001/edits", message_id=said["message_id"], text="/help")
    await control.post("/people/1001/location", latitude=52.5, longitude=13.4)
    kinds = [next(k for k in u.to_dict() if k != "update_id") for u in await bot.get_updates()]
    assert kinds == ["message", "callback_query", "edited_message", "message"]


async def test_what_cannot_be_done_is_said(control: Control, bot: Bot, alice: Person) -> None:
    sent = await bot.send_message(alice.id, "Hello", reply_markup=MARKUP)
    path = f"/people/{alice.id}"
    assert "is missing" in await control.refused(f"{path}/messages")
    assert "nothing to send" in await control.refused(f"{path}/messages", text=" ")
    assert "at most 4096" in await control.refused(f"{path}/messages", text="x" * 4097)
    here = {"message_id": sent.message_id}
    assert "gone" in await control.refused(f"{path}/taps", **here, data="other")
    assert "no button" in await control.refused(f"{path}/taps", **here, label="Other")
    assert "latitude" in await control.refused(f"{path}/location", latitude=99, longitude=0)
    assert "REACTION_INVALID" in await control.refused(f"{path}/reactions", **here, emoji="x")
    await control.post(f"{path}/block")
    assert "unblock it" in await control.refused(f"{path}/messages", text="Hello")
    assert (await control.get(path))["person"]["blocked"] is True
    await control.post(f"{path}/unblock")
    status, _body = await control.call("DELETE", f"{path}/chat?stop=1")
    assert status == 200
    view = await control.get(path)
    assert (view["messages"], view["person"]["blocked"]) == ([], True)


async def test_a_file_is_sent_and_read_back(
    control: Control, sandbox: Sandbox, bot: Bot, alice: Person
) -> None:
    for kind, name, data in [("photo", "a.png", png()), ("document", "a.html", b"<script>")]:
        form = aiohttp.FormData({"as": kind, "caption": "Mine"})
        form.add_field("file", data, filename=name, content_type="image/png")
        status, sent = await control.call("POST", f"/people/{alice.id}/files", data=form)
        assert (status, sent["caption"]) == (200, "Mine")
    assert len(await bot.get_updates()) == 2
    document = alice.messages[-1]["document"]
    url = f"{sandbox.url}/sandbox/files/{document['file_id']}?save"
    async with control.session.get(url) as answer:
        assert await answer.read() == b"<script>"
        assert answer.content_type == "application/octet-stream"
        assert "attachment" in answer.headers["Content-Disposition"]
    async with control.session.get(f"{sandbox.url}/sandbox/files/none") as answer:
        assert answer.status == 404


async def test_events_tell_what_happens(control: Control, bot: Bot, alice: Person) -> None:
    async with control.session.get(f"{control.root}/events") as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readuntil(b"\n\n")
        await bot.send_message(alice.id, "Hello")
        told: list[Any] = []
        while len(told) < 2:
            chunk = await asyncio.wait_for(stream.content.readuntil(b"\n\n"), 5)
            data = chunk.decode().partition("data: ")[2]
            told.append(json.loads(data))
    assert told[0]["kind"] == "message"
    assert told[0]["chat_id"] == alice.id
    assert told[0]["message"]["text"] == "Hello"
    assert (told[1]["kind"], told[1]["call"]["method"]) == ("call", "sendMessage")


async def test_faults_limits_and_calls(control: Control, bot: Bot, alice: Person) -> None:
    fault = await control.post("/faults", kind="flood", method="sendMessage", times=None)
    assert fault["times"] is None
    assert len(await control.get("/faults")) == 1
    assert "choose one of" in await control.refused("/faults", kind="gremlin")
    await control.call("DELETE", f"/faults/{fault['id']}")
    await control.post("/faults", kind="slow")
    await control.call("DELETE", "/faults")
    assert await control.get("/faults") == []
    assert (await control.post("/limits", enabled=True))["enabled"] is True
    assert (await control.get("/state"))["limits"] is True
    await bot.send_message(alice.id, "Hello")
    assert [c["method"] for c in await control.get("/calls")] == ["getMe", "sendMessage"]
    await control.call("DELETE", "/calls")
    assert await control.get("/calls") == []


async def test_time_is_moved(control: Control, clock: MovedClock) -> None:
    start = clock()
    state = await control.get("/state")
    assert state["time"]["can_move"] is True
    await control.post("/time", by=3600)
    assert clock() == start + timedelta(hours=1)
    await control.post("/time", to="2026-03-05T08:00:00+01:00")
    assert clock() == datetime(2026, 3, 5, 7, tzinfo=UTC)
    assert "Nothing is due" in await control.refused("/time", next_due=True)
    clock.due = clock() + timedelta(minutes=5)
    await control.post("/time", next_due=True)
    await control.post("/time", next_due=True)
    assert clock() == clock.due
    assert "with its offset" in await control.refused("/time", to="2026-03-05T08:00")
    assert "forward" in await control.refused("/time", by=-1)
    assert "is missing" in await control.refused("/time")


async def test_a_journey_is_shown_on_its_way_and_is_the_only_one(
    control: Control, clock: MovedClock, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrives = asyncio.Event()

    async def slowly(*, by: timedelta) -> None:
        clock.present += by / 2
        await arrives.wait()
        clock.present += by / 2

    monkeypatch.setattr(clock, "move", slowly)
    start = clock()
    async with sandbox.api.hub.listening() as listener:
        journey = asyncio.create_task(control.post("/time", by=3600))
        told = (await listener.next()).body["time"]
        assert told["moving"] is True
        assert told["now"] == (start + timedelta(minutes=30)).isoformat()
        assert "travelling already" in await control.refused("/time", by=60)
        arrives.set()
        assert (await journey)["moving"] is False
    assert clock() == start + timedelta(hours=1)


async def test_time_stands_on_its_own_without_control(clock: MovedClock) -> None:
    async with Sandbox(token=TOKEN, clock=clock) as plain, aiohttp.ClientSession() as session:
        control = Control(session, f"{plain.url}/sandbox/api")
        assert (await control.get("/state"))["time"]["can_move"] is False
        assert "no control over it" in await control.refused("/time", by=1)


async def test_further_actions_run_for_a_person(clock: MovedClock) -> None:
    async def greet(person: int) -> str:
        return f"Hello {person}"

    action = PanelAction("greet", "Greet", greet)
    async with (
        Sandbox(token=TOKEN, clock=clock, panel_actions=[action]) as running,
        aiohttp.ClientSession() as session,
    ):
        control = Control(session, f"{running.url}/sandbox/api")
        listed = (await control.get("/state"))["actions"]
        assert listed == [{"id": "greet", "label": "Greet", "hint": ""}]
        assert (await control.post("/actions/greet", person_id=1001))["text"] == "Hello 1001"
        assert "no action" in await control.refused("/actions/other")
