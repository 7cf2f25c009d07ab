"""Reads the whole history of a cluster and says what in it must not have been."""

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tipbot.bot.buttons.tips import DidIt
from tipbot.bot.callbacks import parse
from tipbot.sandbox.calls import Call

MESSAGES = ("send", "copy", "forward")
NO_MESSAGES = {"sendChatAction"}


@dataclass(frozen=True, slots=True)
class Sent:
    """A tip that the server took: when, for which delivery, to whom, as which message."""

    at: float
    delivery: int
    chat: int
    message: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A delivery as the database has it at the end."""

    id: int
    subscriber: int
    topic: str
    slot: tuple[str, int, int]
    state: str
    message: int | None


@dataclass(kw_only=True)
class Record:
    """All that is known at the end; moments are the test's own."""

    calls: Sequence[tuple[float, Call]]
    kept: Sequence[Kept]
    due: set[tuple[int, str]]
    """Who is to get a tip of which topic, once."""
    rate: float
    jitter: float
    """Seconds by which a call may come late to the server: the machine is busy."""
    stalls: Sequence[tuple[float, float]] = ()
    """When the server itself stood still, and for how many seconds: calls then come in bunches."""
    may_doubt: int = 0
    hushed: set[int] = field(default_factory=set)
    """People whose quiet hours last throughout."""
    stopped: dict[int, float] = field(default_factory=dict)
    """When the /stop of a person was acknowledged, plus what was on its way then."""
    in_flight: float = 1.0
    hears_within: float = 0.5
    """Seconds after a 429 by which every process knows of it, with what was on its way."""

    @property
    def sent(self) -> list[Sent]:
        return [tip for at, call in self.calls if (tip := tip_of(at, call)) is not None]

    def faults(self) -> list[str]:
        """Return everything that is wrong, in words."""
        return [
            *self._doubled(),
            *self._lost(),
            *self._wrongly_recorded(),
            *self._unwanted(),
            *self._too_fast(),
            *self._sent_into_floods(),
        ]

    def _doubled(self) -> Iterator[str]:
        slots = {each.id: (each.subscriber, each.topic, each.slot) for each in self.kept}
        for delivery, times in Counter(tip.delivery for tip in self.sent).items():
            if times > 1:
                yield f"delivery {delivery} was sent {times} times"
        for slot, times in Counter(slots[tip.delivery] for tip in self.sent).items():
            if times > 1:
                yield f"slot {slot} was applied {times} times"

    def _lost(self) -> Iterator[str]:
        planned = Counter((each.subscriber, each.topic) for each in self.kept)
        doubts = [each for each in self.kept if each.state in {"sending", "unknown"}]
        if len(doubts) > self.may_doubt:
            yield f"{len(doubts)} are in doubt, more than {self.may_doubt}"
        for who, topic in sorted(self.due):
            if planned[who, topic] != 1:
                yield f"{who} has {planned[who, topic]} deliveries of {topic}"
        for each in self.kept:
            wanted = (each.subscriber, each.topic) in self.due and each not in doubts
            if wanted and each.state != "sent" and each.subscriber not in self.stopped:
                yield f"delivery {each.id} is {each.state}"

    def _wrongly_recorded(self) -> Iterator[str]:
        messages = {tip.delivery: tip.message for tip in self.sent}
        for each in self.kept:
            if each.state == "sent" and messages.get(each.id) != each.message:
                yield f"delivery {each.id} is recorded as {each.message}: {messages.get(each.id)}"
            if each.id in messages and each.state not in {"sent", "sending", "unknown"}:
                yield f"delivery {each.id} was sent and is {each.state}"

    def _unwanted(self) -> Iterator[str]:
        for tip in self.sent:
            if tip.chat in self.hushed:
                yield f"{tip.chat} got a tip in quiet hours"
            if tip.at > self.stopped.get(tip.chat, tip.at) + self.in_flight:
                yield f"{tip.chat} got a tip {tip.at - self.stopped[tip.chat]:.2f} s after a stop"

    def _too_fast(self) -> Iterator[str]:
        moments = sorted(at for at, call in self.calls if is_message(call))
        for place, at in enumerate(moments):
            stood = sum(s for end, s in self.stalls if at - s <= end <= at + 1.0 + s)
            span = 1.0 - self.jitter - stood
            most = bisect_left(moments, at + span) - place
            if most > self.rate:
                yield f"{most} messages within {span:.3f} s from {at:.3f} on"

    def _sent_into_floods(self) -> Iterator[str]:
        for flood, refusal in self.calls:
            if refusal.status != 429:
                continue
            until = flood + _wait_of(refusal)
            for at, call in self.calls:
                if is_message(call) and flood + self.hears_within < at < until:
                    yield f"{call.method} came {at - flood:.2f} s after a 429"


def _wait_of(refusal: Call) -> float:
    """Return the seconds that a 429 asks for in its words."""
    found = re.search(r"retry after (\d+)", refusal.outcome)
    return float(found[1]) if found else 0.0


def is_message(call: Call) -> bool:
    return call.method.startswith(MESSAGES) and call.method not in NO_MESSAGES


def tip_of(at: float, call: Call) -> Sent | None:
    """Return the tip that a call brought, None if it brought none."""
    if call.method != "sendMessage" or call.status != 200:
        return None
    keyboard = json.loads(call.parameters.get("reply_markup") or "{}").get("inline_keyboard", [])
    values = [parse(button.get("callback_data")) for row in keyboard for button in row]
    found = next((value for value in values if isinstance(value, DidIt)), None)
    if found is None:
        return None
    message = json.loads(call.outcome)["message_id"]
    return Sent(at, found.delivery, int(call.parameters["chat_id"]), message)
