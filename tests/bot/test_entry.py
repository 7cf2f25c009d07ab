"""Every detail of an entry is one tap that can be made twice, and nobody else's."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.bot.chat import Person
from tests.bot.labels import cut
from tests.bot.telegram import Shown
from tests.core.diaries import entry as entry_of
from tipbot.bot.buttons.entry import (
    CloseEntry,
    Details,
    Earlier,
    EarlierBy,
    Fold,
    PutBack,
    SetDuration,
    SetPlace,
    SetSide,
    SetStrength,
    StartTimer,
    StopTimer,
    ToggleFlag,
    ToggleHelped,
    ToggleTrigger,
    Undo,
    Unfold,
    WriteNote,
)
from tipbot.bot.callbacks import pack
from tipbot.bot.views.details import detail_rows
from tipbot.core import checkins
from tipbot.core.model import (
    NOTE_LIMIT,
    STRENGTHS,
    CheckIn,
    CheckInId,
    DeliveryId,
    Duration,
    Flag,
    Place,
    Relief,
    Side,
    Tap,
    Trigger,
)
from tipbot.texts import load_texts

HERE = (-1, DeliveryId(0))


async def newest(person: Person) -> CheckIn:
    found = await person.chat.store.check_ins(person.who, date(2020, 1, 1), date(2030, 1, 1))
    return found[-1]


@pytest.fixture
async def entry(alice: Person) -> CheckIn:
    """Return a twitch that Alice logged, its details open before her."""
    await alice.sends("/twitch")
    await alice.taps("Details")
    return await newest(alice)


async def kept(person: Person, entry: CheckIn) -> CheckIn:
    found = await person.chat.store.check_in(entry.id, person.who)
    assert found is not None
    return found


def pad(person: Person) -> Shown:
    assert person.screen_message is not None
    return person.screen_message


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be said of an entry: its buttons, and whether an entry has it."""

    button: Callable[[CheckInId], Any]
    unset: Callable[[CheckInId], Any]
    holds: Callable[[CheckIn], bool]


def switch(kind: Any, value: Any, holds: Callable[[CheckIn, Any], bool]) -> Choice:
    return Choice(
        lambda entry: kind(entry, value, on=True),
        lambda entry: kind(entry, value, on=False),
        lambda entry: holds(entry, value),
    )


def rating(strength: int) -> Choice:
    return Choice(
        lambda entry: SetStrength(entry, strength),
        lambda entry: SetStrength(entry, -1),
        lambda entry: entry.strength == strength,
    )


CHOICES = [
    *map(rating, range(5)),
    *(switch(SetSide, side, lambda e, v: e.side is v) for side in Side),
    *(switch(SetPlace, place, lambda e, v: e.place is v) for place in Place),
    *(switch(SetDuration, step, lambda e, v: e.duration is v) for step in Duration),
    *(switch(ToggleTrigger, trigger, lambda e, v: v in e.triggers) for trigger in Trigger),
    *(switch(ToggleHelped, relief, lambda e, v: v in e.helped) for relief in Relief),
    *(switch(ToggleFlag, flag, lambda e, v: v in e.flags) for flag in Flag),
]


async def test_every_choice_is_set_ticked_and_taken_away_by_taps_on_one_message(
    alice: Person, entry: CheckIn
) -> None:
    message = pad(alice)
    for choice in CHOICES:
        await press(alice, choice.button(entry.id), message)
        assert choice.holds(await kept(alice, entry))
        assert label_of(message, choice.unset(entry.id)).startswith("✅ ")
        await press(alice, choice.unset(entry.id), message)
        assert not choice.holds(await kept(alice, entry))
        assert not label_of(message, choice.button(entry.id)).startswith("✅")


async def test_an_entry_that_was_deleted_meanwhile_is_not_called_kept(
    alice: Person, entry: CheckIn
) -> None:
    await alice.taps_value(CloseEntry(entry.id), pad(alice))
    assert alice.toast == "Kept"
    await alice.chat.store.edit_check_in(entry.id, alice.who, checkins.undone)
    await alice.taps_value(CloseEntry(entry.id), pad(alice))
    assert alice.toast is None


FOLDS = {SetPlace: Fold.PLACE, SetDuration: Fold.DURATION, ToggleHelped: Fold.HELPED}


async def press(person: Person, value: Any, message: Shown) -> None:
    """Tap a button, in its group where that is folded."""
    if pack(value) not in message.data and type(value) in FOLDS:
        await person.taps_value(Unfold(value.entry, FOLDS[type(value)]), message)
    assert pack(value) in message.data, "there is such a button"
    await person.taps_value(value, message)


def label_of(message: Shown, value: Any) -> str:
    """Return a button's words, none while its group is folded."""
    return dict(zip(message.data, message.labels, strict=True)).get(pack(value), "")


async def test_a_set_value_is_replaced_by_another(alice: Person, entry: CheckIn) -> None:
    await alice.taps("3 strong")
    await alice.taps("1 faint")
    await alice.taps("Left")
    await alice.taps("Both sides")
    after = await kept(alice, entry)
    assert (after.strength, after.side) == (1, Side.BOTH)
    assert "Strength: 1 of 4" in alice.screen


async def test_a_double_tap_on_a_choice_keeps_it(alice: Person, entry: CheckIn) -> None:
    message = pad(alice)
    edits = len(alice.chat.telegram.made("editMessageText"))
    value = ToggleTrigger(entry.id, Trigger.STRESS, on=True)
    await alice.taps_value(value, message)
    await alice.taps_value(value, message)
    assert (await kept(alice, entry)).triggers == {Trigger.STRESS}
    assert len(alice.chat.telegram.made("editMessageText")) == edits + 1


async def test_a_choice_handed_over_again_after_a_crash_stays(
    alice: Person, entry: CheckIn
) -> None:
    await alice.taps("Stress")
    alice.chat = await alice.chat.restart()
    await alice.repeats()
    assert (await kept(alice, entry)).triggers == {Trigger.STRESS}


@pytest.mark.usefixtures("entry")
async def test_strength_comes_first_and_every_button_fits_the_screen(
    alice: Person,
) -> None:
    message = pad(alice)
    rows = [[button["text"] for button in row] for row in message.keyboard]
    assert rows[:2] == [["0 none", "1 faint", "2 some"], ["3 strong", "4 worst"]]
    assert len(rows) <= 13
    assert [row[0] for row in rows[5:8:2]] == ["🔎 Stress", "Medicine"]
    assert [row[-1] for row in rows if "more" in row[-1]] == [
        f"{mark} more" for mark in ("📍", "⏳", "💚", "🕑")
    ]


@pytest.mark.usefixtures("entry")
async def test_done_is_the_largest_button_and_alone_in_its_row(alice: Person) -> None:
    *_, before, last = ([b["text"] for b in row] for row in pad(alice).keyboard)
    assert last == ["✔️ Done"]
    assert "🗑 Delete" in before


@pytest.mark.parametrize("language", load_texts().languages)
@pytest.mark.parametrize("ticked", [False, True])
def test_no_word_on_a_button_is_cut_on_a_phone(language: str, *, ticked: bool) -> None:
    text = load_texts().speak(language)
    made = entry_of(date(2026, 3, 2), duration=None)
    everything = replace(
        made,
        triggers=frozenset(Trigger),
        helped=frozenset(Relief),
        flags=frozenset(Flag),
        note="typed",
        at=made.at - timedelta(hours=1),
    )
    ticks = itertools.zip_longest(Place, Side, Duration, STRENGTHS)
    every = [
        replace(everything, place=place, side=side, duration=duration, strength=strength)
        for place, side, duration, strength in ticks
    ]
    for entry in every if ticked else [made]:
        for opened in (None, *Fold):
            assert cut(detail_rows(text, entry, entry.at, opened)) == []


async def test_what_is_set_stays_in_sight_when_its_group_folds(
    alice: Person, entry: CheckIn
) -> None:
    message = pad(alice)
    folded = list(message.labels)
    await alice.taps_value(Unfold(entry.id, Fold.PLACE), message)
    assert "Full side" in message.labels
    await alice.taps("Full side")
    assert "✅ Full side" in message.labels
    assert [label for label in message.labels if label != "✅ Full side"] == folded
    await alice.taps_value(Unfold(entry.id, Fold.HELPED), message)
    await alice.taps("Rest")
    assert "Water" in message.labels, "more of it can be ticked"
    await alice.taps("Water")
    await alice.taps("Stress")
    assert {"✅ Rest", "✅ Water", "✅ Stress"} <= set(message.labels)
    assert "Eye break" not in message.labels
    assert len(message.keyboard) <= 15


async def test_a_day_as_a_whole_has_no_place_and_no_hour(alice: Person) -> None:
    await alice.chat.store.rate_day(
        alice.who, date(2026, 3, 2), 2, Tap(key="r", message_id=1, nonce=0, at=alice.chat.clock())
    )
    rated = await newest(alice)
    await alice.taps_value(Details(rated.id, here=False))
    assert "✅ 2 some" in alice.labels
    assert [row[0]["text"] for row in pad(alice).keyboard[2:]] == [
        "Breath",
        "⚠️ Pain",
        "💆 Relief",
        "✔️ Done",
    ]


async def test_details_opened_by_a_double_tap_are_one_message(alice: Person) -> None:
    await alice.sends("/twitch")
    message = pad(alice)
    before = len(alice.said)
    data = message.data[-1]
    await alice.taps_data(data, message)
    await alice.taps_data(data, message)
    assert len(alice.said) == before + 1
    alice.waits(minutes=1)
    await alice.taps_data(data, message)
    assert len(alice.said) == before + 2


async def test_a_flag_brings_the_warning_card_at_once(alice: Person, entry: CheckIn) -> None:
    message, before = pad(alice), len(alice.said)
    await alice.taps_value(ToggleFlag(entry.id, Flag.WEAKNESS, on=True), message)
    assert len(alice.said) == before + 1
    assert "emergency" in alice.said[-1].text.lower()
    await alice.taps_value(ToggleFlag(entry.id, Flag.WEAKNESS, on=True), message)
    assert len(alice.said) == before + 1, "a double tap brings one card"
    await alice.taps_value(ToggleFlag(entry.id, Flag.WEAKNESS, on=False), message)
    assert len(alice.said) == before + 1, "taking it away brings none"


async def test_the_warning_card_comes_even_if_the_first_try_crashed(
    alice: Person, entry: CheckIn
) -> None:
    chat = alice.chat
    dropped = ("sendMessage", None, "the connection dropped")
    chat.telegram.refusals.extend([dropped] * 4)
    before = len(alice.said)
    await alice.taps_value(ToggleFlag(entry.id, Flag.SIGHT, on=True))
    assert len(alice.said) == before
    assert not chat.telegram.refusals, "it was tried three times, and then excused"
    alice.chat = await chat.restart()
    await alice.repeats()
    assert "emergency" in alice.said[-1].text.lower()


async def test_the_length_is_measured_from_the_twitch_to_the_stop(
    alice: Person, entry: CheckIn
) -> None:
    await alice.taps("Going")
    assert alice.labels == ["⏹ It stopped", "⬅️ Back"]
    alice.waits(minutes=12)
    await alice.taps("It stopped")
    assert alice.toast == "Kept: it lasted 12 minutes"
    after = await kept(alice, entry)
    assert after.ended_at == entry.at + timedelta(minutes=12)
    assert after.duration is Duration.MINUTES
    alice.waits(minutes=5)
    await alice.repeats()
    assert await kept(alice, entry) == after, "the first press counts"
    assert not any("Going" in label for label in alice.labels)


async def test_a_tap_on_the_ticked_length_lets_it_be_measured_anew(
    alice: Person, entry: CheckIn
) -> None:
    await alice.taps("Going")
    await alice.taps("It stopped")
    await alice.taps("✅ Secs")
    after = await kept(alice, entry)
    assert (after.duration, after.ended_at) == (None, None)
    assert any("Going" in label for label in alice.labels)


@pytest.mark.parametrize(
    ("label", "moved"),
    [
        ("\N{MINUS SIGN}10 min", timedelta(minutes=10)),
        ("\N{MINUS SIGN}1 h", timedelta(hours=1)),
        ("This morning", timedelta(hours=14, minutes=7)),
        ("Yesterday", timedelta(days=1)),
    ],
)
async def test_an_entry_is_moved_back_and_a_second_tap_moves_no_further(
    alice: Person, entry: CheckIn, label: str, moved: timedelta
) -> None:
    if not any(label in shown for shown in alice.labels):
        await alice.taps_value(Unfold(entry.id, Fold.EARLIER))
    await alice.taps(label)
    await alice.repeats()
    after = await kept(alice, entry)
    assert after.at == entry.at - moved
    await alice.taps("At my tap")
    assert (await kept(alice, entry)).at == entry.at


async def test_a_typed_time_moves_an_entry(alice: Person, entry: CheckIn) -> None:
    message = pad(alice)
    await alice.taps("Time …")
    assert "Type the time" in message.text
    await alice.sends("half past nine")
    assert "2:30\u202fpm" in alice.screen
    await alice.sends("9:30 pm")
    assert "Moved to 9:30\u202fpm" in alice.said[-1].text
    assert (await kept(alice, entry)).at == entry.at - timedelta(minutes=37)
    assert "9:30\u202fpm" in message.text


async def test_a_typed_time_after_the_tap_is_yesterday_s(alice: Person, entry: CheckIn) -> None:
    await alice.taps("Time …")
    await alice.sends("23:00")
    assert (await kept(alice, entry)).local_date == entry.local_date - timedelta(days=1)


async def test_a_note_is_kept_and_shown_as_it_was_typed(alice: Person, entry: CheckIn) -> None:
    message = pad(alice)
    await alice.taps("Note")
    await alice.sends("<b>after</b> 3 coffees & no sleep")
    assert (await kept(alice, entry)).note == "<b>after</b> 3 coffees & no sleep"
    assert "Note: <b>after</b> 3 coffees & no sleep" in message.text
    assert "&lt;b&gt;" in message.html
    assert alice.said[-1].text == "Your note is kept."


async def test_a_long_note_is_cut_and_says_so(alice: Person, entry: CheckIn) -> None:
    await alice.taps("Note")
    await alice.sends("😵" * (NOTE_LIMIT + 5))
    assert (await kept(alice, entry)).note == "😵" * NOTE_LIMIT
    assert "longer than" in alice.said[-1].text


async def test_a_single_dash_takes_the_note_away(alice: Person, entry: CheckIn) -> None:
    await alice.taps("Note")
    await alice.sends("something")
    await alice.taps("Note")
    await alice.sends("-")
    assert (await kept(alice, entry)).note == ""
    assert "no note" in alice.said[-1].text


async def test_a_note_typed_too_late_is_not_kept(alice: Person, entry: CheckIn) -> None:
    await alice.taps("Note")
    alice.waits(minutes=31)
    await alice.sends("too late")
    assert (await kept(alice, entry)).note == ""


async def test_a_note_for_an_entry_taken_back_meanwhile_is_not_kept(
    alice: Person, entry: CheckIn
) -> None:
    await alice.taps("Note")
    await alice.taps("Delete")
    await alice.sends("too late")
    assert (await kept(alice, entry)).note == ""
    assert "no longer there" in alice.said[-1].text


async def test_a_typed_answer_survives_a_restart_and_counts_once(
    alice: Person, entry: CheckIn
) -> None:
    await alice.taps("Note")
    alice.chat = await alice.chat.restart()
    await alice.sends("after lunch")
    await alice.sends("and something else")
    assert (await kept(alice, entry)).note == "after lunch"


async def test_done_ends_a_question_that_is_open(alice: Person, entry: CheckIn) -> None:
    await alice.taps("Note")
    await alice.taps("Done")
    await alice.sends("something else")
    assert (await kept(alice, entry)).note == ""


@pytest.mark.usefixtures("entry")
async def test_done_folds_the_details_and_change_opens_them_in_place(
    alice: Person,
) -> None:
    message, before = pad(alice), len(alice.said)
    await alice.taps("2 some")
    await alice.taps("Done")
    assert message.labels == ["✏️ Change", "🗑 Delete"]
    assert "Strength: 2 of 4" in message.text
    await alice.taps("Change")
    assert "✅ 2 some" in message.labels
    assert len(alice.said) == before


async def test_a_deleted_entry_can_be_put_back_and_takes_no_change_before(
    alice: Person, entry: CheckIn
) -> None:
    message = pad(alice)
    await alice.taps("Delete")
    assert message.labels == ["↪️ Put back"]
    await alice.taps_value(SetStrength(entry.id, 4), message)
    assert (await kept(alice, entry)).strength is None
    await alice.taps("Put back")
    assert await kept(alice, entry) == entry
    assert "0 none" in message.labels


def every_button(entry: CheckInId) -> list[Any]:
    return [
        *(choice.button(entry) for choice in CHOICES),
        Undo(entry, *HERE),
        PutBack(entry, *HERE),
        Details(entry, here=True),
        Details(entry, here=False),
        CloseEntry(entry),
        StartTimer(entry),
        StopTimer(entry),
        WriteNote(entry),
        *(Earlier(entry, by) for by in EarlierBy),
    ]


async def test_nobody_sees_or_changes_what_another_logged(alice: Person, bob: Person) -> None:
    await bob.sends("/twitch")
    entry = await newest(bob)
    await bob.chat.store.edit_check_in(entry.id, bob.who, lambda e: replace(e, note="Bob's own"))
    before = await kept(bob, entry)
    await alice.sends("/pad")
    seen = alice.everything
    for value in every_button(entry.id):
        await alice.taps_value(value)
        assert alice.alerted, value
        assert "expired" in (alice.toast or ""), value
    assert await kept(bob, entry) == before
    assert alice.everything == seen


@pytest.mark.parametrize("strength", [-2, 5, 2**40])
async def test_a_forged_strength_changes_nothing(
    alice: Person, entry: CheckIn, strength: int
) -> None:
    await alice.taps_value(SetStrength(entry.id, strength))
    assert alice.alerted
    assert await kept(alice, entry) == entry
