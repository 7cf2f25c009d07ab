from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.conftest import MovedClock
from tipbot.sandbox.limits import PER_CHAT, RateLimits
from tipbot.sandbox.updates import UpdateQueue


@given(st.lists(st.one_of(st.just("push"), st.integers(min_value=1, max_value=5))))
def test_every_update_is_given_once_in_order_until_it_is_confirmed(steps: list[str | int]) -> None:
    """A number takes that many updates and confirms them; nothing is lost, doubled or moved."""
    queue = UpdateQueue(MovedClock())
    pushed, taken, offset = 0, [], 0
    for step in [*steps, 5, *[5] * len(steps)]:
        if step == "push":
            queue.push("message", {"n": pushed}, chat_id=1)
            pushed += 1
        else:
            queue.confirm(offset)
            batch = queue.waiting(offset, int(step))
            taken += [update.body["n"] for update in batch]
            offset = batch[-1].id + 1 if batch else offset
    assert taken == list(range(pushed))


@given(st.lists(st.floats(min_value=0, max_value=5), min_size=1, max_size=60))
def test_a_chat_never_takes_more_than_its_burst_and_its_pace(pauses: list[float]) -> None:
    now = 0.0
    limits = RateLimits(lambda: now)
    limits.enabled = True
    passed: list[float] = []
    for pause in pauses:
        now += pause
        if limits.check("sendmessage", 7) is None:
            passed.append(now)
    for at, start in enumerate(passed):
        for count, end in enumerate(passed[at:], start=1):
            assert count <= PER_CHAT.burst + (end - start) * PER_CHAT.per_second + 1e-6
