"""What the chart of days says, in words: each of its bars with the same values, in little room."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from tipbot.bot.views.charts import BY_DAY, days_between
from tipbot.core.diary import Day, Summary, summary, weeks
from tipbot.texts import Text

_IN_FULL = 7
"""Up to so many days are told in sentences, more of them in figures; weeks after ``BY_DAY``."""


def days_words(text: Text, days: Sequence[Day]) -> list[str]:
    """Return a line for each bar; neighbours of which the same is said share one.

    In a longer time of which nothing is known, no line is needed.
    """
    if len(days) <= _IN_FULL:
        return [_sentence(text, day) for day in days]
    if not any(day.logged for day in days):
        return []
    if len(days) <= BY_DAY:
        return [text.html("diary-each-day"), *_day_lines(text, days)]
    told = [[day for day in week if day] for week in weeks(days)]
    return [text.html("diary-each-week"), *_week_lines(text, told)]


def _sentence(text: Text, day: Day) -> str:
    name = text.day(day.date)
    if not day.logged:
        return text.html("diary-day-missing", day=name)
    if day.free:
        return text.html("diary-day-free", day=name)
    if day.worst is None:
        return text.html("diary-day-unrated", day=name, count=day.twitches)
    if day.median is None or day.median == day.worst:
        return text.html("diary-day", day=name, count=day.twitches, strength=day.worst)
    return text.html(
        "diary-day-both",
        day=name,
        count=day.twitches,
        typical=text.number(day.median),
        strength=day.worst,
    )


def _day_lines(text: Text, days: Sequence[Day]) -> Iterator[str]:
    for said, run in groupby(days, key=lambda day: _figures(text, day)):
        some = list(run)
        yield text.html("diary-line", day=_span(text, some[0].date, some[-1].date), said=said)


def _figures(text: Text, day: Day) -> str:
    if not day.logged:
        return text.plain("chart-missing")
    if day.free:
        return text.plain("chart-none")
    count = text.plain("chart-uncounted") if day.count is None else text.number(day.count)
    return f"{count}; {_strength(text, day.median, day.worst)}"


def _strength(text: Text, median: float | None, worst: int | None) -> str:
    """Return the typical and the greatest strength, once where they are the same."""
    if worst is None:
        return text.plain("chart-unrated")
    if median is None or median == worst:
        return text.number(worst)
    return f"{text.number(median)} / {worst}"


def _span(text: Text, first: date, last: date) -> str:
    if first == last:
        return text.short_day(first)
    return text.plain("diary-period", first=text.short_day(first), last=text.short_day(last))


def _week_lines(text: Text, told: Iterable[Sequence[Day]]) -> Iterator[str]:
    """Yield a line a week, and one for all weeks in a row of which nothing is known."""
    for logged, run in groupby(told, key=lambda week: any(day.logged for day in week)):
        some = list(run)
        if logged:
            yield from (_week_line(text, week[0].date, summary(week)) for week in some)
        else:
            span = days_between(text, some[0][0].date, some[-1][-1].date)
            yield text.html("diary-line", day=span, said=text.plain("chart-missing"))


def _week_line(text: Text, first: date, known: Summary) -> str:
    return text.html(
        "diary-week",
        day=text.short_day(first),
        mean=_mean(text, known.mean),
        strength=_strength(text, known.median, known.worst),
        days=known.logged,
        all=known.days,
    )


def _mean(text: Text, mean: float | None) -> str:
    if mean is None:
        return text.plain("chart-uncounted")
    return text.plain("diary-mean", mean=text.number(mean))
