"""What every feature of the chat may use, built once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from tipbot.bot.allowance import Allowance
from tipbot.bot.daybook import DayBook
from tipbot.bot.errands import Errands
from tipbot.bot.groups import Groups
from tipbot.bot.inbox import Effects
from tipbot.bot.looks import Looks
from tipbot.bot.order import ChatOrder, Crowds
from tipbot.bot.screen import Screen
from tipbot.bot.workbench import Stagger, Workbench
from tipbot.clock import Clock
from tipbot.core.charts import Chart, Comparison
from tipbot.core.insights import Finding
from tipbot.core.model import Subscriber, SubscriberId
from tipbot.core.pages import Page
from tipbot.places import City
from tipbot.store.base import Store
from tipbot.texts import Text, Texts


class Places(Protocol):
    """Looks up time zones without holding up the event loop."""

    async def zone_at(self, latitude: float, longitude: float) -> str | None:
        """Return the IANA zone of a point, or None at a place that has none of its own."""
        ...

    async def cities_named(self, name: str) -> list[City]:
        """Return the best matches for a typed city, most likely first, at most six."""
        ...


class Renderer(Protocol):
    """Draws and compares without holding up the event loop; None where that was not to be had."""

    async def chart(self, chart: Chart) -> bytes | None:
        """Return a chart as PNG."""
        ...

    async def compare(self, comparison: Comparison) -> tuple[Finding, ...] | None:
        """Return the answers to some questions, in their order."""
        ...

    async def report(self, page: Page) -> bytes | None:
        """Return a report as PDF."""
        ...


class WordsAlone:
    """Draws nothing: the diary then speaks in words."""

    async def chart(self, _: Chart) -> bytes | None:
        """Return None."""
        return None

    async def compare(self, _: Comparison) -> tuple[Finding, ...] | None:
        """Return None."""
        return None

    async def report(self, _: Page) -> bytes | None:
        """Return None."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What every feature may use; built once by ``tipbot.app``."""

    store: Store
    clock: Clock
    texts: Texts
    places: Places
    nudge: Callable[[], None]
    """Tell delivery that something may be due now."""
    renderer: Renderer = field(default_factory=WordsAlone)
    errands: Errands = field(default_factory=Errands)
    """What goes on after a tap was answered."""
    screen: Screen = field(default_factory=Screen)
    """What messages show at present."""
    looks: Looks = field(default_factory=Looks)
    """Whose diary was looked at today."""
    groups: Groups = field(default_factory=Groups)
    """What was said in groups a moment ago."""
    crowds: Crowds = field(default_factory=Crowds)
    """Where somebody sends faster than can be answered."""
    effects: Effects = field(default_factory=Effects)
    """Where it is told that all that is left of an update is to show its effect."""
    late: ChatOrder = field(default_factory=ChatOrder)
    """What a flood of the whole bot holds back, in order within each chat."""
    owners: frozenset[int] = frozenset()
    """Telegram user ids of ``TIPBOT_OWNERS``."""
    rate: float = 30.0
    """Messages a second to all chats together."""
    days: DayBook = field(default_factory=DayBook)
    """The figures of days that are over."""
    exporting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    """Held while an export is put together: it keeps one of the store's threads busy."""
    allowance: Allowance = field(default_factory=Allowance)
    """How much costly work each person may ask for."""
    stagger: Stagger = field(default_factory=Stagger)
    """Where visits wait that can: those of features that are ``unhurried``."""
    workbench: Workbench = field(default_factory=Workbench)
    """Where charts and reports are made: that keeps the interpreter and a processor busy."""

    async def words_for(self, who: SubscriberId, person: Subscriber | None) -> Text:
        """Return the language in which to tell an owner or editor something unasked.

        It is that of their settings, else, as they need not subscribe, that of their Telegram when
        they last did something.
        """
        if person is not None:
            return self.texts.speak(person.language, person.zone)
        member = await self.store.member(who)
        return self.texts.speak(member.language if member else None)
