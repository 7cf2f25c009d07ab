"""Draws strength by the days since a treatment, and treatment cycles side by side."""

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from tipbot.core.charts import CyclesChart, SinceChart, SinceWeek
from tipbot.render.look import (
    MISSING,
    SMALL,
    UNSAID,
    Theme,
    dress,
    legend,
    new_figure,
    plain,
    png,
)

_WEEK = 7
_EACH_DAY = 182
"""Up to so many days each day gets a sign of its own."""
_SIGNS = ("o", "s", "^", "D")
_STROKES = ("-", "--", "-.", ":")


def since_png(chart: SinceChart, look: Theme) -> bytes:
    """Draw each day's strongest and each week's middle strength over the days since."""
    figure = new_figure(look, chart.title)
    axes = figure.subplots()
    dress(axes, look, chart.strengths)
    _strength_axis(axes, look)
    _unknown(axes, chart, look)
    if len(chart.days) <= _EACH_DAY:
        _each_day(axes, chart, look)
    for number, week in enumerate(chart.weeks):
        _week(axes, week, number, min((number + 1) * _WEEK, len(chart.days)), look)
    for day in chart.marks:
        axes.axvline(day, color=look.two, linewidth=2.2, linestyle=(0, (2, 2)), zorder=1)
    axes.set_xlim(-0.7, max(len(chart.days), _WEEK) - 0.3)
    step = _WEEK * max(1, -(-len(chart.days) // (_WEEK * 8)))
    axes.set_xticks(range(0, max(len(chart.days), _WEEK), step))
    axes.set_xlabel(plain(chart.across), fontsize=SMALL, color=look.ink)
    legend(figure, _since_legend(chart, look), look, 2)
    return png(figure)


def _strength_axis(axes: Axes, look: Theme) -> None:
    axes.set_ylim(-0.3, 4.4)
    axes.set_yticks(range(5))
    axes.grid(visible=True, axis="y", color=look.grid, linewidth=1.2)


def _unknown(axes: Axes, chart: SinceChart, look: Theme) -> None:
    """Hatch runs of days of which nothing is known, and dot those that were not rated."""
    for day, (worst, missing) in enumerate(zip(chart.days, chart.missing, strict=True)):
        if worst is None:
            axes.axvspan(day - 0.5, day + 0.5, facecolor="none", edgecolor=look.hatch,
                         hatch=MISSING if missing else UNSAID, linewidth=0, zorder=0)  # fmt: skip


def _each_day(axes: Axes, chart: SinceChart, look: Theme) -> None:
    known = [(day, worst) for day, worst in enumerate(chart.days) if worst is not None]
    size = 11.0 if len(chart.days) <= 35 else 8.0 if len(chart.days) <= 98 else 5.0
    axes.plot([day for day, _ in known], [worst for _, worst in known], linestyle="none",
              marker="^", markersize=size, color=look.three, clip_on=not known,
              markeredgecolor=look.ground, markeredgewidth=0.8,
              zorder=5)  # fmt: skip


def _week(axes: Axes, week: SinceWeek, number: int, end: int, look: Theme) -> None:
    if week.median is not None:
        axes.plot([number * _WEEK - 0.4, end - 0.6], [week.median] * 2, color=look.one,
                  linewidth=4 if week.few else 7, linestyle=":" if week.few else "-",
                  solid_capstyle="butt", zorder=4)  # fmt: skip


def _since_legend(chart: SinceChart, look: Theme) -> list[object]:
    handles: list[object] = []
    if len(chart.days) <= _EACH_DAY:
        handles.append(Line2D([], [], linestyle="none", marker="^", markersize=12, color=look.three,
                              label=plain(chart.strongest)))  # fmt: skip
    handles.append(Line2D([], [], color=look.one, linewidth=7, label=plain(chart.middle)))
    if any(week.few and week.median is not None for week in chart.weeks):
        handles.append(Line2D([], [], color=look.one, linewidth=4, linestyle=":",
                              label=plain(chart.few)))  # fmt: skip
    if any(chart.missing):
        handles.append(Patch(facecolor="none", edgecolor=look.faint, hatch=MISSING,
                             label=plain(chart.missings)))  # fmt: skip
    if any(w is None and not m for w, m in zip(chart.days, chart.missing, strict=True)):
        handles.append(Patch(facecolor="none", edgecolor=look.faint, hatch=UNSAID,
                             label=plain(chart.unrated)))  # fmt: skip
    if chart.marks:
        handles.append(Line2D([], [], color=look.two, linewidth=2.2, linestyle=(0, (2, 2)),
                              label=plain(chart.others)))  # fmt: skip
    return handles


def cycles_png(chart: CyclesChart, look: Theme) -> bytes:
    """Draw a line for each cycle, told apart by colour, stroke and sign; unknown weeks are gaps."""
    figure = new_figure(look, chart.title)
    axes = figure.subplots()
    dress(axes, look, chart.strengths)
    _strength_axis(axes, look)
    colours = (look.one, look.two, look.three, look.four)
    handles: list[object] = []
    for number, line in enumerate(chart.lines):
        values = [float("nan") if week.median is None else week.median for week in line.weeks]
        style = {"color": colours[number], "linestyle": _STROKES[number],
                 "linewidth": 5.0 if number == 0 else 3.2}  # fmt: skip
        order = 10 - number
        axes.plot(range(1, len(values) + 1), values, zorder=order, **style)  # type: ignore[arg-type] # by name
        for few, face in ((False, colours[number]), (True, look.ground)):
            some = [(at, week.median) for at, week in enumerate(line.weeks, 1)
                    if week.median is not None and week.few is few]  # fmt: skip
            axes.plot([at for at, _ in some], [value for _, value in some], linestyle="none",
                      marker=_SIGNS[number], markersize=12, markerfacecolor=face,
                      markeredgecolor=colours[number], markeredgewidth=2, clip_on=not some,
                      zorder=order)  # fmt: skip
        handles.append(Line2D([], [], marker=_SIGNS[number], markersize=12, label=plain(line.label),
                              **style))  # type: ignore[arg-type] # fmt: skip # as above
    if any(week.few and week.median is not None for line in chart.lines for week in line.weeks):
        handles.append(Line2D([], [], linestyle="none", marker="o", markersize=12,
                              markerfacecolor=look.ground, markeredgecolor=look.faint,
                              markeredgewidth=2, label=plain(chart.few)))  # fmt: skip
    longest = max((len(line.weeks) for line in chart.lines), default=1)
    axes.set_xlim(0.4, max(longest, 4) + 0.6)
    axes.set_xticks(range(1, max(longest, 4) + 1, max(1, -(-longest // 13))))
    axes.set_xlabel(plain(chart.across), fontsize=SMALL, color=look.ink)
    legend(figure, handles, look, 2)
    return png(figure)
