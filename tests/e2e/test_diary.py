"""The diary end to end: real pictures through the real request class, and taps that never wait."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random

from tests.e2e.world import TWITCH, World, until, who
from tipbot.core.model import CheckIn, DayContext, Place, Side, Tap, Trigger
from tipbot.sandbox import Person

PNG = b"\x89PNG"


async def month_of(world: World, person: Person, days: int = 30) -> list[CheckIn]:
    """Fill a diary in which short nights make bad days; return its twitches."""
    chance, store, made = Random(person.id), world.running.store, []  # noqa: S311 - no secret
    for ago in range(days, 0, -1):
        morning = world.clock() - timedelta(days=ago)
        if ago % 7 == 0:
            continue
        short = chance.random() < 0.5

        def slept(context: DayContext, *, short: bool = short) -> DayContext:
            return replace(context, sleep_hours=5 if short else 8)

        await store.edit_day_context(who(person), morning.date(), slept)
        if ago % 6 == 0 and not short:
            tap = Tap(key=f"r{ago}", message_id=1, nonce=ago, at=morning)
            await store.rate_day(who(person), morning.date(), 0, tap)
            continue
        for hour in sorted(chance.sample(range(13), chance.randint(1, 5))):
            at = morning + timedelta(hours=hour)
            tap = Tap(key=f"{ago}-{hour}", message_id=ago, nonce=hour, at=at)
            logged = await store.log_twitch(who(person), tap)
            assert logged is not None
            details = {
                "strength": chance.choice((3, 4) if short else (1, 2)),
                "place": chance.choice((Place.EYELID, Place.EYELID, Place.CHEEK)),
                "side": chance.choice((Side.LEFT, Side.LEFT, Side.RIGHT, None)),
                "triggers": frozenset({t for t in Trigger if chance.random() < 0.2}),
            }
            kept = await store.edit_check_in(
                logged.entry.id,
                who(person),
                lambda e, d=details: replace(e, **d),  # type: ignore[misc] # bound at once
            )
            assert kept is not None
            made.append(kept)
    return made


def picture(world: World, message: dict[str, object]) -> bytes:
    """Return the picture that a message shows."""
    sizes = message["photo"]
    assert isinstance(sizes, list)
    return world.sandbox.api.files.get(sizes[-1]["file_id"]).data


def shows_photo(person: Person) -> bool:
    return any("photo" in message for message in person.from_bot[-1:])


async def test_a_month_is_shown_as_a_picture_and_turned_in_the_same_message(world: World) -> None:
    bob = await world.enrolled("Bob")
    twitches = await month_of(world, bob)
    bob.says("/diary")
    await until(lambda: shows_photo(bob), "the diary is there")
    first = bob.last
    assert picture(world, first).startswith(PNG)
    seen = {picture(world, first)}
    for label in ("Month", "By hour", "By place", "📅 Calendar", "🌙 Dark"):
        await bob.taps(label)
        before = len(seen)

        def turned(before: int = before) -> bool:
            seen.add(picture(world, bob.last))
            return len(seen) > before

        await until(turned, f"{label} is shown")
        assert bob.last["message_id"] == first["message_id"]
        if label == "Month":
            newest = [t for t in twitches if t.local_date > world.clock().date() - timedelta(30)]
            assert f"{len(newest)} twitches" in bob.last["caption"]


async def test_a_real_effect_is_told_with_its_baseline(world: World) -> None:
    bob = await world.enrolled("Bob")
    await month_of(world, bob, 60)
    bob.says("/diary")
    await until(lambda: shows_photo(bob), "the diary is there")
    await bob.taps("🔎 What goes together")
    await until(lambda: "went together" in bob.last.get("text", ""), "the answer is there")
    assert "6 hours of sleep or less" in bob.last["text"]


async def test_a_twitch_is_logged_while_twenty_people_look_at_their_diaries(world: World) -> None:
    bob = await world.with_a_tip("Bob")
    people = [await world.enrolled(f"Reader {number}") for number in range(20)]
    for person in people:
        await month_of(world, person, 10)
    for person in people:
        person.says("/diary")
    said = await bob.taps(TWITCH)
    assert said["text"].startswith("Logged")
    assert not all(shows_photo(person) for person in people)
    for person in people:  # twenty pictures may take a busy machine longer than one wait
        await until(partial(shows_photo, person), "everybody has a picture")


async def test_the_entries_come_in_a_message_of_their_own(world: World) -> None:
    bob = await world.enrolled("Bob")
    made = await month_of(world, bob, 5)
    bob.says("/diary")
    await until(lambda: shows_photo(bob), "the diary is there")
    await bob.taps("📒 Entries")
    await until(lambda: "Your entries" in bob.last.get("text", ""), "the entries are there")
    assert f"page 1 of {-(-len(made) // 6)}" in bob.last["text"]
    assert shows_photo(bob) is False
