"""The weekly digest through the whole program: on Sunday evening, once, and not to everybody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.e2e.world import BERLIN, World, who
from tipbot.core.enrolment import Enrolment, paused_for
from tipbot.core.model import Tap, Topic
from tipbot.core.plans import with_topic
from tipbot.sandbox import Person

TITLE = "Your week, "
_ONE_DAY = timedelta(days=1)


async def with_the_digest_alone(world: World, name: str) -> Person:
    """Return somebody in Berlin to whom nothing comes but the digest."""
    person, now = await world.enrolled(name), world.clock()

    def change(kept: Enrolment) -> Enrolment:
        quiet = replace(kept, plans=tuple(replace(p, enabled=False) for p in kept.plans))
        return with_topic(quiet, Topic.DIGEST, now, enabled=True)

    await world.running.store.revise(who(person), change)
    return person


async def logs(world: World, person: Person) -> None:
    tap = Tap(key=f"k{world.clock()}", message_id=1, nonce=0, at=world.clock())
    assert await world.running.store.log_twitch(who(person), tap)


def digests(person: Person) -> list[str]:
    return [m["text"] for m in person.from_bot if str(m.get("text")).startswith(TITLE)]


async def live(world: World, days: int, each: Callable[[datetime], bool], *people: Person) -> None:
    """Let days pass, with a twitch of everybody on those days that ``each`` says."""
    for _ in range(days):
        if each(world.clock()):
            for person in people:
                await logs(world, person)

        async def nothing() -> None:
            pass

        await world.live_until(world.clock() + _ONE_DAY, nothing)


async def test_it_comes_on_sunday_evening_once_and_not_while_paused(world: World) -> None:
    bob, paula = [await with_the_digest_alone(world, name) for name in ("Bob", "Paula")]
    await world.running.store.revise(who(paula), lambda kept: paused_for(kept, None, world.clock()))
    due = (await world.running.store.next_due()) or world.clock()
    local = due.astimezone(ZoneInfo(BERLIN))
    assert (local.weekday(), local.hour) == (6, 18)
    await live(world, 4, lambda _: True, bob, paula)
    assert digests(bob) == digests(paula) == []
    await live(world, 2, lambda _: True, bob, paula)
    (text,) = digests(bob)
    assert "You logged 4 of 7 days" in text
    assert "4 twitches" in text
    assert digests(paula) == []
    await world.stop()
    await world.start()
    await world.settle()
    assert len(digests(bob)) == 1


async def test_an_empty_week_is_spoken_of_once(world: World) -> None:
    bob = await with_the_digest_alone(world, "Bob")
    await live(world, 33, lambda now: now.month == 3 and now.day < 9, bob)
    assert ["Nothing was logged" in text for text in digests(bob)] == [False, False, True]
    assert [each.value for each in await world.states(bob)] == [*["sent"] * 3, *["expired"] * 2]


async def test_one_that_is_due_while_the_program_is_down_comes_in_the_morning(world: World) -> None:
    bob = await with_the_digest_alone(world, "Bob")
    await logs(world, bob)
    await world.travel_to_next_due()
    await world.stop()
    world.travel(hours=4)  # 22 o'clock and later: quiet hours
    await world.start()
    await world.settle()
    assert digests(bob) == []
    world.travel(hours=11)
    await world.settle()
    assert len(digests(bob)) == 1
