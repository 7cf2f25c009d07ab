"""What a subscriber answers to a tip: kept once, said at once, and nobody else's."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.bot.chat import PAPER, Person
from tests.bot.post import delivered, first_tip
from tests.bot.telegram import Shown
from tipbot.bot.buttons.entry import LogTwitch
from tipbot.bot.buttons.tips import (
    DidIt,
    KeepPace,
    Less,
    ShowTip,
    Snooze,
    SnoozeFor,
    SnoozeMenu,
    Vote,
    Why,
)
from tipbot.bot.callbacks import pack
from tipbot.bot.views.tips import delivery_view, fresh, why_view
from tipbot.core.enrolment import paused_for, stopped
from tipbot.core.model import (
    TIP_TOPICS,
    Delivery,
    DeliveryId,
    DeliveryState,
    Plan,
    Topic,
)
from tipbot.core.plans import with_topic
from tipbot.texts import load_texts

Arrived = tuple[Delivery, Shown]


@pytest.fixture
async def tip(bob: Person) -> Arrived:
    """Deliver Bob's first tip, at 10:07."""
    return await first_tip(bob)


async def plan_of(person: Person, topic: Topic) -> Plan:
    return (await person.kept()).plan(topic)


async def again(person: Person, delivery: Delivery) -> Delivery:
    found = await person.chat.store.delivery(delivery.id, person.who)
    assert found is not None
    return found


def edits(person: Person) -> int:
    made = person.chat.telegram.made
    return len(made("editMessageText")) + len(made("editMessageReplyMarkup"))


async def test_a_tip_shows_title_body_source_and_its_buttons(tip: Arrived) -> None:
    delivery, shown = tip
    assert delivery.tip is not None
    assert shown.html.startswith(f"<b>{delivery.tip.title}</b>\n\n")
    assert "advice no." in shown.text
    assert shown.text.endswith("Source: Quick Help & Tips")
    assert [[b["text"] for b in row] for row in shown.keyboard] == [
        ["⚡ Twitch now"],
        ["👌 Did it", "⏰ Later"],
        ["👍 Helpful", "👎 Not helpful"],
        ["\N{INFORMATION SOURCE}\ufe0f Why this tip", "\N{HEAVY MINUS SIGN} Less of this"],
    ]


async def test_did_it_is_kept_and_ticked(bob: Person, tip: Arrived) -> None:
    _, shown = tip
    await bob.taps("Did it", shown)
    assert bob.toast == "Well done. I keep that you did it."
    assert "✅ Did it" in shown.labels
    assert (await bob.subscriber()).unanswered == 0


async def test_a_vote_takes_the_place_of_the_other(bob: Person, tip: Arrived) -> None:
    _, shown = tip
    await bob.taps("👍 Helpful", shown)
    await bob.taps("👎 Not helpful", shown)
    assert "👍 Helpful" in shown.labels
    assert "✅ Not helpful" in shown.labels


async def test_a_double_tap_changes_the_message_once(bob: Person, tip: Arrived) -> None:
    delivery, shown = tip
    for value in (
        DidIt(delivery.id),
        Vote(delivery.id, helpful=True),
        SnoozeMenu(delivery.id),
        ShowTip(delivery.id),
        Why(delivery.id),
        ShowTip(delivery.id),
        Less(delivery.id, 1),
        KeepPace(delivery.id, 1),
    ):
        before = edits(bob)
        await bob.taps_value(value, shown)
        await bob.taps_value(value, shown)
        assert edits(bob) == before + 1, value


async def test_an_answer_that_was_not_seen_to_tick_its_button_does_so_with_the_second_tap(
    bob: Person, tip: Arrived
) -> None:
    delivery, shown = tip
    telegram = bob.chat.telegram
    telegram.refusals.extend([("editMessageReplyMarkup", None, "the connection dropped")] * 3)
    await bob.taps_value(DidIt(delivery.id), shown)
    assert not telegram.refusals
    assert "✅ Did it" not in shown.labels
    await bob.taps_value(DidIt(delivery.id), shown)
    assert "✅ Did it" in shown.labels


async def test_answers_stay_ticked_in_every_page_of_the_message(bob: Person, tip: Arrived) -> None:
    _, shown = tip
    await bob.taps("Did it", shown)
    await bob.taps("Why this tip", shown)
    assert "✅ Did it" in shown.labels
    await bob.taps("👍 Helpful", shown)
    await bob.taps("Back to the tip", shown)
    await bob.taps("Later", shown)
    assert {"✅ Did it", "✅ Helpful"} <= set(shown.labels)


async def test_answers_stay_ticked_over_a_restart(bob: Person, tip: Arrived) -> None:
    _, shown = tip
    await bob.taps("Did it", shown)
    bob.chat = await bob.chat.restart()
    await bob.taps("👍 Helpful", shown)
    assert {"✅ Did it", "✅ Helpful"} <= set(shown.labels)


async def test_a_twitch_logged_below_a_tip_leaves_the_tip_s_own_buttons(
    bob: Person, tip: Arrived
) -> None:
    _, shown = tip
    await bob.taps("👍 Helpful", shown)
    await bob.taps("Twitch now", shown)
    assert bob.toast == "Logged 10:07\u202fAM"
    assert shown.labels[:3] == ["⚡ Twitch now", "↩️ Undo", "✏️ Details"]
    assert "✅ Helpful" in shown.labels
    await bob.taps("Why this tip", shown)
    assert "↩️ Undo" in shown.labels
    await bob.taps("Undo", shown)
    assert shown.labels[:2] == ["⚡ Twitch now", "↪️ Put back"]
    await bob.taps("Back to the tip", shown)
    assert "↪️ Put back" in shown.labels
    assert (await bob.subscriber()).unanswered == 0


@pytest.mark.parametrize(
    ("label", "wait"),
    [
        ("⏰ 10 min", timedelta(minutes=10)),
        ("⏰ 1 hour", timedelta(hours=1)),
        ("⏰ Tonight", timedelta(hours=11, minutes=23)),
    ],
)
async def test_a_tip_comes_again_when_it_was_put_off_to(
    bob: Person, tip: Arrived, label: str, wait: timedelta
) -> None:
    delivery, shown = tip
    nudges = len(bob.chat.nudges)
    await bob.taps("Later", shown)
    await bob.taps(label, shown)
    due = bob.chat.clock() + wait
    assert bob.toast == f"This tip comes again at {_time(bob, due)}"
    assert len(bob.chat.nudges) == nudges + 1
    assert await delivered(bob) == []
    bob.chat.clock.move(wait)
    ((once_more, second),) = await delivered(bob)
    assert once_more.tip == delivery.tip
    assert second.text == shown.text
    bob.waits(hours=2)
    assert await delivered(bob) == []


def _time(person: Person, moment: datetime) -> str:
    return person.chat.house.texts.speak("en").moment(moment, "Europe/Berlin")


async def test_put_off_twice_it_comes_once(bob: Person, tip: Arrived) -> None:
    delivery, shown = tip
    value = Snooze(delivery.id, SnoozeFor.TEN_MINUTES)
    await bob.taps_value(value, shown)
    first = bob.toast
    await bob.taps_value(value, shown)
    assert bob.toast == first
    bob.waits(minutes=1)
    await bob.taps_value(Snooze(delivery.id, SnoozeFor.HOUR), shown)
    assert "put off already" in (bob.toast or "")
    bob.waits(minutes=59)
    assert len(await delivered(bob)) == 1


async def test_a_put_off_tip_can_be_put_off_again(bob: Person, tip: Arrived) -> None:
    _, shown = tip
    await bob.taps("Later", shown)
    await bob.taps("⏰ 10 min", shown)
    bob.waits(minutes=10)
    ((_, second),) = await delivered(bob)
    await bob.taps("Later", second)
    await bob.taps("⏰ 10 min", second)
    bob.waits(minutes=10)
    assert len(await delivered(bob)) == 1


async def test_whoever_stopped_or_paused_is_told_why_it_cannot_come_later(
    bob: Person, tip: Arrived
) -> None:
    delivery, shown = tip
    value = Snooze(delivery.id, SnoozeFor.HOUR)
    now = bob.chat.clock()
    await bob.changes(lambda kept: paused_for(kept, 1, now))
    await bob.taps_value(value, shown)
    assert bob.alerted
    assert "paused" in (bob.toast or "")
    await bob.changes(stopped)
    await bob.taps_value(value, shown)
    assert "/start" in (bob.toast or "")


async def test_a_topic_switched_off_meanwhile_cannot_come_later(bob: Person, tip: Arrived) -> None:
    delivery, shown = tip
    now = bob.chat.clock()
    await bob.changes(lambda kept: with_topic(kept, delivery.topic, now, enabled=False))
    await bob.taps_value(Snooze(delivery.id, SnoozeFor.HOUR), shown)
    assert bob.alerted
    assert "switched off" in (bob.toast or "")


async def test_why_names_the_source_the_kind_and_the_day_it_was_checked(
    bob: Person, tip: Arrived
) -> None:
    delivery, shown = tip
    before = shown.text
    await bob.taps("Why this tip", shown)
    for words in (
        "Quick Help & Tips",
        "Hydration and Its Importance",
        "practical advice",
        "February 1, 2026",
    ):
        assert words in shown.text
    assert PAPER not in shown.text
    await bob.taps("Back to the tip", shown)
    assert shown.text == before
    assert pack(Why(delivery.id)) in shown.data


async def test_less_halves_a_topic_and_can_be_taken_back(bob: Person, tip: Arrived) -> None:
    delivery, shown = tip
    await bob.taps("Less of this", shown)
    assert (await plan_of(bob, delivery.topic)).thin == 2
    assert "every second tip" in shown.text
    await bob.taps("Keep as before", shown)
    assert (await plan_of(bob, delivery.topic)).thin == 1
    assert "second tip" not in shown.text


async def test_less_tapped_twice_or_handed_over_again_halves_once(
    bob: Person, tip: Arrived
) -> None:
    delivery, shown = tip
    value = Less(delivery.id, 1)
    await bob.taps_value(value, shown)
    await bob.taps_value(value, shown)
    bob.chat = await bob.chat.restart()
    await bob.repeats()
    assert (await plan_of(bob, delivery.topic)).thin == 2
    assert "Keep as before" in " ".join(shown.labels)


async def test_less_under_an_older_tip_says_the_present_pace_first(
    bob: Person, tip: Arrived
) -> None:
    delivery, shown = tip
    await _thin(bob, delivery.topic, 4)
    await bob.taps("Less of this", shown)
    assert (await plan_of(bob, delivery.topic)).thin == 4
    assert "every fourth tip" in shown.text
    await bob.taps("Less of this", shown)
    assert (await plan_of(bob, delivery.topic)).thin == 8
    await bob.taps("Keep as before", shown)
    assert (await plan_of(bob, delivery.topic)).thin == 4


async def test_there_is_a_least_pace(bob: Person, tip: Arrived) -> None:
    delivery, shown = tip
    await _thin(bob, delivery.topic, 8)
    await bob.taps_value(Less(delivery.id, 8), shown)
    assert (await plan_of(bob, delivery.topic)).thin == 8
    assert "least there is" in shown.text
    assert "Less of this" not in " ".join(shown.labels)


async def test_less_of_a_topic_that_is_off_says_so(bob: Person, tip: Arrived) -> None:
    delivery, shown = tip
    now = bob.chat.clock()
    await bob.changes(lambda kept: with_topic(kept, delivery.topic, now, enabled=False))
    await bob.taps("Less of this", shown)
    assert "switched off" in shown.text
    assert (await plan_of(bob, delivery.topic)).thin == 1


async def _thin(person: Person, topic: Topic, thin: int) -> None:
    await person.changes(
        lambda kept: replace(
            kept,
            plans=tuple(
                replace(plan, thin=thin) if plan.topic is topic else plan for plan in kept.plans
            ),
        )
    )


@pytest.mark.parametrize("thin", [0, -1, 3, 16, 2**40])
async def test_a_forged_pace_changes_nothing(bob: Person, tip: Arrived, thin: int) -> None:
    delivery, shown = tip
    await bob.taps_value(KeepPace(delivery.id, thin), shown)
    assert bob.alerted
    assert (await plan_of(bob, delivery.topic)).thin == 1


def every_button(which: DeliveryId) -> list[Any]:
    return [
        DidIt(which),
        SnoozeMenu(which),
        *(Snooze(which, wait) for wait in SnoozeFor),
        Vote(which, helpful=True),
        Vote(which, helpful=False),
        Why(which),
        Less(which, 1),
        KeepPace(which, 4),
        ShowTip(which),
    ]


async def test_nobody_answers_another_s_tip(alice: Person, bob: Person) -> None:
    delivery, shown = await first_tip(bob, DeliveryState.UNKNOWN)
    await alice.sends("/pad")
    seen, before = alice.everything, await bob.kept()
    for value in every_button(delivery.id):
        await alice.taps_value(value)
        assert alice.alerted, value
        assert "expired" in (alice.toast or ""), value
    assert (await again(bob, delivery)).state is DeliveryState.UNKNOWN
    assert await bob.kept() == before
    assert alice.everything == seen
    bob.waits(hours=12)
    assert not any(each.repeat > 0 for each, _ in await delivered(bob))
    assert shown.labels[0] == "⚡ Twitch now"


@pytest.mark.parametrize("button", range(9))
async def test_any_tap_proves_that_a_tip_in_doubt_arrived(bob: Person, button: int) -> None:
    delivery, shown = await first_tip(bob, DeliveryState.UNKNOWN)
    value = [
        *every_button(delivery.id)[2:8],
        DidIt(delivery.id),
        LogTwitch(0, delivery.id),
        Why(delivery.id),
    ][button]
    await bob.taps_value(value, shown)
    assert (await again(bob, delivery)).state is DeliveryState.SENT


async def test_an_answer_waits_for_the_store(bob: Person, tip: Arrived) -> None:
    _, shown = tip
    answers = len(bob.chat.telegram.toasts)
    bob.chat.switch.away = True
    await bob.taps("Did it", shown)
    assert len(bob.chat.telegram.toasts) == answers
    bob.chat.switch.away = False
    await bob.repeats()
    assert len(bob.chat.telegram.toasts) == answers + 1
    assert "✅ Did it" in shown.labels


async def test_a_twitch_on_a_tip_in_doubt_is_logged_once_and_proves_that_it_arrived(
    bob: Person,
) -> None:
    delivery, shown = await first_tip(bob, DeliveryState.UNKNOWN)
    bob.chat.switch.away = True
    await bob.taps("Twitch now", shown)
    assert bob.chat.put_off == [bob.chat.updates]
    bob.chat.switch.away = False
    await bob.repeats()
    assert (await again(bob, delivery)).state is DeliveryState.SENT
    today = bob.chat.clock().date()
    assert len(await bob.chat.store.check_ins(bob.who, today, today)) == 1
    assert "↩️ Undo" in shown.labels


async def test_a_tip_is_sent_on_request_once_for_each_request(alice: Person) -> None:
    """It is 22:07 in Auckland: quiet hours do not hold back what was asked for."""
    await delivered(alice)
    alice.waits(minutes=1)
    await alice.sends("/tip")
    assert alice.chat.nudges
    alice.chat = await alice.chat.restart()
    alice.waits(minutes=2)
    await alice.repeats()
    assert "on its way already" in alice.screen
    assert len(await delivered(alice)) == 1
    await alice.sends("/tip")
    assert len(await delivered(alice)) == 1


async def test_tips_on_request_come_from_all_topics_that_are_on(bob: Person) -> None:
    await delivered(bob)
    awake = {Topic.HYDRATION, Topic.SCREEN_BREAK, Topic.RELAXATION}
    for hours, topics in ((0, awake), (9, awake | {Topic.SLEEP})):
        bob.waits(hours=hours)
        seen = set()
        for _ in range(20):
            bob.waits(minutes=1)
            await bob.sends("/tip")
            seen |= {delivery.topic for delivery, _ in await delivered(bob)}
        assert seen == topics


async def test_no_tip_on_request_while_stopped_paused_or_all_off(bob: Person) -> None:
    await delivered(bob)
    now = bob.chat.clock()
    for topic in (Topic.HYDRATION, Topic.SLEEP, Topic.SCREEN_BREAK, Topic.RELAXATION):
        await bob.changes(lambda kept, t=topic: with_topic(kept, t, now, enabled=False))  # type: ignore[misc] # binds this turn's topic
    await bob.sends("/tip")
    assert "switched off" in bob.screen
    await bob.changes(lambda kept: paused_for(kept, None, now))
    await bob.sends("/tip")
    assert "paused" in bob.screen
    await bob.changes(stopped)
    await bob.sends("/tip")
    assert "/start" in bob.screen
    assert await delivered(bob) == []


async def test_after_three_tips_without_a_tap_the_rate_is_halved_and_said_once(
    bob: Person,
) -> None:
    await delivered(bob)
    await bob.changes(lambda kept: replace(kept, subscriber=replace(kept.subscriber, unanswered=0)))
    notes = []
    for _ in range(6):
        bob.waits(minutes=1)
        await bob.sends("/tip")
        ((_, shown),) = await delivered(bob)
        notes.append("half as many" in shown.text)
    assert notes == [False, False, False, True, False, False]
    plans = (await bob.kept()).plans
    assert {plan.thin for plan in plans if plan.topic in TIP_TOPICS} == {2}


async def test_a_tap_keeps_the_rate(bob: Person) -> None:
    await delivered(bob)
    for _ in range(6):
        bob.waits(minutes=1)
        await bob.sends("/tip")
        ((delivery, shown),) = await delivered(bob)
        await bob.taps_value(Vote(delivery.id, helpful=False), shown)
    assert {plan.thin for plan in (await bob.kept()).plans} == {1}


async def test_a_tip_without_a_document_names_its_editors(tip: Arrived) -> None:
    delivery, _ = tip
    assert delivery.tip is not None
    own = replace(delivery, tip=replace(delivery.tip, sources=()))
    text = load_texts().speak("en")
    assert delivery_view(text, own, {}).html.endswith("Source: the editors of this bot")
    assert "the editors of this bot" in why_view(text, own, {}, fresh(text, own)).html


async def test_not_even_a_document_that_is_gone_is_named_by_its_file(tip: Arrived) -> None:
    view = delivery_view(load_texts().speak("en"), tip[0], {})
    assert view.html.endswith("Source: an article")


async def test_a_tip_that_was_put_off_is_the_next_one_wherever_the_next_is_told(
    bob: Person,
) -> None:
    _, shown = await first_tip(bob)
    await bob.sends("/settings")
    await bob.taps("Topics and times")
    await bob.taps("Hydration")
    await bob.taps("Type times of day")
    await bob.sends("15:00")
    await bob.sends("/settings")
    assert "Your next tip comes at 2:00\u202fPM" in bob.screen
    await bob.taps("Later", shown)
    await bob.taps("⏰ 10 min", shown)
    await bob.sends("/settings")
    assert "Your next tip comes at 10:17\u202fAM" in bob.screen
    await bob.taps("Topics and times")
    await bob.taps("Hydration")
    assert "Next: 10:17\u202fAM" in bob.screen
    await bob.sends("/start")
    assert "Your next tip comes at 10:17\u202fAM" in bob.screen
    bob.waits(minutes=10)
    await delivered(bob)
    await bob.sends("/settings")
    assert "Your next tip comes at 2:00\u202fPM" in bob.screen


async def test_a_tip_that_was_put_off_is_not_the_next_one_of_a_topic_that_is_off(
    bob: Person,
) -> None:
    _, shown = await first_tip(bob)
    await bob.taps("Later", shown)
    await bob.taps("⏰ 10 min", shown)
    await bob.sends("/settings")
    await bob.taps("Topics and times")
    await bob.taps("Hydration")
    await bob.taps("Switch off")
    await bob.taps("Topics")
    await bob.taps("All settings")
    assert "10:17" not in bob.screen
