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
from tipbot.core.diary import Day, Spot, weeks
from tipbot.core.model import STRENGTHS, Minute
from tipbot.texts import Text

_WEEK = 7


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
    """Return twitches and strength per day."""
    return DaysChart(
        title=period(text, days[0].date, days[-1].date),
        counts=text.plain("chart-counts"),
        strengths=text.plain("chart-strengths"),
        medians=text.plain("chart-median"),
        worsts=text.plain("chart-worst"),
        missings=text.plain("chart-missing"),
        nones=text.plain("chart-none"),
        uncounted=text.plain("chart-uncounted"),
        bars=tuple(_bar(text, day, place, len(days)) for place, day in enumerate(days)),
        dark=dark,
    )


def _bar(text: Text, day: Day, place: int, length: int) -> DayBar:
    return DayBar(
        label=_day_label(text, day, place, length),
        count=day.count,
        median=day.median,
        worst=day.worst,
        missing=not day.logged,
    )


def _day_label(text: Text, day: Day, place: int, length: int) -> str:
    if length <= _WEEK:
        return text.weekday(day.date.weekday())
    return "" if place % (7 if length <= 31 else 14) else text.short_day(day.date)


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
