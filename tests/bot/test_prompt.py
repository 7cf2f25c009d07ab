"""The day's check-in: one tap rates the day, a few more say what kind of day it was."""

from dataclasses import replace
from datetime import date
from itertools import zip_longest

import pytest

from tests.bot.chat import Person
from tests.bot.labels import cut
from tests.bot.post import delivered, prompted, queue_prompt
from tests.bot.telegram import Shown
from tipbot.bot.buttons.day import CloseDay, DayField, OpenDay, RateDay, SetDayFact
from tipbot.bot.features.prompt import with_fact
from tipbot.bot.views.prompt import FACTS, day_row, rated_view
from tipbot.core.model import (
    STRENGTHS,
    CheckIn,
    CheckInKind,
    DayContext,
    DeliveryId,
    DeliveryState,
    Flag,
    Relief,
    SubscriberId,
)
from tipbot.texts import load_texts

NOWHERE = DeliveryId(0)


async def ratings(person: Person) -> list[CheckIn]:
    store = person.chat.store
    return await store.check_ins(person.who, date(2020, 1, 1), date(2030, 1, 1), CheckInKind.DAY)


async def context_of(person: Person, day: date) -> DayContext | None:
    return await person.chat.store.day_context(person.who, day)


@pytest.fixture
async def bobs_prompt(bob: Person) -> tuple[date, Shown]:
    """Ask Bob about his Monday."""
    delivery, shown = await prompted(bob)
    return delivery.slot.date, shown


async def test_one_tap_rates_the_day(bob: Person, bobs_prompt: tuple[date, Shown]) -> None:
    day, prompt = bobs_prompt
    assert "How was your face today, Mon, Mar 2?" in prompt.text
    await bob.taps("3 strong", prompt)
    (rating,) = await ratings(bob)
    assert (rating.strength, rating.local_date) == (3, day)
    assert bob.toast == "Kept for Mon, Mar 2: 3 strong"
    assert "Mon, Mar 2: 3 strong" in prompt.text
    assert "✅ 3 strong" in prompt.labels


async def test_none_today_counts_as_data(bob: Person, bobs_prompt: tuple[date, Shown]) -> None:
    await bob.taps("0 no twitch", bobs_prompt[1])
    assert [rating.strength for rating in await ratings(bob)] == [0]


async def test_a_double_tap_and_a_second_hand_over_are_one_rating(
    bob: Person, bobs_prompt: tuple[date, Shown]
) -> None:
    _, prompt = bobs_prompt
    value = prompt.data[2]
    await bob.taps_data(value, prompt)
    edits = len(bob.chat.telegram.made("editMessageText"))
    await bob.taps_data(value, prompt)
    assert len(bob.chat.telegram.made("editMessageText")) == edits
    bob.chat = await bob.chat.restart()
    await bob.repeats()
    assert [rating.strength for rating in await ratings(bob)] == [2]


async def test_a_second_rating_takes_the_place_of_the_first(
    bob: Person, bobs_prompt: tuple[date, Shown]
) -> None:
    _, prompt = bobs_prompt
    await bob.taps("4 worst", prompt)
    await bob.taps("1 faint", prompt)
    assert [rating.strength for rating in await ratings(bob)] == [1]
    assert "✅ 4 worst" not in prompt.labels


@pytest.mark.parametrize(
    ("label", "field", "value"),
    [
        ("😴 0\N{EN DASH}4 h", "sleep_hours", 4),
        ("😴 7 h", "sleep_hours", 7),
        ("☕ 0", "coffees", 0),
        ("☕ 4+", "coffees", 4),
        ("📱 10+ h", "screen_hours", 10),
        ("💧 little", "water", 0),
        ("💧 plenty", "water", 2),
        ("🌿 much", "stress", 2),
    ],
)
async def test_each_fact_about_the_day_is_one_tap_and_a_second_one_takes_it_away(
    bob: Person, bobs_prompt: tuple[date, Shown], label: str, field: str, value: int
) -> None:
    day, prompt = bobs_prompt
    await bob.taps("1 faint", prompt)
    await bob.taps(label, prompt)
    assert getattr(await context_of(bob, day), field) == value
    await bob.taps(f"✅ {label.partition(' ')[2]}", prompt)
    assert getattr(await context_of(bob, day), field) is None
    assert label in prompt.labels


@pytest.mark.parametrize("language", load_texts().languages)
def test_no_word_about_a_day_is_cut_on_a_phone(language: str) -> None:
    text, day = load_texts().speak(language), date(2026, 3, 2)
    known = [dict(zip(FACTS, values, strict=True)) for values in zip_longest(*FACTS.values())]
    for strength in STRENGTHS:
        for facts in known:
            context = DayContext(subscriber=SubscriberId(1), local_date=day)
            for what, value in facts.items():
                context = with_fact(context, what, value)
            assert cut(rated_view(text, day, strength, context).keyboard) == []
    assert cut((day_row(text),)) == []


@pytest.mark.parametrize(
    ("ago", "question"),
    [(0, "How was your face today, Mon, Mar 2?"), (1, "How was your face on Sun, Mar 1?")],
)
async def test_a_day_can_be_told_of_without_being_asked(
    bob: Person, ago: int, question: str
) -> None:
    await bob.sends("/diary")
    for _ in range(2):
        await bob.taps("And yesterday?" if ago else "How was today?")
    assert [shown.text for shown in bob.said if question in shown.text] == [bob.screen]
    await bob.taps("0 no twitch")
    await bob.taps("😴 7 h")
    day = date(2026, 3, 2 - ago)
    assert [(r.local_date, r.strength) for r in await ratings(bob)] == [(day, 0)]
    context = await context_of(bob, day)
    assert context is not None
    assert context.sleep_hours == 7


async def test_a_day_that_was_told_of_is_shown_with_it(bob: Person) -> None:
    await bob.taps_value(SetDayFact(date(2026, 3, 1).toordinal(), DayField.COFFEES, 2))
    await bob.taps_value(OpenDay(1))
    assert {"✅ 2", "0 no twitch"} <= set(bob.labels)
    for ago in (-2, 8, 10**9):
        await bob.taps_value(OpenDay(ago))
        assert bob.alerted


async def test_a_newer_rating_keeps_what_else_was_said_of_the_day(
    bob: Person, bobs_prompt: tuple[date, Shown]
) -> None:
    _, prompt = bobs_prompt
    await bob.taps("1 faint", prompt)
    (rating,) = await ratings(bob)
    await bob.chat.store.edit_check_in(
        rating.id,
        bob.who,
        lambda e: replace(
            e, note="typed", flags=frozenset({Flag.PAIN}), helped=frozenset({Relief.REST})
        ),
    )
    await bob.taps("3 strong", prompt)
    (after,) = await ratings(bob)
    assert (after.strength, after.note) == (3, "typed")
    assert after.flags == {Flag.PAIN}
    assert after.helped == {Relief.REST}


async def test_a_fact_tapped_twice_stays(bob: Person, bobs_prompt: tuple[date, Shown]) -> None:
    day, prompt = bobs_prompt
    value = SetDayFact(day.toordinal(), DayField.SLEEP, 6)
    await bob.taps_value(value, prompt)
    await bob.taps_value(value, prompt)
    bob.chat = await bob.chat.restart()
    await bob.repeats()
    context = await context_of(bob, day)
    assert context is not None
    assert context.sleep_hours == 6


async def test_done_folds_the_questions_away(bob: Person, bobs_prompt: tuple[date, Shown]) -> None:
    _, prompt = bobs_prompt
    await bob.taps("0 no twitch", prompt)
    await bob.taps("😴 8 h", prompt)
    await bob.taps("Done", prompt)
    assert prompt.labels == ["✏️ Change"]
    assert "0 no twitch" in prompt.text
    assert "Slept 8 h" in prompt.text
    await bob.taps("Change", prompt)
    assert "✅ 8 h" in prompt.labels
    assert [rating.strength for rating in await ratings(bob)] == [0]


@pytest.mark.parametrize("days", [-8, 2, 10**7, -(10**7)])
async def test_a_day_long_ago_or_still_to_come_has_expired(
    bob: Person, bobs_prompt: tuple[date, Shown], days: int
) -> None:
    day, prompt = bobs_prompt
    ordinal = day.toordinal() + days
    for value in (
        RateDay(ordinal, 2, NOWHERE),
        SetDayFact(ordinal, DayField.SLEEP, 6),
        CloseDay(ordinal),
    ):
        await bob.taps_value(value, prompt)
        assert bob.alerted
    assert await ratings(bob) == []


async def test_the_prompt_still_works_the_morning_after(
    bob: Person, bobs_prompt: tuple[date, Shown]
) -> None:
    day, prompt = bobs_prompt
    bob.waits(days=1)
    await bob.taps("2 some", prompt)
    assert [rating.local_date for rating in await ratings(bob)] == [day]


@pytest.mark.parametrize("value", [-2, 3, 77])
async def test_a_forged_value_changes_nothing(
    bob: Person, bobs_prompt: tuple[date, Shown], value: int
) -> None:
    day, prompt = bobs_prompt
    await bob.taps_value(SetDayFact(day.toordinal(), DayField.WATER, value), prompt)
    assert bob.alerted
    await bob.taps_value(RateDay(day.toordinal(), value + 5, NOWHERE), prompt)
    assert await context_of(bob, day) is None


async def test_a_tap_proves_that_a_prompt_in_doubt_arrived(bob: Person) -> None:
    delivery, prompt = await prompted(bob, DeliveryState.UNKNOWN)
    await bob.taps("1 faint", prompt)
    after = await bob.chat.store.delivery(delivery.id, bob.who)
    assert after is not None
    assert after.state is DeliveryState.SENT


async def test_a_rating_with_another_s_prompt_touches_only_the_tapper(
    alice: Person, bob: Person
) -> None:
    delivery, prompt = await prompted(bob, DeliveryState.UNKNOWN)
    await alice.sends("/pad")
    await alice.taps_value(RateDay(delivery.slot.date.toordinal(), 4, delivery.id))
    assert await ratings(bob) == []
    assert len(await ratings(alice)) == 1
    after = await bob.chat.store.delivery(delivery.id, bob.who)
    assert after is not None
    assert after.state is DeliveryState.UNKNOWN
    assert "✅" not in "".join(prompt.labels)


async def test_a_rating_waits_for_the_store(bob: Person, bobs_prompt: tuple[date, Shown]) -> None:
    _, prompt = bobs_prompt
    answers = len(bob.chat.telegram.toasts)
    bob.chat.switch.away = True
    await bob.taps("2 some", prompt)
    assert len(bob.chat.telegram.toasts) == answers
    bob.chat.switch.away = False
    await bob.repeats()
    assert len(await ratings(bob)) == 1


async def test_no_prompt_comes_after_a_fresh_check_in(bob: Person) -> None:
    await bob.sends("/twitch")
    await queue_prompt(bob)
    assert await delivered(bob) == []
