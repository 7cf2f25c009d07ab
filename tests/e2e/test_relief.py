"""A relief session in the whole program: led by its own tick, across a stop and a start."""

from tests.e2e.world import World, tap_like, until
from tipbot.sandbox import Person

SHORTEST = "🐇 Start faster"


def shown(person: Person) -> str:
    """Return the words of the message that leads through a session."""
    return next(
        str(message["text"])
        for message in reversed(person.messages)
        if message.get("from_bot") and "🌬 Breathing" in message.get("text", "")
    )


async def begins(world: World, name: str) -> Person:
    person = await world.enrolled(name)
    await person.asks("/relief")
    await tap_like(person, "🌬 Breathing")
    await tap_like(person, SHORTEST)
    await until(lambda: "Sit or lie" in shown(person), "the first step is shown")
    return person


async def test_the_message_changes_by_itself_as_time_passes(world: World) -> None:
    bob = await begins(world, "Bob")
    world.travel(seconds=5)
    await until(lambda: "Breathe in" in shown(bob), "the breath is shown")
    world.travel(seconds=3)
    await until(lambda: "Hold" in shown(bob), "the next step is shown")
    world.travel(minutes=2)
    await until(lambda: "Did it help?" in shown(bob), "the question is asked")
    await tap_like(bob, "Better")
    await until(lambda: "You said: better" in shown(bob), "the answer is shown")
    assert world.calls("sendMessage", bob.id)[-1].parameters["text"].startswith("<b>What may help")


async def test_a_stop_and_a_start_of_the_program_lose_nothing(world: World) -> None:
    bob = await begins(world, "Bob")
    await world.stop()
    world.travel(seconds=8)
    await world.start()
    await until(lambda: "Hold" in shown(bob), "the step of this moment is shown")
    edits = len(world.calls("editMessageText", bob.id))
    await world.tick("relief")
    assert len(world.calls("editMessageText", bob.id)) == edits
