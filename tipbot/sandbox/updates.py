"""The queue of updates: kept until confirmed or stale, handed to one poller at a time."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from tipbot.sandbox.errors import ApiError, Json, conflict
from tipbot.sandbox.world import Clock

KEPT = timedelta(hours=24)
"""How long an unconfirmed update is kept (core.telegram.org/bots/api#getting-updates)."""
CALLBACK_KEPT = timedelta(seconds=150)
"""How long a callback query is kept (Bot API server, `add_update(UpdateType::CallbackQuery`)."""
UPDATE_KINDS = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages",
    "message_reaction", "message_reaction_count", "inline_query", "chosen_inline_result",
    "callback_query", "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll",
    "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
    "removed_chat_boost", "guest_message", "managed_bot",
})  # fmt: skip
UNASKED_KINDS = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that arrive only when `allowed_updates` names them."""
_SECOND_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
_CONFLICT_PACE = 3.0
_AHEAD = 10
"""How far ahead an offset may be; one further on is as good as none (TDLib, `TQueue::get`)."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An update that waits for its confirmation."""

    id: int
    kind: str
    body: Json
    chat_id: int
    until: datetime

    def as_json(self) -> Json:
        """Return the Update object."""
        return {"update_id": self.id, self.kind: self.body}


class UpdateQueue:
    """Unconfirmed updates in order; the clock decides which are too old."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pending: dict[int, Pending] = {}
        # Grows with the clock across restarts and stays inside 31 bits.
        self._next_id = 1 + int(clock().timestamp()) % 2**28 * 7
        self._poller: asyncio.Future[None] | None = None
        self._next_conflict = 0.0
        self.allowed = UPDATE_KINDS - UNASKED_KINDS
        self.arrived = asyncio.Event()

    @property
    def polled(self) -> bool:
        """Whether a poll is waiting."""
        return self._poller is not None

    def push(self, kind: str, body: Json, *, chat_id: int) -> None:
        """Queue an update, unless the bot did not ask for its kind."""
        if kind not in self.allowed:
            return
        kept = CALLBACK_KEPT if kind == "callback_query" else KEPT
        update = Pending(self._next_id, kind, body, chat_id, self._clock() + kept)
        self._pending[update.id] = update
        self._next_id += 1
        self.arrived.set()
        self._wake()

    def waiting(self, offset: int = 0, limit: int | None = None) -> list[Pending]:
        """Return the updates from `offset` on that are not stale, oldest first."""
        now = self._clock()
        for stale in [update.id for update in self._pending.values() if update.until <= now]:
            del self._pending[stale]
        return [update for update in self._pending.values() if update.id >= offset][:limit]

    def confirm(self, offset: int) -> None:
        """Forget what came before `offset`; a negative one keeps only that many last updates."""
        known = sorted(self._pending)
        first = offset if offset > 0 else known[offset:][0] if offset < 0 and known else 0
        for update_id in known:
            if update_id < first:
                del self._pending[update_id]

    def discard(self, update_id: int) -> None:
        """Forget one update, as when a webhook has taken it."""
        self._pending.pop(update_id, None)

    def clear(self) -> None:
        """Forget all updates."""
        self._pending.clear()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Return updates, waiting up to `seconds` for the first; an older waiting poll is ended.

        Raises 409 in the older poll, which learns of the newer one that way.
        """
        if offset > self._next_id + _AHEAD:
            offset = 0
        self.confirm(offset)
        ready = self.waiting(max(offset, 0), limit)
        if not ready and seconds > 0:
            self.end_poll(_SECOND_POLLER)
            await self._wait(seconds)
            ready = self.waiting(max(offset, 0), limit)
        return [update.as_json() for update in ready]

    async def _wait(self, seconds: float) -> None:
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = mine
        try:
            async with asyncio.timeout(seconds):
                await mine
        except TimeoutError:
            return
        except ApiError:
            # The server spaces these answers out, or two pollers would spin.
            loop = asyncio.get_running_loop()
            if loop.time() < self._next_conflict:
                await asyncio.sleep(_CONFLICT_PACE)
            self._next_conflict = loop.time() + _CONFLICT_PACE
            raise
        finally:
            if self._poller is mine:
                self._poller = None

    def end_poll(self, reason: str) -> None:
        """End the waiting poll, if there is one, with a 409."""
        poller, self._poller = self._poller, None
        if poller is not None and not poller.done():
            poller.set_exception(conflict(reason))

    def release(self) -> None:
        """Let the waiting poll return empty, as when the server stops."""
        self._wake()

    def _wake(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)


def read_allowed(text: str) -> frozenset[str] | None:
    """Return the kinds a bot asks for; an empty list means the default.

    None means 'as before': what is no JSON array of texts is passed over, as Telegram does.
    """
    try:
        value = json.loads(text or "null")
    except ValueError:
        return None
    if not isinstance(value, list) or not all(isinstance(kind, str) for kind in value):
        return None
    return frozenset(kind.lower() for kind in value) & UPDATE_KINDS or UPDATE_KINDS - UNASKED_KINDS
