"""Reads dates as people type them: ``2026-03-14``, ``14.3.``, ``14 March``, ``3/14/26``.

Where day and month could be either way round, both readings are returned and nobody guesses.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from tipbot.core.typed import LONGEST

_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_DOTTED = re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})(?:\.(?:\s?(?P<y>\d{4}|\d{2}))?)?")
_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})[-/](?P<m>\d{1,2})(?:[-/](?P<y>\d{4}|\d{2}))?")
_MONTH_FIRST = re.compile(r"(?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?:[-/](?P<y>\d{4}|\d{2}))?")
_NAMED_DAY_FIRST = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.|º)?\s?(?:de |of )?\s*(?P<n>[^\W\d_]+)\.?,?"
    r"(?:\s+(?:de |del )?(?P<y>\d{4}))?"
)
_NAMED_MONTH_FIRST = re.compile(
    r"(?P<n>[^\W\d_]+)\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<y>\d{4}))?"
)
_CERTAIN = (_ISO, _DOTTED, _NAMED_DAY_FIRST, _NAMED_MONTH_FIRST)
_BETWEEN = re.compile(
    r"\s*(?:[-\u2013\u2014\u2026]|\.\.+)\s*|\s+(?:to|until|till|bis|a|al|hasta)\s+"
)
_FROM = re.compile(r"(?:from|von|vom|desde|del|de)\s+(?:el\s+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """What words stand for, all in lower case: the months' names, and words like 'yesterday'."""

    today: date
    months: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)


def read_date(said: str, words: DateWords) -> tuple[date, ...]:
    """Return the dates that were possibly meant, ascending: none, one, or two.

    Without a year it is the last such date up to today; two digits of a year mean the last such
    year up to this one.
    """
    text = " ".join(said[:LONGEST].casefold().split())
    return tuple(sorted({day for order in _ORDERS if (day := _read(text, order, words))}))


def read_period(said: str, words: DateWords) -> tuple[tuple[date, date], ...]:
    """Return the periods (first day, last day) that were possibly meant: none, one, or two."""
    text = " ".join(said[:LONGEST].casefold().split())
    opening = _FROM.match(text)
    text = text[opening.end() :] if opening else text
    found = {span for order in _ORDERS for span in _spans(text, order, words)}
    return tuple(sorted(found))


_ORDERS = (_DAY_FIRST, _MONTH_FIRST)


def _spans(text: str, order: re.Pattern[str], words: DateWords) -> Iterator[tuple[date, date]]:
    """Yield every way to cut a text into two dates, the first not after the second."""
    for cut in _BETWEEN.finditer(text):
        last = _read(text[cut.end() :], order, words)
        if last is None:
            continue
        before = DateWords(today=last, months=words.months, days=words.days)
        first = _read(text[: cut.start()], order, before)
        if first is not None and first <= last:
            yield first, last


def _read(text: str, order: re.Pattern[str], words: DateWords) -> date | None:
    if text in words.days:
        return words.days[text]
    for form in (*_CERTAIN, order):
        match = form.fullmatch(text)
        if match is not None:
            parts = match.groupdict()
            month = int(parts["m"]) if "m" in parts else words.months.get(parts["n"], 0)
            return _dated(int(parts["d"]), month, parts["y"], words.today)
    return None


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is None:
        return _last_before(day, month, today)
    number = int(year)
    if len(year) == 2:
        number += today.year // 100 * 100
        number -= 100 if number > today.year else 0
    return _date(number, month, day)


def _last_before(day: int, month: int, today: date) -> date | None:
    """Return the last such date up to today; leap days may lie eight years back."""
    years = range(today.year, today.year - 9, -1)
    dates = (_date(year, month, day) for year in years)
    return next((each for each in dates if each is not None and each <= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
