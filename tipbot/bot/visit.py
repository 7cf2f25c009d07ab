"""One update in hand: who it is from, what it may change, and how to answer it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import structlog
from telegram import Bot, CallbackQuery, Document, Message, Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from tipbot.bot import replies
from tipbot.bot.allowance import Allowance
from tipbot.bot.answers import seconds_of
from tipbot.bot.daybook import DayBook
from tipbot.bot.errands import Errands
from tipbot.bot.inbox import Effects
from tipbot.bot.looks import Looks
from tipbot.bot.order import ChatOrder, Crowds
from tipbot.bot.screen import Press, Screen
from tipbot.bot.tapped import TappedMessage
from tipbot.bot.views import Keyboard, View, expired
from tipbot.bot.workbench import Stagger, Workbench
from tipbot.clock import Clock
from tipbot.core.audit import Act, Deed
from tipbot.core.charts import Chart, Comparison
from tipbot.core.insights import Finding
from tipbot.core.model import Dialog, Subscriber, SubscriberId, Tap
from tipbot.core.names import plain_name
from tipbot.core.pages import Page
from tipbot.core.roles import Role
from tipbot.places import City
from tipbot.store.base import Store
from tipbot.texts import Text, Texts

_MOST_LATE = 1000
"""Messages that are kept for the end of a flood."""

log = structlog.get_logger(__name__)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One update of one person in a private chat; ``now`` is read once, so all of it agrees."""

    house: House
    bot: Bot
    update: Update
    who: SubscriberId
    chat_id: int
    now: datetime
    text: Text
    person: Subscriber | None = None
    """The subscriber as kept when the update came in, None for a stranger."""
    role: Role = Role.ANYONE
    """What the guard found them to be, where a feature asks for more than ANYONE."""

    @property
    def store(self) -> Store:
        """The store, for the one use case of a handler."""
        return self.house.store

    @property
    def query(self) -> CallbackQuery | None:
        """The tap, if this is one."""
        return self.update.callback_query

    @property
    def message(self) -> Message | None:
        """The message sent, if this is one."""
        return self.update.message

    @property
    def message_id(self) -> int:
        """The message that was sent, or under which the button stands; 0 if Telegram hides it."""
        shown = self.query.message if self.query else self.message
        return shown.message_id if shown else 0

    @property
    def tapped(self) -> TappedMessage | None:
        """The message under which the tapped button stands, if Telegram shows it."""
        shown = self.query.message if self.query else None
        return shown if isinstance(shown, TappedMessage) else None

    @property
    def under_picture(self) -> bool:
        """Whether the tapped button stands below a picture."""
        return self.tapped is not None and self.tapped.is_picture

    @property
    def zone(self) -> str:
        """The zone in which this person reads times: UTC for someone who is no subscriber."""
        return self.person.zone if self.person else "UTC"

    @property
    def name(self) -> str:
        """What Telegram calls this person, without signs that are not seen; maybe empty."""
        user = self.update.effective_user
        return plain_name(user.full_name) if user else ""

    def act(
        self, deed: Deed, thing: object = "", detail: str = "", about: SubscriberId | None = None
    ) -> Act:
        """Return what this person does, for the log; see ``core.audit.Act`` for what may be in it.

        The store method that does it takes the act along and writes both in one transaction.
        """
        user = self.update.effective_user
        return Act(
            by=self.who,
            name=self.name,
            language=(user.language_code if user else None) or self.text.language,
            deed=deed,
            at=self.now,
            thing=str(thing),
            detail=detail,
            about=about,
            as_editor=self.role is Role.EDITOR,
        )

    def tap(self, nonce: int = 0) -> Tap:
        """Return this update as a tap: the same one after a crash has the same key."""
        key = f"q{self.query.id}" if self.query else f"m{self.message_id}"
        return Tap(key=key, message_id=self.message_id, nonce=nonce, at=self.now)

    async def answer(self, toast: str | None = None, *, alert: bool = False) -> None:
        """End the spinner of a tap; nothing for a message."""
        if self.query:
            await answer_tap(self.house, self.query, toast, alert=alert)

    async def expire(self) -> None:
        """Say kindly that the button no longer works; a stranger is told to start first."""
        stranger = self.person is None and self.role is Role.ANYONE
        said = self.text.plain("start-first") if stranger else expired(self.text)
        await self.answer(said, alert=True)

    async def say(self, view: View, *, vital: bool = False) -> Message | None:
        """Send a new message to this person; None if nothing is known to have arrived.

        In a flood of updates from this chat it is left out, unless it is ``vital`` and was not said
        just now; so are the changes of messages below. What is ``vital`` rather comes twice.
        """
        repeated = vital and self.house.screen.said_just_now(self.chat_id, view, self.now)
        if self._crowded() and (repeated or not vital):
            return None
        try:
            sent = await replies.send(self.bot, self.chat_id, view, rather_twice=vital)
        except RetryAfter as flood:
            self._say_later(view, seconds_of(flood), vital=vital)
            return None
        except BadRequest:
            raise
        except NetworkError as fault:
            await self._excuse(fault)
            return None
        if sent is not None:
            self.house.screen.remember(self.chat_id, sent.message_id, view)
        return sent

    async def _excuse(self, fault: NetworkError) -> None:
        """Say that an answer may be missing: it may have arrived, so it is not sent again."""
        log.warning("reply_in_doubt", update_id=self.update.update_id, kind=type(fault).__name__)
        with suppress(TelegramError):
            await replies.send(self.bot, self.chat_id, View(html=self.text.html("answer-lost")))

    def _say_later(self, view: View, seconds: float, *, vital: bool) -> None:
        """Let a message come when Telegram listens again; nothing else of the chat waits for it."""
        if len(self.house.late) >= _MOST_LATE:
            log.warning("reply_lost", kind=RetryAfter.__name__)
            return
        first = [seconds]

        async def attempt() -> float | None:
            if first:
                return first.pop()
            try:
                await replies.send(self.bot, self.chat_id, view, rather_twice=vital)
            except RetryAfter as flood:
                return seconds_of(flood)
            except TelegramError as fault:
                log.warning("reply_lost", kind=type(fault).__name__)
            return None

        self.house.late.submit(self.chat_id, attempt)

    def _crowded(self) -> bool:
        return self.house.crowds.here(self.chat_id)

    async def send_file(
        self, name: str, content: bytes, caption: str, keyboard: Keyboard = ()
    ) -> Message | None:
        """Send a file to this person; None if nothing is known to have arrived."""
        try:
            return await replies.send_file(self.bot, self.chat_id, name, content, caption, keyboard)
        except BadRequest:
            raise
        except NetworkError as fault:
            await self._excuse(fault)
            return None

    async def show(self, view: View) -> None:
        """Show a view in the tapped message, or in a new one if this is no tap.

        A message with a picture cannot show words alone: it stays, and a new one is sent.
        """
        if self.query and self.message_id and not self.under_picture:
            await self.redraw(self.message_id, view)
        else:
            await self.say(view)

    async def redraw(self, message_id: int, view: View) -> None:
        """Show a view in a message of this chat; nothing is sent if it is known to show it."""
        screen = self.house.screen
        if not self._crowded() and not screen.shows(self.chat_id, message_id, view):
            if await replies.edit(self.bot, self.chat_id, message_id, view):
                screen.remember(self.chat_id, message_id, view)
            else:
                screen.lose(self.chat_id, message_id)

    async def show_keyboard(self, keyboard: Keyboard) -> None:
        """Change the buttons of the tapped message; nothing is sent if it has them."""
        if self._crowded():
            return
        if self.query and self.message_id and keyboard != self.shown_keyboard():
            screen, where = self.house.screen, (self.chat_id, self.message_id)
            if await replies.edit_keyboard(self.bot, *where, keyboard):
                screen.remember_keyboard(*where, keyboard)
            else:
                screen.lose(*where)

    def shown_keyboard(self) -> Keyboard:
        """Return the tapped message's buttons as last shown, or else as the tap carried them."""
        known = self.house.screen.keyboard(self.chat_id, self.message_id)
        if known is None and self.tapped is not None:
            return self.tapped.keyboard
        return known or ()

    def took_effect(self) -> None:
        """Say that all of this tap is committed, and what answers and shows it on the way."""
        self.house.effects.tell(self.update.update_id, self.store.flushed())

    def pressed_twice(self) -> bool:
        """Tell whether this tap only repeats one that was served seconds ago.

        For taps that send something but store nothing by which the second could be told.
        """
        press = self._press()
        return self.house.screen.pressed_twice(self.chat_id, self.message_id, press)

    def served(self) -> None:
        """Keep that the work of this tap is done."""
        self.house.screen.served(self.chat_id, self.message_id, self._press())

    def _press(self) -> Press:
        return Press((self.query.data if self.query else None) or "", self.tap().key, self.now)


async def answer_tap(
    house: House, query: CallbackQuery, toast: str | None = None, *, alert: bool = False
) -> None:
    """End a tap's spinner; over a bad connection that goes on beside all other work."""
    if not await replies.answer(query, toast, alert=alert):
        late = replies.answer_late(query, toast, alert=alert)
        house.errands.start(("answer", query.id), late)


CommandHandler = Callable[[Visit], Awaitable[None]]
ButtonHandler = Callable[[Visit, Any], Awaitable[None]]
StraightHandler = Callable[[Visit, Any], Awaitable[bool]]
DialogHandler = Callable[[Visit, Dialog, str], Awaitable[None]]
FileHandler = Callable[[Visit, Dialog, Document], Awaitable[None]]
LinkHandler = Callable[[Visit, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class AdminEntry:
    """A button of the page that /admin shows: the key of its words, and what it carries."""

    key: str
    value: Any
    count: Callable[[Visit], Awaitable[int]] | None = None
    """How many things wait behind it, which its words say as ``$count``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What one feature of the chat answers to; ``bot.application`` puts them in order."""

    commands: Mapping[str, CommandHandler] = field(default_factory=dict)
    always: Mapping[str, CommandHandler] = field(default_factory=dict)
    """Commands that answer without a look at the store, so that nothing can be in their way."""
    buttons: Mapping[type, ButtonHandler] = field(default_factory=dict)
    straight: Mapping[type, StraightHandler] = field(default_factory=dict)
    """For some of the buttons, what looks the person up in its use case: one visit to the store in
    place of two. It is handed a visit without the person, and says False, with nothing done, where
    the button's own handler has to answer."""
    dialogs: Mapping[str, DialogHandler] = field(default_factory=dict)
    """By ``Dialog.kind``: what a typed answer means."""
    files: Mapping[str, FileHandler] = field(default_factory=dict)
    """By ``Dialog.kind``: what a file means that is sent in answer."""
    links: Mapping[str, LinkHandler] = field(default_factory=dict)
    """By the part before the first hyphen of ``/start``'s payload: what the rest of it means."""
    location: CommandHandler | None = None
    unhurried: bool = False
    """Whether its visits begin one after the other when many come at once: others log meanwhile."""
    needs: Role = Role.ANYONE
    """Who may use any of this. The switchboard sees to it at each tap, text and file; to everyone
    else the feature does not exist: its commands are unknown, its buttons have expired."""
    admin: tuple[AdminEntry, ...] = ()
    """What the page of /admin offers of it to whoever has the role."""
