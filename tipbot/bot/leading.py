"""Leads relief sessions on: changes each one's message as its steps pass.

A fixed tick claims the sessions whose message is due to change, so that any process can go on with
them. A change that cannot be made in time is dropped, never queued: the next one shows where the
session stands by then.
"""

from datetime import timedelta
from enum import Enum, auto
from typing import Protocol

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from tipbot.bot import replies
from tipbot.bot.house import House
from tipbot.bot.order import ChatOrder
from tipbot.bot.views import View
from tipbot.bot.views.relief import over_view, step_view
from tipbot.core.sessions import DROPPED
from tipbot.store.base import Led, StoreUnavailableError

AT_ONCE = 100
"""Sessions that one tick leads on."""

log = structlog.get_logger(__name__)


class EditPace(Protocol):
    """What the one budget of messages says about edits."""

    def take_edit(self, chat: int) -> float:
        """Take a place for an edit and return 0.0, or return the seconds until there is one."""
        ...

    async def acquire_edit(self, chat: int) -> None:
        """Return when a message in ``chat`` may be edited."""
        ...

    def flooded(self, retry_after: timedelta) -> None:
        """Stop for so long: Telegram has had enough."""
        ...


class _Shown(Enum):
    YES = auto()
    NOT_NOW = auto()
    NEVER = auto()
    """The message or the chat is gone, or Telegram will not have it."""


class Leader:
    """Leads on what is due, many chats at once, each chat by one change at a time.

    ``bot`` is one without a rate limiter, which would make an edit wait: ``pace`` decides here.
    """

    def __init__(self, house: House, bot: Bot, pace: EditPace) -> None:
        self._house = house
        self._bot = bot
        self._pace = pace
        self._order = ChatOrder(AT_ONCE)
        self._busy: set[int] = set()

    async def tick(self) -> None:
        """Begin every change that is due now; one for a chat whose last is under way is dropped."""
        for led in await self._house.store.claim_relief(self._house.clock(), AT_ONCE):
            if led.person.chat_id not in self._busy:
                self._begin(led)

    def _begin(self, led: Led) -> None:
        chat = led.person.chat_id

        async def work() -> None:
            try:
                await self._lead(led)
            except StoreUnavailableError:
                log.warning("relief_put_off", session=led.session.id)
            except Exception:
                log.exception("relief_failed", session=led.session.id)
            finally:
                self._busy.discard(chat)

        self._busy.add(chat)
        self._order.submit(chat, work)

    async def drain(self, seconds: float = 5.0) -> None:
        """Let what is under way finish, but no longer than ``seconds``."""
        await self._order.drain(seconds)

    async def _lead(self, led: Led) -> None:
        """Show where a session stands now; at its end, ask whether it helped."""
        store, session, now = self._house.store, led.session, self._house.clock()
        wait = self._pace.take_edit(led.person.chat_id)
        if wait > 0:
            until = now + max(DROPPED, timedelta(seconds=wait))
            await store.hold_relief(session.id, session.subscriber, until)
            return
        text = self._house.texts.speak(led.person.language)
        position = session.position(now)
        view = step_view(text, session, position) if position else over_view(text, session)
        shown = await self._edit(led, view)
        if shown is _Shown.NEVER or (shown is _Shown.YES and position is None):
            await store.end_relief(session.id, session.subscriber, now)
        elif shown is _Shown.YES:
            await self._mend(led)

    async def _mend(self, led: Led) -> None:
        """Show the end of a session that was stopped while its last change was on its way."""
        session = await self._house.store.relief_session(led.session.id, led.session.subscriber)
        if session is not None and session.ended_at is not None:
            await self._pace.acquire_edit(led.person.chat_id)
            await self._edit(led, over_view(self._house.texts.speak(led.person.language), session))

    async def _edit(self, led: Led, view: View) -> _Shown:
        chat, session = led.person.chat_id, led.session
        try:
            await replies.overwrite(self._bot, chat, session.message_id, view)
        except RetryAfter as error:
            self._pace.flooded(wait_of(error))
            return _Shown.NOT_NOW
        except Forbidden:
            return _Shown.NEVER
        except BadRequest as refusal:
            if "message is not modified" in refusal.message.lower():
                return _Shown.YES
            return _Shown.NEVER
        except TelegramError:
            return _Shown.NOT_NOW
        self._house.screen.remember(chat, session.message_id, view)
        return _Shown.YES


def wait_of(error: RetryAfter) -> timedelta:
    """Return how long a 429 asks to wait, whichever form PTB gives it in."""
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
