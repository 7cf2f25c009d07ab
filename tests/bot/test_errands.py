"""What goes on after a tap was answered."""

import asyncio

from tipbot.bot.errands import Errands


async def test_a_newer_errand_takes_the_place_of_an_older_one() -> None:
    errands, done = Errands(), []

    async def work(name: str) -> None:
        await asyncio.sleep(0)
        done.append(name)

    errands.start("a", work("old"))
    await asyncio.sleep(0)
    errands.start("a", work("new"))
    errands.start("b", work("other"))
    await errands.drain()
    assert sorted(done) == ["new", "other"]
    errands.start("a", work("late"))
    await errands.close()
    assert sorted(done) == ["new", "other"]
