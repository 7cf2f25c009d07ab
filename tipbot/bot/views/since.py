"""The time after a treatment in words and as charts: day by day, and cycle beside cycle."""

from collections.abc import Sequence

from tipbot.bot.buttons.diary import Look, OpenChart
from tipbot.bot.buttons.treatment import OpenSince, OpenTreatments, SinceLook
from tipbot.bot.views import Button, Keyboard, rows, ticked
from tipbot.bot.views.treatments import kind_title
from tipbot.core.charts import CycleLine, CyclesChart, SinceChart, SinceWeek
from tipbot.core.diary import Day, Span
from tipbot.core.since import LONGEST, WEEK, Block, blocks
from tipbot.core.treatments import Cycle, Treatment, TreatmentKind
from tipbot.texts import Text

_MONTH = 4 * WEEK
_WEEKLY = 8 * WEEK
"""Up to so many days are told by the week, more of them by four weeks."""


def since_chart(  # noqa: PLR0913 - all that one picture shows
    text: Text,
    kind: TreatmentKind,
    cycle: Cycle,
    days: Sequence[Day],
    marks: Sequence[Treatment],
    *,
    dark: bool,
) -> SinceChart:
    """Return the days of a cycle, with the other treatments that fell into it."""
    shown = days[:LONGEST]
    others = {
        (mark.local_date - cycle.first).days
        for mark in marks
        if mark.kind is not kind and shown[0].date <= mark.local_date <= shown[-1].date
    }
    return SinceChart(
        title=_title(text, kind, cycle),
        strengths=text.plain("chart-strengths"),
        across=text.plain("since-days"),
        strongest=text.plain("since-strongest"),
        middle=text.plain("since-middle"),
        few=text.plain("since-few"),
        missings=text.plain("chart-missing"),
        unrated=text.plain("chart-unrated"),
        others=text.plain("since-others"),
        days=tuple(day.worst for day in shown),
        missing=tuple(not day.logged for day in shown),
        weeks=_weeks(shown),
        marks=tuple(sorted(others)),
        dark=dark,
    )


def _weeks(days: Sequence[Day]) -> tuple[SinceWeek, ...]:
    return tuple(SinceWeek(median=week.median, few=week.few) for week in blocks(days))


def _title(text: Text, kind: TreatmentKind, cycle: Cycle) -> str:
    """Return a picture's title, in which a date stays on one line."""
    day = text.short_date(cycle.first).replace(" ", "\N{NO-BREAK SPACE}")
    return text.plain("since-title", kind=kind_title(text, kind), day=day)


def cycles_chart(
    text: Text,
    kind: TreatmentKind,
    found: Sequence[tuple[Cycle, Sequence[Day]]],
    *,
    dark: bool,
) -> CyclesChart:
    """Return cycles side by side, the newest first."""
    return CyclesChart(
        title=text.plain("cycles-title", kind=kind_title(text, kind)),
        strengths=text.plain("cycles-strengths"),
        across=text.plain("cycles-weeks"),
        few=text.plain("since-few"),
        lines=tuple(
            CycleLine(
                label=text.plain("cycles-from", day=text.short_date(cycle.first)),
                weeks=_weeks(days[:LONGEST]),
            )
            for cycle, days in found
        ),
        dark=dark,
    )


def since_words(text: Text, kind: TreatmentKind, cycle: Cycle, days: Sequence[Day]) -> list[str]:
    """Return what the chart of one cycle says."""
    shown = days[:LONGEST]
    missing = sum(not day.logged for day in shown)
    size = WEEK if len(shown) <= _WEEKLY else _MONTH
    name = kind_title(text, kind)
    return [
        f"<b>{text.html('since-title', kind=name, day=text.short_date(cycle.first))}</b>",
        text.html("since-now", days=cycle.length - 1),
        *(_block_line(text, block) for block in blocks(shown, size)),
        *([text.html("diary-missing", days=missing)] if missing else []),
        *([text.html("since-cut", days=LONGEST)] if len(days) > LONGEST else []),
        text.html("since-no-cause"),
    ]


def _block_line(text: Text, block: Block) -> str:
    span = text.plain("since-span", first=block.first, last=block.last, days=block.days)
    if block.median is None or block.worst is None:
        return text.html("since-block-unknown", span=span)
    return text.html(
        "since-block",
        span=span,
        middle=text.number(block.median),
        strongest=block.worst,
        known=block.known,
        days=block.days,
    )


def cycles_words(
    text: Text, kind: TreatmentKind, found: Sequence[tuple[Cycle, Sequence[Day]]]
) -> list[str]:
    """Return what the chart of cycles says, the newest first."""
    name = kind_title(text, kind)
    lines = [f"<b>{text.html('cycles-title', kind=name)}</b>", text.html("cycles-legend")]
    lines += [_cycle_line(text, cycle, days[:LONGEST]) for cycle, days in found]
    if len(found) == 1:
        lines.append(text.html("cycles-one"))
    return [*lines, text.html("since-no-cause")]


def _cycle_line(text: Text, cycle: Cycle, days: Sequence[Day]) -> str:
    parts = [
        text.plain(
            "cycles-part",
            first=block.first // WEEK + 1,
            last=block.last // WEEK + 1,
            weeks=block.last // WEEK - block.first // WEEK + 1,
            middle=text.plain("cycles-unknown")
            if block.median is None
            else text.number(block.median),
        )
        for block in blocks(days, _MONTH)
    ]
    return text.html(
        "cycles-line", day=text.short_date(cycle.first), days=cycle.length, list="; ".join(parts)
    )


def since_buttons(text: Text, shown: OpenSince, kinds: Sequence[TreatmentKind]) -> Keyboard:
    """Return the buttons below these charts; ``kinds`` are those that have a mark."""
    looks = [
        Button(
            ticked(text.plain(f"since-look-{look}"), on=look is shown.look),
            OpenSince(shown.kind, look, shown.dark),
        )
        for look in SinceLook
    ]
    others = [
        Button(
            ticked(kind_title(text, kind), on=kind is shown.kind),
            OpenSince(kind, shown.look, shown.dark),
        )
        for kind in kinds
    ]
    theme = text.plain("theme-light") if shown.dark else text.plain("theme-dark")
    return (
        tuple(looks),
        *(rows(others, 1) if len(others) > 1 else ()),
        (
            Button(text.plain("back-to-charts"), OpenChart(Look.DAYS, Span.MONTH, shown.dark)),
            Button(theme, OpenSince(shown.kind, shown.look, not shown.dark)),
        ),
        (Button(text.plain("open-treatments"), OpenTreatments(0, here=False)),),
    )
