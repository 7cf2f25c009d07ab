"""What helped, and what goes together with bad days."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.chat import Chat, Person
from tests.bot.diaries import PNG, Sketcher, logs, rates, slept
from tipbot.bot.buttons.diary import OpenTogether
from tipbot.bot.views.helped import helped_view
from tipbot.core.helped import Record
from tipbot.core.insights import Finding
from tipbot.core.model import Relief
from tipbot.render.pool import RenderPool
from tipbot.texts import load_texts


@pytest.mark.usefixtures("sketcher")
async def test_what_helped_is_counted(bob: Person) -> None:
    await bob.sends("/diary")
    await logs(bob, 1)
    await bob.sends("/diary")
    await bob.taps("What helped")
    assert "You have not said yet what helped" in bob.screen
    for day in (1, 2, 3):
        await logs(bob, day, hour=3, helped=frozenset({Relief.BREATHING}))
    await logs(bob, 4, helped=frozenset({Relief.REST}))
    await logs(bob, 95, helped=frozenset({Relief.REST}))
    await bob.sends("/diary")
    await bob.taps("What helped")
    assert bob.screen.split("\n\n")[:3] == [
        "What helped, in the last 90 days",
        "What helped most of the times stands first:\n• breathing: ticked 3 times",
        "Too few answers yet to say more of these:\n• rest: ticked once",
    ]


def test_words_are_explained_only_where_they_stand() -> None:
    text = load_texts().speak("en")
    ticks, sessions = Record(0, 0, 4), Record(4, 3, 0)
    assert "“Sessions” counts" not in helped_view(text, {Relief.REST: ticks}).html
    assert "A tick only says" in helped_view(text, {Relief.REST: ticks}).html
    assert "A tick only says" not in helped_view(text, {Relief.BREATHING: sessions}).html
    assert "“Sessions” counts" in helped_view(text, {Relief.BREATHING: sessions}).html


async def test_too_few_days_say_how_many_more(bob: Person, sketcher: Sketcher) -> None:
    for day in range(4):
        await rates(bob, day, 1)
    await bob.taps_value(OpenTogether())
    assert "The data does not tell yet. 10 more logged days are needed" in bob.screen
    assert sketcher.comparisons == []
    for day in range(4, 14):
        await rates(bob, day, 1)
    bob.waits(minutes=1)
    await bob.taps_value(OpenTogether())
    assert "at least 5 days with a thing and 5 days without it" in bob.screen


async def test_what_goes_together_comes_with_its_baseline_and_is_no_cause(
    bob: Person, sketcher: Sketcher
) -> None:
    await slept(bob, 20)
    sketcher.found = (Finding(about="sleep", is_trigger=False, low=2.0, high=2.75, p=0.001),)
    await bob.taps_value(OpenTogether())
    assert "the 10 days with it came to 3 of 4 on average" in bob.screen
    assert "the 10 days without it to 0.5. That is more, by 2 to 2.8." in bob.screen
    assert "went together. That does not make it a cause" in bob.screen
    assert "Looked at (days with, days without): 6 hours of sleep or less (10, 10)" in bob.screen
    assert sketcher.comparisons[0].seed == str(bob.who)


async def test_a_gap_that_may_be_chance_is_not_told_as_a_finding(
    bob: Person, sketcher: Sketcher
) -> None:
    await slept(bob, 20)
    sketcher.found = (Finding(about="sleep", is_trigger=False, low=-0.1, high=2.75, p=0.2),)
    await bob.taps_value(OpenTogether())
    assert "The data does not tell." in bob.screen
    assert "on average" not in bob.screen
    bob.waits(minutes=1)
    sketcher.found = None
    await bob.taps_value(OpenTogether())
    assert "could not work it out just now" in bob.screen


@pytest.fixture
async def pool(chat: Chat) -> AsyncIterator[RenderPool]:
    made = RenderPool()
    object.__setattr__(chat.house, "renderer", made)
    yield made
    await made.close()


async def test_the_whole_way_with_real_charts_and_real_statistics(
    bob: Person, pool: RenderPool
) -> None:
    await slept(bob, 20)
    await bob.sends("/diary")
    assert bob.screen_message is not None
    assert bob.screen_message.photo.startswith(PNG)
    await bob.taps("What goes together")
    assert "That is more, by" in bob.screen
    assert pool.processes >= 1
