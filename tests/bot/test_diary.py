"""/diary through the real Application: charts and their words, entries, what goes together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import pytest

from tests.bot.chat import Chat, Person
from tipbot.bot.buttons.diary import (
    Look,
    OpenCalendar,
    OpenChart,
    OpenEntries,
    OpenHelped,
    OpenTogether,
)
from tipbot.bot.callbacks import pack
from tipbot.bot.errands import Errands
from tipbot.bot.views.diary import caption, figures
from tipbot.bot.views.helped import helped_view
from tipbot.bot.views.twin import days_words
from tipbot.bot.workbench import Workbench
from tipbot.core.charts import CalendarChart, Chart, Comparison, DaysChart, HoursChart, PlacesChart
from tipbot.core.diary import Day, Span
from tipbot.core.enrolment import with_zone
from tipbot.core.helped import Record
from tipbot.core.insights import Finding
from tipbot.core.model import DayContext, Place, Relief, Side, Tap, Trigger
from tipbot.core.pages import Page
from tipbot.render.pool import RenderPool
from tipbot.texts import load_texts

TODAY = date(2026, 3, 2)
ONE_DAY = timedelta(days=1)
PNG = b"\x89PNG"


@dataclass
class Sketcher:
    """Draws a name in place of a chart and finds what a test says; keeps what was asked."""

    charts: list[Chart] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    found: tuple[Finding, ...] | None = ()
    away: bool = False
    gate: asyncio.Event | None = None

    async def chart(self, chart: Chart) -> bytes | None:
        self.charts.append(chart)
        if self.gate is not None:
            await self.gate.wait()
        return None if self.away else PNG + chart.kind.encode()

    async def report(self, page: Page) -> bytes | None:
        self.pages.append(page)
        return None if self.away else b"%PDF"

    async def compare(self, comparison: Comparison) -> tuple[Finding, ...] | None:
        self.comparisons.append(comparison)
        return self.found


@pytest.fixture
def sketcher(chat: Chat) -> Sketcher:
    """Put someone in the house who draws."""
    made = Sketcher()
    object.__setattr__(chat.house, "renderer", made)
    return made


async def logs(  # noqa: PLR0913, PLR0917 - details of one entry
    person: Person,
    days_ago: int,
    strength: int | None = 2,
    hour: int = 0,
    place: Place | None = Place.EYELID,
    side: Side | None = Side.LEFT,
    triggers: frozenset[Trigger] = frozenset(),
    helped: frozenset[Relief] = frozenset(),
) -> None:
    """Put a twitch into the diary, ``hour`` hours after nine in the morning in Berlin."""
    store, at = person.chat.store, datetime_of(TODAY - days_ago * ONE_DAY, hour)
    key = f"{days_ago}-{hour}"
    made = await store.log_twitch(
        person.who, Tap(key=key, message_id=900 + days_ago, nonce=hour, at=at)
    )
    assert made is not None
    await store.edit_check_in(
        made.entry.id,
        person.who,
        lambda e: replace(
            e, strength=strength, place=place, side=side, triggers=triggers, helped=helped
        ),
    )


def datetime_of(day: date, hour: int) -> datetime:
    start = datetime.fromisoformat("2026-03-02T08:00:00+00:00")
    return start + (day - TODAY) + timedelta(hours=hour)


async def rates(person: Person, days_ago: int, strength: int) -> None:
    day = TODAY - days_ago * ONE_DAY
    at = datetime_of(day, 11 if days_ago else 1)
    await person.chat.store.rate_day(
        person.who, day, strength, Tap(key=f"r{days_ago}", message_id=1, nonce=days_ago, at=at)
    )


async def test_an_empty_diary_gets_a_kind_answer_and_the_button_that_logs(
    bob: Person, sketcher: Sketcher
) -> None:
    await bob.sends("/diary")
    assert "Your diary is empty so far" in bob.screen
    assert bob.labels == ["⚡ Twitch now", "📋 How was today?", "📋 And yesterday?"]
    assert sketcher.charts == []


async def test_a_chart_asked_for_under_a_message_that_telegram_hides_is_a_new_one(
    bob: Person, sketcher: Sketcher
) -> None:
    await logs(bob, 0, 3)
    await bob.sends("/diary")
    shown = bob.screen_message
    assert shown is not None
    hidden = {"message_id": shown.message_id, "date": 0, "chat": bob.as_chat}
    query = {"id": "1", "from": bob.as_user, "chat_instance": "1", "message": hidden}
    asked = pack(OpenChart(Look.HOURS, Span.WEEK, dark=False))
    await bob.chat.hand_over(callback_query=query | {"data": asked})
    assert [chart.kind for chart in sketcher.charts] == ["days", "hours"]
    assert bob.screen_message is not None
    assert bob.screen_message.message_id > shown.message_id


async def test_the_diary_is_a_picture_with_the_same_in_words(
    bob: Person, sketcher: Sketcher
) -> None:
    await logs(bob, 0, 3)
    await logs(bob, 2, 1, hour=0)
    await logs(bob, 2, None, hour=2)
    await rates(bob, 1, 0)
    await bob.sends("/diary")
    assert bob.screen_message is not None
    assert bob.screen_message.photo == PNG + b"days"
    assert bob.screen.splitlines() == [
        "Diary, Feb 24 to Mar 2, 2026",
        "3 twitches",
        "Days without a twitch: 1",
        "Typical strength (median): 2 of 4",
        "Strongest: 3 of 4",
        "Days with nothing logged: 4 (not known, so not zero)",
        "Tue, Feb 24: nothing logged",
        "Wed, Feb 25: nothing logged",
        "Thu, Feb 26: nothing logged",
        "Fri, Feb 27: nothing logged",
        "Sat, Feb 28: 2 twitches, strongest 1",
        "Sun, Mar 1: no twitch",
        "Mon, Mar 2: 1 twitch, strongest 3",
    ]
    (chart,) = sketcher.charts
    assert isinstance(chart, DaysChart)
    assert [bar.count for bar in chart.bars] == [None, None, None, None, 2, 0, 1]
    assert [bar.missing for bar in chart.bars] == [True] * 4 + [False] * 3
    assert bob.chat.telegram.made("sendChatAction")[0]["action"] == "upload_photo"


@pytest.mark.parametrize(
    ("label", "bars"), [("Day", 1), ("Week", 7), ("Month", 30), ("90 days", 14)]
)
async def test_every_span_is_shown_in_the_same_message(
    bob: Person, sketcher: Sketcher, label: str, bars: int
) -> None:
    await logs(bob, 0)
    await logs(bob, 60)
    await bob.sends("/diary")
    message = bob.screen_message
    if label != "Week":
        await bob.taps(label)
        assert "✅ " + label in bob.labels
    else:
        await bob.taps("Month")
        await bob.taps("Week")
    assert bob.screen_message is message
    chart = sketcher.charts[-1]
    if bars == 1:
        assert isinstance(chart, HoursChart)
        assert (sum(chart.bars), chart.bars[9]) == (1, 1)
        assert "✅ By hour" in bob.labels
        assert "By day" not in " ".join(bob.labels)
        await bob.taps("Week")
        assert "✅ By day" in bob.labels
    else:
        assert isinstance(chart, DaysChart)
        assert len(chart.bars) == bars
        assert sum(bar.count or 0 for bar in chart.bars) == (2 if bars == 14 else 1)


async def test_a_month_says_of_each_day_what_its_bar_shows(bob: Person, sketcher: Sketcher) -> None:
    await logs(bob, 0, None)
    await logs(bob, 2, 3)
    await logs(bob, 2, 2, hour=2)
    await logs(bob, 3, 4)
    for ago, rating in ((4, 0), (5, 0), (9, 2), (12, 1)):
        await rates(bob, ago, rating)
    await logs(bob, 12, None)
    await bob.sends("/diary")
    await bob.taps("Month")
    assert bob.screen.splitlines()[6:] == [
        "Each day: twitches; strength (typical / strongest)",
        "Feb 1 to Feb 17: nothing logged",
        "Feb 18: 1; 1",
        "Feb 19 to Feb 20: nothing logged",
        "Feb 21: rated, not counted; 2",
        "Feb 22 to Feb 24: nothing logged",
        "Feb 25 to Feb 26: no twitch",
        "Feb 27: 1; 4",
        "Feb 28: 2; 2.5 / 3",
        "Mar 1: nothing logged",
        "Mar 2: 1; not rated",
    ]
    chart = sketcher.charts[-1]
    assert isinstance(chart, DaysChart)
    assert [(bar.count, bar.median, bar.worst) for bar in chart.bars[-4:]] == [
        (1, 4, 4),
        (2, 2.5, 3),
        (None, None, None),
        (1, None, None),
    ]


@pytest.mark.parametrize("language", load_texts().languages)
@pytest.mark.parametrize("length", [30, 90])
def test_the_words_of_a_full_diary_fit_below_its_chart(language: str, length: int) -> None:
    text = load_texts().speak(language)
    days = [
        Day(
            date=date(2025, 12, 31) - n * ONE_DAY,
            twitches=n % 3 * 111,
            strengths=(2, 3, 4, 4)[: n % 3 * 2],
            rating=(0, 4, None)[n % 3 if n % 7 else 1],
        )
        for n in range(length - 1, -1, -1)
    ]
    lines = [*figures(text, days), *days_words(text, days)]
    assert caption(lines) == "\n".join(lines)


async def test_a_long_time_is_shown_by_the_week_and_empty_weeks_are_folded(
    bob: Person, sketcher: Sketcher
) -> None:
    for ago in (0, 8, 9, 10, 12, 40):
        await logs(bob, ago, 2)
        await logs(bob, ago, 3, hour=2)
    await rates(bob, 11, 0)
    await rates(bob, 50, 3)
    await bob.sends("/diary")
    await bob.taps("90 days")
    assert bob.screen.splitlines()[6:] == [
        "Each week: twitches a day; strength (typical / strongest); days logged",
        "Dec 3, 2025 to Jan 4, 2026: nothing logged",
        "From Jan 5: rated, not counted; 3; 1 of 7",
        "Jan 12 to Jan 18, 2026: nothing logged",
        "From Jan 19: 2 a day; 2.5 / 3; 1 of 7",
        "Jan 26 to Feb 15, 2026: nothing logged",
        "From Feb 16: 1.6 a day; 2.5 / 3; 5 of 7",
        "Feb 23 to Mar 1, 2026: nothing logged",
        "From Mar 2: 2 a day; 2.5 / 3; 1 of 1",
    ]
    chart = sketcher.charts[-1]
    assert isinstance(chart, DaysChart)
    assert chart.counts == "Twitches a day, average of each week"
    known = {place: (bar.count, bar.median, bar.few) for place, bar in enumerate(chart.bars)
             if not bar.missing}  # fmt: skip
    assert known == {
        5: (None, None, True), 7: (2, 2.5, True), 11: (1.6, 2.5, False), 13: (2, 2.5, True),
    }  # fmt: skip
    assert [bar.label for bar in chart.bars if bar.label] == [
        "Dec 3", "Dec 22", "Jan 12", "Feb 2", "Feb 23",
    ]  # fmt: skip


async def test_hours_and_places_have_their_words_too(bob: Person, sketcher: Sketcher) -> None:
    await logs(bob, 0)
    await logs(bob, 1, hour=3, place=None, side=None)
    await bob.sends("/diary")
    await bob.taps("By hour")
    assert "9:00\u202fAM: 1, 12:00\u202fPM: 1" in bob.screen
    await bob.taps("By place")
    assert "eyelid: left side 1" in bob.screen
    assert "place not said: side not said 1" in bob.screen
    chart = sketcher.charts[-1]
    assert isinstance(chart, PlacesChart)
    assert [(bar.label, bar.parts) for bar in chart.bars] == [
        ("eyelid", (1, 0, 0, 0)),
        ("place not said", (0, 0, 0, 1)),
    ]


async def test_a_caption_never_grows_too_long(bob: Person, sketcher: Sketcher) -> None:
    for day in range(90):
        await logs(bob, day, day % 5)
    await bob.sends("/diary")
    for span in Span:
        for look in Look:
            await bob.taps_value(OpenChart(look, span, dark=True))
            assert bob.screen_message is not None
            assert bob.screen_message.photo.startswith(PNG)
            assert sketcher.charts[-1].dark
            assert len(bob.screen) <= 1024


async def test_the_calendar_turns_back_and_not_into_the_future(
    bob: Person, sketcher: Sketcher
) -> None:
    await logs(bob, 0, 4)
    await rates(bob, 1, 0)
    await rates(bob, 2, 2)
    await bob.sends("/diary")
    await bob.taps("Calendar")
    chart = sketcher.charts[-1]
    assert isinstance(chart, CalendarChart)
    cells = [cell for week in chart.weeks for cell in week if cell]
    assert [(c.label, c.worst, c.missing, c.future) for c in cells[:3]] == [
        ("1", 0, False, False), ("2", 4, False, False), ("3", None, True, True),
    ]  # fmt: skip
    assert "worst: 2\nnone: 1" in bob.screen
    assert "Month after" not in " ".join(bob.labels)
    await bob.taps("Month before")
    assert "some: 28\nnothing logged: 1\N{EN DASH}27" in bob.screen
    await bob.taps("Month after")
    assert chart == sketcher.charts[-1]
    before = len(sketcher.charts)
    await bob.taps_value(OpenCalendar(2026 * 12 + 3, dark=False))
    assert bob.alerted
    assert len(sketcher.charts) == before


async def test_a_picture_that_cannot_be_drawn_leaves_the_words(
    bob: Person, sketcher: Sketcher
) -> None:
    await logs(bob, 0)
    sketcher.away = True
    await bob.sends("/diary")
    message = bob.screen_message
    assert message is not None
    assert not message.photo
    assert "1 twitch" in bob.screen
    await bob.taps("Month")
    assert bob.screen_message is message
    sketcher.away = False
    await bob.taps("Week")
    assert bob.screen_message is message
    assert message.photo
    sketcher.away = True
    await bob.taps("Month")
    assert bob.screen_message is not message


async def test_behind_a_long_line_there_are_words_and_no_picture(
    bob: Person, sketcher: Sketcher
) -> None:
    await logs(bob, 0)
    object.__setattr__(bob.chat.house, "workbench", Workbench(most=0))
    await bob.sends("/diary")
    assert bob.screen_message is not None
    assert not bob.screen_message.photo
    assert "1 twitch" in bob.screen
    await slept(bob, 20)
    await bob.taps_value(OpenTogether())
    assert "could not work it out just now" in bob.screen
    assert sketcher.charts == []
    assert sketcher.comparisons == []


@pytest.mark.usefixtures("sketcher")
async def test_a_diary_that_cannot_be_read_is_said_and_can_be_asked_for_again(bob: Person) -> None:
    await logs(bob, 0)
    await bob.sends("/diary")
    shown = bob.screen_message
    for value in (OpenChart(Look.HOURS, Span.MONTH, dark=False), OpenTogether()):
        bob.chat.switch.away_for = "check_ins"
        await bob.taps_value(value)
        assert "could not read your diary just now" in bob.screen
        assert bob.screen_message is not shown
        bob.chat.switch.away_for = ""
    bob.waits(minutes=1)
    await bob.taps_value(OpenChart(Look.HOURS, Span.MONTH, dark=False))
    assert bob.screen_message is not None
    assert bob.screen_message.photo


async def test_a_tap_is_answered_before_the_picture_and_holds_up_no_twitch(
    chat: Chat, bob: Person, sketcher: Sketcher
) -> None:
    await logs(bob, 0)
    await bob.sends("/diary")
    sketcher.gate = asyncio.Event()
    slow = asyncio.create_task(bob.taps("Month"))
    while len(sketcher.charts) < 2:  # noqa: ASYNC110 - until the drawing has begun
        await asyncio.sleep(0)
    assert chat.telegram.toasts
    assert "Month" in bob.labels
    twitch = asyncio.create_task(bob.sends("/twitch"))
    while "Logged" not in bob.everything:  # noqa: ASYNC110 - while the picture is not there yet
        await asyncio.sleep(0)
    assert "✅ Month" not in " ".join(" ".join(m.labels) for m in bob.said)
    sketcher.gate.set()
    await asyncio.gather(slow, twitch)
    assert "✅ Month" in " ".join(" ".join(m.labels) for m in bob.said)


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


@pytest.mark.parametrize("page", [OpenEntries(0, here=False), OpenHelped(), OpenTogether()])
async def test_every_page_of_words_leads_back_to_the_charts(
    bob: Person, sketcher: Sketcher, page: object
) -> None:
    await logs(bob, 0)
    for here in (False, True):
        if here:
            await logs(bob, 1, helped=frozenset({Relief.REST}))
        await bob.taps_value(page)
        message = bob.screen_message
        assert message is not None
        assert not message.photo
        await bob.taps("📊 Charts")
        assert bob.screen_message is message
        assert message.photo == PNG + b"days"
        bob.waits(minutes=1)
    assert len(sketcher.charts) == 2


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


async def slept(person: Person, days: int) -> None:
    """Fill a diary in which short nights and bad days go together."""
    for ago in range(days):
        short = ago % 2 == 0

        def said(context: DayContext, *, short: bool = short) -> DayContext:
            return replace(context, sleep_hours=5 if short else 8)

        await rates(person, ago, 3 if short else ago % 4 // 3)
        await person.chat.store.edit_day_context(person.who, TODAY - ago * ONE_DAY, said)


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


async def test_a_double_tap_draws_once(bob: Person, sketcher: Sketcher) -> None:
    await logs(bob, 0)
    await bob.sends("/diary")
    await bob.taps("Month")
    message, data = bob.screen_message, bob.screen_message.data[0] if bob.screen_message else ""
    await bob.taps_data(data, message)
    drawn = len(sketcher.charts)
    await bob.taps_data(data, message)
    assert len(sketcher.charts) == drawn


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
