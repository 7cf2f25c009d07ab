"""The entries of a diary, listed."""

import pytest

from tests.bot.chat import Person
from tests.bot.diaries import ONE_DAY, TODAY, Sketcher, logs, rates
from tipbot.bot.buttons.diary import OpenCalendar, OpenEntries
from tipbot.core.charts import DaysChart
from tipbot.core.enrolment import with_zone


@pytest.mark.usefixtures("sketcher")
async def test_entries_are_listed_newest_first_and_lead_to_their_details(bob: Person) -> None:
    for day in range(8):
        await logs(bob, day, None if day == 1 else 3)
    await rates(bob, 0, 1)
    await bob.sends("/diary")
    await bob.taps("Entries")
    lines = bob.screen.splitlines()
    assert "page 1 of 2" in lines[0]
    assert lines[1] == "1. Mon, Mar 2, the whole day: 1 faint"
    assert lines[2].endswith("left eyelid, strength 3")
    assert lines[3].endswith("left eyelid")
    assert len(lines) == 7
    await bob.taps("Older")
    assert "page 2 of 2" in bob.screen
    assert bob.screen.splitlines()[3].startswith("9. Mon, Feb 23")
    await bob.taps("✏️ 9")
    assert bob.screen.startswith("Twitch, Mon, Feb 23")
    await bob.taps("🗑 Delete")
    deleted = TODAY - 7 * ONE_DAY
    assert await bob.chat.store.check_ins(bob.who, deleted, deleted) == []
    await bob.taps_value(OpenEntries(99, here=True))
    assert "page 2 of 2" in bob.screen, "an old button shows the last page there is now"
    await bob.taps_value(OpenEntries(-1, here=True))
    assert bob.alerted


@pytest.mark.usefixtures("sketcher")
async def test_an_entry_of_long_ago_is_reached_by_its_month(bob: Person) -> None:
    await logs(bob, 1500, 4)
    for day in range(14):
        await logs(bob, day)
    await bob.taps_value(OpenCalendar(2022 * 12, dark=False))
    assert "1 twitch" in bob.screen
    await bob.taps("Entries")
    assert bob.screen.splitlines()[-1] == "15. Jan 22, 2022, 9:00\u202fAM, left eyelid, strength 4"
    await bob.taps("✏️ 15")
    await bob.taps("🗑 Delete")
    await bob.sends("/diary")
    await bob.taps("Entries")
    assert "page 1 of 3" in bob.screen


async def test_what_was_logged_before_a_flight_west_is_not_hidden(
    alice: Person, sketcher: Sketcher
) -> None:
    await alice.sends("/twitch")
    alice.waits(hours=3)
    await alice.sends("/twitch")
    await alice.changes(lambda kept: with_zone(kept, "Pacific/Honolulu", alice.chat.clock()))
    await alice.sends("/diary")
    assert "2 twitches" in alice.screen
    assert sum(bar.count or 0 for bar in charted(sketcher).bars) == 2
    await alice.taps("Entries")
    assert len(alice.screen.splitlines()) == 3


def charted(sketcher: Sketcher) -> DaysChart:
    chart = sketcher.charts[-1]
    assert isinstance(chart, DaysChart)
    return chart
