"""An announcement from the owner's first word to the last reader, through kill -9 in the midst."""

import asyncio
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.e2e.process import Launcher, run
from tests.e2e.stored import keep, stored
from tests.e2e.test_kill import let_leases_lapse, people, rows
from tests.e2e.world import tap_like, until, who
from tipbot.core.model import NO_QUIET_HOURS
from tipbot.sandbox import Person, Profile, Sandbox
from tipbot.sandbox.faults import Fault

pytestmark = pytest.mark.usefixtures("loaded")
READERS, LIVES = 60, 2
NEWS = "The bot has a new home"
_WAITING = "SELECT count(*) FROM deliveries WHERE state IN ('pending', 'claimed', 'retry')"


async def enrolled(folder: Path, readers: list[Person]) -> None:
    """Keep people who may be written to at any hour, with nothing else to come."""
    async with stored(folder) as store:
        await keep(store, readers)
        for reader in readers:
            await store.revise(
                who(reader),
                lambda kept: replace(
                    kept, subscriber=replace(kept.subscriber, quiet=NO_QUIET_HOURS), plans=()
                ),
            )


async def announces(owner: Person) -> None:
    """Write to everyone, look at it and confirm."""
    await owner.asks("/admin")
    for words in ("Announcements", "New announcement", "Everyone"):
        await tap_like(owner, words)
    owner.says(NEWS)
    await tap_like(owner, "Send it now")


def copies(person: Person) -> int:
    return sum(NEWS in str(m.get("text")) for m in person.from_bot)


async def test_nobody_gets_an_announcement_twice_over_kills_and_restarts(
    launch: Launcher, sandbox: Sandbox, tmp_path: Path
) -> None:
    readers = people(sandbox, READERS)
    olga = sandbox.new_person(Profile(id=5000, first_name="Olga"))
    await enrolled(tmp_path, readers)
    sandbox.faults.add(Fault(kind="slow", method="sendMessage", times=None, seconds=0.05))
    chance = random.Random("kill -9")  # noqa: S311 - no secret
    running = await run(launch, sandbox, TIPBOT_OWNERS=str(olga.id))
    olga.chat.started = True
    await announces(olga)
    for _ in range(LIVES):
        came = sum(map(copies, readers))
        enough = came + chance.randrange(4, 16)
        await until(lambda most=enough: sum(map(copies, readers)) >= most, "some have it")  # type: ignore[misc]  # the default binds this turn's value
        await running.killed()
        let_leases_lapse(tmp_path)
        running = await run(launch, sandbox, TIPBOT_OWNERS=str(olga.id))
    await until(lambda: rows(tmp_path, _WAITING) == [(0,)], "everything is under way")
    await asyncio.sleep(0.2)
    states = Counter(state for (state,) in rows(tmp_path, "SELECT state FROM deliveries"))
    got = [copies(person) for person in readers]
    assert max(got) == 1, "an announcement came twice"
    assert sum(states.values()) == READERS, "somebody was not written to"
    assert states.keys() <= {"sent", "sending"}
    assert got.count(0) <= states["sending"], "one was lost without a doubt about it"
    assert states["sending"] <= LIVES * 8, "more was in doubt than could have been in flight"
    await until(lambda: f"sent: {states['sent']}" in str(olga.messages), "the owner sees it")
