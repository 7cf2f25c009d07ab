"""A newcomer's way to the first tip, in at most four taps."""

from zoneinfo import ZoneInfo

from tests.e2e.world import World, labels_of, tap_like, tips_of, until, who
from tipbot.bot.menu import MENU
from tipbot.core.model import Stage
from tipbot.sandbox import Person

GENTLE, DAILY, DESK = "🌱 Gentle", "⭐ Daily four (suggested)", "💻 Desk day"


def taps_by(world: World, person: Person) -> int:
    """Count what a person did with a finger: buttons tapped, and the location shared."""
    tapped = [q for q in world.sandbox.api.queries._known.values() if q.person_id == person.id]
    return len(tapped) + sum("location" in message for message in person.messages)


async def test_three_ways_to_the_first_tip_take_at_most_four_taps(world: World) -> None:
    alice, bob, erik = (world.sandbox.person(name) for name in ("Alice", "Bob", "Erik"))
    for person in (alice, bob, erik):
        person.starts()
    for person in (alice, bob, erik):
        await tap_like(person, "agree")
    await until(lambda: bool(alice.keyboard), "the location button is there")
    alice.shares_location(-36.85, 174.76)
    await tap_like(bob, "10 AM")
    await tap_like(bob, "Berlin")
    await tap_like(erik, "12 PM")  # then none fits, and a typed city counts
    erik.says("auckland")
    await erik.reads("Last question")
    for person, preset in ((alice, DESK), (bob, DAILY), (erik, GENTLE)):
        await person.reads("Last question")
        await person.taps(preset)
    places = ((alice, "Pacific/Auckland"), (bob, "Europe/Berlin"), (erik, "Pacific/Auckland"))
    for person, zone in places:
        await person.reads("Source")
        assert taps_by(world, person) <= 4
        kept = await world.subscriber(person)
        assert (kept.zone, kept.stage) == (zone, Stage.DONE)
    assert {call.status for call in world.sandbox.calls} == {200}
    assert world.sandbox.api.queries.unanswered() == []
    pads = [m for m in alice.from_bot if "Log pad" in m.get("text", "")]
    assert [pad["pinned"] for pad in pads] == [True]


async def test_nothing_is_kept_before_the_agreement(world: World) -> None:
    alice = world.sandbox.person("Alice")
    await alice.asks("/start")
    await alice.asks("/twitch")
    await alice.asks("Hello?")
    assert await world.running.store.subscriber(who(alice)) is None


async def test_whoever_stops_half_way_meets_the_same_question_after_a_restart(
    world: World,
) -> None:
    alice = world.sandbox.person("Alice")
    welcome = await alice.asks("/start")
    await again(world)
    assert (await alice.asks("/start"))["text"] == welcome["text"]
    await tap_like(alice, "agree")
    question = await alice.reads("First question")
    await again(world)
    repeated = await alice.asks("/start")
    assert repeated["text"] == question["text"]
    hours = await alice.reads("tap the hour", after=repeated["message_id"])
    await again(world)
    await alice.taps("10 AM", message_id=hours["message_id"])
    await tap_like(alice, "Berlin")
    presets = await alice.reads("Last question")
    await again(world)
    repeated = await alice.asks("anything at all")
    assert (repeated["text"], labels_of(repeated)) == (presets["text"], labels_of(presets))
    await again(world)
    await alice.taps(GENTLE, message_id=presets["message_id"])
    await until(lambda: bool(tips_of(alice)), "the first tip has come")
    assert "Welcome back" in (await alice.asks("/start"))["text"]


async def test_the_first_tip_comes_at_once_even_at_night(world: World) -> None:
    world.travel_to("Pacific/Auckland", 3)
    alice = await world.onboarded("Alice", "Gentle")
    assert world.clock().astimezone(ZoneInfo("Pacific/Auckland")).hour == 3
    assert len(tips_of(alice)) == 1


async def test_every_command_of_the_menu_answers_a_newcomer_and_a_subscriber(
    world: World,
) -> None:
    alice, bob = world.sandbox.person("Alice"), await world.enrolled("Bob")
    profile = world.sandbox.api.profile
    await until(lambda: bool(profile.commands_for(0, "en")), "the menu is published")
    menu = profile.commands_for(0, "en")
    assert [entry["command"] for entry in menu] == list(MENU)
    for command in (f"/{entry['command']}" for entry in menu):
        assert (await alice.asks(command))["from_bot"]
        assert (await bob.asks(command))["from_bot"]


async def again(world: World) -> None:
    await world.stop()
    await world.start()
