"""An update answered: once, by one process, and on disk before Telegram may forget it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram import Update

from tipbot.bot.answered import Repeats
from tipbot.bot.application import App, is_urgent
from tipbot.bot.errors import Faults
from tipbot.bot.house import House
from tipbot.store.base import Cluster, Store, StoreUnavailableError


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Lets the chat answer updates, past what an earlier life or another process has answered."""

    application: App
    faults: Faults
    store: Store
    house: House
    repeats: Repeats
    cluster: Cluster | None = None
    """The other processes on the database, None on SQLite."""

    async def process(self, update: Update) -> None:
        """Let the chat answer one update; raise ``StoreUnavailableError`` if it must come again.

        Of all processes, one at a time answers what comes from a chat, and an update that any of
        them has answered is not answered again; what is urgent waits for neither.
        """
        if is_urgent(update):
            await self._answer(update)
            return
        async with self._held(update) as found:
            if not await self.repeats.knows(update, found=found):
                await self._answer(update)
                await self.repeats.keep(update)

    async def _answer(self, update: Update) -> None:
        """Return once the effect of an update is on disk, with which Telegram may forget it."""
        await self.application.process_update(update)
        if self.faults.wants_again(update.update_id):
            raise StoreUnavailableError
        await self.store.flushed()

    @asynccontextmanager
    async def _held(self, update: Update) -> AsyncIterator[bool | None]:
        """Hold the chat of an update among all processes; tell whether one has answered it.

        None says that nobody looked.
        """
        chat = update.effective_chat
        if self.cluster is None or chat is None:
            yield None
            return
        async with self.cluster.hold(chat.id, self.repeats.asks(update)) as found:
            self._doubt(chat.id)
            try:
                yield found
            finally:
                self._doubt(chat.id)

    def _doubt(self, chat: int) -> None:
        """Know no more what another process may change while it holds a chat."""
        self.house.screen.doubt(chat)
        self.house.looks.forget(chat)
