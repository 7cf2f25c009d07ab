"""/diary through the real Application: charts and their words."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from tests.bot.chat import Chat, Person
from tests.bot.diaries import ONE_DAY, PNG, Sketcher, logs, rates, slept
from tipbot.bot.buttons.diary import (
    Look,
    OpenCalendar,
    OpenChart,
    OpenEntries,
    OpenHelped,
    OpenTogether,
)
from tipbot.bot.callbacks import pack
from tipbot.bot.views.diary import caption, figures
from tipbot.bot.views.twin import days_words
from tipbot.bot.workbench import Workbench
from tipbot.core.charts import CalendarChart, DaysChart, HoursChart, PlacesChart
from tipbot.core.diary import Day, Span
from tipbot.core.model import Relief
from tipbot.texts import load_texts


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


async def test_a_double_tap_draws_once(bob: Person, sketcher: Sketcher) -> None:
    await logs(bob, 0)
    await bob.sends("/diary")
    await bob.taps("Month")
    message, data = bob.screen_message, bob.screen_message.data[0] if bob.screen_message else ""
    await bob.taps_data(data, message)
    drawn = len(sketcher.charts)
    await bob.taps_data(data, message)
    assert len(sketcher.charts) == drawn
