"""An owner, an editor and a stranger with the whole program."""

import re

from tests.e2e.world import MORNING, Start, World, tap_like, until
from tipbot.sandbox import Person


async def with_owner(world: World) -> Person:
    """Start the program again with Olga as its owner."""
    olga = world.person("Olga")
    olga.chat.started = True
    await until(lambda: bool(world.calls("setMyDescription")), "the first life is up")
    await world.stop()
    await until(lambda: bool(world.calls("setMyDescription")), "the first life is up")
    await world.stop()
    world.settings = world.settings.model_copy(update={"owners": frozenset({olga.id})})
    await world.start()
    return olga


def menu_of(world: World, person: Person) -> list[str]:
    """Return the commands of somebody's own menu."""
    found = world.sandbox.api.profile.commands
    own = next((c for (scope, _), c in found.items() if str(person.id) in scope), [])
    return [str(each["command"]) for each in own]


async def test_an_owner_invites_and_removes_an_editor_and_a_stranger_gets_nowhere(
    world_at: Start,
) -> None:
    world = await world_at(MORNING)
    olga = await with_owner(world)
    edda, mallory = world.person("Edda"), world.person("Mallory")
    edda.chat.started = mallory.chat.started = True
    await until(lambda: menu_of(world, olga)[:1] == ["admin"], "the owner's menu has /admin")
    await olga.asks("/admin")
    await tap_like(olga, "Editors")
    await tap_like(olga, "Invite an editor")
    shown = await olga.reads("t.me/")
    link = re.search(r"start=(\S+)", str(shown["text"]))
    assert link is not None
    welcome = await edda.asks(f"/start {link[1]}")
    assert "You are an editor now" in welcome["text"]
    await until(lambda: menu_of(world, edda)[:1] == ["admin"], "the editor's menu has /admin")
    refused = await mallory.asks(f"/start {link[1]}")
    assert "does not work any more" in refused["text"]
    assert "I do not know the command /admin" in (await mallory.asks("/admin"))["text"]
    await edda.asks("/admin")
    await olga.asks("/admin")
    await tap_like(olga, "Editors")
    await tap_like(olga, "Remove Edda")
    await tap_like(olga, "Yes, remove")
    answer = await tap_like(edda, "Who did what")
    assert "You are no longer an editor" in str(answer.get("text"))
    await until(lambda: menu_of(world, edda) == [], "the menu is everybody's again")
    assert "I do not know the command /admin" in (await edda.asks("/admin"))["text"]


async def test_figures_are_drawn_by_the_drawing_process(world_at: Start) -> None:
    world = await world_at(MORNING)
    olga = await with_owner(world)
    await world.with_a_tip("Bob")
    await olga.asks("/admin")
    await tap_like(olga, "Figures")
    await olga.waits_for(lambda m: m["from_bot"] and "photo" in m, 30)
    shown = next(m for m in reversed(olga.from_bot) if "photo" in m)
    assert "Messages sent: 1" in str(shown["caption"])
