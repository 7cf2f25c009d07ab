"""Figures for owners through the real Application: picture, words, votes."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.bot.chat import Chat, Person
from tests.bot.diaries import PNG, Sketcher
from tests.bot.post import delivered, first_tip
from tipbot.bot.buttons.staff import OpenFigures, OpenVotes
from tipbot.bot.pictures import CAPTION_LIMIT
from tipbot.bot.views.figures import A_PAGE, Days, figures_view, votes_view
from tipbot.core.charts import FiguresChart, VotesChart
from tipbot.core.figures import DayFigures, People, Tally, TipVotes, days_back
from tipbot.core.markup import utf16_length
from tipbot.core.model import DeliveryState, TipId

NOTHING = (
    *("New in these days: 0", "Sun, Mar 1", "Mon, Mar 2", "paused", "stopped", "blocked"),
    *("failed", "in doubt", "👍", ", 0 not"),
)


async def opens(olga: Person) -> None:
    await olga.sends("/admin")
    await olga.taps("Figures")


async def test_the_figures_are_a_picture_with_the_same_in_words(
    olga: Person, bob: Person, sketcher: Sketcher
) -> None:
    _, tip = await first_tip(bob)
    await bob.taps("👍 Helpful", tip)
    await opens(olga)
    shown = olga.screen_message
    assert shown is not None
    assert shown.photo == PNG + b"figures"
    assert "Subscribers: 1" in shown.text
    assert "get messages: 1" in shown.text
    assert "New in these days: 1" in shown.text
    assert "Messages sent: 1" in shown.text
    assert "👍 1 and 👎 0" in shown.text
    assert "Mon, Mar 2: 1 sent" in shown.text
    (chart,) = sketcher.charts
    assert isinstance(chart, FiguresChart)
    assert [bar.sent for bar in chart.bars] == [0] * 6 + [1]


async def test_what_never_happened_takes_no_line(
    olga: Person, bob: Person, sketcher: Sketcher
) -> None:
    assert bob
    await opens(olga)
    assert "Messages sent: 0" in olga.screen
    for absent in (
        "New in these days: 0",
        "Sun, Mar 1",
        "Mon, Mar 2",
        "paused",
        "stopped",
        "blocked",
        "failed",
        "in doubt",
        "👍",
        ", 0 not",
    ):
        assert absent not in olga.screen
    assert "Days begin at midnight UTC." in olga.screen
    assert sketcher.charts


async def test_the_choice_is_ticked_and_there_is_a_way_back_from_the_picture(
    olga: Person, sketcher: Sketcher
) -> None:
    await opens(olga)
    assert olga.labels == ["✅ 7 days", "30 days", "👍 Votes for each tip", "⬅️ Admin"]
    await olga.taps("30 days")
    assert olga.labels[:2] == ["7 days", "✅ 30 days"]
    picture, before = olga.screen_message, len(olga.said)
    for _ in range(2):
        await olga.taps("Admin", picture)
    assert "You are an owner of this bot." in olga.screen
    assert len(olga.said) == before + 1
    assert sketcher.charts


async def test_the_days_of_an_owner_who_is_a_subscriber_are_their_own(
    olga: Person, sketcher: Sketcher
) -> None:
    await olga.finishes_onboarding("Pacific/Auckland")
    await opens(olga)
    assert "UTC" not in olga.screen
    assert sketcher.charts


async def test_what_did_not_arrive_is_counted_by_its_kind(
    olga: Person, alice: Person, bob: Person, sketcher: Sketcher
) -> None:
    await delivered(bob, DeliveryState.UNREACHABLE)
    await opens(olga)
    assert "could not be reached: 2" in olga.screen
    assert "have blocked me: 2" in olga.screen
    (chart,) = sketcher.charts
    assert isinstance(chart, FiguresChart)
    assert chart.bars[-1].parts == (0, 0, 2)
    assert alice.labels


async def test_a_month_is_shown_in_the_same_message_and_by_weeks(
    olga: Person, sketcher: Sketcher
) -> None:
    await opens(olga)
    before = len(olga.said)
    await olga.taps("30 days")
    assert len(olga.said) == before
    assert ": 0 sent" not in olga.screen
    assert isinstance(sketcher.charts[-1], FiguresChart)
    assert len(sketcher.charts[-1].bars) == 30


@pytest.mark.usefixtures("bob")
async def test_days_that_are_over_are_counted_once(
    chat: Chat, olga: Person, sketcher: Sketcher
) -> None:
    await opens(olga)
    olga.waits(minutes=5)
    chat.switch.used.clear()
    await olga.taps("30 days")
    first = chat.switch.used.count("day_figures")
    olga.waits(minutes=5)
    chat.switch.used.clear()
    await olga.taps("7 days")
    assert first == 30 - 4
    assert chat.switch.used.count("day_figures") == 3
    assert len(sketcher.charts) == 3


@pytest.mark.usefixtures("bob")
async def test_a_picture_that_cannot_be_drawn_leaves_the_words(
    olga: Person, sketcher: Sketcher
) -> None:
    sketcher.away = True
    await opens(olga)
    assert "Subscribers: 1" in olga.screen
    assert "📊 Figures" in olga.said[0].labels


async def test_the_votes_are_listed_by_tip(olga: Person, bob: Person, sketcher: Sketcher) -> None:
    delivery, tip = await first_tip(bob)
    await bob.taps("👎 Not helpful", tip)
    await opens(olga)
    await olga.taps("Votes for each tip")
    assert delivery.tip is not None
    assert f"0 % · 👍 0 👎 1 · sent 1 · {delivery.tip.title}" in olga.screen
    shown = olga.screen_message
    assert shown is not None
    assert shown.photo == PNG + b"votes"
    chart = sketcher.charts[-1]
    assert isinstance(chart, VotesChart)
    (bar,) = chart.bars
    assert (bar.label, bar.helpful, bar.other) == (delivery.tip.title, 0, 1)
    assert "Figures" in olga.said[-2].text
    await olga.taps_value(OpenVotes(7, 0, here=True))
    assert len(sketcher.charts) == 3


@pytest.mark.usefixtures("bob")
async def test_votes_that_cannot_be_drawn_are_told_in_words(
    olga: Person, bob: Person, sketcher: Sketcher
) -> None:
    _, tip = await first_tip(bob)
    await bob.taps("👍 Helpful", tip)
    sketcher.away = True
    await olga.sends("/admin")
    await olga.taps_value(OpenVotes(7, 0, here=False))
    assert "100 % · 👍 1 👎 0" in olga.screen


async def test_no_votes_say_so(olga: Person) -> None:
    await olga.sends("/admin")
    await olga.taps_value(OpenVotes(30, 0, here=True))
    assert "There are no votes yet" in olga.screen


@pytest.mark.parametrize(
    "value",
    [
        OpenFigures(0),
        OpenFigures(8),
        OpenFigures(2**62),
        OpenVotes(7, -1, here=True),
        OpenVotes(9, 0, here=True),
    ],
)
async def test_days_that_nobody_offered_are_not_counted(olga: Person, value: object) -> None:
    await olga.sends("/admin")
    await olga.taps_value(value)
    assert olga.alerted


async def test_a_page_beyond_the_last_is_the_last(olga: Person) -> None:
    await olga.sends("/admin")
    await olga.taps_value(OpenVotes(7, 2**62, here=True))
    assert "no votes yet" in olga.screen


def test_the_longest_figures_fit_below_a_picture(chat: Chat) -> None:
    many = DayFigures(
        joined=10**6, sent=10**7, failed=10**6, unknown=10**6, unreachable=10**6, expired=10**6,
        tips={1: Tally(10**7, 10**6, 10**6)},
    )  # fmt: skip
    bounds = days_back(30, chat.clock(), ZoneInfo("UTC"))
    people = People(active=10**7, paused=10**6, stopped=10**6, blocked=10**6, starting=10**6)
    for count in (7, 30):
        days = Days([each.day for each in bounds[-count:]], [many] * count)
        for language in chat.house.texts.languages:
            view = figures_view(chat.house.texts.speak(language), people, days, "UTC")
            assert len(view.html.encode("utf-16-le")) // 2 <= CAPTION_LIMIT


def test_the_longest_page_of_votes_fits_below_a_picture(chat: Chat) -> None:
    tally = Tally(999_999, 99_999, 99_999)
    tip = TipVotes(number=1, id=TipId("i" * 60), title="T" * 200, tally=tally)
    day = chat.clock().date()
    for language in chat.house.texts.languages:
        text = chat.house.texts.speak(language)
        view = votes_view(text, [day, day + timedelta(days=29)], [tip] * A_PAGE, 1, 3)
        assert utf16_length(view.html) <= CAPTION_LIMIT
        assert len(view.keyboard[0]) == 2
