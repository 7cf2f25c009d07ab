"""What is sent while the store comes and goes, the sender breaks, or everything does."""

import random

import pytest
from structlog.testing import capture_logs

from tests.delivery.couriers import LATER, courier, has_counts, settled, until, working
from tests.delivery.house import Flickering, Neighbourhood
from tests.delivery.post import DOUBTS, REFUSALS, Post, Watched, new_home
from tipbot.delivery import send
from tipbot.delivery.sender import Message


async def test_a_sender_that_breaks_leaves_a_doubt(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    await town.move_in(1)
    await town.fall_due(1)

    async def breaks(_: Message) -> None:
        message = "who knows"
        raise RuntimeError(message)

    with capture_logs():
        async with working(courier(town, Watched(sender, breaks))):
            await until(lambda: settled(town))
    assert await town.counts() == {"unknown": 1}
    assert not office.forms


async def test_a_result_waits_until_the_store_is_back(town: Neighbourhood, post: Post) -> None:
    office, sender = post
    await town.move_in(1)
    await town.fall_due(1)
    store = Flickering(town.store, record=2)
    async with working(courier(town, sender, store=store)):
        await until(lambda: settled(town))
    assert store.calls.count("record") == 3
    assert await town.counts() == {"sent": 1}
    assert office.took(1) == 1


async def test_a_call_that_comes_too_long_after_its_intent_is_not_made_but_tried_again(
    town: Neighbourhood, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, sender = post
    await town.move_in(1)
    await town.fall_due(1)
    with monkeypatch.context() as slow:
        slow.setattr(send, "CALL_WITHIN", -1.0)
        async with working(courier(town, sender)):
            await until(lambda: has_counts(town, retry=1))
    assert not office.forms
    town.clock.move(LATER)
    async with working(courier(town, sender)):
        await until(lambda: has_counts(town, sent=1))
    assert office.took(1) == 1


async def test_nothing_is_sent_while_the_intent_cannot_be_committed(
    town: Neighbourhood, post: Post
) -> None:
    office, sender = post
    await town.move_in(1, 2, 3)
    await town.fall_due(1, 2, 3)
    store = Flickering(town.store, begin_sending=3)
    seen: list[int] = []

    async def check(_: Message) -> None:
        seen.append(store.away["begin_sending"])

    async with working(courier(town, Watched(sender, check), store=store)):
        await until(lambda: settled(town))
    assert seen == [0, 0, 0]
    assert sorted(chat for chat, _ in office.taken) == [1, 2, 3]


async def test_a_store_that_is_away_at_the_claim_is_asked_again(
    town: Neighbourhood, post: Post
) -> None:
    office, sender = post
    await town.move_in(1)
    await town.fall_due(1)
    async with working(courier(town, sender, store=Flickering(town.store, claim_deliveries=2))):
        await until(lambda: office.taken)


@pytest.mark.parametrize("seed", range(3))
async def test_in_a_storm_of_faults_nobody_gets_anything_twice(
    town: Neighbourhood, post: Post, seed: int
) -> None:
    office, sender = post
    chance = random.Random(seed)  # noqa: S311 - a repeatable storm
    people = range(1, 81)
    await town.move_in(*people)
    await town.fall_due(*people)
    weather = [
        "ok",
        "ok",
        "ok",
        "moved",
        *(set(REFUSALS) - {"flood"}),
        *(set(DOUBTS) - {"silence"}),
    ]
    office.script = {chat: chance.choices(sorted(weather), k=8) for chat in people}
    for lucky in chance.sample(people, 20):
        office.script[lucky] = []
    store = Flickering(town.store, begin_sending=2, record=2, claim_deliveries=2)
    async with working(courier(town, sender, store=store), courier(town, sender, worker="w2")):
        for _ in range(6):
            await until(lambda: settled(town))
            town.clock.move(LATER)
    homes = {new_home(chat): chat for chat in people}
    taken = [homes.get(chat, chat) for chat, _ in office.taken]
    assert len(taken) == len(set(taken))
    counts = await town.counts()
    assert sum(counts.values()) == 80
    assert counts["sent"] >= 20
