"""Draws what came of the messages of each day."""

from matplotlib.patches import Patch

from tipbot.core.charts import FiguresChart
from tipbot.render.look import Theme, count_axis, dress, legend, new_figure, plain, png

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
    above.tick_params(labelbottom=False)
    handles: list[object] = [
        Patch(facecolor=colours[part], hatch=_HATCHES[part], edgecolor=look.ground,
              label=plain(chart.names[part]))
        for part in range(3)
    ]  # fmt: skip
    legend(figure, handles, look, 2)
    return png(figure)
