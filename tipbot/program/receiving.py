"""How updates come in: by long polling or by webhook, and first what an earlier life left over."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from time import perf_counter
from typing import Any

from telegram import Update
from telegram.error import BadRequest, InvalidToken
from telegram.ext import ExtBot

from tipbot.bot.answered import Repeats
from tipbot.bot.application import is_unhurried, is_urgent
from tipbot.bot.fetching import Pace
from tipbot.bot.house import House
from tipbot.bot.inbox import InHand
from tipbot.bot.incoming import ALLOWED_UPDATES, read_update
from tipbot.bot.order import ChatOrder, Work
from tipbot.bot.receive import Poller, kind_of, line_of
from tipbot.program.retrying import stopped_within, until_made
from tipbot.program.starting import NOT_ACCEPTED, Say, StartError
from tipbot.settings import Settings
from tipbot.store.base import KeptUpdate, Store, StoreUnavailableError
from tipbot.web.metrics import Metrics

PATIENCE = 20.0
"""Seconds that a webhook request waits for a store that is away, before Telegram is asked to come
again; its own patience is about a minute."""
_LOOK_AGAIN, _LONGEST_LOOK = 0.1, 2.0

SECOND_POLLER = (
    "Another program is fetching this bot's updates with the same token. Stop it, or stop this one;"
    " until then both get only part of what people send. I keep trying."
)
WEBHOOK_REFUSED = (
    "Telegram refuses the address in TIPBOT_WEBHOOK_URL, and nothing comes in meanwhile: {reason}."
    " I keep trying."
)


@dataclass(kw_only=True)
class Receiver:
    """Takes updates from Telegram until ``stopping``, and hands each to ``process``."""

    settings: Settings
    bot: ExtBot[Any]
    store: Store
    house: House
    process: Callable[[Update], Awaitable[None]]
    repeats: Repeats
    metrics: Metrics
    say: Say
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    patience: float = PATIENCE
    polling: Pace = field(default_factory=Pace)
    order: ChatOrder = field(default_factory=ChatOrder)

    async def poll(self) -> None:
        """Fetch updates until stopped; raise ``StartError`` if the token is refused for long."""
        left = [json.loads(each.payload) for each in await self._left_over()]
        poller = Poller(
            self.bot,
            self.process,
            on_conflict=lambda: self.say(SECOND_POLLER),
            urgent=is_urgent,
            slow=is_unhurried,
            crowds=self.house.crowds,
            in_hand=InHand(self.store, self.house.clock),
            effects=self.house.effects,
            left=left,
            seed=secrets.token_hex(4),
            pace=self.polling,
            measures=self.metrics,
        )
        stopper = asyncio.create_task(self.stopping.wait())
        stopper.add_done_callback(lambda _: poller.stop())
        try:
            await poller.run()
        except InvalidToken:
            raise StartError(NOT_ACCEPTED) from None
        finally:
            stopper.cancel()

    async def wait_for_webhooks(self) -> None:
        """Name our address to Telegram and stay until stopped.

        A refusal is told once and tried again: a name may not be known everywhere yet.
        """
        told: set[str] = set()

        async def name() -> None:
            try:
                await self._set_webhook()
            except BadRequest as refusal:
                if refusal.message not in told:
                    told.add(refusal.message)
                    self.say(WEBHOOK_REFUSED.format(reason=refusal.message))
                raise

        taking_up = asyncio.create_task(self.take_up())
        try:
            if await until_made(name, self.stopping):
                await self.stopping.wait()
        finally:
            taking_up.cancel()

    async def take_up(self) -> None:
        """Answer what a poller of an earlier life left over."""

        async def answer(kept: KeptUpdate) -> None:
            with suppress(StoreUnavailableError):  # then it comes at the next start
                await self.take_webhook(json.loads(kept.payload))
                await self.store.drop_updates([kept.number])

        await asyncio.gather(*map(answer, await self._left_over()))

    async def take_webhook(self, raw: dict[str, Any]) -> None:
        """Let the chat answer what Telegram posted, in order within each chat."""
        update = read_update(raw, self.bot)
        if update is None:
            return
        task = self.order.submit(line_of(update, urgent=is_urgent(update)), self._work_on(update))
        self.house.crowds.follow(line_of(update), task)
        await task

    async def _left_over(self) -> list[KeptUpdate]:
        """Return what an earlier life took and did not end with; wait for a store that is away."""
        wait = _LOOK_AGAIN
        while not self.stopping.is_set():
            try:
                kept = await self.store.kept_updates(self.house.clock())
            except StoreUnavailableError:
                await stopped_within(wait, self.stopping)
                wait = min(wait * 2, _LONGEST_LOOK)
            else:
                self.repeats.expect(len(kept))
                return kept
        return []

    def _work_on(self, update: Update) -> Work:
        """Return attempts at an update: while the store is away, its chat waits within bounds."""
        loop = asyncio.get_running_loop()
        until, attempts, came = loop.time() + self.patience, count(), perf_counter()

        async def work() -> float | None:
            pause = min(_LOOK_AGAIN * 2.0 ** min(next(attempts), 10), _LONGEST_LOOK)
            try:
                await self.process(update)
            except StoreUnavailableError:
                if self.stopping.is_set() or loop.time() + pause > until:
                    raise
                return pause
            self.metrics.handled(kind_of(update), perf_counter() - came)
            return None

        return work

    async def _set_webhook(self) -> None:
        url, secret = self.settings.webhook_url, self.settings.webhook_secret
        await self.bot.set_webhook(
            url or "",
            secret_token=secret.get_secret_value() if secret else None,
            allowed_updates=list(ALLOWED_UPDATES),
        )
