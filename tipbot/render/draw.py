"""Draws each chart: honest axes from zero, missing days hatched, every colour with a shape."""

from collections.abc import Callable, Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Patch

from tipbot.core.charts import (
    CalendarChart,
    Cell,
    Chart,
    CyclesChart,
    DayBar,
    DaysChart,
    FiguresChart,
    HoursChart,
    PlacesChart,
    SinceChart,
    VotesChart,
)
from tipbot.render.cycles import cycles_png, since_png
from tipbot.render.figures import figures_png, votes_png
from tipbot.render.look import (
    BASE,
    MISSING,
    SMALL,
    UNSAID,
    Theme,
    count_axis,
    dress,
    legend,
    new_figure,
    plain,
    png,
    theme,
)

_TIGHT = 14
"""Points of numbers and signs that say again what is drawn, where room is scarce."""
_FOLDED, _LEAST_ROWS = 0.5, 4
"""How high the calendar's week is of which nothing is known; what height a month has at least."""


def draw(chart: Chart) -> bytes:
    """Return the PNG of a chart."""
    return _PICTURES[type(chart)](chart, theme(dark=chart.dark))


def days_png(chart: DaysChart, look: Theme) -> bytes:
    """Draw twitches per day above their strength, over the same days."""
    figure = new_figure(look, chart.title)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(1.1, 1))
    dress(above, look, chart.counts)
    dress(below, look, chart.strengths)
    for axes in (above, below):
        _hatch_missing(axes, chart, look)
    _dot_uncounted(above, chart, look)
    _counts(above, chart, look)
    _strengths(below, chart, look)
    places = [i for i, bar in enumerate(chart.bars) if bar.label]
    below.set_xlim(-0.6, len(chart.bars) - 0.4)
    below.set_xticks(places, [plain(chart.bars[i].label) for i in places])
    above.tick_params(labelbottom=False)
    legend(figure, _days_legend(chart, look), look, 2)
    return png(figure)


def _hatch_missing(axes: Axes, chart: DaysChart, look: Theme) -> None:
    for i, bar in enumerate(chart.bars):
        if bar.missing:
            axes.axvspan(i - 0.5, i + 0.5, facecolor="none", edgecolor=look.hatch, hatch=MISSING,
                         linewidth=0, zorder=0)  # fmt: skip


def _dot_uncounted(axes: Axes, chart: DaysChart, look: Theme) -> None:
    for i, bar in enumerate(chart.bars):
        if _uncounted(bar):
            axes.axvspan(i - 0.5, i + 0.5, facecolor="none", edgecolor=look.hatch, hatch=UNSAID,
                         linewidth=0, zorder=0)  # fmt: skip


def _uncounted(bar: DayBar) -> bool:
    return bar.count is None and not bar.missing


def _counts(axes: Axes, chart: DaysChart, look: Theme) -> None:
    shown = [(i, bar.count, bar.few) for i, bar in enumerate(chart.bars) if bar.count]
    axes.bar(
        [i for i, _, _ in shown], [n for _, n, _ in shown], width=0.72, zorder=2, linewidth=2.4,
        color=[look.ground if few else look.one for _, _, few in shown], edgecolor=look.one,
    )  # fmt: skip
    zeros = [i for i, bar in enumerate(chart.bars) if bar.count == 0]
    size = _mark_size(len(chart.bars))
    # A line without points that is not clipped has no size, which breaks the layout.
    axes.plot(zeros, [0] * len(zeros), linestyle="none", marker="o", markersize=size,
              markerfacecolor=look.ground, markeredgecolor=look.three, markeredgewidth=2.4,
              clip_on=not zeros, zorder=4)  # fmt: skip
    count_axis(axes, look, max((n for _, n, _ in shown), default=0))


def _strengths(axes: Axes, chart: DaysChart, look: Theme) -> None:
    size = _mark_size(len(chart.bars))
    for i, bar in enumerate(chart.bars):
        if bar.median is not None and bar.worst is not None and bar.worst > bar.median:
            axes.plot([i, i], [bar.median, bar.worst], color=look.faint, linewidth=2, zorder=2)
    _marks(axes, [(i, b.worst) for i, b in enumerate(chart.bars)], "^", look.two, size + 2)
    _marks(axes, [(i, b.median) for i, b in enumerate(chart.bars)], "s", look.one, size - 2)
    axes.set_ylim(-0.3, 4.4)
    axes.set_yticks(range(5))
    axes.grid(visible=True, axis="y", color=look.grid, linewidth=1.2)


def _marks(
    axes: Axes, points: list[tuple[int, Any]], marker: str, colour: str, size: float
) -> None:
    known = [(i, value) for i, value in points if value is not None]
    axes.plot([i for i, _ in known], [v for _, v in known], linestyle="none", marker=marker,
              markersize=size, color=colour, clip_on=not known, zorder=3)  # fmt: skip


def _mark_size(days: int) -> float:
    return 14.0 if days <= 14 else 9.0


def _days_legend(chart: DaysChart, look: Theme) -> list[object]:
    def mark(marker: str, words: str, colour: str, face: str) -> Line2D:
        return Line2D([], [], linestyle="none", marker=marker, markersize=12, markeredgewidth=2.4,
                      markerfacecolor=face, markeredgecolor=colour, label=plain(words))  # fmt: skip

    handles: list[object] = [
        mark("^", chart.worsts, look.two, look.two),
        mark("s", chart.medians, look.one, look.one),
    ]
    if any(bar.count == 0 for bar in chart.bars):
        handles.append(mark("o", chart.nones, look.three, look.ground))
    if any(bar.missing for bar in chart.bars):
        handles.append(Patch(facecolor="none", edgecolor=look.faint, hatch=MISSING,
                             label=plain(chart.missings)))  # fmt: skip
    if any(map(_uncounted, chart.bars)):
        handles.append(Patch(facecolor="none", edgecolor=look.faint, hatch=UNSAID,
                             label=plain(chart.uncounted)))  # fmt: skip
    if any(bar.few and bar.count for bar in chart.bars):
        handles.append(Patch(facecolor=look.ground, edgecolor=look.one, linewidth=2.4,
                             label=plain(chart.few)))  # fmt: skip
    return handles


def hours_png(chart: HoursChart, look: Theme) -> bytes:
    """Draw twitches by hour of the day."""
    figure = new_figure(look, chart.title)
    axes = figure.subplots()
    dress(axes, look, chart.counts)
    axes.bar(range(24), chart.bars, width=0.8, color=look.one, align="edge", zorder=2)
    _number(axes, chart, look)
    axes.set_xlim(-0.2, 24.2)
    ticks = range(0, 24, 6)
    axes.set_xticks(ticks, [plain(chart.labels[hour]) for hour in ticks])
    axes.set_xticks(range(24), minor=True)
    axes.tick_params(axis="x", which="major", length=11, width=1.6, color=look.faint, pad=4)
    axes.tick_params(axis="x", which="minor", length=5, color=look.faint)
    count_axis(axes, look, max(chart.bars, default=0))
    return png(figure)


def _number(axes: Axes, chart: HoursChart, look: Theme) -> None:
    """Write the numbers on the bars, as long as they fit beside each other."""
    most = max(chart.bars, default=0)
    for hour, count in enumerate(chart.bars):
        if count and most < 100:
            axes.text(hour + 0.4, count, str(count), ha="center", va="bottom", color=look.ink,
                      fontsize=SMALL if most < 10 else _TIGHT)  # fmt: skip


def places_png(chart: PlacesChart, look: Theme) -> bytes:
    """Draw twitches by place, the side told by colour, hatch and number."""
    figure = new_figure(look, chart.title)
    axes = figure.subplots()
    dress(axes, look, chart.counts)
    colours = (look.one, look.two, look.three, look.four)
    hatches = ("", "//", "..", "xx")
    starts = [0] * len(chart.bars)
    used = [part for part in range(4) if any(bar.parts[part] for bar in chart.bars)]
    for part in used:
        lengths = [bar.parts[part] for bar in chart.bars]
        axes.barh(range(len(lengths)), lengths, left=starts, height=0.62, color=colours[part],
                  hatch=hatches[part], edgecolor=look.ground, linewidth=1.5, zorder=2)  # fmt: skip
        starts = [start + length for start, length in zip(starts, lengths, strict=True)]
    for row, total in enumerate(starts):
        axes.text(total, row, f" {total}", va="center", fontsize=BASE, color=look.ink)
    axes.set_yticks(range(len(chart.bars)), [plain(bar.label) for bar in chart.bars])
    axes.set_ylim(max(len(chart.bars), 3) - 0.4, -0.6)
    count_axis(axes, look, max(starts, default=0), across=True)
    sides: list[object] = [
        Patch(facecolor=colours[part], hatch=hatches[part], edgecolor=look.ground,
              label=plain(chart.sides[part]))
        for part in used
    ]  # fmt: skip
    if sides:
        legend(figure, sides, look, 2)
    return png(figure)


def calendar_png(chart: CalendarChart, look: Theme) -> bytes:
    """Draw a month: each day's worst strength as colour and as a number of dots."""
    figure = new_figure(look, chart.title)
    axes = figure.subplots()
    axes.set_facecolor(look.ground)
    axes.set_axis_off()
    for column, weekday in enumerate(chart.weekdays):
        axes.text(column + 0.5, -0.2, plain(weekday), ha="center", va="center", fontsize=SMALL,
                  color=look.faint)  # fmt: skip
    top = 0.0
    for week in chart.weeks:
        height = _FOLDED if all(cell is None or _quiet(cell) for cell in week) else 1.0
        for column, cell in enumerate(week):
            if cell is not None:
                _cell(axes, cell, (column, top), height, look)
        top += height
    axes.set_xlim(0, 7)
    axes.set_ylim(max(top, _LEAST_ROWS), -0.45)
    legend(figure, _calendar_legend(chart, look), look, 2)
    return png(figure)


def _quiet(cell: Cell) -> bool:
    """Tell whether nothing is known of a day, or cannot be yet."""
    return cell.missing or cell.future


def _cell(axes: Axes, cell: Cell, at: tuple[int, float], height: float, look: Theme) -> None:
    column, row = at
    level = 0 if cell.worst is None else cell.worst
    ink = look.faint if cell.future else look.level_inks[level]
    if not cell.future:
        box = FancyBboxPatch(
            (column + 0.04, row + 0.05), 0.92, height - 0.1,
            boxstyle="round,pad=0,rounding_size=0.08",
            facecolor="none" if cell.missing else look.levels[level],
            edgecolor=look.hatch if cell.missing else look.faint,
            hatch=MISSING if cell.missing else None, linewidth=1.2, mutation_aspect=1)  # fmt: skip
        axes.add_patch(box)
    quiet = _quiet(cell)
    axes.text(column + 0.5, row + (height / 2 if quiet else 0.31), cell.label, ha="center",
              va="center", fontsize=SMALL, color=look.faint if quiet else ink)  # fmt: skip
    if not quiet:
        axes.text(column + 0.5, row + 0.71, _sign(cell.worst), ha="center", va="center",
                  fontsize=_TIGHT, color=ink, fontweight="bold")  # fmt: skip


def _sign(worst: int | None) -> str:
    """Return one dot a step of strength, a ring for none, a stroke for 'not rated'."""
    if worst is None:
        return "\N{EN DASH}"
    return "●" * worst if worst else "○"


def _calendar_legend(chart: CalendarChart, look: Theme) -> list[object]:
    handles: list[object] = [
        Patch(facecolor=look.levels[level], edgecolor=look.faint,
              label=f"{_sign(level)} {plain(words)}")
        for level, words in enumerate(chart.levels)
    ]  # fmt: skip
    handles.append(Patch(facecolor=look.levels[0], edgecolor=look.faint,
                         label=f"{_sign(None)} {plain(chart.unrated)}"))  # fmt: skip
    handles.append(Patch(facecolor="none", edgecolor=look.faint, hatch=MISSING,
                         label=plain(chart.missings)))  # fmt: skip
    return handles


_PICTURES: Mapping[type[Chart], Callable[[Any, Theme], bytes]] = {
    DaysChart: days_png,
    HoursChart: hours_png,
    PlacesChart: places_png,
    CalendarChart: calendar_png,
    SinceChart: since_png,
    CyclesChart: cycles_png,
    FiguresChart: figures_png,
    VotesChart: votes_png,
}
