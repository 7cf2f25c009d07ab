"""The diary's charts as values and finished words, for the process that draws them."""

from collections.abc import Sequence
from datetime import date

from tipbot.core.charts import (
    CalendarChart,
    Cell,
    DayBar,
    DaysChart,
    HoursChart,
    PlaceBar,
    PlacesChart,
)
from tipbot.core.diary import Day, Spot, summary, weeks
from tipbot.core.model import STRENGTHS, Minute
from tipbot.core.since import FEW
from tipbot.texts import Text

_WEEK = 7
BY_DAY = 31
"""Up to so many days have a bar each; more of them have one a week."""
_LABELS = 5
"""Dates below an axis: as many as fit beside each other on a phone."""


def period(text: Text, first: date, last: date) -> str:
    """Return the days from one to another in words."""
    if first == last:
        return text.date(last)
    return days_between(text, first, last)


def days_between(text: Text, first: date, last: date) -> str:
    """Return two days, or one, in little room; the first has its year if that is another."""
    if first == last:
        return text.short_date(last)
    start = text.short_day(first) if first.year == last.year else text.short_date(first)
    return text.plain("diary-period", first=start, last=text.short_date(last))


def days_chart(text: Text, days: Sequence[Day], *, dark: bool) -> DaysChart:
    """Return twitches and strength per day, a long time by the week."""
    by_day = len(days) <= BY_DAY
    runs = [(day,) for day in days] if by_day else _weeks(days)
    return DaysChart(
        title=period(text, days[0].date, days[-1].date),
        counts=text.plain("chart-counts" if by_day else "chart-weeks"),
        strengths=text.plain("chart-strengths"),
        medians=text.plain("chart-median"),
        worsts=text.plain("chart-worst"),
        missings=text.plain("chart-missing"),
        nones=text.plain("chart-none"),
        uncounted=text.plain("chart-uncounted"),
        few=text.plain("since-few"),
        bars=tuple(
            _bar(tick_label(text, run[0].date, place, len(runs)), run, few=not by_day)
            for place, run in enumerate(runs)
        ),
        dark=dark,
    )


def _weeks(days: Sequence[Day]) -> list[tuple[Day, ...]]:
    return [tuple(day for day in week if day) for week in weeks(days)]


def _bar(label: str, days: Sequence[Day], *, few: bool) -> DayBar:
    known = summary(days)
    return DayBar(
        label=label,
        count=known.mean,
        median=known.median,
        worst=known.worst,
        missing=not known.logged,
        few=few and known.counted < FEW,
    )


def tick_label(text: Text, day: date, place: int, length: int) -> str:
    """Return what stands below a bar, one of so many; empty where there is no room for it."""
    if length <= _WEEK:
        return f"{text.weekday(day.weekday())}\n{day.day}"
    unit = _WEEK if length > 2 * _WEEK else 1
    return "" if place % (unit * -(-length // (unit * _LABELS))) else text.short_day(day)


def hours_chart(text: Text, title: str, counts: Sequence[int], *, dark: bool) -> HoursChart:
    """Return twitches by local hour."""
    return HoursChart(
        title=title,
        counts=text.plain("chart-hours"),
        labels=tuple(text.minute(Minute(hour * 60)) for hour in range(24)),
        bars=tuple(counts),
        dark=dark,
    )


def place_name(text: Text, spot: Spot) -> str:
    """Return the name of a place, or that none was given."""
    return text.plain(f"place-{spot.place}") if spot.place else text.plain("chart-no-place")


def places_chart(text: Text, title: str, spots: Sequence[Spot], *, dark: bool) -> PlacesChart:
    """Return twitches by place and side."""
    return PlacesChart(
        title=title,
        counts=text.plain("chart-places"),
        sides=(
            text.plain("side-left"),
            text.plain("side-right"),
            text.plain("side-both"),
            text.plain("chart-no-side"),
        ),
        bars=tuple(
            PlaceBar(
                label=place_name(text, spot), parts=(spot.left, spot.right, spot.both, spot.unsaid)
            )
            for spot in spots
        ),
        dark=dark,
    )


def calendar_chart(text: Text, days: Sequence[Day], today: date, *, dark: bool) -> CalendarChart:
    """Return a month's days."""
    return CalendarChart(
        title=text.month(days[0].date),
        weekdays=tuple(text.weekday(weekday) for weekday in range(7)),
        levels=tuple(text.plain(f"level-{strength}") for strength in STRENGTHS),
        unrated=text.plain("chart-unrated"),
        missings=text.plain("chart-missing"),
        weeks=tuple(tuple(_cell(day, today) for day in week) for week in weeks(days)),
        dark=dark,
    )


def _cell(day: Day | None, today: date) -> Cell | None:
    if day is None:
        return None
    return Cell(
        label=str(day.date.day),
        worst=day.worst,
        missing=not day.logged,
        future=day.date > today,
    )
