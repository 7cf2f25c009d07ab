"""Check-ins: what a tap makes of them, and when the evening prompt is still wanted."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from tipbot.core.instants import ONE_DAY, date_at, instant_of, minute_at
from tipbot.core.model import (
    MINUTES_A_DAY,
    NOTE_LIMIT,
    CheckIn,
    CheckInId,
    CheckInKind,
    Duration,
    Flag,
    Minute,
    Place,
    Relief,
    Side,
    Subscriber,
    Tap,
    Trigger,
)

DOUBLE_TAP = timedelta(seconds=60)
"""Two presses of one button closer than this are one wish (a slow answer invites a second one)."""
LONGEST_TIMED = timedelta(hours=24)
"""No twitch is timed for longer."""
PROMPT_GAP = timedelta(hours=2)
"""A day with a check-in younger than this is not asked about again."""
NOT_KEPT = CheckInId(0)
"""The id of an entry that the store has not given one yet."""


class Earlier(StrEnum):
    """The buttons that move an entry back, each counted from the tap that logged it."""

    TEN_MINUTES = "10m"
    AN_HOUR = "1h"
    THIS_MORNING = "morning"
    YESTERDAY = "yesterday"


_MORNING = Minute(8 * 60)
_Choice = TypeVar("_Choice")


def is_double_tap(first: datetime, second: datetime) -> bool:
    """Tell whether two presses of the same button are one wish."""
    return abs(second - first) < DOUBLE_TAP


def prompt_wanted(last_check_in_at: datetime | None, zone: ZoneInfo, now: datetime) -> bool:
    """Tell whether to ask for today: not if today's last check-in is less than two hours old."""
    if last_check_in_at is None or date_at(last_check_in_at, zone) != date_at(now, zone):
        return True
    return now - last_check_in_at >= PROMPT_GAP


def new_twitch(subscriber: Subscriber, tap: Tap, previous: CheckIn | None) -> CheckIn:
    """Return the entry of a tap, not kept yet, with side and place as in ``previous``."""
    return CheckIn(
        id=NOT_KEPT,
        subscriber=subscriber.id,
        kind=CheckInKind.TWITCH,
        at=tap.at,
        local_date=date_at(tap.at, ZoneInfo(subscriber.zone)),
        zone=subscriber.zone,
        side=previous.side if previous else None,
        place=previous.place if previous else None,
        logged_at=tap.at,
    )


def new_rating(subscriber: Subscriber, day: date, strength: int, tap: Tap) -> CheckIn:
    """Return the rating of a local day, not kept yet; one given later stands at that day's end."""
    end = instant_of(day, MINUTES_A_DAY - 1, ZoneInfo(subscriber.zone))
    return CheckIn(
        id=NOT_KEPT,
        subscriber=subscriber.id,
        kind=CheckInKind.DAY,
        at=min(tap.at, end),
        local_date=day,
        zone=subscriber.zone,
        strength=strength,
        logged_at=tap.at,
    )


def rerated(entry: CheckIn, rating: CheckIn) -> CheckIn:
    """Return a day's entry with a newer rating; what else was said of the day stays."""
    return replace(
        entry,
        at=rating.at,
        zone=rating.zone,
        strength=rating.strength,
        undone=False,
        logged_at=rating.logged_at,
    )


def _toggled(chosen: frozenset[_Choice], one: _Choice, *, on: bool | None) -> frozenset[_Choice]:
    wanted = one not in chosen if on is None else on
    return chosen | {one} if wanted else chosen - {one}


def toggle_trigger(entry: CheckIn, trigger: Trigger, *, on: bool | None = None) -> CheckIn:
    """Return the entry with a trigger flipped, or set as ``on`` says (safe to apply twice)."""
    return replace(entry, triggers=_toggled(entry.triggers, trigger, on=on))


def toggle_helped(entry: CheckIn, relief: Relief, *, on: bool | None = None) -> CheckIn:
    """Return the entry with something that helped flipped, or set as ``on`` says."""
    return replace(entry, helped=_toggled(entry.helped, relief, on=on))


def toggle_flag(entry: CheckIn, flag: Flag, *, on: bool | None = None) -> CheckIn:
    """Return the entry with a warning sign flipped, or set as ``on`` says."""
    return replace(entry, flags=_toggled(entry.flags, flag, on=on))


def with_strength(entry: CheckIn, strength: int | None) -> CheckIn:
    """Return the entry with a self-rating; ValueError off the scale of 0 to 4."""
    return replace(entry, strength=strength)


def with_side(entry: CheckIn, side: Side | None) -> CheckIn:
    """Return the entry with the side of the face, or without one."""
    return replace(entry, side=side)


def with_place(entry: CheckIn, place: Place | None) -> CheckIn:
    """Return the entry with the place on the face, or without one."""
    return replace(entry, place=place)


def with_duration(entry: CheckIn, duration: Duration | None) -> CheckIn:
    """Return the entry with how long it lasted, which replaces a measured end."""
    return replace(entry, duration=duration, ended_at=None)


def ended(entry: CheckIn, now: datetime) -> CheckIn:
    """Return the entry ended at ``now``, with the step of duration that this makes."""
    end = max(now, entry.at)
    return replace(entry, ended_at=end, duration=_step_of(end - entry.at))


def _step_of(lasted: timedelta) -> Duration:
    """Return the step: under 1 min, under 20 min, up to an hour, or longer."""
    if lasted < timedelta(minutes=1):
        return Duration.SECONDS
    if lasted < timedelta(minutes=20):
        return Duration.MINUTES
    return Duration.HALF_HOUR if lasted <= timedelta(hours=1) else Duration.HOURS


def with_note(entry: CheckIn, note: str) -> CheckIn:
    """Return the entry with a note, trimmed to ``NOTE_LIMIT`` characters; NUL cannot be stored."""
    return replace(entry, note=note.replace("\0", "").strip()[:NOTE_LIMIT].rstrip())


def moved_earlier(entry: CheckIn, how: Earlier) -> CheckIn:
    """Return the entry moved back from ``logged_at``, so that a second press changes nothing."""
    zone, tapped = ZoneInfo(entry.zone), entry.logged_at
    if how is Earlier.TEN_MINUTES:
        return moved_to(entry, tapped - timedelta(minutes=10))
    if how is Earlier.AN_HOUR:
        return moved_to(entry, tapped - timedelta(hours=1))
    day = date_at(tapped, zone)
    if how is Earlier.THIS_MORNING:
        return moved_to(entry, instant_of(day, _MORNING, zone))
    return moved_to(entry, instant_of(day - ONE_DAY, minute_at(tapped, zone), zone))


def moved_to_time(entry: CheckIn, minute: Minute) -> CheckIn:
    """Return the entry moved to the last time before the tap that the clock showed ``minute``."""
    zone, tapped = ZoneInfo(entry.zone), entry.logged_at
    today = date_at(tapped, zone)
    moment = instant_of(today, minute, zone)
    if moment > tapped:
        moment = instant_of(today - ONE_DAY, minute, zone)
    return moved_to(entry, moment)


def in_zone(entry: CheckIn, zone: str) -> CheckIn:
    """Return an entry that was logged before the zone was known: its moment stays."""
    return replace(entry, zone=zone, local_date=date_at(entry.at, ZoneInfo(zone)))


def moved_to(entry: CheckIn, moment: datetime) -> CheckIn:
    """Return the entry at another moment, never after the tap.

    A measured end stays where it is, so that the length changes; one before the new moment, or more
    than ``LONGEST_TIMED`` after it, was not measured from there and is dropped.
    """
    at = min(moment, entry.logged_at)
    local_date = date_at(at, ZoneInfo(entry.zone))
    moved = replace(entry, at=at, local_date=local_date)
    if entry.ended_at is None:
        return moved
    if at <= entry.ended_at <= at + LONGEST_TIMED:
        return ended(moved, entry.ended_at)
    return replace(moved, ended_at=None)


def undone(entry: CheckIn) -> CheckIn:
    """Return the entry taken back; it stays kept so that it can be put back."""
    return replace(entry, undone=True)


def put_back(entry: CheckIn) -> CheckIn:
    """Return the entry as it was before it was taken back."""
    return replace(entry, undone=False)
