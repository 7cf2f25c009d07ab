"""The checker sees what must not be: each fault planted into a history that is in order."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.e2e.checker import Kept, Record, Sent
from tipbot.bot.buttons.tips import DidIt
from tipbot.bot.callbacks import pack
from tipbot.core.model import DeliveryId
from tipbot.sandbox.calls import Call

HUSHED, LEAVER = 90, 91


def call(delivery: int, chat: int, message: int, status: int = 200) -> Call:
    button = {"text": "Did it", "callback_data": pack(DidIt(DeliveryId(delivery)))}
    return Call(
        number=1,
        at="",
        method="sendMessage",
        parameters={
            "chat_id": str(chat),
            "reply_markup": json.dumps({"inline_keyboard": [[button]]}),
        },
        status=status,
        outcome=json.dumps({"message_id": message}),
        milliseconds=1,
    )


def kept(delivery: int, who: int, state: str = "sent", message: int | None = None) -> Kept:
    slot = ("2026-03-02", 540, 0)
    return Kept(delivery, who, "hydration", slot, state, message or 1000 + delivery)


@pytest.fixture
def record() -> Record:
    """Return a history that is in order: twenty people, one in doubt, one in quiet hours."""
    people = range(1, 21)
    return Record(
        calls=[(0.05 * n, call(n, n, 1000 + n)) for n in people],
        kept=[
            *(kept(n, n, "unknown" if n == 7 else "sent") for n in people),
            kept(30, HUSHED, "pending"),
            kept(31, LEAVER, "expired"),
        ],
        due={(n, "hydration") for n in people},
        rate=20,
        jitter=0.0,
        may_doubt=1,
        hushed={HUSHED},
        stopped={LEAVER: 0.5},
        in_flight=0.2,
    )


def test_what_is_in_order_has_no_faults(record: Record) -> None:
    assert record.faults() == []
    assert record.sent[0] == Sent(0.05, 1, 1, 1001)


def changed(record: Record, which: int, **changes: Any) -> Record:
    """Return the history with the kept row of a delivery changed."""
    return replace(
        record,
        kept=[replace(row, **changes) if row.id == which else row for row in record.kept],
    )


def called(record: Record, *more: tuple[float, Call]) -> Record:
    return replace(record, calls=[*record.calls, *more])


PLANTED: dict[str, tuple[Callable[[Record], Record], str]] = {
    "a delivery sent twice": (lambda r: called(r, (9, call(3, 3, 1))), "delivery 3 was sent 2"),
    "a slot in two deliveries": (
        lambda r: replace(
            called(r, (9, call(40, 3, 1040))), kept=[*r.kept, kept(40, 3, "sent", 1040)]
        ),
        "applied 2 times",
    ),
    "a slot without a delivery": (
        lambda r: replace(r, kept=r.kept[1:], calls=r.calls[1:]),
        "1 has 0 deliveries",
    ),
    "a delivery that was left": (
        lambda r: replace(changed(r, 4, state="pending"), calls=[*r.calls[:3], *r.calls[4:]]),
        "delivery 4 is pending",
    ),
    "a record without a message": (
        lambda r: replace(r, calls=r.calls[:-1]),
        "delivery 20 is recorded as 1020: None",
    ),
    "a message without a record": (lambda r: changed(r, 5, state="failed"), "5 was sent and is"),
    "more doubts than kills explain": (
        lambda r: changed(r, 8, state="sending"),
        "2 are in doubt, more than 1",
    ),
    "a tip in quiet hours": (
        lambda r: called(changed(r, 30, state="sent"), (9, call(30, HUSHED, 1030))),
        "90 got a tip in quiet hours",
    ),
    "a tip after a stop": (
        lambda r: called(changed(r, 31, state="sent"), (0.8, call(31, LEAVER, 1031))),
        "91 got a tip 0.30 s after a stop",
    ),
    "a message into a flood": (
        lambda r: called(
            r,
            (5, replace(call(0, 8, 1, 429), outcome="Too Many Requests: retry after 3")),
            (6, call(0, 8, 1, 400)),
        ),
        "came 1.00 s after a 429",
    ),
    "more than the rate": (
        lambda r: called(r, (0.5, call(0, 8, 1, 429)), (0.5, call(0, 8, 1, 429))),
        "messages within 1.000 s",
    ),
}


@pytest.mark.parametrize("plant", PLANTED)
def test_a_planted_fault_is_seen(record: Record, plant: str) -> None:
    change, words = PLANTED[plant]
    faults = change(record).faults()
    assert [fault for fault in faults if words in fault], faults


def test_what_came_in_a_bunch_after_the_server_stood_still_is_not_too_fast(record: Record) -> None:
    late = called(record, *((1.2, call(0, n, 1, 400)) for n in range(6)))
    assert [fault for fault in late.faults() if "messages within" in fault]
    assert replace(late, stalls=[(1.2, 0.2)]).faults() == []
