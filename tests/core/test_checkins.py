"""Logging a twitch, its details, and when the evening prompt is wanted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipbot.core.checkins import (
    NOT_KEPT,
    Earlier,
    ended,
    is_double_tap,
    moved_earlier,
    moved_to_time,
    new_rating,
    new_twitch,
    prompt_wanted,
    put_back,
    toggle_flag,
    toggle_helped,
    toggle_trigger,
    undone,
    with_duration,
    with_note,
    with_place,
    with_side,
    with_strength,
)
from tipbot.core.model import (
    NOTE_LIMIT,
    CheckIn,
    CheckInKind,
    Duration,
    Flag,
    Minute,
    Place,
    Relief,
    Side,
    Subscriber,
    SubscriberId,
    Tap,
    Trigger,
)

AUCKLAND = Subscriber(id=SubscriberId(11), chat_id=11, zone="Pacific/Auckland")
EVENING = datetime(2026, 6, 1, 8, 15, tzinfo=UTC)  # 20:15 on 1 June in Auckland


def tap(at: datetime = EVENING) -> Tap:
    return Tap(key="callback-1", message_id=5, nonce=3, at=at)


def a_twitch(at: datetime = EVENING) -> CheckIn:
    return new_twitch(AUCKLAND, tap(at), None)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    zone = ZoneInfo("Pacific/Auckland")
    return datetime(2026, 6, day, hour, minute, tzinfo=zone).astimezone(UTC)


def test_a_twitch_has_the_time_of_the_tap_and_side_and_place_of_the_last_one() -> None:
    last = with_strength(with_place(with_side(a_twitch(), Side.LEFT), Place.EYELID), 3)
    entry = new_twitch(AUCKLAND, tap(local(2, 0, 30)), last)
    assert (entry.id, entry.kind, entry.at) == (NOT_KEPT, CheckInKind.TWITCH, local(2, 0, 30))
    assert (entry.local_date, entry.zone) == (date(2026, 6, 2), "Pacific/Auckland")
    assert (entry.side, entry.place, entry.strength) == (Side.LEFT, Place.EYELID, None)


def test_a_rating_given_after_midnight_stays_with_the_day_that_was_asked_about() -> None:
    tonight = new_rating(AUCKLAND, date(2026, 6, 1), 2, tap())
    assert (tonight.at, tonight.strength) == (EVENING, 2)
    late = new_rating(AUCKLAND, date(2026, 6, 1), 0, tap(local(2, 0, 30)))
    assert (late.local_date, late.at) == (date(2026, 6, 1), local(1, 23, 59))
    with pytest.raises(ValueError, match="0 to 4"):
        new_rating(AUCKLAND, date(2026, 6, 1), 5, tap())


def test_two_presses_within_a_minute_are_one_wish() -> None:
    second = timedelta(seconds=1)
    assert is_double_tap(EVENING, EVENING)
    assert is_double_tap(EVENING, EVENING + 59 * second)
    assert not is_double_tap(EVENING, EVENING + 60 * second)
    assert not is_double_tap(EVENING, EVENING - 3600 * second), "the clock was set back"


def test_toggles_flip_or_obey() -> None:
    once = toggle_trigger(a_twitch(), Trigger.STRESS)
    assert once.triggers == {Trigger.STRESS}
    assert toggle_trigger(once, Trigger.STRESS).triggers == frozenset()
    assert toggle_trigger(once, Trigger.STRESS, on=True) == once
    assert toggle_helped(a_twitch(), Relief.REST, on=False) == a_twitch()
    assert toggle_helped(a_twitch(), Relief.REST).helped == {Relief.REST}
    assert toggle_flag(toggle_flag(a_twitch(), Flag.PAIN), Flag.SIGHT).flags == {
        Flag.PAIN,
        Flag.SIGHT,
    }


@pytest.mark.parametrize(
    ("seconds", "step"),
    [
        (0, Duration.SECONDS),
        (59, Duration.SECONDS),
        (60, Duration.MINUTES),
        (1199, Duration.MINUTES),
        (1200, Duration.HALF_HOUR),
        (3600, Duration.HALF_HOUR),
        (3601, Duration.HOURS),
    ],
)
def test_stopping_measures_how_long_it_lasted(seconds: int, step: Duration) -> None:
    entry = ended(a_twitch(), EVENING + timedelta(seconds=seconds))
    assert entry.duration is step
    assert entry.ended_at == EVENING + timedelta(seconds=seconds)


def test_an_end_is_never_before_the_start_and_a_chosen_duration_replaces_it() -> None:
    entry = ended(a_twitch(), EVENING - timedelta(hours=1))
    assert entry.ended_at == EVENING
    chosen = with_duration(entry, Duration.ON_AND_OFF)
    assert (chosen.duration, chosen.ended_at) == (Duration.ON_AND_OFF, None)


def test_a_note_is_trimmed() -> None:
    assert with_note(a_twitch(), "  after\0 lunch \n").note == "after lunch"
    assert len(with_note(a_twitch(), "x" * 5000).note) == NOTE_LIMIT


@pytest.mark.parametrize(
    ("how", "moment", "day"),
    [
        (Earlier.TEN_MINUTES, local(1, 20, 5), 1),
        (Earlier.AN_HOUR, local(1, 19, 15), 1),
        (Earlier.THIS_MORNING, local(1, 8), 1),
        (Earlier.YESTERDAY, datetime(2026, 5, 31, 8, 15, tzinfo=UTC), 31),
    ],
)
def test_earlier_counts_from_the_tap_and_twice_is_once(
    how: Earlier, moment: datetime, day: int
) -> None:
    entry = moved_earlier(a_twitch(), how)
    assert (entry.at, entry.local_date.day, entry.logged_at) == (moment, day, EVENING)
    assert moved_earlier(entry, how) == entry


def test_ten_minutes_before_a_tap_at_midnight_is_yesterday() -> None:
    entry = moved_earlier(a_twitch(local(2, 0, 5)), Earlier.TEN_MINUTES)
    assert entry.local_date == date(2026, 6, 1)


def test_this_morning_is_not_later_than_a_tap_at_dawn() -> None:
    entry = a_twitch(local(2, 6))
    assert moved_earlier(entry, Earlier.THIS_MORNING) == entry


def test_a_time_is_the_last_one_before_the_tap() -> None:
    today = moved_to_time(a_twitch(), Minute(20 * 60))
    assert today.at == local(1, 20)
    last_night = moved_to_time(a_twitch(), Minute(23 * 60))
    assert (last_night.at, last_night.local_date) == (local(1, 20) - timedelta(hours=21),
                                                      date(2026, 5, 31))  # fmt: skip


def test_an_end_before_the_new_start_is_dropped() -> None:
    an_hour_ago = moved_earlier(a_twitch(), Earlier.AN_HOUR)
    over = ended(an_hour_ago, EVENING - timedelta(minutes=30))
    assert moved_earlier(over, Earlier.AN_HOUR).ended_at == over.ended_at
    assert moved_earlier(over, Earlier.TEN_MINUTES).ended_at is None


def test_a_move_makes_a_measured_twitch_longer_but_never_longer_than_a_day() -> None:
    over = ended(a_twitch(), EVENING + timedelta(minutes=15))
    assert over.duration is Duration.MINUTES
    earlier = moved_earlier(over, Earlier.TEN_MINUTES)
    assert (earlier.ended_at, earlier.duration) == (over.ended_at, Duration.HALF_HOUR)
    yesterday = moved_earlier(over, Earlier.YESTERDAY)
    assert (yesterday.ended_at, yesterday.duration) == (None, Duration.MINUTES)


@given(st.sampled_from(list(Earlier)), st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)))  # noqa: DTZ001 - made aware below
def test_an_entry_never_moves_into_the_future_and_its_date_is_that_of_its_zone(
    how: Earlier, naive: datetime
) -> None:
    logged = naive.replace(tzinfo=UTC)
    entry = moved_earlier(a_twitch(logged), how)
    assert entry.at <= logged
    assert entry.local_date == entry.at.astimezone(ZoneInfo(entry.zone)).date()


def test_an_entry_taken_back_can_be_put_back() -> None:
    assert undone(a_twitch()).undone
    assert put_back(undone(a_twitch())) == a_twitch()


def test_the_prompt_is_wanted_unless_today_was_logged_within_two_hours() -> None:
    zone, now = ZoneInfo("Pacific/Auckland"), local(2, 0, 30)
    assert prompt_wanted(None, zone, now)
    assert prompt_wanted(local(1, 23, 50), zone, now), "that was yesterday"
    assert not prompt_wanted(local(2, 0, 5), zone, now)
    assert prompt_wanted(local(2, 0, 5), zone, local(2, 2, 5))
    assert not prompt_wanted(local(2, 0, 5), zone, local(2, 2, 4))


def test_edits_keep_what_they_do_not_touch() -> None:
    full = replace(a_twitch(), note="n", strength=2, triggers=frozenset({Trigger.FOOD}))
    assert with_side(with_side(full, Side.BOTH), None) == full
