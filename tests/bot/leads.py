"""Lets a person's relief session go on, by the moved clock and without waiting."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from telegram import Bot

from tests.bot.chat import TOKEN, Chat, Person
from tests.bot.telegram import Telegram, Wire
from tipbot.bot.leading import Leader
from tipbot.clock import Clock

SECOND = timedelta(seconds=1)


@dataclass
class ClockPace:
    """One edit a second a chat, as ``delivery.rate.Pacer`` has it, by the clock of the test."""

    clock: Clock
    free_at: dict[int, datetime] = field(default_factory=dict)
    floods: list[timedelta] = field(default_factory=list)
    waited: list[int] = field(default_factory=list)

    def take_edit(self, chat: int) -> float:
        """Take a place for an edit, or say how long there is none."""
        now = self.clock()
        wait = (self.free_at.get(chat, now) - now).total_seconds()
        if wait > 0:
            return wait
        self.free_at[chat] = now + SECOND
        return 0.0

    async def acquire_edit(self, chat: int) -> None:
        """Let an edit through that has to come."""
        self.waited.append(chat)

    def flooded(self, retry_after: timedelta) -> None:
        """Keep how long Telegram wants to be left alone."""
        self.floods.append(retry_after)
        for chat in [*self.free_at]:
            self.free_at[chat] = self.clock() + retry_after


@dataclass
class Lead:
    """A leader beside a chat, its pace, and when each of its edits was made."""

    chat: Chat
    pace: ClockPace
    leader: Leader
    edits: list[datetime] = field(default_factory=list)

    async def tick(self) -> list[str]:
        """Let one tick happen and return the texts that it put into messages."""
        before = len(self.chat.telegram.made("editMessageText"))
        await self.leader.tick()
        await self.leader.drain()
        made = self.chat.telegram.made("editMessageText")[before:]
        self.edits += [self.chat.clock()] * len(made)
        return [params["text"] for params in made]

    async def goes_on(self, seconds: float, every: float = 0.5) -> list[str]:
        """Let time pass with a tick ``every`` so many seconds; return what was shown."""
        shown = []
        for _ in range(round(seconds / every)):
            self.chat.clock.move(timedelta(seconds=every))
            shown += await self.tick()
        return shown


def lead(chat: Chat, wire: Callable[[Telegram], Wire] = Wire) -> Lead:
    """Return a leader on the chat's store and clock, with a bot of its own."""
    pace = ClockPace(chat.clock)
    request = wire(chat.telegram)
    bot = Bot(TOKEN, request=request, get_updates_request=request)
    return Lead(chat, pace, Leader(chat.house, bot, pace))


async def begins(person: Person, name: str, start: str = "▶️ Start") -> None:
    """Choose a technique and start it."""
    await person.sends("/relief")
    await person.taps(name)
    await person.taps(start)
