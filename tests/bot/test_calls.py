"""What a tap calls is what PTB would have called, with the same turn and the same errors."""

import asyncio
import json
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import BaseRequest, RequestData

from tipbot.bot import calls
from tipbot.bot.answers import NotSentError
from tipbot.bot.buttons.onboarding import Agree, PickZone
from tipbot.bot.callbacks import pack
from tipbot.bot.leaving import heard_by
from tipbot.bot.request import ApiRequest
from tipbot.bot.views import Button, Keyboard, View

KEYBOARD: Keyboard = (
    (Button("✅ Einverstanden", Agree()), Button('"<&> 💧', Agree())),
    (Button("Berlin", PickZone("Europe/Berlin", settings=True)),),
)
MARKUP = InlineKeyboardMarkup(
    [[InlineKeyboardButton(b.label, callback_data=pack(b.value)) for b in row] for row in KEYBOARD]
)
HTML = "<b>Grüße</b> &amp; 100 % 💧"


class Recorder(BaseRequest):
    """Takes every call, and answers as it is told."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, dict[str, Any]]] = []
        self.answers: list[tuple[int, bytes]] = []

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        assert request_data is not None
        assert not request_data.contains_files
        fields: dict[str, Any] = dict(request_data.json_parameters)
        if "reply_markup" in fields:
            fields["reply_markup"] = json.loads(fields["reply_markup"])
        self.seen.append((url, method, fields))
        return self.answers.pop(0) if self.answers else (200, b'{"ok": true, "result": true}')


class Turns(BaseRateLimiter[int]):
    """Lets everyone pass, and calls again once if it is told to."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, object]] = []
        self.times = 1

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def process_request(  # noqa: PLR0913, PLR0917 - PTB's own signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        assert rate_limit_args is None
        self.seen.append((endpoint, data.get("chat_id")))
        for _ in range(self.times):
            result = await callback(*args, **kwargs)
        return result


def bots() -> tuple[Recorder, Turns, ExtBot[int]]:
    wire, turns = Recorder(), Turns()
    bot = ExtBot("1:T", request=wire, get_updates_request=wire, rate_limiter=turns)
    return wire, turns, bot


Made = Callable[[Bot], Coroutine[Any, Any, Any]]
PAIRS: list[tuple[Made, Made]] = [
    (
        lambda bot: calls.edit_text(bot, 5, 7, View(html=HTML, keyboard=KEYBOARD)),
        lambda bot: bot.edit_message_text(
            HTML,
            chat_id=5,
            message_id=7,
            parse_mode=ParseMode.HTML,
            reply_markup=MARKUP,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    ),
    (
        lambda bot: calls.edit_text(bot, 5, 7, View(html=HTML)),
        lambda bot: bot.edit_message_text(
            HTML,
            chat_id=5,
            message_id=7,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    ),
    (
        lambda bot: calls.edit_markup(bot, 5, 7, KEYBOARD),
        lambda bot: bot.edit_message_reply_markup(chat_id=5, message_id=7, reply_markup=MARKUP),
    ),
    (
        lambda bot: calls.edit_markup(bot, 5, 7, ()),
        lambda bot: bot.edit_message_reply_markup(chat_id=5, message_id=7),
    ),
    (
        lambda bot: calls.answer_tap(bot, "q1", "Grüße", alert=True),
        lambda bot: bot.answer_callback_query("q1", "Grüße", show_alert=True),
    ),
    (
        lambda bot: calls.answer_tap(bot, "q1", None, alert=False),
        lambda bot: bot.answer_callback_query("q1"),
    ),
]


@pytest.mark.parametrize(("ours", "ptbs"), PAIRS)
async def test_a_call_is_the_one_that_ptb_would_make(ours: Made, ptbs: Made) -> None:
    wire, turns, bot = bots()
    await ours(bot)
    await ptbs(bot)
    assert wire.seen[0] == wire.seen[1]
    assert turns.seen[0] == turns.seen[1], "it waits for the same turn"


async def test_a_bot_without_a_rate_limiter_calls_at_once() -> None:
    wire = Recorder()
    await calls.answer_tap(Bot("1:T", request=wire), "q1", None, alert=False)
    await calls.answer_tap(ExtBot("1:T", request=wire), "q1", None, alert=False)
    assert len(wire.seen) == 2


async def test_a_call_can_be_made_again_by_the_rate_limiter() -> None:
    wire, turns, bot = bots()
    turns.times = 2
    await calls.edit_markup(bot, 5, 7, KEYBOARD)
    assert len(wire.seen) == 2
    assert wire.seen[0] == wire.seen[1]


async def test_a_refusal_is_ptbs_error() -> None:
    wire, _, bot = bots()
    said = {"ok": False, "error_code": 400, "description": "Bad Request: message is not modified"}
    wire.answers.append((400, json.dumps(said).encode()))
    with pytest.raises(BadRequest, match="not modified"):
        await calls.edit_markup(bot, 5, 7, KEYBOARD)


async def test_who_is_cancelled_makes_no_call() -> None:
    wire, _, bot = bots()
    calling = asyncio.create_task(calls.edit_markup(bot, 5, 7, KEYBOARD))
    calling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await calling
    assert wire.seen == []


async def test_nobody_hears_that_a_call_left_which_found_no_connection() -> None:
    heard: list[str] = []
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}/bot"
        async with ApiRequest() as request:
            bot = Bot("1:T", base_url=url, request=request)
            with pytest.raises(NotSentError), heard_by(lambda: heard.append("q")):
                await calls.answer_tap(bot, "q", None, alert=False)
    assert heard == []
