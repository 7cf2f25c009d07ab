"""The demo's own parts: its clock, its settings and its button for a simulated month."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from tests.e2e.stored import keep, stored
from tipbot.clock import TravelClock, system_clock
from tipbot.core.model import SubscriberId
from tipbot.demo import DemoTime, demo_settings, make_editor, month_button
from tipbot.sandbox import DEFAULT_PEOPLE, Sandbox
from tipbot.simulated import NOTE, simulated_month
from tipbot.store.base import Store

TOKEN = "4242:" + "x" * 30


@pytest.fixture
def time() -> DemoTime:
    return DemoTime(TravelClock(lambda: datetime(2026, 3, 4, 9, 0, tzinfo=UTC)))


async def test_time_moves_by_a_span_and_to_a_moment(time: DemoTime) -> None:
    before = time.now()
    await time.move(by=timedelta(hours=2))
    assert time.now() - before == timedelta(hours=2)
    await time.move(to=before + timedelta(days=1))
    assert time.now() == before + timedelta(days=1)


async def test_time_never_moves_back(time: DemoTime) -> None:
    before = time.now()
    with pytest.raises(ValueError, match="forward only"):
        await time.move(by=timedelta(seconds=-1))
    with pytest.raises(ValueError, match="forward only"):
        await time.move(to=before - timedelta(days=1))
    with pytest.raises(ValueError, match="ten years ahead"):
        await time.move(to=datetime(9999, 1, 1, tzinfo=UTC))
    assert time.now() == before


@dataclass
class Planned:
    """What a bot has planned; a moment is done with as soon as time has come to it."""

    time: DemoTime
    moments: list[datetime]
    stuck: bool = False
    stops: list[datetime] = field(default_factory=list)
    looks: int = 0

    async def counts(self) -> dict[str, int]:
        """Say at every other look that the last message is on its way."""
        self.looks += 1
        return {"claimed": self.looks % 2, "sending": 0}

    async def next_due(self) -> datetime | None:
        present = self.time.now()
        while self.moments and self.moments[0] <= present and not self.stuck:
            self.stops.append(present)
            self.moments.pop(0)
        return next(iter(self.moments), None)


async def test_a_journey_stops_wherever_something_falls_due(time: DemoTime) -> None:
    start = time.now()
    moments = [start + timedelta(hours=hours) for hours in (3, 20, 47, 49)]
    planned = Planned(time, list(moments))
    time.store = cast("Store", planned)
    await time.move(by=timedelta(days=2))
    assert planned.stops == moments[:3]
    assert planned.looks == 6
    assert time.now() == start + timedelta(days=2)


async def test_a_long_journey_stops_in_its_last_week_only(time: DemoTime) -> None:
    start = time.now()
    planned = Planned(time, [start + timedelta(days=days) for days in (1, 2, 24, 28)])
    time.store = cast("Store", planned)
    await time.move(by=timedelta(days=30))
    in_between = [start + timedelta(days=23)] * 2
    assert planned.stops == [*in_between, start + timedelta(days=24), start + timedelta(days=28)]


async def test_a_journey_goes_on_without_a_bot_that_does_nothing(
    time: DemoTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tipbot.demo._LONGEST_STOP", 0.01)
    start = time.now()
    time.store = cast("Store", Planned(time, [start + timedelta(hours=1)], stuck=True))
    await time.move(by=timedelta(days=1))
    assert time.now() == start + timedelta(days=1)


async def test_before_the_bot_is_there_nothing_is_due(time: DemoTime) -> None:
    assert await time.next_due() is None


async def test_what_is_due_next_is_the_stores_answer(time: DemoTime, tmp_path: Path) -> None:
    async with Sandbox(token=TOKEN, clock=time.clock) as sandbox, stored(tmp_path) as store:
        time.store = store
        await keep(store, [sandbox.person("Alice")])
        due = await time.next_due()
    assert due is not None
    assert system_clock() < due < system_clock() + timedelta(days=1)


def test_the_demo_takes_nothing_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TIPBOT_TOKEN", "1:real")
    monkeypatch.setenv("TIPBOT_OWNERS", "7")
    monkeypatch.setenv("TIPBOT_WEBHOOK_URL", "https://bot.example")
    settings = demo_settings(tmp_path, TOKEN, "http://127.0.0.1:1")
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert settings.webhook_url is None
    assert settings.owners == {p.id for p in DEFAULT_PEOPLE if p.note == "Owner"}
    assert str(tmp_path) in settings.database.get_secret_value()


async def test_a_simulated_month_is_for_someone_who_started(time: DemoTime, tmp_path: Path) -> None:
    button = month_button(time)
    with pytest.raises(ValueError, match="/start"):
        await button.run(1001)
    async with Sandbox(token=TOKEN, clock=time.clock) as sandbox, stored(tmp_path) as store:
        time.store = store
        with pytest.raises(ValueError, match="/start"):
            await button.run(1001)
        await keep(store, [sandbox.person("Alice")])
        lived = simulated_month(SubscriberId(1001), time.now().date())
        said = await button.run(1001)
        twitches = sum(len(day.twitches) for day in lived)
        assert f"{twitches} twitches on {len(lived)} days" in said
        assert f"note “{NOTE}”" in said
        assert "an injection on 11 February" in said
        assert (await button.run(1001)).startswith("Nothing was added")


async def test_the_editor_of_the_demo_is_one(time: DemoTime, tmp_path: Path) -> None:
    async with stored(tmp_path) as store:
        await make_editor(store, time.now())
        assert [each.name for each in await store.editors()] == ["Erik"]
        assert await store.is_editor(SubscriberId(1003))
