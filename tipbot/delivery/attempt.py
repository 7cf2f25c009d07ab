"""One attempt at a delivery whose intent is on disk: render, call, judge."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog

from tipbot.clock import Clock
from tipbot.core.measures import UNMEASURED, Measures
from tipbot.core.model import Claimed, Delivery, DeliveryState, Topic
from tipbot.core.outcomes import Outcome, OutcomeKind, Verdict, judge
from tipbot.delivery.patience import insist
from tipbot.delivery.rate import Pacer
from tipbot.delivery.sender import HELD_UP, Depart, Message, Sender, at_once
from tipbot.store.base import Subscribers

log = structlog.get_logger(__name__)


async def _nothing(_: Claimed) -> None:
    """Read nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What delivery asks of the core and of the chat's views."""

    render: Callable[[Delivery, Any], Message | None]
    """The message for a delivery and what was read for it; None if there is nothing to say."""
    allow: Callable[[Delivery, datetime], bool | datetime]
    """``core.schedule.allowed_now``."""
    resend_doubtful: Callable[[Topic], bool]
    """``core.schedule.resend_doubtful``."""
    after_sent: Callable[[Delivery], Awaitable[None]]
    """What a delivery recorded as sent leads to; a crash may leave it out."""
    read: Callable[[Claimed], Awaitable[Any]] = _nothing
    """What a message needs beyond its delivery's row, read before its turn: then nothing waits."""


class Attempts:
    """Makes at most one call a delivery and says what becomes of it; a fault stays its own."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts it is put together from
        self,
        people: Subscribers,
        sender: Sender,
        rules: Rules,
        clock: Clock,
        pacer: Pacer,
        measures: Measures = UNMEASURED,
    ) -> None:
        self._people = people
        self._sender = sender
        self._rules = rules
        self._clock = clock
        self._pacer = pacer
        self._measures = measures

    async def read(self, claimed: Claimed) -> Any:
        """Return what the delivery's message needs beyond its row."""
        return await self._rules.read(claimed)

    async def make(self, delivery: Delivery, read: Any = None, depart: Depart = at_once) -> Verdict:
        """Return the delivery's next state; a text that cannot be rendered fails without a call.

        ``depart`` is waited for when nothing but the call is left to be done.
        """
        try:
            message = self._rules.render(delivery, read)
        except Exception:
            log.exception("render_failed", delivery=delivery.id)
            return Verdict(state=DeliveryState.FAILED, code="render")
        if message is None:
            return Verdict(state=DeliveryState.EXPIRED, code="nothing_to_say")
        outcome, left = await self._send(message, delivery, depart)
        if outcome is HELD_UP:
            outcome = replace(HELD_UP, retry_after=self._pacer.pause)
        else:
            await self._heed(outcome, delivery, left)
        return judge(
            outcome,
            attempt=delivery.attempt,
            now=self._clock(),
            resend_doubtful=self._rules.resend_doubtful(delivery.topic),
        )

    async def follow_up(self, delivery: Delivery) -> None:
        """Do what a recorded delivery leads to; a fault there changes nothing about it."""
        try:
            await self._rules.after_sent(delivery)
        except Exception as error:  # noqa: BLE001 - the delivery itself is over
            log.error("follow_up_failed", delivery=delivery.id, error=type(error).__name__)  # noqa: TRY400 - ids only

    async def _send(
        self, message: Message, delivery: Delivery, depart: Depart
    ) -> tuple[Outcome, float]:
        """Make the call; return what came of it, and when it left."""
        loop = asyncio.get_running_loop()
        left = loop.time()

        async def go() -> bool:
            nonlocal left
            may_go = await depart()
            left = loop.time()
            return may_go

        try:
            outcome = await self._sender.send(message, go)
        except Exception as error:  # noqa: BLE001 - whatever it is, the call may have been made
            log.error("send_failed", delivery=delivery.id, error=type(error).__name__)  # noqa: TRY400 - the trace may quote the text
            outcome = Outcome(kind=OutcomeKind.DOUBTFUL, code="unexpected")
        if outcome is not HELD_UP:
            self._measures.called(outcome.kind.value, loop.time() - left)
        return outcome, left

    async def _heed(self, outcome: Outcome, delivery: Delivery, left: float) -> None:
        """Do what an outcome asks beyond this delivery: wait with everyone, follow a chat."""
        if outcome.kind is OutcomeKind.FLOODED and outcome.retry_after is not None:
            self._pacer.flooded(outcome.retry_after, left)
        if outcome.kind is OutcomeKind.MOVED and outcome.new_chat is not None:
            await self._follow(delivery, outcome.new_chat)

    async def _follow(self, delivery: Delivery, new: int) -> None:
        old = delivery.subscriber.chat_id
        try:
            await insist(lambda: self._people.move_chat(old, new))
        except Exception:
            log.exception("chat_not_followed", delivery=delivery.id)
