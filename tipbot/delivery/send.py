"""Claims due deliveries and takes each to Telegram: at its pace, after its intent, with its record.

The package docstring draws the states and says what holds.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from tipbot.clock import Clock
from tipbot.core.measures import UNMEASURED, Measures
from tipbot.core.model import Claimed, Delivery, DeliveryId, DeliveryState
from tipbot.core.outcomes import Verdict
from tipbot.delivery.attempt import Attempts, Rules
from tipbot.delivery.budget import Lane
from tipbot.delivery.groups import Group
from tipbot.delivery.patience import backoff, insist, within
from tipbot.delivery.rate import Pacer
from tipbot.delivery.sender import Sender
from tipbot.store.base import Deliveries, StoreUnavailableError, Subscribers

__all__ = ["DOUBT_AFTER", "LEASE", "Courier", "Outbox", "Rules"]

LEASE = timedelta(seconds=60)
DOUBT_AFTER = timedelta(minutes=2)
"""A SENDING row this old belongs to nobody: longer than any call and its record may take."""
CALL_WITHIN = 1.0
"""Seconds from an intent to its call: whoever stopped the bot later than that hears nothing more.
What is kept longer, as when its new place cannot be had, is given back and tried again."""
_BATCH = 50
_IN_HAND = 0.5
"""Seconds for which there is always enough in hand. More would make nothing faster: each is a task,
and Python's search for unused memory holds taps for as long as there are many of these."""
_AHEAD = 1.25
"""Times as fast as all that is sent, more is planned while there is enough in hand. All plans that
fall due together would otherwise be decided first, and taps would wait behind that for seconds."""
_AT_LEAST = 1000
"""Plans a second that are decided whatever the rate: whoever takes the time of one that is due, but
not yet decided, out of it, gets what its next slot brings instead."""
_CLAIMED_AT_ONCE = 50
"""Deliveries a transaction, and new tasks in one go: a thousand would hold taps for 50 ms."""
_RECORDS_WITHIN = 0.02
"""Seconds that a result may wait for others: a commit costs more than all that is written by it."""
_MOST_AT_ONCE = 64
_INTENTS_ABREAST = 2
"""Groups of intents under way: a slow flush to disk makes those of the next departure no later."""

log = structlog.get_logger(__name__)


class Outbox(Deliveries, Subscribers, Protocol):
    """The part of the store that sending needs."""


class Courier:
    """Sends what is due in one lane, that of tips or of announcements, until it is stopped.

    Any number of couriers, in one process or several, may share a store: ``worker`` tells them
    apart and must never be used twice. At most ``batch`` deliveries are in hand: by default what
    half a second takes, and no fewer than 50.
    """

    def __init__(  # noqa: PLR0913 - the parts it is put together from
        self,
        store: Outbox,
        sender: Sender,
        rules: Rules,
        *,
        clock: Clock,
        pacer: Pacer,
        worker: str,
        batch: int | None = None,
        idle: float = 1.0,
        measures: Measures = UNMEASURED,
        lane: Lane = Lane.TIP,
    ) -> None:
        self._store = store
        self._lane = lane
        self._allow = rules.allow
        self._attempts = Attempts(store, sender, rules, clock, pacer, measures)
        self._measures = measures
        self._clock = clock
        self._pacer = pacer
        self._worker = worker
        self._batch = batch or max(_BATCH, round(pacer.rate * _IN_HAND))
        self._worth_a_claim = max(1, min(self._batch // 2, _CLAIMED_AT_ONCE))
        self._idle = idle
        self._intents: Group[DeliveryId, Delivery | None] = Group(
            self._begin, 0.0, _MOST_AT_ONCE, abreast=_INTENTS_ABREAST
        )
        self._records: Group[tuple[DeliveryId, Verdict], None] = Group(
            self._record, _RECORDS_WITHIN, _MOST_AT_ONCE
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._not_begun: set[asyncio.Task[None]] = set()
        self._not_yet: set[DeliveryId] = set()
        self._awake = asyncio.Event()
        self._stopping = asyncio.Event()
        self._claiming = asyncio.Lock()

    @property
    def in_hand(self) -> int:
        """How many claimed deliveries are not over."""
        return len(self._tasks)

    def not_needed_for(self, count: int) -> float:
        """Return for how many seconds so many more deliveries need not be there, 0 if they do."""
        enough = len(self._tasks) > self._batch - self._worth_a_claim
        return count / max(_AHEAD * self._pacer.rate, _AT_LEAST) if enough else 0.0

    def nudge(self) -> None:
        """Look for due deliveries now."""
        self._awake.set()

    async def run(self) -> None:
        """Claim and send until ``stop``; a store that is away is waited for."""
        failures = 0
        while not self._stopping.is_set():
            self._awake.clear()
            try:
                claimed = await self._claim()
                failures = 0
            except StoreUnavailableError:
                failures += 1
                log.warning("claim_put_off", failures=failures)
                await self._pause(failures)
                continue
            if claimed == 0:
                await within(self._idle, self._awake.wait())

    async def stop(self, seconds: float = 20.0) -> None:
        """Begin nothing more, finish and record what was begun, give back the rest.

        What is not finished after ``seconds`` stays SENDING on disk and counts as in doubt later.
        """
        self._stopping.set()
        self._awake.set()
        async with self._claiming:
            for task in self._not_begun:
                task.cancel()
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        await self._give_up()
        with contextlib.suppress(StoreUnavailableError):
            await self._store.release(self._worker)

    async def _give_up(self) -> None:
        late = set(self._tasks)
        if not late:
            return
        log.error("deliveries_left_in_doubt", count=len(late))
        for task in late:
            task.cancel()
        await asyncio.wait(late)
        await self._records.close()

    async def _claim(self) -> int:
        """Take some of what there is room for; return how many, 0 while there is little room."""
        room = self._batch - len(self._tasks)
        if room < self._worth_a_claim:
            return 0
        async with self._claiming:
            claimed = await self._claim_in_lane(min(room, _CLAIMED_AT_ONCE))
            for each in claimed:
                self._take_in_hand(each)
        return len(claimed)

    async def _claim_in_lane(self, room: int) -> list[Claimed]:
        store, announced = self._store, self._lane is Lane.ANNOUNCEMENT
        claim = store.claim_announced if announced else store.claim_deliveries
        return await claim(self._worker, self._clock(), room, LEASE)

    def _take_in_hand(self, claimed: Claimed) -> None:
        """Serve a claimed delivery; one that waits here for its turn has only renewed its lease.

        A second task for it would send nothing and still take a turn of its chat.
        """
        if claimed.id in self._not_yet:
            return
        self._not_yet.add(claimed.id)
        task = asyncio.create_task(self._serve(claimed))
        self._tasks.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if len(self._tasks) <= self._batch - self._worth_a_claim:
            self._awake.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("delivery_lost", error=type(error).__name__)

    async def _serve(self, claimed: Claimed) -> None:
        try:
            read = await self._attempts.read(claimed)
            place, begun = await self._begin_in_turn(claimed)
        except StoreUnavailableError:
            log.warning("delivery_put_off", delivery=claimed.id)  # until its lease lapses
            return
        finally:
            self._not_yet.discard(claimed.id)
        if begun is None:
            return
        by = asyncio.get_running_loop().time() + CALL_WITHIN
        verdict = await self._attempts.make(begun, read, lambda: self._pacer.depart(place, by))
        await self._records.put((begun.id, verdict))
        late = (self._clock() - begun.due_at).total_seconds()
        own_moment = self._lane is not Lane.ANNOUNCEMENT
        self._measures.recorded(verdict.state.value, late if own_moment else None)
        if verdict.state is DeliveryState.SENT:
            await self._attempts.follow_up(begun)

    async def _begin_in_turn(self, claimed: Claimed) -> tuple[float, Delivery | None]:
        """Commit the intent just before the delivery's place; None if it must not be sent now."""
        failures = 0
        while not self._stopping.is_set():
            place = await self._turn(claimed.chat_id)
            try:
                return place, await self._intents.put(claimed.id)
            except StoreUnavailableError:
                failures += 1
                log.warning("intent_put_off", delivery=claimed.id, failures=failures)
                await self._pause(failures)
        return 0.0, None

    async def _turn(self, chat: int) -> float:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine always runs in a task
        self._not_begun.add(task)
        try:
            return await self._pacer.reserve(self._lane, chat)
        finally:
            self._not_begun.discard(task)

    async def _begin(self, claimed: Sequence[DeliveryId]) -> Sequence[Delivery | None]:
        now = self._clock()
        allowed: dict[DeliveryId, datetime | bool] = {}  # the store may ask twice about one

        def allow(delivery: Delivery) -> datetime | bool:
            allowed[delivery.id] = self._allow(delivery, now)
            return allowed[delivery.id]

        begun = await self._store.begin_sending(self._worker, claimed, now, allow)
        self._measures.expired(sum(verdict is False for verdict in allowed.values()))
        found = {each.id: each for each in begun}
        return [found.get(each) for each in claimed]

    async def _record(self, verdicts: Sequence[tuple[DeliveryId, Verdict]]) -> Sequence[None]:
        await insist(lambda: self._store.record(verdicts, self._clock()))
        ended = defaultdict(list)
        for which, verdict in verdicts:
            ended[verdict.state.value, verdict.code].append(which)
        for (state, code), ids in ended.items():
            log.info("deliveries", ids=ids, state=state, code=code)
        return [None] * len(verdicts)

    async def _pause(self, failures: int) -> None:
        await within(backoff(failures), self._stopping.wait())
