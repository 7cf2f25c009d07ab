"""One update in hand: who it is from, what it may change, and how to answer it."""

from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog
from telegram import Bot, CallbackQuery, Message, Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from tipbot.bot import replies
from tipbot.bot.answers import seconds_of
from tipbot.bot.house import House
from tipbot.bot.late import answer_tap, send_later
from tipbot.bot.screen import Press
from tipbot.bot.tapped import TappedMessage
from tipbot.bot.views import Keyboard, View, expired
from tipbot.core.audit import Act, Deed
from tipbot.core.model import Subscriber, SubscriberId, Tap
from tipbot.core.names import plain_name
from tipbot.core.roles import Role
from tipbot.store.base import Store
from tipbot.texts import Text

log = structlog.get_logger(__name__)


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

        def send() -> Awaitable[Message | None]:
            return replies.send(self.bot, self.chat_id, view, rather_twice=vital)

        try:
            sent = await send()
        except RetryAfter as flood:
            send_later(self.house, self.chat_id, seconds_of(flood), send)
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
