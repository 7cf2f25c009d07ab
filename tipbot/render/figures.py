"""Draws what owners look at: the messages of each day, and the votes for tips."""

from matplotlib.patches import Patch

from tipbot.core.charts import FiguresChart, VotesChart
from tipbot.render.look import SMALL, Theme, count_axis, dress, legend, new_figure, plain, png

_HATCHES = ("", "//", "..")


def figures_png(chart: FiguresChart, look: Theme) -> bytes:
    """Draw messages per day, and below them, on a scale of their own, those that did not arrive."""
    figure = new_figure(look, chart.title)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(1.3, 1))
    dress(above, look, chart.sents)
    dress(below, look, chart.others)
    days = range(len(chart.bars))
    above.bar(days, [bar.sent for bar in chart.bars], width=0.72, color=look.one, zorder=2)
    count_axis(above, look, max((bar.sent for bar in chart.bars), default=0))
    colours = (look.two, look.three, look.four)
    tops = [0] * len(chart.bars)
    for part in range(3):
        heights = [bar.parts[part] for bar in chart.bars]
        below.bar(days, heights, bottom=tops, width=0.72, color=colours[part],
                  hatch=_HATCHES[part], edgecolor=look.ground, zorder=2)  # fmt: skip
        tops = [top + height for top, height in zip(tops, heights, strict=True)]
    count_axis(below, look, max(tops, default=0))
    named = [i for i, bar in enumerate(chart.bars) if bar.label]
    below.set_xlim(-0.6, max(len(chart.bars), 1) - 0.4)
    below.set_xticks(named, [plain(chart.bars[i].label) for i in named])
    below.tick_params(axis="x", pad=14)  # clear of the zero at the side
    above.tick_params(labelbottom=False)
    handles: list[object] = [
        Patch(facecolor=colours[part], hatch=_HATCHES[part], edgecolor=look.ground,
              label=plain(chart.names[part]))
        for part in range(3)
    ]  # fmt: skip
    legend(figure, handles, look, 2)
    return png(figure)


def votes_png(chart: VotesChart, look: Theme) -> bytes:
    """Draw each tip's votes as one bar, its name above it, the kinds told by colour and hatch."""
    figure = new_figure(look, chart.title)
    axes = figure.subplots()
    dress(axes, look, chart.counts)
    starts, colours = [0] * len(chart.bars), (look.one, look.two)
    kinds = ([bar.helpful for bar in chart.bars], [bar.other for bar in chart.bars])
    for part, lengths in enumerate(kinds):
        axes.barh(range(len(lengths)), lengths, left=starts, height=0.4, color=colours[part],
                  hatch=_HATCHES[part], edgecolor=look.ground, zorder=2)  # fmt: skip
        starts = [start + length for start, length in zip(starts, lengths, strict=True)]
    for row, (bar, total) in enumerate(zip(chart.bars, starts, strict=True)):
        name = axes.text(0, row - 0.26, plain(bar.label), va="bottom", fontsize=SMALL,
                         color=look.ink, clip_on=True)  # fmt: skip
        name.set_in_layout(False)  # else a long one would leave no room for the bars
        axes.text(total, row, f" {total}", va="center", fontsize=SMALL, color=look.ink)
    axes.set_yticks([])
    axes.set_ylim(max(len(chart.bars), 3) - 0.6, -0.8)
    count_axis(axes, look, max(starts, default=0), across=True)
    handles: list[object] = [
        Patch(facecolor=colours[part], hatch=_HATCHES[part], edgecolor=look.ground,
              label=plain(name))
        for part, name in enumerate(chart.names)
    ]  # fmt: skip
    legend(figure, handles, look, 2)
    return png(figure)
