"""The parts of a report's pages, in words: figures, timeline, tables, marks, notes."""

from collections.abc import Iterable, Sequence
from datetime import date

from tipbot.bot.views.charts import days_between, place_name
from tipbot.bot.views.treatments import kind_name
from tipbot.core.diary import Day, Spot
from tipbot.core.instants import ONE_DAY
from tipbot.core.markup import shortened
from tipbot.core.model import STRENGTHS, CheckIn, CheckInKind
from tipbot.core.pages import Band, Bar, Panel, Passage, Tick, Timeline
from tipbot.core.reports import Measure, Report, Stretch, per_week
from tipbot.core.since import WEEK, blocks
from tipbot.core.treatments import Treatment, days_since
from tipbot.texts import Text

MOST_MARKS = 6
"""Treatment marks that are listed; earlier ones are counted."""
MOST_NOTES = 7
MOST_ROWS = 13
"""Rows of the course; earlier years are told to stand in the CSV file."""
_SHORT = 110
"""Characters of a note that go on the page."""
_EACH_DAY = 184
_TICKS = 7
_NONE = "\N{EN DASH}"


def figures(text: Text, found: Report) -> Band:
    """Return the figures that matter most."""
    known = found.known
    uncounted = known.logged - known.counted
    left = [
        (text.plain("report-logged"), text.plain("report-of", some=known.logged, all=known.days)),
        (text.plain("report-missing"), text.number(known.missing)),
        (text.plain("report-free"), text.number(known.free)),
        (text.plain("report-twitches"), text.number(known.twitches)),
        (text.plain("report-weekly"), _number(text, found.weekly)),
    ]
    if uncounted:
        left.insert(3, (text.plain("report-uncounted"), text.number(uncounted)))
    right = (
        (text.plain("report-rated"), text.plain("report-of", some=found.rated, all=known.twitches)),
        (text.plain("report-median"), _number(text, known.median)),
        (text.plain("report-day-median"), _number(text, found.day_median)),
        (text.plain("report-worst"), _number(text, known.worst)),
        (text.plain("report-since"), _since(text, found)),
    )
    return Band(
        panels=(
            Panel(span=3, heading=text.plain("report-figures"), rows=tuple(left), widths=(24.0,)),
            Panel(span=3, heading=text.plain("report-strength"), rows=right, widths=(24.0,)),
        )
    )


def _number(text: Text, value: float | None) -> str:
    return _NONE if value is None else text.number(value)


def _since(text: Text, found: Report) -> str:
    mark = found.last_mark
    return _NONE if mark is None else text.number(days_since(mark, found.last))


def timeline(text: Text, found: Report) -> Timeline:
    """Return strength over the period: each day's greatest, or each week's middle one."""
    marked = {mark.local_date for mark in found.marks}
    daily = len(found.days) <= _EACH_DAY
    bars = _daily(found.days, marked) if daily else _weekly(found.days, marked)
    size = 1 if daily else WEEK
    return Timeline(
        heading=text.plain("report-daily" if daily else "report-by-week"),
        bars=bars,
        ticks=tuple(
            Tick(at=at, words=text.short_day(found.first + at * size * ONE_DAY))
            if daily
            else Tick(at=at, words=text.short_date(found.first + at * size * ONE_DAY))
            for at in _ticks(len(bars), WEEK if daily else 1)
        ),
        zeros=text.plain("report-zeros"),
        missings=text.plain("chart-missing"),
        unrated=text.plain("chart-unrated"),
        marked=text.plain("report-marked"),
    )


def _ticks(length: int, unit: int) -> range:
    """Return where words stand: every so many units, few enough not to touch."""
    return range(0, length, unit * max(1, -(-length // (unit * _TICKS))))


def _daily(days: Sequence[Day], marked: set[date]) -> tuple[Bar, ...]:
    return tuple(
        Bar(strength=day.worst, missing=not day.logged, marked=day.date in marked) for day in days
    )


def _weekly(days: Sequence[Day], marked: set[date]) -> tuple[Bar, ...]:
    found = []
    for week in blocks(days):
        some = days[week.first : week.last + 1]
        found.append(
            Bar(
                strength=week.median,
                missing=not any(day.logged for day in some),
                marked=any(day.date in marked for day in some),
            )
        )
    return tuple(found)


def where_and_how_long(text: Text, found: Report) -> Band:
    """Return the counts of places by side, and of durations."""
    sides = ("side-left", "side-right", "side-both", "chart-no-side", "report-all")
    places = Panel(
        span=4,
        heading=text.plain("report-places"),
        head=("", *(text.plain(key) for key in sides)),
        rows=tuple((place_name(text, spot), *_parts(text, spot)) for spot in found.spots)
        or ((text.plain("report-nothing"),),),
        widths=(18.0, 18.0, 20.0, 24.0, 12.0),
    )
    lengths = [
        (text.plain(f"duration-{one}"), text.number(count)) for one, count in found.durations
    ]
    if found.untimed:
        lengths.append((text.plain("report-unsaid"), text.number(found.untimed)))
    return Band(panels=(places, _counts(text, "report-durations", lengths)))


def _parts(text: Text, spot: Spot) -> tuple[str, ...]:
    counts = (spot.left, spot.right, spot.both, spot.unsaid, spot.total)
    return tuple(map(text.number, counts))


def _counts(text: Text, heading: str, rows: Iterable[tuple[str, ...]], foot: str = "") -> Panel:
    some = tuple(rows) or ((text.plain("report-nothing"),),)
    return Panel(span=2, heading=text.plain(heading), rows=some, foot=foot)


def ticked(text: Text, found: Report) -> Band:
    """Return how often triggers, what helped and warning signs were ticked."""
    triggers = [(text.plain(f"trigger-{one}"), text.number(count)) for one, count in found.triggers]
    helpers = [(text.plain(f"helped-{one}"), text.number(count)) for one, count in found.helped]
    return Band(
        panels=(
            _counts(text, "report-triggers", triggers, text.plain("report-no-cause")),
            _counts(text, "report-helped", helpers),
            _signs(text, found),
        )
    )


def _signs(text: Text, found: Report) -> Panel:
    """Return the warning signs with the day on which each was ticked last."""
    if not found.flags:
        return _counts(text, "report-signs", ())
    return Panel(
        span=2,
        heading=text.plain("report-signs"),
        head=("", text.plain("report-sign-last"), text.plain("report-sign-times")),
        rows=tuple(
            (text.plain(f"flag-{flag}"), text.short_date(last), text.number(count))
            for flag, count, last in found.flags
        ),
        widths=(23.0, 9.0),
    )


def marks(text: Text, found: Report) -> Passage:
    """Return the treatment marks of the period, newest first, and the last one before it."""
    newest = list(reversed(found.marks))
    lines = [_mark_line(text, mark) for mark in newest[:MOST_MARKS]]
    if len(newest) > MOST_MARKS:
        lines.append(text.plain("report-more-marks", count=len(newest) - MOST_MARKS))
    if found.before is not None:
        lines.append(text.plain("report-before", mark=_mark_line(text, found.before)))
    return Passage(
        heading=text.plain("report-marks"),
        lines=tuple(lines) or (text.plain("report-no-marks"),),
    )


def _mark_line(text: Text, mark: Treatment) -> str:
    day, kind = text.short_date(mark.local_date), kind_name(text, mark.kind)
    line = text.plain("report-mark", day=day, kind=kind)
    return text.plain("report-noted", line=line, note=_short(mark.note)) if mark.note else line


def _short(note: str) -> str:
    return shortened(" ".join(note.split()), _SHORT)


def days_and_facts(text: Text, found: Report) -> Band:
    """Return the days by strength, and what was said about days."""
    levels = [
        (text.plain("report-level", level=level, words=text.plain(f"level-{level}")),
         text.number(found.levels[level]))
        for level in STRENGTHS
    ]  # fmt: skip
    levels += [
        (text.plain("report-unrated"), text.number(found.unrated)),
        (text.plain("chart-missing"), text.number(found.known.missing)),
    ]
    measures = (("sleep", found.sleep), ("coffees", found.coffees), ("screen", found.screen))
    facts = [_measure(text, name, measure) for name, measure in measures if measure is not None]
    facts += _levels(text, "water", found.water) + _levels(text, "stress", found.stress)
    return Band(
        panels=(
            _counts(text, "report-days", levels),
            Panel(
                span=4,
                heading=text.plain("report-context"),
                rows=tuple(facts) or ((text.plain("report-nothing"),),),
                widths=(64.0,),
            ),
        )
    )


def _measure(text: Text, name: str, measure: Measure) -> tuple[str, str]:
    said = text.plain(
        "report-measure",
        median=text.number(measure.median),
        least=measure.least,
        most=measure.most,
        days=measure.days,
    )
    return text.plain(f"report-{name}"), said


def _levels(text: Text, name: str, counts: Sequence[int]) -> list[tuple[str, str]]:
    if not any(counts):
        return []
    parts = [
        text.plain("report-part", word=text.plain(f"report-{name}-{level}"), days=count)
        for level, count in enumerate(counts)
    ]
    return [(text.plain(f"report-{name}"), ", ".join(parts))]


def stretches(text: Text, found: Report) -> Band:
    """Return the period cut into weeks, months or years."""
    head = ("from", "twitches", "logged", "weekly", "median", "worst")
    every = found.stretches
    shown = every if len(every) <= MOST_ROWS + 1 else every[-MOST_ROWS:]
    left = len(every) - len(shown)
    return Band(
        panels=(
            Panel(
                span=6,
                heading=text.plain("report-stretches"),
                head=tuple(text.plain(f"report-head-{word}") for word in head),
                rows=tuple(_stretch(text, one) for one in shown),
                widths=(22.0, 26.0, 30.0, 26.0, 22.0),
                foot=text.plain("report-more-years", count=left) if left else "",
            ),
        )
    )


def _stretch(text: Text, one: Stretch) -> tuple[str, ...]:
    known = one.known
    return (
        days_between(text, one.first, one.last),
        text.number(known.twitches) if known.counted else _NONE,
        text.plain("report-of", some=known.logged, all=known.days),
        _number(text, per_week(known)),
        _number(text, known.median),
        _number(text, known.worst),
    )


def notes(text: Text, found: Report) -> Passage:
    """Return the newest notes on entries."""
    newest = list(reversed(found.notes))
    lines = [_note(text, entry) for entry in newest[:MOST_NOTES]]
    if len(newest) > MOST_NOTES:
        lines.append(text.plain("report-more-notes", count=len(newest) - MOST_NOTES))
    return Passage(heading=text.plain("report-notes"), lines=tuple(lines))


def _note(text: Text, entry: CheckIn) -> str:
    day = text.short_date(entry.local_date)
    if entry.kind is CheckInKind.TWITCH:
        day = text.plain("when-other-day", day=day, time=text.moment(entry.at, entry.zone))
    return text.plain("report-noted", line=day, note=_short(entry.note))
