"""Figures for owners: a chart, the same in words, and the votes for each tip."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tipbot.bot.buttons.staff import OpenFigures, OpenVotes
from tipbot.bot.views import Button, Keyboard, View, ticked, turns
from tipbot.bot.views.admin import back_row
from tipbot.bot.views.charts import period, tick_label
from tipbot.core.charts import FigureBar, FiguresChart, VoteBar, VotesChart
from tipbot.core.figures import (
    ENOUGH_VOTES,
    SPANS,
    DayFigures,
    People,
    TipVotes,
    together,
)
from tipbot.core.markup import shortened
from tipbot.texts import Text

A_PAGE = 8
"""Tips on one page of the votes: as many as fit below a picture."""
_LONGEST_TITLE = 44
_WEEK = 7
_KINDS = ("active", "paused", "stopped", "blocked", "starting")
_ENDS = ("failed", "unknown", "unreachable", "expired")


@dataclass(frozen=True, slots=True)
class Days:
    """The figures of some local days, oldest first."""

    dates: Sequence[date]
    figures: Sequence[DayFigures]


def figures_view(text: Text, people: People, days: Days, zone: str) -> View:
    """Return the figures in words: everybody, the sum of the days, and the days or weeks.

    What never happened is left out. ``zone`` is that in which the days begin and end.
    """
    whole = together(days.figures)
    votes = whole.votes
    lines = [
        text.html("figures-title", period=period(text, days.dates[0], days.dates[-1])),
        text.html("figures-people", count=people.total),
        *_counts(text, people, _KINDS),
        *_counts(text, whole, ("joined",)),
        text.html("figures-sent", count=whole.sent),
        *_counts(text, whole, _ENDS),
    ]
    if votes.votes:
        lines.append(text.html("figures-votes", helpful=votes.helpful, other=votes.not_helpful))
    lines += _parts(text, days)
    if zone == "UTC":
        lines.append(text.html("figures-utc"))
    return View(html="\n".join(lines), keyboard=_keyboard(text, len(days.dates)))


def _counts(text: Text, figures: object, names: Sequence[str]) -> list[str]:
    counts = {name: getattr(figures, name) for name in names}
    return [text.html(f"figures-{name}", count=count) for name, count in counts.items() if count]


def _keyboard(text: Text, span: int) -> Keyboard:
    spans = tuple(
        Button(ticked(text.plain("figures-days", days=count), on=count == span), OpenFigures(count))
        for count in SPANS
    )
    votes = (Button(text.plain("figures-open-votes"), OpenVotes(span, 0, here=False)),)
    return (spans, votes, back_row(text))


def _parts(text: Text, days: Days) -> list[str]:
    """Return what the chart shows: a line for each day of a week or each week of a month.

    Those without a message have none.
    """
    step = 1 if len(days.dates) <= _WEEK else _WEEK
    lines = []
    for start in range(0, len(days.dates), step):
        dates = days.dates[start : start + step]
        part = together(days.figures[start : start + step])
        lost = part.failed + part.unknown + part.unreachable
        if not part.sent and not lost:
            continue
        said = period(text, dates[0], dates[-1]) if step > 1 else text.day(dates[0])
        line = text.html("figures-day", period=said, sent=part.sent)
        lines.append(f"{line}, {text.html('figures-day-lost', lost=lost)}" if lost else line)
    return lines


def figures_chart(text: Text, days: Days) -> FiguresChart:
    """Return messages per day, and those that did not arrive."""
    return FiguresChart(
        title=period(text, days.dates[0], days.dates[-1]),
        sents=text.plain("chart-sent"),
        others=text.plain("chart-not-arrived"),
        names=(
            text.plain("chart-failed"),
            text.plain("chart-unknown"),
            text.plain("chart-unreachable"),
        ),
        bars=tuple(
            FigureBar(
                label=tick_label(text, day, place, len(days.dates)),
                sent=each.sent,
                parts=(each.failed, each.unknown, each.unreachable),
            )
            for place, (day, each) in enumerate(zip(days.dates, days.figures, strict=True))
        ),
    )


def vote_pages(count: int) -> int:
    """Return how many pages the votes of so many tips fill, at least one."""
    return max(1, -(-count // A_PAGE))


def votes_view(
    text: Text, dates: Sequence[date], tips: Sequence[TipVotes], page: int, pages: int
) -> View:
    """Return one page of the votes in words; ``tips`` are those of the page."""
    lines = [text.html("votes-title", period=period(text, dates[0], dates[-1]))]
    if tips:
        lines.append(text.html("votes-legend", enough=ENOUGH_VOTES))
    lines += [_votes(text, tip) for tip in tips] or [text.html("votes-none")]
    span = len(dates)
    turned = turns(text, page, pages, lambda number: OpenVotes(span, number, here=True))
    return View(html="\n".join(lines), keyboard=(*turned, back_row(text)))


def votes_chart(text: Text, dates: Sequence[date], tips: Sequence[TipVotes]) -> VotesChart:
    """Return the same page of the votes as a picture."""
    return VotesChart(
        title=period(text, dates[0], dates[-1]),
        counts=text.plain("chart-votes"),
        names=(text.plain("chart-helpful"), text.plain("chart-not-helpful")),
        bars=tuple(
            VoteBar(
                label=shortened(tip.title, _LONGEST_TITLE),
                helpful=tip.tally.helpful,
                other=tip.tally.not_helpful,
            )
            for tip in tips
        ),
    )


def _votes(text: Text, tip: TipVotes) -> str:
    return text.html(
        "votes-line",
        share=round(100 * tip.tally.share),
        helpful=tip.tally.helpful,
        other=tip.tally.not_helpful,
        sent=tip.tally.sent,
        title=shortened(tip.title, _LONGEST_TITLE),
    )
