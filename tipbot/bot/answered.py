"""Remembers over a kill which updates were answered, so that no reply comes twice.

What a tap stores is stored once by itself; a reply is not, and Telegram hands over again whatever
was not confirmed when the program died. Only what the last moment before a kill had sent and not
yet kept can still come twice: a reply rather comes twice than never. What answers a tap changes
what is on the screen already, so taps are kept together, a moment later.
"""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from hashlib import blake2b

from telegram import Update

from tipbot.clock import Clock
from tipbot.store.base import Answered, StoreUnavailableError

FIRST_BATCH = 100
"""Updates that one getUpdates can return (core.telegram.org/bots/api#getupdates): no more than
that were handed over and unconfirmed when the poller before this one died."""
GATHER, GATHER_SHARED = 0.05, 0.01
"""Seconds within which answered taps are kept: a commit for each would be half of what a tap costs
the database. The chat waits for the shorter ones, where another process may be handed its taps."""
_DIGEST_BITS = 31
REMEMBERED = 10_000
"""Answered updates that a process knows without a look: more than Telegram can still be waiting for
an answer to, as by webhook it hands over at most a hundred at a time."""


def key_of(update: Update) -> int:
    """Return what tells an update from every other within 63 bits, another bot's among them."""
    query, message, chat = update.callback_query, update.message, update.effective_chat
    thing = f"q{query.id}" if query else f"m{message.message_id}/{message.date}" if message else ""
    content = f"{chat.id if chat else 0} {thing}".encode()
    digest = int.from_bytes(blake2b(content, digest_size=4).digest()) >> 1
    return (update.update_id & 0xFFFF_FFFF) << _DIGEST_BITS | digest


class Repeats:
    """Tells repeats from updates that are new; looks only where there can be a repeat."""

    def __init__(
        self,
        store: Answered,
        clock: Clock,
        *,
        first: int | None = None,
        shared: bool = False,
        alone: bool = False,
    ) -> None:
        """Look at the ``first`` updates alone, or at every one: a webhook repeats at any time.

        Where several processes have ``shared`` a webhook, ``keep`` returns once all of them know.
        Who is ``alone`` knows by itself what it answered, and looks only for what may have come
        before that: Telegram counts its updates up.
        """
        self._store = store
        self._clock = clock
        self._first = first
        self._shared = shared
        self._alone = alone
        self._here: dict[int, None] = {}
        self._before: int | None = None
        self._looked: set[int] = set()
        self._unwritten: set[int] = set()
        self._gathered: set[int] = set()
        self._gathering: asyncio.Task[None] | None = None
        self._writing: set[asyncio.Task[None]] = set()

    def expect(self, more: int) -> None:
        """Look at so many updates more: they are left over from an earlier life."""
        if self._first is not None:
            self._first += more

    def asks(self, update: Update) -> int | None:
        """Return what is to be looked for on disk, None if the update cannot be a repeat."""
        key = key_of(update)
        return key if self._worth_a_look(key) else None

    async def knows(self, update: Update, *, found: bool | None = None) -> bool:
        """Tell whether an update was answered before this process had it.

        ``found`` says whether what it ``asks`` for is on disk, if that was looked for already.
        """
        key = key_of(update)
        if key in self._unwritten or key in self._here:
            return True
        if not self._worth_a_look(key) or found is not None:
            return bool(found)
        if self._alone and key > await self._newest_before():
            return False
        return await self._store.was_answered(key)

    async def _newest_before(self) -> int:
        """Return the newest of the answered updates that are not all in mind."""
        if self._before is None:
            self._before = await self._store.newest_answered()
        return self._before

    def _remember(self, key: int) -> None:
        self._here[key] = None
        if len(self._here) > REMEMBERED:
            oldest = next(iter(self._here))
            del self._here[oldest]
            if self._before is not None:
                self._before = max(oldest, self._before)

    def _worth_a_look(self, key: int) -> bool:
        if self._first is None:
            return True
        if len(self._looked) < self._first:
            self._looked.add(key)
        return key in self._looked

    async def keep(self, update: Update) -> None:
        """Keep that an update was answered, as far as the store is there; a tap soon after."""
        key = key_of(update)
        if self._alone:
            self._remember(key)
        if update.callback_query is None:
            await self._mark([key])
            return
        self._unwritten.add(key)
        self._gathered.add(key)
        if self._gathering is None:
            self._gathering = asyncio.create_task(self._mark_soon())
            self._writing.add(self._gathering)
            self._gathering.add_done_callback(self._writing.discard)
        if self._shared:
            await asyncio.wait((self._gathering,))

    async def settle(self) -> None:
        """Wait until what was answered is kept."""
        if self._writing:
            await asyncio.wait(set(self._writing))

    async def _mark_soon(self) -> None:
        await asyncio.sleep(GATHER_SHARED if self._shared else GATHER)
        keys, self._gathered, self._gathering = self._gathered, set(), None
        try:
            await self._mark(keys)
        finally:
            self._unwritten -= keys

    async def _mark(self, keys: Collection[int]) -> None:
        with suppress(StoreUnavailableError):
            await self._store.mark_answered(keys, self._clock())
