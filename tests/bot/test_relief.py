"""/relief in the chat: choosing, starting, stopping, and saying whether it helped."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from tests.bot.chat import Chat, Person
from tests.bot.leads import begins, lead
from tests.bot.telegram import Shown
from tipbot.bot.buttons.relief import OpenRelief, RateRelief, StartRelief, StopRelief
from tipbot.bot.views.relief import choices_view, over_view, step_view, technique_view
from tipbot.core.helped import LOOKED_AT, Record, by_technique, ranked
from tipbot.core.model import CheckIn, Relief, SubscriberId
from tipbot.core.relief import GUIDES, Pace, Technique, length, next_beat
from tipbot.core.sessions import Answer, Session, SessionId
from tipbot.texts import Text, load_texts

BREATHING = StartRelief(Technique.BREATHING, Pace.GENTLE)
START = datetime(2026, 3, 2, tzinfo=UTC)
ENGLISH = load_texts().speak("en")


def message(person: Person) -> Shown:
    assert person.screen_message is not None
    return person.screen_message


async def runs_through(person: Person, name: str = "Jaw") -> None:
    """Do a whole session."""
    await begins(person, name)
    person.waits(minutes=6)
    await lead(person.chat).tick()


async def newest(person: Person) -> CheckIn:
    day = person.chat.clock().date()
    entries = await person.chat.store.check_ins(
        person.who, day - timedelta(days=2), day + timedelta(days=2)
    )
    return entries[-1]


async def test_the_techniques_are_listed_with_words(alice: Person) -> None:
    await alice.sends("/relief")
    assert alice.labels == [
        "🌬 Breathing",
        "👆 Gentle pressure",
        "🧣 Warm compress",
        "💆 Gentle massage",
        "🖐 Forehead massage",
        "😮 Jaw relaxation",
        "😁 Cheek stretches",
        "😑 Eye squeezes",
        "👀 Eye break",
    ]
    assert "helped" not in " ".join(alice.labels)
    assert "/signs" in alice.screen


@pytest.mark.parametrize("technique", Technique)
def test_the_start_screen_says_what_it_is_and_where_that_is_said(technique: Technique) -> None:
    html = technique_view(ENGLISH, technique, {}).html
    assert ENGLISH.html(f"relief-about-{technique}") in html
    assert "Stop if it hurts" in html
    assert "The articles give no times" in html
    for source in GUIDES[technique].sources:
        assert source.section in html
        assert source.document not in html
    asks_first = "Check with a health professional" in html
    assert asks_first is GUIDES[technique].exercise


@pytest.mark.parametrize("technique", Technique)
@pytest.mark.parametrize("pace", Pace)
def test_every_change_of_the_message_shows_something_new(technique: Technique, pace: Pace) -> None:
    session = Session(
        id=SessionId(1),
        subscriber=SubscriberId(1),
        message_id=1,
        technique=technique,
        pace=pace,
        started_at=START,
    )
    now, shown = START, []
    while (position := session.position(now)) is not None:
        shown.append(step_view(ENGLISH, session, position).html)
        beat = next_beat(technique, START, now, pace)
        assert beat is not None
        now = beat
    shown.append(over_view(ENGLISH, session).html)
    assert len(set(shown)) == len(shown)
    assert all("1 seconds" not in html.split() for html in shown)


async def record_of(person: Person) -> Mapping[Technique, Record]:
    now = person.chat.clock()
    return by_technique(await person.chat.store.outcomes(person.who, now - LOOKED_AT, now))


def _labels(text: Text, record: dict[Technique, Record]) -> list[str]:
    return [
        b.label
        for row in choices_view(text, ranked(record, tuple(Technique))).keyboard
        for b in row
    ]


def test_what_helped_most_comes_first_with_its_counts_once_there_is_enough() -> None:
    record = {
        Technique.JAW: Record(5, 4),
        Technique.EYE_BREAK: Record(3, 3),
        Technique.BREATHING: Record(2, 2),
    }
    labels = _labels(ENGLISH, record)
    assert labels[:3] == [
        "👀 Eye break: helped 3 of 3",
        "😮 Jaw relaxation: helped 4 of 5",
        "🌬 Breathing",
    ]
    assert "comes first" in choices_view(ENGLISH, ranked(record, tuple(Technique))).html
    assert "comes first" not in choices_view(ENGLISH, ranked({}, tuple(Technique))).html


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "🧣 Warm compress: helped 7 times"),
        ("de", "🧣 Warmes Tuch: half 7 Mal"),
        ("es", "🧣 Compresa tibia: ayudó 7 veces"),
    ],
)
def test_of_what_was_ticked_no_share_is_told_as_nobody_ticks_what_did_not_help(
    language: str, told: str
) -> None:
    text = load_texts().speak(language)
    assert _labels(text, {Technique.COMPRESS: Record(ticked=7)})[0] == told
    assert _labels(text, {Technique.COMPRESS: Record(rated=2, better=1, ticked=6)})[0] == told


async def test_three_rated_sessions_put_a_technique_first(alice: Person) -> None:
    for _ in range(3):
        await alice.sends("/relief")
        assert alice.labels[0] == "🌬 Breathing"
        await runs_through(alice)
        await alice.taps("Better")
    await alice.sends("/relief")
    assert alice.labels[0] == "😮 Jaw relaxation: helped 3 of 3"


async def test_start_leads_into_the_first_step_of_the_same_message(alice: Person) -> None:
    await begins(alice, "Breathing")
    assert len(alice.said) == len({shown.message_id for shown in alice.said})
    assert "Sit or lie" in alice.screen
    assert "6 seconds" in alice.screen
    assert alice.labels == ["⏹ Stop"]


@pytest.mark.parametrize(("start", "seconds"), [("Start slower", "9"), ("Start faster", "5")])
async def test_the_pace_can_be_chosen(alice: Person, start: str, seconds: str) -> None:
    await begins(alice, "Breathing", start)
    assert f"{seconds} seconds" in alice.screen


async def test_a_double_tap_on_start_begins_one_session(alice: Person) -> None:
    await begins(alice, "Breathing")
    under = message(alice)
    alice.chat.telegram.calls.clear()
    await alice.taps_value(BREATHING, under)
    assert "Sit or lie" in alice.screen
    assert not alice.chat.telegram.made("editMessageText")
    alice.waits(seconds=7)
    assert len(await alice.chat.store.claim_relief(alice.chat.clock(), 100)) == 1


async def test_a_start_handed_over_again_after_a_crash_goes_on_where_it_stands(
    alice: Person,
) -> None:
    await begins(alice, "Breathing")
    alice.waits(seconds=7)
    await alice.repeats()
    assert "Breathe in" in alice.screen
    assert len(await alice.chat.store.claim_relief(alice.chat.clock(), 100)) == 1


async def test_a_second_session_ends_the_first(alice: Person) -> None:
    await begins(alice, "Breathing")
    first = message(alice)
    alice.waits(seconds=3)
    await begins(alice, "Jaw")
    assert "Stopped." in first.text
    assert "Did it help?" in first.text
    live = await alice.chat.store.claim_relief(alice.chat.clock() + timedelta(seconds=9), 100)
    assert [led.session.technique for led in live] == [Technique.JAW]


async def test_stop_ends_it_at_once_and_a_second_stop_changes_nothing(alice: Person) -> None:
    await begins(alice, "Breathing")
    under = message(alice)
    alice.waits(seconds=3)
    await alice.taps("Stop")
    assert "Stopped." in alice.screen
    assert alice.labels == ["🙂 Better", "😐 The same", "🙁 Worse", "🔁 Once more", "⬅️ All of them"]
    said = alice.screen
    await alice.taps_value(StopRelief(SessionId(1)), under)
    assert alice.screen == said
    assert await lead(alice.chat).goes_on(120) == []


async def test_once_more_goes_through_it_again_and_back_leads_to_the_list(alice: Person) -> None:
    await runs_through(alice)
    await alice.taps("Once more")
    assert "Open your mouth" in alice.screen
    alice.waits(minutes=2)
    await lead(alice.chat).tick()
    await alice.taps("All of them")
    assert "What may help now" in alice.screen


@pytest.mark.parametrize("answer", Answer)
async def test_the_answer_is_kept_and_can_be_changed(alice: Person, answer: Answer) -> None:
    await runs_through(alice)
    await alice.taps("Better")
    assert "You said: better" in alice.screen
    word = ENGLISH.plain(f"answer-{answer}")
    await alice.taps(word.capitalize())
    assert f"You said: {word}" in alice.screen
    assert [label for label in alice.labels if label.startswith("✅")] == [
        f"✅ {word.capitalize()}"
    ]
    assert ("/signs" in alice.screen) is (answer is Answer.WORSE)
    record = await record_of(alice)
    assert record == {Technique.JAW: Record(1, int(answer is Answer.BETTER))}


async def test_better_is_ticked_on_a_fresh_entry_and_can_be_changed_there(alice: Person) -> None:
    await alice.sends("/twitch")
    await runs_through(alice)
    await alice.taps("Better")
    assert "I ticked “exercise”" in alice.screen
    assert (await newest(alice)).helped == {Relief.EXERCISE}
    await alice.taps("Details", message(alice))
    await alice.taps("✅ Exercise")
    assert (await newest(alice)).helped == frozenset()


async def test_a_changed_mind_takes_the_tick_away_again(alice: Person) -> None:
    await alice.sends("/twitch")
    await runs_through(alice)
    for label in ("Better", "The same"):
        await alice.taps(label)
    assert (await newest(alice)).helped == frozenset()
    assert "I ticked" not in alice.screen


async def test_an_entry_of_this_morning_is_not_ticked(alice: Person) -> None:
    await alice.sends("/twitch")
    alice.waits(hours=3)
    await runs_through(alice)
    await alice.taps("Better")
    assert (await newest(alice)).helped == frozenset()
    assert "Details" not in " ".join(alice.labels)


async def test_a_session_leaves_flags_and_the_rest_of_an_entry_alone(alice: Person) -> None:
    await alice.sends("/twitch")
    before = await newest(alice)
    await runs_through(alice)
    await alice.taps("Better")
    after = await newest(alice)
    assert (after.flags, after.strength, after.note) == (before.flags, before.strength, before.note)


async def test_forged_ids_touch_nobody_elses_session(alice: Person, bob: Person) -> None:
    await begins(alice, "Breathing")
    said = alice.screen
    for which in (1, 0, -1, 2**62):
        await bob.taps_value(StopRelief(SessionId(which)))
        assert bob.alerted
        await bob.taps_value(RateRelief(SessionId(which), Answer.WORSE))
        assert bob.alerted
    alice.waits(seconds=7)
    assert len(await alice.chat.store.claim_relief(alice.chat.clock(), 100)) == 1
    assert alice.screen == said


async def test_a_session_that_still_runs_cannot_be_rated(alice: Person) -> None:
    await begins(alice, "Breathing")
    await alice.taps_value(RateRelief(SessionId(1), Answer.BETTER))
    assert alice.alerted
    assert await record_of(alice) == {}


async def test_the_list_opens_in_a_message_of_its_own_from_an_entry(alice: Person) -> None:
    await alice.sends("/twitch")
    await alice.taps("Details")
    entry = message(alice)
    await alice.taps("💆 Relief", entry)
    assert "What may help now" in alice.screen
    assert message(alice).message_id != entry.message_id
    count = len(alice.said)
    await alice.taps_value(OpenRelief(here=False), entry)
    assert len(alice.said) == count


async def test_a_newcomer_is_asked_to_begin_first(newcomer: Person) -> None:
    await newcomer.sends("/relief")
    assert "I agree, start" in " ".join(newcomer.labels)
    await newcomer.taps_value(BREATHING)
    assert newcomer.alerted
    assert not await newcomer.known()


async def test_slash_stop_ends_a_session_and_leaves_no_step_standing(
    chat: Chat, alice: Person
) -> None:
    await begins(alice, "Breathing")
    session = message(alice)
    assert "6 seconds" in session.text
    await alice.sends("/stop")
    assert await lead(chat).goes_on(100) == []
    assert "Stopped.\n\nDid it help?" in session.text
    await alice.taps("Better")
    assert "You said: better" in session.text


async def test_slash_stop_ends_a_session_of_whoever_has_stopped_before(
    chat: Chat, alice: Person
) -> None:
    await alice.sends("/stop")
    await begins(alice, "Breathing")
    session = message(alice)
    await alice.sends("/stop")
    assert "stopped all messages already" in alice.everything
    assert "Stopped.\n\nDid it help?" in session.text
    assert await lead(chat).goes_on(100) == []


async def test_slash_stop_in_the_last_seconds_is_no_session_to_the_end(
    chat: Chat, alice: Person
) -> None:
    await begins(alice, "Breathing")
    session = message(alice)
    await lead(chat).goes_on(length(Technique.BREATHING).total_seconds() - 3)
    await alice.sends("/stop")
    assert "Stopped.\n\nDid it help?" in session.text


async def test_whoever_has_stopped_all_messages_may_still_use_it(chat: Chat, alice: Person) -> None:
    await alice.sends("/stop")
    await begins(alice, "Breathing")
    shown = await lead(chat).goes_on(length(Technique.BREATHING).total_seconds() + 1)
    assert "Did it help?" in shown[-1]
