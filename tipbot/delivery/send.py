"""Claims due deliveries and takes each to Telegram: at its pace, after its intent, with its record.

The package docstring draws the states and says what holds.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from tipbot.clock import Clock
from tipbot.core.model import Delivery, DeliveryId, DeliveryState, Topic
from tipbot.core.outcomes import Outcome, OutcomeKind, Verdict, judge
from tipbot.delivery.groups import Group
from tipbot.delivery.rate import Lane, Pacer
from tipbot.delivery.sender import Message, Sender
from tipbot.store.base import Deliveries, StoreUnavailableError, Subscribers

LEASE = timedelta(seconds=60)
DOUBT_AFTER = timedelta(minutes=2)
"""A SENDING row this old belongs to nobody: longer than any call and its record may take."""
_RECORDS_WITHIN = 0.01
_MOST_AT_ONCE = 64
_FIRST_BACKOFF, _LONGEST_BACKOFF = 0.2, 5.0

log = structlog.get_logger(__name__)


class Outbox(Deliveries, Subscribers, Protocol):
    """The part of the store that sending needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the courier asks the core and the chat's views."""

    render: Callable[[Delivery], Message | None]
    """The message for a delivery; None if there is nothing to say any more."""
    allow: Callable[[Delivery, datetime], bool | datetime]
    """``core.schedule.allowed_now``."""
    resend_doubtful: Callable[[Topic], bool]
    """``core.schedule.resend_doubtful``."""


class Courier:
    """Sends what is due, in the lane of tips, until it is stopped.

    Any number of couriers, in one process or several, may share a store: ``worker`` tells them
    apart and must never be used twice. ``batch`` deliveries are in hand at most.
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
        batch: int = 50,
        idle: float = 1.0,
    ) -> None:
        self._store = store
        self._sender = sender
        self._rules = rules
        self._clock = clock
        self._pacer = pacer
        self._worker = worker
        self._batch = batch
        self._idle = idle
        self._intents: Group[Delivery, Delivery | None] = Group(self._begin, 0.0, _MOST_AT_ONCE)
        self._records: Group[tuple[DeliveryId, Verdict], None] = Group(
            self._record, _RECORDS_WITHIN, _MOST_AT_ONCE
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._not_begun: set[asyncio.Task[None]] = set()
        self._awake = asyncio.Event()
        self._stopping = asyncio.Event()
        self._claiming = asyncio.Lock()

    @property
    def in_hand(self) -> int:
        """How many claimed deliveries are not over."""
        return len(self._tasks)

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
                await _within(self._idle, self._awake.wait())

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
        """Take as much as there is room for; return how many, 0 while there is little room."""
        room = self._batch - len(self._tasks)
        if room < max(1, self._batch // 2):
            return 0
        async with self._claiming:
            if self._stopping.is_set():
                return 0
            claimed = await self._store.claim_deliveries(self._worker, self._clock(), room, LEASE)
            for delivery in claimed:
                task = asyncio.create_task(self._serve(delivery))
                self._tasks.add(task)
                task.add_done_callback(self._over)
        return len(claimed)

    def _over(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if len(self._tasks) <= self._batch // 2:
            self._awake.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("delivery_lost", error=type(error).__name__)

    async def _serve(self, delivery: Delivery) -> None:
        begun = await self._begin_in_turn(delivery)
        if begun is not None:
            await self._records.put((begun.id, await self._deliver(begun)))

    async def _begin_in_turn(self, delivery: Delivery) -> Delivery | None:
        """Wait for the pace, then commit the intent; None if it must not be sent now."""
        failures = 0
        while not self._stopping.is_set():
            await self._turn(delivery.subscriber.chat_id)
            if self._stopping.is_set():
                break
            try:
                return await self._intents.put(delivery)
            except StoreUnavailableError:
                failures += 1
                log.warning("intent_put_off", delivery=delivery.id, failures=failures)
                await self._pause(failures)
        return None

    async def _turn(self, chat: int) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine always runs in a task
        self._not_begun.add(task)
        try:
            await self._pacer.acquire(Lane.TIP, chat)
        finally:
            self._not_begun.discard(task)

    async def _begin(self, deliveries: Sequence[Delivery]) -> Sequence[Delivery | None]:
        now = self._clock()
        begun = await self._store.begin_sending(
            self._worker,
            [each.id for each in deliveries],
            now,
            lambda delivery: self._rules.allow(delivery, now),
        )
        found = {each.id: each for each in begun}
        return [found.get(each.id) for each in deliveries]

    async def _deliver(self, delivery: Delivery) -> Verdict:
        try:
            message = self._rules.render(delivery)
        except Exception:
            log.exception("render_failed", delivery=delivery.id)
            return Verdict(state=DeliveryState.FAILED, code="render")
        if message is None:
            return Verdict(state=DeliveryState.EXPIRED, code="nothing_to_say")
        outcome = await self._send(message, delivery)
        return await self._judge(delivery, outcome)

    async def _send(self, message: Message, delivery: Delivery) -> Outcome:
        try:
            return await self._sender.send(message)
        except Exception as error:  # noqa: BLE001 - whatever it is, the call may have been made
            log.error("send_failed", delivery=delivery.id, error=type(error).__name__)  # noqa: TRY400 - the trace may quote the text
            return Outcome(kind=OutcomeKind.DOUBTFUL, code="unexpected")

    async def _judge(self, delivery: Delivery, outcome: Outcome) -> Verdict:
        if outcome.kind is OutcomeKind.FLOODED and outcome.retry_after is not None:
            self._pacer.flooded(outcome.retry_after)
        if outcome.kind is OutcomeKind.MOVED and outcome.new_chat is not None:
            old, new = delivery.subscriber.chat_id, outcome.new_chat
            await self._insist(lambda: self._store.move_chat(old, new))
        return judge(
            outcome,
            attempt=delivery.attempt,
            now=self._clock(),
            resend_doubtful=self._rules.resend_doubtful(delivery.topic),
        )

    async def _record(self, verdicts: Sequence[tuple[DeliveryId, Verdict]]) -> Sequence[None]:
        await self._insist(lambda: self._store.record(verdicts, self._clock()))
        for which, verdict in verdicts:
            log.info("delivery", delivery=which, state=verdict.state.value, code=verdict.code)
        return [None] * len(verdicts)

    async def _insist(self, write: Callable[[], Awaitable[None]]) -> None:
        """Repeat a write that the store could not take, until it can."""
        failures = 0
        while True:
            try:
                return await write()
            except StoreUnavailableError:
                failures += 1
                log.warning("record_put_off", failures=failures)
                await asyncio.sleep(_backoff(failures))

    async def _pause(self, failures: int) -> None:
        await _within(_backoff(failures), self._stopping.wait())


def _backoff(failures: int) -> float:
    return min(_FIRST_BACKOFF * 2.0 ** min(failures - 1, 30), _LONGEST_BACKOFF)


async def _within(seconds: float, wait: Awaitable[object]) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(wait, seconds)
