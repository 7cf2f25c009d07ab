"""Telegram and the way there, with all that can go wrong: under the real sender, above no socket.

A message that has left arrives whether or not its sender lives on.
"""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qsl

from tests.delivery.post import moved_to, new_home
from tipbot.bot.answers import (
    DoubtfulError,
    FloodError,
    NoAnswerInTimeError,
    NotSentError,
    result_of,
)

if TYPE_CHECKING:
    from tests.simulator.process import Process

READ_TIMEOUT = 20.0


class Fate(StrEnum):
    """What happens to one call."""

    FINE = "fine"
    REFUSED = "connection refused"
    LOST = "dropped before it arrived"
    UNHEARD = "answer dropped"
    SILENT = "no answer in time"
    BROKEN = "5xx, not taken"
    HALF = "5xx, taken"
    FLOOD = "429"
    WRONG = "400"
    MOVED = "chat moved"


DOUBTS = frozenset({Fate.LOST, Fate.UNHEARD, Fate.SILENT, Fate.BROKEN, Fate.HALF})
"""Fates after which the sender cannot know whether the message was taken."""


class Witness(Protocol):
    """Who is told what happens on the wire."""

    def departed(self, delivery: int, chat: int, process: "Process", fate: Fate) -> None:
        """Hear that a call left."""

    def accepted(self, delivery: int, chat: int, process: "Process") -> None:
        """Hear that the server took a message."""

    def answered(self, delivery: int, process: "Process", status: int, wait: int) -> None:
        """Hear how a call ended: its status, 0 without one; ``wait`` is what a 429 asks for."""

    def blocked(self, who: int) -> None:
        """Hear that somebody blocked the bot."""

    def doubted(self, delivery: int) -> None:
        """Hear that the sender waited too long."""


@dataclass(slots=True)
class Telegram:
    """The server at the other end."""

    chance: random.Random
    witness: Witness
    trouble: float = 0.0
    """Part of the calls that meet with some fault."""
    slow: float = 0.05
    blocked: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    messages: int = 0
    in_the_air: int = 0
    """Calls on their way to the server."""

    def block(self, who: int) -> None:
        """Let nothing more through to somebody."""
        self.blocked.add(self.moved.get(who, who))
        self.witness.blocked(who)

    def fate(self) -> Fate:
        """Draw what happens to a call."""
        if self.chance.random() >= self.trouble:
            return Fate.FINE
        return self.chance.choice([fate for fate in Fate if fate is not Fate.FINE])

    def travel(self) -> float:
        """Draw how many seconds one way takes."""
        if self.chance.random() < self.slow:
            return self.chance.uniform(0.5, 8.0)
        return self.chance.uniform(0.01, 0.1)

    def answer(self, delivery: int, chat: int, process: "Process", fate: Fate) -> tuple[int, Any]:
        """Take a message that arrived, or say why not."""
        if chat in self.moved:
            return 400, moved_to(self.moved[chat])
        if chat in self.blocked:
            return _refusal(403, "Forbidden: bot was blocked by the user")
        if fate is Fate.MOVED and chat > 0:
            self.moved[chat] = new_home(chat)
            return 400, moved_to(self.moved[chat])
        if fate in _REFUSALS:
            return _refusal(*_REFUSALS[fate])
        if fate is Fate.FLOOD:
            wait = self.chance.randint(1, 20)
            status, refusal = _refusal(429, f"Too Many Requests: retry after {wait}")
            return status, refusal | {"parameters": {"retry_after": wait}}
        return self._take(delivery, chat, process, fate)

    def _take(self, delivery: int, chat: int, process: "Process", fate: Fate) -> tuple[int, Any]:
        self.messages += 1
        self.witness.accepted(delivery, chat, process)
        sent = {
            "message_id": self.messages,
            "date": 0,
            "chat": {"id": chat, "type": "private"},
            "text": "x",
        }
        return 502 if fate is Fate.HALF else 200, {"ok": True, "result": sent}


_REFUSALS = {
    Fate.WRONG: (400, "Bad Request: can't parse entities: Unsupported tag"),
    Fate.LOST: (502, "Bad Gateway"),
    Fate.BROKEN: (502, "Bad Gateway"),
}


def _refusal(status: int, words: str) -> tuple[int, dict[str, Any]]:
    return status, {"ok": False, "error_code": status, "description": words}


class Wire:
    """What one process sends through."""

    def __init__(self, telegram: Telegram, process: "Process") -> None:
        self._telegram = telegram
        self._process = process

    @asynccontextmanager
    async def line(self) -> AsyncIterator["Wire"]:
        """Lend the way: it is always open."""
        yield self

    async def post(self, body: bytes) -> Any:
        """Make one call; return the result, or raise as the real lines do."""
        form = dict(parse_qsl(body.decode()))
        return await result_of(*await self._call(int(form["text"]), int(form["chat_id"])))

    async def _call(self, delivery: int, chat: int) -> tuple[int, bytes]:
        telegram, process = self._telegram, self._process
        await process.boundary("call")
        fate = telegram.fate()
        telegram.witness.departed(delivery, chat, process, fate)
        if fate is Fate.REFUSED:
            telegram.witness.answered(delivery, process, 0, 0)
            raise NotSentError(fate.value)
        loop = asyncio.get_running_loop()
        heard: asyncio.Future[tuple[int, Any]] = loop.create_future()
        telegram.in_the_air += 1
        process.burn("departed")
        loop.call_later(telegram.travel(), self._arrive, delivery, chat, fate, heard)
        try:
            status, body = await asyncio.wait_for(heard, READ_TIMEOUT)
        except TimeoutError:
            telegram.witness.doubted(delivery)
            raise NoAnswerInTimeError(fate.value) from None
        await process.boundary("answer")
        if fate in {Fate.LOST, Fate.UNHEARD}:
            telegram.witness.answered(delivery, process, 0, 0)
            raise DoubtfulError(fate.value)
        wait = body.get("parameters", {}).get("retry_after", 0) if status == 429 else 0
        telegram.witness.answered(delivery, process, status, wait)
        if wait:
            raise FloodError(wait)
        return status, json.dumps(body).encode()

    def _arrive(
        self, delivery: int, chat: int, fate: Fate, heard: "asyncio.Future[tuple[int, Any]]"
    ) -> None:
        self._telegram.in_the_air -= 1
        reply = self._telegram.answer(delivery, chat, self._process, fate)
        if fate is Fate.SILENT:
            return

        def hear() -> None:
            if not heard.done():
                heard.set_result(reply)

        later: Callable[..., object] = asyncio.get_running_loop().call_later
        later(self._telegram.travel(), hear)
